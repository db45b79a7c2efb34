#!/usr/bin/env python3
"""End-to-end test of a sweep on two Dask workers, one of which is killed in the middle.

    cargo build --release && python3 tests/cluster/dask_two_workers.py

Where Dask is missing, it is installed into a virtual environment that is removed again. Another binary is named by
MAINSTREET=path. Ends with IDENTICAL, or with exit code 1 and what differs.
"""

import filecmp
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import venv

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BINARY = os.environ.get("MAINSTREET", str(ROOT / "target" / "release" / "mainstreet"))
SHARDS = 8


def with_dask():
    """Starts this script again in an environment that has Dask, unless this one does."""
    try:
        import distributed  # noqa: F401
        return
    except ImportError:
        pass
    with tempfile.TemporaryDirectory(prefix="mainstreet-venv-") as folder:
        print("installing Dask into a virtual environment")
        venv.create(folder, with_pip=True)
        python = os.path.join(folder, "bin", "python")
        subprocess.run([python, "-m", "pip", "install", "--quiet", "dask[distributed]"], check=True)
        sys.exit(subprocess.run([python, __file__]).returncode)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def mainstreet(*arguments):
    subprocess.run([BINARY, "--quiet", *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)


def files_of(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def start(work, name, *arguments):
    log = open(work / f"{name}.log", "w")
    # A session of its own: the worker and all that it started can be killed together, and nothing else.
    return subprocess.Popen(
        [sys.executable, "-m", "distributed.cli." + arguments[0], *map(str, arguments[1:])],
        stdout=log, stderr=log, start_new_session=True, cwd=work,
    )


def main():
    with_dask()
    if not os.access(BINARY, os.X_OK):
        sys.exit(f"FAILED: {BINARY} is missing: cargo build --release")
    work = pathlib.Path(tempfile.mkdtemp(prefix="mainstreet-dask-"))
    print("the sweep on one machine")
    mainstreet("sweep", HERE / "sweep.toml", "--out", work / "local", "--csv")
    mainstreet("sweep", "plan", HERE / "sweep.toml", "--out", work / "plan", "--csv")
    total = len((work / "plan" / "plan.csv").read_text().splitlines()) - 1
    address = f"tcp://127.0.0.1:{free_port()}"
    started = [start(work, "scheduler", "dask_scheduler", "--host", address, "--no-dashboard")]
    try:
        time.sleep(2)
        for number in (1, 2):
            started.append(start(
                work, f"worker-{number}", "dask_worker", address, "--nthreads", 1, "--no-nanny", "--no-dashboard",
                "--local-directory", work / f"worker-{number}",
            ))
        client = subprocess.Popen([
            sys.executable, str(ROOT / "cluster" / "dask_client.py"), "--scheduler", address,
            "--plan", str(work / "plan" / "plan.csv"), "--shards", str(SHARDS), "--binary", BINARY,
        ])
        finished = lambda: len(list((work / "plan" / "runs").rglob("*.result")))
        while finished() < total // 5 and client.poll() is None:
            time.sleep(0.05)
        print(f"worker 2 dies with {finished()} of {total} runs done")
        if client.poll() is not None:
            sys.exit("FAILED: the sweep was over before a worker could die")
        os.killpg(started[2].pid, signal.SIGKILL)
        if client.wait(timeout=900) != 0:
            sys.exit(f"FAILED: the client ended with {client.returncode}; logs in {work}")
    finally:
        for process in started:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    mainstreet("sweep", "collect", "--plan", work / "plan" / "plan.csv", "--out", work / "collected")
    names = files_of(work / "local")
    if names != files_of(work / "collected"):
        sys.exit(f"FAILED: other files were collected; see {work}")
    _, differ, unread = filecmp.cmpfiles(work / "local", work / "collected", names, shallow=False)
    if differ or unread:
        sys.exit(f"FAILED: {differ + unread} differ; see {work}")
    print(f"IDENTICAL: {total} runs, {SHARDS} shards, two workers, one killed")
    shutil.rmtree(work)


if __name__ == "__main__":
    main()
