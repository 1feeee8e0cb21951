"""Finds words that do not fit: cut at their label's edge, or standing outside of what shows."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)

from counter_app.desk.parts import Elided

_SLACK = 1  # pixels that a rounded font metric may be off
_WORDS = QLabel | QAbstractButton | QLineEdit | QComboBox


def cut_off(window: QWidget) -> list[str]:
    """What a person at the screen cannot read whole, each with what is wrong."""
    found = []
    words = [one for one in _shown(window) if isinstance(one, _WORDS)]
    inside: dict[QWidget, bool] = {}
    for widget in words:
        if isinstance(widget, QLabel) and widget.text() and not isinstance(widget, Elided):
            found += _too_small(widget)
        if not _stands_inside(widget, window, inside):
            found += _outside(widget, window)
    return found + _overlapping(words, window) + _unseen_focus()


def _shown(widget: QWidget) -> Iterator[QWidget]:
    """All that stands in it; what is in a hidden page is not looked through."""
    for child in widget.children():
        if isinstance(child, QWidget) and not (child.isHidden() or child.isWindow()):
            if not child.objectName().startswith("qt_"):  # Qt's own, in which ours stand
                yield child
            yield from _shown(child)


def _unseen_focus() -> list[str]:
    """What the next key goes to, where it is not seen whole."""
    here = QApplication.focusWidget()
    kinds = QAbstractButton | QLineEdit | QComboBox
    if not isinstance(here, kinds) or here.visibleRegion().boundingRect() == here.rect():
        return []
    return [f"“{_name(here)}” has the focus and is not seen whole"]


def _too_small(label: QLabel) -> list[str]:
    needed = label.minimumSizeHint() if label.wordWrap() else label.sizeHint()
    height = label.heightForWidth(label.width()) if label.wordWrap() else needed.height()
    room = label.size()
    if room.width() + _SLACK < needed.width() or room.height() + _SLACK < height:
        return [f"“{label.text()}” has {room.width()}×{room.height()} of {needed.width()}×{height}"]
    return []


def _stands_inside(widget: QWidget, window: QWidget, known: dict[QWidget, bool]) -> bool:
    """Whether each container to the window, or to the next scroll area, holds all of the one in it: then
    `_outside` finds nothing, and need not be asked."""
    parent = widget.parentWidget()
    if widget is window or parent is None:
        return True
    if widget not in known:
        rect, area = widget.geometry(), parent.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is parent:
            known[widget] = rect.left() >= 0 and rect.right() <= parent.width()
        else:
            known[widget] = parent.rect().contains(rect) and _stands_inside(parent, window, known)
    return known[widget]


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


def _overlapping(words: list[QWidget], window: QWidget) -> list[str]:
    """Words and controls that lie over each other."""
    found = []
    parts: dict[QWidget, QRect] = {}
    shown = [(w, rect) for w in words if not (rect := _seen(w, window, parts)).isEmpty()]
    shown.sort(key=lambda one: one[1].top())
    for number, (one, rect) in enumerate(shown):
        for other, its in shown[number + 1 :]:
            if its.top() > rect.bottom():
                break  # and so are all that stand lower
            over = rect.intersected(its)
            if min(over.width(), over.height()) <= 2 * _SLACK:
                continue
            if not one.isAncestorOf(other) and not other.isAncestorOf(one):
                found.append(f"“{_name(one)}” lies over “{_name(other)}”")
    return found


def _seen(widget: QWidget, window: QWidget, known: dict[QWidget, QRect]) -> QRect:
    """The part of it that shows, in the window's pixels; `known` keeps those of what holds it."""
    rect = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    parent = widget.parentWidget()
    if parent is None or parent is window:
        return rect
    if parent not in known:
        known[parent] = _seen(parent, window, known)
    return rect.intersected(known[parent])


def _name(widget: QWidget) -> str:
    return widget.accessibleName() or getattr(widget, "text", lambda: "")() or type(widget).__name__
