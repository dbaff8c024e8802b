# What tests/clients/run and tests/conformance/run share: installing into the cache, starting and stopping a server.
# shellcheck shell=bash  # sourced, with set -euo pipefail in force; the caller sets name and tmp

die() {
  echo "${name:?}: $*" >&2
  exit 1
}

# Where installed clients live; nothing is installed anywhere else.
cache_folder() { # ROOT
  local folder=${CLIENTS_DIR:-${CARGO_TARGET_DIR:-$1/target}/clients}
  mkdir -p "$folder"
  (cd "$folder" && pwd)
}

# Runs the command unless it last ran for the same words; half an installation is thrown away.
once() { # FOLDER WORDS COMMAND...
  local folder=$1 words=$2
  shift 2
  [[ $(cat "$folder/.installed" 2>/dev/null) != "$words" ]] || return 0
  echo "installing $words" >&2
  rm -rf "$folder"
  mkdir -p "$folder"
  "$@" >"$folder/install.log" 2>&1 || { tail -n 20 "$folder/install.log" >&2; die "cannot install $words"; }
  echo "$words" >"$folder/.installed"
}

# Without install scripts: none of these packages needs one, and a test has no business running them.
install_npm() { # FOLDER PACKAGE@VERSION...
  local folder=$1
  shift
  once "$folder" "$*" npm_install "$folder" "$@"
}

npm_install() { # FOLDER PACKAGE@VERSION...
  command -v npm >/dev/null || { echo "npm is not installed (Debian: apt-get install npm)"; return 1; }
  echo '{"private":true}' >"$1/package.json"
  (cd "$1" && shift && npm install --ignore-scripts --no-audit --no-fund --loglevel=error --save-exact "$@")
}

install_python() { # FOLDER PACKAGE==VERSION
  once "$1" "$2" pip_install "$1" "$2"
}

pip_install() {
  python3 -m venv "$1" || { echo "python3 with venv is not installed (Debian: apt-get install python3-venv)"; return 1; }
  "$1/bin/pip" install --quiet --disable-pip-version-check "$2"
}

# Starts a server and waits for the address that it logs, into $address and $server.
start_server() { # LOG COMMAND...
  local log=$1
  shift
  : >"$log"
  "$@" </dev/null >"$log.out" 2>"$log" &
  server=$!
  for _ in {1..200}; do
    address=$(sed -n 's/.*listening on \([0-9.:a-f]*:[0-9]*\|\[[0-9a-f:]*\]:[0-9]*\).*/\1/p' "$log" | head -n 1)
    [[ -z $address ]] || return 0
    kill -0 "$server" 2>/dev/null || break
    sleep 0.05
  done
  tail -n 20 "$log" "$log.out" >&2
  die "the server ended, or did not log «listening on ADDRESS» within 10 s"
}

# Asks the server to stop; answers with its exit code, 137 if it had to be killed.
stop_server() {
  local code=0 pid=${server:-}
  [[ -n $pid ]] || return 0
  server=
  kill -TERM "$pid" 2>/dev/null || true
  for _ in {1..240}; do
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.05
  done
  kill -KILL "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || code=$?
  return "$code"
}
