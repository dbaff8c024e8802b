#!/usr/bin/env bash
# What the protocol costs: the server's own work, lists over HTTP, round trips over pipes against rmcp, events to many streams.
#
#   benches/protocol.sh [ROUNDS]      default: 9 rounds of everything, about a minute
#
# Environment: BENCH_ROUNDS, BENCH_CALLS (5000 a round over pipes), BENCH_STREAMS (1000), BENCH_PARTS ("inside wire pipes
# fanout"); OURS: an executable to measure in place of our release build, called without words for pipes, and with
# `--http 127.0.0.1:0` for streams.
# Needs cargo, python3 and taskset. Loopback only. Fails on a malfunction, never on slowness.
set -euo pipefail
export LC_ALL=C

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
rounds=${1:-${BENCH_ROUNDS:-9}}
calls=${BENCH_CALLS:-5000}
streams=${BENCH_STREAMS:-1000}
parts=${BENCH_PARTS:-inside wire pipes fanout}

die() {
  echo "protocol.sh: $*" >&2
  exit 1
}

# shellcheck source=benches/build.sh
. "$root/benches/build.sh"
bounded ROUNDS "$rounds" 1000
bounded BENCH_CALLS "$calls" 99999
bounded BENCH_STREAMS "$streams" 20000
for part in $parts; do
  [[ $part =~ ^(inside|wire|pipes|fanout)$ ]] || die "BENCH_PARTS names «$part»: there are inside, wire, pipes and fanout"
done
for tool in cargo python3 taskset timeout; do
  command -v "$tool" >/dev/null || die "$tool is not installed (Debian: apt-get install coreutils python3 util-linux)"
done

driver=$(build "$root" protocol --bench protocol)
ours=${OURS:-$(build "$root" businessmath-mcp-server --bin businessmath-mcp-server)}
peer=
[[ $parts != *pipes* ]] || peer=$(build "$root/benches/peers/rmcp" rmcp-peer --target-dir "$root/benches/peers/rmcp/target")
command -v "$driver" >/dev/null || die "the driver is not there: «$driver»"
command -v "$ours" >/dev/null || die "our server is not there: «$ours»"

# Many streams are many descriptors, here and in the server.
ulimit -n "$(ulimit -Hn)" 2>/dev/null || true
cores=$(taskset -cp $$ | sed 's/.*: //')
one=${cores%%[,-]*}

run() { # TITLE CORES WORDS...
  local title=$1 where=$2
  shift 2
  printf '\n== %s\n' "$title"
  timeout 900 taskset -c "$where" "$driver" "$@" || die "«$title» failed"
}

echo "machine: $(nproc) cores, $(awk -F': ' '/^model name/ { print $2; exit }' /proc/cpuinfo), Linux $(uname -r); load before: $(cut -d' ' -f1-3 /proc/loadavg)"
echo "tools: $(rustc --version | cut -d' ' -f1-2)"
for part in $parts; do
  case $part in
    inside) run "the server's own work, in process" "$cores" inside "$rounds" ;;
    wire) run "lists over HTTP" "$cores" wire "$rounds" ;;
    pipes)
      run "calculate_npv over pipes" "$cores" pipes "$rounds" "$calls" "$ours" "$peer"
      run "calculate_npv over pipes, driver and servers on one core" "$one" pipes "$rounds" "$calls" "$ours" "$peer"
      ;;
    fanout) run "SIGHUP to notifications/tools/list_changed" "$cores" fanout "$rounds" "$streams" "$ours" ;;
  esac
done
