"""A VietQR on the screen: the citizen's own bank app reads it, the officer sees what it says."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.desk.theme import text
from counter_app.paper.barcode import Pattern, qr
from counter_app.services.transfers import Transfer
from counter_app.words import dates

_DOTS: Final = 4  # of the screen for each module: read from an arm's length


class TransferCode(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._code = _Code()
        self._amount, self._account = text("", "name"), text("", "second", wrap=True)
        self._purpose = text("", "second", wrap=True)
        told = QVBoxLayout()
        told.setSpacing(4)
        told.addWidget(text(self.tr("Mời người dân quét bằng ứng dụng ngân hàng"), wrap=True))
        for line in (self._amount, self._account, self._purpose):
            told.addWidget(line)
        told.addWidget(text(self.tr("Thấy tiền đã vào tài khoản rồi mới Enter để ghi."), "second", wrap=True))
        told.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._code, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(told, 1)

    def show_transfer(self, transfer: Transfer) -> None:
        account = f"{transfer.account.number} ({transfer.account.bank})"
        self._code.show_pattern(qr(transfer.text))
        self._amount.setText(dates.money(transfer.amount))
        self._account.setText(" – ".join(filter(None, (transfer.payee, account))))
        self._purpose.setText(self.tr("Nội dung: {}").format(transfer.purpose))
        self._code.setAccessibleName(
            self.tr("Mã chuyển khoản {} đến {}").format(self._amount.text(), self._account.text())
        )


class _Code(QWidget):
    """Black on white, whatever the theme: so scanners want it."""

    def __init__(self) -> None:
        super().__init__()
        self._pattern: Pattern | None = None

    def show_pattern(self, pattern: Pattern) -> None:
        self._pattern = pattern
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        side = self._pattern.columns * _DOTS if self._pattern else 0
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._pattern is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        module = self.width() / self._pattern.columns
        for column, row, length in self._pattern.dark:
            top = (self._pattern.rows - 1 - row) * module
            painter.fillRect(QRectF(column * module, top, length * module, module), Qt.GlobalColor.black)
