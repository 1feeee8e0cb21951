"""The floor of a first synchronisation: the same rows, ready made, posted to a server that only writes them.

Nothing is read, proven, folded or signed at either end: each request brings its share of the rows that the
district holds in the end, as Python's own marshalled bytes under zstd, and one transaction with fsync puts
them into the same tables of the same encrypted database, by the same server software, on one core.
"""

from __future__ import annotations

import http.client
import json
import marshal
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Final

import zstandard

from benchmarks import stores
from counter_app.district.house import Places, open_district
from counter_app.services.opening import Openers
from counter_app.store.database import Database, connect

_TABLES: Final = ("salts", "events", "signatures")
_LEVEL: Final = 3  # of zstd: the quickest that still packs well
_KEY: Final = "RAWSTACK_KEY"

Rows = list[tuple[Any, ...]]


def seconds(district: Path, requests: int, core: int) -> float:
    """How long so many posts take that bring all rows of the copy of a district in the folder `district`.

    The copy is left with those rows again, written by the bare server.
    """
    opened = open_district(Places(district), Openers(stores.Vault(), lambda: stores.PASSPHRASE))
    base = opened.base
    assert isinstance(base, Database)
    raw = base.raw()
    held = {name: raw.execute(f"SELECT * FROM {name}").fetchall() for name in _TABLES}
    for name in reversed(_TABLES):
        raw.execute(f"DELETE FROM {name}")
    raw.execute("VACUUM")
    raw.close()
    opened.close()
    pack = zstandard.ZstdCompressor(level=_LEVEL).compress
    bodies = [
        pack(marshal.dumps({name: _share(rows, number, requests) for name, rows in held.items()}))
        for number in range(requests)
    ]
    environment = {**os.environ, _KEY: base.key.hex()}
    asked = [sys.executable, "-m", "benchmarks.rawstack", str(base.path)]
    with subprocess.Popen(asked, env=environment, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(server.pid, {core})
        try:
            port = json.loads(server.stdout.readline())
            return _post(port, bodies)
        finally:
            server.terminate()


def _share(rows: Rows, number: int, of: int) -> Rows:
    return rows[len(rows) * number // of : len(rows) * (number + 1) // of]


def _post(port: int, bodies: list[bytes]) -> float:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.connect()
    began = time.perf_counter()
    for body in bodies:
        connection.request("POST", "/", body)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"the bare server answered {answer.status}")
    took = time.perf_counter() - began
    connection.close()
    return took


def _serve(path: Path) -> None:
    import socket

    import uvicorn
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    raw = connect(path, bytes.fromhex(os.environ[_KEY]))
    unpack = zstandard.ZstdDecompressor().decompress

    async def take(request: Request) -> Response:
        brought = marshal.loads(unpack(await request.body()))
        raw.execute("BEGIN IMMEDIATE")
        for name, rows in brought.items():
            if rows:
                marks = ", ".join("?" * len(rows[0]))
                raw.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
        raw.execute("COMMIT")
        return Response()

    listening = socket.create_server(("127.0.0.1", 0))
    print(listening.getsockname()[1], flush=True)
    app = Starlette(routes=[Route("/", take, methods=["POST"])])
    config = uvicorn.Config(app, access_log=False, log_config=None, server_header=False, date_header=False)
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
