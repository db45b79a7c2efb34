#!/usr/bin/env python3
"""The tables of docs/RESULTS.md, from folders that `mainstreet compare` wrote.

    mainstreet compare no-automation outside-only baseline human-centric replace unaligned fast-ai giants-advance \
        --set town.residents=10000 --replicates 16 --no-charts --out output/results-automation
    mainstreet compare baseline reskilling … --set town.residents=10000 --replicates 16 --no-charts --out output/results-policies
    python3 docs/results.py output/results-automation output/results-policies

Each folder's table goes between the lines `<!-- table NAME -->` and `<!-- end -->` of the page, where NAME is the folder's
name. A difference that cannot be told from none at 95% stands in brackets.
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
    with open(folder / "comparison.csv", newline="") as file:
        rows = list(csv.DictReader(file))
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


def main():
    text = PAGE.read_text()
    for name in sys.argv[1:]:
        folder = pathlib.Path(name)
        mark = f"<!-- table {folder.name} -->"
        if mark not in text:
            sys.exit(f"{PAGE} has no line {mark}")
        pattern = re.escape(mark) + r"\n.*?<!-- end -->"
        text = re.sub(pattern, lambda _: f"{mark}\n{table(folder)}\n<!-- end -->", text, flags=re.S)
    PAGE.write_text(text)


if __name__ == "__main__":
    main()
