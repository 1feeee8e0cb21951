"""Beside the petitions: what is known of the one that is here and what may be done, or a new one's fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from counter_app.desk.lines import Lines
from counter_app.desk.pages.petition_acts import ACTS, NEW, Act, allowed
from counter_app.desk.parts import Field, KeyButton, Notice, typed
from counter_app.desk.theme import text
from counter_app.desk.widgets.petition_rows import unread
from counter_app.desk.widgets.speech import translate
from counter_app.domain.codes import looks_like_code
from counter_app.domain.petitions import Petition, Source, Stage
from counter_app.services.feedback_papers import owed
from counter_app.services.lookup import id_text
from counter_app.words import dates, story
from counter_app.words.feedback import SOURCES, STAGES, petition_conflict, source_words


class PetitionForm(QWidget):
    write = Signal(str)
    """The name of the act that is to be written, or NEW."""
    begun = Signal()
    """An act, or a new petition, is being typed."""
    kept = Signal(str)
    """The name of the event whose side is to be kept."""

    def __init__(self) -> None:
        super().__init__()
        self.doing = ""
        self._petition: Petition | None = None
        self._twice = False
        self._title = text("", "strong", wrap=True)
        self._facts = text("", "body", wrap=True)
        self._story = text("", "second", wrap=True)
        self.notice, self.dispute = Notice(), Notice()
        self.sides = [KeyButton("", f"Ctrl+{n}") for n in (1, 2)]
        for place, side in enumerate(self.sides):
            side.clicked.connect(lambda _=False, p=place: self.keep(p))
        self.buttons = {act.name: KeyButton(translate("Petitions", act.words), _shown(act)) for act in ACTS}
        for act in ACTS:
            self.buttons[act.name].clicked.connect(lambda _=False, name=act.name: self.begin(name))
        self.first, self.also = QLineEdit(), QLineEdit()
        self._first, self._also = Field("", self.first), Field("", self.also)
        self.source = QComboBox()
        for source in Source:
            self.source.addItem(SOURCES.say(source), source.value)
        self.fields = {
            name: QLineEdit()
            for name in ("subject", "content", "name", "phone", "address", "officer", "matter")
        }
        self._new = self._new_fields()
        self.save = KeyButton(self.tr("Ghi"), "F9", "primary")
        self.save.clicked.connect(self.commit)
        self.print = KeyButton(self.tr("In giấy của việc cuối"), "Ctrl+P")
        self._lay_out()
        self.show_petition(None)

    def show_petition(self, petition: Petition | None, *, twice: bool = False) -> None:
        """The petition that is here, and whether another bears its number; while an act on one is being
        typed, that one stays."""
        other = petition is None or self._petition is None or petition.id != self._petition.id
        if other and self.doing != NEW and self.holds_words():
            return
        self._petition, self._twice = petition, twice
        if other and self.doing != NEW:
            self.leave()
        self._renew()

    @property
    def petition(self) -> Petition | None:
        return self._petition

    def begin(self, name: str) -> None:
        """Asks for what the act says, unless another one is being typed."""
        if self.doing or (name != NEW and name not in [act.name for act in allowed(self._petition)]):
            return
        self.doing = name
        self.notice.say("")
        self.first.clear()
        self.also.clear()
        self._renew()
        (self.source if name == NEW else self.first).setFocus(Qt.FocusReason.OtherFocusReason)
        self.begun.emit()

    def leave(self) -> None:
        """Nothing is being done."""
        self.doing = ""
        self.notice.say("")
        for field in self._lines():
            field.clear()
        self._renew()

    def holds_words(self) -> bool:
        """Whether anything stands in its fields."""
        return any(typed(field) for field in self._lines())

    def commit(self) -> None:
        if self.doing and self.save.isEnabled():
            self.write.emit(self.doing)

    def keep(self, place: int) -> None:
        """Settles the first dispute for its side of that place; one that is not in view stays."""
        conflicts = self._petition.conflicts if self._petition else ()
        if not self.doing and conflicts and place < len(conflicts[0].sides):
            self.kept.emit(str(conflicts[0].sides[place].event))

    def given(self) -> dict[str, Any]:
        """The new petition as it was typed; what is empty is left out."""
        said = {name: typed(field) for name, field in self.fields.items() if typed(field)}
        sender = {name: said[name] for name in ("name", "phone", "address") if name in said}
        about = {"officer": said["officer"]} if "officer" in said else {}
        if matter := said.get("matter"):
            about["dossier" if looks_like_code(matter) else "procedure"] = matter
        fields = {"source": self.source.currentData(), "subject": said.get("subject", "")}
        fields["content"] = said.get("content") or said.get("subject", "")
        return {**fields, **({"sender": sender} if sender else {}), **({"about": about} if about else {})}

    def answered(self) -> tuple[str, str]:
        """What was typed of the act, and of its second line."""
        return typed(self.first), typed(self.also)

    def says(self) -> str:
        """All that stands in it."""
        parts = (self._title, self._facts, self._story)
        words = [part.text() for part in parts if not part.isHidden()]
        return "\n".join(filter(None, [*words, self.dispute.words(), self.notice.words()]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter goes on from field to field; from the last one to the button that writes.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            here = self.focusWidget()
            last = self.fields["matter"] if self.doing == NEW else self.also if self._has_also else self.first
            if here is last:
                self.save.setFocus(Qt.FocusReason.OtherFocusReason)
            elif here is self.save:
                self.commit()
            else:
                self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def _lines(self) -> list[QLineEdit]:
        return [self.first, self.also, *self.fields.values()]

    @property
    def _act(self) -> Act | None:
        return next((act for act in ACTS if act.name == self.doing), None)

    @property
    def _has_also(self) -> bool:
        return self._act is not None and bool(self._act.also)

    def _renew(self) -> None:
        petition, act = self._petition, self._act
        new = self.doing == NEW
        able = [] if new or self.doing else [one.name for one in allowed(petition)]
        for name, button in self.buttons.items():
            button.setVisible(name in able)
        self._acts.setVisible(bool(able))
        self._new.setVisible(new)
        self._first.setVisible(act is not None)
        self._also.setVisible(self._has_also)
        if act is not None:
            self._first.rename(translate("Petitions", act.asks))
            self._also.rename(translate("Petitions", act.also) if act.also else "")
        self.save.setVisible(bool(self.doing))
        self.print.setVisible(not self.doing and petition is not None and bool(owed(petition)))
        for part in (self._title, self._facts, self._story):
            part.setVisible(not new and petition is not None)
        self._tell(petition)

    def _tell(self, petition: Petition | None) -> None:
        if petition is None or self.doing == NEW:
            self.dispute.say("")
            return
        said: Mapping[str, Any] = petition.reception or {}
        self._title.setText(petition.subject or unread(petition))
        sender = said.get("sender", {})
        reach = ", ".join(sender[name] for name in ("name", "phone", "address") if name in sender)
        due = petition.due
        limits = said.get("limits", {}).get("answer", {})
        told = [
            f"{petition.number} · {source_words(said.get('source', ''))} · {STAGES.say(petition.stage)}",
            self.tr("Phản ánh khác cũng mang số này; mã riêng của phản ánh này: {id}").format(
                id=id_text(petition.id)
            )
            if self._twice
            else "",
            said.get("content", "") if said.get("content") != petition.subject else "",
            self.tr("Người phản ánh: {who}").format(who=reach or self.tr("không ghi tên")) if said else "",
            "; ".join(said.get("about", {}).values()),
            self.tr("Hạn trả lời {day}, theo {source}").format(
                day=dates.day(due.date()), source=limits.get("source", "")
            )
            if due and limits
            else "",
        ]
        self._facts.setText("\n".join(filter(None, told)))
        lines = [f"{dates.moment(entry.happened_at)}: {story.tell(entry)}" for entry in petition.entries]
        self._story.setText("\n".join(lines))
        if petition.conflicts:
            found = petition.conflicts[0]
            for side, button in zip(found.sides, self.sides, strict=False):
                value = side.value.get("text", "") if isinstance(side.value, dict) else str(side.value)
                known = STAGES.say(Stage(value)) if value in set(Stage) else value
                button.say(self.tr("Giữ: {value}").format(value=_short(known)))
            ways = self.sides[: len(found.sides)]
            self.dispute.say(petition_conflict(found), "late", *ways)
        else:
            for button in self.sides:
                button.say("")
            self.dispute.say("")

    def _new_fields(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        labels = {
            "subject": self.tr("Tóm tắt"),
            "content": self.tr("Nội dung (để trống: như tóm tắt)"),
            "name": self.tr("Họ tên người phản ánh (để trống: không ghi tên)"),
            "phone": self.tr("Số điện thoại"),
            "address": self.tr("Địa chỉ"),
            "officer": self.tr("Về ai, quầy nào (nếu có nêu)"),
            "matter": self.tr("Về thủ tục hoặc mã hồ sơ nào (nếu có nêu)"),
        }
        column.addWidget(Field(self.tr("Nguồn"), self.source))
        for name, label in labels.items():
            column.addWidget(Field(label, self.fields[name]))
        return box

    def _lay_out(self) -> None:
        self._acts = QWidget()
        acts = Lines(self._acts, spacing=8)
        for button in self.buttons.values():
            acts.add(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(10)
        for part in (self._title, self._facts, self.dispute, self._acts, self._new, self._first, self._also):
            column.addWidget(part)
        column.addWidget(self._story)
        column.addStretch(1)
        self.foot = QWidget()
        """What came of it and the keys, which stay in view whatever is scrolled."""
        below = QVBoxLayout(self.foot)
        below.setContentsMargins(0, 8, 12, 0)
        below.setSpacing(8)
        below.addWidget(self.notice)
        row = QWidget()
        buttons = Lines(row, spacing=8)
        buttons.add(self.save)
        buttons.add(self.print)
        below.addWidget(row)


def _shown(act: Act) -> str:
    return act.key.replace("Return", "Enter")


def _short(words: str, most: int = 18) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"
