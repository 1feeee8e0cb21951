"""Step 3, the recovery sheet: where it is kept, the store made with it, the proof that it is in hand."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit

from counter_app.desk.first_run.ground import Ground
from counter_app.desk.first_run.step import Step
from counter_app.desk.parts import Field, KeyButton, typed
from counter_app.desk.theme import text
from counter_app.domain.errors import CounterError
from counter_app.services import first_run, opening
from counter_app.services.opening import NewStore, Openers
from counter_app.services.sheet import sheet_writer
from counter_app.system import files
from counter_app.system.printing import FolderPrinter, Printer, papers_folder


class _Made(NamedTuple):
    opened: Any  # the store, as the window takes it
    words: tuple[str, ...]
    printed: str  # by which printer; "" where by none


class SheetPlace(Step):
    """Left, it has made the store: until then nothing but the settings is on the disk."""

    step, ends, before_store = "sheet", False, True

    def __init__(self, ground: Ground) -> None:
        super().__init__(
            ground,
            self.tr("Phiếu khôi phục để ở đâu?"),
            self.tr(
                "Chín từ trên phiếu mở được kho khi máy hỏng hay quên mật khẩu. "
                "In ra, cất trong tủ có khóa, rồi xóa tệp."
            ),
        )
        self.path = QLineEdit(str(papers_folder(Path.home()).parent / "phieu-khoi-phuc.pdf"))
        self.fields = [self.path]
        self.choose = KeyButton(self.tr("Chọn chỗ khác…"))
        self.choose.clicked.connect(self._on_choose)
        self.printer = text("", "strong", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Field(self.tr("Lưu phiếu (PDF) vào"), self.path), 1)
        row.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignBottom)
        self.column.addLayout(row)
        self.column.addWidget(self.printer)
        self.finish()

    def entered(self) -> None:
        self.path.setFocus()
        self.ground.tasks.run("paper", self.ground.find_printer, self._on_printer)

    def later(self) -> str:
        if not self.ground.passphrase:
            return ""
        return self.tr("Thiết lập (F11), phần Kho dữ liệu; đến lúc ấy kho chỉ mở bằng mật khẩu")

    def next_words(self) -> str:
        return self.tr("Tạo kho")

    def put_off(self, then: Callable[[], object]) -> None:
        self._create("", then)

    def leave(self, then: Callable[[], object]) -> None:
        if not typed(self.path):
            self.complain(self.tr("Hãy chọn chỗ lưu phiếu; USB cũng được."), self.path)
            return
        self._create(typed(self.path), then)

    def _create(self, sheet: str, then: Callable[[], object]) -> None:
        ground = self.ground
        if ground.desk is not None:
            then()
            return
        target = Path(sheet).expanduser()
        progress, passphrase = ground.progress, ground.passphrase

        def work() -> _Made:
            words: list[str] = []
            writer: Callable[[str], object] | None = None
            if sheet:
                write = sheet_writer(ground.places, target, progress.name, progress.agency)

                def noted(said: str) -> None:
                    write(said)
                    words.extend(said.split())

                writer = noted
            order = NewStore(progress.agency, progress.name, passphrase=passphrase, sheet=writer)
            office = opening.create(ground.places, order, Openers(ground.vault()), ground.clock)
            printed = _print(ground.printer or ground.find_printer(), target) if sheet else ""
            return _Made(ground.admit(office), tuple(words), printed)

        def made(result: Any) -> None:
            self.busy.emit(False)
            self.notice.say("")
            ground.words, ground.sheet_printed = result.words, result.printed
            ground.sheet = str(target) if sheet else ""
            ground.passphrase = ""
            ground.created.emit(result.opened)
            then()

        self.busy.emit(True)
        self.notice.say(self.tr("Đang tạo kho, mã hóa và ghi phiếu…"), "soon")
        ground.tasks.run("store", work, made, self.explain)

    def _on_printer(self, printer: Printer) -> None:
        self.ground.printer = printer
        if isinstance(printer, FolderPrinter):
            self.printer.setText(self.tr("Chưa thấy máy in: hãy lưu vào USB rồi in ở máy khác."))
        else:
            self.printer.setText(self.tr("Có máy in: phiếu in ra ngay khi tạo kho."))

    def _on_choose(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Lưu phiếu khôi phục"), typed(self.path), self.tr("Tệp PDF (*.pdf)")
        )
        if chosen:
            self.path.setText(chosen)


def _print(printer: Printer, sheet: Path) -> str:
    """In a lane; a printer that refuses takes nothing away from the store, which stands."""
    if isinstance(printer, FolderPrinter):
        return ""
    try:
        printer.print(files.read_bytes(sheet), "Phiếu khôi phục", "a4")
        return printer.state().name or "máy in"
    except CounterError:
        return ""


class SheetCheck(Step):
    """Two words of the sheet, drawn by lot; after a restart all nine, which nothing here remembers."""

    step = "sheet"

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground, self.tr("Phiếu đã ở trong tay chưa?"))
        self.one, self.two = QLineEdit(), QLineEdit()
        self._one, self._two = (
            Field(self.tr("Từ trên phiếu"), self.one),
            Field(self.tr("Từ trên phiếu"), self.two),
        )
        self._asked: tuple[int, int] = (0, 0)
        self._misses = 0
        for field in (self._one, self._two):
            field.setMaximumWidth(320)
            self.column.addWidget(field)
        self.again = KeyButton(self.tr("In lại phiếu"))
        self.again.clicked.connect(self._on_again)
        self.column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        self.finish()

    @property
    def places(self) -> tuple[int, int]:
        """The numbers of the words that are asked for, from 1; (0, 0) for the whole sheet."""
        return self._asked

    def entered(self) -> None:
        ground = self.ground
        if ground.words and self._asked == (0, 0):
            one, two = sorted(secrets.SystemRandom().sample(range(1, len(ground.words) + 1), 2))
            self._asked = one, two
        self._two.setVisible(bool(ground.words))
        self._one.setMaximumWidth(320 if ground.words else 640)
        self.again.setVisible(bool(ground.sheet))
        if ground.words:
            self._one.rename(self.tr("Từ số {} trên phiếu").format(self._asked[0]))
            self._two.rename(self.tr("Từ số {} trên phiếu").format(self._asked[1]))
            self.fields = [self.one, self.two]
            where = (
                self.tr("Đã gửi ra máy in {}.").format(ground.sheet_printed)
                if ground.sheet_printed
                else self.tr("Phiếu ở tệp {}; hãy in ra.").format(ground.sheet)
            )
            say = self.tr("{} Gõ hai từ đọc trên giấy, tắt bộ gõ tiếng Việt.").format(where)
        else:
            self._one.rename(self.tr("Chín từ trên phiếu"))
            self.fields = [self.one]
            say = self.tr("Gõ đủ chín từ trên phiếu, hoặc quét mã vuông; tắt bộ gõ tiếng Việt.")
        self.words.setText(say)
        self.words.show()
        self.one.setFocus()

    def later(self) -> str:
        """Where the paper is still to be fetched from another machine; it is asked for at the next start."""
        if self.ground.sheet_printed and not self._misses:
            return ""
        return self.tr("Lần mở sau sẽ hỏi lại; chưa thử phiếu thì kho chưa trọn")

    marks_later = False

    def leave(self, then: Callable[[], object]) -> None:
        ground, first, second = self.ground, typed(self.one).lower(), typed(self.two).lower()
        if not ground.words or len(first.split()) > 1:
            self.work("store", lambda: first_run.check_sheet(ground.places, first), then)
            return
        wrong = [
            field
            for field, said, place in zip((self.one, self.two), (first, second), self._asked, strict=True)
            if said != ground.words[place - 1]
        ]
        if wrong:
            self._misses += 1
            self.complain(
                self.tr("Chưa đúng; hãy xem số ở góc ô, và tắt bộ gõ tiếng Việt rồi gõ lại."), wrong[0]
            )
            wrong[0].selectAll()
            return
        self.notice.say("")
        ground.words = ()  # proven: they are on paper, and need no longer be here
        then()

    def _on_again(self) -> None:
        ground = self.ground

        def work() -> str:
            return _print(ground.find_printer(), Path(ground.sheet))

        def printed(name: str) -> None:
            ground.sheet_printed = name
            if name:
                self.notice.say(self.tr("Đã gửi ra máy in {}.").format(name), "in_time")
            else:
                self.complain(self.tr("Chưa in được; hãy mở tệp và in ở máy khác: {}").format(ground.sheet))

        ground.tasks.run("paper", work, printed, self.explain)
