"""The day is closed: what came, went and was paid, each number explained; and what reminds of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from counter_app.domain.errors import BadInput, DiskFull, NotPermitted
from counter_app.domain.payments import Method
from counter_app.domain.zone import VIETNAM
from counter_app.services import backups, cashbook, closing, drill, keeping, mending, print_journal, slips
from counter_app.services.closing import Left
from counter_app.services.office import Office, Session
from counter_app.services.reminders import Reminders, reminders
from counter_app.services.safety import Standing
from counter_app.words import dates, day_close
from counter_app.words.day_close import day_facts
from counter_app.words.keeping import reminded
from tests.paper.reading import pages, squeezed
from tests.services.stores import MORNING, Counter, receive

FEE = {"amount": 8000}
TODAY = MORNING.date()


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    return Counter(tmp_path / "kho").make()


@pytest.fixture
def office(counter: Counter) -> Iterator[Office]:
    office = counter.open()
    yield office
    office.close()


def at(counter: Counter, hour: int, day: date = TODAY) -> None:
    counter.wall.now = datetime(day.year, day.month, day.day, hour, 30, tzinfo=VIETNAM)


def test_a_day_is_closed_with_what_was_known_and_closed_again_later(office: Office, counter: Counter) -> None:
    session = office.session()
    paid = receive(office, fee={**FEE, "paid": True})
    receive(office, fee=FEE, paper="a5")
    slips.print_pad(office, session, 2, paper="a5")
    cashbook.count(office, session, TODAY, 8000)

    first = closing.close(office, session, TODAY)

    assert (first.received, first.returned, first.unprinted, first.unpaid) == (2, 0, 1, 1)
    assert first.book.by_method == {Method.CASH: 8000} and first.book.in_drawer == 8000
    assert (first.given, first.slips_open, first.missing) == (4, 2, ())
    assert first.unsent is None and first.waiting == 0
    assert first.closed_here is not None and first.closed_here.told["counted"] == 8000
    assert "waiting" not in first.closed_here.told
    assert {one.line.dossier for one in first.left_open} >= {paid.dossier}

    receive(office, fee={**FEE, "paid": True})
    again = closing.close(office, session, TODAY, "đếm thêm sau giờ")

    assert [one.told["received"] for one in again.closes] == [2, 3]
    assert again.closed_here is not None and again.closed_here.note == "đếm thêm sau giờ"
    assert keeping.verify(office).healthy and keeping.verify(office).dossiers == 3


def test_what_is_said_of_it_is_the_same_on_screen_and_paper(office: Office) -> None:
    receive(office, fee={**FEE, "paid": True})
    slips.print_pad(office, office.session(), 2, paper="a5")
    seen = closing.close(office, office.session(), TODAY, "chờ điện")

    told = {what: (amount, asks) for what, amount, asks in day_close.sums(seen, office.now())}
    paper = squeezed(
        "".join(pages(closing.print_day(office, office.session(), TODAY, day_facts, paper="a4")))
    )

    assert told["Hồ sơ đã nhận"] == ("1", False)
    assert told["Đã thu, tiền mặt"] == (dates.money(8000), False)
    assert told["Đếm được trong két"] == ("chưa đếm", True)
    assert told["Phiếu in sẵn chưa nhập, chưa khai bỏ"] == ("2", True)
    assert told["Hồ sơ chưa gửi lên máy chủ"] == ("chưa nối máy chủ", False)
    for what, (amount, _) in told.items():
        assert squeezed(what) in paper and squeezed(amount) in paper
    assert squeezed("chờ điện") in paper and squeezed("H’Loan Niê Kđăm") in paper
    assert "Máy này đã chốt ngày này lúc 08:" in day_close.closed(seen)
    a5 = pages(closing.print_day(office, office.session(), TODAY, day_facts, paper="a5"))
    assert len(a5) == 1


def test_a_drawer_says_how_much_it_lacks_and_only_dossiers_wait_to_be_sent(office: Office) -> None:
    receive(office, fee={**FEE, "paid": True})
    cashbook.count(office, office.session(), TODAY, 5000, "thối nhầm")
    seen, now = closing.close(office, office.session(), TODAY), office.now()

    def said(**unsent: object) -> dict[str, tuple[str, bool]]:
        standing = replace(Standing(1, 0, None, None), **unsent)
        lines = day_close.sums(replace(seen, unsent=standing), now)
        return {what: (amount, asks) for what, amount, asks in lines}

    counted = next(told for what, told in said().items() if what.startswith("Đếm được trong két"))
    assert counted == ("5.000 đ, thiếu 3.000 đ", True)
    sent = "Hồ sơ chưa gửi lên máy chủ"
    hour = now - timedelta(hours=1)
    assert said()[sent] == ("0", False)
    assert said(oldest=hour)[sent] == ("0; việc khác chờ gửi, cũ nhất 1 giờ", False)
    assert said(waiting=2, oldest=hour)[sent] == ("2, cũ nhất 1 giờ", True)


def test_a_number_that_stands_nowhere_is_named(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    code = receive(office).code
    true = slips.lookup.bearing

    monkeypatch.setattr(slips.lookup, "bearing", lambda c, key: [] if key == code else true(c, key))
    seen = closing.look(office, TODAY)

    assert seen.missing == (code,)
    assert ("Số đã cấp mà chưa rõ ở đâu", f"1: {code}", True) in day_close.sums(seen, office.now())


def test_a_paper_that_may_not_be_out_and_a_voided_entry_are_told_apart(office: Office) -> None:
    kept, mistaken = receive(office, paper="a5"), receive(office)
    mending.void(office, office.session(), mistaken.code, "nhập nhầm")
    print_journal.accepted(office, [kept.dossier], "job-1")

    seen = closing.look(office, TODAY)

    assert (seen.received, seen.given, seen.missing) == (1, 2, ())
    assert seen.papers_out == len(print_journal.unprinted(office)) > 0


def test_no_day_to_come_no_long_note_and_nobody_without_the_right(office: Office) -> None:
    for refused, given in (
        ("in-the-future", (TODAY + timedelta(days=1), "")),
        ("too-long", (TODAY, "x" * 2001)),
    ):
        with pytest.raises(BadInput, match=refused):
            closing.close(office, office.session(), *given)
    with pytest.raises(NotPermitted):
        closing.close(office, Session(None), TODAY)
    assert closing.look(office, TODAY).closes == ()


def test_a_worked_day_is_reminded_of_from_its_hour_on_and_on_the_next_morning(
    office: Office, counter: Counter
) -> None:
    assert closing.not_closed(office, office.now()) is None  # nobody has worked
    receive(office)
    at(counter, 15)
    assert closing.not_closed(office, office.now()) is None
    at(counter, 16)
    left = closing.not_closed(office, office.now())
    assert left == Left(TODAY, True)
    assert day_close.not_closed(left, office.now()).startswith("Hôm nay chưa chốt sổ")

    at(counter, 8, TODAY + timedelta(days=1))
    left = closing.not_closed(office, office.now())
    assert left == Left(TODAY, False)
    assert day_close.not_closed(left, office.now()).startswith("Hôm qua chưa chốt sổ")
    at(counter, 8, TODAY + timedelta(days=3))  # after a week-end
    assert "20/11/2026" in day_close.not_closed(left, office.now())

    closing.close(office, office.session(), TODAY)

    assert closing.not_closed(office, office.now()) is None
    at(counter, 8, TODAY + timedelta(days=30))
    assert closing.not_closed(office, office.now()) is None


def test_a_backup_and_a_drill_that_are_old_are_reminded_of(
    office: Office, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DiskFull("disk-full")

    assert reminders(office, office.now()) == Reminders()
    monkeypatch.setattr(backups.keeping, "pack", full)
    with pytest.raises(DiskFull):
        backups.run(office)
    monkeypatch.undo()
    at(counter, 9, TODAY + timedelta(days=100))
    found = reminders(office, office.now())
    assert found.backup is not None and found.drill is not None and found.second is None
    assert [words[:11] for words in reminded(found, office.now())] == ["Đã 100 ngày", "Đã 100 ngày"]

    backups.run(office)
    drill.drill(office, None, [])

    assert reminders(office, office.now()) == Reminders()
    at(counter, 9, TODAY + timedelta(days=105))
    assert reminders(office, office.now()).backup is not None
