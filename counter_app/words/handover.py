"""The slip of a hand-over in words: who took what, by what right, and little of his number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from counter_app.domain.collecting import Relation
from counter_app.domain.zone import VIETNAM
from counter_app.paper.handover import HandoverFacts
from counter_app.services.handover_slip import HandoverOrder
from counter_app.words import dates
from counter_app.words.language import Words, on_paper
from counter_app.words.receipt import office_words, place_words
from counter_app.words.states import RELATIONS

SHOWN_DIGITS = 4  # of the collector's number: enough to find his paper again

_SLIP = Words(
    {
        "owner": "chủ hồ sơ",
        "relative": "{relation}[, theo {authority}]",
        "authorised": "nhận thay, theo {authority}",
        "stands-in": "nhận thay",
        "paper": "số …{digits}",
        "lost": "{capacity}; không còn giấy hẹn",
    }
)


@on_paper
def handover_facts(order: HandoverOrder) -> HandoverFacts:
    """What the slip says of the last hand-over of these dossiers."""
    dossiers = [dossier for dossier, _ in order.given]
    entries = [entry for _, entry in order.given]
    said = entries[0].payload or {}
    last = [(entry.payload or {}) for entry in entries]
    number = str(said.get("id_number", ""))
    fee = sum(dossier.paid for dossier in dossiers)
    return HandoverFacts(
        authority=order.agency_name.upper(),
        office=office_words(order.settings),
        place=place_words(order.agency_name),
        hotline=order.settings.hotline,
        given_at=entries[0].happened_at.astimezone(VIETNAM),
        collector=str(said.get("to", "")),
        paper=_SLIP.say("paper", digits=number[-SHOWN_DIGITS:]) if number else "",
        capacity=_capacity(order, last),
        given="; ".join(said.get("given", ())),
        left="; ".join(said.get("left", ())),
        rows=tuple(
            (d.code, str(d.values.get("procedure", {}).get("name", "")), str(d.party().get("name", "")))
            for d in dossiers
        ),
        fee=dates.money(fee) if fee else "",
        officer_name=order.officer.name if order.officer else "",
    )


def _capacity(order: HandoverOrder, last: list[Mapping[str, Any]]) -> str:
    """By what right he collects; where some are his own, the others say it."""
    said = next((one for one in last if one.get("authority") or one.get("relation")), last[0])
    relation, authority = str(said.get("relation", "")), str(said.get("authority", ""))
    if relation:
        words = RELATIONS.say(Relation(relation)) if relation in set(Relation) else relation
        capacity = _SLIP.say("relative", relation=words, authority=authority)
    elif authority:
        capacity = _SLIP.say("authorised", authority=authority)
    else:
        names = {str(dossier.party().get("name", "")) for dossier, _ in order.given}
        capacity = _SLIP.say("owner" if names == {said.get("to")} else "stands-in")
    return _SLIP.say("lost", capacity=capacity) if said.get("receipt_lost") else capacity
