"""The bar at the foot: the lamp in words, what was just done, the officer, the printer, the time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from counter_app.desk import theme
from counter_app.desk.early import shortened
from counter_app.desk.lamp import Lamp
from counter_app.desk.parts import Elided, KeyButton
from counter_app.desk.theme import styled, text

if TYPE_CHECKING:
    from counter_app.system.printing import PrinterState

FADES_AFTER = 8_000  # ms
_NARROW: Final = 1100  # pixels of the window; under this the printer is its icon, the day has no weekday
_NARROWEST: Final = 760  # and under this the lamp has its first words
_NAME, _SHORT = 240, 160  # pixels of a name under either: a longer one ends in "…"
_HIGH, _LOW = 40, 34  # pixels; the low one where a screen is enlarged
_LOW_UNDER: Final = 520  # pixels of the window


class Foot(QFrame):
    """The clock shows the office's own time, so that a wrong one is seen at once."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setProperty("kind", "foot")
        self.setFixedHeight(_HIGH)
        self.now = now
        self._narrow = self._narrowest = self._has_printer = self._alone = False
        self._name = self._safety = self._short = self._why = ""
        self.lamp = Lamp()
        self._told = Elided("strong")
        styled(self._told, state="in_time")
        self.officer = KeyButton("", "F12", "foot", icon="officer")
        self._printer_icon = QLabel()
        self._printer = text("")
        self._day, self._time = text(""), text("", "strong")
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(11, 0, 16, 0)  # the lamp's icon stands under those of the rail
        row.setSpacing(8)
        row.addWidget(self.lamp)
        row.addSpacing(16)
        row.addWidget(self._told, 1)
        row.addWidget(self.officer)
        row.addSpacing(16)
        row.addWidget(self._printer_icon)
        row.addWidget(self._printer)
        row.addSpacing(16)
        row.addWidget(self._day)
        row.addWidget(self._time)
        self._fading = QTimer(self)
        self._fading.setSingleShot(True)
        self._fading.timeout.connect(self._on_faded)
        self._ticking = QTimer(self)
        self._ticking.timeout.connect(self._on_tick)
        self.show_officer("")
        self.show_printer(None)

    def fit(self, width: int, height: int) -> int:
        """Says less where the window is narrow, and is lower where it is low; its own height."""
        self._narrow, self._narrowest = width < _NARROW, width < _NARROWEST
        own = _LOW if height < _LOW_UNDER else _HIGH
        self.setFixedHeight(own)
        self.officer.show_key(not self._narrow)
        self.show_officer(self._name)
        self._arrange()
        if self._ticking.isActive():
            self._on_tick()
        return own

    def tick(self) -> None:
        """Shows the time from now on; not before the first paint, which reads no clock."""
        self._on_tick()
        self._ticking.start(1_000)

    def tell(self, words: str, *, bad: bool = False) -> None:
        """Says that work is done (or was not), and lets it fade."""
        styled(self._told, state="late" if bad else "in_time")
        self._told.setText(words)
        self._told.setToolTip(words)
        self._arrange()
        self._fading.start(FADES_AFTER)

    def hush(self) -> None:
        """What was told is gone at once."""
        self._fading.stop()
        self._on_faded()

    def told(self) -> str:
        return self._told.text()

    def show_officer(self, name: str) -> None:
        self._name = name
        self.officer.setVisible(bool(name))
        words = name or self.tr("Chưa chọn cán bộ")
        self.officer.say(self._shortened(words) if self._narrow and name else words)
        self.officer.setAccessibleName(words)
        self.officer.setToolTip("\n".join((words, self.tr("Khóa quầy, hoặc đổi cán bộ"))))
        self._arrange()

    def _shortened(self, name: str) -> str:
        return shortened(name, self._day.fontMetrics(), _SHORT if self._narrowest else _NAME)

    def show_lamp(self, words: str, short: str, why: str, state: str) -> None:
        """Says how safe the dossiers are; `why` the last exchange failed; `state`: one of theme.STATES."""
        self._safety, self._short, self._why = words, short, why
        self.lamp.show_state("offline" if why else state, state)
        self._arrange()

    def show_alone(self) -> None:
        """The machine is enrolled nowhere: until somebody has looked, nothing is said of a server."""
        self._alone = True
        self._arrange()

    def show_printer(self, state: PrinterState | None) -> None:
        self._has_printer = state is not None
        self._printer_icon.setVisible(self._has_printer)
        self._arrange()
        if state is None:
            return
        words, tip = self._printer_words(state)
        self._printer.setText(words)
        self._printer.setToolTip(tip)
        self._printer_icon.setToolTip(f"{words}\n{tip}")
        self._printer_icon.setAccessibleName(words)
        bad = not state.ready or state.trouble is not None or state.waiting > 0
        colour = theme.STATES["soon"][0] if bad else theme.INK
        self._printer_icon.setPixmap(theme.pixmap("printer", colour))
        styled(self._printer, state="soon" if bad else "")

    def _arrange(self) -> None:
        self._printer.setVisible(self._has_printer and not self._narrow)
        self.lamp.only_icon(self._narrow and bool(self._told.text()))
        alone = self.tr("Chưa kết nối máy chủ; hồ sơ lưu ở máy này"), self.tr("Chưa kết nối")
        unknown = self.tr("Hồ sơ lưu ở máy này"), self.tr("Ở máy này")
        known = self._safety, self._short
        words, short = known if self._safety else alone if self._alone else unknown
        self.lamp.say(short if self._narrow else words)
        if self._safety and self._row.minimumSize().width() > self.width():
            self.lamp.say(short)  # a long name, a printer in trouble, a time that is told
        if self._told.text() and not self._narrow and self.isVisible():
            self._make_room(short)
        self.lamp.explain(words, self._why)

    def _make_room(self, short: str) -> None:
        """For what is told, as far as it needs it: from the lamp's words first, then from the printer's."""
        wanted = self._told.fontMetrics().horizontalAdvance(self._told.text())
        for give in (
            lambda: self.lamp.say(short),
            lambda: self._printer.hide(),
            lambda: self.lamp.only_icon(True),
        ):
            if self._row.minimumSize().width() + wanted <= self.width():
                return
            give()

    def printer_words(self) -> str:
        return self._printer.text()

    def _printer_words(self, state: PrinterState) -> tuple[str, str]:
        if state.is_folder:
            folder = state.name.replace("\\", "/").rstrip("/").rpartition("/")[2]
            return self.tr("Chưa có máy in: giấy vào thư mục {}").format(folder), state.name
        from counter_app.words.printing import SHORT, TROUBLES

        if state.trouble and state.trouble in SHORT:
            words = SHORT.say(state.trouble)
            return words, f"{state.name}: {TROUBLES.say(state.trouble)}"
        if state.waiting:
            return self.tr("Máy in: {} giấy chưa in ra").format(state.waiting), state.name
        words = self.tr("Máy in: sẵn sàng") if state.ready else self.tr("Máy in: đang tắt")
        return words, state.name

    def _on_faded(self) -> None:
        self._told.setText("")
        self._told.setToolTip("")
        self._arrange()

    def _on_tick(self) -> None:
        from counter_app.words import dates
        from counter_app.words.language import capital

        now = self.now()
        weekday = "" if self._narrow else capital(dates.weekday(now.date())) + " "
        self._day.setText(f"{weekday}{dates.day(now.date())}")
        self._time.setText(f"{now:%H:%M}")
