#!/bin/sh
# Makes .venv from the hashed locks and gives Qt its libraries; `setup.sh test` also fetches the tests' tools.
# Root installs what is missing with apt; anybody else gets it unpacked beside the environment, in .venv/syslibs.
# What cannot be had is named in one sentence, and the exit code is 3. The second run does nothing.
set -eu
cd "$(dirname "$0")/.."
VENV=$PWD/.venv
EXTRA=$VENV/syslibs
PYTHON=${PYTHON:-python3}
WORK=

# Qt's offscreen and xcb plugins, measured with ldd on a bare Debian 12; QtNetwork's brotli comes with freetype.
QT_PACKAGES="libglib2.0-0 libgl1 libegl1 libxkbcommon0 libxkbcommon-x11-0 libfontconfig1 libfreetype6 libdbus-1-3
 libbrotli1 libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0
 libxcb-shape0 libxcb-xkb1"
# program:package
TEST_TOOLS="ip:iproute2 pdftotext:poppler-utils Xvfb:xvfb xauth:xauth xdotool:xdotool dbus-run-session:dbus
 gnome-keyring-daemon:gnome-keyring strace:strace import:imagemagick /usr/sbin/cupsd:cups lp:cups-client
 /usr/lib/cups/filter/pdftopdf:cups-filters /usr/lib/cups/backend/cups-pdf:printer-driver-cups-pdf
 cc:gcc /usr/include/stdio.h:libc6-dev scanimage:sane-utils openssl:openssl initdb:postgresql soffice:libreoffice-calc-nogui chromium:chromium"
# These look for their own files under /usr by fixed paths, so unpacked elsewhere they do not run.
FIXED_PATHS="xvfb dbus gnome-keyring imagemagick cups cups-client cups-filters printer-driver-cups-pdf libreoffice-calc-nogui chromium gcc libc6-dev"
# Drivers and base packages that a Qt window without 3D never opens: 200 MB less to unpack.
NOT_UNPACKED='^(libc6|libgcc-s1|gcc-[0-9]+-base|libstdc\+\+6|libllvm.*|.*mesa.*|libgl1-mesa-.*|libglapi.*|libz3.*|libicu.*|libdrm.*|libsensors.*)$'
# Read by Debian's postgresql while it is installed; lies there no longer than that.
NO_CLUSTER=/etc/postgresql-common/createcluster.d/counter-setup.conf

