"""The line over the board's list: what it sums up; of whom to call, which hamlet, and the keys that print."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from counter_app.desk.lines import Lines
from counter_app.desk.page import Desk
from counter_app.desk.pages.looks import Look, Seen
from counter_app.desk.parts import KeyButton
from counter_app.desk.theme import text
from counter_app.desk.widgets.hamlet_choice import HamletChoice
from counter_app.services.calls import Round

if TYPE_CHECKING:
    from counter_app.desk import prints

_SENTENCE: Final = 480  # pixels; what is longer has a line of its own
_PRINT_ONE, _PRINT_ALL = "F9", "Shift+F9"


class BoardStrip(QWidget):
    told = Signal(str)
    """A sentence about a list that is printed."""

    def __init__(self, desk: Desk, here: Callable[[], bytes | None], keys_in: QWidget) -> None:
        """`here` tells the dossier whose hamlet F9 prints."""
        super().__init__()
        self._desk, self._here = desk, here
        self._rounds: tuple[Round, ...] = ()
        self._sum = text("", "strong", wrap=True)
        self.hamlets = HamletChoice()
        self.print_one = KeyButton(self.tr("In thôn này"), _PRINT_ONE)
        self.print_all = KeyButton(self.tr("In tất cả"), _PRINT_ALL)
        self.print_one.clicked.connect(self._on_print_one)
        self.print_all.clicked.connect(lambda: self._print(None))
        for key, button in ((_PRINT_ONE, self.print_one), (_PRINT_ALL, self.print_all)):
            QShortcut(QKeySequence(key), keys_in).activated.connect(button.click)
        self._controls = QWidget()  # they go to a line of their own together
        together = Lines(self._controls, spacing=8)
        for control in (self.hamlets, self.print_one, self.print_all):
            together.add(control)
        row = Lines(self, spacing=8)
        row.add(self._sum, 1, _SENTENCE)
        row.add(self._controls)
        self.hide()

    def says(self) -> str:
        """Its words; "" where it does not stand there."""
        return "" if self.isHidden() else self._sum.text()

    def show_seen(self, seen: Seen) -> None:
        self.setVisible(seen.chosen in set(Look))
        to_call = seen.chosen is Look.CALLS
        self._controls.setVisible(to_call)
        if to_call and seen.is_whole and seen.calls is not None:
            self._rounds = seen.calls.rounds
            self.hamlets.show_hamlets(self._rounds)
        self.print_one.setEnabled(to_call and seen.is_whole and bool(seen.rows))
        self.print_all.setEnabled(to_call and seen.is_whole and bool(self._rounds))
        self._sum.setText(seen.says)

    def _printed_words(self, sheets: prints.CallSheets, to: prints.Sent) -> str:
        words = self.tr("Đã gửi danh sách {n} hồ sơ đi in.")
        if to.is_file:
            words = self.tr("Đã ghi danh sách {n} hồ sơ ra tệp {where}.")
        words = words.format(where=to.where, n=sheets.n)
        if sheets.left:
            left = self.tr("Còn {n} hồ sơ chưa ghi được; trên giấy có nói rõ.")
            words = f"{words} {left.format(n=sheets.left)}"
        return words

    def _on_print_one(self) -> None:
        here = self._here()
        for one in self._rounds:
            if any(call.item.line.dossier == here for call in one.calls):
                self._print(one.key)

    def _print(self, hamlet: str | None) -> None:
        """Prints who is to be called now, which may be more than the screen shows."""
        from counter_app.desk import prints

        desk = self._desk

        def drawn(sheets: prints.CallSheets) -> None:
            if not sheets.n:
                self.told.emit(self.tr("Không còn ai cần gọi nên không in tờ nào."))
                return

            def sent(to: prints.Sent) -> None:
                desk.jobs.follow(to)
                self.told.emit(self._printed_words(sheets, to))

            desk.tasks.run("paper", lambda: prints.call_list(desk, sheets), sent)

        self.told.emit(self.tr("Đang lập danh sách để in…"))
        # The same key twice while it is drawn prints once.
        desk.tasks.run(
            "lists", lambda: prints.draw_call_list(desk, hamlet), drawn, latest=f"calls-{id(self)}-{hamlet}"
        )
