#!/usr/bin/env python3
"""The tables of docs/RESULTS.md, from folders that `mainstreet compare` wrote.

    mainstreet compare no-automation outside-only baseline … --set town.residents=10000 --replicates 16 --no-charts \
        --out output/results-automation
    python3 docs/results.py output/results-automation …

Each folder's table goes between the lines `<!-- table NAME -->` and `<!-- end -->` of the page, where NAME is the folder's
name. A difference that cannot be told from none at 95% stands in brackets. `NAME-split` and `NAME-cost`, where the page has
them, are the world's part and the town's own, and what a year of work costs.
"""

import csv
import json
import pathlib
import re
import sys

PAGE = pathlib.Path(__file__).with_name("RESULTS.md")

# Heading, indicator, factor, decimals, whether relative to the baseline.
COLUMNS = [
    ("Residents of month 0 at work, points", "original_employment_rate", 100.0, 2, False),
    ("if every leaver were out of work", "original_employment_rate_low", 100.0, 2, False),
    ("leavers left out", "original_employment_rate_stayers", 100.0, 2, False),
    ("their real income, %", "original_income", 100.0, 1, True),
    ("Residents, %", "residents", 100.0, 1, True),
    ("Employment, %", "employment", 100.0, 1, True),
    ("Median wage, %", "wage_p50", 100.0, 1, True),
    ("Real consumption, %", "consumption_real", 100.0, 1, True),
    ("Local share, points", "local_share", 100.0, 1, False),
    ("Prices, %", "consumer_price_index", 100.0, 1, True),
    ("Gini of income", "gini_income", 1.0, 3, False),
]


def cell(row, factor, decimals, relative):
    """A difference and half its interval, in brackets where it is not clear."""
    base = float(row["baseline"])
    by = factor / base if relative else factor
    middle, low, high = (float(row[key]) * by for key in ("difference", "low", "high"))
    text = f"{middle:+.{decimals}f} ±{abs(high - low) / 2:.{decimals}f}".replace("-", "−")
    return text if row["direction"] != "uncertain" else f"({text})"


def table(folder):
    """The page's table of one folder of results."""
    rows = rows_of(folder / "comparison.csv")
    found = {(row["scenario"], row["indicator"]): row for row in rows}
    scenarios = list(dict.fromkeys(row["scenario"] for row in rows))
    request = json.loads((folder / "request.json").read_text())
    first = request["asked"]["scenarios"][0]["name"]
    pairs = rows[0]["pairs"].split(".")[0]
    lines = [f"Against `{first}`, {pairs} pairs:", ""]
    lines.append("| scenario | " + " | ".join(column[0] for column in COLUMNS) + " |")
    lines.append("|---" * (len(COLUMNS) + 1) + "|")
    for scenario in scenarios:
        cells = [cell(found[scenario, name], *rest) for _, name, *rest in COLUMNS]
        lines.append(f"| `{scenario}` | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def rows_of(path):
    """The rows of a CSV file."""
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


# Name, indicator, factor, decimals, whether relative to the town where nobody adopts.
SPLIT = [
    ("Residents of month 0 at work, points", "original_employment_rate", 100.0, 2, False),
    ("Employment in town, %", "employment", 100.0, 1, True),
    ("Output, %", "output_real", 100.0, 1, True),
    ("Real consumption, %", "consumption_real", 100.0, 1, True),
    ("Consumer prices, %", "consumer_price_index", 100.0, 1, True),
    ("Exports, %", "exports", 100.0, 1, True),
    ("Local share of spending, points", "local_share", 100.0, 1, False),
    ("Labor share, points", "labor_share", 100.0, 1, False),
    ("Gini of income", "gini_income", 1.0, 3, False),
]


def split(folder):
    """What `baseline` changes, the world's part of it, and the town's own."""
    found = {row["indicator"]: row for row in rows_of(folder / "automation_split.csv") if row["scenario"] == "baseline"}
    lines = ["| | whole | the world's part | the town's own |", "|---|---|---|---|"]
    for title, name, factor, decimals, relative in SPLIT:
        row, cells = found[name], []
        for part in ("whole", "world", "town"):
            low, high = float(row[f"{part}_low"]), float(row[f"{part}_high"])
            figures = {"baseline": row["nobody"], "difference": row[part], "low": low, "high": high}
            figures["direction"] = "uncertain" if low <= 0 <= high else "clear"
            cells.append(cell(figures, factor, decimals, relative))
        lines.append(f"| {title} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def dollars(text, scale=1.0, decimals=0):
    """An amount with its sign."""
    value = float(text) / scale
    return f"{'−' if value < 0 else ''}${abs(value):,.{decimals}f}"


def cost(folder):
    """Years of work of the residents of month 0 and what they cost, of scenarios in which the gain is told."""
    lines = ["| scenario | Years of work gained | Programs spend, $ million | Net public cost, $ million | Cost of a year |"]
    lines.append("|---|---|---|---|---|")
    for row in rows_of(folder / "cost_per_outcome.csv"):
        if row["outcome"] != "original_job_years" or row["standing"] != "known":
            continue
        half = abs(float(row["gained_high"]) - float(row["gained_low"])) / 2
        programs = float(row["program_spending_local"]) + float(row["program_spending_outer"])
        low, high = (dollars(row[f"net_cost_per_unit_{end}"]) for end in ("low", "high"))
        lines.append(
            f"| `{row['scenario']}` | {float(row['gained']):+,.0f} ±{half:,.0f} | {dollars(programs, 1e6, 1)} |"
            f" {dollars(row['net_public_cost'], 1e6, 1)} | {dollars(row['net_cost_per_unit'])} ({low} to {high}) |"
        )
    return "\n".join(lines)


def main():
    text = PAGE.read_text()
    for name in sys.argv[1:]:
        folder = pathlib.Path(name)
        mark = f"<!-- table {folder.name} -->"
        if mark not in text:
            sys.exit(f"{PAGE} has no line {mark}")
        for ending, make in (("", table), ("-split", split), ("-cost", cost)):
            mark = f"<!-- table {folder.name}{ending} -->"
            if mark in text:
                made = f"{mark}\n{make(folder)}\n<!-- end -->"
                text = re.sub(re.escape(mark) + r"\n.*?<!-- end -->", lambda _: made, text, flags=re.S)
    PAGE.write_text(text)


if __name__ == "__main__":
    main()
