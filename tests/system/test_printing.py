"""Papers go to a queue through a pipe, or to a folder where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from counter_app.domain.errors import CannotWrite
from counter_app.system.printing import CupsPrinter, FolderPrinter, printer_for, queues, run_command


class Cups:
    """A print server by hand: answers by the command's first words, and keeps what it was given."""

    def __init__(self, **answers: tuple[int, str]) -> None:
        self.answers = answers
        self.asked: list[tuple[list[str], bytes]] = []

    def __call__(self, command: Sequence[str], given: bytes) -> tuple[int, str]:
        self.asked.append((list(command), given))
        return self.answers.get("_".join(command[:2]).replace("-", ""), (1, ""))


def test_a_paper_reaches_the_queue_through_the_pipe_and_no_file() -> None:
    cups = Cups(lp_d=(0, "request id is LASER-7 (1 file(s))\n"))

    job = CupsPrinter("LASER", cups).print(b"%PDF", "H55.242-261122-1001", "a5")

    assert job == "LASER-7"
    command, given = cups.asked[0]
    assert given == b"%PDF"
    assert command[-1] == "-"
    assert "media=A5" in command


def test_a_queue_that_refuses_is_told() -> None:
    printer = CupsPrinter("LASER", Cups(lp_d=(1, "")))

    with pytest.raises(CannotWrite) as failure:
        printer.print(b"%PDF", "t")

    assert failure.value.why == "printer-refused"


def test_jobs_that_wait_for_a_dead_printer_are_seen() -> None:
    cups = Cups(
        lpstat_p=(0, "printer LASER is idle.  enabled since today\n"),
        lpstat_o=(0, "LASER-7 lan 1024 today\nLASER-8 lan 1024 today\n"),
    )

    state = CupsPrinter("LASER", cups).state()

    assert (state.ready, state.waiting) == (True, 2)


def test_a_disabled_queue_is_not_ready() -> None:
    cups = Cups(lpstat_p=(0, "printer LASER disabled since today -\n"))

    assert not CupsPrinter("LASER", cups).state().ready


def test_the_default_queue_comes_first() -> None:
    cups = Cups(lpstat_e=(0, "ALPHA\nLASER\n"), lpstat_d=(0, "system default destination: LASER\n"))

    assert queues(cups) == ["LASER", "ALPHA"]


def test_without_a_queue_papers_are_files_and_none_is_overwritten(tmp_path: Path) -> None:
    printer = printer_for(tmp_path / "papers", Cups())

    first = printer.print(b"%PDF 1", "H55.242-261122-1001")
    second = printer.print(b"%PDF 2", "H55.242-261122-1001")

    assert printer.state().is_folder
    assert Path(first).read_bytes() == b"%PDF 1"
    assert Path(second).read_bytes() == b"%PDF 2"


def test_a_title_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    path = FolderPrinter(tmp_path / "papers").print(b"%PDF", "../../etc/x")

    assert Path(path).parent == tmp_path / "papers"


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(CannotWrite):
        FolderPrinter(tmp_path / "file" / "papers").print(b"%PDF", "t")


def test_a_command_gets_its_bytes_and_a_missing_one_is_no_crash() -> None:
    assert run_command(["cat"], b"through a pipe") == (0, "through a pipe")
    assert run_command(["no-such-command-here"], b"") == (127, "")
