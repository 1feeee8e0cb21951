"""Runs that one end of an exchange refused: told until the other end has them after all.

They are this machine's own values. The last answer is what counts: a run that is still lacking is offered,
and refused, at each exchange again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from counter_app.store import own
from counter_app.sync.agreed import Tip

_KEPT: Final = "sync/refused"  # own: JSON of the refusals that still stand
_MOST: Final = 64


class By(StrEnum):
    DISTRICT = "district"
    HERE = "here"


@dataclass(frozen=True)
class Refusal:
    """`log` wrote the run that begins at `first`; `since` is when it was refused for the first time."""

    by: By
    log: bytes
    first: int
    why: str
    since: datetime


def standing(connection: Any) -> tuple[Refusal, ...]:
    """Those that nothing has undone yet, the oldest first."""
    kept = own.get_text(connection, _KEPT)
    return tuple(
        Refusal(
            By(row["by"]),
            bytes.fromhex(row["log"]),
            row["first"],
            row["why"],
            datetime.fromisoformat(row["since"]),
        )
        for row in (json.loads(kept) if kept else ())
    )


def renew(connection: Any, new: Iterable[Refusal], theirs: Iterable[Tip], *, more: bool) -> None:
    """What an answer refused, and what was refused of it; `theirs` is what the district holds now.

    With `more` to come from there, what was refused here before may yet come again.
    """
    before = standing(connection)
    reached: dict[bytes, int] = {}
    for tip in theirs:
        reached[tip.log] = max(tip.seq, reached.get(tip.log, 0))

    def stands(refusal: Refusal) -> bool:
        if refusal.by is By.HERE:
            return more
        return reached.get(refusal.log, 0) < refusal.first

    kept = {(one.by, one.log): one for one in before if stands(one)}
    for one in new:
        was = kept.get((one.by, one.log))
        if was is None or (was.first, was.why) != (one.first, one.why):
            kept[one.by, one.log] = one
    left = tuple(sorted(kept.values(), key=lambda one: (one.since, one.log)))[:_MOST]
    if left != before:
        own.put_text(connection, _KEPT, json.dumps([_row(one) for one in left]))


def _row(one: Refusal) -> dict[str, Any]:
    return {
        "by": one.by,
        "log": one.log.hex(),
        "first": one.first,
        "why": one.why,
        "since": one.since.isoformat(),
    }
