"""A store that nothing can be written to: said over every page, and taken back once it can."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer

from counter_app.desk.page import Desk
from counter_app.desk.parts import Notice
from counter_app.services import room

_AGAIN: Final = 20_000  # ms between two looks


class ReadOnlyBand(Notice):
    """All that is kept is found and shown; what would be written is refused by its own sentence."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.say(
            self.tr(
                "Kho chỉ đọc được: vẫn tra cứu và xem mọi hồ sơ, nhưng chưa nhận, ghi hay in gì được. Hãy mở "
                "khóa ổ đĩa hoặc xem quyền của thư mục dữ liệu."
            ),
            "late",
        )
        self._looking = QTimer(self)
        self._looking.timeout.connect(self.look)
        self._looking.start(_AGAIN)

    def look(self) -> None:
        """Whether it can be written by now."""
        places = self._desk.office.places
        self._desk.tasks.run("read", lambda: room.writable(places), self._show, latest="writable")

    def _show(self, can: bool) -> None:
        if can:
            self._looking.stop()
            self.say("")
