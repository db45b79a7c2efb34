#!/bin/bash
# One task of a sweep as a Slurm job array. Submit it from the folder that holds the plan:
#
#   mainstreet sweep plan sweep.toml --out plan
#   sbatch --array=0-19 cluster/slurm-array.sh plan/plan.csv
#   mainstreet sweep collect --plan plan/plan.csv --out output/sweep
#
# Every task takes the runs of its share, skips those that are done, and saves the state of the others, so a task
# that is lost, stopped at its time limit or run twice does no harm: submit the same array again to do the rest.
#SBATCH --job-name=mainstreet
#SBATCH --cpus-per-task=1
#SBATCH --mem-per-cpu=1G
#SBATCH --time=04:00:00
#SBATCH --requeue
# A minute before the time limit: the run ends after its month and saves its state.
#SBATCH --signal=B:TERM@60
set -eu
plan=${1:?name the plan: sbatch --array=0-19 slurm-array.sh plan/plan.csv}
# `exec`, so that the signal reaches the program.
exec "${MAINSTREET:-mainstreet}" --quiet --threads "${SLURM_CPUS_PER_TASK:-1}" sweep run --plan "$plan"
