"""Niêm yết (Shift+F2): all procedures, searched without tones; the twelve parts of one as they are posted."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLineEdit, QTextBrowser, QVBoxLayout, QWidget

from counter_app.desk.lines import Lines
from counter_app.desk.page import Desk, Page
from counter_app.desk.parts import KeyButton, Notice, typed
from counter_app.desk.theme import text
from counter_app.desk.title_row import TitleRow
from counter_app.desk.widgets.posted_rows import PostedList, PostedRow, posted_row
from counter_app.domain.errors import CounterError
from counter_app.domain.inner_steps import exceed
from counter_app.domain.procedures import Procedure, match
from counter_app.services import disclosing, opening
from counter_app.services.disclosing import PostOrder
from counter_app.system import files
from counter_app.words.disclosure import list_facts, parts_shown
from counter_app.words.disclosure_board import board_html
from counter_app.words.errors import sentence
from counter_app.words.hands import overs_words

if TYPE_CHECKING:
    from counter_app.desk.prints import Sent

PRINT, PRINT_ALL, EXPORT, BEGIN = "Ctrl+P", "Ctrl+Shift+P", "Ctrl+Shift+E", "Ctrl+Enter"
_PAGING: Final = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}


class PostingPage(Page):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.order: PostOrder | None = None
        self._rows: dict[str, PostedRow] = {}
        self.box = QLineEdit()
        self.box.setAccessibleName(self.tr("Tìm thủ tục"))
        self.box.setPlaceholderText(self.tr("Tên không cần dấu, chữ đầu (ks), hoặc mã"))
        self.list = PostedList(self.tr("Các thủ tục đang niêm yết"))
        self.count = text("", "small")
        self.over = Notice()
        self.sheet = QTextBrowser()
        self.sheet.setAccessibleName(self.tr("Nội dung niêm yết"))
        self.sheet.setOpenLinks(False)
        self.sheet.setFrameShape(QFrame.Shape.NoFrame)
        self.sheet.document().setDocumentMargin(16)
        self.fault = Notice()
        self.begin = KeyButton(self.tr("Tiếp nhận thủ tục này"), BEGIN, "primary")
        self.print = KeyButton(self.tr("In tờ này"), PRINT)
        self.print_all = KeyButton(self.tr("In cả danh sách"), PRINT_ALL, "link")
        self.export = KeyButton(self.tr("Xuất ra tệp…"), EXPORT, "link")
        self._lay_out()
        self.box.textEdited.connect(self._look)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        acts = (
            (self.begin, self._on_begin),
            (self.print, self._on_print),
            (self.print_all, self._on_print_all),
            (self.export, self._on_export),
        )
        for button, act in acts:
            button.clicked.connect(act)
        self.bind([(button.key.replace("Enter", "Return"), act) for button, act in acts])

    @property
    def title(self) -> str:
        return self.tr("Niêm yết")

    def entered(self) -> None:
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.box.selectAll()
        office = self.desk.office

        def work() -> tuple[PostOrder, dict[str, PostedRow]]:
            order = disclosing.order(office)
            return order, {one.code: posted_row(one, order) for one in order.procedures}

        self.desk.tasks.run("read", work, lambda made: self._show(*made), self._refuse, latest="posting")

    def chosen(self) -> Procedure | None:
        """The procedure whose parts are shown."""
        row = self.list.row()
        return row.procedure if row is not None else None

    def says(self) -> str:
        """What stands beside the list."""
        return "\n".join(
            filter(None, (self.count.text(), self.over.words(), self.fault.words(), self.sheet.toPlainText()))
        )

    def write(self, target: Path) -> None:
        """All procedures into a file: the board for a screen where it ends so, else the list as a PDF."""
        office = self.desk.office

        def work() -> None:
            opening.refuse_inside(office.places, [target])
            if target.suffix.lower() == ".html":
                files.write_atomically(target, board_html(disclosing.order(office)).encode())
            else:
                files.write_atomically(target, disclosing.print_list(office, list_facts))

        def done(_: None) -> None:
            self.told.emit(self.tr("Đã ghi bảng niêm yết ra {file}.").format(file=target.name))

        self.desk.tasks.run("lists", work, done, self._refuse)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.box.hasFocus():
            self.list.go_to(max(0, self.list.currentIndex().row() + (1 if key == Qt.Key.Key_Down else -1)))
        elif key in _PAGING:
            bar = self.sheet.verticalScrollBar()
            bar.setValue(bar.value() + _PAGING[key] * bar.pageStep())
        elif event.text().strip() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)
            self.box.setText(event.text())
            self._look()
        else:
            super().keyPressEvent(event)

    def _show(self, order: PostOrder, rows: dict[str, PostedRow]) -> None:
        self.order, self._rows = order, rows
        self.fault.say("")
        self.over.say(overs_words([one for one in order.procedures if exceed(one.steps, one.limit)]), "soon")
        self._look()

    def _look(self) -> None:
        if self.order is None:
            return
        found = match(typed(self.box), self.order.procedures, limit=len(self.order.procedures))
        self.list.renew_rows([self._rows[one.code] for one in found], lambda row: row.procedure.code)
        if typed(self.box):
            self.list.go_to(0)
        none = self.tr("Không thấy thủ tục nào như vậy; hãy bớt chữ.")
        self.count.setText(self.tr("{n} thủ tục").format(n=len(found)) if found else none)
        self._on_current()

    def _on_current(self, *_: object) -> None:
        one, order = self.chosen(), self.order
        for button in (self.begin, self.print):
            button.setEnabled(one is not None)
        if one is None or order is None:
            self.sheet.clear()
            return
        told = [f"<h3>{escape(one.name)}</h3><p>{escape(f'{one.code} · {one.field}')}</p>"]
        for number, (heading, items) in enumerate(parts_shown(one, order), 2):
            said = "<br>".join(map(escape, items))
            told.append(f"<p><b>{number}. {escape(heading)}</b><br>{said}</p>")
        self.sheet.setHtml("".join(told))

    def _refuse(self, error: CounterError) -> None:
        self.fault.say(sentence(error), "soon")

    # what is done

    def _on_begin(self) -> None:
        if (one := self.chosen()) is not None:
            self.intake_of.emit(one.code)

    def _on_print(self) -> None:
        if (one := self.chosen()) is None:
            return
        code = one.code

        def send(desk: Desk) -> Sent:
            from counter_app.desk import prints

            return prints.posted(desk, code)

        self._send(send)

    def _on_print_all(self) -> None:
        def send(desk: Desk) -> Sent:
            from counter_app.desk import prints

            return prints.posted_list(desk)

        self._send(send)

    def _send(self, send: Callable[[Desk], Sent]) -> None:
        desk = self.desk

        def done(sent: Sent) -> None:
            desk.jobs.follow(sent)
            words = self.tr("Tờ niêm yết nằm ở {file}.")
            words = words if sent.is_file else self.tr("Đã gửi tờ niêm yết tới máy in.")
            self.told.emit(words.format(file=sent.where))

        desk.tasks.run("lists", lambda: send(desk), done, self._refuse)

    def _on_export(self) -> None:
        kinds = {
            self.tr("Bảng tra cứu trên màn hình (*.html)"): ".html",
            self.tr("Danh sách để in (*.pdf)"): ".pdf",
        }
        name = f"niem-yet-{self.desk.now():%Y%m%d}.html"
        chosen, kind = QFileDialog.getSaveFileName(
            self, self.tr("Xuất ra"), str(Path.home() / name), ";;".join(kinds)
        )
        if chosen and self.isEnabled():  # else the counter was locked behind the dialog
            ending, target = kinds.get(kind, ".html"), Path(chosen)
            self.write(target if target.suffix.lower() == ending else target.with_suffix(ending))

    # how it is laid out

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.box)
        left.addWidget(self.count)
        left.addWidget(self.over)
        left.addWidget(_sheet(self.list), 1)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(_sheet(self.sheet), 1)
        right.addWidget(self.fault)
        acts = Lines(spacing=8)
        for button in (self.begin, self.print):
            acts.add(button)
        right.addLayout(acts)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(left, 1)
        row.addLayout(right, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 0, 24, 8)
        outer.setSpacing(12)
        top = TitleRow(self.title)
        top.add_stretch()
        top.add(self.print_all)
        top.add(self.export)
        outer.addWidget(top)
        outer.addLayout(row, 1)


def _sheet(held: QWidget) -> QFrame:
    sheet = QFrame()
    sheet.setProperty("kind", "sheet")
    inside = QVBoxLayout(sheet)
    inside.setContentsMargins(1, 1, 1, 1)
    inside.addWidget(held)
    return sheet
