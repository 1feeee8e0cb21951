"""Giao nhận (Shift+F5): a pile is scanned one after the other and handed on, or taken over, as one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from counter_app.desk.page import Desk, Page
from counter_app.desk.pages.drafting import Drafting
from counter_app.desk.pages.passing_given import BACK, PRINT, is_the_pages
from counter_app.desk.pages.passing_pile import ROOMS, Pile, draft_of, take_up
from counter_app.desk.pages.passing_view import WRITE, PassingView, Side
from counter_app.desk.parts import typed
from counter_app.desk.widgets.hand_rows import HandRow
from counter_app.domain.errors import CounterError
from counter_app.domain.rights import Right
from counter_app.services import between, given_today, passing, piles
from counter_app.services.drafts import Draft
from counter_app.services.given_today import GivenPile
from counter_app.services.lookup import Scan, id_text
from counter_app.services.office import new_dossier_id, to_ms
from counter_app.words.errors import sentence
from counter_app.words.states import only_for

if TYPE_CHECKING:
    from counter_app.desk.prints import Sent

_PAUSE = 250  # ms without a letter typed, before the rows are read again


class PassingPage(Page):
    answered = Signal()
    """What was scanned or typed has its answer on the page."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.side = Side.GIVE
        self._piles = {side: Pile(self._fresh()) for side in Side}
        self._busy = False
        self.view = PassingView(self.title)
        self.box, self.list, self.write = self.view.box, self.view.list, self.view.write
        self._kept = {
            side: Drafting(desk, partial(self._draft, side), self, room) for side, room in ROOMS.items()
        }
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.look)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.view)
        self._connect()
        for side, kept in self._kept.items():
            kept.load(partial(self._take_up, side))

    @property
    def title(self) -> str:
        return self.tr("Giao nhận")

    @property
    def pile(self) -> Pile:
        return self._piles[self.side]

    def give_way(self, tight: bool) -> None:
        self.view.give_way(tight)

    def entered(self) -> None:
        office = self.desk.office
        self.desk.tasks.run("read", lambda: between.holders(office), self.view.offer)
        self.view.show_side(self.side)
        self._look_back()
        self.look()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def closing(self) -> None:
        for kept in self._kept.values():
            kept.close()

    def choose(self, side: Side) -> None:
        """Turns to the other side; each keeps its pile."""
        self.pile.wanted = False
        self.side = side
        self.view.fault.say("")
        self.view.show_side(side)
        self.look()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_scan(self, scanned: str) -> bool:
        """All that is scanned here belongs to the pile."""
        self.box.setText(scanned)
        self._on_asked()
        return True

    def rows(self) -> Sequence[HandRow]:
        return self.pile.rows

    def says(self) -> str:
        return self.view.says()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # In a field Enter goes back to the scans; it never writes, and a key that is held does nothing.
            if isinstance(here := self.focusWidget(), QPushButton) and not event.isAutoRepeat():
                here.click()
            elif isinstance(here, QLineEdit):
                self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.text().strip() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.box.setText(event.text())  # a scanner types while the list has the focus
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    # the pile

    def look(self) -> None:
        """Reads the rows again, as the fields stand now; where things are taken over, all that waits too."""
        self._pause.stop()
        office, now, side, me = self.desk.office, self.desk.now(), self.side, self._me()
        dossiers, how, taker = list(self.pile.dossiers), self.view.how(), typed(self.view.taker)

        def read() -> list[piles.Candidate]:
            if side is Side.GIVE:
                return piles.to_give(office, dossiers, how, now, me)
            waits = between.waiting(office, now, taker)
            waits.sort(key=lambda one: one.hop.took != me)
            every = dict.fromkeys([*dossiers, *(one.line.dossier for one in waits)])
            return piles.to_take(office, every, taker, me)

        self.desk.tasks.run(
            "read", read, lambda found: self._show(side, found), self._refuse, latest=f"pile-{id(self)}"
        )

    def _show(self, side: Side, found: list[piles.Candidate]) -> None:
        pile = self._piles[side]
        new = pile.unseen
        if side is Side.GIVE:
            known = {one.line.dossier: one for one in found}
            found = [known[one] for one in pile.dossiers if one in known]
            self._suggest(next(filter(None, (one.next_holder for one in found)), ""))
        pile.rows = [
            HandRow(one, place, None if side is Side.GIVE else one.line.dossier in pile.ticked)
            for place, one in enumerate(found, start=1)
        ]
        if side is self.side:
            self.list.renew_rows(pile.rows, lambda row: row.id)
            self._offer()
            self._go_on([row for row in pile.chosen if row.id in new])

    def _go_on(self, new: list[HandRow]) -> None:
        """Writes what F9 was pressed for once all of it has its row; what does not fit is looked at first."""
        pile = self.pile
        if not pile.wanted:
            return
        if (odd := next((row for row in new if row.warning), None)) is not None:
            pile.wanted = False
            words = self.tr("Chưa ghi, hãy xem {code}: {why}")
            self.view.fault.say(words.format(code=odd.candidate.line.code, why=odd.warning), "soon")
        elif not pile.unseen:
            pile.wanted = False
            self._on_write()

    def _suggest(self, holder: str) -> None:
        """Whose step comes next stands in the empty field, once a pile: who clears it means somebody else."""
        pile = self._piles[Side.GIVE]
        if holder and not pile.suggested and not typed(self.view.to):
            pile.suggested, pile.wanted = True, False  # who was not named yet is read before it is written
            self.view.to.setText(holder)

    def _offer(self) -> None:
        """What F9 does now, or why it does nothing."""
        gives, n = self.side is Side.GIVE, len(self.pile.chosen)
        self.write.say((self.tr("Ghi giao {n}") if gives else self.tr("Ghi nhận {n}")).format(n=n))
        may = self.desk.session.may(Right.HANDLE)
        self.write.setEnabled(bool(n) and may and not self._busy)
        stuck = next((row for row in self.pile.chosen if not row.can), None)
        why = "" if may else only_for(Right.HANDLE)
        if may and stuck is not None:
            why = self.tr("Hồ sơ số {n} chưa đi được: bỏ ra (Delete), hoặc sửa.").format(n=stuck.place)
        self.view.why_not.setText(why)
        empty = self.tr("Quét hồ sơ đầu tiên của chồng. F9 ghi cả chồng một lần.")
        if not gives:
            empty = self.tr("Không có hồ sơ nào chờ nhận. Nhận chồng giấy: quét từng hồ sơ.")
        self.view.show_empty("" if self.pile.rows else empty)

    def _on_asked(self) -> None:
        asked, office, side = typed(self.box), self.desk.office, self.side
        if not asked:
            return
        self.box.clear()  # the next scan begins while this one is looked up

        self.desk.tasks.run(
            "read",
            lambda: piles.named(office, asked),
            lambda found: self._on_found(side, found),
            self._refuse,
        )

    def _on_found(self, side: Side, found: Scan) -> None:
        pile = self._piles[side]
        fault = ""
        if found.signature == "forged" or len(found.lines) != 1:
            words = self.tr("“{asked}” không phải mã của một hồ sơ ở đây; chưa thêm vào chồng.")
            if len(found.lines) > 1:
                words = self.tr("Mã “{asked}” có ở nhiều hồ sơ; hãy mở ở Tra cứu (F3) rồi gõ id.")
            fault = words.format(asked=found.text[:40])
        else:
            line = found.lines[0]
            again = line.dossier in (pile.ticked if side is Side.TAKE else pile.dossiers)
            if again:
                fault = self.tr("{code} đã có trong chồng, không thêm lần nữa.").format(code=line.code)
            elif len(pile.dossiers) >= passing.MOST:
                fault = self.tr("Chồng đã có {n} hồ sơ: ghi (F9) rồi quét tiếp.").format(n=passing.MOST)
            else:
                pile.put(line.dossier)
                self._kept[side].keep_now()  # a scan that was answered is on the disk
        self.view.fault.say(fault, "soon")
        self.look()
        self.answered.emit()

    def _on_removed(self, row: HandRow) -> None:
        pile = self.pile
        pile.take_out(row.id)
        self._on_changed()
        self.list.renew_rows(pile.rows, lambda one: one.id)
        self._offer()
        self.look()

    def _on_toggled(self, here: HandRow | None) -> None:
        pile = self.pile
        able = {row.id for row in pile.rows if row.can}
        if here is None:
            pile.ticked = set() if able <= pile.ticked else able | pile.unseen
        elif here.id in able:
            pile.ticked ^= {here.id}
        self._on_changed()
        pile.rows = [HandRow(row.candidate, row.place, row.id in pile.ticked) for row in pile.rows]
        self.list.renew_rows(pile.rows, lambda row: row.id)
        self._offer()

    def _on_changed(self) -> None:
        self.pile.wanted = False  # F9 was pressed for what stood there before
        self._kept[self.side].touch()

    # acts

    def _on_write(self) -> None:
        if typed(self.box):
            self._on_asked()  # another scan was begun: that one first
            return
        if self.pile.unseen and not self._busy:
            self.pile.wanted = True
            self.look()
            return
        if not self.write.isEnabled():
            return
        side, pile = self.side, self.pile
        codes = [id_text(row.id) for row in pile.chosen]
        office, session, how = self.desk.office, self.desk.session, self.view.how(pile.id)
        taker, signed, batch = typed(self.view.taker), typed(self.view.signed), pile.id
        self._busy = True
        # What is scanned meanwhile begins the next pile; the store forgets the draft as it writes the acts.
        self._kept[side].rest()
        self._lay_down(side, Pile(self._fresh()))

        now = self.desk.now()

        def work() -> GivenPile | None:
            if side is Side.GIVE:
                done = passing.pass_on(office, session, codes, how)
                return GivenPile(done.batch, done.to, now, done.dossiers)
            passing.take_over(office, session, codes, taker, signed_by=signed, draft=batch)
            return None

        def then(given: GivenPile | None) -> None:
            self._busy = False
            self._on_written(len(codes), given)

        def failed(error: CounterError) -> None:
            self._busy = False
            later = self._piles[side]
            pile.join(later)
            self._lay_down(side, pile)
            self._kept[side].touch()
            self._refuse(error)
            if error.facts.get("field") == "holder":
                self.view.to.setFocus(Qt.FocusReason.OtherFocusReason)

        self.desk.tasks.run("store", work, then, failed)

    def _on_written(self, n: int, given: GivenPile | None) -> None:
        said = self.tr("Đã ghi nhận {n} hồ sơ.").format(n=n)
        if given is not None:
            said = self.tr("Đã giao {n} hồ sơ cho {to}. Ctrl+P in danh sách để ký.").format(n=n, to=given.to)
            self._show_last(given)
            for one in (self.view.to, self.view.step, self.view.within):
                one.clear()  # the next pile may be somebody else's
        self.view.fault.say(said, "in_time")
        self.told.emit(said)
        self.look()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_down(self, side: Side, pile: Pile) -> None:
        self._piles[side] = pile
        self.list.show_rows(self.pile.rows)
        self._offer()
        self.look()

    def _on_print(self) -> None:
        pile, desk, session = self.view.last.pile, self.desk, self.desk.session
        if pile is None or self.side is not Side.GIVE:
            return
        codes = [id_text(one) for one in pile.dossiers]
        giver = desk.office.settings.office or self._me()

        def work() -> Sent:
            from counter_app.desk import prints

            return prints.handover_list(desk, session, codes, giver, pile.to)

        def then(sent: Sent) -> None:
            desk.jobs.follow(sent)
            said = self.tr("Danh sách đã thành tệp, chưa in") if sent.is_file else ""
            self.told.emit(said or self.tr("Đã gửi danh sách bàn giao đi in"))

        desk.tasks.run("paper", work, then, self._refuse)

    # what was given last

    def _look_back(self) -> None:
        office, session = self.desk.office, self.desk.session

        def show(given: list[GivenPile]) -> None:
            if session is self.desk.session:
                self._show_last(given[0] if given else None)

        self.desk.tasks.run(
            "read", lambda: given_today.piles_given(office, session), show, latest=f"given-{id(self)}"
        )

    def _show_last(self, pile: GivenPile | None) -> None:
        self.view.last.show_pile(pile, self.desk.session.may(Right.HANDLE))

    def _on_back_asked(self) -> None:
        if self.side is Side.GIVE and not self._busy:
            self.view.last.ask()

    def _on_back(self, why: str) -> None:
        pile, office, session = self.view.last.pile, self.desk.office, self.desk.session
        if pile is None or self._busy:
            return
        self._busy = True
        codes = [id_text(one) for one in pile.dossiers]

        def then(_: object) -> None:
            self._busy = False
            words = self.tr("Đã rút lại {n} hồ sơ giao nhầm cho {to}.")
            said = words.format(n=len(codes), to=pile.to)
            self.view.fault.say(said, "in_time")
            self.told.emit(said)
            self._look_back()
            self.look()

        def failed(error: CounterError) -> None:
            self._busy = False
            self._refuse(error)
            self._offer()

        self._offer()
        self.desk.tasks.run(
            "store", lambda: passing.take_back(office, session, codes, why, pile.batch), then, failed
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QLineEdit) and is_the_pages(watched, event):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _refuse(self, error: CounterError) -> None:
        self.pile.wanted = False
        self.view.fault.say(sentence(error), "late")
        self.answered.emit()

    # what is kept

    def _fresh(self) -> bytes:
        return new_dossier_id(to_ms(self.desk.now()))

    def _me(self) -> str:
        officer = self.desk.session.officer
        return officer.name if officer is not None else ""

    def _draft(self, side: Side) -> Draft | None:
        return draft_of(self._piles[side], side, self.view)

    def _take_up(self, side: Side, draft: Draft | None) -> None:
        """What was scanned when the power went lies here again."""
        if draft is None or self._piles[side].dossiers:
            return
        if (pile := take_up(draft, side, self.view)) is not None:
            self._piles[side] = pile
            self._kept[side].touch()
            self.look()

    def _connect(self) -> None:
        view = self.view
        self.box.returnPressed.connect(self._on_asked)
        for side, tab in view.tabs.items():
            tab.clicked.connect(lambda _=False, one=side: self.choose(one))
        for one in view.fields().values():
            one.textChanged.connect(lambda _: self._pause.start())
            one.textEdited.connect(self._on_changed)
        view.on_paper.toggled.connect(lambda _: self._kept[Side.GIVE].touch())
        self.list.removed.connect(self._on_removed)
        self.list.toggled.connect(self._on_toggled)
        self.list.opened.connect(lambda row: self.open_dossier.emit(row.id))
        self.write.clicked.connect(self._on_write)
        view.last.print.clicked.connect(self._on_print)
        view.last.back_asked.connect(self._on_back)
        view.last.left.connect(lambda: self.box.setFocus(Qt.FocusReason.OtherFocusReason))
        for one in (*view.fields().values(), self.box):
            one.installEventFilter(self)
        self.bind(
            [
                ("Alt+1", lambda: self.choose(Side.GIVE)),
                ("Alt+2", lambda: self.choose(Side.TAKE)),
                (WRITE, self._on_write),
                (PRINT, self._on_print),
                (BACK, self._on_back_asked),
            ]
        )
