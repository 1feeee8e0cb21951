"""Writes what cannot rest into a file that the officer chooses: a list to read, or a bundle to carry."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from counter_app.desk.page import Desk
from counter_app.domain.rights import Right
from counter_app.services import exchange, opening, waiting
from counter_app.system import files
from counter_app.words import waiting_list
from counter_app.words.states import only_for

_MOST: Final = 10_000  # rows of a section of a list


class Exporting(QObject):
    told = Signal(str)
    """A sentence about what was written, and what it is."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._over = desk, parent

    def ask(self, peers: tuple[str, ...]) -> None:
        """Asks where to; a bundle is offered where there are machines that can open it."""
        if not self._desk.session.may(Right.CARRY):
            self.told.emit(only_for(Right.CARRY))
            return
        kinds = {
            self.tr("Danh sách để đọc, bảng tính (*.csv)"): ".csv",
            self.tr("Danh sách để đọc, văn bản (*.txt)"): ".txt",
        }
        if peers:
            kinds[self.tr("Gói mã hóa, mang sang máy khác của xã (*.goi)")] = ".goi"
        name = f"cho-dong-bo-{self._desk.now():%Y%m%d-%H%M}.csv"
        chosen, kind = QFileDialog.getSaveFileName(
            self._over, self.tr("Xuất ra"), str(Path.home() / name), ";;".join(kinds)
        )
        if not chosen or not self._over.isEnabled():  # else the counter was locked behind the dialog
            return
        self.write(Path(chosen), kinds.get(kind, ".csv"), peers)

    def write(self, target: Path, kind: str, peers: tuple[str, ...] = ()) -> None:
        """Into a file of that kind, outside the data folder."""
        if target.suffix != kind:
            # What was proposed bears the first kind's ending; what was typed keeps its own.
            target = target.with_suffix(kind) if target.suffix == ".csv" else Path(f"{target}{kind}")
        if kind == ".goi":
            self._carry(target, peers)
        else:
            self._list(target, kind)

    def _list(self, target: Path, kind: str) -> None:
        office, now = self._desk.office, self._desk.now()

        def work() -> int:
            opening.refuse_inside(office.places, [target])
            found = waiting.sections(office, _MOST)
            data = waiting_list.table(found) if kind == ".csv" else waiting_list.plain(found, now)
            files.write_atomically(target, data)
            return sum(len(section.items) for section in found)

        def done(rows: int) -> None:
            words = self.tr("Đã ghi danh sách {n} dòng ra {file}. Có tên người dân: giữ như hồ sơ giấy.")
            self.told.emit(words.format(n=rows, file=target.name))

        self._desk.tasks.run("keep", work, done)

    def _carry(self, target: Path, peers: tuple[str, ...]) -> None:
        office, session = self._desk.office, self._desk.session

        def work() -> dict[str, Any]:
            opening.refuse_inside(office.places, [target])
            return exchange.export(office, session, target)

        def done(made: dict[str, Any]) -> None:
            words = self.tr(
                "Đã ghi gói {n} việc ra {file}: chỉ máy {machines} mở được, rồi máy ấy gửi tiếp lên máy chủ."
            )
            self.told.emit(words.format(n=made["sent"], file=target.name, machines=", ".join(peers)))

        self._desk.tasks.run("keep", work, done)
