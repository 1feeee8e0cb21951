"""What holds for every printer, and for the folder that stands in where there is none."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from counter_app.domain.errors import CannotWrite
from counter_app.domain.zone import VIETNAM
from counter_app.paper.page import MM, Paper
from counter_app.system.printing import (
    FolderPrinter,
    Job,
    Printer,
    PrinterState,
    Stage,
    page_size,
    printer_for,
)


class NoQueues:
    def names(self) -> list[str]:
        return []

    def printer(self, name: str) -> Printer:
        raise AssertionError(name)


def test_without_a_queue_papers_are_files_and_none_is_overwritten(tmp_path: Path) -> None:
    printer = printer_for(tmp_path / "papers", NoQueues())

    first = printer.print(b"%PDF 1", "H55.242-261122-1001")
    second = printer.print(b"%PDF 2", "H55.242-261122-1001")

    assert printer.state() == PrinterState(str(tmp_path / "papers"), is_folder=True)
    assert Path(first).read_bytes() == b"%PDF 1"
    assert Path(second).read_bytes() == b"%PDF 2"


def test_a_file_stays_though_its_job_is_taken_back(tmp_path: Path) -> None:
    printer = FolderPrinter(tmp_path / "papers")
    path = printer.print(b"%PDF", "t")

    printer.cancel(path)

    assert printer.job(path) == Job(path, Stage.WAITING)
    assert Path(path).exists()


def test_a_title_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    path = FolderPrinter(tmp_path / "papers").print(b"%PDF", "../../etc/x")

    assert Path(path).parent == tmp_path / "papers"


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(CannotWrite):
        FolderPrinter(tmp_path / "file" / "papers").print(b"%PDF", "t")


@pytest.mark.parametrize("size", [(148, 210), (297, 210), (80, 173.4)])
def test_a_job_knows_the_size_of_its_sheet(size: tuple[float, float]) -> None:
    paper = Paper(title="t", author="a", made=datetime(2026, 4, 20, tzinfo=VIETNAM))
    paper.page(size[0] * MM, size[1] * MM)

    found = page_size(paper.finish())

    assert found == pytest.approx(size, abs=0.01)


def test_what_is_no_paper_of_ours_is_not_sent_at_a_size_of_the_drivers_choice() -> None:
    with pytest.raises(CannotWrite):
        page_size(b"%PDF-1.4 nothing")
