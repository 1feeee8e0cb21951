"""Caches of the fold: list lines, codes, numbers and words of each dossier; all can be rebuilt."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, insert, select, text, update

from counter_app.domain import canonical, erasing, fold, hlc, kinds
from counter_app.domain.attachments import attachments as files_named
from counter_app.domain.dossier import Dossier
from counter_app.domain.events import Absent, Event
from counter_app.domain.hops import running_step, waiting_hop
from counter_app.domain.lifecycle import RUNNING
from counter_app.domain.names import fold as fold_words
from counter_app.domain.zone import VIETNAM
from counter_app.store import references
from counter_app.store.log import ASIDE, Map, dossier_events
from counter_app.store.prepared import Prepared
from counter_app.store.tables import attachments, codes, digits, dossiers
from counter_app.store.tables import terms as words_known

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_LAST_SECOND: Final = (1 << 31) - 1  # since 2000: in 2068, and what SQLite's whole numbers hold above 32 bits
_MINUTE = timedelta(minutes=1)
_UNIX = datetime(1970, 1, 1, tzinfo=UTC)
_PEOPLE: Final = ("applicant", "submitter")
_SEARCHED_NAMES: Final = tuple(f"{p}.{n}" for p in _PEOPLE for n in ("name", "contact_via", "address"))
_SEARCHED_NUMBERS: Final = tuple(f"{p}.{n}" for p in _PEOPLE for n in ("id_number", "phone", "tax_code"))


def refresh(connection: Connection, dossier: bytes, events: Iterable[Event], where: Map) -> None:
    """Folds one dossier again and writes its lines; those of one that does not count any more go.

    So are others with a reference of its transfers, or one that it had: each is a dispute of both.
    """
    for other in sorted(_refresh(connection, dossier, list(events), where)):
        _refresh(connection, other, dossier_events(connection, other, where), where)


def _refresh(connection: Connection, dossier: bytes, events: list[Event], where: Map) -> set[bytes]:
    """Gives the dossiers whose disputes may be others now."""
    shared: set[str] = set()
    if not is_listed(dossier, events, where):
        for row in _ROW_ID.all(connection, d=dossier):
            shared |= references.keys_before(connection, row[0])
            _clear_line(connection, row[0])
            _DROP.run(connection, row=row[0])
        return references.bearers(connection, shared, dossier)
    folded = references.with_disputes(connection, fold.fold(dossier, events))
    line = line_of(folded)
    row_id, new = _row_id(connection, folded)
    shared = references.keys_of(folded)
    if new:
        _ADD.run(connection, id=row_id, **line)
    else:
        _CHANGE.run(connection, row=row_id, **line)
        shared ^= references.keys_before(connection, row_id)
        _clear_line(connection, row_id)
    _ADD_CODE.run_each(connection, [{"key": key, "dossier_id": row_id} for key in codes_of(folded)])
    _ADD_DIGITS.run_each(connection, [{"reversed": n, "dossier_id": row_id} for n in numbers_of(folded)])
    _ADD_FILE.run_each(
        connection, [{"dossier_id": row_id, "digest": d, "size": n} for d, n in files_of(folded).items()]
    )
    words = words_of(folded)
    _ADD_WORDS.run(connection, i=row_id, w=words)
    _ADD_TERM.run_each(connection, [{"term": word} for word in set(words.split())])
    return references.bearers(connection, shared, dossier)


def _clear_line(connection: Connection, row_id: int) -> None:
    for drop in (_DROP_CODES, _DROP_DIGITS, _DROP_FILES, _DROP_WORDS):
        drop.run(connection, i=row_id)


def is_listed(dossier: bytes, events: Iterable[Event], where: Map) -> bool:
    """Whether a dossier has a line: not a commune's own events or a page of its books, nor one that only
    strangers speak of."""
    if any(row.commune == dossier and row.trust != ASIDE for row in where.logs.values()):
        return False
    heard = {event.header.kind for event in events if event.absent is not Absent.ASIDE}
    # A page of its books is erased as a dossier is; of a tombstone alone nobody knows which it is.
    return bool(heard - kinds.OF_BOOK - {erasing.KIND}) or heard == {erasing.KIND}


def clear(connection: Connection) -> None:
    """Empties all caches, before they are built anew."""
    for table in (attachments, codes, digits, dossiers, words_known):
        connection.execute(delete(table))
    connection.execute(text("DELETE FROM words"))


def line_of(dossier: Dossier) -> dict[str, Any]:
    """The list line of a dossier."""
    procedure = dossier.values.get("procedure", {})
    due = dossier.due
    state = dossier.state
    return {
        "dossier": dossier.id,
        "code": dossier.code,
        "procedure_code": procedure.get("code", ""),
        "procedure": procedure.get("name", ""),
        "applicant": dossier.values.get("applicant.name", ""),
        "state": state.value,
        "national_status": dossier.national_status,
        "received_at": dossier.values.get("received_at", ""),
        "due": due.isoformat() if due else "",
        "due_minute": (due - _UNIX) // _MINUTE if due else None,
        "open": state in RUNNING,
        "held": dossier.held,
        "conflicts": len(dossier.conflicts),
        "needs_update": dossier.needs_update,
        "print": fingerprint(dossier),
        "month": _month(dossier.received_at),
        "fee": dossier.owed or 0,
        "handed_minute": (handed.at - _UNIX) // _MINUTE if (handed := waiting_hop(dossier)) else None,
        "step_minute": (step.due - _UNIX) // _MINUTE
        if (step := running_step(dossier)) and step.due
        else None,
    }


def terms(connection: Connection) -> list[str]:
    """Every word that a dossier has or had, in the order of the alphabet."""
    return [row[0] for row in _TERMS.all(connection)]


def fingerprint(dossier: Dossier) -> bytes:
    """SHA-256 of all that two machines must agree on."""
    return hashlib.sha256(canonical.plain(dossier.fingerprint())).digest()


def codes_of(dossier: Dossier) -> set[str]:
    """What a dossier is found by as a whole: its codes, its numbers in the certification registers, and the
    references of its transfers."""
    numbers = {number.key for number in dossier.register_numbers}
    return {code.upper() for code in dossier.codes} | numbers | references.keys_of(dossier)


def numbers_of(dossier: Dossier) -> set[str]:
    """Numbers of people, and the running number at a code's end, reversed."""
    numbers = [value for name in _SEARCHED_NUMBERS if (value := dossier.values.get(name))]
    numbers += [code.rpartition("-")[2] for code in dossier.codes]
    return {"".join(c for c in number if c.isdigit())[::-1] for number in numbers} - {""}


