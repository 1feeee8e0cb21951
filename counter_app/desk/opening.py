"""How the window comes to an open store: by its keyring or a passphrase, or into the one to practise on."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, Signal

from counter_app.desk.parts import typed
from counter_app.domain.errors import CannotRead, CounterError, Damaged, NoKey

if TYPE_CHECKING:
    from counter_app.desk.app import Surroundings
    from counter_app.desk.door import OpeningDoor
    from counter_app.desk.recovering import Recovery
    from counter_app.desk.tasks import Tasks
    from counter_app.desk.unlocking import PassphraseDoor
    from counter_app.desk.window import Window
    from counter_app.services.first_run import Progress
    from counter_app.services.office import Office, Session
    from counter_app.services.opening import Openers, Vault
    from counter_app.system.paths import Places


DAMAGE: Final = ("store-damaged", "wal-torn", "wal-stale", "key-file-damaged", "store-does-not-verify")
"""What an opening raises that a recovery puts right."""


class Opened(NamedTuple):
    """A store that stands open; `ahead` is how many seconds its time is ahead of the wall, `writable` whether
    its disk lets it be written."""

    office: Office
    session: Session
    agency: str
    ahead: float
    writable: bool = True


class Opening(QObject):
    """Of one folder: `door` waits in the window, and says why it does not open."""

    opened = Signal(object)
    """What the store is, an Opened."""
    practice_lost = Signal()
    """The training store that lay here had lost its key: this one was made anew, and nobody asked for it."""
    nothing_here = Signal(object)
    """Nothing here yet, or a first run that a power cut ended: its Progress."""

    def __init__(
        self,
        window: Window,
        tasks: Tasks,
        places: Places,
        around: Surroundings,
        door: OpeningDoor,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.window, self.tasks, self.places, self.around = window, tasks, places, around
        self._door = door
        self._passphrase: PassphraseDoor | None = None
        self._recovery: Recovery | None = None
        self._opens = False  # the damaged store, as it is
        self._recovers = False  # what is asked for is to recover it
        self._lock = ExitStack()
        self._lock_held = False

    def open(self) -> None:
        """By the keyring, or by what the environment gives."""
        self._wait()
        if not self.places.database.exists() and not self.places.decided.exists():
            self._ask_for_new()
        elif self.places.damage.exists():  # a check has found it, and it opens all the same
            self._tell_of_damage(Damaged("store-does-not-verify"), opens=True)
        else:
            self._open_with(*self._given())

    def _given(self) -> tuple[str, str]:
        given = self.around.environment
        return given.get("COUNTER_PASSPHRASE", ""), given.get("COUNTER_RECOVERY", "")

    def open_training(self, *, anew: bool) -> None:
        """The store to practise on, filled with invented dossiers where it is new, or made `anew`."""
        from counter_app.desk.training import Filling, training_vault

        self._wait()
        around = self.around
        filling = Filling(self._door, self.places, around.vault or training_vault, around.clock)

        def work() -> Opened:
            from counter_app.system import files

            files.private_folder(self.places.data)
            self._take_lock()
            return opened(filling.work(anew=anew), around.clock())

        def then(done: Opened) -> None:
            filling.end()
            self.opened.emit(done)
            if filling.lost:
                self.practice_lost.emit()

        def failed(error: CounterError) -> None:
            filling.end()
            self._complain(error)

        self.tasks.run("store", work, then, failed)

    def close(self) -> None:
        """Another window may open the store."""
        self._lock.close()

    def _wait(self) -> None:
        self._door.wait()
        self.window.show_door(self._door, takes_scans=True)

    def _complain(self, error: CounterError) -> None:
        from counter_app.words.errors import sentence

        self.window.show_door(self._door)
        self._door.complain(sentence(error))

    def _open_with(self, passphrase: str, recovery: str) -> None:
        places, around = self.places, self.around

        def work() -> Opened:
            # These bring SQLAlchemy with them: not before the window is painted, and never on its thread.
            from counter_app.services import opening

            self._take_lock()
            openers = opening.Openers(vault_of(around), lambda: passphrase, recovery)
            return opened(opening.open_store(places, openers, around.clock), around.clock())

        self.tasks.run("store", work, self.opened.emit, self._on_not_opened)

    def _take_lock(self) -> None:
        """Held once: a second try to open finds it already ours."""
        from counter_app.system.lock import single_window

        if not self._lock_held:
            self._lock.enter_context(single_window(self.places.data / "window.lock"))
            self._lock_held = True

    def _on_not_opened(self, error: CounterError) -> None:
        if isinstance(error, NoKey):
            self._ask_passphrase(error)
        elif isinstance(error, Damaged) and error.why in DAMAGE:
            self._tell_of_damage(error, opens=False)
        elif isinstance(error, CannotRead) and error.why == "no-store":
            self._ask_for_new()
        else:
            self._complain(error)

    def _tell_of_damage(self, error: Damaged, *, opens: bool) -> None:
        from counter_app.desk.recovering import Recovery

        if self._recovery is None:
            self._recovery = Recovery(self.places, self.around, self.tasks, self)
            self._recovery.door.asked.connect(self._on_recover)
            self._recovery.door.anyway_asked.connect(lambda: self._open_with(*self._given()))
            self._recovery.ended.connect(self.opened)
            self._recovery.failed.connect(self._on_not_recovered)
        self._opens = opens
        self.window.show_door(self._recovery.door)
        self._recovery.door.tell(_damage_words(error), opens=opens)

    def _on_recover(self) -> None:
        assert self._recovery is not None
        if not self._recovery.is_through():
            self._recover_with(*self._given())

    def _recover_with(self, passphrase: str, words: str) -> None:
        def openers() -> Openers:
            from counter_app.services import opening

            return opening.Openers(vault_of(self.around), lambda: passphrase, words)

        assert self._recovery is not None
        self._recovers = True
        self.window.show_door(self._recovery.door)
        self._recovery.begin(openers, self._take_lock)

    def _on_not_recovered(self, error: CounterError) -> None:
        from counter_app.words.errors import sentence

        assert self._recovery is not None
        if isinstance(error, NoKey) and error.why != "wrong-key":
            self._ask_passphrase(error)
        else:
            self._recovery.door.tell(sentence(error), opens=self._opens)

    def _ask_passphrase(self, error: NoKey) -> None:
        door = self._passphrase
        if door is None:
            from counter_app.desk.unlocking import PassphraseDoor

            door = self._passphrase = PassphraseDoor()
            door.asked.connect(self._on_passphrase)
        self.window.show_door(door)
        door.ask(error)

    def _on_passphrase(self) -> None:
        assert self._passphrase is not None
        self._passphrase.set_busy(True)
        recovery = typed(self._passphrase.recovery)
        go_on = self._recover_with if self._recovers else self._open_with
        go_on("" if recovery else self._passphrase.passphrase.text(), recovery)

    def _ask_for_new(self) -> None:
        def work() -> Progress:
            from counter_app.services import first_run
            from counter_app.system import files

            files.private_folder(self.places.data)
            self._take_lock()
            return first_run.read_at(self.places)

        self.tasks.run("store", work, self.nothing_here.emit, self._on_not_opened)


def _damage_words(error: Damaged) -> str:
    """What is wrong; what to do stands above it, on the door."""
    from counter_app.words import recovering

    return recovering.found(error.why)


def opened(office: Office, wall: datetime) -> Opened:
    """In a lane: what the window needs to know of a store that was just opened, or just made."""
    from counter_app.domain.errors import NotPermitted
    from counter_app.services import room
    from counter_app.services.office import Session

    try:
        session = office.session()
    except NotPermitted:
        session = Session(None)
    ahead = (office.now() - wall).total_seconds()
    can = room.writable(office.places)
    return Opened(office, session, office.commune().name, ahead if abs(ahead) > 60 else 0.0, can)


def vault_of(around: Surroundings) -> Vault:
    """The keyring of this machine, or the one that a test hands in."""
    if around.vault is not None:
        return around.vault()
    from counter_app.system.secrets import KeyringVault

    return KeyringVault()
