"""Over the board: what the officer is reminded of, as long as it is so."""

from __future__ import annotations

from counter_app.desk.page import Desk
from counter_app.desk.parts import Notice
from counter_app.services import reminders
from counter_app.services.reminders import Reminders
from counter_app.words.keeping import reminded


class Reminding(Notice):
    """Hidden while there is nothing; `look` reads anew."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def look(self) -> None:
        office, now = self._desk.office, self._desk.now()

        def show(found: Reminders) -> None:
            self.say("\n".join(reminded(found, now)), "soon")

        self._desk.tasks.run(
            "read", lambda: reminders.reminders(office, now), show, latest=f"reminding-{id(self)}"
        )
