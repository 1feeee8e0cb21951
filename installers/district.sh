#!/bin/sh
# Installs the district's server, without Qt, into a virtual environment of its own; again, to bring it up to date.
#   district.sh DIR            such as /opt/counter-district; PYTHON=/path/to/python names another Python
# The packages are those of installers/district.txt, at the versions and hashes of requirements.lock.
set -eu
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-python3}

fail() { echo "district: $*" >&2; exit 3; }

[ $# = 1 ] || { echo "usage: installers/district.sh DIR" >&2; exit 2; }
case "$1" in /*) place=$1 ;; *) place=${OLDPWD:-$PWD}/$1 ;; esac
command -v "$PYTHON" >/dev/null 2>&1 || fail "python3 is not on this machine: as root, run apt-get install python3-venv"
"$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "$("$PYTHON" --version) is too old: Python 3.11 or newer is needed (PYTHON=/path/to/python names another)."
"$PYTHON" -c 'import venv, ensurepip' 2>/dev/null || fail "Python's venv is missing: as root, run apt-get install python3-venv"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
pip() { "$place/bin/python" -m pip -q --disable-pip-version-check install --no-deps "$@" >"$work/pip.log" 2>&1; }
why() { grep -i error "$work/pip.log" | head -n 2 >&2 || true; }

awk 'NR == FNR { wanted[$1]; next } /^[a-z]/ { split($1, name, "=="); keep = name[1] in wanted } keep' \
    installers/district.txt requirements.lock >"$work/district.lock"
"$PYTHON" -m venv "$place" || fail "$PYTHON could not make a virtual environment in $place."
pip --require-hashes -r "$work/district.lock" -r installers/build.lock || {
    why
    fail "the Python packages could not be fetched: is there a network, or a package index in pip's settings?"
}
# Not linked to this clone: the server runs on after the clone is moved or deleted.
pip --no-build-isolation --force-reinstall . || {
    cat "$work/pip.log" >&2
    fail "the program could not be built; the lines above say why."
}
echo "district: installed in $place"
