"""The public command line as real processes, forked or started: what a script sees of it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from tests.journeys.forks import ForkServer

PASSPHRASE = "lúa chín vàng đồng 2026"
PROGRAM = Path(sys.executable).with_name("counter-app")
LONGEST = 500.0
"""Seconds that a command may take."""
FORKED = sys.platform == "linux"
"""Whether commands are forked, where that is the same; see the fixture `true_start`."""

# Nothing of the machine that runs the tests: no keyring, no store's secrets, no time of its own.
_OUTSIDE = ("DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY", "TZ")
# PySide6 notes something for itself once a test imports it.
_OF_TESTS = ("COUNTER_", "PYTEST_", "PYSIDE6_")
# OpenCV's wheel adds to this one when a test imports it; installers/run.sh may have set it for good reasons.
_LIBRARIES = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}


@dataclass(frozen=True)
class Answer:
    """What a command left behind: its exit code, the lines of its output, the words for people."""

    code: int
    out: str
    said: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def line(self) -> dict[str, Any]:
        (only,) = self.lines
        return only

    @property
    def sentence(self) -> str:
        """The one sentence of a failure."""
        (only,) = self.said.splitlines()
        return only


@dataclass(frozen=True)
class Store:
    """One data folder and the environment that its commands run in."""

    data: Path
    environment: Mapping[str, str] = field(default_factory=lambda: {"COUNTER_PASSPHRASE": PASSPHRASE})

    def run(self, *words: object, stdin: str | bytes = b"", **environment: str) -> Answer:
        """`counter-app --data DIR words…`, whatever its exit code."""
        return counter_app(
            "--data", self.data, *words, stdin=stdin, environment=self.environment | environment
        )

    def ok(self, *words: object, stdin: str | bytes = b"", **environment: str) -> Answer:
        """The same, where it must succeed."""
        answer = self.run(*words, stdin=stdin, **environment)
        assert answer.code == 0, (words, answer)
        return answer

    def init(self, *words: object, agency: str = "H55.242", **environment: str) -> Answer:
        return self.ok("init", "--agency", agency, "--name", "UBND xã Đồng Hỷ", *words, **environment)

    def receive(self, *entries: Mapping[str, Any], words: Iterable[object] = ()) -> list[dict[str, Any]]:
        """The answers to dossiers that must all be accepted."""
        return self.ok("receive", "-", *words, stdin=json_lines(entries)).lines


def counter_app(
    *words: object, stdin: str | bytes = b"", environment: Mapping[str, str] | None = None
) -> Answer:
    given = stdin.encode() if isinstance(stdin, str) else stdin
    done = _run(list(map(str, words)), given, {**_outside(), **(environment or {})})
    return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())


def _outside() -> dict[str, str]:
    given = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith((*_OF_TESTS, "LD_LIBRARY_PATH")) and name not in _OUTSIDE
    }
    return given | _LIBRARIES


_AT_FIRST = _outside()


@cache
def fork_server() -> ForkServer:
    return ForkServer(_AT_FIRST)


def _run(words: list[str], stdin: bytes, environment: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    # What Python and the imports may have read must be as it was then; our own names only a command reads.
    read = {name: value for name, value in environment.items() if not name.startswith("COUNTER_")}
    if FORKED and read == _AT_FIRST:
        return fork_server().run(PROGRAM, words, stdin, environment, LONGEST)
    return subprocess.run(
        [PROGRAM, *words], input=stdin, env=environment, capture_output=True, timeout=LONGEST, check=False
    )


def sheet_words(sheet: Path) -> str:
    """The nine words of a printed recovery sheet, for COUNTER_RECOVERY."""
    half = "[bdfghjklmnprstvz][aiou]"
    found: list[str] = re.findall(
        rf"\b{half}{half}[bdfghjklmnprstvz]\b", PdfReader(sheet).pages[0].extract_text()
    )
    return " ".join(found[:9])


def json_lines(entries: Iterable[Mapping[str, Any]]) -> str:
    return "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)


def entry(name: str = "Nguyễn Thị Hoa", procedure: str = "2.000815", **more: Any) -> dict[str, Any]:
    """A dossier that is accepted as it stands."""
    return {"procedure": procedure, "applicant": {"name": name, "phone": "0912345678"}, **more}
