"""Dossiers in the fields of other programs, so that nothing is typed twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from counter_app.domain import mapping, national
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import BadInput, NotAllowed, NotFound
from counter_app.domain.lifecycle import State
from counter_app.domain.mapping import Record, Table
from counter_app.domain.national import Facts
from counter_app.domain.rights import Right
from counter_app.domain.zone import VIETNAM
from counter_app.paper.workbook import workbook
from counter_app.services.accesses import Why, note
from counter_app.services.acting import find_one
from counter_app.services.lookup import folded, id_text
from counter_app.services.office import Office, Session
from counter_app.store import search
from counter_app.system import files, paths

NATIONAL: Final = "national"
_FOLDER: Final = "exchange"


def names(on: date) -> tuple[str, ...]:
    """The programs that there is a table for on that day, the national exchange first."""
    found = {name for name, since, _ in _shipped() if since <= on}
    return tuple(sorted(found, key=lambda name: (name != NATIONAL, name)))


def table(name: str, on: date) -> Table:
    """The table of that name in force on the day, or that of a file, whose name ends with .csv.

    Raises NotFound("table-unknown"), BadInput("not-utf8"), CannotRead, and as `read_table`.
    """
    if name.lower().endswith(".csv"):
        return _read(Path(name))
    valid = [(since, file) for one, since, file in _shipped() if one == name and since <= on]
    if not valid:
        raise NotFound("table-unknown", value=name, known=", ".join(names(on)))
    return _read(max(valid)[1])


def record(office: Office, session: Session, dossier: bytes, to: Table) -> Record:
    """One dossier, by its id. Raises NotAllowed("nothing-received")."""
    session.require(Right.CARRY)
    note(office, session, [dossier], Why.EXPORT)
    with office.reading() as (connection, where):
        return to.record(_facts(folded(connection, dossier, where)))


def lines(office: Office, session: Session, dossier: bytes, to: str) -> str:
    """The same as text to paste, in the fields of the program of that name."""
    session.require(Right.CARRY)
    note(office, session, [dossier], Why.EXPORT)
    table_ = table(to, today(office))
    with office.reading() as (connection, where):
        return table_.lines(_facts(folded(connection, dossier, where)))


def named(office: Office, session: Session, codes: Sequence[str]) -> Iterator[Facts]:
    """The dossiers of these codes or ids, in their order.

    Raises NotFound("no-such-dossier"), NotAllowed("code-of-two" | "nothing-received").
    """
    session.require(Right.CARRY)
    with office.reading() as (connection, where):
        for code in codes:
            dossier = find_one(connection, where, code)
            note(office, session, [dossier.id], Why.EXPORT)
            yield _facts(dossier)


def received(office: Office, session: Session, first: date, last: date) -> Iterator[Facts]:
    """The dossiers that came on these days, oldest first; entries made by mistake never were dossiers.

    Raises BadInput("span-backwards").
    """
    session.require(Right.CARRY)
    if last < first:
        raise BadInput("span-backwards", field="until", value=last.isoformat(), since=first.isoformat())
    with office.reading() as (connection, where):
        for id_ in search.received_between(connection, first, last):
            office.breathe()
            dossier = folded(connection, id_, where)
            if dossier.reception is not None and dossier.state is not State.VOIDED:
                note(office, session, [id_], Why.EXPORT)
                yield national.facts(dossier)


def table_book(office: Office, to: Table, chosen: Iterable[Facts]) -> tuple[bytes, int]:
    """These dossiers as a workbook, and how many they are."""
    rows = [to.cells(one) for one in chosen]
    return workbook(to.headings, rows, made=office.now().astimezone(VIETNAM)), len(rows)


def today(office: Office) -> date:
    """The day in Viet Nam by which a table is chosen."""
    return office.now().astimezone(VIETNAM).date()


def _facts(dossier: Dossier) -> Facts:
    if dossier.reception is None:
        raise NotAllowed("nothing-received", code=dossier.code or id_text(dossier.id))
    return national.facts(dossier)


def _read(file: Path) -> Table:
    try:
        return mapping.read_table(files.read_bytes(file).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadInput("not-utf8", value=file.name) from error


def _shipped() -> list[tuple[str, date, Path]]:
    """Name, first day and file: `national-2025-09-15.csv`."""
    found = sorted(paths.resource(_FOLDER).glob("*-????-??-??.csv"))
    return [(file.stem[:-11], date.fromisoformat(file.stem[-10:]), file) for file in found]
