"""The list by which dossiers change hands, in words."""

from __future__ import annotations

from counter_app.domain.zone import VIETNAM
from counter_app.paper.handover_list import ListFacts
from counter_app.services.handover_list import ListOrder
from counter_app.words.language import on_paper
from counter_app.words.receipt import office_words, place_words


@on_paper
def list_facts(order: ListOrder) -> ListFacts:
    """What the list says of these dossiers."""
    return ListFacts(
        authority=order.agency_name.upper(),
        agency=order.agency_name,
        office=office_words(order.settings),
        place=place_words(order.agency_name),
        giver=order.giver,
        taker=order.taker,
        at=order.now.astimezone(VIETNAM),
        rows=tuple(
            (d.code, str(d.values.get("procedure", {}).get("name", "")), str(d.party().get("name", "")))
            for d in order.dossiers
        ),
        hotline=order.settings.hotline,
    )
