#!/usr/bin/env python3
"""The table of section 9 of docs/MODEL.md, from what `mainstreet validate` printed.

    mainstreet validate --replicates 8 --seed 201 > validate.txt
    python3 docs/validation.py validate.txt

The table goes between the lines `<!-- table validation -->` and `<!-- end -->`; the sentences around it are written by hand.
"""

import pathlib
import re
import sys
import tomllib

HERE = pathlib.Path(__file__).parent
PAGE = HERE / "MODEL.md"
PARTS = {
    "external": "Published facts that no parameter was set to",
    "input": "Facts that parameters were set to",
    "self-consistency": "Requirements on the model's own accounts and rest",
}
ROW = re.compile(r"^(pass|MISS|±|–)?\s+(\w+)\s+(-?[\d.]+|–)\s+(-?[\d.]+|–)\s+(?:-?[\d.]+ to|at least|at most) ")


def measured(text):
    """Verdict, figure and standard error of each target in the program's words."""
    found = {}
    for line in text.splitlines():
        if row := ROW.match(line):
            verdict, name, figure, error = row.groups()
            found[name] = (verdict or "", figure.replace("-", "−"), error)
    return found


def bounds(target):
    """The range of a target in words."""
    low, high = (target.get(key) for key in ("low", "high"))
    words = [f"{bound:g}".replace("-", "−") if bound is not None else None for bound in (low, high)]
    if high is None:
        return f"at least {words[0]}"
    return f"{words[0]} to {words[1]}" if low is not None else f"at most {words[1]}"


def table(found):
    """The table, a part for each nature of target."""
    targets = tomllib.loads((HERE.parent / "scenarios/targets.toml").read_text())["target"]
    told = {"pass": "", "MISS": "**miss**", "": "not measured"}
    lines = []
    for nature, title in PARTS.items():
        rows = [target for target in targets if target["nature"] == nature]
        inside = sum(found.get(row["id"], ("",))[0] == "pass" for row in rows)
        lines += [f"*{title}* (`{nature}`): {inside} of {len(rows)} in range.", ""]
        lines += ["| target | what | unit | measured ± s.e. | range | |", "|---|---|---|---|---|---|"]
        for row in rows:
            verdict, figure, error = found.get(row["id"], ("", "–", "–"))
            lines.append(
                f"| `{row['id']}` | {row['what']} | {row['unit']} | {figure} ± {error} | {bounds(row)} |"
                f" {told.get(verdict, 'not told')} |"
            )
        lines.append("")
    return "\n".join(lines)


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: python3 docs/validation.py FILE")
    found = measured(pathlib.Path(sys.argv[1]).read_text())
    if not found:
        sys.exit("no row of `mainstreet validate` in that file")
    text, mark = PAGE.read_text(), "<!-- table validation -->"
    pattern = re.escape(mark) + r"\n.*?<!-- end -->"
    PAGE.write_text(re.sub(pattern, lambda _: f"{mark}\n{table(found)}<!-- end -->", text, count=1, flags=re.S))


if __name__ == "__main__":
    main()
