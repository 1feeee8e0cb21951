"""Whether the person at the counter has dossiers here already: the same one is not received twice unseen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer

from counter_app.desk.page import Desk
from counter_app.desk.pages.person import PersonBand
from counter_app.desk.pages.procedure import ProcedureBand
from counter_app.domain.procedures import Procedure
from counter_app.services import lookup
from counter_app.services.lookup import Line

_PAUSE: Final = 400  # ms without a key in the person's fields
_SAID: Final = 2  # dossiers that are named; of more only the number is told


class KnownHere(QObject):
    """Asks at each pause, and says what it finds in the two bands that it concerns."""

    def __init__(self, desk: Desk, person: PersonBand, procedure: ProcedureBand, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._person, self._band = person, procedure
        self._chosen: Procedure | None = None
        self._asked = ("", "")
        self._found: list[Line] = []
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._ask)

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
        self._asked, self._found = ("", ""), []

    def _who(self) -> tuple[str, str]:
        fields = self._person.fields()
        return fields.get("name", ""), fields.get("id_number", "")

    def _ask(self) -> None:
        office = self._desk.office
        asked = self._asked = self._who()

        def found(lines: list[Line]) -> None:
            if asked == self._who() == self._asked:
                self._say(lines)

        self._desk.tasks.run("read", lambda: lookup.unfinished_of(office, *asked), found, latest="known")

    def _say(self, lines: list[Line]) -> None:
        self._found = lines
        said = [self.tr("Đang có ở đây: {} ({})").format(one.procedure, one.code) for one in lines[:_SAID]]
        if len(lines) > _SAID:
            said.append(self.tr("và {} hồ sơ nữa của người này").format(len(lines) - _SAID))
        self._person.known = tuple(said)
        self._person.warn()
        self._warn()

    def _warn(self) -> None:
        chosen = self._chosen
        same = [one.code for one in self._found if chosen and one.procedure_code == chosen.code]
        words = self.tr("Người này đã nộp thủ tục này, chưa xong: {}. Nhận nữa là thêm một hồ sơ mới.")
        self._band.notice.say(words.format(", ".join(same[:_SAID])) if same else "", "soon")
