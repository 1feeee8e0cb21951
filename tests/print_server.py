"""A CUPS of the tests' own: socket, queues and spool lie in a folder; the machine's own are untouched."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import time
from pathlib import Path
from typing import Final

_PROGRAMS: Final = Path("/usr/lib/cups")
TOOLS: Final = ("/usr/sbin/cupsd", "lp", "lpadmin", "lpstat", "cancel")
PPDS: Final = ("lsb/usr/cups-pdf/CUPS-PDF_opt.ppd", "lsb/usr/cups-pdf/CUPS-PDF_noopt.ppd")

_RULES = """Listen {socket}
LogLevel warn
WebInterface No
Browsing No
DefaultAuthType None
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order deny,allow
</Limit>
</Policy>
"""
_FILES = """ServerRoot {folder}/root
ServerBin {folder}/bin
RequestRoot {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/state
TempDir {folder}/tmp
AccessLog {folder}/access.log
ErrorLog {folder}/error.log
PageLog {folder}/page.log
FileDevice Yes
User lp
Group lp
SystemGroup root
Sandboxing relaxed
"""
# A printer by hand: `trouble` holds a reason of RFC 8011 as long as it has one; what it prints is a file.
_BACKEND = """#!/bin/sh
[ $# -gt 0 ] || { echo 'direct hand "Unknown" "a printer by hand"'; exit 0; }
dir=${DEVICE_URI#hand:}; told=
while [ -s "$dir/trouble" ]; do
  now=$(cat "$dir/trouble")
  if [ "$now" != "$told" ]; then
    [ -z "$told" ] || echo "STATE: -$told" >&2
    echo "STATE: +$now" >&2; told=$now
  fi
  sleep 0.1
done
[ -z "$told" ] || echo "STATE: -$told" >&2
if [ -n "$6" ]; then cat "$6"; else cat; fi >"$dir/$1.out"
"""


def missing() -> list[str]:
    """The programs that the machine lacks for it."""
    lacking = [tool for tool in TOOLS if shutil.which(tool) is None]
    if not (_PROGRAMS / "backend" / "cups-pdf").exists():
        lacking.append("cups-pdf")
    return lacking


class PrintServer:
    """Runs from `start` to `stop`; `environment` leads lp and lpstat to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = folder / "cups.sock"
        self.hand = folder / "hand"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        return {"CUPS_SERVER": str(self.socket)}

    def start(self) -> None:
        self.folder.chmod(0o755)
        for name in ("root", "spool", "cache", "state", "tmp", "hand", "bin/backend"):
            (self.folder / name).mkdir(parents=True)
        (self.folder / "tmp").chmod(0o1777)
        self.hand.chmod(0o777)
        for part in _PROGRAMS.iterdir():
            if part.name != "backend":
                (self.folder / "bin" / part.name).symlink_to(part)
        for part in (_PROGRAMS / "backend").iterdir():
            (self.folder / "bin" / "backend" / part.name).symlink_to(part)
        backend = self.folder / "bin" / "backend" / "hand"
        backend.write_text(_BACKEND)
        backend.chmod(0o700)
        rules, files = self.folder / "root" / "cupsd.conf", self.folder / "root" / "cups-files.conf"
        rules.write_text(_RULES.format(socket=self.socket))
        files.write_text(_FILES.format(folder=self.folder))
        self._process = subprocess.Popen(
            ["/usr/sbin/cupsd", "-f", "-c", str(rules), "-s", str(files)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until(lambda: "is running" in self.run("lpstat", "-r"))

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=60)
            self._process = None

    def run(self, *command: str) -> str:
        done = subprocess.run(
            command,
            env={**os.environ, **self.environment, "LC_ALL": "C"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return done.stdout

    def add(self, name: str, device: str, driver: str = "raw") -> None:
        self.run("lpadmin", "-p", name, "-E", "-v", device, "-m", driver)
        until(lambda: name in self.run("lpstat", "-e").split())

    def add_by_hand(self, name: str) -> None:
        self.add(name, f"hand:{self.hand}")

    def trouble(self, reason: str) -> None:
        """Such as media-jam-error; "" mends it."""
        (self.hand / "trouble").write_text(reason)

    def add_pdf(self, name: str) -> None:
        """A real driver, whose paper is a PDF in the home of root."""
        known = self.run("lpinfo", "-m")
        self.add(name, "cups-pdf:/", next(ppd for ppd in PPDS if ppd in known))

    def paper(self, title: str) -> Path:
        """The PDF that cups-pdf made of the job with that title, once it is whole."""
        folder = Path(pwd.getpwuid(os.getuid()).pw_dir) / "PDF"

        def found() -> list[Path]:
            return [
                path
                for path in folder.glob(f"*{title}*.pdf")
                if path.read_bytes().rstrip().endswith(b"%%EOF")
            ]

        until(lambda: bool(found()), seconds=60)
        return found()[0]


def until(holds: object, seconds: float = 60) -> None:
    """Waits for a thing that another process does."""
    assert callable(holds)
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)
