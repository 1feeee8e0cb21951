"""Papers of petitions and surveys in words."""

from __future__ import annotations

from typing import Any

from counter_app.domain.surveys import page_of
from counter_app.domain.zone import VIETNAM
from counter_app.paper.facts import day_words
from counter_app.paper.petition import PetitionFacts
from counter_app.paper.survey import SurveyFacts
from counter_app.services.feedback_papers import PetitionOrder, SurveyOrder
from counter_app.words.feedback import source_words
from counter_app.words.language import Words, capital, on_paper
from counter_app.words.receipt import office_words, place_words

_WORDS = Words(
    {
        "procedure": "thủ tục {text}",
        "officer": "người phục vụ: {text}",
        "dossier": "hồ sơ {text}",
        "voided": "ĐÃ HỦY",
        "disputed": "Các máy ghi khác nhau, chưa thống nhất",
    }
)


@on_paper
def petition_facts(order: PetitionOrder) -> PetitionFacts:
    """What the paper says; of an answer, a refusal or a request what its act says."""
    petition, settings = order.petition, order.settings
    said: Any = petition.reception or {}
    act: Any = order.act.payload or {}
    sender, about = said.get("sender", {}), said.get("about", {})
    at = petition.received_at or order.act.happened_at
    due = petition.due
    return PetitionFacts(
        authority=order.agency_name.upper(),
        agency=order.agency_name,
        office=office_words(settings),
        place=place_words(order.agency_name),
        code=petition.number,
        source=source_words(said.get("source", "")),
        subject=petition.subject,
        content=said.get("content", ""),
        received_at=at.astimezone(VIETNAM),
        dated=order.act.happened_at.astimezone(VIETNAM),
        hotline=settings.hotline,
        sender_name=sender.get("name", ""),
        sender_address=sender.get("address", ""),
        sender_phone=sender.get("phone", ""),
        about=capital("; ".join(_WORDS.say(name, text=text) for name, text in about.items())),
        due=day_words(due.astimezone(VIETNAM)) if due else "",
        rule=str(said.get("limits", {}).get("answer", {}).get("source", "")),
        needs=tuple(act.get("needs", ())),
        reason=act.get("reason", ""),
        answer=act.get("answer", {}).get("text", ""),
        officer_name=order.officer.name if order.officer else "",
        head_name=settings.head_name,
        head_title=settings.head_title.upper(),
        marks=tuple(
            _WORDS.say(mark)
            for mark, stands in (
                ("voided", petition.stage.value == "voided"),
                ("disputed", bool(petition.conflicts)),
            )
            if stands
        ),
    )


@on_paper
def survey_facts(order: SurveyOrder) -> SurveyFacts:
    """What slips and the sheet for the wall say."""
    settings = order.settings
    return SurveyFacts(
        authority=order.agency_name.upper(),
        office=office_words(settings),
        place=place_words(order.agency_name),
        dated=order.now.astimezone(VIETNAM),
        levels=tuple(level.words for level in order.scale.levels),
        survey_text=page_of(settings.survey_url),
        hotline=settings.hotline,
    )
