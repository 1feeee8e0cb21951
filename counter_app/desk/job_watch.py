"""Follows papers after a queue took them: an accepted job is not paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from counter_app.desk.page import Desk
    from counter_app.desk.prints import Sent
    from counter_app.system.printing import Job

_SOON: Final = 1_500  # ms between two looks at a paper that was just sent
_LATER: Final = 15_000  # once it waits for somebody to mend the printer
_QUICK_LOOKS: Final = 80  # two minutes
_MOST: Final = 50  # papers; older ones are in the foot's count of what waits


class News(NamedTuple):
    """What is known of a paper by now."""

    sent: Sent
    job: Job


class JobWatch(QObject):
    """Asks for each paper until it is out, or never will be."""

    changed = Signal(object)
    """News: another stage or trouble of a paper."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.tasks)
        self._desk = desk
        self._followed: dict[str, News | Sent] = {}
        self._settling: set[bytes] = set()
        self._looks = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)

    def follow(self, sent: Sent) -> None:
        """A file in a folder is no job, and is not followed."""
        if sent.is_file or sent.printer is None:
            return
        self._followed[sent.where] = sent
        for old in list(self._followed)[:-_MOST]:
            del self._followed[old]
        self._looks = 0
        self._timer.start(_SOON)
        self._look()

    def dossiers(self) -> set[bytes]:
        """Whose receipts are on their way."""
        known = (one.sent if isinstance(one, News) else one for one in self._followed.values())
        return self._settling | {dossier for sent in known for dossier in sent.dossiers}

    def forget(self, sent: Sent) -> None:
        """Another paper stands in its place."""
        self._followed.pop(sent.where, None)

    def _look(self) -> None:
        self._looks += 1
        if self._looks == _QUICK_LOOKS:
            self._timer.start(_LATER)
        papers = [known.sent if isinstance(known, News) else known for known in self._followed.values()]
        if not papers:
            self._timer.stop()
            return

        def ask() -> list[News]:
            return [News(sent, sent.printer.job(sent.where)) for sent in papers if sent.printer is not None]

        self._desk.tasks.run("paper", ask, self._on_known, latest="jobs")

    def _on_known(self, found: list[News]) -> None:
        from counter_app.system.printing import Stage

        for news in found:
            before = self._followed.get(news.sent.where)
            if before is None:
                continue
            self._followed[news.sent.where] = news
            if news.job.stage is not Stage.WAITING:
                del self._followed[news.sent.where]
            if news.job.stage is Stage.PRINTED and news.sent.dossiers:
                self._settle(news)
            elif news != before:
                self.changed.emit(news)

    def _settle(self, news: News) -> None:
        """It is out: the print journal lets go of it; where that fails it is asked about once too often."""
        from counter_app.services import print_journal

        office, named = self._desk.office, news.sent.dossiers
        self._settling |= set(named)

        def settled(_: object) -> None:
            self._settling -= set(named)
            self.changed.emit(news)

        self._desk.tasks.run("store", lambda: print_journal.taken(office, named), settled, settled)
