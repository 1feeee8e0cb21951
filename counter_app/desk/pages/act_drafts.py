"""What is typed of an act on a petition: kept at every pause, there again when that act is begun again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from counter_app.desk.page import Desk
from counter_app.desk.pages.drafting import Drafting
from counter_app.desk.pages.petition_acts import NEW
from counter_app.desk.pages.petition_form import PetitionForm
from counter_app.desk.parts import typed
from counter_app.services import drafts, petitions
from counter_app.services.drafts import Draft


class ActDrafts(QObject):
    """Of one form; `sent` says whether what stands in it is being written."""

    def __init__(self, desk: Desk, form: PetitionForm, sent: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._form, self._sent = form, sent
        self._left: dict[bytes, Draft] = {}
        self.drafting = Drafting(desk, self._draft, self, drafts.PETITION_ACT)
        self.drafting.load(self._on_read)
        form.begun.connect(self._take_up)

    def hand_over(self) -> bytes:
        """The id of what is kept of the act that is being written, which ends it."""
        self.drafting.keep_now()
        self.drafting.rest()
        return self._id()

    def _id(self) -> bytes:
        petition, act = self._form.petition, self._form.doing
        return petitions.draft_of(petition.id, act) if petition is not None and act not in ("", NEW) else b""

    def _draft(self) -> Draft | None:
        fields = {"first": typed(self._form.first), "also": typed(self._form.also)}
        id_ = self._id()
        return Draft(id_, fields) if id_ and any(fields.values()) and not self._sent() else None

    def _on_read(self, newest: Draft | None) -> None:
        self._left = {draft.id: draft for draft in (newest, *self.drafting.aside) if draft is not None}
        self._take_up()

    def _take_up(self) -> None:
        if self._form.holds_words() or (draft := self._left.pop(self._id(), None)) is None:
            return
        self._form.first.setText(str(draft.fields.get("first", "")))
        self._form.also.setText(str(draft.fields.get("also", "")))
        self.drafting.keep_now()  # so that leaving it discards it
