"""The petitions of the page Phản ánh: the list, and beside it the one that is here or a new one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from counter_app.desk.following import FollowingArea
from counter_app.desk.page import Desk
from counter_app.desk.pages.act_drafts import ActDrafts
from counter_app.desk.pages.drafting import Drafting
from counter_app.desk.pages.petition_acts import NEW
from counter_app.desk.pages.petition_form import PetitionForm
from counter_app.desk.parts import KeyButton, keys, typed
from counter_app.desk.theme import text
from counter_app.desk.widgets.petition_rows import PetitionList, PetitionRow, petition_rows
from counter_app.domain.errors import CounterError
from counter_app.domain.petitions import Petition, Source
from counter_app.services import drafts, petitions
from counter_app.services.drafts import Draft
from counter_app.services.feedback_papers import owed
from counter_app.services.office import new_dossier_id, to_ms
from counter_app.words.errors import sentence

_FORM: Final = 416  # pixels
_NARROW: Final = 860  # under this width the form takes the list's place, and Esc returns
_TYPED: Final = "typed/"  # of a draft's fields: what the form holds
Typed = tuple[str, dict[str, Any], tuple[str, str]]
_AT_THE_COUNTER: Final = (Source.PAPER.value, Source.IN_PERSON.value)
"""Who brought it stands there and takes its receipt."""


class PetitionPart(QWidget):
    told = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.list = PetitionList(self.tr("Phản ánh, kiến nghị"))
        self.form = PetitionForm()
        self.new = KeyButton(self.tr("Thêm phản ánh"), "Ctrl+N", "primary")
        self._alone = False
        self._rows: list[PetitionRow] = []
        self._id = b""
        self._sent: Typed | None = None
        """What is being written: no draft is kept of it any more."""
        self._asked_to_leave = False
        self.drafting = Drafting(desk, self._draft, self, drafts.PETITION)
        self.drafting.load(self._take_up)
        self.acts = ActDrafts(desk, self.form, lambda: self._typed() == self._sent, self)
        self._lay_out()
        for field in (self.form.first, self.form.also, *self.form.fields.values()):
            field.textChanged.connect(self._on_typed)
        self.new.clicked.connect(self.begin)
        self.list.opened.connect(lambda _: self._show_alone(True))
        self.list.selectionModel().currentChanged.connect(lambda: self._show_here())
        self.form.write.connect(self._on_write)
        self.form.kept.connect(self._on_kept)
        self.form.print.clicked.connect(self.print)

    def entered(self) -> None:
        self._arrange()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.look()

    def look(self, keep: bytes | None = None) -> None:
        """Reads the petitions again; the one of `keep`, or the one that is here, stays here."""
        office, now = self.desk.office, self.desk.now()

        def read() -> list[PetitionRow]:
            return petition_rows(petitions.listing(office), now, office.calendar())

        self.desk.tasks.run(
            "lists", read, lambda rows: self._show(rows, keep), self._refuse, latest=f"petitions-{id(self)}"
        )

    def rows(self) -> list[PetitionRow]:
        return self._rows

    def says(self) -> str:
        """The words in the list's place; "" where there is a list."""
        return self._empty.text() if self._middle.currentIndex() == 1 else ""

    def begin(self) -> None:
        """The fields of a new petition."""
        self._show_alone(True)
        self.form.begin(NEW)

    def begin_act(self, name: str) -> None:
        """What the act on the petition that is here has to say."""
        self._show_alone(True)
        self.form.begin(name)

    def is_over(self) -> bool:
        """Whether Esc leads back: from what is being typed, or from the form over the list."""
        return bool(self.form.doing) or (self._alone and self.width() < _NARROW)

    def back(self) -> None:
        """Leaves what is being done; where words stand in it, only when asked twice."""
        if self.form.holds_words() and not self._asked_to_leave:
            self._asked_to_leave = True
            self.form.notice.say(self.tr("Chưa ghi; nhấn Esc lần nữa để bỏ những gì đã gõ."), "soon")
            return
        self.form.leave()
        self.acts.drafting.keep_now()
        self._go_to_list()

    def print(self) -> None:
        """The paper of the last act that has one."""
        petition = self.form.petition
        if petition is not None and (name := owed(petition)):
            self._print(petition, name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _show(self, rows: list[PetitionRow], keep: bytes | None) -> None:
        self._rows = rows
        self.list.renew_rows(rows, lambda row: row.petition.id, keep)
        self._middle.setCurrentIndex(0 if rows else 1)
        self._show_here()

    def _show_here(self) -> None:
        row = self.list.shown()
        self.form.show_petition(row.petition if row else None, twice=row is not None and row.twice)

    def _go_to_list(self) -> None:
        self._show_alone(False)
        self._show_here()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_typed(self) -> None:
        if self._asked_to_leave:
            self._asked_to_leave = False
            self.form.notice.say("")
        self.drafting.touch()
        self.acts.drafting.touch()

    def _typed(self) -> Typed:
        return self.form.doing, self.form.given(), self.form.answered()

    def _on_write(self, name: str) -> None:
        desk, form = self.desk, self.form
        office, session = desk.office, desk.session
        named = form.petition.id.hex() if form.petition else ""  # a number may be that of two
        said, also = form.answered()
        given = form.given()
        if name == NEW:
            self.drafting.keep_now()
            self.drafting.rest()
            draft, self._id = self._id, b""
        else:
            draft = self.acts.hand_over()
        self._sent = sent = self._typed()
        self._asked_to_leave = False
        work: dict[str, Callable[[], Petition]] = {
            NEW: lambda: petitions.receive(office, session, given, draft),
            "answer": lambda: petitions.answer(office, session, named, said, also, draft=draft),
            "supply": lambda: petitions.supply(office, session, named, said, draft=draft),
            "publish": lambda: petitions.publish(office, session, named, said, draft=draft),
            "ask": lambda: petitions.ask(
                office, session, named, list(filter(None, said.split(";"))), draft=draft
            ),
            "assign": lambda: petitions.assign(office, session, named, said, draft=draft),
            "refuse": lambda: petitions.refuse(office, session, named, said, draft=draft),
            "void": lambda: petitions.void(office, session, named, said, draft=draft),
        }

        def written(made: Petition) -> None:
            self._sent = None
            form.save.setEnabled(True)
            if self._typed() == sent:  # else something newer stands there
                form.leave()
            self._on_written(name, made)

        def refused(error: CounterError) -> None:
            self._sent = None
            form.save.setEnabled(True)
            if name != NEW:
                self.acts.drafting.keep_now()
            elif draft:
                begun, self._id = self._id, draft
                self.drafting.keep_now()
                if begun:  # what was typed meanwhile is in the petition's own draft now
                    desk.tasks.run("store", lambda: drafts.discard(office, begun, drafts.PETITION))
            self._refuse(error)

        form.save.setEnabled(False)
        desk.tasks.run("store", work[name], written, refused)

    def _on_written(self, name: str, made: Petition) -> None:
        if not self.form.doing:
            self._go_to_list()
        words = (
            self.tr("Đã nhận phản ánh {number}") if name == NEW else self.tr("Đã ghi cho phản ánh {number}")
        )
        self.told.emit(words.format(number=made.number))
        said: Any = made.reception or {}
        wanted = said.get("source") in _AT_THE_COUNTER if name == NEW else bool(said.get("sender"))
        if name in (NEW, "ask", "refuse", "answer") and wanted:
            self._print(made, owed(made))
        self.look(None if self.form.doing else made.id)

    def _on_kept(self, event: str) -> None:
        petition, desk = self.form.petition, self.desk
        if petition is not None:
            desk.tasks.run(
                "store",
                lambda: petitions.settle(desk.office, desk.session, petition.id.hex(), event),
                lambda made: self._on_written("settle", made),
                self._refuse,
            )

    def _draft(self) -> Draft | None:
        """A new petition as it was typed so far."""
        fields = {_TYPED + name: typed(field) for name, field in self.form.fields.items() if typed(field)}
        if self.form.doing != NEW or not fields or self._typed() == self._sent:
            return None
        self._id = self._id or new_dossier_id(to_ms(self.desk.now()))
        return Draft(self._id, {**fields, "source": str(self.form.source.currentData())})

    def _take_up(self, draft: Draft | None) -> None:
        if draft is None or self.form.doing:
            return
        self._id = draft.id
        self.form.begin(NEW)
        for name, field in self.form.fields.items():
            field.setText(str(draft.fields.get(_TYPED + name, "")))
        self.form.source.setCurrentIndex(max(0, self.form.source.findData(draft.fields.get("source"))))

    def _print(self, petition: Petition, name: str) -> None:
        from counter_app.desk import feedback_prints
        from counter_app.desk.prints import Sent

        desk = self.desk

        def done(sent: Sent) -> None:
            desk.jobs.follow(sent)
            words = self.tr("Giấy nằm ở {file}") if sent.is_file else self.tr("Đã gửi giấy tới máy in")
            self.told.emit(words.format(file=sent.where))
            self.look()

        desk.tasks.run(
            "paper", lambda: feedback_prints.petition_paper(desk, petition, name), done, self._refuse
        )

    def _refuse(self, error: CounterError) -> None:
        self.form.notice.say(sentence(error), "late")
        if self.form.doing:
            self._show_alone(True)

    def _show_alone(self, on: bool) -> None:
        self._alone = on
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < _NARROW
        self._left.setVisible(not (narrow and self._alone))
        self._right.setVisible(not narrow or self._alone)
        self._right.setFixedWidth(max(0, self.width()) if narrow else _FORM)

    def _lay_out(self) -> None:
        self._left, self._right = QWidget(), QWidget()
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        sheet = QFrame()
        sheet.setProperty("kind", "sheet")
        self._middle = QStackedLayout(sheet)
        self._middle.setContentsMargins(1, 1, 1, 1)
        self._middle.addWidget(self.list)
        self._empty = text(
            self.tr("Chưa có phản ánh, kiến nghị nào. Ctrl+N để nhận một phản ánh."), "second", wrap=True
        )
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(48)
        self._middle.addWidget(self._empty)
        column.addWidget(sheet, 1)
        below = QHBoxLayout()
        below.addWidget(self.new)
        below.addWidget(keys(("Enter", self.tr("xem, ghi việc")), ("Esc", self.tr("trở lại danh sách"))), 1)
        column.addLayout(below)
        around = QVBoxLayout(self._right)
        around.setContentsMargins(0, 0, 0, 0)
        form_sheet = QFrame()
        form_sheet.setProperty("kind", "sheet")
        inside = QVBoxLayout(form_sheet)
        inside.setContentsMargins(20, 16, 8, 16)
        inside.addWidget(FollowingArea(self.form), 1)
        inside.addWidget(self.form.foot)
        around.addWidget(form_sheet)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._left, 1)
        row.addWidget(self._right)
