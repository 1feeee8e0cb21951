"""Money taken and given back: what is held, how it was paid, which official receipt names it."""

from __future__ import annotations

import pytest

from counter_app.domain.ends import What
from counter_app.domain.errors import BadInput, NotAllowed, NotFound
from counter_app.domain.lifecycle import State
from counter_app.services import acts, cashbook, closing, day, keeping, lookup, mending, money, taking_back
from counter_app.store.keeping import rebuild
from counter_app.words.cash_book import cash_facts
from counter_app.words.errors import sentence
from counter_app.words.states import warning_words
from counter_app.words.story import tell
from tests.paper.reading import pages, squeezed
from tests.services.stores import Counter, receive
from tests.services.test_exchange import carry, pair


@pytest.fixture
def office(tmp_path):
    office = Counter(tmp_path / "store").make().open()
    yield office
    office.close()


def story(office, code):
    return [tell(entry) for entry in lookup.show(office, code)[0].entries]


def test_how_it_was_paid_and_which_receipt_names_it_stand_in_the_story(office):
    code, session = receive(office, fee={"amount": 8000}).code, office.session()

    money.pay(office, session, code, 5000, method="transfer", receipt="  AA-26E  0001234 ")
    money.pay(office, session, code, 3000)

    assert story(office, code)[-2:] == [
        "Thu 5.000 đ, chuyển khoản, biên lai AA-26E 0001234.",
        "Thu 3.000 đ.",
    ]
    assert lookup.show(office, code)[0].unpaid == 0


def test_money_given_back_is_no_more_than_is_held(office):
    code, session = receive(office, fee={"amount": 8000}).code, office.session()
    money.pay(office, session, code, 8000)
    acts.withdraw(office, session, code, "đổi ý")

    with pytest.raises(NotAllowed, match="more-than-paid") as refused:
        money.refund(office, session, code, 8001, "rút hồ sơ")
    assert refused.value.facts["paid"] == 8000
    money.refund(office, session, code, 3000, "rút hồ sơ", method="transfer", receipt="PC 12")
    with pytest.raises(NotAllowed, match="more-than-paid"):
        money.refund(office, session, code, 5001, "rút hồ sơ")
    money.refund(office, session, code, 5000, "rút hồ sơ")

    dossier = lookup.show(office, code)[0]
    assert (dossier.paid, dossier.state) == (0, State.WITHDRAWN)
    assert story(office, code)[-2:] == [
        "Hoàn lại 3.000 đ, chuyển khoản, chứng từ PC 12; lý do: rút hồ sơ.",
        "Hoàn lại 5.000 đ; lý do: rút hồ sơ.",
    ]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"amount": 0}, "amount"),
        ({"amount": 1, "method": "gold"}, "method"),
        ({"amount": 1, "receipt": "x" * 61}, "receipt"),
    ],
)
def test_what_is_no_payment_is_refused_by_its_field(office, given, field):
    code = receive(office, fee={"amount": 8000}).code

    with pytest.raises(BadInput) as refused:
        money.pay(office, office.session(), code, **given)

    assert refused.value.facts["field"] == field
    assert lookup.show(office, code)[0].paid == 0


def test_a_refund_without_a_reason_is_refused(office):
    code, session = receive(office, fee={"amount": 8000}).code, office.session()
    money.pay(office, session, code, 8000)

    with pytest.raises(BadInput, match="empty"):
        money.refund(office, session, code, 8000, " ")

    assert lookup.show(office, code)[0].paid == 8000


def test_one_reference_is_taken_on_one_dossier_alone_unless_that_was_a_mistake(office):
    one, two = (receive(office, fee={"amount": 8000}).code for _ in range(2))
    session, transfer = office.session(), {"method": "transfer", "reference": "FT 26-7"}
    money.pay(office, session, one, 8000, **transfer)

    with pytest.raises(NotAllowed, match="reference-of-another") as refused:
        money.pay(office, session, two, 8000, method="portal", reference="ft267")
    assert (refused.value.facts["field"], refused.value.facts["other"]) == ("reference", one)
    assert lookup.show(office, two)[0].paid == 0
    mending.void(office, session, one, "nhập trùng")
    money.pay(office, session, two, 8000, **transfer)


def test_a_receipt_of_the_tax_system_that_stands_on_another_dossier_is_taken_and_warned_of(office):
    one, two = (receive(office, fee={"amount": 8000}).code for _ in range(2))
    session = office.session()
    assert money.pay(office, session, one, 4000, receipt="AA-26E 12") == []
    assert money.pay(office, session, one, 4000, receipt="AA-26E 12") == []

    [warning] = money.pay(office, session, two, 8000, receipt="aa26e-12")

    assert warning_words(warning) == f"Biên lai aa26e-12 đã ghi ở hồ sơ {one}; hãy xem lại số biên lai."
    assert lookup.show(office, two)[0].paid == 8000


