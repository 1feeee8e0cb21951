"""Whether the person at the counter, or this dossier, is here already; and how he was reached last time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from counter_app.desk.page import Desk
from counter_app.desk.pages.person import PersonBand
from counter_app.desk.pages.procedure import ProcedureBand
from counter_app.desk.parts import KeyButton
from counter_app.domain.procedures import Procedure
from counter_app.services import known
from counter_app.services.known import Known, Who
from counter_app.services.lookup import Line
from counter_app.words import dates

_PAUSE: Final = 400  # ms without a key in the person's fields
_SAID: Final = 2  # dossiers that are named; of more only the number is told


class KnownHere(QObject):
    """Asks at each pause, at once after a card, and says what it finds in the two bands that it concerns."""

    story_asked = Signal(object)
    """A dossier's id (bytes): the officer wants to see it before he goes on."""

    def __init__(self, desk: Desk, person: PersonBand, procedure: ProcedureBand, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._person, self._band = person, procedure
        self._chosen: Procedure | None = None
        self._asked = Who()
        self._found = Known()
        self._served: frozenset[bytes] = frozenset()
        self._look = KeyButton("", "Ctrl+O")
        self._look.clicked.connect(self.ask_story)
        self._look.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._ask)
        person.card_taken.connect(self._ask)

    def touch(self) -> None:
        """Something changed on the page."""
        if self._who() != self._asked:
            self._pause.start()

    def choose(self, procedure: Procedure | None) -> None:
        self._chosen = procedure
        self._warn()

    def forget(self) -> None:
        """The next citizen."""
        self._pause.stop()
        self._asked, self._found, self._served = Who(), Known(), frozenset()

    def served(self, dossiers: Iterable[bytes]) -> None:
        """What this citizen handed in just now: nobody need be told of it."""
        self._served = frozenset(dossiers)

    def ask_story(self) -> None:
        """Shows the dossier that the warning names first."""
        found = [*self._same_errand(), *self._found.same, *self._found.alike]
        if found:
            self.story_asked.emit(found[0].dossier)

    def _who(self) -> Who:
        fields = self._person.fields()
        number = fields.get("id_number", "") or fields.get("tax_code", "")
        return Who(fields.get("name", ""), number, fields.get("phone", ""), fields.get("birth_date", ""))

    def _ask(self) -> None:
        self._pause.stop()
        office = self._desk.office
        asked = self._asked = self._who()

        def found(what: Known) -> None:
            if asked == self._who() == self._asked:
                self._say(what)

        self._desk.tasks.run("read", lambda: known.look(office, asked), found, latest="known")

    def _say(self, found: Known) -> None:
        self._found = found = replace(
            found, same=tuple(one for one in found.same if one.dossier not in self._served)
        )
        said = [
            self.tr("Đang có ở đây: {} ({})").format(one.procedure, one.code) for one in found.same[:_SAID]
        ]
        if len(found.same) > _SAID:
            said.append(self.tr("và {} hồ sơ nữa của người này").format(len(found.same) - _SAID))
        words = self.tr("Có thể là cùng một người: {}, {} ({}); hãy hỏi ngày sinh")
        said += [words.format(one.applicant, one.procedure, one.code) for one in found.alike[:_SAID]]
        self._person.known = tuple(said)
        if found.last is not None:
            day = datetime.fromisoformat(found.last.received_at).date()
            self._person.offer(found.last.reach, dates.day(day))
        else:
            self._person.offer({}, "")
        self._person.warn()
        self._warn()

    def _same_errand(self) -> list[Line]:
        code = self._chosen.code if self._chosen else ""
        found = self._found
        return known.of_procedure([*found.same, *found.alike, *found.phone], code)

    def _warn(self) -> None:
        again = self._same_errand()
        if again:
            words, named = self._errand_words(again)
            self._look.say(self.tr("Xem {}").format(again[0].code))
            self._band.say_known(words.format(named), self._look)
        else:
            self._band.say_known("")

    def _errand_words(self, again: Sequence[Line]) -> tuple[str, str]:
        if again[0] in self._found.same:
            mine = [one for one in again if one in self._found.same]
            words = self.tr("Người này đã nộp thủ tục này, chưa xong: {}. Nhận nữa là thêm một hồ sơ mới.")
            return words, ", ".join(one.code for one in mine[:_SAID])
        named = ", ".join(f"{one.applicant} – {one.code}" for one in again[:_SAID])
        if again[0] in self._found.alike:
            return self.tr("Có thể hồ sơ này đã nhận rồi, chưa xong: {}. Xem lại trước khi nhận nữa."), named
        words = self.tr("Điện thoại này có ở hồ sơ cùng thủ tục, chưa xong: {}. Có phải một việc không?")
        return words, named
