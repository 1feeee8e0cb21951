"""Band 3 of the intake: the papers of the dossier, ticked as they are taken in hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from counter_app.desk.lines import Lines
from counter_app.desk.pages.band import Band
from counter_app.desk.parts import KeyButton, keys, rule, typed
from counter_app.desk.theme import styled, text
from counter_app.domain.errors import BadInput
from counter_app.domain.names import clean_name
from counter_app.domain.procedures import Component, PaperKind
from counter_app.words.language import capital
from counter_app.words.states import PAPER_KINDS

_NUMBER, _KIND, _COUNT, _TAKEN = 24, 132, 64, 116
_NAME: Final = 260  # a name that has less takes a line of its own
_IN_LINE: Final = _NUMBER + _NAME + _KIND + _COUNT + _TAKEN + 4 * 8 + 5


class _Tick(QCheckBox):
    """Tells when it is reached and left; Up and Down go from row to row."""

    reached, left = Signal(), Signal()
    moved = Signal(int)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.reached.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if way is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(way)


class ComponentRow(QFrame):
    """One paper: Space takes it in hand, Delete says that this dossier does not need it."""

    changed = Signal()

    def __init__(self, number: int, component: Component) -> None:
        super().__init__()
        self.setProperty("kind", "row")
        self.setMinimumHeight(40)
        self.number, self.component = number, component
        self.needed = component.required
        self._name = text(component.name, wrap=True)
        self.kind = QComboBox()
        self.kind.setProperty("kind", "cell")
        self.kind.setFixedWidth(_KIND)
        for kind in PaperKind:
            self.kind.addItem(capital(PAPER_KINDS.say(kind)), kind.value)
        self.kind.setCurrentIndex(self.kind.findData(component.kind.value))
        self.kind.setAccessibleName(self.tr("Loại của giấy {}").format(number))
        self.count = QSpinBox()
        self.count.setProperty("kind", "cell")
        self.count.setRange(1, 999)
        self.count.setValue(component.count)
        self.count.setFixedWidth(_COUNT)
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.count.setAccessibleName(self.tr("Số bản của giấy {}").format(number))
        self.tick = _Tick()
        self.tick.setProperty("kind", "cell")
        self.tick.setFixedWidth(_TAKEN)
        self.tick.setAccessibleName(f"{number}. {component.name}")
        row = Lines(self, spacing=8, between=0)
        row.setContentsMargins(5, 0, 0, 0)
        place = text(str(number), "second")
        place.setFixedWidth(_NUMBER)
        row.add(place)
        row.add(self._name, 1, _NAME)
        cells = QWidget()
        inside = QHBoxLayout(cells)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        for cell in (self.kind, self.count, self.tick):
            inside.addWidget(cell)
        row.add(cells)
        self.setTabOrder(self.tick, self.kind)
        self.setTabOrder(self.kind, self.count)
        self.tick.toggled.connect(self._on_ticked)
        self.tick.reached.connect(lambda: styled(self, here=True))
        self.tick.left.connect(lambda: styled(self, here=False))
        self.kind.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.count.valueChanged.connect(lambda _: self.changed.emit())
        self._say()

    @property
    def taken(self) -> bool:
        return self.tick.isChecked()

    @property
    def missing(self) -> bool:
        return self.needed and not self.taken

    def fields(self) -> dict[str, Any]:
        return {
            "name": self.component.name,
            "kind": str(self.kind.currentData()),
            "count": self.count.value(),
        }

    def restore(self, kept: Mapping[str, Any]) -> None:
        self.kind.setCurrentIndex(max(0, self.kind.findData(kept.get("kind"))))
        count = kept.get("count")
        self.count.setValue(count if isinstance(count, int) else 1)
        self.tick.setChecked(kept.get("taken") is True)
        self.needed = kept.get("needed") is True
        self._say()

    def waive(self) -> None:
        """This dossier does not need the paper, as the officer finds."""
        self.tick.setChecked(False)
        self.needed = False
        self._say()
        self.changed.emit()

    def _on_ticked(self, on: bool) -> None:
        if not on:
            self.needed = self.component.required
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        words = self.tr("Chưa có") if self.needed else self.tr("Không cần")
        self.tick.setText(self.tr("Đã nhận") if self.taken else words)
        styled(self._name, kind="body" if self.needed or self.taken else "second")


class ComponentsBand(Band):
    def __init__(self) -> None:
        super().__init__(3, self.tr("Thành phần hồ sơ"))
        self.rows: list[ComponentRow] = []
        self._tried = False
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._heads = QWidget()
        head = QHBoxLayout(self._heads)
        head.setContentsMargins(8, 0, 3, 0)
        head.setSpacing(8)
        columns = (
            (self.tr("TT"), _NUMBER),
            (self.tr("Tên giấy tờ"), 0),
            (self.tr("Loại"), _KIND),
            (self.tr("Số bản"), _COUNT),
            (self.tr("Đã nhận"), _TAKEN),
        )
        for words, width in columns:
            label = text(words, "small")
            if width:
                label.setFixedWidth(width)
            head.addWidget(label, 0 if width else 1)
        self.extra = QLineEdit()
        self.extra.setAccessibleName(self.tr("Thêm giấy tờ khác"))
        self.extra.setPlaceholderText(self.tr("Giấy tờ khác: gõ tên rồi Enter"))
        self.all = KeyButton(self.tr("Đã nhận đủ"), "Ctrl+D")
        self.all.clicked.connect(self.take_all)
        more = Lines()
        more.add(self.extra, 1, 200)
        more.add(self.all)
        self.content.setSpacing(4)
        self.content.addWidget(self._heads)
        self.content.addWidget(rule())
        self.content.addLayout(self._list)
        self.content.addLayout(more)
        self._ways = keys(
            (self.tr("Phím cách"), self.tr("đã cầm giấy")),
            (self.tr("Delete"), self.tr("hồ sơ này không cần giấy ấy")),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns have their heads as long as a paper stands in one line."""
        super().resizeEvent(event)
        self._heads.setVisible(self.body.width() >= _IN_LINE)

    def ask_for(self, components: tuple[Component, ...]) -> None:
        """A fresh list, nothing ticked."""
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        self._tried = False
        for component in components:
            self._add(component)
        self.extra.clear()
        self._warn()
        self.changed.emit()

    def take_all(self) -> None:
        """All papers that are always asked for are here."""
        for row in self.rows:
            if row.needed:
                row.tick.setChecked(True)
        self.ended.emit()

    def fields(self) -> list[dict[str, Any]]:
        return [row.fields() for row in self.rows if row.taken]

    def draft(self) -> list[dict[str, Any]]:
        """All rows as they stand, taken or not."""
        return [{**row.fields(), "taken": row.taken, "needed": row.needed} for row in self.rows]

    def restore(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Puts a draft's rows back over those that the procedure asks for."""
        for number, kept in enumerate(rows):
            name = str(kept.get("name", ""))
            if number >= len(self.rows) and name:
                self._add(Component(name, required=False))
            if number >= len(self.rows) or self.rows[number].component.name != name:
                continue
            self.rows[number].restore(kept)
        self.changed.emit()

    def missing(self) -> list[ComponentRow]:
        return [row for row in self.rows if row.missing]

    def insist(self) -> None:
        """From now on the band says what is missing; the first of it has the focus."""
        self._tried = True
        self._warn()
        if missing := self.missing():
            self.focus(missing[0].tick)
            self.pointed.emit(self.notice)

    def is_done(self) -> bool:
        return bool(self.rows) and not self.missing()

    def mark(self) -> tuple[str, str]:
        needed = [row for row in self.rows if row.needed]
        if not self.is_open and self.is_done():
            return super().mark()
        if not needed:
            return "", ""
        here = sum(row.taken for row in needed)
        return self.tr("{}/{} giấy bắt buộc").format(here, len(needed)), ""

    def summary(self) -> tuple[str, list[str]]:
        taken = [row for row in self.rows if row.taken]
        if not taken:
            return "", []
        names = [f"{row.number}. {row.component.name}" for row in taken]
        return self.tr("Đã nhận {} giấy").format(len(taken)), ["; ".join(names)]

    def steps(self) -> list[QWidget]:
        return [*(row.tick for row in self.rows), self.extra]

    def skips(self, step: QWidget) -> bool:
        return step is self.extra

    def advance(self) -> bool:
        if self.extra.hasFocus() and typed(self.extra):
            self._add_extra()
            return True
        if super().advance():
            return True
        if not self.missing():
            return False
        self.insist()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = next((row for row in self.rows if row.tick.hasFocus()), None)
        if row is not None and event.key() == Qt.Key.Key_Delete:
            row.waive()
        else:
            super().keyPressEvent(event)

    def _add_extra(self) -> None:
        try:
            name = clean_name(typed(self.extra))
        except BadInput:
            return
        row = self._add(Component(name, required=False))
        row.tick.setChecked(True)
        self.extra.clear()
        self.changed.emit()

    def _add(self, component: Component) -> ComponentRow:
        row = ComponentRow(len(self.rows) + 1, component)
        self._list.addWidget(row)
        if self.rows:
            self.setTabOrder(self.rows[-1].count, row.tick)
        self.setTabOrder(row.count, self.extra)
        self.rows.append(row)
        row.changed.connect(self._on_row_changed)
        row.tick.moved.connect(lambda way, row=row: self._on_moved(row, way))
        return row

    def _on_moved(self, row: ComponentRow, way: int) -> None:
        at = self.rows.index(row) + way
        if 0 <= at < len(self.rows):
            self.focus(self.rows[at].tick)

    def _on_row_changed(self) -> None:
        self._tried = self._tried or any(row.taken for row in self.rows)
        self._warn()
        self.changed.emit()

    def _warn(self) -> None:
        missing = self.missing() if self._tried else []
        numbers = ", ".join(str(row.number) for row in missing)
        words = self.tr("Thiếu giấy số {} (bắt buộc) – chưa hẹn trả được.").format(numbers)
        self.notice.say(words if missing else "", "soon", self._ways)