def test_nothing_is_taken_for_a_voided_entry_and_all_that_it_holds_goes_back(office):
    code, session = receive(office, fee={"amount": 8000}).code, office.session()
    money.pay(office, session, code, 5000)
    mending.void(office, session, code, "nhập trùng")

    with pytest.raises(NotAllowed, match="state-forbids") as refused:
        money.pay(office, session, code, 3000)
    assert sentence(refused.value) == "Không thu phí được vì hồ sơ “đã hủy vì nhập nhầm”."
    voided = lookup.show(office, code)[0]
    assert (voided.overpaid, voided.unpaid) == (5000, 0)


def test_a_dossier_that_ended_without_a_result_owes_nothing(office):
    code, session = receive(office, fee={"amount": 8000}).code, office.session()
    money.pay(office, session, code, 8000)
    money.refund(office, session, code, 8000, "rút hồ sơ")
    acts.withdraw(office, session, code, "đổi ý")

    assert lookup.show(office, code)[0].unpaid == 0
    assert day.day(office, office.now()).unpaid == 0


def test_more_than_is_owed_is_asked_about_first_or_warned_of(office):
    code, session = receive(office, fee={"amount": 8000}).code, office.session()

    with pytest.raises(NotAllowed, match="more-than-owed") as refused:
        money.pay(office, session, code, 999_999_999_999, asks=True)
    assert (refused.value.facts["field"], refused.value.facts["left"]) == ("reason", 8000)
    assert "chỉ còn phải nộp 8.000 đ; hãy xem lại" in sentence(refused.value)
    assert money.pay(office, session, code, 9000, reason="người dân gửi lại tiền lẻ", asks=True) == []
    [warning] = money.pay(office, session, code, 500_000)

    assert warning_words(warning).startswith("Thu 500.000 đ mà chỉ còn phải nộp 0 đ; nếu ghi nhầm, hãy ")
    assert story(office, code)[-2:] == [
        "Thu 9.000 đ; lý do thu thừa: người dân gửi lại tiền lẻ.",
        "Thu 500.000 đ.",
    ]


def test_a_mistyped_charge_is_taken_back_and_the_clock_never_stood(office):
    code, session = receive(office, fee={"amount": 0}).code, office.session()
    before = lookup.show(office, code)[0]
    acts.charge(office, session, code, 10_000_000)

    assert taking_back.take_back(office, session, code, "gõ thừa số 0") == []

    after = lookup.show(office, code)[0]
    assert (after.state, after.due, after.owed) == (before.state, before.due, 0)
    assert [entry.mistaken is not None for entry in after.entries][-2:] == [True, False]
    acts.charge(office, session, code, 1_000_000)
    assert lookup.show(office, code)[0].charged == 1_000_000
    with pytest.raises(BadInput, match="empty"):
        taking_back.take_back(office, session, code, " ")


def test_a_payment_that_was_a_mistake_is_taken_back_and_the_dossier_waits_again(office):
    code, session = receive(office, fee={"amount": 0}).code, office.session()
    acts.charge(office, session, code, 50_000)
    waiting = lookup.show(office, code)[0]
    money.pay(office, session, code, 20_000)
    money.pay(office, session, code, 30_000, receipt="AA-26E 9")
    assert lookup.show(office, code)[0].state is State.PROCESSING
    today = office.now().date()
    closing.close(office, session, today)

    [warning] = taking_back.take_back(office, session, code, "chưa thu")

    after = lookup.show(office, code)[0]
    assert (after.state, after.due, after.charged) == (State.WAITING_PAYMENT, waiting.due, 30_000)
    assert warning.code == "day-closed"
    book = cashbook.cash_book(office, today)
    assert [(one.amount, one.mistaken) for one in book.moved] == [(20_000, ""), (30_000, "chưa thu")]
    assert (book.in_drawer, sum(book.by_method.values()), sum(book.by_officer.values())) == (20_000,) * 3
    said = squeezed("".join(pages(cashbook.print_book(office, session, today, cash_facts, paper="a4"))))
    assert squeezed("đã rút lại, không tính: chưa thu") in said and "(30.000)" in said
    taking_back.take_back(office, session, code, "chưa thu")
    with pytest.raises(NotAllowed, match="no-money-entered"):
        [taking_back.take_back(office, session, code, "nữa", what=What.MONEY) for _ in range(2)]


