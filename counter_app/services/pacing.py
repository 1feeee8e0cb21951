"""How one synchronisation goes on: how much the link bears, what was learnt of the district so far."""

from __future__ import annotations

from counter_app.services.enrolled import BROKE, ROOM
from counter_app.services.office import Office
from counter_app.store import own
from counter_app.sync.agreed import Agreed, Tip
from counter_app.sync.portions import LARGEST, SMALLEST


class Pace:
    """What one synchronisation knows between its requests."""

    def __init__(self, office: Office) -> None:
        self._office = office
        with office.reading() as (connection, _):
            self.room = int(own.get_text(connection, ROOM, str(LARGEST)))
            self.broke = bool(own.get_text(connection, BROKE))
        self.found: frozenset[Tip] | None = None
        """What both hold, where the server had forgotten what was agreed on."""
        self.lost = False
        self.seen: frozenset[Tip] = frozenset()
        self.still = 0

        self.whole = False
        """Whether every salt goes with its run: the server refused a run, maybe for one that it lost."""

    @property
    def next_room(self) -> int:
        """Of the request after one that is answered."""
        return min(LARGEST, self.room * 2)

    def shrink(self) -> None:
        """The link broke a second time: what it carries next is half as long, and breaks half as often.

        A first break says little, and more messages cost more bytes.
        """
        self._keep(max(SMALLEST, self.room // 2) if self.broke else self.room, broke=True)

    def grow(self) -> None:
        self._keep(self.next_room, broke=False)

    def _keep(self, room: int, *, broke: bool) -> None:
        if (room, broke) != (self.room, self.broke):
            self.room, self.broke = room, broke
            with self._office.writing(guard_clock=False) as (pen, _):
                own.put_text(pen.connection, ROOM, str(room))
                own.put_text(pen.connection, BROKE, "1" if broke else "")

    def further(self, received: int, agreed: Agreed, theirs: frozenset[Tip]) -> bool:
        """Whether to go on: a server that only takes back and gives again is not asked for ever."""
        new = received > 0 or not (agreed.tips | theirs) <= self.seen
        self.seen |= agreed.tips | theirs
        self.still = 0 if new else self.still + 1
        return self.still < 2
