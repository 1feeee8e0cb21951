"""The slip that goes with a dossier from hand to hand: what it says now, and the event that it was printed.

It is printed anew as the dossier goes on, so a reprint needs no reason; it says that it is one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from counter_app.domain.commune import Commune
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import NotAllowed
from counter_app.domain.events import Header
from counter_app.domain.names import clean_line
from counter_app.domain.rights import Right
from counter_app.paper import forms
from counter_app.paper.control import ControlFacts, control_pdf
from counter_app.paper.template import pick
from counter_app.services.accesses import Why, note
from counter_app.services.acting import find_one
from counter_app.services.issued import drawn
from counter_app.services.letters import sheet_of
from counter_app.services.office import Office, Session, commune_in
from counter_app.system.settings import Queue, Settings


@dataclass(frozen=True)
class ControlOrder:
    """All that the slip is worded from, at the moment `now`."""

    dossier: Dossier
    agency_name: str
    settings: Settings
    now: datetime
    copy: int = 1
    reason: str = ""
    name_of: Callable[[Header], str] = lambda head: ""
    """The name of who acted, by an event's header; empty where no PIN tells one officer from another."""


Phrase = Callable[[ControlOrder], ControlFacts]


def print_control(
    office: Office,
    session: Session,
    code: str,
    phrase: Phrase,
    *,
    paper: str = "",
    reason: str = "",
    on: Queue | None = None,
) -> bytes:
    """Records the print, then makes its PDF on office paper.

    Raises NotAllowed("nothing-received"), BadInput("not-one-of").
    """
    officer = session.require(Right.PRINT)
    size = sheet_of(office, paper, on)
    with office.writing(guard_clock=False) as (pen, now):
        dossier = find_one(pen.connection, pen.map, code)
        note(office, session, [dossier.id], Why.PRINT)
        if dossier.reception is None:
            raise NotAllowed("nothing-received", code=dossier.code)
        printed = [e for e in dossier.prints if e.payload and e.payload["form"] == forms.CONTROL]
        copy = 1 + len(printed)
        why = clean_line(reason) if copy > 1 else ""
        payload = {"form": forms.CONTROL, "copy": copy, "paper": size, "at": now.isoformat()}
        pen.append("printed", dossier.id, {**payload, **({"reason": why} if why else {})}, officer)
        known = commune_in(pen.connection, pen.map)
        facts = phrase(ControlOrder(dossier, known.name, office.settings, now, copy, why, _names(known)))
    received = facts.received_at.date()
    return drawn(known, forms.CONTROL, lambda t: control_pdf(facts, paper=size, form=pick(t, received)))


def _names(known: Commune) -> Callable[[Header], str]:
    return known.name_of if known.guarded else lambda head: ""
