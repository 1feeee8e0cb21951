"""Help comes in front of a page, and the same key leads back to it and to the field that had the focus."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from shiboken6 import isValid

from counter_app.desk.contents import HELP, SEAT, Helps
from counter_app.desk.page import Page
from counter_app.desk.rail import Rail


class Helping:
    """Of one window; `made` are the pages that there are, by their names."""

    def __init__(self, pages: QStackedWidget, rail: Rail, made: Mapping[str, Page]) -> None:
        self._pages, self._rail, self._made = pages, rail, made
        self._before: tuple[QWidget | None, QWidget | None] = None, None

    def turn_to(self, page: Page) -> None:
        """To help about what stands in front; where that is help itself, back."""
        front = self._pages.currentWidget()
        if front is None or front is page:
            self.leave()
            return
        self._before = front, QApplication.focusWidget()
        cast(Helps, page).show_for(self._name_of(front, SEAT))
        page.setEnabled(True)
        self._pages.setCurrentWidget(page)
        self._rail.mark(HELP)
        page.entered()

    def leave(self) -> None:
        front, focus = self._before
        self._before = None, None
        if front is None:
            return
        self._pages.setCurrentWidget(front)
        self._rail.mark(self._name_of(front, ""))
        if isinstance(front, Page):
            front.entered()
        if focus is not None and isValid(focus) and focus.isVisible():
            focus.setFocus()

    def _name_of(self, page: QWidget, otherwise: str) -> str:
        return next((name for name, one in self._made.items() if one is page), otherwise)
