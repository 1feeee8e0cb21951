"""How far dossiers are digitised: the papers of one, where their files lie, and the three counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial

from counter_app.domain import digitising
from counter_app.domain.attachments import Attachment
from counter_app.domain.digitising import Paper
from counter_app.domain.errors import BadInput, Damaged, NotFound, Unreachable
from counter_app.services.accesses import Why, note
from counter_app.services.acting import find_one
from counter_app.services.blobs import blobs_of
from counter_app.services.contents import Content
from counter_app.services.enrolled import District, district
from counter_app.services.fetching import fetch
from counter_app.services.lookup import folded
from counter_app.services.office import Office, Session
from counter_app.services.roads import road_to
from counter_app.services.syncing import Road
from counter_app.store import blobs, search


class Where(StrEnum):
    """Where a file lies."""

    HERE = "here"  # on this machine alone, as far as it knows
    SAFE = "safe"  # here and at the district
    DISTRICT = "district"  # no more here
    UNKNOWN = "unknown"  # no more here, and the district is still to be asked whether it has it
    ELSEWHERE = "elsewhere"  # named by another machine's event, not fetched yet


@dataclass(frozen=True)
class Papers:
    dossier: bytes
    code: str
    papers: tuple[Paper, ...]


def of_dossier(office: Office, code: str) -> Papers:
    """Raises NotFound("no-such-dossier"), NotAllowed("code-of-two")."""
    with office.reading() as (connection, where_):
        dossier = find_one(connection, where_, code)
    return Papers(dossier.id, dossier.code, digitising.papers(dossier))


def where(office: Office, digest: bytes) -> Where:
    with office.reading() as (connection, _):
        kept = blobs.find(connection, digest)
    if kept is None:
        return Where.ELSEWHERE
    if not kept.here:
        return Where.DISTRICT if kept.safe else Where.UNKNOWN
    return Where.SAFE if kept.safe else Where.HERE


MakeRoad = Callable[[District], AbstractContextManager[Road]]


def read(office: Office, session: Session, one: Attachment, make_road: MakeRoad = road_to) -> Content:
    """The file's content, proven to its end, fetched from the district where it is not whole here.

    Raises NotFound("attachment-not-here"), Damaged, CannotRead, NotPermitted, Refused("file-not-there").
    """
    session.require()
    try:
        return _proven(office, one.sha256)
    except (NotFound, Damaged):
        known = district(office)
        if known is None:
            raise
        try:
            with make_road(known) as road:
                fetch(office, road, one.sha256)
            return _proven(office, one.sha256)
        except Unreachable:
            pass
        raise


def _proven(office: Office, digest: bytes) -> Content:
    folder = blobs_of(office)
    for _ in folder.parts(digest):
        pass
    return partial(folder.open, digest)


def read_out(
    office: Office, session: Session, found: Papers, paper: Paper, make_road: MakeRoad = road_to
) -> Iterator[tuple[str, Content]]:
    """The files that count, by the names that the papers give them (`Paper.file_names`)."""
    note(office, session, [found.dossier], Why.FILE)
    for one, name in paper.file_names(found.code):
        yield name, read(office, session, one, make_road)


@dataclass(frozen=True)
class Counts:
    """Dossiers that were received, those of which all papers are digital, those whose result is."""

    received: int
    digitised: int
    results: int


def counts(office: Office, first: date, last: date) -> Counts:
    """Of the dossiers received on these days; raises BadInput("span-backwards")."""
    if last < first:
        raise BadInput("span-backwards", field="until", value=last.isoformat(), since=first.isoformat())
    received = digital = results = 0
    with office.reading() as (connection, where_):
        for dossier in search.received_between(connection, first, last):
            told = digitising.counted(folded(connection, dossier, where_))
            received, digital = received + told.received, digital + told.digitised
            results += told.result
            office.breathe()
    return Counts(received, digital, results)
