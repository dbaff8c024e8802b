#!/usr/bin/env bash
# Requests per second of one tools/call: ours, the same tool on rmcp + axum, and a static answer from nginx, interleaved.
#
#   benches/http.sh [ROUNDS [SECONDS]]      default: 5 rounds of 3 s for each number of connections, about 4 minutes
#
# Environment: BENCH_ROUNDS, BENCH_SECONDS, BENCH_STARTS (10), BENCH_CONNECTIONS ("1 1p 16 64"; a p after the number: server
# and generator on one and the same core); OURS: a command to measure in place of our release build, called with
# `--http 127.0.0.1:PORT`.
# Needs cargo, curl, nginx, python3, taskset and wrk. Loopback only. Fails on a malfunction, never on slowness.
set -euo pipefail
umask 077
export LC_ALL=C

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
rounds=${1:-${BENCH_ROUNDS:-5}}
seconds=${2:-${BENCH_SECONDS:-3}}
connections=${BENCH_CONNECTIONS:-1 1p 16 64}
starts=${BENCH_STARTS:-10}

declare -A pid=() port=()
tmp=$(mktemp -d)

cleanup() {
  trap '' INT TERM
  for name in "${!pid[@]}"; do kill -TERM "${pid[$name]}" 2>/dev/null || true; done
  for name in "${!pid[@]}"; do
    for _ in {1..40}; do kill -0 "${pid[$name]}" 2>/dev/null || break; sleep 0.05; done
    kill -KILL "${pid[$name]}" 2>/dev/null || true
    wait "${pid[$name]}" 2>/dev/null || true
  done
  rm -rf "$tmp"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

die() {
  echo "http.sh: $*" >&2
  for log in "$tmp"/*.log; do
    [[ -s $log ]] && { echo "--- ${log##*/}" >&2; tail -n 20 "$log" >&2; }
  done
  exit 1
}

# shellcheck source=benches/build.sh
. "$root/benches/build.sh"
bounded ROUNDS "$rounds" 100
bounded SECONDS "$seconds" 60
bounded BENCH_STARTS "$starts" 100
for c in $connections; do bounded BENCH_CONNECTIONS "${c%p}" 1000; done

PATH=$PATH:/usr/sbin:/sbin
for tool in cargo curl nginx python3 taskset wrk; do
  command -v "$tool" >/dev/null || die "$tool is not installed (Debian: apt-get install curl nginx-light python3 util-linux wrk)"
done

# --- build -------------------------------------------------------------------------------------------------------------------

if [[ -n ${OURS:-} ]]; then
  read -ra ours <<<"$OURS"
else
  ours=("$(build "$root" businessmath-mcp-server --bin businessmath-mcp-server)")
fi
peer=("$(build "$root/benches/peers/rmcp" rmcp-peer --target-dir "$root/benches/peers/rmcp/target")")
command -v "${ours[0]:-}" >/dev/null || die "our server is not there: «${ours[*]:-}»"
command -v "${peer[0]:-}" >/dev/null || die "the peer is not there: «${peer[*]:-}»"

# --- the call ----------------------------------------------------------------------------------------------------------------

key=$(python3 -c 'import secrets; print(secrets.token_hex(24))')
call='{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"calculate_npv","arguments":{"rate":0.1,"cashFlows":[-1000,300,400,500,600]}}}'
printf '%s' "$call" >"$tmp/call.json"
printf 'Content-Type: application/json\nAccept: application/json, text/event-stream\n' >"$tmp/peer.headers"
{ cat "$tmp/peer.headers"; printf 'Authorization: Bearer %s\n' "$key"; } >"$tmp/ours.headers"
cp "$tmp/peer.headers" "$tmp/nginx.headers"

# Nothing of the caller's environment reaches a server: MCP_HTTP_PORT, for one, would move ours.
clean=(env -i "PATH=$PATH")

# Free ports below the ephemeral range, so that a client polling a closed port can never connect to itself.
free_ports() { # COUNT
  python3 -c '
import random, socket, sys
top = int(open("/proc/sys/net/ipv4/ip_local_port_range").read().split()[0])
low = 20000 if top > 22000 else 2000
held = []
for port in random.sample(range(low, max(top, low + 1000)), 500):
    s = socket.socket()
    try:
        s.bind(("127.0.0.1", port))
        held.append(s)
    except OSError:
        s.close()
    if len(held) == int(sys.argv[1]):
        break
print(*(s.getsockname()[1] for s in held))' "$1"
}

