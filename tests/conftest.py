"""A real, throw-away GNOME keyring (Secret Service) in a D-Bus session of its own; a CUPS of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import print_server as print_servers
from tests.print_server import PrintServer

# What is drawn must hold, however slow the machine: no example fails because it took a fifth of a second.
settings.register_profile(
    "any machine", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")

# Where the environment forbids bytecode, each of some hundred starts of the program would compile it again,
# and each worker every test.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Stores that are thrown away, some GB of them, lie in memory where there is plenty: processes are killed, the
# power never fails, and a disk that is waited for would prove nothing more.
MEMORY = Path("/dev/shm")
if (
    "TMPDIR" not in os.environ
    and MEMORY.is_dir()
    and shutil.disk_usage(MEMORY).free > 8 << 30
    and not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC
):
    os.environ["TMPDIR"] = str(MEMORY)
    tempfile.tempdir = None

TOOLS = ("dbus-run-session", "dbus-send", "gnome-keyring-daemon")
PASSWORD = "a password of the tests"

# $1 is "unlock" or "locked"; the rest is the program. Waits until the service stands on the bus.
SESSION = """
start="gnome-keyring-daemon --foreground --components=secrets"
if [ "$1" = unlock ]; then
  printf %s "$KEYRING_PASSWORD" | $start --unlock >/dev/null 2>&1 &
else
  $start </dev/null >/dev/null 2>&1 &
fi
daemon=$!; shift; tries=0
until dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner \\
  string:org.freedesktop.secrets 2>/dev/null | grep -q "boolean true"
do tries=$((tries+1)); [ $tries -gt 600 ] && exit 97; sleep 0.1; done
"$@"; result=$?
kill $daemon; exit $result
"""


class Desktop:
    """One user's home with a keyring on its disk; each `run` is a login."""

    def __init__(self, home: Path) -> None:
        self.home = home
        for name in ("data", "run", "config", "cache"):
            (home / name).mkdir(mode=0o700)

    def run(self, script: str, *, unlocked: bool = True) -> object:
        """Runs a Python script in the session and gives back the JSON value that it prints."""
        outside = {
            name: value
            for name, value in os.environ.items()
            if name not in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS")
        }
        inside = {
            "HOME": self.home,
            "XDG_DATA_HOME": self.home / "data",
            "XDG_RUNTIME_DIR": self.home / "run",
            "XDG_CONFIG_HOME": self.home / "config",
            "XDG_CACHE_HOME": self.home / "cache",
            "KEYRING_PASSWORD": PASSWORD,
            "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
        }
        state = "unlock" if unlocked else "locked"
        done = subprocess.run(
            ["dbus-run-session", "--", "sh", "-c", SESSION, "sh", state, sys.executable, "-c", script],
            env={**outside, **{name: str(value) for name, value in inside.items()}},
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        assert done.returncode == 0, f"{done.returncode}: {done.stderr}"
        return json.loads(done.stdout)

    def wipe(self) -> None:
        """As if the user's keyring had been deleted, or the account made anew."""
        shutil.rmtree(self.home / "data" / "keyrings")


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        sentence = (
            f"the keyring was NOT tested: install dbus and gnome-keyring ({', '.join(missing)} missing)"
        )
        if os.environ.get("CI") == "true":
            pytest.fail(sentence)
        pytest.skip(sentence)
    # A socket's path is at most 108 bytes: a short folder rather than pytest's.
    with tempfile.TemporaryDirectory(prefix="kr-", ignore_cleanup_errors=True) as home:
        yield Desktop(Path(home))


@pytest.fixture(scope="module")
def print_server() -> Iterator[PrintServer]:
    """A CUPS of its own, for as long as the module's tests run."""
    if missing := print_servers.missing():
        sentence = (
            "printing was NOT tested: as root, install cups cups-client cups-filters printer-driver-cups-pdf "
            f"({', '.join(missing)} missing)"
        )
        if os.environ.get("CI") == "true":
            pytest.fail(sentence)
        pytest.skip(sentence)
    if os.getuid() != 0:
        pytest.skip("printing was NOT tested: CUPS's own users and backends need root")
    # A socket's path is at most 108 bytes, and cupsd's own user must reach it: not pytest's folder.
    with tempfile.TemporaryDirectory(prefix="cups-", ignore_cleanup_errors=True) as folder:
        server = PrintServer(Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()


LONGEST = "tests/district/test_machine.py"
"""Some minutes: begun first, it goes beside all the others, and nobody waits for it at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


@pytest.hookimpl(optionalhook=True, wrapper=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """One more than processors: much of a test is waiting for a server, a print queue, another program."""
    processors = yield
    return processors + ("PYTEST_XDIST_AUTO_NUM_WORKERS" not in os.environ)
