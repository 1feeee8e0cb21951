"""What lies in a pile is on the disk too: pages as they come, what the officer does with them, what goes."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

from counter_app.desk.page import Desk
from counter_app.desk.scan_feed import leaf_of
from counter_app.desk.scan_pile import Batch, Leaf, Source
from counter_app.domain.errors import CounterError
from counter_app.services import unkept
from counter_app.services.unkept import Unkept

_HEX: Final = 16


class UnkeptPages:
    """Of one dossier's pile. All of it happens in the store's lane, one after the other; what cannot be
    written is said, and stays in the window."""

    def __init__(self, desk: Desk, dossier: bytes, refused: Callable[[CounterError], object]) -> None:
        self._desk, self._dossier, self._refused = desk, dossier, refused

    def came(self, batch: Batch, leaf: Leaf) -> None:
        batch.key = batch.key or self._id()
        leaf.id = self._id()
        leaf.batch, leaf.number = batch.key, batch.number
        self.changed([leaf])

    def changed(self, leaves: Sequence[Leaf]) -> None:
        those = [leaf for leaf in leaves if leaf.id]
        pages, office, dossier = [_page_of(leaf) for leaf in those], self._desk.office, self._dossier

        def show(kept: list[Unkept]) -> None:
            for leaf, one in zip(those, kept, strict=True):  # no more in memory
                leaf.page, leaf.whole = one.page, one.whole

        if pages:
            self._desk.tasks.run("store", lambda: unkept.keep(office, dossier, pages), show, self._refused)

    def gone(self, leaves: Sequence[Leaf]) -> None:
        ids = [leaf.id for leaf in leaves if leaf.id]
        office, dossier = self._desk.office, self._dossier
        if ids:
            self._desk.tasks.run("store", lambda: unkept.drop(office, dossier, ids), None, self._refused)

    def bring(self, then: Callable[[list[Batch]], object]) -> None:
        """What lay there when the window closed, or the power went."""
        office, dossier = self._desk.office, self._dossier

        def work() -> list[Batch]:
            found = [_leaf_of(one) for one in unkept.kept(office, dossier)]
            return [
                Batch(leaves[0].number, leaves, key)
                for key, some in groupby(found, key=lambda leaf: leaf.batch)
                for leaves in [list(some)]
            ]

        self._desk.tasks.run("read", work, lambda found: then(found) if found else None, self._refused)

    def _id(self) -> str:
        return f"{time.time_ns():0{_HEX}x}"


def _page_of(leaf: Leaf) -> Unkept:
    source = (str(leaf.source.path), leaf.source.digest) if leaf.source else None
    return Unkept(
        leaf.id,
        leaf.page,
        leaf.way,
        leaf.batch,
        leaf.number,
        leaf.whole,
        leaf.sheets,
        source,
        leaf.out,
        leaf.moved,
    )


def _leaf_of(one: Unkept) -> Leaf:
    source = Source(Path(one.source[0]), one.source[1]) if one.source else None
    leaf = leaf_of(one.page, one.way, one.whole, one.sheets, source)
    leaf.id, leaf.batch, leaf.number = one.id, one.batch, one.number
    leaf.out, leaf.moved = one.out, one.moved
    return leaf
