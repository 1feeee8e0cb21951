"""The dossiers of the communes as lists show them: folded when somebody looks, and kept."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, insert, select

from counter_app.district import erasing
from counter_app.district.database import Base
from counter_app.district.journal import events_of
from counter_app.district.ledger import CommuneLedger
from counter_app.district.tables import agencies, communes, dossiers, pages, stale
from counter_app.domain import fold
from counter_app.domain.dossier import Dossier
from counter_app.domain.receipt_code import RECEPTIONS, token
from counter_app.services.lookup import Line
from counter_app.store.caches import is_listed, line_of
from counter_app.words.language import Words

_SAID = Words({"erased": "đã xóa nội dung theo quy định"})
_NONE: Final[Mapping[bytes, int]] = {}
_AT_ONCE: Final = 200  # dossiers folded in one transaction: a device that comes meanwhile waits no longer


def bring_up_to_date(base: Base, commune: int) -> None:
    """Folds again whatever has changed since somebody looked."""
    while refresh_some(base, commune) == _AT_ONCE:
        pass


def refresh_some(base: Base, commune: int) -> int:
    """Folds again some of what has changed, in one transaction; how many that were."""
    with base.writing() as connection:
        ledger = CommuneLedger(connection, commune)
        ledger.lock()
        some = [bytes(one) for one in connection.execute(_STALE, {"c": commune}).scalars()]
        erasing.settle(connection, commune, ledger.map, (), some)  # of an older version's as well
        for dossier in some:
            _refresh(ledger, dossier)
    return len(some)


def _refresh(ledger: CommuneLedger, dossier: bytes) -> None:
    connection, commune = ledger.connection, ledger.commune
    for table in (dossiers, stale):
        connection.execute(delete(table).where(table.c.commune == commune, table.c.dossier == dossier))
    events = events_of(ledger, dossier)
    if not is_listed(dossier, events, ledger.map):
        return
    folded = fold.fold(dossier, events)
    line = line_of(folded)
    names = Line.__dataclass_fields__
    shown = Line(**{name: line[name] for name in names}).to_json() | {"sync": "server"}
    if len(folded.codes) > 1:  # those of other systems too
        shown["codes"] = list(folded.codes)
    if folded.erased is not None:
        shown["note"] = _SAID.say("erased")
    connection.execute(
        insert(dossiers).values(
            commune=commune,
            dossier=dossier,
            received_at=line["received_at"],
            print=line["print"],
            line=json.dumps(shown, ensure_ascii=False),
        )
    )
    _name_page(ledger, folded)


def _name_page(ledger: CommuneLedger, dossier: Dossier) -> None:
    """Writes down the token that its receipts bear. Of an erased one the salt is gone, and its row stays."""
    received = next((entry.event for entry in dossier.entries if entry.name in RECEPTIONS), None)
    if received is None:
        return
    head = received.header
    branch = ledger.branch_of(head.log, head.seq, received.hash)
    salt = ledger.salts(branch, [dossier.id]).get(dossier.id) if branch is not None else None
    if salt is not None:
        named = {"token": token(salt), "commune": ledger.commune, "dossier": dossier.id}
        ledger.connection.execute(delete(pages).where(pages.c.token == named["token"]))
        ledger.connection.execute(insert(pages).values(**named))


def numbers(connection: Connection) -> list[tuple[int, str]]:
    """All communes, with the code that each bears first."""
    rows = connection.execute(
        select(communes.c.commune, agencies.c.code)
        .join(agencies, agencies.c.commune == communes.c.commune)
        .where(agencies.c.until.is_(None))
        .order_by(communes.c.commune, agencies.c.since)
    )
    first: dict[int, str] = {}
    for row in rows:
        first.setdefault(row.commune, row.code)
    return list(first.items())


def of_commune(
    connection: Connection, commune: int, more: Mapping[bytes, int] = _NONE
) -> Iterator[dict[str, Any]]:
    """The lines, newest first; `more` are conflicts with other dossiers, which no line knows, by dossier."""
    for row in connection.execute(_LINES, {"c": commune}, execution_options={"yield_per": 500}):
        line = json.loads(row.line)
        if found := more.get(bytes(row.dossier)):
            line["conflicts"] = line.get("conflicts", 0) + found
        yield line


def in_conflict(connection: Connection, commune: int) -> list[bytes]:
    """The dossiers whose own acts disagree."""
    rows = connection.execute(_LINES.where(dossiers.c.line.contains('"conflicts"')), {"c": commune})
    return [bytes(row.dossier) for row in rows if json.loads(row.line).get("conflicts")]


_STALE = select(stale.c.dossier).where(stale.c.commune == bindparam("c")).limit(_AT_ONCE)
_LINES = (
    select(dossiers.c.dossier, dossiers.c.line)
    .where(dossiers.c.commune == bindparam("c"))
    .order_by(dossiers.c.received_at.desc(), dossiers.c.dossier.desc())
)
