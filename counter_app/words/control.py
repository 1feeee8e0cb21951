"""The control slip in words: each hand-over of a dossier, as the plain values that the paper draws."""

from __future__ import annotations

from counter_app.domain.events import Ref
from counter_app.domain.hops import By, Hop, Pace, hops_of
from counter_app.domain.zone import VIETNAM
from counter_app.paper.control import ControlFacts, Passed
from counter_app.services.control_slip import ControlOrder
from counter_app.words import dates
from counter_app.words.language import Words, on_paper
from counter_app.words.receipt import office_words, place_words, standing_marks

_NOTES = Words({"due": "hạn {when}", "signed": "{who} ký nhận", "not-given": "chưa ghi giao"})


@on_paper
def control_facts(order: ControlOrder) -> ControlFacts:
    """What the slip says now; raises ValueError for a dossier that was never received."""
    dossier = order.dossier
    received = dossier.received_at
    if received is None:
        raise ValueError("a control slip needs a reception")
    entered = dossier.reception or {}
    office = office_words(order.settings)
    return ControlFacts(
        authority=order.agency_name.upper(),
        office=office,
        place=place_words(order.agency_name),
        code=dossier.code,
        applicant_name=dossier.party().get("name", ""),
        request=dossier.values.get("procedure", {}).get("name", ""),
        solving=str(entered.get("decided_by") or order.agency_name),
        helping=str(entered.get("assisted_by", "")),
        dated=order.now.astimezone(VIETNAM),
        received_at=received.astimezone(VIETNAM),
        due=dossier.due.astimezone(VIETNAM) if dossier.due else None,
        hotline=order.settings.hotline,
        other_codes=dossier.codes[1:],
        passed=tuple(_passed(order, hop, office) for hop in hops_of(dossier)),
        marks=tuple(standing_marks(dossier, order.copy, order.reason)),
    )


def _passed(order: ControlOrder, hop: Hop, office: str) -> Passed:
    """A block of the slip, with who gave and who took in the program: that stands for their pens.

    What is marked is how punctual the giver was: late beyond the appointment, else as the end of his own step
    says, else as the work's end does.
    """
    notes = [
        hop.note,
        _NOTES.say("due", when=dates.brief(hop.due)) if hop.due else "",
        _NOTES.say("signed", who=hop.signed_by) if hop.signed_by else "",
        "" if hop.given else _NOTES.say("not-given"),
    ]
    return Passed(
        _hand(order, hop.gave or office, hop.act if hop.given and hop.by == By.ELECTRONIC else None),
        _hand(order, hop.took or office, hop.taken_by if not hop.signed_by else None),
        hop.at.astimezone(VIETNAM),
        hop.pace if hop.pace is Pace.LATE else hop.step_pace or hop.pace,
        "; ".join(filter(None, notes)),
        hop.taken.astimezone(VIETNAM) if hop.taken and hop.given else None,
    )


def _hand(order: ControlOrder, name: str, act: Ref | None) -> str:
    entry = order.dossier.entry(act) if act is not None else None
    who = order.name_of(entry.event.header) if entry is not None else ""
    return f"{name} ({who})" if who and who != name else name
