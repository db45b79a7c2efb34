#!/usr/bin/env bash
# Makes the pictures of output/gallery anew (about two minutes on two quiet cores).
#   docs/gallery.sh [FOLDER]      FOLDER keeps the runs; MAINSTREET names the program, mainstreet if not set
set -euo pipefail
gallery="$(cd "$(dirname "$0")/.." && pwd)/output/gallery"
runs="${1:-output/gallery-runs}"
program="${MAINSTREET:-mainstreet}"
common=(--set town.residents=20000 --seed 1 --quiet --force)

"$program" run baseline "${common[@]}" --replicates 16 --out "$runs/ensemble" >/dev/null
"$program" run baseline "${common[@]}" --out "$runs/one" >/dev/null
"$program" compare no-automation baseline human-centric replace \
    "${common[@]}" --replicates 8 --out "$runs/kinds" >/dev/null
"$program" compare baseline reskilling basic-income main-street-revival \
    "${common[@]}" --replicates 8 --out "$runs/policies" >/dev/null

mkdir -p "$gallery"
rm -f "$gallery"/*.png
while read -r run charts; do
    for chart in $charts; do
        cp "$runs/$run/charts/$chart.png" "$gallery/"
    done
done <<'END'
ensemble employment
one technology_adoption jobs_by_sector skill_groups a_dollar_spent lorenz firm_sizes survival
kinds compare_employment income_by_decile_replace jobs_by_occupation_replace
policies compare_poverty employment_and_cost
END
