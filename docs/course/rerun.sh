#!/usr/bin/env bash
# Runs what the answers of the course rest on (about three minutes on two cores) and prints the tables.
#   docs/course/rerun.sh [FOLDER]      MAINSTREET names the program, mainstreet if not set
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)/scenarios"
out="${1:-output/course}"
program="${MAINSTREET:-mainstreet}"
size=(--set town.residents=20000)
paired=("${size[@]}" --replicates 4 --quiet --force)

echo "== 1. luck: the employment rate of the last year, by seed"
for seed in 1 2 3; do
    for scenario in baseline fast-ai; do
        "$program" run "$scenario" "${size[@]}" --seed "$seed" --out "$out/luck/$scenario-$seed" --quiet --force |
            awk -v s="$scenario $seed" '/^Employment rate/ { print s, $0 }'
    done
done
"$program" compare baseline fast-ai "${paired[@]}" --out "$out/1"

echo "== 2. the way of a dollar"
for scenario in baseline "$here/orders.toml"; do
    name="$(basename "$scenario" .toml)"
    "$program" run "$scenario" "${size[@]}" --set town.kind=factory --out "$out/factory-$name" --quiet --force >/dev/null
    echo "jobs by sector, mean of the last 12 months: $name"
    awk -F, 'NR > 1 && $1 >= 108 { jobs[$2] += $3 / 12 } END { for (s in jobs) printf "  %-22s %6.0f\n", s, jobs[s] }' \
        "$out/factory-$name/sectors.csv" | sort
done

compare() {
    local exercise="$1"
    shift
    echo "== $exercise"
    "$program" compare baseline "$@" "${paired[@]}" --out "$out/$exercise"
}
compare 3 outside-only no-automation
compare 4 "$here/so-so.toml" "$here/no-displacement.toml" "$here/no-new-tasks.toml"
compare 5 replace human-centric
compare 6 unaligned
compare 7 giants-advance
compare 8 "$here/slump.toml" "$here/slump-income.toml"
