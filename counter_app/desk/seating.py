"""Who sits at the counter, from the opening on: the seat is taken by a PIN, left by a key or by time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from counter_app.desk.idle import IdleWatch
from counter_app.desk.page import Desk
from counter_app.desk.window import Window
from counter_app.domain.errors import CounterError, NotPermitted
from counter_app.services import accounts
from counter_app.services.office import Session

if TYPE_CHECKING:
    from counter_app.desk.overruling import OverruleDoor
    from counter_app.desk.reopening import ReopenDoor
    from counter_app.desk.seat import SeatDoor
    from counter_app.domain.commune import Officer
    from counter_app.domain.orders import Lock
    from counter_app.services.accounts import Seats

_AGAIN: Final = 15_000  # ms; another machine's bundle, or another process, may shut an account meanwhile


class Seating(QObject):
    """Gives `desk` its session; the foot names the officer."""

    def __init__(self, window: Window, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.window, self.desk = window, desk
        self.door: SeatDoor | None = None
        self.reopening: ReopenDoor | None = None
        self.overruling: OverruleDoor | None = None
        self.left = 0  # times that the seat was left
        self.begin: Callable[[], object] = window.begin
        """What the window does once somebody sits here."""
        self.idle = IdleWatch(window, desk.office.settings.lock_minutes)
        self.idle.idle.connect(self.leave)
        window.foot.officer.clicked.connect(self._on_asked)
        window.seat_asked.connect(self._on_asked)
        self._looking = QTimer(self)
        self._looking.timeout.connect(self._look)
        self._looking.start(_AGAIN)
        self._show()

    def leave(self) -> None:
        """Nobody sits here: the counter is locked until somebody does."""
        self.desk.session = Session(None)
        self.left += 1
        self.idle.stop()
        self._show()
        door = self._ask_who()
        self.window.lock(door)
        door.begin()

    def end(self) -> None:
        """Nobody sits here any more, nor will."""
        self._looking.stop()
        self.idle.stop()
        self.window.foot.officer.clicked.disconnect(self._on_asked)
        self.window.seat_asked.disconnect(self._on_asked)
        self.desk.session = Session(None)
        self._show()

    def refresh(self) -> None:
        """The office's settings or accounts are others now: the lock's time, and who this officer is."""
        self.idle.wait_for(self.desk.office.settings.lock_minutes)
        self._look()

    def _look(self) -> None:
        """Who sits here may have been given another role, or none, by somebody else."""
        session, office = self.desk.session, self.desk.office
        if (officer := session.officer) is not None:

            def look() -> tuple[Session | None, Lock | None, bool]:
                known = office.commune()
                now = office.standing_of(session, known)
                mine = now.officer.id if now is not None and now.officer is not None else officer.id
                strange = not officer.pin and accounts.pin_from_elsewhere(office, mine)
                return now, office.lock(), strange

            self.desk.tasks.run("read", look, lambda told: self._on_known(session, *told))
        elif self.door is not None and self.door.lock is not None:
            self._ask_who()  # the district may have opened it again

    def _on_asked(self) -> None:
        """Who has a PIN leaves the counter locked; where nobody has one, another name is chosen."""
        officer = self.desk.session.officer
        if officer is None or officer.pin:
            self.leave()
        else:
            door = self._ask_who()
            self.window.show_door(door)
            door.begin()

    def _ask_who(self, then: Callable[[], object] = lambda: None) -> SeatDoor:
        if self.door is None:
            from counter_app.desk.seat import SeatDoor  # a scan at the start is answered without it

            self.door = SeatDoor()
            self.door.chosen.connect(self._on_chosen)
            self.door.picked.connect(self._on_picked)
            self.door.reopen_asked.connect(self._on_reopen_asked)
            self.door.overrule_asked.connect(self._on_overrule_asked)
        office, door = self.desk.office, self.door

        def known(seats: Seats) -> None:
            door.offer(seats)
            then()

        self.desk.tasks.run("read", lambda: accounts.at_the_counter(office), known)
        return door

    def _on_reopen_asked(self) -> None:
        """Behind the seat, where there is no administrator to go to."""
        assert self.door is not None
        if self.reopening is None:
            from counter_app.desk.reopening import ReopenDoor

            self.reopening = ReopenDoor()
            self.reopening.asked.connect(self._on_reopen)
            self.reopening.left.connect(self._back_to_seat)
        self.window.show_door(self.reopening)
        self.reopening.start(self.door.reopenable)

    def _on_reopen(self) -> None:
        form, office = self.reopening, self.desk.office
        assert form is not None
        if fault := form.fault():
            form.complain(fault)
            return
        form.set_busy(True)
        officer, pin, sheet = form.answer()

        def refused(error: CounterError) -> None:
            form.complain(_words(error))

        self.desk.tasks.run(
            "store",
            lambda: accounts.reopen_administrator(office, officer, pin, sheet),
            self._on_reopened,
            refused,
        )

    def _on_reopened(self, officer: Officer) -> None:
        assert self.door is not None
        door, told = self.door, self.tr("Đã mở lại tài khoản của {}; hãy gõ mã PIN mới.")

        def known() -> None:
            door.choose(officer.id)
            door.notice.say(told.format(officer.name), "in_time")
            door.pin.setFocus()

        self._back_to_seat()
        self._ask_who(known)

    def _on_overrule_asked(self) -> None:
        if self.overruling is None:
            from counter_app.desk.overruling import OverruleDoor

            self.overruling = OverruleDoor()
            self.overruling.asked.connect(self._on_overrule)
            self.overruling.left.connect(self._back_to_seat)
        self.window.show_door(self.overruling)
        self.overruling.start()

    def _on_overrule(self) -> None:
        form, office = self.overruling, self.desk.office
        assert form is not None
        form.set_busy(True)
        sheet = form.answer()

        def opened(_: None) -> None:
            self._back_to_seat()
            self._ask_who()

        def refused(error: CounterError) -> None:
            form.complain(_words(error))

        self.desk.tasks.run("store", lambda: accounts.overrule_lock(office, sheet), opened, refused)

    def _back_to_seat(self) -> None:
        assert self.door is not None
        self.window.show_door(self.door)
        self.door.begin()

    def _on_picked(self, officer: str) -> None:
        door, office = self.door, self.desk.office
        assert door is not None
        self.desk.tasks.run(
            "read", lambda: office.wait(officer), lambda left: door.must_wait(officer, left), latest="wait"
        )

    def _on_chosen(self, officer: str, pin: str) -> None:
        office, door, left = self.desk.office, self.door, self.left
        assert door is not None
        door.set_busy(True)

        def seated(session: Session) -> None:
            if session.claiming:
                door.complain(_words(NotPermitted("pin-missing", officer=officer)))
            elif left == self.left:  # else the seat was left again meanwhile
                self._on_seated(session)

        def refused(error: CounterError) -> None:
            door.complain(_words(error))
            self._on_picked(officer)

        self.desk.tasks.run("read", lambda: office.session(officer, lambda: pin), seated, refused)

    def _on_seated(self, session: Session) -> None:
        office, officer = self.desk.office, session.officer
        self.take(session)
        self.begin()
        if officer is not None:
            self.desk.tasks.run("store", lambda: accounts.sat_down(office, officer.id))

    def _on_known(self, session: Session, now: Session | None, lock: Lock | None, strange: bool) -> None:
        if self.desk.session is not session or session.officer is None:
            return  # another one sits here meanwhile
        if now is None or now.officer is None or lock is not None:
            self.leave()
            return
        if strange and now.officer.pin:  # his account was joined with another's: he says first who he is
            self.leave()
            return
        if now != session:  # else a look would count as a touch, and the counter never lock itself
            self.take(now)

    def take(self, session: Session) -> None:
        """This officer sits here from now on; nothing is asked."""
        self.desk.session = session
        self._show()
        if session.officer is not None and session.officer.pin:
            self.idle.start()

    def _show(self) -> None:
        officer = self.desk.session.officer
        self.window.foot.show_officer(officer.name if officer else self.tr("Chưa chọn cán bộ"))


def _words(error: CounterError) -> str:
    # A start that nothing stops is over before these are needed.
    from counter_app.words.errors import sentence

    return sentence(error)
