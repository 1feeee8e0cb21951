#!/bin/sh
# Proves that a clone is enough: in a bare Debian (python3, make, CA certificates and nothing else) runs each make
# target twice, times it, and writes the table to tests/bareroot.txt.
#   bareroot.sh [TARGET…]      targets, `demo test` by default; other targets print only
#   AS=user bareroot.sh …      as an ordinary user inside, who cannot install packages
#   SUITE=trixie bareroot.sh … another Debian; MIRROR=… another mirror for debootstrap
# Needs root and debootstrap. How this machine reaches its package registries (pip's and apt's settings, proxy
# variables, certificates, local indexes) is lent to the root while it runs and is never written into the clone.
# All mounts live in a mount namespace of their own, so none can be left behind and nothing mounted is ever deleted.
set -eu
cd "$(dirname "$0")/.."
SUITE=${SUITE:-bookworm}
AS=${AS:-root}
BUILD=$PWD/.build
TAR=$BUILD/$SUITE.tar

if [ "${1:-}" != --inside ]; then
    [ "$(id -u)" = 0 ] || { echo "bareroot: needs root, for chroot and mount." >&2; exit 3; }
    for tool in debootstrap unshare git; do
        command -v $tool >/dev/null || { echo "bareroot: needs $tool: apt-get install debootstrap util-linux git" >&2; exit 3; }
    done
    mkdir -p "$BUILD"
    if [ ! -e "$TAR" ]; then
        echo "bareroot: building the bare $SUITE once (about a minute)" >&2
        new=$(mktemp -d "$BUILD/$SUITE.XXXXXX")
        # shellcheck disable=SC2086
        unshare --mount --propagation private debootstrap --variant=minbase --include=ca-certificates,python3,make \
            "$SUITE" "$new" ${MIRROR:-} >"$BUILD/debootstrap.log" 2>&1 ||
            { tail -n 3 "$BUILD/debootstrap.log" >&2; rm -rf --one-file-system "$new"; exit 3; }
        rm -rf "$new"/var/cache/apt/archives/*.deb "$new"/var/lib/apt/lists/*
        tar -C "$new" -cf "$TAR.part" . && mv "$TAR.part" "$TAR"
        rm -rf --one-file-system "$new"
    fi
    root=$(mktemp -d "$BUILD/root.XXXXXX")
    trap 'rm -rf --one-file-system "$root"' EXIT
    trap 'exit 130' INT TERM
    tar -C "$root" -xf "$TAR"
    chmod 755 "$root" # mktemp makes it for its owner alone, and services inside run as others
    git clone -q --no-hardlinks "$PWD" "$root/srv/counter"
    # The address of the clone's origin is a path of this machine.
    git -C "$root/srv/counter" remote remove origin
    status=0
    unshare --mount --pid --fork --kill-child --propagation private "$0" --inside "$root" "$@" || status=$?
    exit $status
fi

# ---- in a mount and process namespace of our own ---------------------------------------------------------------
shift
root=$1
shift
[ $# -gt 0 ] || set -- demo test
targets=$*

lend() { # a file or folder of this machine, read-only, at the same place (or at $2) inside
    [ -e "$1" ] || return 0
    place=$root${2:-$1}
    if [ -d "$1" ]; then mkdir -p "$place"; else mkdir -p "${place%/*}" && [ -e "$place" ] || : >"$place"; fi
    mount --bind "$1" "$place" && mount -o remount,bind,ro "$place"
}

mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
for file in /etc/resolv.conf /etc/hosts; do [ ! -e $file ] || lend "$(readlink -f $file)" $file; done
for file in /etc/apt/apt.conf.d/*; do lend "$file"; done # the folder itself stays writable: packages add to it
lend /etc/apt/apt.conf
lend /etc/apt/auth.conf.d
lend /etc/apt/keyrings
lend /etc/ssl/certs/ca-certificates.crt
lend /usr/local/share/ca-certificates
if [ "$SUITE" = "$(. /etc/os-release && echo "${VERSION_CODENAME:-}")" ]; then # the same Debian: the same sources
    [ ! -d /etc/apt/sources.list.d ] || [ -z "$(ls /etc/apt/sources.list.d)" ] || { lend /etc/apt/sources.list.d; rm -f "$root/etc/apt/sources.list"; }
    lend /etc/apt/sources.list
fi
# pip: the files that it reads here, as global files inside, and every local folder that they or PIP_* name
host_pip() { python3 -m pip --disable-pip-version-check "$@" 2>/dev/null || true; }
lend /etc/pip.conf
for file in $(host_pip config debug | sed -n 's/^ *\([^ ]*pip\.conf\), exists: True$/\1/p'); do
    [ "$file" = /etc/pip.conf ] || lend "$file" /etc/xdg/pip/pip.conf
done
for folder in $( (host_pip config list; env | grep '^PIP_') | grep -oE "(file://)?/[^ ',\"]+" | sed 's#^file://##' | sort -u); do
    [ ! -d "$folder" ] || lend "$(echo "$folder" | cut -d/ -f1-3)"
done

home=/root user=0:0
if [ "$AS" != root ]; then
    chroot "$root" useradd --create-home --uid 1000 officer
    chown -R 1000:1000 "$root/srv/counter"
    home=/home/officer user=1000:1000
fi
inside() { # make TARGET as that user, with nothing of this machine's environment but the way to the registries
    # shellcheck disable=SC2046
    env -i $(env | grep -E '^(PIP_[A-Z_]*|SSL_CERT_FILE|REQUESTS_CA_BUNDLE|[a-z]+_proxy|[A-Z]+_PROXY|CI)=' | grep -v ' ') \
        HOME=$home LANG=C.UTF-8 TERM=dumb PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        chroot --userspec=$user "$root" sh -c "cd /srv/counter && exec make $1" </dev/null
}

report=$(mktemp)
outputs=$(mktemp)
failed=0
for target in $targets; do
    for run in 1 2; do
        echo "bareroot: make $target, run $run" >&2
        began=$(date +%s.%N)
        status=0
        inside "$target" >"$report.out" 2>&1 || status=$?
        took=$(echo "$began $(date +%s.%N)" | awk '{printf "%.1f s", $2 - $1}')
        cat "$report.out"
        [ $status = 0 ] || failed=1
        printf '| make %-8s | %3s | %9s | %4s |\n' "$target" $run "$took" $status >>"$report"
        { printf '\n--- make %s, run %s: the last lines\n' "$target" $run; tail -n 12 "$report.out"; } >>"$outputs"
    done
done
{
    echo "A bare Debian $(cat "$root/etc/debian_version") ($SUITE; python3, make, ca-certificates), as $AS, on $(date +%Y-%m-%d)"
    echo "Machine: $(nproc) cores, $(awk '/MemTotal/ {printf "%.0f GB", $2 / 1048576}' /proc/meminfo) RAM, Linux $(uname -r) $(uname -m)"
    echo "Commit: $(git -C "$root/srv/counter" -c safe.directory='*' rev-parse --short HEAD)"
    echo
    echo "| command       | run |      time | exit |"
    echo "|---------------|-----|-----------|------|"
    cat "$report"
    sed -E 's#(https?|ftp|file)://[^ )]+#<address>#g' "$outputs"
} >"$report.all"
sed '/^--- /,$d' "$report.all"
if [ "$targets" = "demo test" ] && [ "$AS" = root ]; then cp "$report.all" tests/bareroot.txt; fi
rm -f "$report" "$report.out" "$report.all" "$outputs"
exit $failed
