"""The exchange with the district: bytes on the wire, counted outside the program, and time; beside its floor.

The district is a process of its own. A byte counts that passes TCP either way: HTTP, authentication and
acknowledgements are in. The peer (pouch.py) is measured in the same run, on the same dossiers.
"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from benchmarks import linkemu, lives, pouch, rawstack, shaped, stores
from benchmarks.columnfloor import Floor, Happened
from benchmarks.figures import Figure, Group, p50
from benchmarks.pouch import Peers
from benchmarks.served import Server, certificate
from benchmarks.wire import Wire
from counter_app.domain.errors import Unreachable
from counter_app.services import safety, syncing
from counter_app.services.enrolled import district
from counter_app.services.office import Office
from counter_app.services.roads import FirstRoad, road_to
from counter_app.store import own
from counter_app.store.ledger import Shelf
from counter_app.sync.courier import Courier

DOSSIERS: Final = 10_000
_TITLE: Final = "Exchange with the district; bytes both ways on TCP, HTTP and all; no TLS but where told"
_HISTORY: Final = 300  # dossiers that both ends hold before anything is counted
_CUTS: Final = 8
_CHUNK: Final = 16 * 1024
_BEGIN: Final = date(2025, 9, 1)  # of the big store


def run(dossiers: int = DOSSIERS) -> Group:
    with tempfile.TemporaryDirectory(dir=stores.scratch()) as folder:
        place = Path(folder)
        peers = pouch.peers(place / "pouch", dossiers, _BEGIN, _core())
        return _TITLE, [_told(peers), *_small(place, peers), *_all(place / "all", dossiers, peers)]


def _told(peers: Peers) -> Figure:
    split, embed = peers.split, peers.embed
    what = (
        f"first time {split.all_s:.1f} s / {embed.all_s:.1f} s, {split.ingest:,.0f}/s / {embed.ingest:,.0f}/s"
    )
    thin = f"thin link {split.thin_new_s:.0f} s / {embed.thin_new_s:.0f} s"
    where = "in this run" if peers.measured else "on another machine: no Node here"
    return Figure(f"PouchDB {where}, a document an event / a dossier: {what}, {thin}", None)


def _core() -> int:
    """The one on which servers are measured."""
    return max(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 0


@dataclass(frozen=True)
class _Sent:
    requests: int
    up: int
    down: int

    @property
    def bytes(self) -> int:
        return self.up + self.down


def _small(folder: Path, peers: Peers) -> list[Figure]:
    """What a day brings, from a counter that is up to date."""
    server = Server.make(folder / "district")
    clock = lives.Clock(lives.deeds(1, 5)[0].act.at)
    office = stores.office(folder / "office", clock)
    counter = lives.Counter(office, clock)
    counter.live(lives.deeds(_HISTORY, 5))
    with server.serving() as url, Courier(url) as road:
        syncing.enrol(office, office.session(), road, url, server.invite())
        wire = Wire(int(url.rsplit(":", 1)[1]))
        with Courier(wire.url) as counted:
            _sync(office, counted, wire)
            figures = _bytes(office, counter, counted, wire, peers)
            figures.append(_status_change(counter, office, counted, wire, peers))
        wire.close()
        counter.live(lives.deeds(300, 8, clock.now.date() + timedelta(days=1)))
        office.close()
    tls = certificate(folder)
    figures += _by_tls(folder, tls)
    figures.append(_cut(folder, server, folder / "office"))
    if linkemu.possible():
        plain = shaped.measure(server, folder / "office")
        by_tls = shaped.measure(Server(folder / "tls-district"), folder / "tls-office", tls)
        return [*figures, *_thin(plain, peers), *_thin(by_tls, peers, tls=True)]
    return [*figures, Figure("over 600 ms, 64 kbit/s, 5 % loss: not measured, needs root on Linux", None)]


def _sync(office: Office, road: Courier, wire: Wire) -> _Sent:
    wire.reset()
    done = syncing.sync(office, road)
    return _Sent(done.requests, wire.up, wire.down)


def _bytes(office: Office, counter: lives.Counter, road: Courier, wire: Wire, peers: Peers) -> list[Figure]:
    floor = Floor(_happened(office, 0))
    stood = _seq(office)
    counter.live(lives.deeds(100, 6, counter.clock.now.date() + timedelta(days=1)))
    new = _happened(office, stood)
    bare = floor.bytes_of(new)
    sent = _sync(office, road, wire)
    figures = [
        Figure(f"floor: 100 new dossiers, {len(new)} events, columns: {bare:,} B", None),
        Figure(
            f"100 new dossiers: {sent.bytes:,} B, {sent.requests} requests",
            None,
            None,
            f"{sent.bytes / bare:.2f}x the floor",
            "<= 19,000 B",
            sent.bytes <= 19_000,
        ),
        _fewer("than PouchDB, a document an event", peers.split.new, sent, 20),
        _fewer("than PouchDB, a document a dossier", peers.embed.new, sent, 10),
    ]
    counter.receive(lives.deeds(100, 7, counter.clock.now.date() + timedelta(days=1)))
    _sync(office, road, wire)
    stood = _seq(office)
    counter.touch(100)
    bare = floor.bytes_of(_happened(office, stood))
    sent = _sync(office, road, wire)
    idle = _sync(office, road, wire)
    return [
        *figures,
        Figure(f"floor: 100 status changes, columns: {bare:,} B", None),
        Figure(
            f"100 status changes: {sent.bytes:,} B, {sent.requests} requests",
            None,
            None,
            f"{sent.bytes / bare:.2f}x the floor",
            "<= 4,300 B",
            sent.bytes <= 4_300,
        ),
        _fewer("than PouchDB", peers.split.touch, sent, 40),
        Figure(
            f"nothing to say: {idle.bytes:,} B, {idle.requests} request",
            None,
            None,
            f"{peers.split.idle / idle.bytes:.1f}x fewer",
            "1, < 500 B",
            idle.requests == 1 and idle.bytes < 500,
        ),
    ]


def _fewer(than: str, theirs: int, sent: _Sent, goal: int) -> Figure:
    ratio = theirs / sent.bytes
    return Figure(f"  {than} ({theirs:,} B)", None, None, f"{ratio:.1f}x fewer", f">= {goal}x", ratio >= goal)


def _status_change(counter: lives.Counter, office: Office, road: Courier, wire: Wire, peers: Peers) -> Figure:
    counter.touch(1)
    sent = _sync(office, road, wire)
    return Figure(
        f"one status change: {sent.bytes:,} B, {sent.requests} request",
        None,
        None,
        f"{peers.split.one / sent.bytes:.1f}x fewer",
        "1, <= 700 B",
        sent.requests == 1 and sent.bytes <= 700,
    )


def _by_tls(folder: Path, words: Sequence[str]) -> list[Figure]:
    """The same through TLS 1.3, over a connection that is kept, and what a new one costs."""
    server = Server.make(folder / "tls-district")
    clock = lives.Clock(lives.deeds(1, 5)[0].act.at)
    office = stores.office(folder / "tls-office", clock)
    counter = lives.Counter(office, clock)
    counter.live(lives.deeds(_HISTORY, 5))
    with server.serving(words=words) as url:
        wire = Wire(int(url.rsplit(":", 1)[1]), "https")
        with FirstRoad(wire.url) as first:
            syncing.enrol(office, office.session(), first, wire.url, server.invite(), first.confirm)
        known = district(office)
        assert known is not None
        with road_to(known) as road:
            _sync(office, road, wire)
            counter.live(lives.deeds(100, 6, clock.now.date() + timedelta(days=1)))
            new = _sync(office, road, wire)
            counter.receive(lives.deeds(100, 7, clock.now.date() + timedelta(days=1)))
            _sync(office, road, wire)
            counter.touch(100)
            changes = _sync(office, road, wire)
            counter.touch(1)
            one, idle = _sync(office, road, wire), _sync(office, road, wire)
        with road_to(known) as road:
            fresh = _sync(office, road, wire)
        wire.close()
    office.close()
    many = f"100 new {new.bytes:,} B, 100 changes {changes.bytes:,}"
    few = f"one {one.bytes:,}, nothing {idle.bytes:,}, a new connection {fresh.bytes - idle.bytes:,} more"
    return [Figure(f"by TLS: {many}, {few}", None)]


def _cut(folder: Path, server: Server, office: Path) -> Figure:
    """The line breaks at drawn places under 300 new dossiers, and heals."""
    draw = random.Random("cuts")
    whole, worst = 0, 0
    for number in range(_CUTS + 1):
        there = server.copy(folder / f"cut-{number}-district")
        shutil.copytree(office, folder / f"cut-{number}-office")
        here = lives.after_all(folder / f"cut-{number}-office")[0]
        with there.serving() as url:
            wire = Wire(int(url.rsplit(":", 1)[1]))
            if number:
                wire.cut_after = draw.randrange(1, whole)
                try:
                    with Courier(wire.url) as road:
                        syncing.sync(here, road)
                except Unreachable:
                    wire.cut_after = None
            with Courier(wire.url) as road:
                syncing.sync(here, road)
            if number:
                worst = max(worst, wire.up - whole)
            else:
                whole = wire.up
            if safety.counts(here).pending:
                raise RuntimeError("the exchange did not come to its end")
            wire.close()
        here.close()
    what = f"cut at {_CUTS} drawn places of {whole:,} B up: sent again at most {worst:,} B"
    return Figure(what, None, None, "", f"<= {_CHUNK:,} B", worst <= _CHUNK)


def _thin(times: shaped.Times, peers: Peers, tls: bool = False) -> list[Figure]:
    """Over 600 ms, 64 kbit/s and 5 % loss each way, the connection kept alive or new (no goal by TLS)."""
    link = "thin link, TLS" if tls else "thin link"
    kept, new = "kept connection", "new connection"
    theirs = {"idle": peers.thin_idle_s, "one": peers.thin_one_s}
    figures = []
    for what, words in (("idle", "nothing to say"), ("one", "one status change")):
        for name, how in ((what, kept), (f"{what}, new", new)):
            middle = p50(times[name])
            ratio = f"{theirs[what] / middle:.1f}x faster"
            wanted = how == kept or not tls
            figures.append(
                Figure(
                    f"{link}: {words}, {how}",
                    middle * 1000,
                    max(times[name]) * 1000,
                    ratio,
                    "p50 <= 1.5 s" if wanted else "",
                    middle <= 1.5 if wanted else None,
                )
            )
    middle = p50(times["hundred"])
    split, embed = peers.split.thin_new_s / middle, peers.embed.thin_new_s / middle
    told = f"{split:.0f}x, {embed:.0f}x faster"
    figures.append(
        Figure(
            f"{link}: 100 new dossiers",
            middle * 1000,
            max(times["hundred"]) * 1000,
            told,
            ">= 30x, 10x; <= 3.9 s",
            middle <= 3.9 and split >= 30 and embed >= 10,
        )
    )
    return figures


def _all(folder: Path, count: int, peers: Peers) -> list[Figure]:
    """A commune's first synchronisation."""
    kept = big(count)
    shutil.copytree(kept, folder / "office")
    server = Server.make(folder / "district")
    office = lives.after_all(folder / "office")[0]
    with server.serving(core=_core(), words=("--metrics-port", "0")) as url:
        with Courier(url) as plain:
            syncing.enrol(office, office.session(), plain, url, server.invite())
        busy = server.busy_s()
        wire = Wire(int(url.rsplit(":", 1)[1]))
        with Courier(wire.url) as road:
            began = time.perf_counter()
            done = syncing.sync(office, road)
            took = time.perf_counter() - began
        # By the district's own clock: the counter packs its next batch meanwhile, and takes an answer late.
        busy = server.busy_s() - busy
        wire.close()
    if safety.counts(office).pending:
        raise RuntimeError("the exchange did not come to its end")
    office.close()
    shutil.copytree(folder / "district", folder / "floor")
    floor = rawstack.seconds(folder / "floor", done.requests, _core())
    ingest = count / busy
    share, split, embed = count / DOSSIERS, peers.split, peers.embed

    return [
        Figure(
            f"floor: {count:,} dossiers' rows, ready made, into the same tables by as many posts",
            floor * 1000,
        ),
        Figure(
            f"{count:,} dossiers, {done.sent:,} events, first time",
            took * 1000,
            None,
            f"{took / floor:.1f}x the floor; {split.all_s / took:.1f}x, {embed.all_s / took:.1f}x faster",
            ">= 4x, durable",
            split.all_s / took >= 4,
        ),
        Figure(
            f"  {wire.up:,} B up, {wire.down:,} down, {done.requests} requests",
            None,
            None,
            f"{split.all_bytes / (wire.up + wire.down):.1f}x fewer",
            f"<= {1_000_000 * share:,.0f} B up",
            wire.up <= 1_000_000 * share,
        ),
        Figure(
            f"  the district on one core took in {ingest:,.0f} dossiers/s, fsynced",
            None,
            None,
            f"{busy / floor:.1f}x the floor; {ingest / split.ingest:.2f}x, {ingest / embed.ingest:.2f}x",
            ">= 2x",
            ingest >= 2 * split.ingest,
        ),
    ]


def big(count: int) -> Path:
    """The folder of an office with so many whole lives, made once and kept."""
    data = stores.scratch() / f"lives-{count}"
    if not data.exists():
        unfinished = data.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        found = lives.deeds(count, 9, _BEGIN)
        office = stores.office(unfinished, lambda: found[0].act.at)
        lives.fill(office, found)
        office.database.fold_in()
        office.close()
        unfinished.replace(data)
    return data


def _seq(office: Office) -> int:
    with office.reading() as (connection, where):
        head = Shelf(connection, where).head(own.keys(connection).branch)
        return head[0] if head else 0


def _happened(office: Office, after: int) -> Sequence[Happened]:
    with office.reading() as (connection, where):
        rows = Shelf(connection, where).after(own.keys(connection).branch, after)
        return [Happened.read(row.packed.header, row.packed.payload or b"{}") for row in rows]
