"""What is made of the answers of lp and lpstat, each as CUPS 2.4 gives it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pytest

from counter_app.domain.errors import CannotWrite
from counter_app.domain.zone import VIETNAM
from counter_app.paper.page import MM, Paper
from counter_app.system.cups import CupsPrinter, CupsQueues, run_command
from counter_app.system.printing import Job, Stage, Trouble

IDLE = "printer LASER is idle.  enabled since Thu Nov 26 23:50:18 2026\n\tForm mounted:\n\tAlerts: none\n"
WAITS = "LASER-7                 lan               5120   Thu Nov 26 23:50:45 2026\n"


class Cups:
    """A print service by hand: answers by the command's words, and keeps what it was given."""

    def __init__(self, answers: dict[str, tuple[int, str]]) -> None:
        self.answers = {"lpstat -e": (0, "LASER\n"), "lpstat -r": (0, "scheduler is running\n"), **answers}
        self.asked: list[tuple[list[str], bytes]] = []

    def __call__(self, command: Sequence[str], given: bytes) -> tuple[int, str]:
        self.asked.append((list(command), given))
        words = " ".join(command)
        return next((said for begins, said in self.answers.items() if words.startswith(begins)), (1, ""))


def job_of(active: str, completed: str = "", queue: str = IDLE) -> Job:
    cups = Cups(
        {
            "lpstat -l -W not-completed": (0, active),
            "lpstat -l -W completed": (0, completed),
            "lpstat -l -p": (0, queue),
        }
    )
    return CupsPrinter("LASER", cups).job("LASER-7")


def test_a_paper_reaches_the_queue_through_the_pipe_with_its_size_its_side_and_its_scale() -> None:
    cups = Cups({"lp -d": (0, "request id is LASER-7 (1 file(s))\n")})

    job = CupsPrinter("LASER", cups).print(b"%PDF", "H55.242-261122-1001", "a5")

    assert job == "LASER-7"
    command, given = cups.asked[0]
    assert given == b"%PDF"
    assert command[-1] == "-"
    assert {"media=A5", "sides=one-sided", "print-scaling=none"} <= set(command)


def test_a_slip_is_as_long_as_its_text() -> None:
    cups = Cups({"lp -d": (0, "request id is ROLL-1 (1 file(s))\n")})
    paper = Paper(title="t", author="a", made=datetime(2026, 4, 20, tzinfo=VIETNAM))
    paper.page(80 * MM, 173 * MM)

    CupsPrinter("ROLL", cups).print(paper.finish(), "t", "80mm")

    assert "media=Custom.80x173mm" in cups.asked[0][0]


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({"lp -d": (1, "")}, "printer-refused"),
        ({"lp -d": (1, ""), "lpstat -e": (0, "OTHER\n")}, "printer-gone"),
        ({"lp -d": (1, ""), "lpstat -r": (0, "scheduler is not running\n")}, "printer-silent"),
        ({"lp -d": (124, "")}, "printer-silent"),
    ],
)
def test_a_refusal_says_what_refused(answers: dict[str, tuple[int, str]], why: str) -> None:
    printer = CupsPrinter("LASER", Cups(answers))

    with pytest.raises(CannotWrite) as failure:
        printer.print(b"%PDF", "t")

    assert failure.value.why == why


def test_jobs_that_wait_for_a_dead_printer_are_seen() -> None:
    two = WAITS + "\tAlerts: job-printing\n\tqueued for LASER\n" + WAITS.replace("-7", "-8")
    cups = Cups({"lpstat -l -p": (0, IDLE), "lpstat -l -W not-completed": (0, two)})

    state = CupsPrinter("LASER", cups).state()

    assert (state.ready, state.waiting) == (True, 2)


@pytest.mark.parametrize(
    ("said", "trouble"),
    [
        (IDLE, None),
        (IDLE.replace("none", "media-empty-error"), Trouble.PAPER_OUT),
        (IDLE.replace("none", "media-needed"), Trouble.PAPER_OUT),
        (IDLE.replace("none", "media-empty-error media-jam-error"), Trouble.JAMMED),
        (IDLE.replace("none", "cover-open-report,toner-low-warning"), Trouble.OPEN),
        (IDLE.replace("none", "toner-low-warning"), None),
        (IDLE.replace("none", "marker-supply-empty-error"), Trouble.INK_OUT),
        (IDLE.replace("none", "offline-report"), Trouble.OFFLINE),
        ("printer LASER disabled since today -\n\treason unknown\n\tAlerts: paused\n", Trouble.PAUSED),
        ("printer LASER disabled since today -\n", Trouble.PAUSED),
    ],
)
def test_a_queue_tells_its_trouble(said: str, trouble: Trouble | None) -> None:
    cups = Cups({"lpstat -l -p": (0, said), "lpstat -l -W not-completed": (0, WAITS)})
    printer = CupsPrinter("LASER", cups)

    assert printer.state().trouble is trouble
    assert printer.job("LASER-7") == Job("LASER-7", Stage.WAITING, trouble)


@pytest.mark.parametrize(
    ("alerts", "stage", "trouble"),
    [
        ("processing-to-stop-point", Stage.PRINTED, None),
        ("job-completed-successfully", Stage.PRINTED, None),
        ("job-completed-with-errors", Stage.ENDED, Trouble.FAILED),
        ("job-canceled-by-user", Stage.ENDED, Trouble.CANCELLED),
        ("aborted-by-system", Stage.ENDED, Trouble.FAILED),
    ],
)
def test_a_job_that_left_the_queue_came_out_or_did_not(
    alerts: str, stage: Stage, trouble: Trouble | None
) -> None:
    found = job_of("", f"{WAITS}\tStatus: \n\tAlerts: {alerts}\n\tqueued for LASER\n")

    assert (found.stage, found.trouble) == (stage, trouble)


def test_a_printer_that_is_not_reached_is_told_though_it_gives_no_reason() -> None:
    said = "\tStatus: The printer may not exist or is unavailable at this time.\n\tAlerts: job-printing\n"

    assert job_of(WAITS + said).trouble is Trouble.OFFLINE


def test_a_job_that_nobody_knows_of_is_lost_and_never_called_printed() -> None:
    assert job_of(WAITS.replace("-7", "-70"), WAITS.replace("-7", "-6")) == Job(
        "LASER-7", Stage.ENDED, Trouble.LOST
    )


def test_the_default_queue_comes_first() -> None:
    cups = Cups({"lpstat -e": (0, "ALPHA\nLASER\n"), "lpstat -d": (0, "system default destination: LASER\n")})

    assert CupsQueues(cups).names() == ["LASER", "ALPHA"]


def test_a_machine_without_cups_has_no_queues() -> None:
    def absent(command: Sequence[str], given: bytes) -> tuple[int, str]:
        return 127, ""

    assert CupsQueues(absent).names() == []
    assert CupsPrinter("LASER", absent).state().trouble is Trouble.SILENT


def test_a_command_gets_its_bytes_and_a_missing_one_is_no_crash() -> None:
    assert run_command(["cat"], b"through a pipe") == (0, "through a pipe")
    assert run_command(["no-such-command-here"], b"") == (127, "")
