"""The peer of the exchange, measured in the same run on the same dossiers: PouchDB 9 and express-pouchdb.

Each dossier is a document, and so is each of its acts ("split"), or all of them are one document ("embed").
Its leveldb does not wait for the disk, and nothing is encrypted, proven or packed. Where Node or its packages
are not there (`make bench` fetches them where npm is), figures of another machine of this class stand in.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final

from benchmarks import linkemu, lives
from benchmarks.figures import p50
from benchmarks.lives import Deed
from benchmarks.wire import Wire
from benchmarks.workload import Act

SPLIT, EMBED = "split", "embed"
_SCRIPT: Final = Path(__file__).with_name("pouch.js")
_MODULES: Final = Path(__file__).parents[1] / ".build/peers/node_modules"
_AT_ONCE: Final = 100  # dossiers of one bulk write
_TIMES: Final = 3  # that its pace is taken
_PORT: Final = 8480
Document = dict[str, Any]


@dataclass(frozen=True)
class Peer:
    """Bytes both ways of what a day brings and of all dossiers; seconds; dossiers a second on one core."""

    new: int
    touch: int
    one: int
    idle: int
    all_bytes: int
    all_s: float
    ingest: float
    thin_new_s: float
    thin_one_s: float
    thin_idle_s: float


@dataclass(frozen=True)
class Peers:
    split: Peer
    embed: Peer
    measured: bool

    @property
    def thin_one_s(self) -> float:
        return min(self.split.thin_one_s, self.embed.thin_one_s)

    @property
    def thin_idle_s(self) -> float:
        return min(self.split.thin_idle_s, self.embed.thin_idle_s)


_RECORDED_OF: Final = 10_000
_RECORDED: Final = Peers(
    Peer(434_037, 173_382, 6_687, 2_536, 42_915_869, 23.4, 1_780, 118.5, 12.9, 6.2),
    Peer(193_812, 206_000, 6_919, 2_544, 19_134_297, 5.9, 6_667, 39.3, 10.7, 5.6),
    measured=False,
)


def peers(folder: Path, count: int, begin: date, core: int) -> Peers:
    """The peer with `count` dossiers received from `begin` on, its server's pace taken on one core."""
    if shutil.which("node") is None or not (_MODULES / "express-pouchdb").exists():
        share = count / _RECORDED_OF
        split, embed = (
            replace(peer, all_bytes=round(peer.all_bytes * share), all_s=peer.all_s * share)
            for peer in (_RECORDED.split, _RECORDED.embed)
        )
        return Peers(split, embed, measured=False)
    everything = lives.deeds(count, 9, begin)
    split, embed = (_measure(folder / model, model, everything, core) for model in (SPLIT, EMBED))
    return Peers(split, embed, measured=True)


class _Books:
    """What a counter of this peer holds; gives the documents that change."""

    def __init__(self, model: str) -> None:
        self._model = model
        self._lives: dict[bytes, list[Deed]] = {}

    def add(self, deeds: Iterable[Deed]) -> list[list[Document]]:
        """The documents to write, dossier by dossier."""
        new: dict[bytes, list[Deed]] = defaultdict(list)
        for deed in deeds:
            new[deed.dossier].append(deed)
        return [self._changed(dossier, some) for dossier, some in new.items()]

    def touch(self, count: int) -> list[list[Document]]:
        """One act each on the latest dossiers."""
        latest = [some[-1] for some in list(self._lives.values())[-count:]]
        at = max(deed.act.at for deed in latest)
        taken = []
        for number, deed in enumerate(latest):
            when = at + timedelta(seconds=10 * number)
            step = {"step": "Thẩm định hồ sơ", "holder": "Địa chính", "at": when.isoformat()}
            taken.append(Deed(deed.dossier, deed.actor, Act("step_taken", step, when)))
        return self.add(taken)

    def _changed(self, dossier: bytes, new: Sequence[Deed]) -> list[Document]:
        told = self._lives.setdefault(dossier, [])
        before = len(told)
        told += new
        whole = {
            **told[0].act.payload,
            "_id": f"dossier:{dossier.hex()}",
            "type": "dossier",
            "state": told[-1].act.kind,
        }
        events = [_event(deed) for deed in told]
        if self._model == EMBED:
            return [{**whole, "events": events}]
        ids = [f"event:{dossier.hex()}:{number}" for number in range(len(told))]
        named = [
            {**event, "_id": id_, "type": "event", "dossier": dossier.hex()}
            for event, id_ in zip(events, ids, strict=True)
        ]
        return [whole, *named[before:]]


def _event(deed: Deed) -> Document:
    act = deed.act
    payload = {} if act.kind == "received" else act.payload  # the dossier itself says that
    return {**payload, "kind": act.kind, "actor": deed.actor, "at": act.at.isoformat()}


def _measure(folder: Path, model: str, everything: Sequence[Deed], core: int) -> Peer:
    day = _day_by_day(folder / "days", model)
    all_bytes, all_s = _all(folder / "all", model, everything)
    ingest = _ingest(folder / "ingest", model, everything, core)
    recorded = _RECORDED.split if model == SPLIT else _RECORDED.embed
    thin = recorded.thin_new_s, recorded.thin_one_s, recorded.thin_idle_s
    if linkemu.possible():
        thin = _thin(folder / "thin", model)
    return Peer(*day, all_bytes, all_s, ingest, *thin)


