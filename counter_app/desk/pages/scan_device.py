"""Which scanner scans: the one that was used last, the only one that there is, or one of a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox

from counter_app.desk.page import Desk
from counter_app.domain.errors import CannotRead, CounterError
from counter_app.domain.rights import Right
from counter_app.services import preferences
from counter_app.system.scanner import Device, scanner


class Devices(QObject):
    asked = Signal(str)
    """There are several: one is to be chosen, in words."""

    def __init__(self, desk: Desk, box: QComboBox, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._box = desk, box
        self._used = ""

    def choose(self, then: Callable[[str], object], failed: Callable[[CounterError], object]) -> None:
        """Names the scanner to `then`; where there are several, the list is shown and asked again."""
        named = str(self._box.currentData() or "") or self._used or self._desk.office.settings.scan_device
        if named:
            self._remember(named)
            then(named)
            return

        def found(devices: Sequence[Device]) -> None:
            if not devices:
                failed(CannotRead("scanner-gone"))
            elif len(devices) == 1:
                self._remember(devices[0].name)
                then(devices[0].name)
            else:
                self._offer(devices)

        self._desk.tasks.run("camera", lambda: scanner().devices(), found, failed, latest="scanners")

    def forget(self) -> None:
        """The scanner is not there any more: the next time all are looked for."""
        self._used = ""
        self._box.clear()
        self._box.hide()

    def _offer(self, devices: Sequence[Device]) -> None:
        self._box.clear()
        for one in devices:
            self._box.addItem(one.label, one.name)
        self._box.show()
        self.asked.emit(self.tr("Có nhiều máy quét: chọn một máy (↑ ↓), rồi Ctrl+Enter để quét."))
        self._box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remember(self, device: str) -> None:
        """In the settings, where the officer may change them; else until the window closes."""
        self._used = device
        office, session = self._desk.office, self._desk.session
        if office.settings.scan_device != device and session.may(Right.SET_COUNTER):
            self._desk.tasks.run(
                "store", lambda: preferences.change(office, session, scan_device=device), None, lambda _: None
            )
