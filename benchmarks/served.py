"""A district as it runs: `counter-district serve` as a process of its own, on the embedded database."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import httpx
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from benchmarks import stores, workload

_PROGRAM: Final = (sys.executable, "-m", "counter_app.district.program")


class Server:
    """A district in `folder`, with one commune."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._serving = 0  # the process
        self._metrics = ""

    @classmethod
    def make(cls, folder: Path) -> Server:
        made = cls(folder)
        made.run("init", "--name", "Sở mẫu")
        made.run("commune", "add", workload.AGENCY, "UBND xã Séo Phìn")
        return made

    def copy(self, folder: Path) -> Server:
        shutil.copytree(self.folder, folder)
        return Server(folder)

    def invite(self) -> str:
        """The one-time code for a machine."""
        return str(self.run("device", "add", workload.AGENCY, "MÁY 1")["code"])

    def run(self, *words: str) -> dict[str, Any]:
        """What `counter-district` prints."""
        asked = [*_PROGRAM, "--data", str(self.folder), *words]
        told = subprocess.run(asked, env=_surroundings(), check=True, stdout=subprocess.PIPE)
        found: dict[str, Any] = json.loads(told.stdout)
        return found

    @contextmanager
    def serving(
        self,
        inside: Sequence[str] = (),
        host: str = "127.0.0.1",
        port: int = 0,
        core: int | None = None,
        words: Sequence[str] = (),
    ) -> Iterator[str]:
        """Its address while it runs; `inside` a namespace, and on one core where that is named."""
        asked = [*inside, *_PROGRAM, "--data", str(self.folder), "serve", "--host", host, "--port", str(port)]
        asked += words
        with subprocess.Popen(
            asked, env=_surroundings(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as process:
            assert process.stdout is not None
            self._serving = process.pid
            if core is not None and hasattr(os, "sched_setaffinity"):
                os.sched_setaffinity(process.pid, {core})
            try:
                told = json.loads(process.stdout.readline())
                self._metrics = told.get("metrics", "")
                yield told["url"]
            finally:
                process.terminate()

    def busy_s(self) -> float:
        """How long it had messages before it, by its own clock, from the last byte of each to its answer.

        It is served with `--metrics-port`."""
        found = httpx.get(self._metrics).text
        name = "counter_district_exchange_seconds_sum "
        return next(float(line.removeprefix(name)) for line in found.splitlines() if line.startswith(name))

    def peak_mb(self) -> float:
        """The most memory that the serving process has had."""
        status = Path(f"/proc/{self._serving}/status").read_text("utf-8")
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


def certificate(folder: Path) -> list[str]:
    """A certificate of a key of its own, as a district draws it for itself: the words to serve with it."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "dongbo.vidu.vn")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=3650))
        .sign(key, SHA256())
    )
    paths = folder / "server.pem", folder / "server.key"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    paths[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, *form))
    return ["--tls-cert", str(paths[0]), "--tls-key", str(paths[1])]


def _surroundings() -> dict[str, str]:
    given = {name: value for name, value in os.environ.items() if name != "DBUS_SESSION_BUS_ADDRESS"}
    return given | {"COUNTER_PASSPHRASE": stores.PASSPHRASE}