def test_taking_a_payment_back_leaves_what_was_done_since(office):
    code, session = receive(office, fee={"amount": 8000}).code, office.session()
    money.pay(office, session, code, 8000)
    acts.finish(office, session, code, "Giấy khai sinh")
    with pytest.raises(NotAllowed, match="end-or-money"):
        taking_back.take_back(office, session, code, "chưa thu")

    taking_back.take_back(office, session, code, "chưa thu", what=What.MONEY)

    assert (lookup.show(office, code)[0].state, lookup.show(office, code)[0].unpaid) == (State.FINISHED, 8000)


@pytest.mark.parametrize(
    ("sums", "wrong", "state", "left"),
    [
        ((50_000,), 0, State.WAITING_PAYMENT, 50_000),
        ((50_000, 50_000), 0, State.PROCESSING, 0),
        ((20_000, 30_000), 0, State.WAITING_PAYMENT, 20_000),
        ((20_000, 30_000), 1, State.WAITING_PAYMENT, 30_000),
    ],
    ids=["the only one", "the first of two for one", "a part", "the part that was the last"],
)
def test_any_sum_is_taken_back_and_the_dossier_waits_as_far_as_the_rest_is_not_enough(
    office, sums, wrong, state, left
):
    code, session = receive(office, fee={"amount": 0}).code, office.session()
    acts.charge(office, session, code, 50_000)
    for amount in sums:
        money.pay(office, session, code, amount, reason="người dân gửi")
    paid = [entry for entry in lookup.show(office, code)[0].entries if entry.name == "paid"]

    taking_back.take_back(office, session, code, "thu của người khác", event=str(paid[wrong].ref)[:-3])

    dossier = lookup.show(office, code)[0]
    assert (dossier.acts_as, dossier.charged, dossier.paid) == (state, left, sum(sums) - sums[wrong])
    assert dossier.entry(paid[wrong].ref).mistaken is not None


def test_what_was_given_back_or_paid_on_is_not_taken_back_before_that_is(office):
    code, session = receive(office, fee={"amount": 16_000}).code, office.session()
    money.pay(office, session, code, 16_000)
    money.refund(office, session, code, 10_000, "thu nhầm")
    money.pay(office, session, code, 5_000, method="transfer", reference="FT26333777")
    payment = next(entry for entry in lookup.show(office, code)[0].entries if entry.name == "paid")

    offered = taking_back.offers(lookup.show(office, code)[0])
    with pytest.raises(NotFound, match="no-such-event"):
        taking_back.take_back(office, session, code, "chưa thu", event=str(payment.ref))

    assert [(one.name, one.payload["amount"]) for one in offered] == [("paid", 5_000), ("refunded", 10_000)]
    taking_back.take_back(office, session, code, "chưa hoàn", event=str(offered[1].ref))
    taking_back.take_back(office, session, code, "chưa thu", event=str(payment.ref))
    assert lookup.show(office, code)[0].paid == 5_000


def test_one_reference_on_two_dossiers_is_disputed_on_both_wherever_both_are_known(tmp_path):
    offices = [Counter(tmp_path / name, device=name).make().open() for name in ("A", "B", "C")]
    one, other, third = offices
    pair(tmp_path, one, other)
    pair(tmp_path, one, third)
    codes = [receive(here, fee={"amount": 8000}).code for here in (one, other)]
    for here, code, spelt in zip((one, other), codes, ("FT26333-1", "ft263331"), strict=True):
        money.pay(here, here.session(), code, 8000, method="transfer", reference=spelt)
        assert lookup.show(here, code)[0].conflicts == ()

    carry(tmp_path, other, one)
    carry(tmp_path, one, other)
    carry(tmp_path, one, third)

    for here in offices:
        for code, elsewhere in (codes, codes[::-1]):
            dossier = lookup.show(here, code)[0]
            (dispute,) = dossier.conflicts
            assert (dispute.field, dispute.others) == ("reference", (elsewhere,))
            assert lookup.line_of(here, dossier.id).conflicts == 1
        assert keeping.verify(here).healthy
    with third.database.writing() as connection:
        rebuild(connection)
    assert keeping.verify(third).conflicts == 2
    taking_back.take_back(other, other.session(), codes[1], "nhầm hồ sơ")
    carry(tmp_path, other, one)
    for here in (one, other):
        for code in codes:
            assert lookup.show(here, code)[0].conflicts == ()
            assert lookup.line_of(here, lookup.show(here, code)[0].id).conflicts == 0
        assert keeping.verify(here).healthy
    for here in offices:
        here.close()
