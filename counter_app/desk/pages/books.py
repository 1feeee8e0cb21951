"""Sổ sách (F7): the register of some days, a day's cash book and its closing, as they are printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from counter_app.desk.contents import FEEDBACK
from counter_app.desk.following import FollowingArea
from counter_app.desk.lines import Lines
from counter_app.desk.page import Desk, Page
from counter_app.desk.pages.cash_part import CashPart
from counter_app.desk.pages.day_close_part import DayClosePart
from counter_app.desk.pages.days import read_day
from counter_app.desk.parts import Field, KeyButton, Notice, typed
from counter_app.desk.title_row import TitleRow
from counter_app.desk.widgets.sheet_view import BEFORE, NEXT, SheetView
from counter_app.domain.errors import BadInput, CounterError
from counter_app.domain.rights import Right
from counter_app.domain.zone import VIETNAM
from counter_app.services import cashbook, closing, opening, register
from counter_app.services.cashbook import CashBook
from counter_app.services.closing import DayView, Left
from counter_app.system import files
from counter_app.words import dates
from counter_app.words.cash_book import cash_facts
from counter_app.words.day_close import day_facts
from counter_app.words.errors import sentence
from counter_app.words.register import register_facts, register_row
from counter_app.words.states import only_for

if TYPE_CHECKING:
    from counter_app.desk.prints import Sent

_PAUSE_MS: Final = 400  # after the last key in a day's field
_SIDE: Final = 348  # pixels of what is asked, beside the paper
_NARROW: Final = 760  # under it the paper is not shown: there is no room to read it
PRINT, EXPORT, WRITE = "Ctrl+P", "Ctrl+Shift+E", "F9"


class Book(Enum):
    REGISTER = "register"
    CASH = "cash"
    DAY = "day"


_TITLES: Final = {Book.REGISTER: "so-theo-doi", Book.CASH: "so-thu-phi", Book.DAY: "chot-ngay"}


class BooksPage(Page):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.book = Book.REGISTER
        self.cash: CashBook | None = None
        self.tabs = {
            Book.REGISTER: KeyButton(self.tr("Sổ theo dõi"), "Alt+1", "tab"),
            Book.CASH: KeyButton(self.tr("Sổ thu phí"), "Alt+2", "tab"),
            Book.DAY: KeyButton(self.tr("Chốt ngày"), "Alt+3", "tab"),
        }
        self.first, self.last, self.day = QLineEdit(), QLineEdit(), QLineEdit()
        self.drawer, self.day_part = CashPart(desk, WRITE), DayClosePart(desk, WRITE)
        self.counted, self.why = self.drawer.counted, self.drawer.why
        self.fault = Notice()
        self.print = KeyButton(self.tr("In sổ"), PRINT)
        self.export = KeyButton(self.tr("Xuất ra tệp…"), EXPORT)
        self.feedback = KeyButton(self.tr("Phản ánh"), "Shift+F7", "link")
        self.sheet = SheetView(desk, self.tr("Tờ sổ như sẽ in"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self._lay_out()
        self._connect()

    @property
    def title(self) -> str:
        return self.tr("Sổ sách")

    def entered(self) -> None:
        today = self._today()
        if not typed(self.last):
            self.first.setText(dates.day(today.replace(day=1)))
            self.last.setText(dates.day(today))
            self.day.setText(dates.day(today))
        self._show_book()
        self._first_field().setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    def choose(self, book: Book) -> None:
        """Turns to another book."""
        self.book = book
        self.fault.say("")
        self.sheet.say(self.tr("Đang lập sổ…"))
        self._show_book()
        self._first_field().setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    def close_day(self) -> None:
        """Turns to the closing of the last day that this machine has not closed."""
        desk, now = self.desk, self.desk.now()

        def then(left: Left | None) -> None:
            if left is not None:
                self.day.setText(dates.day(left.day))
            self.choose(Book.DAY)

        desk.tasks.run("read", lambda: closing.not_closed(desk.office, now), then, latest="not-closed")

    def refresh(self) -> None:
        """Draws the book of the days that stand in the fields anew."""
        self._pause.stop()
        draw = self._drawing()
        if draw is None:
            self.sheet.say("")
            return
        book, day = self.book, self._day_of(self.day)

        def work() -> tuple[bytes, CashBook | DayView | None]:
            known: CashBook | DayView | None = None
            if book is Book.CASH and day:
                known = cashbook.cash_book(self.desk.office, day)
            elif book is Book.DAY and day:
                known = closing.look(self.desk.office, day)
            return draw(False), known

        self.desk.tasks.run("lists", work, lambda made: self._show(book, *made), self._refuse, latest="books")

    def says(self) -> str:
        """What stands on the page beside the fields."""
        sums = (self.drawer.sums.text(), self.drawer.drawer.text()) if self.book is Book.CASH else ()
        day = (self.day_part.says(),) if self.book is Book.DAY else ()
        parts = (self.fault.words(), *sums, *day, self.sheet.says())
        return "\n".join(filter(None, parts))

    def write(self, target: Path) -> None:
        """The book into a file: a workbook where its name ends so, else a PDF."""
        draw = self._drawing()
        if draw is None:
            return
        workbook = target.suffix.lower() == ".xlsx" and self.book is Book.REGISTER
        office = self.desk.office

        def work() -> None:
            opening.refuse_inside(office.places, [target])
            files.write_atomically(target, draw(workbook))

        def done(_: None) -> None:
            words = self.tr("Đã ghi sổ ra {file}. Có tên người dân: giữ như sổ giấy.")
            self.told.emit(words.format(file=target.name))

        self.desk.tasks.run("lists", work, done, self._refuse)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter in the last field goes to the button that writes; elsewhere it looks anew.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            here = self.focusWidget()
            if isinstance(here, QPushButton):
                here.click()
            elif here is self.counted:
                self.why.setFocus(Qt.FocusReason.OtherFocusReason)
            elif here is self.why:
                self.drawer.count.setFocus(Qt.FocusReason.OtherFocusReason)
            elif here is self.day_part.note:
                self.day_part.close_day.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.refresh()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sheet.setVisible(self.width() >= _NARROW)

    # what is asked

    def _today(self) -> date:
        return self.desk.now().astimezone(VIETNAM).date()

    def _first_field(self) -> QLineEdit:
        fields = {Book.REGISTER: self.first, Book.CASH: self.counted, Book.DAY: self.day}
        return fields[self.book]

    def _day_of(self, field: QLineEdit) -> date | None:
        return read_day(typed(field), self._today(), past=True)

    def _drawing(self) -> Callable[[bool], bytes] | None:
        """What draws the book, as a workbook or not, in a lane; None where a field holds no day."""
        office, session = self.desk.office, self.desk.session
        fields = (self.first, self.last) if self.book is Book.REGISTER else (self.day,)
        found = [self._day_of(field) for field in fields]
        for field, day in zip(fields, found, strict=True):
            if day is None:
                self._refuse(BadInput("not-a-day", field="day", value=typed(field)))
                return None
        self.fault.say("")
        days = [day for day in found if day is not None]
        if self.book is Book.DAY:
            return lambda _: closing.print_day(office, session, days[0], day_facts, paper="a4")
        if self.book is Book.CASH:
            return lambda _: cashbook.print_book(office, session, days[0], cash_facts, paper="a4")
        return lambda workbook: register.print_register(
            office, session, days[0], days[1], register_facts, register_row, workbook=workbook
        )

    # what is shown

    def _show(self, book: Book, pdf: bytes, known: CashBook | DayView | None) -> None:
        if book is not self.book:
            return
        self.fault.say("")
        self.sheet.show_papers([pdf])
        if isinstance(known, CashBook):
            self.cash = known
            self.drawer.show_book(known)
        elif known is not None:
            self.day_part.show_day(known)

    def _refuse(self, error: CounterError) -> None:
        self.fault.say(sentence(error), "soon")

    def _show_book(self) -> None:
        for book, tab in self.tabs.items():
            tab.setChecked(book is self.book)
        for part in self._of_register:
            part.setVisible(self.book is Book.REGISTER)
        self._of_day.setVisible(self.book is not Book.REGISTER)
        self.drawer.setVisible(self.book is Book.CASH)
        self.day_part.setVisible(self.book is Book.DAY)

    # what is done

    def _on_print(self) -> None:
        draw, desk = self._drawing(), self.desk
        if draw is None:
            return
        title = _TITLES[self.book]

        def work() -> Sent:
            from counter_app.desk import prints

            to = prints.way(desk)
            return prints.send(to._replace(queue=replace(to.queue, paper="a4")), draw(False), title)

        def done(sent: Sent) -> None:
            desk.jobs.follow(sent)
            words = self.tr("Sổ nằm ở {file}.") if sent.is_file else self.tr("Đã gửi sổ tới máy in.")
            self.told.emit(words.format(file=sent.where))

        desk.tasks.run("lists", work, done, self._refuse)

    def _on_export(self) -> None:
        if not self.desk.session.may(Right.PRINT):
            self.fault.say(only_for(Right.PRINT), "soon")
            return
        kinds = {self.tr("Trang in (*.pdf)"): ".pdf"}
        if self.book is Book.REGISTER:
            kinds = {self.tr("Bảng tính (*.xlsx)"): ".xlsx", **kinds}
        name = f"{_TITLES[self.book]}-{self._today():%Y%m%d}"
        first = next(iter(kinds.values()))
        chosen, kind = QFileDialog.getSaveFileName(
            self, self.tr("Xuất ra"), str(Path.home() / f"{name}{first}"), ";;".join(kinds)
        )
        if chosen and self.isEnabled():  # else the counter was locked behind the dialog
            ending = kinds.get(kind, first)
            target = Path(chosen)
            self.write(target if target.suffix.lower() == ending else target.with_suffix(ending))

    def _on_write(self) -> None:
        if self.book is not Book.REGISTER:
            part = self.drawer if self.book is Book.CASH else self.day_part
            part.write(self._day_of(self.day), typed(self.day))

    def _on_written(self, words: str) -> None:
        self.told.emit(words)
        self.refresh()

    # how it is laid out

    def _lay_out(self) -> None:
        group = QButtonGroup(self)
        tabs = Lines(spacing=8)
        for book, tab in self.tabs.items():
            tab.setCheckable(True)
            tab.clicked.connect(lambda _=False, b=book: self.choose(b))
            group.addButton(tab)
            tabs.add(tab)
        days = QWidget()
        between = Lines(days, spacing=12)
        between.add(Field(self.tr("Nhận từ ngày"), self.first), 1, 120)
        between.add(Field(self.tr("đến hết ngày"), self.last), 1, 120)
        day = Field(self.tr("Ngày"), self.day)
        self._of_register: tuple[QWidget, ...] = (days,)
        self._of_day = day
        asked = QWidget()
        column = QVBoxLayout(asked)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        for part in (days, day, self.fault, self.drawer, self.day_part):
            column.addWidget(part)
        papers = Lines(spacing=8)
        papers.add(self.print)
        papers.add(self.export)
        column.addLayout(papers)
        column.addStretch(1)
        side = QWidget()
        side.setFixedWidth(_SIDE)
        left = QVBoxLayout(side)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(12)
        left.addLayout(tabs)
        left.addWidget(FollowingArea(asked), 1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(side)
        row.addWidget(self.sheet, 1)
        row.addStretch(0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 0, 24, 8)
        outer.setSpacing(12)
        head = TitleRow(self.title)
        head.add_stretch()
        head.add(self.feedback)
        outer.addWidget(head)
        outer.addLayout(row, 1)

    def _connect(self) -> None:
        for field in (self.first, self.last, self.day):
            field.textEdited.connect(lambda _: self._pause.start())
        self.feedback.clicked.connect(lambda: self.page_asked.emit(FEEDBACK))
        self.print.clicked.connect(self._on_print)
        self.export.clicked.connect(self._on_export)
        for part, button in ((self.drawer, self.drawer.count), (self.day_part, self.day_part.close_day)):
            part.written.connect(self._on_written)
            part.refused.connect(self._refuse)
            button.clicked.connect(self._on_write)
        self.bind(
            [
                ("Alt+1", lambda: self.choose(Book.REGISTER)),
                ("Alt+2", lambda: self.choose(Book.CASH)),
                ("Alt+3", lambda: self.choose(Book.DAY)),
                (PRINT, self._on_print),
                (EXPORT, self._on_export),
                (WRITE, self._on_write),
                (NEXT, lambda: self.sheet.turn(1)),
                (BEFORE, lambda: self.sheet.turn(-1)),
            ]
        )
