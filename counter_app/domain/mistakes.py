"""Which acts were entered by mistake: what the last one that speaks of an act says of it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, Final

from counter_app.domain.errors import BadInput
from counter_app.domain.events import Ref

# Where an act names the events that were mistaken, and which acts name what stands all the same.
_NAMES_MISTAKEN: Final = {
    "voided": "events",
    "resolved": "over",
    "survey_voided": "events",
    "petition_settled": "over",
}
_NAMES_KEPT: Final = ("resolved", "petition_settled")


def marked(acts: Iterable[tuple[Ref, str, Mapping[str, Any] | None]]) -> dict[Ref, Ref]:
    """The mistaken acts, each with the one that marked it; `acts` in their order, None for what is not read.

    An act that was a mistake itself marks nothing.
    """
    said: dict[Ref, Ref | None] = {}
    for ref, kind, payload in reversed(list(acts)):
        if payload is None or said.get(ref):
            continue
        if kind in _NAMES_KEPT:
            said |= dict.fromkeys(_refs(payload["keep"]) - said.keys())
        if kind in _NAMES_MISTAKEN:
            said |= dict.fromkeys(_refs(payload.get(_NAMES_MISTAKEN[kind], ())) - said.keys(), ref)
    return {ref: by for ref, by in said.items() if by is not None}


def _refs(texts: Iterable[str]) -> set[Ref]:
    found = set()
    for text in texts:
        with suppress(BadInput):
            found.add(Ref.parse(text))
    return found
