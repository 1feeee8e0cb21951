"""Finds words that do not fit: cut at their label's edge, or standing outside of what shows."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QComboBox, QLabel, QLineEdit, QWidget

from counter_app.desk.parts import Elided

_SLACK = 1  # pixels that a rounded font metric may be off


def cut_off(window: QWidget) -> list[str]:
    """What a person at the screen cannot read whole, each with what is wrong."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisibleTo(window) or widget.objectName().startswith("qt_"):
            continue
        if isinstance(widget, QLabel) and widget.text() and not isinstance(widget, Elided):
            found += _too_small(widget)
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit | QComboBox):
            found += _outside(widget, window)
    return found + _overlapping(window)


def _too_small(label: QLabel) -> list[str]:
    needed = label.minimumSizeHint() if label.wordWrap() else label.sizeHint()
    height = label.heightForWidth(label.width()) if label.wordWrap() else needed.height()
    room = label.size()
    if room.width() + _SLACK < needed.width() or room.height() + _SLACK < height:
        return [f"“{label.text()}” has {room.width()}×{room.height()} of {needed.width()}×{height}"]
    return []


def _outside(widget: QWidget, window: QWidget) -> list[str]:
    """Beyond an ancestor's edge; what a scroll area can bring in is there."""
    rect = QRect(QPoint(0, 0), widget.size())
    here: QWidget | None = widget
    while here is not None and here is not window:
        parent = here.parentWidget()
        if parent is None:
            return []
        rect.translate(here.pos())
        if isinstance(parent.parentWidget(), QAbstractScrollArea):
            area = parent.parentWidget()
            assert isinstance(area, QAbstractScrollArea)
            if area.viewport() is parent:
                sideways = area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
                if not sideways or (rect.left() >= -_SLACK and rect.right() <= parent.width() + _SLACK):
                    return []
        if not parent.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(rect):
            return [f"“{_name(widget)}” ({type(widget).__name__}) stands outside of {type(parent).__name__}"]
        here = parent
    return []


def _overlapping(window: QWidget) -> list[str]:
    """Words and controls that lie over each other."""
    found = []
    kinds = QLabel | QAbstractButton | QLineEdit | QComboBox
    shown = [(w, _seen(w, window)) for w in window.findChildren(QWidget) if isinstance(w, kinds)]
    shown = [(w, rect) for w, rect in shown if w.isVisibleTo(window) and not rect.isEmpty()]
    for number, (one, rect) in enumerate(shown):
        for other, its in shown[number + 1 :]:
            over = rect.intersected(its)
            if min(over.width(), over.height()) <= 2 * _SLACK:
                continue
            if not one.isAncestorOf(other) and not other.isAncestorOf(one):
                found.append(f"“{_name(one)}” lies over “{_name(other)}”")
    return found


def _seen(widget: QWidget, window: QWidget) -> QRect:
    """The part of it that shows, in the window's pixels."""
    rect = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    here = widget.parentWidget()
    while here is not None and here is not window:
        rect = rect.intersected(QRect(here.mapTo(window, QPoint(0, 0)), here.size()))
        here = here.parentWidget()
    return rect


def _name(widget: QWidget) -> str:
    return widget.accessibleName() or getattr(widget, "text", lambda: "")() or type(widget).__name__
