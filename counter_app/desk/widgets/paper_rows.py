"""A dossier's papers: the state of each, its files, and why one is not scanned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from counter_app.desk import theme
from counter_app.desk.widgets.rows import Index, Role, RowsView, paint_ground, paint_line
from counter_app.desk.widgets.speech import QT_TRANSLATE_NOOP, translate
from counter_app.domain.attachments import RESULT, Attachment
from counter_app.domain.digitising import Paper, PaperState
from counter_app.domain.errors import RuleBroken
from counter_app.services.digitised import Where
from counter_app.words.digitising import PAPER_STATES
from counter_app.words.errors import sentence
from counter_app.words.language import capital
from counter_app.words.syncing import size

HEIGHT: Final = 70
_NUMBER: Final = 40
_LOOKS: Final = {PaperState.PAPER: "soon", PaperState.SHOWN: "paused", PaperState.NOT_REQUIRED: "paused"}
_WHY_NOT: Final = {
    "paper-shown": QT_TRANSLATE_NOOP("Scan", "Không quét: chỉ xuất trình"),
    "paper-electronic": QT_TRANSLATE_NOOP("Scan", "Không quét lại: đã là bản điện tử"),
    "paper-opinion": QT_TRANSLATE_NOOP("Scan", "Không quét: văn bản lấy ý kiến"),
    "paper-secret": QT_TRANSLATE_NOOP("Scan", "Không quét: tài liệu mật"),
}
_WHERE: Final = {
    Where.HERE: QT_TRANSLATE_NOOP("Scan", "trên máy này"),
    Where.SAFE: QT_TRANSLATE_NOOP("Scan", "an toàn trên máy chủ"),
    Where.DISTRICT: QT_TRANSLATE_NOOP("Scan", "chỉ còn trên máy chủ"),
    Where.UNKNOWN: QT_TRANSLATE_NOOP("Scan", "không ở máy này, chưa rõ máy chủ có không"),
    Where.ELSEWHERE: QT_TRANSLATE_NOOP("Scan", "ở máy khác"),
}


@dataclass(frozen=True)
class PaperRow:
    """`where` is of each file that counts; `fault` is why the paper is not scanned, `no_file` why none is
    taken for it that was handed in as a file."""

    paper: Paper
    where: tuple[Where, ...] = ()
    fault: RuleBroken | None = None
    no_file: RuleBroken | None = None

    @property
    def why_no_file(self) -> str:
        return sentence(self.no_file) if self.no_file is not None else ""

    @property
    def why(self) -> str:
        """The fault as a refusal words it."""
        return sentence(self.fault) if self.fault is not None else ""

    @property
    def number(self) -> int:
        return self.paper.number

    @property
    def name(self) -> str:
        if self.number == RESULT:
            return translate("Scan", "Kết quả: {name}").format(name=self.paper.name)
        return self.paper.name

    @property
    def counted(self) -> tuple[Attachment, ...]:
        return tuple(one for one in self.paper.files if one.counts)

    @property
    def needs_scan(self) -> bool:
        return self.paper.state is PaperState.PAPER and self.fault is None

    @property
    def state(self) -> str:
        return capital(PAPER_STATES.say(self.paper.state))

    @property
    def look(self) -> str:
        """The name of its colour and icon."""
        if self.fault is not None and not self.counted:
            return "paused"
        return _LOOKS.get(self.paper.state, "in_time")

    @property
    def told(self) -> str:
        """Its files, or why there are none."""
        files = self.counted
        if not files:
            why = _WHY_NOT.get(self.fault.why, "") if self.fault is not None else ""
            return translate("Scan", why) if why else ""
        pages = translate("Scan", "{n} trang").format(n=sum(one.pages for one in files))
        places = dict.fromkeys(translate("Scan", _WHERE[one]) for one in self.where)
        many = translate("Scan", "{n} tệp").format(n=len(files)) if len(files) > 1 else ""
        parts = (many, pages, size(sum(one.size for one in files)), ", ".join(places))
        return " · ".join(filter(None, parts))

    @property
    def spoken(self) -> str:
        return ", ".join(filter(None, (f"{self.number}. {self.name}", self.state, self.told)))


class PaperList(RowsView):
    """Enter opens a paper's files; Space sends the chosen pages of the pile here."""

    sent = Signal(int)
    digit = Signal(int)
    """A paper was asked for by its number."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setItemDelegate(_Painter(self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.row()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Space and isinstance(row, PaperRow):
            self.sent.emit(row.number)
        elif plain and event.text().isdecimal() and event.text().isascii():
            self.digit.emit(int(event.text()))
        else:
            super().keyPressEvent(event)

    def _on_clicked(self, index: Index) -> None:
        """A click chooses; what it opens would take the pile's place."""


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(180, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: PaperRow = index.data(Role.ROW)
        painter.save()
        paint_ground(painter, option)
        box = option.rect
        number = QRect(box.left() + 8, box.top() + 6, _NUMBER - 16, 20)
        paint_line(painter, number, str(row.number), "strong", theme.ACCENT, Qt.AlignmentFlag.AlignRight)
        inside = box.adjusted(_NUMBER, 6, -10, 0)
        colour = theme.STATES[row.look][0]
        paint_line(painter, QRect(inside.left(), inside.top(), inside.width(), 20), row.name, "strong")
        painter.drawPixmap(inside.left(), inside.top() + 22, theme.pixmap(row.look, colour, 16))
        state = QRect(inside.left() + 22, inside.top() + 20, inside.width() - 22, 20)
        paint_line(painter, state, row.state, colour=colour)
        told = QRect(inside.left(), inside.top() + 40, inside.width(), 20)
        paint_line(painter, told, row.told, "small", theme.SECOND)
        painter.restore()
