"""How safe this store's dossiers are at the district, from what both sides agreed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from counter_app.domain.hlc import moment
from counter_app.services.enrolled import ACK, THEIRS, district_in, tips_in
from counter_app.services.office import Office
from counter_app.store import blobs, keeping, log, own
from counter_app.store.ledger import Shelf
from counter_app.sync.agreed import Tip, reach, tips_of


@dataclass(frozen=True)
class Counts:
    """Events that the server is known to hold, and those that wait to be sent."""

    acknowledged: int
    pending: int
    told: datetime | None = None  # the last answer

    @property
    def all(self) -> int:
        return self.acknowledged + self.pending


def counts(office: Office) -> Counts:
    """What is safe at the district and what waits, as both sides agreed it."""
    with office.reading() as (connection, where):
        shelf = Shelf(connection, where)
        safe = below(shelf, tips_in(connection, THEIRS).tips)
        ack = own.get_text(connection, ACK)
        told = datetime.fromisoformat(json.loads(ack)["told"]) if ack else None
        return Counts(safe, below(shelf, tips_of(shelf)) - safe, told)


@dataclass(frozen=True)
class Standing:
    """How safe this store's dossiers are: those whose every event the server holds, and those that wait."""

    dossiers: int
    waiting: int
    oldest: datetime | None  # when the first event that waits was written, by its machine's clock
    told: datetime | None  # the server's last answer


def standing(office: Office) -> Standing | None:
    """None where the machine is enrolled with no district."""
    with office.reading() as (connection, where):
        if district_in(connection) is None:
            return None
        far = reach(Shelf(connection, where), tips_in(connection, THEIRS).tips)
        beyond = [log.beyond(connection, branch, far.get(branch, 0)) for branch in where.branches]
        communes = {row.commune for row in where.logs.values()}
        waiting = {dossier for dossiers, _ in beyond for dossier in dossiers} - communes
        first = min((hlc for _, hlc in beyond if hlc is not None), default=None)
        ack = own.get_text(connection, ACK)
        return Standing(
            keeping.dossiers_in(connection),
            len(waiting),
            moment(first) if first is not None else None,
            datetime.fromisoformat(json.loads(ack)["told"]) if ack else None,
        )


@dataclass(frozen=True)
class LastAnswer:
    """The server's last answer, and what the exchange that it ended came to; sizes in bytes."""

    told: datetime
    sent: int = 0
    received: int = 0
    bytes_up: int = 0
    bytes_down: int = 0
    revoked: bool = False


def last_answer(office: Office) -> LastAnswer | None:
    """None before the first."""
    with office.reading() as (connection, _):
        kept = own.get_text(connection, ACK)
    if not kept:
        return None
    told = json.loads(kept)
    numbers = {name: told.get(name, 0) for name in ("sent", "received", "bytes_up", "bytes_down")}
    return LastAnswer(datetime.fromisoformat(told["told"]), **numbers, revoked=told.get("revoked", False))


class Safe(NamedTuple):
    """How safe one dossier is: local without a district; waiting where the server lacks an event of it; files
    where it lacks only that many of its files, which lie here; else safe."""

    state: str = "local"
    files: int = 0

    def to_json(self) -> dict[str, Any]:
        return {"sync": self.state, **({"files_waiting": self.files} if self.files else {})}


LOCAL: Final = Safe()


def states(office: Office, dossiers: Iterable[bytes]) -> dict[bytes, Safe]:
    """Of each dossier."""
    wanted = list(dossiers)
    with office.reading() as (connection, where):
        if district_in(connection) is None:
            return dict.fromkeys(wanted, LOCAL)
        far = reach(Shelf(connection, where), tips_in(connection, THEIRS).tips)
        found = {}
        for dossier in wanted:
            ends = log.ends_of(connection, dossier)
            files = blobs.waiting_of(connection, dossier)
            whole = all(seq <= far.get(branch, 0) for branch, seq in ends)
            found[dossier] = Safe("waiting" if not whole else "files" if files else "safe", files)
        return found


def waited(shelf: Shelf, tips: Iterable[Tip], now: datetime) -> int:
    """For how many minutes the first event that the tips do not have behind them has waited; else 0."""
    far = reach(shelf, tips)
    found = [log.next_hlc(shelf.connection, twig.id, far.get(twig.id, 0)) for twig in shelf.twigs()]
    first = min((hlc for hlc in found if hlc is not None), default=None)
    return 0 if first is None else max(0, (now - moment(first)) // timedelta(minutes=1))


def below(shelf: Shelf, tips: Iterable[Tip]) -> int:
    """How many of the store's events the tips have behind them, themselves included."""
    first = {twig.id: twig.first for twig in shelf.twigs()}
    return sum(seq - first[branch] + 1 for branch, seq in reach(shelf, tips).items())
