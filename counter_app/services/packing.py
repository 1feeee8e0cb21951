"""Batches as this program packs them, with the dictionaries that ship with it."""

from __future__ import annotations

from functools import cache

from counter_app.sync.batch import Dictionary, Packer
from counter_app.system.paths import resource


@cache
def packer() -> Packer:
    """Made once: to read them takes some milliseconds."""
    return Packer([Dictionary(number, resource(f"wire/{number}.zdict").read_bytes()) for number in (1, 2)])
