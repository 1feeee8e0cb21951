"""The same against a real CUPS, started for the tests: an accepted job is not paper."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from counter_app.domain.errors import CannotWrite
from counter_app.paper.receipt import receipt_pdf
from counter_app.system.cups import CupsPrinter, CupsQueues
from counter_app.system.printing import Job, Stage, Trouble
from tests.paper import reading
from tests.paper.people import SHORT, form
from tests.print_server import PrintServer, until

pytestmark = pytest.mark.cups


@pytest.fixture(autouse=True)
def _its_queues(print_server: PrintServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in print_server.environment.items():
        monkeypatch.setenv(name, value)
    print_server.trouble("")
    yield
    for name in CupsQueues().names():
        print_server.run("lpadmin", "-x", name)


def receipt(paper: str = "a5") -> bytes:
    return receipt_pdf(SHORT, paper=paper, template=form())


def test_a_receipt_comes_out_on_its_own_paper_and_its_codes_can_be_read(print_server: PrintServer) -> None:
    print_server.add_pdf("LASER")
    printer = CupsPrinter("LASER")

    job = printer.print(receipt(), "receipt-on-a5", "a5")

    until(lambda: printer.job(job).stage is Stage.PRINTED)
    printed = print_server.paper("receipt-on-a5")
    try:
        pdf = printed.read_bytes()
    finally:
        printed.unlink()
    assert [round(side / 72 * 25.4) for side in reading.sizes(pdf)[0]] == pytest.approx([148, 210], abs=1)
    assert len(reading.sizes(pdf)) == 2
    for page in (1, 2):
        assert reading.codes(pdf, 150, page) == {"bars": SHORT.code, "qr": SHORT.qr_text}


def test_a_slip_comes_out_as_long_as_its_text(print_server: PrintServer) -> None:
    print_server.add_pdf("ROLL")
    printer, slip = CupsPrinter("ROLL"), receipt("80mm")

    printer.print(slip, "slip-on-a-roll", "80mm")

    printed = print_server.paper("slip-on-a-roll")
    try:
        pdf = printed.read_bytes()
    finally:
        printed.unlink()
    assert reading.sizes(pdf)[0] == pytest.approx(reading.sizes(slip)[0], abs=3)
    assert reading.codes(pdf, 203)["bars"] == SHORT.code


def test_a_dead_printer_takes_the_job_and_is_told_as_not_there(print_server: PrintServer) -> None:
    print_server.add("DEAD", "socket://127.0.0.1:9")
    printer = CupsPrinter("DEAD")

    job = printer.print(receipt(), "t")

    until(lambda: printer.job(job) == Job(job, Stage.WAITING, Trouble.OFFLINE))
    assert printer.state().waiting == 1
    printer.cancel(job)
    until(lambda: printer.job(job) == Job(job, Stage.ENDED, Trouble.CANCELLED))


def test_jammed_paper_then_an_empty_tray_then_it_is_out(print_server: PrintServer) -> None:
    print_server.add_by_hand("HAND")
    printer = CupsPrinter("HAND")
    print_server.trouble("media-jam-error")

    job = printer.print(receipt(), "t")

    until(lambda: printer.job(job) == Job(job, Stage.WAITING, Trouble.JAMMED))
    assert printer.state().trouble is Trouble.JAMMED
    print_server.trouble("media-empty-error")
    until(lambda: printer.job(job) == Job(job, Stage.WAITING, Trouble.PAPER_OUT))
    print_server.trouble("")
    until(lambda: printer.job(job) == Job(job, Stage.PRINTED))
    assert printer.state().ready


def test_a_stopped_queue_keeps_the_job_and_prints_it_when_it_goes_on(print_server: PrintServer) -> None:
    print_server.add_by_hand("HAND")
    printer = CupsPrinter("HAND")
    print_server.run("cupsdisable", "HAND")

    job = printer.print(receipt(), "t")

    assert printer.job(job) == Job(job, Stage.WAITING, Trouble.PAUSED)
    print_server.run("cupsenable", "HAND")
    until(lambda: printer.job(job).stage is Stage.PRINTED)


def test_a_queue_that_is_taken_away_takes_the_job_with_it(print_server: PrintServer) -> None:
    print_server.add_by_hand("HAND")
    printer = CupsPrinter("HAND")
    print_server.trouble("offline-report")
    job = printer.print(receipt(), "t")
    until(lambda: printer.job(job).stage is Stage.WAITING)

    print_server.run("lpadmin", "-x", "HAND")

    until(lambda: printer.job(job) == Job(job, Stage.ENDED, Trouble.REMOVED))
    with pytest.raises(CannotWrite) as failure:
        printer.print(receipt(), "t")
    assert failure.value.why == "printer-gone"


def test_a_service_that_does_not_run_is_no_removed_printer(
    print_server: PrintServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUPS_SERVER", str(print_server.folder / "nobody.sock"))
    printer = CupsPrinter("HAND")

    with pytest.raises(CannotWrite) as failure:
        printer.print(receipt(), "t")

    assert failure.value.why == "printer-silent"
    assert printer.job("HAND-1") == Job("HAND-1", Stage.WAITING, Trouble.SILENT)


def test_the_default_queue_stands_first_among_those_there(print_server: PrintServer) -> None:
    assert CupsQueues().names() == []
    for name in ("ALPHA", "BETA"):
        print_server.add_by_hand(name)
    print_server.run("lpadmin", "-d", "BETA")

    assert CupsQueues().names() == ["BETA", "ALPHA"]
