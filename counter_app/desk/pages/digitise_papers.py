"""The dossier that is scanned for: its papers as they were last read, and the pile of its pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from counter_app.desk.page import Desk
from counter_app.desk.pages.digitise_read import Papers, read_papers
from counter_app.desk.pages.digitise_unkept import UnkeptPages
from counter_app.desk.scan_pile import Batch, Group, Pile
from counter_app.desk.widgets.paper_rows import PaperList, PaperRow
from counter_app.domain.errors import CounterError


class DossierPapers(QObject):
    """A pile waits while another dossier is open."""

    changed = Signal()
    """The papers were read."""

    def __init__(
        self,
        desk: Desk,
        view: PaperList,
        place: Callable[[Pile, Batch], object],
        refused: Callable[[CounterError], object],
        parent: QObject,
    ) -> None:
        """`view` lists the papers; `place` finds the papers of pages that lay on the disk."""
        super().__init__(parent)
        self._desk, self._view, self._place, self._refused = desk, view, place, refused
        self._piles: dict[bytes, Pile] = {}
        self.dossier = b""
        self.found: Papers | None = None

    @property
    def pile(self) -> Pile | None:
        return self._piles.get(self.dossier)

    def groups(self) -> list[Group]:
        return self.pile.groups() if self.pile is not None else []

    def rows(self) -> Sequence[PaperRow]:
        return self.found.rows if self.found is not None else ()

    def here(self) -> tuple[Pile, int | None] | None:
        """The pile that pages come into, and the paper that is chosen; None before the papers were read."""
        if self.found is None or self.pile is None:
            return None
        row = self._view.row()
        return self.pile, row.number if isinstance(row, PaperRow) else None

    def open(self, dossier: bytes) -> None:
        if dossier != self.dossier:
            self.found = None
        self.dossier = dossier

    def give_up(self) -> None:
        """The pile is gone, and what is opened next is read anew."""
        self._piles.pop(self.dossier, None)
        self.found = None

    def read(self) -> None:
        if not self.dossier:
            return
        office, dossier = self._desk.office, self.dossier
        self._desk.tasks.run(
            "read",
            lambda: read_papers(office, dossier),
            self._show,
            self._refused,
            latest=f"papers-{id(self)}",
        )

    def choose(self, number: int) -> None:
        """Goes to the paper of that number, where there is one."""
        place = next((place for place, row in enumerate(self.rows()) if row.number == number), None)
        if place is not None:
            self._view.go_to(place)

    def _show(self, found: Papers) -> None:
        if found.dossier != self.dossier:
            return
        fresh = self.found is None
        self.found = found
        pile = self._pile_of(found)
        for row in found.rows:
            pile.say_of(row.number, row.paper.name, row.why, row.why_no_file)
        before = self._view.row()
        self._view.renew_rows(found.rows, lambda row: row.number)
        if fresh or (before is not None and before.needs_scan):
            self._go_to_next()
        self.changed.emit()

    def _pile_of(self, found: Papers) -> Pile:
        pile = self._piles.get(found.dossier)
        if pile is None:
            disk = UnkeptPages(self._desk, found.dossier, self._refused)
            pile = self._piles[found.dossier] = Pile(found.code, disk)
            disk.bring(partial(self._on_brought, pile))
        return pile

    def _on_brought(self, pile: Pile, batches: list[Batch]) -> None:
        pile.batches[:0] = batches
        for batch in batches:
            self._place(pile, batch)

    def _go_to_next(self) -> None:
        """To the first paper that still has to be scanned: pages without a sheet before them go there."""
        here = self._view.row()
        if here is None or not here.needs_scan:
            place = next((place for place, row in enumerate(self.rows()) if row.needs_scan), 0)
            self._view.go_to(place)
