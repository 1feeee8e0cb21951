"""Every page as a screen reader walks it: each control has its name and role, and Tab comes by."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from counter_app.desk.contents import PAGES
from counter_app.desk.window import Window
from tests.desk.hands import press

_MOST = 400  # presses of Tab before it is said that the focus never comes round


@pytest.mark.parametrize("name", PAGES)
def test_every_control_has_a_name_and_a_role(window: Window, qtbot: QtBot, name: str) -> None:
    window.go(name)
    qtbot.wait(150)

    found = [interface for interface in walk(window) if _takes_focus(interface)]

    assert len(found) > 5
    nameless = [_class(one) for one in found if not one.text(QAccessible.Text.Name).strip()]
    without_role = [
        _class(one) for one in found if one.role() in (QAccessible.Role.NoRole, QAccessible.Role.Client)
    ]
    assert (nameless, without_role) == ([], [])


@pytest.mark.parametrize("name", PAGES)
def test_tab_comes_by_every_control_once(window: Window, qtbot: QtBot, name: str) -> None:
    page = window.go(name)
    qtbot.wait(150)
    first = window.scan_box
    first.setFocus()

    seen: list[QWidget] = [first]
    for _ in range(_MOST):
        press(Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        assert here is not None
        if here is first:
            break
        seen.append(here)

    assert QApplication.focusWidget() is first, "Tab does not come round"
    assert len(set(seen)) == len(seen)
    passed_by = [w for w in _tab_stops(page) if w not in seen and not _in_group_of(w, seen)]
    assert [type(w).__name__ for w in passed_by] == []


def walk(widget: QWidget) -> Iterator[QAccessibleInterface]:
    """All interfaces below a widget, depth first."""
    top = QAccessible.queryAccessibleInterface(widget)
    assert top is not None
    waiting = [top]
    while waiting:
        one = waiting.pop()
        yield one
        if one.role() in (QAccessible.Role.Table, QAccessible.Role.List, QAccessible.Role.Tree):
            continue  # its rows are read one by one as the cursor goes
        waiting += [child for n in range(one.childCount()) if (child := one.child(n)) is not None]


def _takes_focus(interface: QAccessibleInterface) -> bool:
    state = interface.state()
    thing = interface.object()
    if state.invisible or state.disabled or not isinstance(thing, QWidget):
        return False
    return thing.isVisible() and thing.focusPolicy() != Qt.FocusPolicy.NoFocus


def _class(interface: QAccessibleInterface) -> str:
    thing = interface.object()
    return f"{type(thing).__name__} in {type(thing.parent()).__name__}" if thing else "?"


def _tab_stops(page: QWidget) -> list[QWidget]:
    return [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not widget.objectName().startswith("qt_")
    ]


def _in_group_of(widget: QWidget, seen: list[QWidget]) -> bool:
    """Radio buttons of one group are one stop: the arrows go among them."""
    group = getattr(widget, "group", lambda: None)()
    if group is None and getattr(widget, "autoExclusive", lambda: False)():
        return any(type(one) is type(widget) and one.parent() is widget.parent() for one in seen)
    return group is not None and any(button in seen for button in group.buttons())
