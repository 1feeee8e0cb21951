"""What an exchange is in its lane, off the window's thread: the store, the road, and where it stops."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

from counter_app.desk.ahead import load_library
from counter_app.domain.errors import CounterError

if TYPE_CHECKING:
    from datetime import timedelta

    from counter_app.services.carrying import Note
    from counter_app.services.course import Progress
    from counter_app.services.delivering import FileProgress
    from counter_app.services.enrolled import District
    from counter_app.services.office import Office
    from counter_app.services.pausing import Pause
    from counter_app.services.safety import Standing
    from counter_app.services.syncing import Road, Synced
    from counter_app.store.blobs import Tally

    MakeRoad = Callable[[District], Road]

_NETWORK: Final = "PySide6.QtNetwork"


class Came(NamedTuple):
    """How safe the dossiers are; what an exchange did, and what stood in its way."""

    standing: Standing | None
    """None: enrolled with no district."""
    pause: Pause | None = None
    done: Synced | None = None
    """None where nothing was exchanged."""
    fault: CounterError | None = None
    """Of the last exchange."""
    files: Tally | None = None
    """The files that wait for the district."""


class Stopped(Exception):
    """Somebody has paused, or the window closes."""


class SyncLane:
    """`stops` and `progress` are shared with the window's thread; all else is the lane's."""

    def __init__(self, office: Office, make_road: MakeRoad | None) -> None:
        self._office, self._make_road = office, make_road
        self._road: Road | None = None
        self.stops, self.ends = threading.Event(), threading.Event()
        self.asked = threading.Event()
        """Somebody waits for an exchange: the rest of a file goes after it."""
        self.progress: Progress | None = None
        """How far the exchange under way is."""
        self.files: FileProgress | None = None
        """How far the files are, once they have their turn."""

    def look(self) -> Came:
        """What the store itself says."""
        from counter_app.services import filing, pausing, safety

        if (standing := safety.standing(self._office)) is not None:
            load_library(_NETWORK)  # from the disk here, where it does not hold up the window
        return Came(standing, pausing.paused(self._office), files=filing.tally(self._office))

    def exchange(self, *, by_hand: bool) -> Came:
        """By hand it ends a pause; by itself it respects one."""
        from counter_app.services import enrolled, evicting, filing, pausing, safety
        from counter_app.services.carrying import carry
        from counter_app.services.course import Course
        from counter_app.services.roads import road_to

        office, done, fault = self._office, None, None
        known = enrolled.district(office)
        if known is None:
            return Came(None)
        if by_hand:
            pausing.go_on(office)
        elif pausing.paused(office) is not None:
            return self.look()
        try:
            if self._road is None:
                self._road = (self._make_road or road_to)(known)

            def begin() -> Note:
                self.files = None
                course = Course(office, self._tell)
                if by_hand:  # whoever asked looks at it; else a dead link would show in the lamp often
                    course.begin()
                return course.note

            carried = carry(office, Ending(self._road, self.ends), begin, self._tell_files, self._halts)
            done = carried.events
            evicting.tidy(office)
        except CounterError as error:
            self._road, fault = None, error
        except Stopped:
            if self.ends.is_set():
                return Came(None)  # the store closes
        return Came(safety.standing(office), pausing.paused(office), done, fault, filing.tally(office))

    def pause(self, span: timedelta | None) -> Came:
        from counter_app.services import filing, pausing, safety

        return Came(
            safety.standing(self._office),
            pausing.pause(self._office, span),
            files=filing.tally(self._office),
        )

    def _halts(self) -> bool:
        return any(one.is_set() for one in (self.stops, self.asked, self.ends))

    def _tell_files(self, progress: FileProgress) -> None:
        self.progress, self.files = None, progress

    def _tell(self, progress: Progress) -> None:
        self.progress = progress
        if self.stops.is_set():
            raise Stopped


class Ending:
    """A road whose last answer is not taken in once one of `ends` is set, as when the window closes: it is
    asked for again."""

    def __init__(self, road: Road, *ends: threading.Event) -> None:
        self._road, self._ends = road, ends

    def post(self, path: str, body: bytes) -> bytes:
        answer = self._road.post(path, body)
        if any(end.is_set() for end in self._ends):
            raise Stopped
        return answer
