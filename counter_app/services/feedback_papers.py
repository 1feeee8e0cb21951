"""Papers of petitions, and the event that each was printed; blank survey slips, which record nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from counter_app.domain.commune import Officer
from counter_app.domain.entry import Entry
from counter_app.domain.errors import BadInput, NotAllowed
from counter_app.domain.petitions import PRINTED_KIND, RECEIVED_KIND, Petition
from counter_app.domain.rights import Right
from counter_app.domain.surveys import Scale
from counter_app.domain.zone import VIETNAM
from counter_app.paper import forms
from counter_app.paper.petition import PetitionFacts, petition_pdf
from counter_app.paper.survey import SurveyFacts, sheet_pdf, slips_pdf
from counter_app.paper.template import pick
from counter_app.services.feedback_rules import scale_of
from counter_app.services.issued import drawn
from counter_app.services.letters import sheet_of
from counter_app.services.office import Office, Session, commune_in
from counter_app.services.petition_entry import stamp
from counter_app.services.petitions import find_in
from counter_app.system.settings import Settings

MOST_SLIPS: Final = 500
ABOUT: Final = {
    "receipt": (forms.PETITION, RECEIVED_KIND),
    "ask": (forms.PETITION_ASK, "petition_asked"),
    "refusal": (forms.PETITION_REFUSAL, "petition_refused"),
    "answer": (forms.PETITION_ANSWER, "petition_answered"),
}
"""A paper's name, its form, and the act that it is about."""


@dataclass(frozen=True)
class PetitionOrder:
    """All that a paper about a petition is worded from."""

    petition: Petition
    act: Entry
    agency_name: str
    settings: Settings
    officer: Officer | None
    """Who did the act, as far as the account is known."""


@dataclass(frozen=True)
class SurveyOrder:
    """All that slips and sheet are worded from, at the moment `now`."""

    scale: Scale
    agency_name: str
    settings: Settings
    now: datetime


Phrase = Callable[[PetitionOrder], PetitionFacts]
Worded = Callable[[SurveyOrder], SurveyFacts]


def owed(petition: Petition) -> str:
    """The paper about the last act that has one; "" where none has."""
    acts = {kind: name for name, (_, kind) in ABOUT.items()}
    return next((acts[e.name] for e in reversed(petition.entries) if e.name in acts and e.counts), "")


def print_petition(
    office: Office, session: Session, number: str, name: str, phrase: Phrase, *, paper: str = ""
) -> bytes:
    """Records the print, then makes the paper `name` about the petition's last such act, on office paper.

    A second print is told as one and asks for no reason: it gives nobody a claim, as a receipt's copy could.
    Raises NotAllowed("no-such-paper-yet"), BadInput("not-one-of"), NotFound, NotPermitted.
    """
    officer = session.require(Right.PRINT)
    if name not in ABOUT:
        raise BadInput("not-one-of", field="form", value=name, choices=", ".join(ABOUT))
    form, kind = ABOUT[name]
    size = sheet_of(office, paper)
    with office.writing(guard_clock=False) as (pen, now):
        petition, known = find_in(pen.connection, pen.map, number), commune_in(pen.connection, pen.map)
        act = next((e for e in reversed(petition.entries) if e.name == kind and e.counts), None)
        if act is None:
            raise NotAllowed("no-such-paper-yet", number=petition.number)
        actor = known.officers.get(known.who(act.event.header))
        facts = phrase(PetitionOrder(petition, act, known.name, office.settings, actor))
        day = facts.dated.date()
        drawn(known, form, lambda templates: pick(templates, day))  # without a form nothing is recorded
        about = str(act.ref)
        payload = {"form": form, "copy": 1 + _prints(petition, form, about), "paper": size, "about": about}
        pen.append(PRINTED_KIND, petition.id, {**payload, "at": stamp(now)}, officer)
    return drawn(known, form, lambda t: petition_pdf(facts, paper=size, form=pick(t, day)))


def _prints(petition: Petition, form: str, about: str) -> int:
    said = [e.payload for e in petition.entries if e.name == PRINTED_KIND and e.counts and e.payload]
    return sum((one["form"], one.get("about")) == (form, about) for one in said)


def print_slips(office: Office, session: Session, count: int, worded: Worded, *, paper: str = "") -> bytes:
    """Blank survey slips. Raises BadInput("out-of-range" | "not-one-of"), NotPermitted."""
    session.require(Right.PRINT)
    if not 1 <= count <= MOST_SLIPS:
        raise BadInput("out-of-range", field="count", value=count, least=1, most=MOST_SLIPS)
    size, facts, day = _of_survey(office, worded, paper)
    return drawn(
        office.commune(), forms.SURVEY, lambda t: slips_pdf(facts, count, paper=size, form=pick(t, day))
    )


def print_sheet(office: Office, session: Session, worded: Worded, *, paper: str = "") -> bytes:
    """The sheet for the wall. Raises NotAllowed("no-survey-page"), BadInput("not-one-of"), NotPermitted."""
    session.require(Right.PRINT)
    if not office.settings.survey_url:
        raise NotAllowed("no-survey-page")
    size, facts, day = _of_survey(office, worded, paper)
    return drawn(
        office.commune(), forms.SURVEY_SHEET, lambda t: sheet_pdf(facts, paper=size, form=pick(t, day))
    )


def _of_survey(office: Office, worded: Worded, paper: str) -> tuple[str, SurveyFacts, date]:
    size, now = sheet_of(office, paper), office.now().astimezone(VIETNAM)
    order = SurveyOrder(scale_of(office.settings), office.commune().name, office.settings, now)
    return size, worded(order), now.date()
