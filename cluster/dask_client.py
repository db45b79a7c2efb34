#!/usr/bin/env python3
"""Runs the shards of a mainstreet sweep on Dask workers.

    mainstreet sweep plan sweep.toml --out plan
    dask scheduler &
    dask worker tcp://127.0.0.1:8786 --nthreads 1 &        # on every machine, as often as wanted
    python cluster/dask_client.py --scheduler tcp://127.0.0.1:8786 --plan plan/plan.csv --shards 20
    mainstreet sweep collect --plan plan/plan.csv --out output/sweep

All workers must see the folder of the plan under the same path. A worker that dies takes nothing along: its shard
goes to another worker, which skips the runs that are done.
"""

import argparse
import os
import subprocess
import sys

from dask.distributed import Client, as_completed


def run_shard(binary, plan, shard, shards, threads):
    """Runs one shard and returns its number; raises what the program said if it fails."""
    command = [binary, "--quiet", "--threads", str(threads)]
    command += ["sweep", "run", "--plan", plan, "--shard", f"{shard}/{shards}"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"shard {shard}: exit code {done.returncode}: {done.stderr.strip()}")
    return shard


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scheduler", required=True, help="address of the scheduler")
    parser.add_argument("--plan", required=True, help="plan.csv in its folder")
    parser.add_argument("--shards", type=int, required=True, help="several for each worker, to share evenly")
    parser.add_argument("--threads", type=int, default=1, help="threads of each shard")
    parser.add_argument("--binary", default="mainstreet", help="the program, on every worker")
    parser.add_argument("--retries", type=int, default=5, help="times a failing shard is tried again")
    given = parser.parse_args()
    plan = os.path.abspath(given.plan)
    with Client(given.scheduler) as client:
        shards = [
            client.submit(
                run_shard, given.binary, plan, shard, given.shards, given.threads,
                # Shards are work, not values: a result remembered from before must not stand in for one.
                pure=False, retries=given.retries,
            )
            for shard in range(given.shards)
        ]
        for count, future in enumerate(as_completed(shards), start=1):
            print(f"shard {future.result()} done ({count} of {given.shards})", file=sys.stderr)


if __name__ == "__main__":
    main()
