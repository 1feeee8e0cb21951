"""Walks a widget as a screen reader does, and a window as Tab does."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QWidget

from counter_app.desk.window import Window
from tests.desk.hands import press

_MOST = 120  # presses of Tab before it is said that the focus never comes round


def faults_of(window: Window) -> list[str]:
    """Names, roles, and whether Tab comes by each stop once, round and back the same road."""
    found = [interface for interface in _walk(window) if _takes_focus(interface)]
    told = [] if found else ["nothing takes the focus"]
    told += [f"nameless {_class(one)}" for one in found if not one.text(QAccessible.Text.Name).strip()]
    told += [
        f"no role {_class(one)}"
        for one in found
        if one.role() in (QAccessible.Role.NoRole, QAccessible.Role.Client)
    ]
    before = QApplication.focusWidget()
    there = _round(window, Qt.Key.Key_Tab)
    back = _round(window, Qt.Key.Key_Backtab)
    if len(set(there)) != len(there):
        told.append("Tab comes by one twice")
    page = window.pages.currentWidget()
    stops = _tab_stops(page) if page is not None else []
    passed = [one for one in stops if one not in there and not _in_group_of(one, there)]
    if passed:
        told.append(f"passed by: {_names(passed)}")
    if there[1:] != back[:0:-1]:
        told.append(f"back is another road: {_names(there)} / {_names(back[::-1])}")
    if before is not None and before.isVisible():
        before.setFocus()
    return told


def _round(window: Window, key: Qt.Key) -> list[QWidget]:
    first = QApplication.focusWidget()
    if first is None or not first.focusPolicy() & Qt.FocusPolicy.TabFocus:
        window.focusNextChild()  # a door that has the focus itself is no stop of Tab
        first = QApplication.focusWidget()
    assert first is not None
    seen = [first]
    for _ in range(_MOST):
        if key is Qt.Key.Key_Backtab:
            press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        else:
            press(key)
        here = QApplication.focusWidget()
        assert here is not None
        if here is first:
            return seen
        seen.append(here)
    return [*seen, seen[-1]]  # it never comes round


def _names(widgets: list[QWidget]) -> str:
    return ", ".join(f"{type(one).__name__} {one.accessibleName()!r}" for one in widgets)


def _walk(widget: QWidget) -> Iterator[QAccessibleInterface]:
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


class Flashes(QObject):
    """Windows that came up by themselves while this watched: a widget shown before it had a parent."""

    def __init__(self, app: QObject) -> None:
        super().__init__()
        self.seen: list[str] = []
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False
