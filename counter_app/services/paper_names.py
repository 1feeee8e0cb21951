"""The papers that citizens bring most, for the field where a paper's name is typed."""

from __future__ import annotations

from functools import cache

from counter_app.system import paths


@cache
def common() -> list[str]:
    """The names that ship with the program, the commonest first."""
    text = paths.resource("catalogue/paper_names.txt").read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip()]
