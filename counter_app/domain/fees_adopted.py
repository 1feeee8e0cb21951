"""A commune's own table of fees as events of its: cut into parts, since one event holds no long text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from counter_app.domain import kinds
from counter_app.domain.errors import BadInput
from counter_app.domain.events import Absent
from counter_app.domain.issued import cut, sha256
from counter_app.domain.order import Arranged


def payloads(text: str, count: int, source: str = "", over: int = 0) -> Iterator[dict[str, Any]]:
    """What the events say, in their order; the last of them puts the table into force.

    `count` is that of its lines, `over` the version that the district had issued, 0 where it had issued none.
    """
    parts = cut(text)
    more = {**({"source": source} if source else {}), **({"over": over} if over else {})}
    for number, part in enumerate(parts, 1):
        said = {"sha256": sha256(text), "count": count, "part": number, "parts": len(parts), "text": part}
        yield {**said, **more}


def text_of(arranged: Arranged, name: str) -> str:
    """The table of that SHA-256, "" where not all of it is here."""
    parts: dict[int, str] = {}
    for event in arranged.events:
        head = event.header
        if head.kind != "fees_adopted" or event.absent is not Absent.NO or event.payload is None:
            continue
        try:
            found = kinds.read(head.kind, head.version, head.fact, event.payload)
        except BadInput:
            continue
        if found is not None and found[1]["sha256"] == name:
            parts[found[1]["part"]] = found[1]["text"]
    text = "".join(parts[number] for number in sorted(parts))
    return text if sha256(text) == name else ""
