"""A letter in words: what the act behind it says, as the plain values that the paper draws."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from counter_app.domain.dossier import Dossier
from counter_app.domain.entry import Entry
from counter_app.domain.lifecycle import StopCause
from counter_app.domain.zone import VIETNAM
from counter_app.paper.letter import LetterFacts
from counter_app.services.letters import LetterOrder
from counter_app.words import dates
from counter_app.words.language import Words, on_paper
from counter_app.words.receipt import office_words, place_words, standing_marks

_FREE_LINE = "……………………………"
_LETTER = Words(
    {
        "sorry": "Xin lỗi và hẹn lại ngày trả kết quả",
        "fee": "đã nộp {amount}; hoàn lại: {back}",
        "no-fee": "chưa nộp",
        "free": "không thu",
    }
)


@on_paper
def apology_reason() -> str:
    """Why an apology is signed, as the signature says it."""
    return _LETTER.say("sorry")


@on_paper
def letter_facts(order: LetterOrder) -> LetterFacts:
    """What this print of the letter says; raises ValueError for a dossier that was never received."""
    dossier, act = order.dossier, order.act
    received = dossier.received_at
    if received is None:
        raise ValueError("a letter needs a reception")
    said: Any = act.payload or {}
    applicant = dossier.party()
    settings = order.settings
    return LetterFacts(
        authority=order.agency_name.upper(),
        agency=order.agency_name,
        office=office_words(settings),
        place=place_words(order.agency_name),
        code=dossier.code,
        applicant_name=applicant.get("name", ""),
        request=dossier.values.get("procedure", {}).get("name", ""),
        dated=act.happened_at.astimezone(VIETNAM),
        received_at=received.astimezone(VIETNAM),
        hotline=settings.hotline,
        other_codes=dossier.codes[1:],
        applicant_address=applicant.get("address", ""),
        phone=applicant.get("phone", ""),
        email=applicant.get("email", ""),
        submitter_name=dossier.party("submitter").get("name", ""),
        needs=tuple(said.get("needs", ())),
        reason=str(said.get("reason", "")),
        due=_local(dossier.due_before(act.ref)),
        until=_local(datetime.fromisoformat(said["until"])) if "until" in said else None,
        asked_on=_asked_on(dossier, act),
        given_back=tuple(
            str(one.payload.get("name", ""))
            for one in dossier.entries
            if one.name == "original_returned" and one.counts and one.payload
        ),
        fee_words=_fee(dossier),
        officer_name=order.officer.name if order.officer else "",
        head_name=settings.head_name,
        head_title=settings.head_title.upper(),
        marks=tuple(standing_marks(dossier, order.copy, order.reason)),
    )


def _local(moment: datetime | None) -> datetime | None:
    return moment.astimezone(VIETNAM) if moment else None


def _asked_on(dossier: Dossier, act: Entry) -> datetime | None:
    """When the applicant himself asked for the end, as far as the story tells it."""
    asked = [one for one in dossier.entries if one.name == "withdrawn" and one.counts]
    if (act.payload or {}).get("cause") == StopCause.REQUESTED.value:
        asked.append(act)
    return (
        asked[-1].happened_at.astimezone(VIETNAM) if asked and act.name in ("stopped", "withdrawn") else None
    )


def _fee(dossier: Dossier) -> str:
    """What was paid, and what of it went back; a free line where that is not decided yet."""
    taken, back = (
        sum(
            one.payload["amount"]
            for one in dossier.entries
            if one.name == name and one.counts and one.payload
        )
        for name in ("paid", "refunded")
    )
    if not taken:
        return _FREE_LINE if dossier.owed is None else _LETTER.say("no-fee" if dossier.owed else "free")
    left = dates.money(back) if back else _FREE_LINE
    return _LETTER.say("fee", amount=dates.money(taken), back=left)
