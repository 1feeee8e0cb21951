"""Money that is told of twice counts once, whoever tells of it, in whatever order and however often."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain import fold, paying
from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.errors import BadInput
from counter_app.domain.payments import LARGEST_AMOUNT, Method, Payment, read_amount, told_again
from counter_app.words.errors import sentence
from counter_app.words.story import conflict, tell
from tests.domain.acts import DOSSIER, machine, pair
from tests.independent import verifier

BY_HAND = {"method": "transfer", "amount": 8000}
PORTAL = {**BY_HAND, "method": "portal"}
STATEMENT = {**BY_HAND, "statement": True, "reference": "FT1"}
SAID = st.fixed_dictionaries(
    {"amount": st.sampled_from([3000, 8000]), "method": st.sampled_from(["cash", "transfer", "portal"])},
    optional={"reference": st.sampled_from(["FT1", "FT2"]), "statement": st.just(True)},
)


def total(payments) -> int:
    told = dict(enumerate(payments))
    again = told_again(told)
    return sum(said["amount"] for place, said in told.items() if place not in again)


@pytest.mark.parametrize(
    ("payments", "sum_"),
    [
        ([BY_HAND, STATEMENT], 8000),
        ([STATEMENT, BY_HAND], 8000),
        ([{**BY_HAND, "reference": "FT1"}, STATEMENT], 8000),
        ([STATEMENT, STATEMENT], 8000),
        ([BY_HAND, BY_HAND, STATEMENT], 16_000),
        ([BY_HAND, {**BY_HAND, "reference": "FT1"}, STATEMENT], 16_000),
        ([BY_HAND, STATEMENT, {**STATEMENT, "reference": "FT2"}], 16_000),
        ([BY_HAND, {**STATEMENT, "amount": 3000}], 11_000),
        ([PORTAL, STATEMENT], 8000),  # the portal's money comes to the same account
        ([PORTAL, PORTAL, STATEMENT], 16_000),
        ([PORTAL, BY_HAND, STATEMENT], 16_000),
        ([PORTAL, BY_HAND, STATEMENT, {**STATEMENT, "reference": "FT2"}], 16_000),
        ([PORTAL, {**STATEMENT, "method": "portal"}, {**STATEMENT, "reference": "FT2"}], 16_000),
        ([BY_HAND, {**STATEMENT, "method": "portal"}], 16_000),
        ([PORTAL, {**STATEMENT, "amount": 3000}], 11_000),
        ([{"amount": 8000}, STATEMENT], 16_000),
        ([{**BY_HAND, "amount": 80_000, "reference": "FT1"}, STATEMENT], 8000),
        ([BY_HAND, {**BY_HAND, "reference": "FT9"}], 16_000),
        ([{**BY_HAND, "method": "portal", "reference": "FT1"}, STATEMENT], 8000),
        ([BY_HAND, {**STATEMENT, "method": "portal"}, STATEMENT], 8000),
    ],
)
def test_one_transfer_counts_once_and_two_count_twice(payments, sum_):
    assert total(payments) == total(payments[::-1]) == sum_


@given(st.lists(SAID, max_size=8).flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_the_order_changes_no_sum(both):
    as_told, otherwise = both

    assert total(as_told) == total(otherwise)


@given(st.lists(SAID, max_size=8))
def test_the_independent_verifier_counts_the_same_payments(payments):
    told = dict(enumerate(payments))

    assert verifier.told_again(told) == set(told_again(told))


@given(st.lists(SAID, max_size=8))
def test_what_counts_is_never_told_again_by_another(payments):
    again = told_again(dict(enumerate(payments)))

    assert not set(again) & set(again.values())
    assert not any(payments[place]["method"] == "cash" for place in (*again, *again.values()))
    references = Counter(
        said["reference"]
        for place, said in enumerate(payments)
        if place not in again and said.get("reference") and said["method"] != "cash"
    )
    assert all(number == 1 for number in references.values())


@given(
    st.lists(st.tuples(SAID, st.integers(0, 2), st.integers(0, 5)), max_size=7),
    st.randoms(use_true_random=False),
)
def test_three_machines_come_to_one_sum_whatever_road_the_events_took(acts, chance):
    one, two = pair()
    three = machine(3)
    three.hear_all_of(one)
    machines = [one, two, three]
    for said, who, minutes in acts:
        at = f"2026-11-21T09:0{minutes}:00+07:00"
        machines[who].write("paid", {**said, "at": at}, at_ms=1_790_000_000_000 + minutes * 60_000)
        if chance.random() < 0.3:
            machines[chance.randrange(3)].hear_all_of(machines[who])
    events = [event for each in machines for event in each.known.values()]
    sums = set()
    for _ in range(3):
        chance.shuffle(events)
        folded = fold.fold(DOSSIER, [*events, *events[:3]])
        sums.add((folded.paid, folded.overpaid, folded.unpaid))

    assert len(sums) == 1
    assert next(iter(sums))[0] == total(said for said, _, _ in acts)


def test_the_story_says_which_line_tells_of_the_same_money_and_no_dispute_is_left():
    one, two = pair()
    one.write("paid", {**BY_HAND, "at": "2026-11-21T09:00:00+07:00"})
    two.write("paid", {**STATEMENT, "at": "2026-11-21T08:59:00+07:00"})
    one.hear_all_of(two)

    folded = fold.fold(DOSSIER, one.known.values())

    assert (folded.paid, folded.unpaid, folded.overpaid, folded.conflicts) == (8000, 0, 0, ())
    told = [tell(entry) for entry in folded.entries if entry.name == "paid"]
    assert [line.endswith("(cùng một khoản đã ghi, chỉ tính một lần)") for line in told].count(True) == 1


def test_what_is_beyond_the_fee_is_to_be_given_back():
    one, _ = pair()
    one.write("paid", {"amount": 8000, "at": "2026-11-21T09:00:00+07:00"})
    one.write("paid", {**STATEMENT, "at": "2026-11-21T09:05:00+07:00"})

    folded = fold.fold(DOSSIER, one.known.values())

    assert (folded.paid, folded.unpaid, folded.overpaid) == (16_000, 0, 8000)


@pytest.mark.parametrize(
    ("hand", "told", "disputed"),
    [
        ({"method": "portal", "amount": 8000, "reference": "P1"}, STATEMENT, True),
        (BY_HAND, {**STATEMENT, "amount": 7000}, True),
        ({**BY_HAND, "reference": "FT9"}, STATEMENT, True),
        ({**BY_HAND, "amount": 1000}, {**STATEMENT, "amount": 7000}, False),  # the fee in two parts
        ({"amount": 8000}, STATEMENT, False),
        (BY_HAND, STATEMENT, False),
    ],
)
def test_what_may_be_one_payment_is_asked_about_and_not_given_back(hand, told, disputed):
    one, two = pair()
    marked = one.write("paid", {**hand, "at": "2026-11-21T09:00:00+07:00"})
    two.hear_all_of(one)
    stated = two.write("paid", {**told, "at": "2026-11-21T09:05:00+07:00"})

    folded = fold.fold(DOSSIER, two.known.values())

    assert [found.field for found in folded.conflicts] == (["same"] if disputed else [])
    if disputed:
        assert folded.overpaid == 0
        assert "có thể là cùng một khoản; hãy chọn bên đúng" in conflict(folded.conflicts[0])
        two.write("resolved", {"set": {}, "keep": [str(stated.ref)], "over": [str(marked.ref)]})
        settled = fold.fold(DOSSIER, two.known.values())
        assert (settled.conflicts, settled.paid) == ((), told["amount"])


def test_a_payment_that_was_marked_as_mistaken_confirms_nothing():
    one, _ = pair()
    wrong = one.write("paid", {**BY_HAND, "at": "2026-11-21T09:00:00+07:00"})
    said = {"set": {}, "events": [str(wrong.ref)], "reason": "nhầm", "at": "2026-11-21T09:01:00+07:00"}
    one.write("voided", said)
    one.write("paid", {**STATEMENT, "at": "2026-11-21T09:05:00+07:00"})

    assert fold.fold(DOSSIER, one.known.values()).paid == 8000


def test_money_that_is_known_sets_no_waiting_dossier_going():
    one, _ = pair()
    one.write("payment_requested", {"amount": 6000, "at": "2026-11-21T08:30:00+07:00"})
    one.write("paid", {**BY_HAND, "amount": 3000, "at": "2026-11-21T09:00:00+07:00"})
    folded = fold.fold(DOSSIER, one.known.values())
    at = datetime.fromisoformat("2026-11-21T10:00:00+07:00")
    half = Payment(3000, Method.TRANSFER, reference="FT1", statement=True)

    known = paying.payload(folded, half, at, WorkCalendar())
    new = paying.payload(folded, replace(half, statement=False), at, WorkCalendar())

    assert folded.charged == 3000
    assert "resumes" not in known and known["statement"] is True
    assert new["resumes"] is True and "due" in new


def test_a_reference_is_one_however_it_is_spelt():
    hand = {"amount": 8000, "method": "transfer", "reference": "ft 26-1"}
    statement = {"amount": 8000, "method": "transfer", "reference": "FT261", "statement": True}

    assert told_again({0: hand, 1: statement}) == {0: 1}


@pytest.mark.parametrize(
    ("text", "amount"),
    [("8000", 8000), ("8.000", 8000), (" 8 000 đ ", 8000), ("0", 0), ("1.000.000.000.000", LARGEST_AMOUNT)],
)
def test_an_amount_is_read_as_people_write_it(text, amount):
    assert read_amount(text) == amount


@pytest.mark.parametrize("text", ["1.000.000.000.001", "9999999999999", "9" * 5000])
def test_an_amount_beyond_the_largest_says_the_largest(text):
    with pytest.raises(BadInput) as caught:
        read_amount(text)

    assert caught.value.why == "amount-too-large"
    assert sentence(caught.value).endswith("lớn quá; chỉ ghi được đến 1.000.000.000.000 đ, hãy xem lại.")
    with pytest.raises(BadInput, match="amount-too-large"):
        Payment.read(LARGEST_AMOUNT + 1)


@pytest.mark.parametrize("text", ["", "abc", "-5", "8.00", "1e3", "٨"])
def test_what_is_no_amount_says_how_one_is_written(text):
    with pytest.raises(BadInput, match="amount-unreadable"):
        read_amount(text)
