"""What is scanned or typed into the window's box: kept while nobody sits here, looked up, and told of."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit

    from counter_app.desk.foot import Foot
    from counter_app.desk.page import Desk
    from counter_app.services.lookup import Scan

_BURST: Final = 300  # ms without a key: longer than a scanner pauses


class Scans(QObject):
    """Of one window; the last scan counts, and one that nobody could answer yet is answered at `begin`."""

    understood = Signal(object)
    """The Scan that was looked up."""
    not_understood = Signal(object)
    """The CounterError instead."""
    unused = Signal()
    """What stands in the box is no scan: a page may come to the front."""

    def __init__(self, box: QLineEdit, foot: Foot, parent: QObject) -> None:
        super().__init__(parent)
        self.desk: Desk | None = None
        self._box, self._foot = box, foot
        self._kept = self._sent = ""
        self._locked = True
        box.returnPressed.connect(self._on_returned)

    def lock(self) -> None:
        """Nobody sits here: what is scanned is kept."""
        self._locked = True
        self._box.clear()

    def begin(self) -> bool:
        """Somebody sits here; whether a scan is answered now, or under way: the box keeps the focus."""
        self._locked = False
        self._box.setEnabled(True)
        typed = self._typed()
        if self._kept:
            kept, self._kept = self._kept, ""
            self._look_up(kept)
        elif typed and self._box.hasFocus():
            # The scanner is in the middle of a code: to take the focus now would tear it in two.
            QTimer.singleShot(_BURST, self, lambda: self._after_burst(typed))
        else:
            return False
        return True

    def take(self, scanned: str) -> None:
        """What came by another way than the box."""
        if scanned and self._locked:
            self._kept = scanned
            told = self.tr("Đã nhận mã quét; mở kho xong sẽ tìm ngay")
            self._foot.tell(
                told if self.desk is None else self.tr("Đã nhận mã quét; vào quầy xong sẽ tìm ngay")
            )
        elif scanned:
            self._look_up(scanned)

    def _on_returned(self) -> None:
        self._box.selectAll()  # the next scan takes the place of this one
        self.take(self._typed())

    def _after_burst(self, typed: str) -> None:
        if self._locked or self._sent == self._typed():
            return
        if self._typed() == typed or not self.begin():
            self.unused.emit()

    def _typed(self) -> str:
        return unicodedata.normalize("NFC", self._box.text()).strip()

    def _look_up(self, typed: str) -> None:
        assert self.desk is not None
        self._sent = typed
        office = self.desk.office

        def work() -> Scan:
            from counter_app.services import lookup

            found = lookup.scan(office, typed)
            if found.kind == "dossier" and not found.lines:
                from counter_app.services import slips

                return slips.scanned(office, found)
            return found

        self.desk.tasks.run("read", work, self._on_found, self.not_understood.emit, latest="scan")

    def _on_found(self, scan: Scan) -> None:
        if self._locked:  # the seat was left meanwhile: it is answered to whoever sits down next
            self._kept, self._sent = self._sent, ""
            return
        if self._typed() == self._sent:  # else the next scan has begun
            self._box.clear()
        self._sent = ""
        self.understood.emit(scan)
