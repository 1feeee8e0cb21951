"""What the officer does with the pages of the pile: takes them out, sends them to a paper, counts them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Signal

from counter_app.desk.pages.digitise_papers import DossierPapers
from counter_app.desk.pages.digitise_view import DigitiseView
from counter_app.desk.parts import typed

_DIGITS: Final = 3  # of a count of pages


class PileHands(QObject):
    changed = Signal()
    """Pages are elsewhere now, or out."""
    counted = Signal()

    def __init__(self, view: DigitiseView, papers: DossierPapers, parent: QObject) -> None:
        super().__init__(parent)
        self._view, self._papers = view, papers
        view.pile.turned.connect(self._turn)
        view.pile.sent.connect(self._send)
        view.pile.moved_on.connect(self.show_count)
        view.papers.sent.connect(self._send)
        view.count.textEdited.connect(self._count)

    def show_count(self) -> None:
        """What was counted of the paper whose page is here."""
        pile, group = self._papers.pile, self._view.pile.group()
        self._view.counting.setEnabled(group is not None)
        said = str(pile.counted.get(group.key, "") if pile and group else "")
        if said != typed(self._view.count):
            self._view.count.setText(said)

    def _turn(self) -> None:
        if self._papers.pile is not None:
            self._papers.pile.turn(self._view.pile.chosen())
            self.changed.emit()

    def _send(self, number: int) -> None:
        if self._papers.pile is not None and any(row.number == number for row in self._papers.rows()):
            self._papers.pile.move(self._view.pile.chosen(), number)
            self.changed.emit()

    def _count(self) -> None:
        pile, group, asked = self._papers.pile, self._view.pile.group(), typed(self._view.count)
        if pile is None or group is None:
            return
        if asked.isdecimal() and asked.isascii() and len(asked) <= _DIGITS and int(asked):
            pile.counted[group.key] = int(asked)
        else:
            pile.counted.pop(group.key, None)
        self.counted.emit()
