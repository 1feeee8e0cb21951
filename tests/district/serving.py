"""The district's server as real processes, and light machines that talk to it over HTTP."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from counter_app.services.packing import packer
from counter_app.sync import enrolment
from counter_app.sync.agreed import NOTHING, Agreed, Tip
from counter_app.sync.enrolment import OneTimeCode
from counter_app.sync.message import AGAIN, LOST, TAKEN, Answer, Request, read_answer
from tests.journeys.command import FORKED, PROGRAM
from tests.journeys.forks import ForkServer
from tests.store.authors import Author

PASSPHRASE = "mật khẩu dài"
_ENV = {
    **{name: value for name, value in os.environ.items() if name != "DBUS_SESSION_BUS_ADDRESS"},
    "COUNTER_PASSPHRASE": PASSPHRASE,
}


@cache
def _fork_server() -> ForkServer:
    return ForkServer(_ENV, "counter_app.district")


def district(folder: Path, *words: str) -> dict[str, Any]:
    """What `counter-district` prints."""
    given = ["--data", str(folder), *words]
    if FORKED:
        done = _fork_server().run(PROGRAM.with_name("counter-district"), given, b"", _ENV, 120)
    else:
        command = [sys.executable, "-m", "counter_app.district.program", *given]
        done = subprocess.run(command, env=_ENV, capture_output=True, check=False, timeout=120)
    done.check_returncode()
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[0])
    return found


class Serving:
    """One `counter-district serve` of a folder; several may share one with a PostgreSQL."""

    def __init__(self, folder: Path, *words: str) -> None:
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "counter_app.district.program",
                "--data",
                str(folder),
                "serve",
                "--port",
                "0",
                *words,
            ],
            env=_ENV,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._told: dict[str, str] = {}

    @property
    def url(self) -> str:
        """Known once it listens."""
        return self.told["url"]

    @property
    def told(self) -> dict[str, str]:
        """Its addresses."""
        if not self._told:
            assert self._process.stdout is not None
            self._told = json.loads(self._process.stdout.readline())
        return self._told

    @property
    def pid(self) -> int:
        return self._process.pid

    def kill(self) -> None:
        self._process.kill()
        self._process.wait(20)
        if self._process.stdout is not None:
            self._process.stdout.close()


def post(url: str, body: bytes) -> bytes:
    """One message over a connection of its own."""
    at = urlsplit(url)
    line = HTTPConnection(at.hostname or "", at.port, timeout=60)
    try:
        line.request("POST", at.path, body)
        response = line.getresponse()
        data = response.read()
    finally:
        line.close()
    if response.status != 200:
        raise OSError(response.status)
    return data


class Talker:
    """A machine whose log lies in memory: it writes, sends, and remembers what was acknowledged."""

    def __init__(self, seed: int, home: bytes) -> None:
        self.author = Author(seed).open(home, commune=home.hex())
        self.runs = [self.author.run()]
        self.tips = {1: self.author.head}
        self.server = b""
        self.nonce = bytes(8)
        self.agreed = NOTHING
        self.counter = 0

    @property
    def acknowledged(self) -> int:
        """The last place that the server has said to hold."""
        return max((tip.seq for tip in self.agreed.tips), default=0)

    def write(self, dossier: bytes, text: str) -> None:
        self.author.add("noted", dossier, {"text": text})
        self.runs.append(self.author.run())
        self.tips[self.author.seq] = self.author.head

    def enrol(self, url: str, code: OneTimeCode) -> None:
        sent = enrolment.request(code, 1, packer().pack(self.runs[:1]), self.author.signer)
        place = enrolment.read_answer(post(url + "/sync/v1/enrol", sent), code, sent)
        self.server, self.nonce = place.ed25519, place.nonce

    def talk(self, url: str) -> bool:
        """One exchange; False where none came about."""
        try:
            while not self._told(post(url + "/sync/v1/exchange", self._request())):
                pass
        except (OSError, HTTPException):
            return False
        return True

    def _request(self) -> bytes:
        self.counter += 1
        lacks = [run for run in self.runs if run.last > self.acknowledged][:20]
        self._sent = Request(
            self.author.log,
            self.nonce,
            self.counter,
            1,
            self.agreed.name,
            room=1,
            batch=packer().pack(lacks) if lacks else b"",
        ).to_bytes(self.author.signer, self.server)
        return self._sent

    def _told(self, data: bytes) -> bool:
        told = read_answer(data)
        answer: Answer = told.answer
        if any(answer.nonce):
            self.nonce = answer.nonce
        if answer.verdict == AGAIN:
            return False
        if answer.verdict == LOST:
            self.agreed = NOTHING
            return False
        assert (answer.verdict, answer.refused) == (TAKEN, ()), answer.why or answer.refused
        tips = [Tip(claim.log, claim.seq, self.tips[claim.seq]) for claim in answer.agreed]
        agreed = self.agreed.moved(tips)
        assert told.by(self.server, self._sent[-64:], agreed.digest)
        self.agreed = Agreed(agreed.tips)
        return True
