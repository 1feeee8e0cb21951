"""One dossier's story as a page of its own: where a scan or another page leads."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_app.desk.page import Desk, Page
from counter_app.desk.widgets.story_view import StoryView
from counter_app.services.lookup import Scan

WIDEST = 760  # a longer line of text is hard to read


class StoryPage(Page):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.view = StoryView(desk, keys_in=self)
        self.view.setMaximumWidth(WIDEST)
        self.view.told.connect(self.told)
        self.view.other.connect(self.open)
        self.view.digitise.connect(self.digitise)
        sheet = QWidget()
        sheet.setProperty("kind", "surface")
        sheet.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QHBoxLayout(sheet)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.view)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(sheet)

    @property
    def title(self) -> str:
        return self.tr("Hồ sơ")

    def open(self, dossier: bytes, receipt: Scan | None = None) -> None:
        """Shows the dossier's story; what the `receipt` says, where nothing else is here."""
        self.view.open(dossier, receipt)

    def entered(self) -> None:
        self.view.take_focus()
        self.view.refresh()
