#!/bin/sh
# Runs a command with the libraries and tools that setup.sh unpacked beside the environment, if it had to.
extra=$(cd "$(dirname "$0")/.." && pwd)/.venv/syslibs
if [ -d "$extra/usr" ]; then
    machine=$(uname -m)-linux-gnu
    LD_LIBRARY_PATH=$extra/usr/lib/$machine:$extra/lib/$machine${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
    PATH=$PATH:$extra/usr/bin
    export LD_LIBRARY_PATH PATH
    [ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_PATH="$extra/etc/fonts"
    [ -e /usr/share/X11/xkb ] || export XKB_CONFIG_ROOT="$extra/usr/share/X11/xkb"
fi
exec "$@"
