"""The dossiers of one citizen's visit as a short list: each with its code and how its paper stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from counter_app.desk.theme import styled, text

HELD, ON_ITS_WAY, SENT, NOT_OUT = "held", "on its way", "sent", "not out"
_MOST: Final = 6  # lines; a visit is seldom longer, and then the last ones are what matters


@dataclass(frozen=True)
class Served:
    """A dossier of the visit that is on the disk."""

    dossier: bytes
    code: str
    procedure: str
    paper: str

    def with_paper(self, paper: str) -> Served:
        return replace(self, paper=paper)


class VisitList(QWidget):
    """Hidden while the visit has only one dossier, of which all is said elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self._head = text("", "second")
        self._grid.addWidget(self._head, 0, 0, 1, 3)
        self._visit: Sequence[Served] = ()
        self._room = _MOST
        self._lines: list[tuple[QLabel, QLabel, QLabel]] = []
        for row in range(1, _MOST + 1):
            line = (text("", "strong"), text("", wrap=True), text(""))
            for column, label in enumerate(line):
                self._grid.addWidget(label, row, column)
            self._lines.append(line)
        self.hide()

    @property
    def is_cramped(self) -> bool:
        return self._room < _MOST

    def set_room(self, lines: int | None) -> None:
        """So many lines at most; None for as many as it ever shows."""
        room = _MOST if lines is None else lines
        if room != self._room:
            self._room = room
            self.show_visit(self._visit)

    def show_visit(self, visit: Sequence[Served]) -> None:
        self._visit = visit
        papers = {
            HELD: (self.tr("chờ in cùng"), "soon"),
            ON_ITS_WAY: (self.tr("đang in"), ""),
            SENT: (self.tr("đã gửi in"), "in_time"),
            NOT_OUT: (self.tr("chưa in được"), "late"),
        }
        self._head.setText(self.tr("Lượt này: {} hồ sơ").format(len(visit)))
        shown = [*visit[-self._room :], *[None] * _MOST][:_MOST]
        for line, served in zip(self._lines, shown, strict=True):
            for label in line:
                label.setVisible(served is not None)
            if served is not None:
                words, state = papers[served.paper]
                for label, said in zip(line, (served.code, served.procedure, words), strict=True):
                    label.setText(said)
                styled(line[2], state=state)
        self.setVisible(len(visit) > 1)
