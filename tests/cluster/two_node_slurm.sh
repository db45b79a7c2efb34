#!/bin/bash
# End-to-end test of a sweep on a real Slurm of two nodes on this machine, one of which dies in the middle.
#
#   cargo build --release && tests/cluster/two_node_slurm.sh
#
# Needs root (slurmd does) and, unless Slurm is there, a system with apt-get, from which it takes Slurm. Another
# binary is named by MAINSTREET=path. Everything it writes, sockets and logs included, lies in a folder of its own, and only
# daemons it started are stopped. Ends with "IDENTICAL" or a message and exit code 1.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
export MAINSTREET=${MAINSTREET:-$root/target/release/mainstreet}
missing=
for program in slurmctld slurmd munged sbatch; do
    command -v "$program" > /dev/null || missing="$missing $program"
done
if [ -n "$missing" ]; then
    echo "== installing Slurm, for want of$missing"
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends slurmctld slurmd slurm-client munge > /dev/null
fi
[ -x "$MAINSTREET" ] || { echo "FAILED: $MAINSTREET is missing: cargo build --release" >&2; exit 1; }
work=$(mktemp -d -t mainstreet-slurm.XXXXXX)
chmod 755 "$work"
export SLURM_CONF=$work/slurm.conf
host=$(hostname -s)
tasks=8

stop_daemons() {
    # Tasks of a test that failed, and the keepers that outlive their daemon.
    timeout 10 scancel --quiet --user="$(id -un)" 2>/dev/null || true
    for _ in $(seq 50); do
        [ -z "$(timeout 10 squeue -h 2>/dev/null)" ] && break
        sleep 0.1
    done
    local name pid pids=
    for name in slurmd.n1 slurmd.n2 slurmctld munged; do
        [ -s "$work/$name.pid" ] || continue
        pid=$(cat "$work/$name.pid")
        kill "$pid" 2>/dev/null && pids="$pids $pid"
    done
    # They write their state until they end.
    for pid in $pids; do
        for _ in $(seq 100); do
            kill -0 "$pid" 2>/dev/null || break
            sleep 0.1
        done
    done
}
trap stop_daemons EXIT
fail() { echo "FAILED: $* (logs in $work)" >&2; exit 1; }

# Authentication with a key and socket of its own.
mkdir -p "$work/munge" "$work/state" "$work/spool.n1" "$work/spool.n2"
dd if=/dev/urandom of="$work/munge/key" bs=1024 count=1 status=none
chown -R munge:munge "$work/munge"
chmod 700 "$work/munge" && chmod 400 "$work/munge/key"
mkdir -p "$work/socket" && chown munge:munge "$work/socket"
runuser -u munge -- munged --force --key-file="$work/munge/key" --socket="$work/socket/munge" \
    --pid-file="$work/munge/pid" --log-file="$work/munge/log" --seed-file="$work/munge/seed"
for _ in $(seq 50); do [ -s "$work/munge/pid" ] && break; sleep 0.1; done
cp "$work/munge/pid" "$work/munged.pid"

cat > "$SLURM_CONF" <<CONF
ClusterName=town
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=27817
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$work/socket/munge
MpiDefault=none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool.%n
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.%n.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd.%n.log
ReturnToService=1
SlurmdTimeout=10
KillWait=5
NodeName=n1 NodeHostname=$host NodeAddr=127.0.0.1 Port=27821 CPUs=1 State=UNKNOWN
NodeName=n2 NodeHostname=$host NodeAddr=127.0.0.1 Port=27822 CPUs=1 State=UNKNOWN
PartitionName=town Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP
CONF
slurmctld -c
slurmd -c -N n1
slurmd -c -N n2
for _ in $(seq 120); do
    [ "$(sinfo -h -N -o %T 2>/dev/null | grep -c idle || true)" = 2 ] && break
    sleep 0.5
done
sinfo -N
[ "$(sinfo -h -N -o %T | grep -c idle)" = 2 ] || fail "two nodes did not come up"

echo "== the sweep on one machine"
"$MAINSTREET" sweep "$here/sweep.toml" --out "$work/local" --csv > "$work/local.txt"

echo "== the same file as a job array of $tasks tasks"
"$MAINSTREET" sweep plan "$here/sweep.toml" --out "$work/plan" --csv
sbatch --array=0-$((tasks - 1)) --time=0 --mem-per-cpu=0 --output="$work/task-%a.log" \
    "$root/cluster/slurm-array.sh" "$work/plan/plan.csv"

finished() { find "$work/plan/runs" -name '*.result' 2>/dev/null | wc -l; }
total=$(($(wc -l < "$work/plan/plan.csv") - 1))
# Programs of the tasks on n2: their environment names that node and this configuration.
on_n2() {
    local environment
    for environment in $(grep -lsz "^SLURMD_NODENAME=n2$" /proc/[0-9]*/environ); do
        grep -qsz "^SLURM_CONF=$SLURM_CONF$" "$environment" && echo "$environment" | cut -d/ -f3
    done || true
}
victims=
for _ in $(seq 1200); do
    if [ "$(finished)" -ge $((total / 5)) ]; then
        victims=$(on_n2)
        [ -n "$victims" ] && break
    fi
    [ "$(squeue -h | wc -l)" = 0 ] && break
    sleep 0.1
done
[ -n "$victims" ] || fail "n2 had no task to lose"
# The daemon and the keepers of its tasks first, or they would report how those ended: a dead node says nothing.
keepers=$(for id in $victims; do
    parent=$(sed -n 's/^PPid:[[:space:]]*//p' "/proc/$id/status" 2>/dev/null) || continue
    grep -qs '^slurmstepd' "/proc/$parent/comm" && echo "$parent"
done || true)
kill -9 "$(cat "$work/slurmd.n2.pid")" $keepers 2>/dev/null || true
for id in $victims; do kill -9 "$id" 2>/dev/null || true; done
echo "== node n2 died with $(finished) of $total runs done"
rm -f "$work/slurmd.n2.pid"

for _ in $(seq 1200); do
    [ "$(squeue -h | wc -l)" = 0 ] && break
    sleep 0.5
done
[ "$(squeue -h | wc -l)" = 0 ] || fail "tasks are left: $(squeue -h)"
sinfo -N
if [ "$(finished)" != "$total" ]; then
    echo "== $(($total - $(finished))) runs were lost with their tasks; the same array again"
    sbatch --wait --array=0-$((tasks - 1)) --time=0 --mem-per-cpu=0 --output="$work/again-%a.log" \
        "$root/cluster/slurm-array.sh" "$work/plan/plan.csv"
fi

echo "== collect and compare"
"$MAINSTREET" sweep collect --plan "$work/plan/plan.csv" --out "$work/collected" > "$work/collected.txt"
diff "$work/local.txt" "$work/collected.txt" || fail "collected figures differ from the local sweep's"
diff -r "$work/local" "$work/collected" || fail "collected results differ from the local sweep's"
echo "IDENTICAL: $total runs, $tasks tasks, two nodes, one killed"
stop_daemons
trap - EXIT
rm -rf "$work"