def files_of(dossier: Dossier) -> dict[bytes, int]:
    """The bytes of each file that it names, by the SHA-256 of its content."""
    return {one.sha256: one.size for one in files_named(dossier)}


def words_of(dossier: Dossier) -> str:
    texts = [value for name in _SEARCHED_NAMES if (value := dossier.values.get(name))]
    texts.append(dossier.values.get("procedure", {}).get("name", ""))
    return fold_words(" ".join(texts))


def compare(line: Mapping[str, Any], dossier: Dossier) -> bool:
    """Whether a stored line says what the fold says."""
    return all(line[name] == value for name, value in line_of(dossier).items())


def first_id(moment: datetime) -> int:
    """The smallest number that the line of a dossier received at this moment or later can have."""
    return min(max(0, int((moment - _EPOCH).total_seconds())), _LAST_SECOND) << 32


def _month(received_at: datetime | None) -> int:
    if received_at is None:
        return 0
    there = received_at.astimezone(VIETNAM)
    return there.year * 100 + there.month


def _row_id(connection: Connection, dossier: Dossier) -> tuple[int, bool]:
    """The number of the dossier's line, and whether it has yet to be written.

    A line whose time of reception is another one by now, as when a registered dossier is accepted, goes: each
    machine lists the dossier on one day, whatever it heard of first.
    """
    # Numbers grow with the time of reception, so "newest first" is the order of the primary key.
    began = min(event.header.hlc for event in dossier.arranged.events)
    moment = dossier.received_at or hlc.moment(began)
    # Within a second, in the order in which they were written: by the clock of the first event (hlc.py), of
    # whose 16 bits of counter 12 find room.
    row_id = first_id(moment) | (began >> 16 & 0xFFFFF) << 12 | min(began & 0xFFFF, 0xFFF)
    while near := _ID_OF.all(connection, d=dossier.id, i=row_id):
        for taken, by in near:
            if by != dossier.id:
                continue
            if taken >> 32 == row_id >> 32:
                return taken, False
            _clear_line(connection, taken)
            _DROP.run(connection, row=taken)
        row_id += any(taken == row_id for taken, by in near if by != dossier.id)
    return row_id, True


_ID_OF = Prepared(
    select(dossiers.c.id, dossiers.c.dossier).where(
        (dossiers.c.dossier == bindparam("d")) | (dossiers.c.id == bindparam("i"))
    )
)
_ROW_ID = Prepared(select(dossiers.c.id).where(dossiers.c.dossier == bindparam("d")))
_ADD = Prepared(insert(dossiers), *(column.name for column in dossiers.c))
_CHANGE = Prepared(
    update(dossiers)
    .where(dossiers.c.id == bindparam("row"))
    .values({column.name: bindparam(column.name) for column in dossiers.c if column.name != "id"})
)
_DROP = Prepared(delete(dossiers).where(dossiers.c.id == bindparam("row")))
_DROP_CODES = Prepared(delete(codes).where(codes.c.dossier_id == bindparam("i")))
_DROP_DIGITS = Prepared(delete(digits).where(digits.c.dossier_id == bindparam("i")))
_DROP_FILES = Prepared(delete(attachments).where(attachments.c.dossier_id == bindparam("i")))
_DROP_WORDS = Prepared(text("DELETE FROM words WHERE rowid = :i"))
_ADD_CODE = Prepared(insert(codes).prefix_with("OR IGNORE"), "key", "dossier_id")
_ADD_DIGITS = Prepared(insert(digits).prefix_with("OR IGNORE"), "reversed", "dossier_id")
_ADD_FILE = Prepared(insert(attachments), "dossier_id", "digest", "size")
_ADD_WORDS = Prepared(text("INSERT INTO words(rowid, folded) VALUES (:i, :w)"))
_ADD_TERM = Prepared(insert(words_known).prefix_with("OR IGNORE"), "term")
_TERMS = Prepared(select(words_known.c.term))
