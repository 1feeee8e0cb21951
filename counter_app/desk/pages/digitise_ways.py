"""How pages come into the pile, one way at a time: a scanner, a camera, files, the watched folder."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QWidget

from counter_app.desk.page import Desk
from counter_app.desk.pages.scan_device import Devices
from counter_app.desk.scan_feed import Came, Feed, Refused, from_camera, from_files, from_scanner
from counter_app.desk.scan_pile import Batch, Pile
from counter_app.domain.attachments import Way
from counter_app.domain.errors import CounterError
from counter_app.services import scanning
from counter_app.services.scan_folder import ScanFolder
from counter_app.services.scanning import Placed
from counter_app.words.errors import sentence

_POLL: Final = 2000  # ms

_Place = tuple[Pile, int | None]


class _Waiting(NamedTuple):
    """What will be read: files of the watched folder among it, and where it goes if that is known before."""

    make: Callable[[], Iterator[Came]]
    of_folder: Sequence[Path] = ()
    here: _Place | None = None


class WaysIntoPile(QObject):
    began = Signal()
    changed = Signal()
    """The pile has other pages."""
    ended = Signal()
    said = Signal(str)
    """What is wrong, in words."""
    folder_gone = Signal(object)
    """A CounterError: the watched folder could not be looked into."""

    def __init__(
        self,
        desk: Desk,
        box: QComboBox,
        here: Callable[[], _Place | None],
        parent: QObject,
    ) -> None:
        """`here` is the pile that pages come into, and the paper of those before the first sheet."""
        super().__init__(parent)
        self._desk, self._here = desk, here
        self._pile: Pile | None = None
        self._batch: Batch | None = None
        self._waiting: list[_Waiting] = []
        self.folder = ScanFolder()
        self.devices = Devices(desk, box, self)
        self.feed = Feed(desk.tasks, self)
        self.feed.came.connect(self._on_came)
        self.feed.ended.connect(self._on_ended)
        self._poll = QTimer(self)
        self._poll.setInterval(_POLL)
        self._poll.timeout.connect(self.look)

    @property
    def at_work(self) -> bool:
        return bool(self.feed.lane)

    def stop(self) -> None:
        """After the page that is under way; those that came stay."""
        for waits in self._waiting:
            for path in waits.of_folder:
                self.folder.give_again(path)
        self._waiting.clear()
        if self.at_work:
            self.feed.stop()
            self._on_ended(None)

    def leave(self, paths: Sequence[Path]) -> None:
        """Files of the watched folder whose pages are here from before."""
        for path in paths:
            self.folder.leave(path)

    def take_files(self, paths: Sequence[Path], way: Way = Way.FILE) -> None:
        """One after the other, behind what is being read."""
        if paths and self._here() is not None:
            office, those = self._desk.office, list(paths)
            of_folder = those if way is Way.FOLDER else []
            self._waiting.append(_Waiting(lambda: from_files(office, those, way), of_folder))
            self._go_on()

    def take_picture(self, content: bytes, turn: int) -> None:
        """A camera's whole picture, for the paper that is chosen now, though others are read before it."""
        if (here := self._here()) is not None:
            office = self._desk.office
            self._waiting.append(_Waiting(lambda: from_camera(office, content, turn), here=here))
            self._go_on()

    def choose(self, page: QWidget, way: Way = Way.FILE) -> None:
        """Asks which files, over the page."""
        title = self.tr("Chọn tệp bản chụp")
        if way is Way.ELECTRONIC:
            title = self.tr("Chọn tệp người dân nộp")
        kinds = self.tr("Ảnh, PDF (*.png *.jpg *.jpeg *.tif *.tiff *.pdf)")
        dialog = QFileDialog(page, title, filter=kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.take_files([Path(name) for name in names], way))
        dialog.open()

    def scan(self, *, both_sides: bool) -> None:
        """From the scanner that is chosen; where there are several, the list of them is shown first."""

        def begin(device: str) -> None:
            office = self._desk.office
            if not self.at_work:
                self._begin("camera", lambda: from_scanner(office, device, both_sides=both_sides))

        if not self.at_work and self._here() is not None:
            self.devices.choose(begin, lambda error: self.said.emit(sentence(error)))

    def watch(self, on: bool) -> None:
        """Looks into the watched folder from time to time, or no more."""
        if on:
            self._poll.start()
        else:
            self._poll.stop()

    def look(self) -> None:
        """Asks the watched folder what has come."""
        named = self._desk.office.settings.scan_folder
        if not named or self._here() is None:
            return
        folder, watch = Path(named), self.folder
        self._desk.tasks.run(
            "lists",
            lambda: watch.look(folder, time.monotonic()),
            lambda paths: self.take_files(paths, Way.FOLDER),
            self.folder_gone.emit,
        )

    def _go_on(self) -> None:
        if self.at_work or not self._waiting:
            return
        waits = self._waiting.pop(0)
        self._begin("paper", waits.make, waits.here)

    def _begin(self, lane: str, make: Callable[[], Iterator[Came]], here: _Place | None = None) -> None:
        if (here := here or self._here()) is None:
            return
        self._pile, number = here
        self._batch = Batch(number)
        self._pile.batches.append(self._batch)
        self.feed.begin(lane, make)
        self.began.emit()

    def _on_came(self, came: Came) -> None:
        if self._batch is None or self._pile is None:
            return
        if isinstance(came, Refused):
            self.said.emit(f"{came.name}: {sentence(came.error)}")
            return
        self._pile.add(self._batch, came)
        self.place(self._pile, self._batch)

    def _on_ended(self, error: CounterError | None) -> None:
        pile, batch, self._batch = self._pile, self._batch, None
        if error is not None:
            if error.facts.get("field") is None:
                self.devices.forget()
            self.said.emit(sentence(error))
        if pile is not None and batch is not None:
            self.place(pile, batch)
        self.ended.emit()
        self._go_on()

    def place(self, pile: Pile, batch: Batch) -> None:
        """Finds the paper of each page of the batch."""
        office, code, number = self._desk.office, pile.code, batch.number
        seen = [(leaf, leaf.page) for leaf in batch.leaves]
        if not seen:
            return
        way = batch.leaves[0].way

        def show(placed: list[Placed]) -> None:
            pile.show_placed(seen, placed)
            self.changed.emit()
            if batch is not self._batch and pile.empty_sheets:
                self.said.emit(pile.empty_sheets[0])

        self._desk.tasks.run(
            "read",
            lambda: scanning.place(office, [page for _, page in seen], code, number, way),
            show,
            lambda error: self.said.emit(sentence(error)),
            latest=f"place-{id(batch)}",
        )
