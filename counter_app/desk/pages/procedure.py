"""Band 2 of the intake: the procedure, by its code or by the first letters of its words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QWidget

from counter_app.desk.pages.band import Band
from counter_app.desk.parts import typed
from counter_app.desk.theme import text
from counter_app.domain.errors import NotFound
from counter_app.domain.procedures import Procedure, by_code, match
from counter_app.words.language import capital
from counter_app.words.reasoning import catalogue_limit

SHOWN = 6
_WITH_LIMIT = 620  # pixels of the band


class ProcedureBand(Band):
    """The list under the field follows the letters; nothing typed shows the errands of most days."""

    def __init__(self, number: int = 2) -> None:
        super().__init__(number, self.tr("Thủ tục"))
        self.procedure: Procedure | None = None
        self._renewed = ""
        self._known: tuple[str, tuple[QWidget, ...]] = ("", ())
        self._catalogue: Sequence[Procedure] = ()
        self.query = QLineEdit()
        self.query.setAccessibleName(self.tr("Thủ tục"))
        self.query.setPlaceholderText(self.tr("Chữ đầu (ks = khai sinh), vài chữ của tên, hoặc mã 1.001193"))
        self.found = QTreeWidget()
        self.found.setAccessibleName(self.tr("Thủ tục tìm thấy"))
        self.found.setColumnCount(3)
        self.found.setHeaderHidden(True)
        self.found.setRootIsDecorated(False)
        self.found.setUniformRowHeights(True)
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.found.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.found.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.found.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(1, 92)
        header.resizeSection(2, 168)
        self.nothing = text(self.tr("Không có thủ tục nào như vậy. Thử chữ đầu của tên, hoặc mã."), "second")
        self.content.addWidget(self.query)
        self.content.addWidget(self.found)
        self.content.addWidget(self.nothing)
        self.query.textChanged.connect(self._on_typed)
        self.found.itemClicked.connect(self._on_clicked)
        self._on_typed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The limit goes before the names are cut; the closed band tells it."""
        super().resizeEvent(event)
        self.found.setColumnHidden(2, self.width() < _WITH_LIMIT)

    def offer(self, catalogue: Sequence[Procedure]) -> None:
        """The procedures in force; a chosen one stays pinned to its version."""
        self._catalogue = catalogue
        self._on_typed()

    def choose(self, procedure: Procedure | None) -> None:
        self.procedure = procedure
        self.changed.emit()

    def clear(self) -> None:
        self.query.clear()
        self._renewed, self._known = "", ("", ())
        self._warn()
        self.choose(None)

    def say_known(self, words: str, *ways: QWidget) -> None:
        """What the person has here of this procedure already, with the way to it."""
        self._known = words, ways
        self._warn()

    def say_renewed(self, words: str) -> None:
        """That another version is in force now than the one that was chosen."""
        self._renewed = words
        self._warn()

    def _warn(self) -> None:
        words, ways = self._known
        self.notice.say("\n".join(filter(None, (self._renewed, words))), "soon", *ways)

    def take_current(self) -> bool:
        """Chooses the marked line; False where none is."""
        current = self.found.currentItem()
        if current is None:
            return False
        self._renewed = ""
        self._warn()
        self.choose(current.data(0, Qt.ItemDataRole.UserRole))
        return True

    def is_done(self) -> bool:
        return self.procedure is not None

    def summary(self) -> tuple[str, list[str]]:
        chosen = self.procedure
        if chosen is None:
            return "", []
        limit = capital(catalogue_limit(chosen.limit)) or self.tr("Chưa có thời hạn: ghi ngày hẹn ở mục 4")
        facts = [chosen.field, self.tr("Mã {}").format(chosen.code), limit]
        if chosen.limit and chosen.limit.verification:
            longer = catalogue_limit(chosen.limit, verification=True)
            facts.append(self.tr("Xác minh: đến {}").format(longer))
        return chosen.name, [fact for fact in facts if fact]

    def steps(self) -> list[QWidget]:
        return [self.query]

    def skips(self, step: QWidget) -> bool:
        return False

    def step_of(self, field: str) -> QWidget | None:
        return self.query if field == "procedure" else None

    def advance(self) -> bool:
        """Enter takes the marked line, and the band is at its end; without one it stays."""
        return not self.take_current()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down, which a text field leaves alone, move the mark in the list."""
        way = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        count = self.found.topLevelItemCount()
        if way is None or not count:
            super().keyPressEvent(event)
            return
        current = self.found.currentItem()
        row = self.found.indexOfTopLevelItem(current) + way if current else 0
        self._point_at(min(max(row, 0), count - 1))

    def _on_typed(self) -> None:
        query = typed(self.query)
        found = match(query, self._catalogue, limit=SHOWN)
        try:
            exact = by_code(query, self._catalogue)
        except NotFound:
            exact = None
        if exact is not None and exact not in found:
            found = [exact, *found][:SHOWN]  # hidden procedures are offered by their whole code only
        self.found.clear()
        for one in found:
            item = QTreeWidgetItem([one.name, one.code, catalogue_limit(one.limit).partition(";")[0]])
            item.setData(0, Qt.ItemDataRole.UserRole, one)
            item.setToolTip(0, one.name)
            self.found.addTopLevelItem(item)
        if found:
            self._point_at(0)
        self.found.ensurePolished()  # rows are as high as the style sheet makes them
        self.found.setFixedHeight(max(0, self.found.sizeHintForRow(0)) * len(found) + 4)
        self.found.setVisible(bool(found))
        self.nothing.setVisible(not found and bool(query))

    def _point_at(self, row: int) -> None:
        item = self.found.topLevelItem(row)
        if item is not None:
            self.found.setCurrentItem(item)
            self.query.setAccessibleDescription(item.text(0))

    def _on_clicked(self, item: QTreeWidgetItem) -> None:
        self.found.setCurrentItem(item)
        self.take_current()
        self.ended.emit()
