"""Walks a widget as a screen reader does."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget


def nameless(page: QWidget) -> list[str]:
    """The classes of visible widgets that take the focus and have no accessible name."""
    found = []
    for widget in [page, *page.findChildren(QWidget)]:
        if not widget.isVisibleTo(page) or widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        if widget.objectName().startswith("qt_"):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is None or not interface.text(QAccessible.Text.Name).strip():
            found.append(type(widget).__name__)
    return found
