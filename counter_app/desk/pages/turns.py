"""Whose dossier the intake holds, and who waits with one half entered: set aside, dropped, taken up again."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from counter_app.desk.page import Desk
from counter_app.desk.pages.aside_strip import AsideStrip
from counter_app.desk.pages.drafting import MOST, Drafting
from counter_app.desk.pages.intake_form import IntakeForm
from counter_app.desk.parts import Notice
from counter_app.services.drafts import Draft
from counter_app.services.office import new_dossier_id, to_ms


class Turns(QObject):
    """Keeps what `form` holds; `aside` shows who waits, `heed` what is to be looked at with the citizen."""

    taken_up = Signal(object)
    """The Draft of whoever is served now."""
    freed = Signal()
    """What was being entered is kept, or dropped: the next citizen may come."""
    told = Signal(str)

    def __init__(self, desk: Desk, form: IntakeForm, parent: QObject) -> None:
        super().__init__(parent)
        self.id = b""
        """Of the dossier that the form holds."""
        self.are_read = False
        """Whether what was kept when the window closed was asked for."""
        self._began: dict[str, str] = {}
        """The officer who began what the form holds: `id` and `name`; empty while it holds nothing."""
        self._unread = ""
        self._desk, self._form = desk, form
        self.drafting = Drafting(desk, self.draft, self)
        self.aside = AsideStrip()
        self.heed = Notice()
        self.drafting.changed.connect(
            lambda: self.aside.show_aside(self.drafting.aside, self.drafting.trouble)
        )
        self.drafting.unread.connect(self._on_unread)
        self.aside.asked.connect(self.take_up)
        self.aside.more_asked.connect(self.turn)

    def begin(self) -> None:
        """The next citizen, under a new id."""
        self.id = new_dossier_id(to_ms(self._desk.now()))
        self._began = {}
        self.say_heed()

    def hold(self, draft: Draft) -> None:
        """The form takes this draft up."""
        self.id = draft.id
        self._began = dict(draft.fields.get("officer", {}))
        self.say_heed()

    def draft(self) -> Draft | None:
        """What would be lost with the page; None where nothing is."""
        if self._form.received is not None or self._form.saving:
            return None
        fields = self._form.state()
        session = self._desk.session
        if fields and not self._began and session.officer is not None:
            self._began = {"id": session.signature, "name": session.officer.name}
        return Draft(self.id, {**fields, "officer": self._began}) if fields else None

    def load(self) -> None:
        """What was being entered when the power went comes back."""
        self.are_read = True
        self.drafting.load(self._on_drafts)

    def set_aside(self) -> None:
        if (draft := self.draft()) is not None:
            self.drafting.set_aside(draft)
            self.told.emit(self.tr("Đã gác lại; mời người tiếp theo"))
            self.freed.emit()

    def take_up(self, number: int) -> None:
        """Whoever has that place in the strip; who is served now waits instead."""
        if self._form.saving or (wanted := self.drafting.take(number)) is None:
            return
        if (draft := self.draft()) is not None:
            self.drafting.set_aside(draft)
        self.taken_up.emit(wanted)

    def turn(self) -> None:
        """Those who had no place in the strip come into it."""
        if len(self.drafting.aside) > MOST:
            self.drafting.turn()

    def drop(self) -> None:
        """Begins afresh; what is dropped can be had back until the next one is."""
        if self._form.saving:
            return
        if (draft := self.draft()) is not None:
            self.drafting.drop(draft)
        self.freed.emit()

    def touch(self) -> None:
        """Something changed in the form."""
        if self._form.received is None and not self._form.saving:
            self.drafting.touch()

    def end(self) -> None:
        """It is received."""
        self._unread = ""
        self.say_heed()

    def say_heed(self) -> None:
        """Another officer's work is not taken for one's own; what cannot be read is not missed in silence."""
        me = self._desk.session.signature
        another = bool(self._began and me) and me != self._began.get("id")
        said = [self._unread]
        if another and self._form.received is None:
            words = self.tr("{} nhập dở hồ sơ này: hãy xem lại từng mục với người nộp rồi mới lưu.")
            said.append(words.format(self._began.get("name", "")))
        self.heed.say("\n".join(filter(None, said)), "soon")

    def _on_unread(self, count: int) -> None:
        words = self.tr(
            "Có {} bản nhập dở không đọc được; chúng vẫn nằm trong kho, hỏi người dân nếu cần nhập lại."
        )
        self._unread = words.format(count)
        self.say_heed()

    def _on_drafts(self, open_: Draft | None) -> None:
        if open_ is None:
            return
        if self.draft() is None:
            self.taken_up.emit(open_)
            self.told.emit(self.tr("Đã mở lại hồ sơ đang nhập dở"))
        else:  # somebody was quicker with a card: what was open waits its turn
            self.drafting.set_aside(open_)
