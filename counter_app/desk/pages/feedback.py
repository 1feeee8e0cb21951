"""Phản ánh (Shift+F7): petitions and what they wait for, survey slips typed in, and what a period says."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QVBoxLayout, QWidget

from counter_app.desk.lines import Lines
from counter_app.desk.page import Desk, Page
from counter_app.desk.pages.feedback_figures import FiguresPart
from counter_app.desk.pages.petition_acts import ACTS, NEXT, allowed
from counter_app.desk.pages.petition_part import PetitionPart
from counter_app.desk.pages.slips_part import SlipsPart
from counter_app.desk.parts import KeyButton, keeps_escape
from counter_app.desk.title_row import TitleRow


class Look(Enum):
    PETITIONS = "petitions"
    SLIPS = "slips"
    FIGURES = "figures"


class FeedbackPage(Page):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.look = Look.PETITIONS
        self.petitions, self.slips, self.figures = PetitionPart(desk), SlipsPart(desk), FiguresPart(desk)
        self.tabs = {
            Look.PETITIONS: KeyButton(self.tr("Phản ánh, kiến nghị"), "Alt+1", "tab"),
            Look.SLIPS: KeyButton(self.tr("Phiếu khảo sát"), "Alt+2", "tab"),
            Look.FIGURES: KeyButton(self.tr("Số liệu"), "Alt+3", "tab"),
        }
        self._parts = QStackedWidget()
        for part in (self.petitions, self.slips, self.figures):
            part.told.connect(self.told)
            self._parts.addWidget(part)
        self._lay_out()
        form = self.petitions.form
        self.bind(
            [
                *((f"Alt+{n}", lambda look=look: self.choose(look)) for n, look in enumerate(Look, start=1)),
                ("F9", self._on_write),
                ("Ctrl+P", lambda: self.slips.print(sheet=False) if self._is(Look.SLIPS) else self._print()),
                ("Ctrl+Shift+P", lambda: self.slips.print(sheet=True) if self._is(Look.SLIPS) else None),
                ("Ctrl+Z", lambda: self.slips.take_back() if self._is(Look.SLIPS) else None),
                ("Ctrl+N", lambda: self.petitions.begin() if self._is(Look.PETITIONS) else None),
                *((f"Ctrl+{n}", lambda place=n - 1: form.keep(place)) for n in (1, 2)),
                (NEXT, self._on_next),
                ("Ctrl+Enter", self._on_next),
                *((act.key, lambda act=act: self._begin(act.name)) for act in ACTS if act.key != NEXT),
            ]
        )

    @property
    def title(self) -> str:
        return self.tr("Phản ánh")

    def entered(self) -> None:
        self.choose(self.look)

    def choose(self, look: Look) -> None:
        """Turns to another tab."""
        self.look = look
        for one, tab in self.tabs.items():
            tab.setChecked(one is look)
        parts: dict[Look, PetitionPart | SlipsPart | FiguresPart] = {
            Look.PETITIONS: self.petitions,
            Look.SLIPS: self.slips,
            Look.FIGURES: self.figures,
        }
        part = parts[look]
        self._parts.setCurrentWidget(part)
        part.entered()

    def closing(self) -> None:
        for drafting in (self.petitions.drafting, self.petitions.acts.drafting, self.slips.drafting):
            drafting.close()

    def event(self, event: QEvent) -> bool:
        over = self._is(Look.PETITIONS) and self.petitions.is_over() if hasattr(self, "petitions") else False
        return keeps_escape(event, lambda: over) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._is(Look.PETITIONS) and self.petitions.is_over():
            self.petitions.back()
        else:
            super().keyPressEvent(event)

    def _is(self, look: Look) -> bool:
        return self.look is look

    def _on_write(self) -> None:
        if self._is(Look.SLIPS):
            self.slips.commit()
        elif self._is(Look.PETITIONS):
            self.petitions.form.commit()

    def _print(self) -> None:
        if self._is(Look.PETITIONS):
            self.petitions.print()

    def _on_next(self) -> None:
        able = allowed(self.petitions.form.petition)
        nearest = next((act.name for act in able if act.key == NEXT), "")
        if nearest:
            self._begin(nearest)

    def _begin(self, name: str) -> None:
        if self._is(Look.PETITIONS) and not self.petitions.form.doing:
            self.petitions.begin_act(name)

    def _lay_out(self) -> None:
        group = QButtonGroup(self)
        tabs = Lines(spacing=8)
        for look, tab in self.tabs.items():
            tab.setCheckable(True)
            tab.clicked.connect(lambda _=False, one=look: self.choose(one))
            group.addButton(tab)
            tabs.add(tab)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 0, 24, 8)
        outer.setSpacing(12)
        outer.addWidget(TitleRow(self.title))
        outer.addLayout(tabs)
        outer.addWidget(self._parts, 1)
