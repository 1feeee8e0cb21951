"""The cash book: every sum of the day once, by how and whom; drawers counted, differences explained."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from counter_app.domain.errors import BadInput
from counter_app.domain.payments import Method
from counter_app.domain.zone import VIETNAM
from counter_app.services import cashbook, closing, exchange, handover, keeping, lookup, mending, money
from counter_app.words.cash_book import cash_facts
from counter_app.words.states import warning_words
from tests.paper.reading import pages, squeezed
from tests.services.stores import Counter, receive

FEE = {"amount": 8000}


@pytest.fixture
def office(tmp_path):
    office = Counter(tmp_path / "store").make().open()
    yield office
    office.close()


def today(office):
    return office.now().astimezone(VIETNAM).date()


def test_a_day_has_each_sum_once_by_how_it_was_paid(office):
    session = office.session()
    one, two = (receive(office, fee=FEE).code for _ in range(2))
    paid = receive(office, fee={**FEE, "paid": True}).code
    money.pay(office, session, one, 8000, method="transfer", receipt="CK 1")
    money.pay(office, session, two, 8000)
    money.refund(office, session, two, 3000, "thu thừa")

    book = cashbook.cash_book(office, today(office))

    told = [(one.code, one.amount, one.method) for one in book.moved]
    assert sorted(told) == sorted(
        [
            (one, 8000, Method.TRANSFER),
            (two, 8000, Method.CASH),
            (two, -3000, Method.CASH),
            (paid, 8000, Method.CASH),
        ]
    )
    assert book.by_method == {Method.TRANSFER: 8000, Method.CASH: 13_000}
    assert book.in_drawer == 13_000 and sum(book.by_officer.values()) == 13_000
    assert cashbook.cash_book(office, today(office) + timedelta(days=1)).moved == ()
    assert cashbook.cash_book(office, today(office) - timedelta(days=1)).moved == ()


def test_what_was_taken_for_a_voided_entry_stays_until_it_is_given_back(office):
    session, code = office.session(), receive(office, fee={**FEE, "paid": True}).code
    mending.void(office, session, code, "nhập nhầm")
    assert cashbook.cash_book(office, today(office)).in_drawer == 8000

    money.refund(office, session, code, 8000, "nhập nhầm")

    assert cashbook.cash_book(office, today(office)).in_drawer == 0


def test_a_count_that_agrees_needs_no_word_and_one_that_does_not_needs_a_reason(office):
    session = office.session()
    receive(office, fee={**FEE, "paid": True})

    with pytest.raises(BadInput, match="difference-unexplained") as refused:
        cashbook.count(office, session, today(office), 7000)
    assert (refused.value.facts["counted"], refused.value.facts["expected_sum"]) == (7000, 8000)
    assert cashbook.cash_book(office, today(office)).counted_here is None

    cashbook.count(office, session, today(office), 7000, "thối nhầm")
    book = cashbook.count(office, session, today(office), 8000)

    assert [(one.counted, one.difference, one.note) for one in book.counts] == [
        (7000, -1000, "thối nhầm"),
        (8000, 0, ""),
    ]
    assert book.counted_here is not None and book.counted_here.counted == 8000


def test_no_drawer_is_counted_of_a_day_to_come(office):
    with pytest.raises(BadInput, match="in-the-future"):
        cashbook.count(office, office.session(), today(office) + timedelta(days=1), 0)


def test_a_page_of_the_book_is_no_dossier(office):
    code = receive(office, fee={**FEE, "paid": True}).code
    cashbook.count(office, office.session(), today(office), 8000)

    assert [line.code for line in lookup.newest(office)] == [code]
    told = keeping.verify(office)
    assert told.healthy and told.dossiers == 1
    assert keeping.rebuild(office) == 1 and keeping.verify(office).healthy


def test_two_counters_show_one_book_and_count_each_its_own_drawer(tmp_path):
    one, two = (Counter(tmp_path / n, device=n).make().open() for n in ("QUẦY 1", "QUẦY 2"))
    exchange.offer(two, tmp_path / "offer")
    exchange.accept(one, one.session(), tmp_path / "offer", tmp_path / "reply")
    exchange.finish(two, two.session(), tmp_path / "reply")
    for office, sum_ in ((one, 8000), (two, 5000)):
        receive(office, fee={"amount": sum_, "paid": True}, procedure="1.004873")
        cashbook.count(office, office.session(), today(office), sum_)

    for source, target in ((one, two), (two, one)):
        exchange.export(source, source.session(), tmp_path / "bundle")
        exchange.bring_in(target, target.session(), tmp_path / "bundle")

    books = [cashbook.cash_book(office, today(office)) for office in (one, two)]
    assert books[0].moved == books[1].moved and books[0].counts == books[1].counts
    assert [book.in_drawer for book in books] == [8000, 5000]
    assert [book.counted_here.counted for book in books if book.counted_here] == [8000, 5000]
    assert {count.machine for count in books[0].counts} == {"QUẦY 1", "QUẦY 2"}
    for office in (one, two):
        assert keeping.verify(office).healthy
        office.close()


def test_a_sum_entered_later_stands_on_the_day_it_was_taken(tmp_path):
    counter = Counter(tmp_path / "store").make()
    office = counter.open()
    got = receive(office, fee=FEE)
    counter.wall.now += timedelta(days=1)

    money.pay(office, office.session(), got.code, 8000, at=got.received_at + timedelta(minutes=5))

    books = [cashbook.cash_book(office, today(office) - timedelta(days=n)) for n in (0, 1)]
    assert [[one.amount for one in book.moved] for book in books] == [[], [8000]]
    office.close()


def test_a_day_before_all_clocks_has_no_money(office):
    assert cashbook.cash_book(office, date(1, 1, 1)).moved == ()


def test_the_paper_says_each_sum_and_each_count(office):
    session = office.session()
    one, two = (receive(office, applicant={"name": f"Người {n}"}, fee=FEE).code for n in range(2))
    money.pay(office, session, one, 8000, method="transfer", receipt="BL17")
    money.pay(office, session, two, 1_208_000)
    money.refund(office, session, two, 1_200_000, "gõ thừa số")
    cashbook.count(office, session, today(office), 7000, "thiếu 1.000 tiền lẻ")

    pdf = cashbook.print_book(office, session, today(office), cash_facts, paper="a4")

    said = squeezed("".join(pages(pdf)))
    for words in (
        one,
        two,
        "Người 0",
        "BL17",
        "1.208.000",
        "–1.200.000",
        "Tiền mặt: 8.000",
        "Chuyển khoản: 8.000",
        "Cộng: 16.000",
        "–1.000",
        "thiếu 1.000 tiền lẻ",
    ):
        assert squeezed(words) in said


def test_money_of_a_day_that_was_counted_or_closed_is_warned_of_and_the_book_says_what_changed(office):
    session, day = office.session(), today(office)
    code = receive(office, fee={"amount": 78_000}).code
    assert money.pay(office, session, code, 8000) == []
    cashbook.count(office, session, day, 8000)
    warned = [
        money.pay(office, session, code, 20_000),
        money.pay(office, session, code, 1000, method="portal"),
    ]
    assert not cashbook.cash_book(office, day).outdated(
        cashbook.count(office, session, day, 28_000).counts[0]
    )
    closing.close(office, session, day)

    warned += [money.pay(office, session, code, 10_000, method="transfer")]
    money.pay(office, session, code, 5000)

    assert [[one.code for one in some] for some in warned] == [["day-counted"], [], ["day-closed"]]
    assert warning_words(warned[2][0]).startswith("Ngày 20/11/2026 đã chốt sổ ở máy này; hãy ")
    book = cashbook.cash_book(office, day)
    first, last = book.counts
    assert [book.outdated(one) for one in (first, last)] == [False, True]
    assert (last.expected, last.now, last.difference, last.difference_now) == (28_000, 33_000, 0, -5000)
    said = squeezed("".join(pages(cashbook.print_book(office, session, day, cash_facts, paper="a4"))))
    assert squeezed("28.000 33.000 –5.000 Sổ đã đổi sau lúc đếm") in said
    assert not any(map(book.outdated, cashbook.count(office, session, day, 33_000).counts[-1:]))


def test_a_day_without_money_says_so_on_paper(office):
    pdf = cashbook.print_book(office, office.session(), today(office), cash_facts)

    said = squeezed("".join(pages(pdf)))
    assert squeezed("không thu và không hoàn khoản nào") in said
    assert squeezed("Chưa có két nào được đếm") in said and squeezed("Cộng: 0") in said


def test_a_long_day_goes_on_further_pages_and_loses_no_line(office):
    session = office.session()
    codes = [receive(office, fee={**FEE, "paid": True}).code for _ in range(60)]

    read = pages(cashbook.print_book(office, session, today(office), cash_facts, paper="a5"))

    assert len(read) > 1
    assert all(sum(squeezed(page).count(code) for page in read) == 1 for code in codes)


def test_money_that_comes_with_a_reception_or_at_the_hand_back_is_warned_of_too(office):
    session, day = office.session(), today(office)
    owing = receive(office, fee=FEE).code
    before = receive(office, fee={**FEE, "paid": True}).warnings
    closing.close(office, session, day)

    got = receive(office, fee={**FEE, "paid": True})
    late = [receive(office, fee=FEE).warnings, handover.pay_all(office, session, [owing])]

    assert (before, late[0]) == ((), ())
    assert [warning_words(one) for one in (*got.warnings, *late[1])] == [
        warning_words({"code": "day-closed", "day": day.isoformat()})
    ] * 2
    assert "warnings" not in lookup.story(office, got.dossier).reception
