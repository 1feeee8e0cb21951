"""Pre-numbered slips: which numbers the commune's machines printed ahead, and which will not be used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from counter_app.domain import kinds
from counter_app.domain.errors import BadInput
from counter_app.domain.events import Absent, Event


@dataclass(frozen=True)
class Slip:  # phiếu tiếp nhận dự phòng
    """A number that stands on paper; `unused` is the reason why no dossier will bear it, or empty.

    `log` is that of the machine that printed it, `printed_at` as its event says it.
    """

    code: str
    printed_at: str
    log: bytes
    officer: str
    unused: str = ""

    @property
    def key(self) -> str:
        return self.code.upper()


def fold(events: Iterable[Event]) -> dict[str, Slip]:
    """The slips of these events, in order of the commune, by their keys (the code in capitals)."""
    slips: dict[str, Slip] = {}
    unused: dict[str, str] = {}
    for event in events:
        payload = _payload(event, "slips_printed")
        if payload is not None:
            for code in payload["codes"]:
                slip = Slip(code, payload.get("at", ""), event.header.log, event.header.actor)
                slips.setdefault(slip.key, slip)
        payload = _payload(event, "number_unused")
        if payload is not None:
            unused.setdefault(payload["code"].upper(), payload["reason"])
    return {key: replace(slip, unused=unused.get(key, "")) for key, slip in slips.items()}


def _payload(event: Event, kind: str) -> Any:
    head = event.header
    if head.kind != kind or event.absent is not Absent.NO or event.payload is None:
        return None
    try:
        found = kinds.read(kind, head.version, head.fact, event.payload)
    except BadInput:
        return None
    return found[1] if found else None
