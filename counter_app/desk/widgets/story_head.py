"""The head of a dossier's story: how it stands, whose it is, when it is due, how to reach the citizen."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.desk.parts import Notice, Tag
from counter_app.desk.theme import text
from counter_app.desk.widgets.reading import Story
from counter_app.domain.dossier import Dossier
from counter_app.domain.zone import VIETNAM
from counter_app.words import dates, erasing
from counter_app.words.charges import dossier_fee_words
from counter_app.words.hands import where_words


class StoryHead(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._tag, self._name = Tag(), text("", "page", wrap=True)
        self._due, self._first_due = text("", "strong", wrap=True), text("", "small", wrap=True)
        self._procedure, self._about = text("", wrap=True), text("", "second", wrap=True)
        self._fee, self._where = text("", "second", wrap=True), text("", wrap=True)
        self._update, self._fault, self._held, self._erased = Notice(), Notice(), Notice(), Notice()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 16)
        column.setSpacing(2)
        tag = QHBoxLayout()
        tag.addWidget(self._tag)
        tag.addStretch(1)
        column.addLayout(tag)
        column.addSpacing(8)
        parts = (self._name, self._procedure, self._due, self._first_due, self._where, self._about, self._fee)
        for part in parts:
            column.addWidget(part)
        column.addWidget(self._held)
        column.addWidget(self._erased)
        column.addWidget(self._update)
        column.addWidget(self._fault)

    def show_story(self, story: Story) -> None:
        dossier = story.dossier
        erased = dossier.erased is not None
        self._fault.say("")
        self._tag.say(story.standing.words, story.standing.state)
        party = dossier.party()
        self._name.setText(party.get("name") or dossier.code or self.tr("Chưa có phần tiếp nhận"))
        procedure = str(dossier.values.get("procedure", {}).get("name", ""))
        if dossier.held and dossier.claim:
            code = dossier.claim["procedure"]
            procedure = story.procedure or self.tr("Thủ tục {code}").format(code=code)
        self._procedure.setText(procedure)
        self._held.say(self._held_words(story) if dossier.held and dossier.erased is None else "")
        self._erased.say("\n".join([erasing.gone(dossier), *erasing.held(story.copies)]) if erased else "")
        self._due.setText(self._due_words(dossier))
        self._due.setVisible(dossier.due is not None)
        first, measured = dossier.first_due, dossier.measured_due
        moved = first is not None and first != dossier.due
        self._first_due.setVisible(moved)
        if moved and first and measured:
            self._first_due.setText(self._first_words(first, measured))
        self._where.setText(where := where_words(dossier))
        self._where.setVisible(bool(where))
        about = self.tr(", ").join(dossier.codes)
        if phone := party.get("phone"):
            about = self.tr("{code}  –  ĐT {phone}").format(code=about, phone=phone)
        elif via := party.get("contact_via"):
            about = self.tr("{code}  –  nhắn qua {name}").format(code=about, name=via)
        self._about.setText(about)
        self._fee.setText(self.tr("Lệ phí: {fee}").format(fee=dossier_fee_words(dossier)))
        reduced = "exemption" in dossier.values.get("fee", {})
        self._fee.setVisible((dossier.owed != 0 or reduced) and not (dossier.held or erased))
        self._update.say(
            self.tr("Cần cập nhật phần mềm: có việc do phiên bản mới hơn ghi.")
            if dossier.needs_update
            else ""
        )

    def _held_words(self, story: Story) -> str:
        """What is known of a dossier without its reception, what is not, and what happens when it comes."""
        words = [
            self.tr("Chưa có phần tiếp nhận trên máy này: chưa biết của ai, lệ phí, đã có kết quả chưa.")
        ]
        if claim := story.dossier.claim:
            due = datetime.fromisoformat(claim["due"]).astimezone(VIETNAM)
            words.append(self.tr("Giấy hẹn thật, hẹn trả {day}.").format(day=dates.day(due.date())))
        verdict = story.receipt.verdict if story.receipt is not None else None
        if verdict is not None and verdict.revoked_on is not None:
            day = dates.day(verdict.revoked_on)
            words.append(
                self.tr("Máy in giấy này bị thu hồi từ {day}: hãy hỏi thêm người cầm giấy.").format(day=day)
            )
        words.append(self.tr("Đồng bộ xong thì hồ sơ đủ; việc ghi ở đây vẫn còn."))
        return " ".join(words)

    def complain(self, words: str) -> None:
        """The dossier could not be read, and why."""
        self._fault.say(words, "late")

    def _first_words(self, first: datetime, measured: datetime) -> str:
        day, by = (dates.day(one.astimezone(VIETNAM).date()) for one in (first, measured))
        if measured == first:
            return self.tr("Hẹn lần đầu {day}; trễ hạn tính theo ngày này.").format(day=day)
        words = self.tr("Hẹn lần đầu {day}, trừ lúc chờ người dân thì trễ hạn tính theo ngày {by}.")
        return words.format(day=day, by=by)

    def _due_words(self, dossier: Dossier) -> str:
        if dossier.due is None:
            return ""
        due = dossier.due.astimezone(VIETNAM)
        day = f"{dates.weekday(due.date())} {dates.day(due.date())}"
        return self.tr("Hẹn trả {day}, {before}").format(day=day, before=dates.before(due))
