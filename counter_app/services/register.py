"""The register of a span of days: every reception by volume and number, read as it is written down."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from counter_app.domain.dossier import Dossier
from counter_app.domain.entry import Entry
from counter_app.domain.erasing import is_tombstone
from counter_app.domain.errors import BadInput
from counter_app.domain.rights import Right
from counter_app.paper import forms
from counter_app.paper.register import RegisterFacts, Row, register_pdf
from counter_app.paper.register_xlsx import register_xlsx
from counter_app.paper.template import Template, pick
from counter_app.services.issued import drawn
from counter_app.services.lookup import folded
from counter_app.services.office import Office, Session, commune_in
from counter_app.store import log, search
from counter_app.system.settings import Settings

_RECEPTIONS = ("received", "registered")


@dataclass(frozen=True)
class Line:
    """A dossier as one of its receptions, the first or a further one, entered it into the register.

    Of an erased one the `entry` is its tombstone.
    """

    dossier: Dossier
    entry: Entry
    agency_name: str
    is_first: bool
    place: tuple[str, int]
    """Volume and number."""


@dataclass(frozen=True)
class Span:
    """The days of a register, and whose it is."""

    first: date
    last: date
    agency_name: str
    settings: Settings


Phrase = Callable[[Line], Row]
Heading = Callable[[Span, Any], RegisterFacts]


def print_register(
    office: Office,
    session: Session,
    first: date,
    last: date,
    heading: Heading,
    phrase: Phrase,
    *,
    workbook: bool = False,
) -> bytes:
    """The register of the dossiers received from `first` to `last`, in the form of its last day.

    A PDF, or with `workbook` an XLSX. Raises BadInput("span-backwards").
    """
    session.require(Right.PRINT)
    span, now = span_of(office, first, last), office.now()
    facts = heading(span, now)

    def draw(templates: list[Template]) -> bytes:
        with Reading(office, span) as reading:
            make = register_xlsx if workbook else register_pdf
            return make(facts, reading.volumes(phrase), pick(templates, last))

    return drawn(office.commune(), forms.REGISTER, draw)


def span_of(office: Office, first: date, last: date) -> Span:
    """Raises BadInput("span-backwards")."""
    if last < first:
        raise BadInput("span-backwards", field="to", value=last.isoformat(), since=first.isoformat())
    return Span(first, last, office.commune().name, office.settings)


class Reading:
    """One view of the store, read volume by volume; of each dossier no more is kept than its place."""

    def __init__(self, office: Office, span: Span) -> None:
        self._office, self._span = office, span
        self._open = office.reading()

    def __enter__(self) -> Reading:
        self._connection, self._where = self._open.__enter__()
        self._agency = commune_in(self._connection, self._where).name
        return self

    def __exit__(self, *error: Any) -> None:
        self._open.__exit__(*error)

    def volumes(self, phrase: Phrase) -> Iterator[tuple[str, Iterator[Row]]]:
        """The volumes in their order, each with its rows in theirs."""
        for volume, places in groupby(sorted(self._places()), key=lambda one: one[0][0]):
            yield volume, (phrase(self._line(*one)) for one in places)

    def _places(self) -> Iterator[tuple[tuple[str, int], bytes, str]]:
        """Where each reception stands; the dossiers are not folded for that."""
        for dossier in search.received_between(self._connection, self._span.first, self._span.last):
            self._office.breathe()
            for event in log.dossier_events(self._connection, dossier, self._where):
                if event.header.kind in _RECEPTIONS and event.payload:
                    made = _place(event.payload)
                    if made is None:
                        made = folded(self._connection, dossier, self._where).place
                    # One from above has no line before its acceptance.
                    if made[1] or event.header.kind == "received":
                        yield made, dossier, str(event.ref)
                elif is_tombstone(event):
                    yield from self._kept(dossier, str(event.ref))

    def _kept(self, dossier: bytes, ref: str) -> Iterator[tuple[tuple[str, int], bytes, str]]:
        """The lines that its tombstone kept, where this is the one that counts."""
        made = folded(self._connection, dossier, self._where)
        if made.erased is not None and str(made.erased.ref) == ref:
            yield from ((place, dossier, ref) for place in made.places)

    def _line(self, place: tuple[str, int], dossier: bytes, ref: str) -> Line:
        self._office.breathe()
        made = folded(self._connection, dossier, self._where)
        entry = next(one for one in made.entries if str(one.ref) == ref)
        first = next(one for one in made.entries if one.name in _RECEPTIONS)
        is_first = entry is first or (entry is made.erased and place == made.place)
        return Line(made, entry, self._agency, is_first, place)


def _place(payload: Any) -> tuple[str, int] | None:
    return (str(payload.get("volume", "")), payload["number"]) if "number" in payload else None
