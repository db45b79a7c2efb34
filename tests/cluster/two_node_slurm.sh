#!/bin/bash
# End-to-end test of a sweep on a real Slurm of two nodes on this machine, one of which dies in the middle.
#
#   apt-get install -y --no-install-recommends slurmctld slurmd slurm-client munge
#   cargo build --release && tests/cluster/two_node_slurm.sh
#
# Needs root (slurmd does). Everything it writes, sockets and logs included, lies in a folder of its own, and only
# daemons it started are stopped. Ends with "IDENTICAL" or a message and exit code 1.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
export MAINSTREET=${MAINSTREET:-$root/target/release/mainstreet}
work=$(mktemp -d /tmp/mainstreet-slurm.XXXXXX)
chmod 755 "$work"
export SLURM_CONF=$work/slurm.conf
host=$(hostname -s)
tasks=8

stop_daemons() {
    for name in slurmd.n1 slurmd.n2 slurmctld munged; do
        [ -s "$work/$name.pid" ] && kill "$(cat "$work/$name.pid")" 2>/dev/null || true
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
"$MAINSTREET" sweep "$here/sweep.toml" --out "$work/local" --csv

echo "== the same file as a job array of $tasks tasks"
"$MAINSTREET" sweep plan "$here/sweep.toml" --out "$work/plan" --csv
sbatch --array=0-$((tasks - 1)) --time=0 --mem-per-cpu=0 --output="$work/task-%a.log" \
    "$root/cluster/slurm-array.sh" "$work/plan/plan.csv"

finished() { find "$work/plan/runs" -name '*.result' 2>/dev/null | wc -l; }
total=$(($(wc -l < "$work/plan/plan.csv") - 1))
for _ in $(seq 600); do
    [ "$(squeue -h -w n2 -t R | wc -l)" = 1 ] && [ "$(finished)" -ge $((total / 5)) ] && break
    sleep 0.1
done
echo "== node n2 dies with $(finished) of $total runs done"
[ "$(squeue -h -w n2 -t R | wc -l)" = 1 ] || fail "n2 had no task to lose"
daemon=$(cat "$work/slurmd.n2.pid")
# The task's programs are those whose Slurm environment names n2 and this configuration.
victims=$(grep -lsz "^SLURMD_NODENAME=n2$" /proc/[0-9]*/environ | cut -d/ -f3 | while read -r id; do
    grep -qsz "^SLURM_CONF=$SLURM_CONF$" "/proc/$id/environ" && echo "$id"
done || true)
kill -9 "$daemon"
for id in $victims; do kill -9 "$id" 2>/dev/null || true; done
rm -f "$work/slurmd.n2.pid"

for _ in $(seq 1200); do
    [ "$(squeue -h | wc -l)" = 0 ] && break
    # Slurm asks that a lost node be given up by hand unless it has a power plugin.
    sinfo -h -n n2 -o %T | grep -q down || true
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
"$MAINSTREET" sweep collect --plan "$work/plan/plan.csv" --out "$work/collected"
diff -r "$work/local" "$work/collected" || fail "collected results differ from the local sweep's"
echo "IDENTICAL: $total runs, $tasks tasks, two nodes, one killed"
stop_daemons
trap - EXIT
rm -rf "$work"
