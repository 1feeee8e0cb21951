"""Pages as they come from a scanner or out of files: one a step of a lane, each with its small picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from counter_app.desk.scan_pile import Leaf, Source
from counter_app.domain.attachments import Way
from counter_app.domain.errors import CounterError
from counter_app.services import attaching, electronic, scanning
from counter_app.services.contents import Content, measured
from counter_app.services.looking import PDF, look_at
from counter_app.services.office import Office
from counter_app.services.page_images import Page, is_text, page_of_camera, pages_of

if TYPE_CHECKING:
    from counter_app.desk.tasks import Tasks

THUMB: Final = (116, 160)
"""Pixels of a small picture, at the most."""


@dataclass(frozen=True)
class Refused:
    """A file that gave nothing, and why."""

    name: str
    error: CounterError


Came = Leaf | Refused


class Feed(QObject):
    """One at a time."""

    came = Signal(object)
    """A Leaf or a Refused."""
    ended = Signal(object)
    """None, or the CounterError that ended it."""

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._round = 0
        self.lane = ""
        """Where it is at work, "" while it rests."""

    def begin(self, lane: str, make: Callable[[], Iterator[Came]]) -> None:
        self._round += 1
        self.lane = lane
        self._step(self._round, [], make)

    def stop(self) -> None:
        """After the page that is under way; it does not come any more."""
        self._round += 1
        self.lane = ""

    def _step(self, number: int, source: list[Iterator[Came]], make: Callable[[], Iterator[Came]]) -> None:
        def work() -> Came | None:
            if number != self._round:
                _close(source)
                return None
            if not source:
                source.append(make())
            return next(source[0], None)

        def then(found: Came | None) -> None:
            if number != self._round:
                self._tasks.run(lane, lambda: _close(source))
            elif found is None:
                self.lane = ""
                self.ended.emit(None)
            else:
                self.came.emit(found)
                self._step(number, source, make)

        def failed(error: CounterError) -> None:
            if number == self._round:
                self.lane = ""
                self.ended.emit(error)

        lane = self.lane or "camera"
        self._tasks.run(lane, work, then, failed)


def _close(source: list[Iterator[Came]]) -> None:
    for one in source:
        close = getattr(one, "close", None)
        if close is not None:
            close()


def from_scanner(office: Office, device: str, *, both_sides: bool) -> Iterator[Came]:
    """Raises those of `scanning.scan`."""
    for page in scanning.scan(office, device, both_sides=both_sides):
        yield leaf_of(page, Way.SCANNER)


def from_camera(office: Office, content: bytes, turn: int) -> Iterator[Came]:
    """Raises BadInput("attachment-unreadable")."""
    yield leaf_of(page_of_camera(content, turn, scanning.wish_of(office)), Way.CAMERA)


def from_files(office: Office, paths: Sequence[Path], way: Way) -> Iterator[Came]:
    """A file that cannot be read is told, and the next ones come."""
    for path in paths:
        try:
            content = attaching.content_of(office, path)
            source = Source(path, measured(content)[0]) if way is Way.FOLDER else None
            yield from _of_file(office, content, way, source)
        except CounterError as error:
            yield Refused(path.name, error)


def _of_file(office: Office, content: Content, way: Way, source: Source | None) -> Iterator[Came]:
    """What was handed in as a file stays as it is, and so does a PDF that was written or signed: drawn anew,
    its words or its signature would go."""
    wish = scanning.wish_of(office)
    if way is Way.ELECTRONIC:
        page, sheets = electronic.first_page(content, office.now())
        yield leaf_of(page, way, content, sheets)
        return
    media = look_at(content)
    if media.type == PDF and (media.signed or is_text(content)):
        first = next(pages_of(content, wish))
        yield leaf_of(first, way, content, media.pages, source)
        return
    for page in pages_of(content, wish):
        yield leaf_of(page, way, source=source)


def leaf_of(
    page: Page, way: Way, whole: Content = b"", sheets: int = 1, source: Source | None = None
) -> Leaf:
    picture = QImage.fromData(page.picture.jpeg)
    small = picture.scaled(
        *THUMB, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    return Leaf(page, small, way, whole, sheets, source)
