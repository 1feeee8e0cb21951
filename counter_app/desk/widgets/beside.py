"""A list, and beside it the story of the dossier that was opened; the list does not move."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_app.desk.page import Desk
from counter_app.desk.parts import keeps_escape, rule
from counter_app.desk.widgets.board_rows import BoardList
from counter_app.desk.widgets.dossier_rows import DossierList
from counter_app.desk.widgets.story_act import StoryAct
from counter_app.desk.widgets.story_view import StoryView
from counter_app.desk.widgets.waiting_rows import WaitingList

List = DossierList | BoardList | WaitingList

STORY_WIDTH: Final = 464
NARROW: Final = 1020  # under this width the story takes the list's place, and Esc returns


class StoryBeside(QWidget):
    """`opened` is the dossier whose story stands there, or None."""

    def __init__(
        self,
        desk: Desk,
        rows: List,
        side: QWidget,
        keys_in: QWidget,
        means: Callable[[], bool] = lambda: False,
    ) -> None:
        """`rows` is the list, which stands in `side`; `means` says whether an act's key means its row though
        the focus is elsewhere."""
        super().__init__()
        self.opened: bytes | None = None
        self._rows, self._means = rows, means
        self.view = StoryView(desk, keys_in=keys_in, here=self.here)
        rows.opened.connect(self._on_opened)
        self.view.asked_of.connect(self.act_on)
        self.view.given_back.connect(self.back_to_list)
        self.view.other.connect(self.open)
        self._left, self._right = side, self._story_side()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left, 1)
        row.addWidget(self._right)

    def here(self) -> bytes | None:
        """The dossier that an act's key means: that of the row here, while the list has the focus."""
        means = self._rows.hasFocus() or (self.opened is None and self._means())
        return self._rows.here() if means else None

    def to_list(self) -> None:
        self._rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def open(self, dossier: bytes) -> None:
        self.opened = dossier
        self.view.open(dossier)
        self._arrange()
        if self._is_alone():
            self.view.take_focus()

    def act_on(
        self, dossier: bytes, sharing: Sequence[StoryAct], given: Mapping[str, str] | None = None
    ) -> None:
        """Opens the fields of an act beside the list, which has the focus back when it is done or left."""
        self.opened = dossier
        self._arrange()
        self.view.ask_of(dossier, sharing, given)

    def back_to_list(self) -> None:
        """What was done with the dossier is done; a story that stands beside the list stays there."""
        if self._is_alone():
            self.close_story()
        self.to_list()

    def _on_opened(self, _: object) -> None:
        if (dossier := self._rows.here()) is not None:
            self.open(dossier)

    def close_story(self) -> None:
        self.opened = None
        self.view.clear()
        self._arrange()

    def event(self, event: QEvent) -> bool:
        return keeps_escape(event, self._is_alone) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._is_alone():
            self.close_story()
            self.to_list()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _is_narrow(self) -> bool:
        return self.width() < NARROW

    def _is_alone(self) -> bool:
        return self._is_narrow() and self.opened is not None

    def _arrange(self) -> None:
        alone = self._is_alone()
        self._left.setVisible(not alone)
        self._right.setVisible(alone or not self._is_narrow())
        if alone:
            self._right.setMinimumWidth(0)
            self._right.setMaximumWidth(self.maximumWidth())
        else:
            self._right.setFixedWidth(STORY_WIDTH)

    def _story_side(self) -> QWidget:
        side = QWidget()
        side.setProperty("kind", "surface")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.setFixedWidth(STORY_WIDTH)
        row = QHBoxLayout(side)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        edge = rule()
        edge.setStyleSheet("max-height: 16777215px; max-width: 1px; min-width: 1px;")
        row.addWidget(edge)
        row.addWidget(self.view, 1)
        return side
