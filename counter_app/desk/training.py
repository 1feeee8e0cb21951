"""Training in the window: the band that is always there, beginning anew, and the other window for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from counter_app.desk.door import Door
from counter_app.desk.parts import Field, KeyButton, keeps_escape, typed
from counter_app.desk.theme import text
from counter_app.domain.names import fold

if TYPE_CHECKING:
    from counter_app.desk.door import OpeningDoor
    from counter_app.desk.window import Window
    from counter_app.services.office import Clock, Office
    from counter_app.services.opening import Vault
    from counter_app.system.paths import Places

_HEIGHT: Final = 32
_WITH_NEWS: Final = 56
_LOOK: Final = 100  # ms between two looks at how far the filling is


class TrainingBand(QWidget):
    """Across the top of every screen, in a colour that nothing else has."""

    anew_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "training")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(_HEIGHT)
        self.words = text(self.tr("TẬP DÙNG – không phải hồ sơ thật"), "strong")
        self.anew = KeyButton(self.tr("Làm lại từ đầu…"), "", "foot")
        self.anew.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.anew.clicked.connect(self.anew_asked)
        self.news = text("", "strong", wrap=True)
        self.news.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.news.hide()
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.words)
        row.addStretch(1)
        row.addWidget(self.anew)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 16, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.news)

    def say_lost(self) -> None:
        """What was practised before is gone, and nobody asked for it."""
        self.news.setText(self.tr("Kho tập trước mất chìa khóa, không mở được nữa, nên đã làm lại từ đầu."))
        self.news.show()
        self.setFixedHeight(_WITH_NEWS)


class AnewDoor(Door):
    """Asks twice before what was practised is thrown away: the words have to be typed."""

    left = Signal()
    confirmed = Signal()

    def __init__(self) -> None:
        super().__init__(
            self.tr("Làm lại kho tập từ đầu?"),
            self.tr(
                "Mọi hồ sơ đã tập sẽ mất, kho tập có lại các hồ sơ bịa ban đầu. "
                "Kho thật không bị động tới. Gõ chữ LAM LAI để làm, Esc để thôi."
            ),
            self.tr("Làm lại từ đầu"),
        )
        self.said = QLineEdit()
        self.add(Field(self.tr("Gõ LAM LAI"), self.said))
        self.finish()
        self.asked.connect(self._on_asked)

    def start(self) -> None:
        self.said.clear()
        self.notice.say("")
        self.said.setFocus()

    def _on_asked(self) -> None:
        if fold(typed(self.said)) == "lam lai":
            self.confirmed.emit()
        else:
            self.complain(self.tr("Chưa đúng hai chữ LAM LAI; kho tập còn nguyên."))

    def event(self, event: QEvent) -> bool:
        return keeps_escape(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Practice(QObject):
    """Puts the band over the window, and asks before all is made anew."""

    anew_asked = Signal()

    def __init__(self, window: Window, parent: QObject) -> None:
        super().__init__(parent)
        self.window = window
        self.band = window.show_training()
        self.band.anew_asked.connect(self._on_anew_asked)
        self.door: AnewDoor | None = None

    def _on_anew_asked(self) -> None:
        desk = self.window.desk
        if desk is None or desk.session.officer is None:
            return  # not open yet, or locked
        if self.door is None:
            self.door = AnewDoor()
            self.door.confirmed.connect(self.anew_asked)
            self.door.left.connect(self.window.begin)
        self.window.show_door(self.door)
        self.door.start()


class Filling:
    """The work that opens the training store, and the words that say meanwhile how far it is."""

    def __init__(self, door: OpeningDoor, places: Places, vault: Callable[[], Vault], clock: Clock) -> None:
        self._door, self._places, self._vault, self._clock = door, places, vault, clock
        self._done = (0, 0)  # written in the lane, read here
        self.lost = False
        """Whether the store that was there had lost its key; known once the work is done."""
        self._looking = QTimer(door)
        self._looking.timeout.connect(self._look)
        self._looking.start(_LOOK)

    def work(self, *, anew: bool) -> Office:
        """In a lane."""
        from counter_app.services import training

        if anew and self._places.database.exists():
            training.wipe(self._places)
        return training.open_or_make(self._places, self._vault(), self._clock, self._told, self._on_lost)

    def end(self) -> None:
        self._looking.stop()

    def _on_lost(self) -> None:
        self.lost = True

    def _told(self, done: int, of: int) -> None:
        self._done = done, of

    def _look(self) -> None:
        done, of = self._done
        if of:
            self._door.fill(done, of)


def training_vault() -> Vault:
    """The keyring under the training store's own name."""
    from counter_app.services.training import KEYRING
    from counter_app.system.secrets import KeyringVault

    return KeyringVault(KEYRING)
