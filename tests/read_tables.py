#!/usr/bin/env python3
"""Opens every table of a run, an ensemble, a comparison, a branch and sweeps with pandas, Polars, DuckDB and Arrow.

    cargo build --release && python3 tests/read_tables.py

No reader is given an option. Each must find the same names, the same number of rows and, in every column that holds
a number anywhere, numbers throughout. Where the readers are missing, they are installed into a virtual environment
that is removed again. Another binary is named by MAINSTREET=path. Ends with the number of tables, or with exit code 1
and what is wrong.
"""

import csv
import os
import pathlib
import subprocess
import sys
import tempfile
import venv

ROOT = pathlib.Path(__file__).resolve().parent.parent
BINARY = os.environ.get("MAINSTREET", str(ROOT / "target" / "release" / "mainstreet"))
READERS = ["pandas", "polars", "duckdb", "pyarrow"]
SMALL = ["--set", "town.residents=2000", "--set", "run.months=24", "--set", "run.burn_in_months=6"]

SWEEP = """
schema_version = 1
scenario = "baseline"
outcomes = ["unemployment_rate", "firms@12"]
[set]
town.residents = 1500
run.months = 13
run.burn_in_months = 6
[design]
kind = "morris"
trajectories = 3
[[vary]]
key = "firms.payout_share"
from = 0.2
to = 0.8
[[vary]]
key = "town.kind"
values = ["factory", "college"]
"""


def with_readers():
    """Starts this script again in an environment that has the readers, unless this one does."""
    try:
        for reader in READERS:
            __import__(reader)
        return
    except ImportError:
        pass
    with tempfile.TemporaryDirectory(prefix="mainstreet-venv-") as folder:
        print("installing", ", ".join(READERS), "into a virtual environment")
        venv.create(folder, with_pip=True)
        python = os.path.join(folder, "bin", "python")
        subprocess.run([python, "-m", "pip", "install", "--quiet", *READERS], check=True)
        sys.exit(subprocess.run([python, __file__]).returncode)


def results(work):
    """Makes one folder of results of each kind."""

    def mainstreet(*arguments):
        subprocess.run([BINARY, "--quiet", *arguments], check=True, stdout=subprocess.DEVNULL, cwd=work)

    (work / "morris.toml").write_text(SWEEP)
    mainstreet("run", "baseline", *SMALL, "--out", "run")
    mainstreet("run", "baseline", "--replicates", "3", "--csv", *SMALL, "--out", "ensemble")
    mainstreet("compare", "baseline", "no-automation", "--replicates", "3", "--csv", *SMALL, "--out", "comparison")
    mainstreet("sweep", "--vary", "firms.payout_share=0.4:0.6:0.1", "--csv", *SMALL, "--out", "grid")
    mainstreet("sweep", "morris.toml", "--csv", "--out", "morris")
    mainstreet("checkpoint", "baseline", *SMALL, "--month", "6", "--out", "town.checkpoint")
    mainstreet("branch", "town.checkpoint", "baseline", "no-automation", "--replicates", "2", "--csv",
               "--set", "run.months=20", "--out", "branch")


def is_number(text):
    try:
        float(text)
        return True
    except ValueError:
        return False


def columns_of(path):
    """Names, number of rows, and which columns hold numbers, by the plainest reader there is."""
    with open(path, newline="") as file:
        names, *rows = list(csv.reader(file))
    numeric = {}
    for place, name in enumerate(names):
        present = [row[place] for row in rows if row[place] != ""]
        # A column without any value has no type to get wrong.
        numeric[name] = all(map(is_number, present)) if present else None
    return names, len(rows), numeric


def tables(path):
    """The table as each reader opens it: names, rows, and which columns are numbers."""
    import duckdb
    import pandas
    import polars
    import pyarrow
    import pyarrow.csv
    import pyarrow.parquet

    parquet = path.suffix == ".parquet"
    frame = pandas.read_parquet(path) if parquet else pandas.read_csv(path)
    yield "pandas", list(frame.columns), len(frame), {
        name: pandas.api.types.is_numeric_dtype(kind) for name, kind in frame.dtypes.items()}
    frame = polars.read_parquet(path) if parquet else polars.read_csv(path)
    yield "polars", frame.columns, frame.height, {name: kind.is_numeric() for name, kind in frame.schema.items()}
    found = duckdb.sql(f"select * from '{path}'")
    yield "duckdb", found.columns, len(found.fetchall()), {
        name: str(kind) in ("DOUBLE", "BIGINT", "INTEGER", "UINTEGER") for name, kind in zip(found.columns, found.types)}
    table = pyarrow.parquet.read_table(path) if parquet else pyarrow.csv.read_csv(path)
    yield "pyarrow", table.column_names, table.num_rows, {
        field.name: pyarrow.types.is_floating(field.type) or pyarrow.types.is_integer(field.type)
        for field in table.schema}


def problems(path):
    truth = None if path.suffix == ".parquet" else columns_of(path)
    for reader, names, rows, numeric in tables(path):
        truth = truth or (names, rows, numeric)
        if (list(names), rows) != (list(truth[0]), truth[1]):
            yield f"{path}: {reader} finds {rows} rows of {list(names)}"
            continue
        for name, expected in truth[2].items():
            if expected is not None and numeric[name] != expected:
                yield f"{path}: {reader} takes {name} for {'numbers' if numeric[name] else 'text'}"


def main():
    with_readers()
    if not os.access(BINARY, os.X_OK):
        sys.exit(f"FAILED: {BINARY} is missing: cargo build --release")
    with tempfile.TemporaryDirectory(prefix="mainstreet-tables-") as folder:
        work = pathlib.Path(folder)
        results(work)
        paths = sorted(path for path in work.rglob("*") if path.suffix in (".csv", ".parquet"))
        found = []
        for path in paths:
            try:
                found += problems(path)
            except Exception as error:  # Every way in which a reader can refuse is what this looks for.
                found.append(f"{path}: {type(error).__name__}: {str(error).splitlines()[0]}")
    for problem in found:
        print(problem.replace(folder + "/", ""))
    if found:
        sys.exit(f"FAILED: {len(found)} problems in {len(paths)} tables")
    print(f"{len(paths)} tables opened by {', '.join(READERS)}")


if __name__ == "__main__":
    main()
