"""Records what a counter and a district of this version say to each other, for the versions to come.

python -m tests.district.recording FOLDER writes, once for a version of the wire; what lies there afterwards
is never edited, and never written anew:

    before.db       the district's database as the machine enters
    district.db     as its exchanges begin
    store/          the machine's data folder at that moment
    recording.json  keys, words, times, and each request and answer to the byte
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from counter_app.district import devices
from counter_app.services import enrolled, keeping, opening, safety, syncing
from counter_app.services.opening import NewStore, Openers
from counter_app.services.syncing import Road
from counter_app.store import own
from counter_app.sync.agreed import Agreed
from counter_app.sync.portions import SMALLEST
from tests.district import bases
from tests.domain.acts import START_MS
from tests.services.stores import Counter, Wall, receive
from tests.vaults import NoVault

NAME = "QUẦY 1"


class Taped:
    """Straight to the server, every message kept."""

    def __init__(self, server: bases.Server) -> None:
        self.server = server
        self.tape: list[tuple[bytes, bytes]] = []

    def post(self, path: str, body: bytes) -> bytes:
        answer = self.server.exchange.enrol if path.endswith("enrol") else self.server.exchange.answer
        self.tape.append((body, answer(body)))
        return self.tape[-1][1]


def record(folder: Path) -> None:
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as place:
        scratch = Path(place)
        server = bases.Server(bases.fresh(scratch), START_MS)
        commune = bases.commune_in(server.base)
        road = Taped(server)
        other = Counter(scratch / "other", device="QUẦY 2").make().open()
        _enter(server, commune, other, road)
        for _ in range(3):
            receive(other)
        syncing.sync(other, road)
        with server.base.writing() as connection:
            _, code = devices.invite(connection, commune, NAME, server.now_ms)
        shutil.copy(_whole(server), folder / "before.db")

        words: list[str] = []
        wall, places = Wall(), Counter(scratch / "store").places
        order = NewStore("H55.242", "UBND xã Ea Mlung", NAME, sheet=words.append)
        opening.create(places, order, Openers(NoVault()), wall).close()
        openers = Openers(NoVault(), recovery=words[0])
        office = opening.open_store(places, openers, wall)
        road.tape.clear()
        syncing.enrol(office, office.session(), road, "http://localhost", code.text)
        [entered] = road.tape
        receive(office)
        syncing.sync(office, road)
        for _ in range(60):
            receive(office)
        for _ in range(90):
            receive(other)
        syncing.sync(other, road)
        with office.writing(guard_clock=False) as (pen, _):
            own.put_text(pen.connection, enrolled.ROOM, str(SMALLEST))
        office.database.fold_in()
        office.close()
        shutil.copy(_whole(server), folder / "district.db")
        shutil.copytree(scratch / "store", folder / "store", ignore=shutil.ignore_patterns("*-wal", "*-shm"))

        told: dict[str, Any] = {"words": words[0], "code": code.text, "server_ms": server.now_ms}
        told |= {"wall": wall.now.isoformat(), "public": server.who.signing.public.hex()}
        told["enrolment"] = {"request": entered[0].hex(), "answer": entered[1].hex()}
        office = opening.open_store(places, openers, wall)
        told["exchanges"] = exchanges = []

        class Noted:
            def post(self, path: str, body: bytes) -> bytes:
                answer = road.post(path, body)
                with server.base.reading() as connection:
                    log = body[1:9]
                    device = devices.find(connection, log)
                assert device is not None
                digest = Agreed.from_bytes(device.agreed).digest
                exchanges.append({"request": body.hex(), "answer": answer.hex(), "digest": digest.hex()})
                return answer

        noted: Road = Noted()
        done = syncing.sync(office, noted)
        syncing.sync(office, noted)  # with nothing to say
        verdict = keeping.verify(office)
        told["end"] = {
            "state": verdict.state,
            "events": safety.counts(office).acknowledged,
            "sent": done.sent,
            "received": done.received,
        }
        office.close()
        other.close()
        server.base.close()
    (folder / "recording.json").write_text(json.dumps(told, indent=1) + "\n", "utf-8")


def _enter(server: bases.Server, commune: int, office: Any, road: Road) -> None:
    with server.base.writing() as connection:
        _, code = devices.invite(connection, commune, NAME, server.now_ms)
    syncing.enrol(office, office.session(), road, "http://localhost", code.text)
    syncing.sync(office, road)


def _whole(server: bases.Server) -> Path:
    base: Any = server.base
    base.fold_in()
    found: Path = base.path
    return found


if __name__ == "__main__":
    record(Path(sys.argv[1]))
