"""A bad line of a file in words, by its number."""

from __future__ import annotations

from counter_app.domain.errors import RuleBroken
from counter_app.words.errors import sentence


def bad_line(error: RuleBroken, number: int) -> str:
    """The sentence for a line that cannot be done."""
    return sentence(type(error)(error.why, **{**error.facts, "line": number}))
