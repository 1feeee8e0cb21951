"""Bad lines of a file are told to people at once."""

from __future__ import annotations

from counter_app.cli.context import tell
from counter_app.domain.errors import RuleBroken
from counter_app.words import bad_lines


def bad_line(error: RuleBroken, number: int) -> str:
    """The sentence for a line that cannot be done, which people are told at once."""
    said = bad_lines.bad_line(error, number)
    tell(said)
    return said
