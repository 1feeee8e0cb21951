"""The list by which dossiers go from one holder to another, and the events that they stood on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import BadInput, NotAllowed
from counter_app.domain.hops import handed_to
from counter_app.domain.rights import Right
from counter_app.domain.zone import VIETNAM
from counter_app.paper import forms
from counter_app.paper.handover_list import ListFacts, list_pdf
from counter_app.paper.template import pick
from counter_app.services.acting import find_one, needed
from counter_app.services.holders import Holders
from counter_app.services.issued import drawn
from counter_app.services.letters import sheet_of
from counter_app.services.office import Office, Session, commune_in
from counter_app.services.passing import holder_of
from counter_app.system.settings import Queue, Settings


@dataclass(frozen=True)
class ListOrder:
    """All that the list is worded from, at the moment `now`."""

    dossiers: tuple[Dossier, ...]
    giver: str
    taker: str
    agency_name: str
    settings: Settings
    now: datetime


Phrase = Callable[[ListOrder], ListFacts]


def print_list(
    office: Office,
    session: Session,
    named: Sequence[str],
    giver: str,
    taker: str,
    phrase: Phrase,
    *,
    paper: str = "",
    on: Queue | None = None,
) -> bytes:
    """Records on each of these dossiers that it stood on such a list, then makes the PDF.

    It says who is to have them; that they are there, the holder's own act says. A dossier that is named twice
    stands on it once. Raises BadInput("empty" | "not-one-of"), NotAllowed("nothing-received"), NotFound, and
    NotAllowed("list-elsewhere") for one that another hand holds than these two.
    """
    officer = session.require(Right.PRINT)
    if not named:
        raise BadInput("empty", field="code")
    giver, taker = needed(giver, "giver"), needed(taker, "holder")
    size = sheet_of(office, paper, on)
    with office.writing(guard_clock=False) as (pen, now):
        found = {one.id: one for code in named for one in [find_one(pen.connection, pen.map, code)]}
        holders = Holders(pen.connection, pen.map)
        giver, taker = holders.spelled(giver), holders.spelled(taker)
        for dossier in found.values():
            if dossier.reception is None:
                raise NotAllowed("nothing-received", code=dossier.code)
            _require_fitting(holders, dossier, giver, taker)
            before = [e for e in dossier.prints if e.payload and e.payload["form"] == forms.LIST]
            payload = {"form": forms.LIST, "copy": 1 + len(before), "paper": size, "at": now.isoformat()}
            pen.append("printed", dossier.id, payload, officer)
        known = commune_in(pen.connection, pen.map)
    order = ListOrder(tuple(found.values()), giver, taker, known.name, office.settings, now)
    facts, day = phrase(order), now.astimezone(VIETNAM).date()
    return drawn(known, forms.LIST, lambda t: list_pdf(facts, paper=size, form=pick(t, day)))


def _require_fitting(holders: Holders, dossier: Dossier, giver: str, taker: str) -> None:
    """One that the counter holds, or gave, goes by whatever name the counter has."""
    hop = handed_to(dossier, taker)
    holder = hop.gave if hop is not None else holder_of(dossier)
    if holder and not holders.same(holder, giver):
        raise NotAllowed("list-elsewhere", code=dossier.code, holder=holder)
