"""One line of a dossier's story, and what the line says of its registers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from counter_app.domain import charges, hlc, kinds
from counter_app.domain.events import Absent, Event, Ref
from counter_app.domain.kinds import Kind, Payload


@dataclass(frozen=True)
class Entry:
    """One line of a dossier's story. Every event has one, whatever became of its payload."""

    event: Event
    kind: Kind | None  # None: this program is too old for it
    payload: Payload | None
    absent: Absent
    mistaken: Ref | None  # the act that marked this one as entered by mistake
    told_by: Ref | None = None  # the payment that tells of the same money, and counts
    enough: Payload | None = None  # of a part that made a charge enough unseen: how the clock goes on
    undid: tuple[Entry, ...] = ()  # the acts that this one took back
    taken_back: datetime | None = None  # when it was, or the act that this paper is about

    @property
    def ref(self) -> Ref:
        return self.event.ref

    @property
    def name(self) -> str:
        return self.event.header.kind

    @property
    def happened_at(self) -> datetime:
        """When it happened as the officer wrote it, else as the machine's clock had it."""
        said = self.payload or {}
        return moment(said.get("at") or said.get("received_at")) or hlc.moment(self.event.header.hlc)

    @property
    def unknown(self) -> bool:
        return self.kind is None and self.absent in (Absent.NO, Absent.NOT_CARRIED)

    @property
    def turned_out(self) -> Payload | None:
        """What it says; a part that made a charge enough, as if its writer had seen that."""
        if self.payload is None or self.enough is None:
            return self.payload
        return {n: v for n, v in self.payload.items() if n not in charges.CLOCK} | dict(self.enough)

    @property
    def writes(self) -> kinds.Writes:
        """The registers that it sets."""
        said = self.turned_out
        return self.kind.writes(said) if self.kind is not None and said is not None else {}

    @property
    def counts(self) -> bool:
        return self.payload is not None and self.mistaken is None and self.told_by is None


def counting(entries: Iterable[Entry]) -> Iterator[tuple[int, str, Payload]]:
    """Place, name and payload of each that counts."""
    for place, entry in enumerate(entries):
        if entry.counts and entry.payload:
            yield place, entry.name, entry.payload


def moment(text: Any) -> datetime | None:
    """The moment that a payload's text names; None where it names none."""
    return datetime.fromisoformat(text) if isinstance(text, str) else None
