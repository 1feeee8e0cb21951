"""Letters of a dossier: which act each is about, what it must say, and the event that it was printed.

A letter says what the last such act that counts says, whatever a screen had; its form is that of the day on
which the dossier was received.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from counter_app.domain.commune import Commune, Officer
from counter_app.domain.dossier import Dossier
from counter_app.domain.entry import Entry
from counter_app.domain.errors import BadInput, NotAllowed
from counter_app.domain.letters import ACTS, act_of, prints_of
from counter_app.domain.names import clean_line
from counter_app.domain.rights import Right
from counter_app.domain.zone import VIETNAM
from counter_app.paper.letter import LetterFacts, letter_pdf
from counter_app.paper.sheets import PAPERS
from counter_app.paper.template import Template, pick
from counter_app.services.accesses import Why, note
from counter_app.services.acting import find_one
from counter_app.services.issued import drawn
from counter_app.services.office import Office, Session, commune_in
from counter_app.services.papers import queue_of
from counter_app.store.writer import Writer
from counter_app.system.settings import Queue, Settings


@dataclass(frozen=True)
class LetterOrder:
    """All that a letter is worded from; `copy` 1 is the first print, `reason` says why there is another."""

    form: str
    dossier: Dossier
    act: Entry
    agency_name: str
    settings: Settings
    officer: Officer | None  # who did the act, as far as the account is known
    copy: int = 1
    reason: str = ""


Phrase = Callable[[LetterOrder], LetterFacts]


@dataclass(frozen=True)
class Letter:
    """A letter that can be drawn; `payload` is what the event of its print says beside the time."""

    payload: dict[str, Any]
    known: Commune
    form: str
    facts: LetterFacts
    size: str

    def draw(self) -> bytes:
        facts = self.facts
        return drawn(
            self.known, self.form, lambda t: letter_pdf(facts, paper=self.size, form=_in_force(t, facts))
        )


def print_letter(
    office: Office,
    session: Session,
    code: str,
    form: str,
    phrase: Phrase,
    *,
    paper: str = "",
    reason: str = "",
    on: Queue | None = None,
) -> bytes:
    """Records the print, then makes its PDF. A second print about one act needs its reason.

    Office paper: what a slip printer is set to comes on A5. Raises NotAllowed("nothing-received" |
    "no-act-to-print"), BadInput("reprint-reason" | "not-one-of" | "no-template").
    """
    officer = session.require(Right.PRINT)
    size = sheet_of(office, paper, on)
    why = clean_line(reason)
    with office.writing(guard_clock=False) as (pen, now):
        dossier = find_one(pen.connection, pen.map, code)
        note(office, session, [dossier.id], Why.PRINT)
        letter = letter_of(office, pen, dossier, form, phrase, size, why)
        pen.append("printed", dossier.id, {**letter.payload, "at": now.isoformat()}, officer)
    return letter.draw()


def letter_of(
    office: Office, pen: Writer, dossier: Dossier, form: str, phrase: Phrase, size: str, why: str = ""
) -> Letter:
    """The letter about the dossier's last such act, and what the event of its print says.

    Raises NotAllowed("nothing-received" | "no-act-to-print"), BadInput("reprint-reason" | "no-template").
    """
    if dossier.reception is None:
        raise NotAllowed("nothing-received", code=dossier.code)
    act = act_of(dossier, form)
    if act is None:
        raise NotAllowed("no-act-to-print", code=dossier.code, act=ACTS[form][0])
    copy = 1 + prints_of(dossier, form, act)
    if copy > 1 and not why:
        raise BadInput("reprint-reason", code=dossier.code)
    known = commune_in(pen.connection, pen.map)
    actor = known.officers.get(known.who(act.event.header))
    why = why if copy > 1 else ""
    facts = phrase(LetterOrder(form, dossier, act, known.name, office.settings, actor, copy, why))
    drawn(known, form, lambda templates: _in_force(templates, facts))  # without a form nothing is recorded
    payload = {"form": form, "copy": copy, "paper": size, "about": str(act.ref)}
    return Letter({**payload, **({"reason": why} if why else {})}, known, form, facts, size)


def sheet_of(office: Office, paper: str, on: Queue | None = None) -> str:
    """The sheet for a letter. Raises BadInput("not-one-of") for one that it is not made for."""
    if paper and paper not in PAPERS:
        raise BadInput("not-one-of", field="paper", value=paper, choices=", ".join(PAPERS))
    chosen = (on or queue_of(office, paper)).paper
    return chosen if chosen in PAPERS else "a5"


def _in_force(templates: list[Template], facts: LetterFacts) -> Template:
    """The form of the dossier's own days; one that came later where those had none.

    An officer who stops a dossier of before 15-9-2025 today owes the notice all the same: TT 01/2018/TT-VPCP
    has no form for it, TT 03/2025/TT-VPCP has. Raises BadInput (`no-template`).
    """
    received = facts.received_at.astimezone(VIETNAM).date()
    if any(one.valid_from <= received for one in templates):
        return pick(templates, received)
    return pick(templates, facts.dated.astimezone(VIETNAM).date())
