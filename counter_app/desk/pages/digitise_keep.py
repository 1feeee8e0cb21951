"""The groups of a pile put on their papers, one after the other; what fails stays in the pile."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from counter_app.desk.page import Desk
from counter_app.desk.scan_pile import Group, Pile, Source, keep
from counter_app.desk.widgets.scan_rows import name_of
from counter_app.domain.errors import CounterError
from counter_app.services.attaching import Attached
from counter_app.services.page_images import Doubt
from counter_app.services.scan_folder import ScanFolder, take_away
from counter_app.words.errors import sentence
from counter_app.words.syncing import size


class Keeping(QObject):
    progress = Signal(str)
    done = Signal()
    refused = Signal(object)
    """A CounterError: a file could not be taken out of the watched folder."""

    def __init__(self, desk: Desk, folder: ScanFolder, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._folder = desk, folder
        self.at_work = False
        self.kept: list[str] = []
        """What was kept, a sentence a group."""
        self.failed: list[str] = []

    def begin(self, pile: Pile) -> None:
        self.at_work = True
        self.kept, self.failed = [], []
        self._next(pile, pile.groups())

    def doubts(self, pile: Pile | None, groups: Sequence[Group]) -> list[str]:
        """What the officer is asked once before it is kept, a sentence a group."""
        own = pile.code if pile else ""
        doubts = {
            Doubt.BLANK: self.tr("{n} trang trắng"),
            Doubt.BLACK: self.tr("{n} trang đen kín, hãy xem nắp máy quét, mặt kính hay ống kính bị che"),
            Doubt.GREY: self.tr("{n} trang xám đều, hãy xem đã đặt giấy chưa, đèn có sáng không"),
            Doubt.BLURRED: self.tr("{n} trang mờ"),
            Doubt.ALTERED: self.tr("{n} tệp bị sửa sau khi ký số, hãy hỏi lại người nộp"),
        }
        found = []
        for group in groups:
            said = []
            if group.differs:
                words = self.tr("giấy có {counted} trang mà đây có {n}")
                said.append(words.format(counted=group.counted, n=group.pages))
            said += [words.format(n=n) for doubt, words in doubts.items() if (n := group.doubtful(doubt))]
            if said:
                found.append(f"{name_of(group, own)}: {', '.join(said)}.")
        return found

    def _next(self, pile: Pile, left: list[Group]) -> None:
        if not left:
            self.at_work = False
            self.done.emit()
            return
        group, rest = left[0], left[1:]
        name = name_of(group, pile.code)
        if not group.kept:  # all of it was taken out
            for source in pile.drop(group):
                self._folder.leave(source.path)
            self._next(pile, rest)
            return
        if group.why:
            self.failed.append(f"{name}: {group.why}")
            self._next(pile, rest)
            return
        office, session = self._desk.office, self._desk.session
        self.progress.emit(self.tr("Đang lưu {name}…").format(name=name))

        def then(made: list[Attached]) -> None:
            words = self.tr("{name}: đã lưu {n} trang, {size}.")
            if all(one.again for one in made):
                words = self.tr("{name}: đã có từ trước, không lưu lần nữa.")
            self.kept.append(words.format(name=name, n=group.pages, size=size(sum(one.size for one in made))))
            self._take_away(pile.drop(group))
            self._next(pile, rest)

        def failed(error: CounterError) -> None:
            self.failed.append(f"{name}: {sentence(error)}")
            self._next(pile, rest)

        # What reads a PDF works in one thread at a time, and what is kept is read once more.
        self._desk.tasks.run("paper", lambda: keep(office, session, group), then, failed)

    def _take_away(self, sources: Sequence[Source]) -> None:
        for source in sources:
            self._desk.tasks.run(
                "lists", partial(take_away, source.path, source.digest), None, self.refused.emit
            )
