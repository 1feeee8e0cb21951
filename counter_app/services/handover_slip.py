"""The slip that a collector signs: which hand-over it is of, and the event that it was printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from counter_app.domain.commune import Officer
from counter_app.domain.dossier import Dossier
from counter_app.domain.entry import Entry
from counter_app.domain.errors import NotAllowed
from counter_app.domain.rights import Right
from counter_app.paper.handover import HandoverFacts, handover_pdf
from counter_app.paper.template import Template, pick
from counter_app.services.acting import find_one
from counter_app.services.issued import drawn
from counter_app.services.office import Office, Session, commune_in
from counter_app.services.papers import queue_of
from counter_app.system.settings import Queue, Settings

FORM = "handover"
_GIVEN = ("returned", "returned_partly")


@dataclass(frozen=True)
class HandoverOrder:
    """All that the slip is worded from; each dossier with the event that gave it out."""

    given: tuple[tuple[Dossier, Entry], ...]
    agency_name: str
    settings: Settings
    officer: Officer | None


Phrase = Callable[[HandoverOrder], HandoverFacts]


def print_handover(
    office: Office, session: Session, named: Sequence[str], phrase: Phrase, *, on: Queue | None = None
) -> bytes:
    """Records on each of these dossiers that its last hand-over's slip was printed, then makes the PDF.

    Raises NotAllowed("nothing-given") where one was never given out.
    """
    officer = session.require(Right.PRINT)
    on = on or queue_of(office)
    with office.writing(guard_clock=False) as (pen, now):
        given = []
        for code in named:
            dossier = find_one(pen.connection, pen.map, code)
            acts = [entry for entry in dossier.entries if entry.name in _GIVEN and entry.counts]
            if not acts:
                raise NotAllowed("nothing-given", code=dossier.code)
            given.append((dossier, acts[-1]))
            about = str(acts[-1].ref)
            before = [e for e in dossier.prints if e.payload and e.payload.get("about") == about]
            payload = {"form": FORM, "copy": len(before) + 1, "paper": on.paper, "about": about}
            pen.append("printed", dossier.id, {**payload, "at": now.isoformat()}, officer)
        known = commune_in(pen.connection, pen.map)
        actor = known.officers.get(known.who(given[0][1].event.header))
        order = HandoverOrder(tuple(given), known.name, office.settings, actor)
    facts = phrase(order)

    def draw(templates: list[Template]) -> bytes:
        form = pick(templates, facts.given_at.date())
        return handover_pdf(facts, paper=on.paper, form=form, printable_mm=on.printable_mm)

    return drawn(known, FORM, draw)
