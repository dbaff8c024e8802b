# shellcheck shell=bash
# For the scripts beside it: they define `die`.

bounded() { # NAME VALUE MAX
  if ! [[ $2 =~ ^[0-9]{1,5}$ ]] || ((10#$2 < 1 || 10#$2 > $3)); then
    die "$1 is «$2»: wanted a number from 1 to $3"
  fi
}

# The executable's path comes from cargo itself, whatever target or target directory is configured.
build() { # DIRECTORY BINARY [cargo arguments]
  local directory=$1 binary=$2
  shift 2
  (cd "$directory" && cargo build --release --locked --message-format=json-render-diagnostics "$@") | python3 -c '
import json, sys
found = ""
for line in sys.stdin:
    if not line.startswith("{"):
        continue
    message = json.loads(line)
    if message.get("executable") and message.get("target", {}).get("name") == sys.argv[1]:
        found = message["executable"]
print(found)' "$binary"
}
