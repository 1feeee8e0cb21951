"""Scans up to the district and down again over loopback, beside one plain PUT and GET of the same bytes.

Both ends answer once the bytes are on the disk: the floor's server writes a file and fsyncs it. The program
sends pieces of 16 KB, each signed, sealed and committed at both ends before the next one goes: that is as
much as a cut may cost, and what a scan costs here.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Final

import httpx
from PIL import Image

from benchmarks import stores, workload
from benchmarks.figures import Figure, Group, p50, p99, timed
from benchmarks.served import Server
from counter_app.services import attaching, reception, rules, syncing
from counter_app.services.attaching import Given
from counter_app.services.blobs import blobs_of
from counter_app.services.carrying import carry
from counter_app.services.delivering import FileProgress, deliver, written
from counter_app.services.entry import read_form
from counter_app.services.fetching import fetch
from counter_app.sync.courier import Courier

SCAN: Final = 250 * 1024
"""Bytes of a page as the program's own settings make it."""
MANY: Final = 24
LONG: Final = 4 * 1024 * 1024
_PLAIN: Final = """
import http.server, os, pathlib, sys
class Plain(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_PUT(self):
        with open(self.path[1:], "wb") as file:
            file.write(self.rfile.read(int(self.headers["Content-Length"])))
            file.flush()
            os.fsync(file.fileno())
        self.answer(b"")
    def do_GET(self):
        self.answer(pathlib.Path(self.path[1:]).read_bytes())
    def answer(self, body):
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *told):
        pass
os.chdir(sys.argv[1])
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Plain)
print(server.server_port, flush=True)
server.serve_forever()
"""


def run() -> Group:
    with tempfile.TemporaryDirectory(dir=stores.scratch()) as place:
        folder = Path(place)
        scans = [_scan(SCAN, n) for n in range(MANY)]
        plain_up, plain_down = _plain(folder / "plain", scans)
        up, down, longest = _ours(folder, scans)
        copied, kept = _at_rest(folder, scans)
    title = (
        f"Scans of {SCAN // 1024} KB one by one, over loopback to the district and back, durable at both ends"
    )
    return title, [
        _line("floor: one plain PUT, fsynced", plain_up),
        _line("up: pieces of 16 KB, each committed at both ends", up, plain_up),
        _line("floor: one plain GET", plain_down),
        _line("down: pieces of 16 KB, each fsynced, then sealed whole", down, plain_down),
        _line("floor: cp, fsynced", copied),
        _line("kept on the machine: hashed, sealed, fsynced", kept, copied),
        Figure(f"one of {LONG >> 20} MB up: {LONG / longest / 1e6:.1f} MB/s", longest * 1000),
    ]


def _line(what: str, times: list[float], floor: list[float] | None = None) -> Figure:
    speed = f"{SCAN / p50(times) / 1000:.1f} MB/s"
    ratio = f", {p50(floor) / p50(times):.2f}x of the floor" if floor else ""
    return Figure(what, p50(times), p99(times), speed + ratio)


def _scan(size: int, seed: int) -> bytes:
    draw, out = random.Random(f"files/{seed}"), BytesIO()
    Image.frombytes("L", (40, 40), draw.randbytes(1600)).save(out, "JPEG", quality=30)
    return out.getvalue() + draw.randbytes(size - len(out.getvalue()))


def _plain(folder: Path, scans: list[bytes]) -> tuple[list[float], list[float]]:
    folder.mkdir()
    with _serving(folder) as url, httpx.Client(base_url=url) as line:
        for _ in range(2):  # the second time all is warm
            names = [f"/{n}" for n in range(len(scans))]
            up = timed(lambda one: line.put(one[0], content=one[1]), zip(names, scans, strict=True))
            down = timed(lambda name: len(line.get(name).content), names)
    return up, down


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    asked = [sys.executable, "-c", _PLAIN, str(folder)]
    with subprocess.Popen(asked, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.terminate()


def _ours(folder: Path, scans: list[bytes]) -> tuple[list[float], list[float], float]:
    """Milliseconds of each scan up and down, seconds of a long one up."""
    office = stores.office(folder / "office", lambda: workload.NOW)
    office.settings = type(office.settings)(**{**vars(office.settings), "file_mb_a_day": 100_000})
    offered = rules.catalogue(office)
    server = Server.make(folder / "district")
    with server.serving() as url, Courier(url) as road:
        syncing.enrol(office, office.session(), road, url, server.invite())
        for content in [*scans, _scan(LONG, -1)]:
            form = {"procedure": "1.001193", "applicant": {"name": "Sùng A Pó"}}
            form["components"] = [{"name": "Tờ khai", "kind": "original", "count": 1}]
            code = reception.receive(office, office.session(), read_form(form, offered, workload.NOW)).code
            attaching.attach(office, office.session(), code, 1, [Given(content)])
        carry(office, road, stops=lambda: True)
        ends: list[tuple[int, float]] = []

        def told(now: FileProgress) -> None:
            if now.sent == now.size:
                ends.append((now.size, time.perf_counter()))

        began = time.perf_counter()
        deliver(office, road, written(office), told, rationed=False)
        took = [
            after - before for before, (_, after) in zip([began, *(at for _, at in ends)], ends, strict=False)
        ]
        up = [seconds * 1000 for (size, _), seconds in zip(ends, took, strict=True) if size == SCAN]
        [longest] = [seconds for (size, _), seconds in zip(ends, took, strict=True) if size == LONG]
        digests = [sha256(content).digest() for content in scans]
        for digest in digests:
            blobs_of(office).drop(digest)
        down = timed(lambda digest: fetch(office, road, digest), digests)
    office.close()
    return up, down, longest


def _at_rest(folder: Path, scans: list[bytes]) -> tuple[list[float], list[float]]:
    sources, into = folder / "sources", folder / "copies"
    for place in (sources, into):
        place.mkdir()
    for n, content in enumerate(scans):
        (sources / str(n)).write_bytes(content)

    def copy(n: int) -> None:
        shutil.copyfile(sources / str(n), into / str(n))
        with (into / str(n)).open("rb+") as file:
            os.fsync(file.fileno())

    office = stores.office(folder / "kept", lambda: workload.NOW)
    kept = timed(blobs_of(office).keep, scans)
    office.close()
    return timed(copy, range(len(scans))), kept