# --- time from process start to first answer -------------------------------------------------------------------------------

first_answer() { # NAME PORTS COMMAND... (the word @ stands for the port)
  local name=$1 ports=$2
  shift 2
  python3 - "$tmp/$name.headers" "$tmp/call.json" "$tmp/starts.log" "$ports" "$@" <<'PY'
import os, socket, statistics, subprocess, sys, time
headers, call, log, ports, *command = sys.argv[1:]
body = open(call, "rb").read()
lines = open(headers, "rb").read().strip().replace(b"\n", b"\r\n")
environment = {"PATH": os.environ["PATH"]}
if b"Bearer " in lines:
    environment["MCP_API_KEYS"] = lines.split(b"Bearer ")[1].decode()
took, gaps = [], []
with open(log, "ab") as out:
    for port in ports.split():
        head = b"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:%s\r\n%s\r\nContent-Length: %d\r\n\r\n" % (port.encode(), lines, len(body))
        words = [word.replace("@", port) for word in command]
        begin = time.perf_counter()
        child = subprocess.Popen(words, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        try:
            polls, polling = 0, time.perf_counter()
            while True:
                s = socket.socket()
                polls += 1
                if s.connect_ex(("127.0.0.1", int(port))) == 0:
                    break
                s.close()
                if child.poll() is not None or time.perf_counter() - begin > 10:
                    sys.exit("no listener: " + " ".join(words[-2:]))
            gaps.append((time.perf_counter() - polling) / polls)
            s.settimeout(10)
            s.sendall(head + body)
            answer = s.recv(65536)
            took.append(time.perf_counter() - begin)
            if not answer.startswith(b"HTTP/1.1 200"):
                sys.exit("first answer was not 200: " + repr(answer[:120]))
            s.close()
        finally:
            child.kill()
            child.wait()
print("%.1f %.1f %.1f %.3f" % (statistics.median(took) * 1e3, min(took) * 1e3, max(took) * 1e3, max(gaps) * 1e3))
PY
}

first_ours=$(first_answer ours "$(free_ports "$starts")" "${ours[@]}" --http 127.0.0.1:@) || die "ours did not start"
first_peer=$(first_answer peer "$(free_ports "$starts")" "${peer[@]}" @) || die "the peer did not start"

# --- start, wait, compare the answers ----------------------------------------------------------------------------------------

read -r "port[ours]" "port[peer]" "port[nginx]" <<<"$(free_ports 3)"

ask() { # NAME: the body into NAME.json, true if the status is 200
  [[ $(curl -sS --max-time 5 -o "$tmp/$1.json" -w '%{http_code}' -H @"$tmp/$1.headers" --data-binary @"$tmp/call.json" \
    "http://127.0.0.1:${port[$1]}/mcp" 2>"$tmp/$1.curl.log") == 200 ]]
}

alive() { kill -0 "${pid[$1]}" 2>/dev/null || die "$1 ended by itself"; }

await() {
  for _ in {1..100}; do
    alive "$1"
    ask "$1" && return
    sleep 0.1
  done
  die "$1 gave no answer with status 200 within 10 s: $(head -c 300 "$tmp/$1.json" 2>/dev/null)"
}

same_npv() {
  python3 - "$tmp/ours.json" "$tmp/peer.json" <<'PY' || die "the two answers differ: ours $(cat "$tmp/ours.json"), peer $(cat "$tmp/peer.json")"
import json, math, sys
want = sum(flow / 1.1**t for t, flow in enumerate([-1000, 300, 400, 500, 600]))
results = [json.load(open(path))["result"] for path in sys.argv[1:]]
npvs = [result["structuredContent"]["npv"] for result in results]
texts = [result["content"][0]["text"] for result in results]
sys.exit(not (all(texts) and not any(r.get("isError") for r in results) and all(math.isfinite(n) and abs(n - want) <= 1e-9 for n in npvs)))
PY
}

"${clean[@]}" "MCP_API_KEYS=$key" "${ours[@]}" --http "127.0.0.1:${port[ours]}" </dev/null >"$tmp/ours.log" 2>&1 &
pid[ours]=$!
"${clean[@]}" "${peer[@]}" "${port[peer]}" </dev/null >"$tmp/peer.log" 2>&1 &
pid[peer]=$!
await ours
await peer
same_npv

size=$(stat -c %s "$tmp/ours.json")
((size > 20)) || die "our answer has only $size bytes"
mkdir "$tmp/nginx"
cat >"$tmp/nginx/nginx.conf" <<CONF
worker_processes 2;
daemon off;
pid $tmp/nginx/pid;
events { worker_connections 4096; }
http {
  access_log off;
  client_body_temp_path $tmp/nginx/body;
  proxy_temp_path $tmp/nginx/proxy;
  fastcgi_temp_path $tmp/nginx/fastcgi;
  uwsgi_temp_path $tmp/nginx/uwsgi;
  scgi_temp_path $tmp/nginx/scgi;
  default_type application/json;
  keepalive_requests 1000000000;
  keepalive_timeout 600s;
  tcp_nodelay on;
  server {
    listen 127.0.0.1:${port[nginx]};
    location / { return 200 '{"static":"$(printf "%$((size - 13))s" | tr ' ' x)"}'; }
  }
}
CONF
nginx -p "$tmp/nginx" -c "$tmp/nginx/nginx.conf" -e "$tmp/nginx.log" </dev/null >"$tmp/nginx.out.log" 2>&1 &
pid[nginx]=$!
await nginx
(($(stat -c %s "$tmp/nginx.json") == size)) || die "nginx answers with another size than ours"

rss() { awk '/^VmRSS:/ { printf "%.1f", $2 / 1024 }' "/proc/${pid[$1]}/status"; }
idle_ours=$(rss ours) idle_peer=$(rss peer)

# --- load --------------------------------------------------------------------------------------------------------------------

# Only the globals are set, so wrk sends one prepared request and runs no Lua while it measures.
lua() { # NAME
  python3 - "$tmp/$1.headers" "$tmp/call.json" >"$tmp/$1.lua" <<'PY'
import json, sys
print('wrk.method = "POST"')
print("wrk.body = [==[%s]==]" % open(sys.argv[2]).read())
for line in open(sys.argv[1]):
    name, value = line.strip().split(": ", 1)
    print("wrk.headers[%s] = %s" % (json.dumps(name), json.dumps(value)))
print("""done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("RESULT %.3f %d %d %d %d\\n", summary.requests / (summary.duration / 1e6),
    latency:percentile(50), latency:percentile(99), e.connect + e.read + e.write + e.status, e.timeout))
end""")
PY
}
for name in ours peer nginx; do lua "$name"; done

# With one connection the rate hangs on where the scheduler puts the two processes: apart, every request pays two wake-ups of
# an idle core, which hides the server. The pinned row takes that out: all on one core, so it shows the processor time of a call.
cores=$(taskset -cp $$ | sed 's/.*: //')
one=${cores%%[,-]*}

pin() { # CORES: every thread of the three servers
  local p
  for p in "${pid[@]}" $(cat "/proc/${pid[nginx]}/task/${pid[nginx]}/children"); do
    taskset -acp "$1" "$p" >/dev/null || die "cannot pin process $p to core $1"
  done
}

# Two generator threads where there is more than one connection: a single one is the limit of nginx's rate, measured.
load() { # NAME CONNECTIONS SECONDS → requests/s, p50 µs, p99 µs, errors, timeouts
  local threads=2 where=$cores
  ((${2%p} == 1)) && threads=1
  [[ $2 == *p ]] && threads=1 where=$one
  timeout $(($3 + 30)) taskset -c "$where" wrk --latency --timeout 10s -t "$threads" -c "${2%p}" -d "${3}s" -s "$tmp/$1.lua" \
    "http://127.0.0.1:${port[$1]}/mcp" >"$tmp/wrk.log" 2>&1 || die "wrk failed on $1"
  awk '$1 == "RESULT" { print $2, $3, $4, $5, $6 }' "$tmp/wrk.log"
}

measure() { # NAME CONNECTIONS ROUND
  local rate p50 p99 errors timeouts
  read -r rate p50 p99 errors timeouts <<<"$(load "$1" "$2" "$seconds")" || true
  [[ -n ${timeouts:-} ]] || die "wrk gave no result for $1"
  ((errors == 0)) || die "$1 at $2 connections: $errors answers failed or were not 2xx"
  awk -v rate="$rate" 'BEGIN { exit !(rate > 0) }' || die "$1 answered nothing at $2 connections"
  ((timeouts == 0)) || echo "note: $timeouts answers of $1 took more than 10 s" >&2
  alive "$1"
  echo "$2 $3 $1 $rate $p50 $p99" >>"$tmp/results"
}

(($(nproc) <= 2)) || echo "note: peer and nginx have two workers; for a fair run on this machine: taskset -c 0,1 benches/http.sh" >&2
orders=("ours peer nginx" "nginx peer ours" "peer nginx ours" "ours nginx peer" "nginx ours peer" "peer ours nginx")
load_before=$(cut -d' ' -f1-3 /proc/loadavg)
for name in ours peer nginx; do load "$name" 16 1 >/dev/null; done
for c in $connections; do
  if [[ $c == *p ]]; then pin "$one"; else pin "$cores"; fi
  for ((r = 0; r < rounds; r++)); do
    # The six orders in turn, so that none always follows the same one; 6 or 12 rounds balance them fully.
    for name in ${orders[r % 6]}; do measure "$name" "$c" "$r"; done
  done
done

# The same answers as before the load.
for name in ours peer; do ask "$name" || die "$name does not answer after the load"; done
same_npv

# --- report ------------------------------------------------------------------------------------------------------------------

bytes() { stat -L -c %s "/proc/${pid[$1]}/exe"; }
echo "machine: $(nproc) cores, $(awk -F': ' '/^model name/ { print $2; exit }' /proc/cpuinfo), Linux $(uname -r); load before: $load_before"
echo "tools: $(rustc --version | cut -d' ' -f1-2), $(nginx -v 2>&1 | sed 's/.*: //'), $(wrk -v 2>&1 | head -n 1 | cut -d' ' -f1-2)"
echo "answer: ours $size bytes of body, peer $(stat -c %s "$tmp/peer.json"), nginx $size; $rounds interleaved rounds of $seconds s"
python3 - "$tmp/results" <<'PY'
import statistics, sys
median = statistics.median
rows = {}
for line in open(sys.argv[1]):
    c, r, name, *values = line.split()
    rows.setdefault(c, {}).setdefault(int(r), {})[name] = [float(v) for v in values]

print("\n%11s  %-6s %12s %10s %10s" % ("connections", "server", "requests/s", "p50 ms", "p99 ms"))
for c, by_round in rows.items():
    for name in ("ours", "peer", "nginx"):
        rate, p50, p99 = (median(r[name][i] for r in by_round.values()) for i in range(3))
        print("%11s  %-6s %12.0f %10.3f %10.3f" % (c, name, rate, p50 / 1e3, p99 / 1e3))

def spread(values):
    return "%.2f (%.2f..%.2f)" % (median(values), min(values), max(values))

print("\n%11s  %-20s %-20s %-20s" % ("connections", "rate ours/peer", "rate ours/nginx", "p99 ours/peer"))
for c, by_round in rows.items():
    every = by_round.values()
    print("%11s  %-20s %-20s %-20s" % (
        c,
        spread([r["ours"][0] / r["peer"][0] for r in every]),
        spread([r["ours"][0] / r["nginx"][0] for r in every]),
        spread([r["ours"][2] / max(r["peer"][2], 1) for r in every])))
PY
python3 - "$first_ours" "$first_peer" "$idle_ours" "$(rss ours)" "$(bytes ours)" "$idle_peer" "$(rss peer)" "$(bytes peer)" "$starts" <<'PY'
import sys
ours, peer = (list(map(float, word.split())) for word in sys.argv[1:3])
o, p, starts = sys.argv[3:6], sys.argv[6:9], sys.argv[9]
print("\n%-34s %18s %18s" % ("", "ours", "peer"))
print("%-34s %18s %18s" % ("RSS idle, MiB", o[0], p[0]))
print("%-34s %18s %18s" % ("RSS after the load, MiB", o[1], p[1]))
print("%-34s %18.2f %18.2f" % ("binary, MiB", int(o[2]) / 2**20, int(p[2]) / 2**20))
times = ["%.1f (%.1f..%.1f)" % tuple(t[:3]) for t in (ours, peer)]
print("%-34s %18s %18s" % ("start to first answer, ms", *times))
print("\nstart: median of %s, process creation included; polled every %.2f ms at most on average" % (starts, max(ours[3], peer[3])))
PY