say() { echo "setup: $*" >&2; }
fail() { say "$*"; exit 3; }
tidy() {
    [ -z "$WORK" ] || rm -rf "$WORK"
    [ ! -e "$NO_CLUSTER" ] || rm -f "$NO_CLUSTER"
}
trap tidy EXIT
trap 'exit 130' INT TERM
work() { [ -n "$WORK" ] || WORK=$(mktemp -d); }
have() { # a program by its name, or a file by its path (some run for root alone)
    case "$1" in /*) [ -e "$1" ] && return ;; esac
    # Debian keeps PostgreSQL's own programs off the PATH.
    postgres=$(ls -d /usr/lib/postgresql/*/bin "$EXTRA"/usr/lib/postgresql/*/bin 2>/dev/null | tail -n 1)
    PATH="$PATH:$EXTRA/usr/bin:$postgres" command -v "$1" >/dev/null 2>&1
}

# ---- Debian packages -------------------------------------------------------------------------------------------

APT_READY=
apt_private() { # apt for somebody who is not root: its own lists and cache, the machine's sources and dpkg status
    apt-get -q -o Debug::NoLocking=1 -o Dir::State="$WORK/state" -o Dir::State::status=/var/lib/dpkg/status \
        -o Dir::Cache="$WORK/cache" -o APT::Sandbox::User= "$@"
}
apt_update() {
    [ -z "$APT_READY" ] || return 0
    work
    command -v apt-get >/dev/null 2>&1 || return 1
    if [ "$(id -u)" = 0 ]; then
        apt-get update -q >"$WORK/update.log" 2>&1 || return 1
    else
        mkdir -p "$WORK/state/lists/partial" "$WORK/cache/archives/partial" "$WORK/debs"
        apt_private update >"$WORK/update.log" 2>&1 || return 1
    fi
    APT_READY=yes
}
install() { # packages… : installed as root, else unpacked into a folder of ours; false when not all could be had
    apt_update || return 1
    if [ "$(id -u)" = 0 ]; then
        DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" </dev/null >"$WORK/apt.log" 2>&1
        return
    fi
    # shellcheck disable=SC2046
    set -- $(apt_private -s --no-install-recommends install "$@" 2>"$WORK/apt.log" |
        sed -n 's/^Inst \([^ ]*\) .*/\1/p' | grep -vE "$NOT_UNPACKED")
    [ $# -gt 0 ] || return 1
    (cd "$WORK/debs" && rm -f ./*.deb && apt_private download "$@" >"$WORK/apt.log" 2>&1) || return 1
    mkdir -p "$EXTRA"
    for deb in "$WORK"/debs/*.deb; do dpkg-deb -x "$deb" "$EXTRA"; done
}
reason() { # why apt failed; a mirror that does not answer is only a warning to apt, and the usual cause
    if grep -qE '^(W: Failed|E: Failed|Err:)' "$WORK/update.log" 2>/dev/null; then
        echo "the Debian mirror did not answer; is there a network?"
    elif [ -s "$WORK/apt.log" ]; then
        tail -n 1 "$WORK/apt.log" | cut -c1-200
    else
        echo "apt-get is missing or refused."
    fi
}

# ---- Python's environment --------------------------------------------------------------------------------------

make_python() { # a working .venv/bin/python, with pip unless uv does the installing
    if ! command -v "$PYTHON" >/dev/null 2>&1; then
        [ "$(id -u)" = 0 ] && install python3 || fail "python3 is not on this machine and could not be fetched."
    fi
    "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        fail "$("$PYTHON" --version) is too old: Python 3.11 or newer is needed (PYTHON=/path/to/python names another)."
    "$VENV/bin/python" -c '' 2>/dev/null || rm -rf "$VENV"
    if command -v uv >/dev/null 2>&1; then
        [ -x "$VENV/bin/python" ] || uv venv -q --no-python-downloads -p "$PYTHON" "$VENV" 2>/dev/null || true
    fi
}
make_pip() {
    "$VENV/bin/python" -m pip --version >/dev/null 2>&1 && return
    if ! "$PYTHON" -c 'import venv, ensurepip' 2>/dev/null && [ "$(id -u)" = 0 ]; then
        install python3-venv || fail "python3-venv could not be installed: $(reason)"
    fi
    if "$PYTHON" -c 'import venv, ensurepip' 2>/dev/null; then
        "$PYTHON" -m venv "$VENV" || fail "$PYTHON could not make a virtual environment in .venv."
    else # Debian keeps ensurepip in a package of its own; pip's wheel alone will do
        "$PYTHON" -m venv --without-pip "$VENV" || fail "$PYTHON could not make a virtual environment in .venv."
        install python3-pip-whl || fail "neither python3-venv nor python3-pip-whl could be fetched: $(reason)"
    fi
}
pip() {
    wheel=$(ls "$EXTRA"/usr/share/python-wheels/pip-*.whl 2>/dev/null | tail -n 1)
    PYTHONPATH=${wheel:-} "$VENV/bin/python" -m pip --disable-pip-version-check "$@"
}
# Bytecode is compiled once, here: where PYTHONDONTWRITEBYTECODE is set, every start would compile 2,600 files again.
fetch() { # uv where there is one; pip where there is not, or where only pip knows the way to the index
    work
    if command -v uv >/dev/null 2>&1; then
        uv pip install -q --compile-bytecode --no-deps --require-hashes -p "$VENV/bin/python" \
            -r requirements.lock -r installers/build.lock >"$WORK/uv.log" 2>&1 && return
    fi
    make_pip
    pip install -q --no-deps --require-hashes -r requirements.lock -r installers/build.lock >"$WORK/pip.log" 2>&1
}
link() { # the program itself, editable, by the build backend that the lock brought
    if "$VENV/bin/python" -m pip --version >/dev/null 2>&1 || ! command -v uv >/dev/null 2>&1; then
        pip install -q --no-deps --no-build-isolation -e . >"$WORK/link.log" 2>&1
    else
        uv pip install -q --no-deps --no-build-isolation -p "$VENV/bin/python" -e . >"$WORK/link.log" 2>&1
    fi
}
make_venv() {
    say "making .venv (one to three minutes, about 150 MB to fetch)"
    make_python
    fetch || {
        grep -i error "$WORK/pip.log" | head -n 2 >&2 || true
        fail "the Python packages of requirements.lock could not be fetched: is there a network, or a package index in pip's settings?"
    }
    link || {
        cat "$WORK/link.log" >&2
        fail "the program could not be linked into .venv; the lines above say why."
    }
}

# ---- Qt's libraries and the tests' tools -----------------------------------------------------------------------

missing_libraries() {
    qt=$(echo "$VENV"/lib/python3*/site-packages/PySide6)
    libs=$EXTRA/usr/lib/$(uname -m)-linux-gnu:$EXTRA/lib/$(uname -m)-linux-gnu
    LD_LIBRARY_PATH=$libs${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH} ldd "$qt"/QtWidgets.abi3.so "$qt"/QtNetwork.abi3.so \
        "$qt"/Qt/plugins/platforms/libqxcb.so "$qt"/Qt/plugins/platforms/libqoffscreen.so 2>/dev/null |
        awk '/not found/ && !/libQt6/ {print $1}' | sort -u | xargs
}
give_libraries() {
    [ -n "$(missing_libraries)" ] || return 0
    say "fetching the libraries that Qt needs"
    # shellcheck disable=SC2086
    install $QT_PACKAGES || true
    left=$(missing_libraries)
    [ -z "$left" ] || fail "Qt still misses $left ($(reason)): as root, run apt-get install --no-install-recommends $(echo $QT_PACKAGES)"
}
# The program finds the unpacked libraries by itself, from whatever folder it is started.
wrap_program() {
    [ -d "$EXTRA/usr/lib" ] || return 0
    for program in counter-app; do
        grep -q installers/run.sh "$VENV/bin/$program" && continue
        mv "$VENV/bin/$program" "$VENV/bin/.$program.py"
        printf '#!/bin/sh\nexec "%s/installers/run.sh" "%s/bin/.%s.py" "$@"\n' "$PWD" "$VENV" "$program" >"$VENV/bin/$program"
        chmod +x "$VENV/bin/$program"
    done
}
missing_tools() { # the packages of the programs that are not here
    for pair in $TEST_TOOLS; do have "${pair%%:*}" || echo "${pair#*:}"; done | xargs
}
can_unpack() { # those of the packages that run from another place than /usr
    for package in "$@"; do case " $FIXED_PATHS " in *" $package "*) ;; *) echo "$package" ;; esac; done | xargs
}
install_tools() {
    if [ "$(id -u)" = 0 ]; then # PostgreSQL's programs alone: with them Debian would begin a cluster, and start it
        mkdir -p "${NO_CLUSTER%/*}"
        echo 'create_main_cluster = false' >"$NO_CLUSTER"
    else # PostgreSQL's collations need ICU, which a window does not
        NOT_UNPACKED=$(echo "$NOT_UNPACKED" | sed 's/|libicu\.\*//')
    fi
    install "$@"
}
give_tools() {
    left=$(missing_tools)
    [ -n "$left" ] || return 0
    wanted=$left
    # shellcheck disable=SC2086
    [ "$(id -u)" = 0 ] || wanted=$(can_unpack $left)
    if [ -n "$wanted" ]; then
        say "fetching what the tests use: $wanted"
        # shellcheck disable=SC2086
        install_tools $wanted || true
        left=$(missing_tools)
    fi
    [ -n "$left" ] || return 0
    cure="as root, run apt-get install --no-install-recommends $left"
    [ "${CI:-}" != true ] || fail "the tests need programs that could not be fetched: $cure"
    say "**** TESTS WILL BE SKIPPED, because programs are missing that could not be fetched: $cure ****"
}

# ---- in order --------------------------------------------------------------------------------------------------

stamp=$( (echo "$PWD"; cat requirements.lock installers/build.lock pyproject.toml installers/setup.sh) | sha256sum | cut -c1-16)
fresh() { [ "$(cat "$VENV/.stamp" 2>/dev/null)" = "$stamp" ] && "$VENV/bin/python" -c '' 2>/dev/null; }
mkdir -p .build
exec 9>.build/setup.lock
flock 9
fresh || make_venv
give_libraries
wrap_program
echo "$stamp" >"$VENV/.stamp"
if [ "${1:-}" = test ]; then give_tools; fi
