"""Batches as this program packs them, with the dictionary that ships with it."""

from __future__ import annotations

from functools import cache

from counter_app.sync.batch import Dictionary, Packer
from counter_app.system.paths import resource


@cache
def packer() -> Packer:
    """Made once: to read a dictionary takes some milliseconds."""
    return Packer([Dictionary(1, resource("wire/1.zdict").read_bytes())])
