"""Tra cứu (F3): type, and the dossiers that match stand there; one opens beside the list, which stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from counter_app.desk.following import FollowingArea
from counter_app.desk.page import Desk, Page
from counter_app.desk.parts import KeyButton, keys, rule, typed
from counter_app.desk.theme import text
from counter_app.desk.title_row import TitleRow
from counter_app.desk.widgets.beside import StoryBeside
from counter_app.desk.widgets.dossier_rows import DossierList, DossierRow, dossier_rows
from counter_app.services import lookup
from counter_app.services.lookup import MANY, Line, Scan
from counter_app.services.office import Office

PAUSE_MS: Final = 40  # between two keys: a fast hand asks once


@dataclass(frozen=True)
class Found:
    """What was looked for, and what came of it."""

    asked: str
    rows: list[DossierRow]
    forged: bool = False


class FindPage(Page):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.box = QLineEdit()
        self.box.setAccessibleName(self.tr("Tìm hồ sơ"))
        self.box.setPlaceholderText(self.tr("Tên, 3 số cuối căn cước hay điện thoại, mã hồ sơ"))
        self.box.setClearButtonEnabled(False)
        self.posting = KeyButton(self.tr("Niêm yết"), "Shift+F2", "link")
        self.posting.clicked.connect(lambda: self.page_asked.emit("posting"))
        self.list = DossierList(self.tr("Các hồ sơ tìm thấy"))
        self._heading, self._count = text("", "strong"), text("", "small")
        self._empty_title, self._empty_words = text("", "name", wrap=True), text("", "second", wrap=True)
        self._shown: str | None = None  # what the list was looked up for
        self._opens_only = False  # Enter was pressed on what is typed: the only match opens
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self._beside = StoryBeside(
            desk, self.list, self._list_side(), keys_in=self, means=self._shows_what_is_typed
        )
        self.view = self._beside.view
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._beside)
        self.box.textEdited.connect(lambda _: self._pause.start())
        self.box.returnPressed.connect(self._on_return)
        self.view.told.connect(self.told)
        self.view.digitise.connect(self.digitise)
        self.view.changed.connect(lambda _: self._look())

    @property
    def title(self) -> str:
        return self.tr("Tra cứu")

    def entered(self) -> None:
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.box.selectAll()
        self._look()
        self.view.refresh()

    def search(self, words: str) -> None:
        """Looks for what was typed or scanned elsewhere."""
        self.box.setText(words)
        self._beside.close_story()
        self._look()

    def says(self) -> str:
        """What stands over the list, and in its place where it is empty; "" until something was read."""
        words = [self._heading.text(), self._count.text()]
        if self._middle.currentIndex() == 1:
            words += [self._empty_title.text(), self._empty_words.text()]
        return "\n".join(filter(None, words))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.box.hasFocus():
            self._beside.to_list()
            if self._beside.opened is not None and key == Qt.Key.Key_Down:
                self.list.go_to(self.list.currentIndex().row() + 1)
        elif event.text().strip() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)
            self.box.setText(event.text())
            self._pause.start()
        else:
            super().keyPressEvent(event)

    def _look(self) -> None:
        self._pause.stop()
        office, asked, now = self.desk.office, typed(self.box), self.desk.now()

        def work() -> Found:
            lines, forged = find_lines(office, asked)
            return Found(asked, dossier_rows(lines, now, office.calendar()), forged)

        self.desk.tasks.run("read", work, self._show, latest="find")

    def _shows_what_is_typed(self) -> bool:
        return self.box.hasFocus() and self._shown == typed(self.box)

    def _show(self, found: Found) -> None:
        self._shown = found.asked
        self.list.show_dossiers(found.rows, self._beside.opened or self.list.here())
        n = len(found.rows)
        self._heading.setText(
            self.tr("Khớp với “{asked}”").format(asked=found.asked) if found.asked else self.tr("Mới nhận")
        )
        some = self.tr("{n} hồ sơ mới nhất") if n == MANY else self.tr("{n} hồ sơ")
        self._count.setText(some.format(n=n) if n else "")
        self._say_empty(found)
        self._middle.setCurrentIndex(0 if found.rows else 1)
        if self._opens_only and found.asked == typed(self.box):
            self._opens_only = False
            if n == 1:
                self._beside.open(found.rows[0].line.dossier)

    def _say_empty(self, found: Found) -> None:
        if found.forged:
            title = self.tr("Mã trên giấy này không đúng chữ ký")
            words = self.tr("Giấy có thể đã bị sửa, hoặc quét chưa trọn. Hãy quét lại, hay gõ mã hồ sơ.")
        elif found.asked:
            title = self.tr("Không thấy hồ sơ nào khớp “{asked}”").format(asked=found.asked)
            words = self.tr(
                "Hãy thử:\n"
                "·  tên không dấu, chỉ vài chữ: nguyen an\n"
                "·  3 số cuối của căn cước hoặc điện thoại: 123\n"
                "·  số cuối của mã hồ sơ trên giấy hẹn: 1001\n"
                "Hồ sơ nhận ở máy khác chỉ thấy được sau khi hai máy đã trao đổi."
            )
        else:
            title = self.tr("Chưa có hồ sơ nào trên máy này")
            words = self.tr("Bấm F2 rồi quét thẻ căn cước để tiếp nhận hồ sơ đầu tiên.")
        self._empty_title.setText(title)
        self._empty_words.setText(words)

    def _on_return(self) -> None:
        self._opens_only = bool(typed(self.box))
        self._look()
        if self.list.row() is not None:
            self._beside.to_list()

    def give_way(self, tight: bool) -> None:
        self._empty_column.setContentsMargins(*((16, 12, 16, 12) if tight else (48, 48, 48, 48)))

    def _list_side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(24, 0, 24, 6)
        column.setSpacing(12)
        top = TitleRow(self.title)
        top.add_stretch()
        top.add(self.posting)
        top.add(keys(("↑ ↓", self.tr("chọn")), ("Enter", self.tr("mở"))))
        column.addWidget(top)
        column.addWidget(self.box)
        sheet = QFrame()
        sheet.setProperty("kind", "sheet")
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        heading = QHBoxLayout()
        heading.setContentsMargins(16, 6, 16, 6)
        heading.addWidget(self._heading, 1)
        heading.addWidget(self._count)
        inside.addLayout(heading)
        inside.addWidget(rule())
        holder = QWidget()
        self._middle = QStackedLayout(holder)
        self._middle.addWidget(self.list)
        self._middle.addWidget(self._empty())
        inside.addWidget(holder, 1)
        column.addWidget(sheet, 1)
        return side

    def _empty(self) -> QWidget:
        empty = QWidget()
        column = self._empty_column = QVBoxLayout(empty)
        column.setContentsMargins(48, 48, 48, 48)
        column.setSpacing(8)
        column.addWidget(self._empty_title)
        column.addWidget(self._empty_words)
        column.addStretch(1)
        return FollowingArea(empty)


def find_lines(office: Office, asked: str) -> tuple[list[Line], bool]:
    """The lines of what was typed or scanned, newest first, and whether it was a forged receipt."""
    if not asked:
        return lookup.newest(office), False
    meaning: Scan = lookup.scan(office, asked)
    if meaning.kind == "receipt":
        forged = meaning.signature == "forged"
        return ([] if forged else list(meaning.lines)), forged
    if meaning.card is not None:
        return lookup.find(office, meaning.card.id_number), False
    return list(meaning.lines) or lookup.find(office, asked), False