def _day_by_day(folder: Path, model: str) -> tuple[int, int, int, int]:
    """Bytes of 100 new dossiers, of 100 status changes, of one, of nothing to say."""
    books, client = _Books(model), folder / "client"
    before = lives.deeds(300, 5)
    begin = before[-1].act.at.date() + timedelta(days=1)
    receptions = [deed for deed in lives.deeds(100, 7, begin) if deed.act.kind == "received"]
    with _serving(folder / "server") as port:
        wire = Wire(port)

        def sent(documents: list[list[Document]]) -> int:
            if documents:
                _put(client, documents)
            wire.reset()
            _push(client, f"{wire.url}/d")
            return wire.up + wire.down

        sent(books.add(before))
        new = sent(books.add(lives.deeds(100, 6, begin)))
        sent(books.add(receptions))
        touch, one, idle = sent(books.touch(100)), sent(books.touch(1)), sent([])
        wire.close()
    return new, touch, one, idle


def _all(folder: Path, model: str, everything: Sequence[Deed]) -> tuple[int, float]:
    """Bytes and seconds of a first replication."""
    _put(folder / "client", _Books(model).add(everything))
    with _serving(folder / "server") as port:
        wire = Wire(port)
        took = _push(folder / "client", f"{wire.url}/d")
        wire.close()
        return wire.up + wire.down, took


def _ingest(folder: Path, model: str, everything: Sequence[Deed], core: int) -> float:
    """Dossiers a second that the server on one core takes in by `_bulk_docs`, a hundred a request."""
    written = _Books(model).add(everything)
    paces = []
    with _serving(folder / "server", core=core) as port:
        for time_ in range(_TIMES):
            found, busy = iter(written), 0.0
            _ask(port, "PUT", f"/d{time_}")
            while some := list(islice(found, _AT_ONCE)):
                documents = [one for each in some for one in each]
                body = json.dumps({"docs": documents}, ensure_ascii=False).encode()
                busy += _ask(port, "POST", f"/d{time_}/_bulk_docs", body)
            paces.append(len(written) / busy)
    return p50(paces)


def _thin(folder: Path, model: str) -> tuple[float, float, float]:
    """Seconds over the thin link: 100 new dossiers, one status change, nothing to say."""
    books, client = _Books(model), folder / "client"
    with linkemu.link() as (near, far), _serving(folder / "server", inside=far, host=linkemu.FAR):
        url = f"http://{linkemu.FAR}:{_PORT}/d"
        _put(client, books.add(lives.deeds(100, 6)))
        new = _push(client, url, near)
        _put(client, books.touch(1))
        one = _push(client, url, near)
        return new, one, _push(client, url, near)


@contextmanager
def _serving(
    folder: Path, inside: Sequence[str] = (), host: str = "127.0.0.1", core: int | None = None
) -> Iterator[int]:
    """The port of the server while it runs; a free one, but in a namespace, where all are."""
    port = _PORT if inside else _free_port()
    folder.mkdir(parents=True)
    asked = [*inside, "node", str(_SCRIPT), "serve", str(folder), str(port), host]
    with subprocess.Popen(
        asked, env=_surroundings(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        if core is not None and hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(process.pid, {core})
        try:
            if process.stdout.readline().strip() != b"listening":
                raise RuntimeError("the peer does not serve")
            yield port
        finally:
            process.kill()


def _put(client: Path, documents: Sequence[Sequence[Document]]) -> None:
    """Writes documents into the client's own database, some to a write."""
    client.parent.mkdir(parents=True, exist_ok=True)
    found = iter(documents)
    lines = client.with_suffix(".jsonl")
    with lines.open("w", encoding="utf-8") as file:
        while some := list(islice(found, _AT_ONCE)):
            file.write(json.dumps([one for each in some for one in each], ensure_ascii=False) + "\n")
    asked = ["node", str(_SCRIPT), "put", str(client), str(lines)]
    subprocess.run(asked, env=_surroundings(), check=True)


def _push(client: Path, url: str, inside: Sequence[str] = ()) -> float:
    """Seconds of one replication."""
    asked = [*inside, "node", str(_SCRIPT), "push", str(client), url]
    told = subprocess.run(asked, env=_surroundings(), check=True, stdout=subprocess.PIPE)
    done = json.loads(told.stdout)
    if not done["ok"]:
        raise RuntimeError("the peer's replication did not come to its end")
    return float(done["seconds"])


def _ask(port: int, method: str, path: str, body: bytes | None = None) -> float:
    """Seconds that the answer took."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.connect()
    began = time.perf_counter()
    connection.request(method, path, body, {"content-type": "application/json"})
    answer = connection.getresponse()
    answer.read()
    took = time.perf_counter() - began
    connection.close()
    if answer.status != 201:
        raise RuntimeError(f"the peer answered {answer.status}")
    return took


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def _surroundings() -> Mapping[str, str]:
    return {**os.environ, "NODE_PATH": str(_MODULES)}
