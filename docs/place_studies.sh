#!/usr/bin/env bash
# Makes docs/guide/place-studies.md anew: two places, how well they fit, and two policies in each.
#   docs/place_studies.sh [FOLDER]      FOLDER keeps the runs; MAINSTREET names the program, mainstreet if not set
set -euo pipefail
cd "$(dirname "$0")/.."
runs="${1:-output/place-studies}"
program="${MAINSTREET:-mainstreet}"
page=docs/guide/place-studies.md
small=(--set town.residents=6000 --set run.months=60)

study() { # place, title, question, scenarios…
    local place="$1" title="$2" question="$3"
    shift 3
    printf '\n## %s\n\n%s\n\n' "$title" "$question"
    printf 'How well the town fits (`mainstreet place-fit %s`):\n\n```text\n' "$place"
    "$program" place-fit "$place" --set town.residents=6000 --replicates 4 --quiet | cut -c1-110 | sed -e 's/ *$//'
    printf '```\n\nTechnology off, on, and with each policy (`mainstreet compare no-automation baseline %s --place %s`):\n\n```text\n' "$*" "$place"
    "$program" compare no-automation baseline "$@" --place "$place" "${small[@]}" --replicates 6 --seed 1 --quiet --force \
        --out "$runs/$place" | cut -c1-140 | sed -e 's/ *$//'
    printf '```\n'
}

{
    printf '# Two places: a county of makers and a county of guests\n\n'
    printf 'Made by `docs/place_studies.sh`; every figure is of this version of the model. Towns of 6,000 residents, six pairs, five\n'
    printf 'years after burn-in: enough to see how such a study is read, too few to decide anything. [A town from a real\n'
    printf 'place](places.md) says what a place gives its town and what stays national. Differences are from the first scenario, the\n'
    printf 'town in which nobody adopts technology; those of `baseline` are what adoption does in the town while sellers elsewhere adopt in every scenario as its timeline says.\n'
    study 18039 "Elkhart County, Indiana: makers" \
        "More than four jobs in ten make goods, vehicles above all, and people come from around to make them. What does a makers' hub do there, and what public training?" \
        manufacturing-hub reskilling
    study 47155 "Sevier County, Tennessee: guests" \
        "Nearly half the jobs are in hotels, restaurants and parks at the gate of the Great Smoky Mountains. What do a rule for service by people and public training do there?" \
        human-service-mandate reskilling
} > "$page.new"
mv "$page.new" "$page"
