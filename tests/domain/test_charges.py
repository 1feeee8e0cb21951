"""A charge that several machines take in parts: the work goes on with the part that made it enough."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain import fold, paying
from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.dossier import Dossier
from counter_app.domain.lifecycle import State
from counter_app.domain.payments import Payment
from counter_app.words.story import conflict
from tests.domain.acts import DOSSIER, RECEPTION, START_MS, Machine, machine
from tests.independent import verifier

CALENDAR = WorkCalendar()
PROMISE = {"due": RECEPTION["due"], "starts": "2026-11-20"}
ASKED = {"amount": 100_000, "at": "2026-11-23T08:00:00+07:00"}


def folded(*machines: Machine) -> Dossier:
    return fold.fold(DOSSIER, [event for one in machines for event in one.known.values()])


def waiting(number: int) -> list[Machine]:
    """So many machines, of which all know the charge."""
    machines = [machine(n + 1) for n in range(number)]
    machines[0].write("received", {**RECEPTION, "promise": PROMISE, "fee": {}})
    machines[0].write("payment_requested", ASKED)
    for other in machines[1:]:
        other.hear_all_of(machines[0])
    return machines


def take(here: Machine, amount: int, at: str, *, at_ms: int = START_MS + 5, **how: str) -> None:
    said = paying.payload(folded(here), Payment.read(amount, **how), datetime.fromisoformat(at), CALENDAR)
    here.write("paid", {**said, "at": at}, at_ms=at_ms)


def as_the_verifier_folds(dossier: Dossier) -> verifier.Folded:
    branches: dict[bytes, verifier.Branch] = {}
    ordered = []
    for place, entry in enumerate(dossier.entries):
        head = verifier.read_header(entry.event.header.to_bytes())
        log = verifier.Log(1, head.log, b"", b"", "", b"", "own")
        branch = branches.setdefault(head.log, verifier.Branch(1, log, None, 1, None, None))
        ordered.append(verifier.Event(place, branch, head, entry.event.hash, dict(entry.payload or {})))
    reached = [
        {early for early in range(late) if dossier.arranged.reaches(late, early)}
        for late in range(len(ordered))
    ]
    return verifier.fold(ordered, reached)


def test_two_parts_that_did_not_know_of_each_other_end_the_waiting_on_the_day_of_the_later_one():
    one, other = waiting(2)
    take(one, 50_000, "2026-11-25T10:00:00+07:00")
    take(other, 50_000, "2026-11-24T10:05:00+07:00", at_ms=START_MS + 900_000)  # entered late
    assert folded(one).state is State.WAITING_PAYMENT

    dossier = folded(one, other)

    assert (dossier.state, dossier.conflicts, dossier.charged) == (State.PROCESSING, (), 0)
    assert dossier.due == datetime.fromisoformat("2026-12-01T17:00:00+07:00")
    assert dossier.values["promise"]["paused"] == [["2026-11-23", "2026-11-25", "payment"]]


def test_what_an_older_program_wrote_goes_on_with_the_next_act_as_of_the_last_payment():
    one, other = waiting(2)
    for here in (one, other):
        here.write("paid", {"amount": 50_000, "at": "2026-11-25T10:00:00+07:00"})

    dossier = folded(one, other)

    assert (dossier.state, dossier.acts_as) == (State.WAITING_PAYMENT, State.PROCESSING)
    assert dossier.last_paid_at == datetime.fromisoformat("2026-11-25T10:00:00+07:00")


def test_a_part_that_was_a_mistake_leaves_it_waiting():
    one, other = waiting(2)
    take(one, 50_000, "2026-11-25T10:00:00+07:00")
    take(other, 50_000, "2026-11-25T10:05:00+07:00")
    one.hear_all_of(other)
    wrong = next(entry for entry in folded(one).entries if entry.name == "paid")

    one.write("voided", {"set": {}, "events": [str(wrong.ref)], "reason": "nhầm"})

    assert (folded(one).state, folded(one).charged) == (State.WAITING_PAYMENT, 50_000)
    assert as_the_verifier_folds(folded(one)).values["state"] == "waiting_payment"


def test_two_charges_that_did_not_know_of_each_other_are_a_dispute_until_one_is_kept():
    one, other = machine(1), machine(2)
    other.hear(one.write("received", {**RECEPTION, "promise": PROMISE, "fee": {}}))
    right = one.write("payment_requested", {**ASKED, "amount": 1_000_000})
    wrong = other.write("payment_requested", {**ASKED, "amount": 300_000}, at_ms=START_MS + 1)
    one.hear_all_of(other)
    take(one, 300_000, "2026-11-25T10:00:00+07:00")

    [dispute] = folded(one).conflicts
    assert (dispute.field, [side.value for side in dispute.sides]) == ("charge", [1_000_000, 300_000])
    assert conflict(dispute).endswith("ghi khác nhau: 1.000.000 đ và 300.000 đ; hãy chọn số đúng.")
    settled = {"set": {}, "keep": [str(right.ref)], "over": [str(wrong.ref)]}
    one.write("resolved", settled)
    assert (folded(one).conflicts, folded(one).unpaid) == ((), 700_000)


def test_a_charge_that_has_seen_both_ends_the_dispute_and_equal_ones_are_none():
    one, other = waiting(2)
    for here, amount in ((one, 50_000), (other, 50_000)):
        here.write("payment_requested", {**ASKED, "amount": amount})
    one.hear_all_of(other)
    assert folded(one).conflicts == ()
    two, third = waiting(2)
    two.write("payment_requested", {**ASKED, "amount": 1000})
    third.write("payment_requested", {**ASKED, "amount": 2000})
    two.hear_all_of(third)
    assert [found.field for found in folded(two).conflicts] == ["charge"]
    two.write("payment_requested", {**ASKED, "amount": 3000})

    assert (folded(two).conflicts, folded(two).charged) == ((), 3000)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 2),
            st.sampled_from([0, 20_000, 50_000, 100_000]),
            st.sampled_from(["", "transfer", "portal"]),
            st.sampled_from(["", "FT1", "ft-1", "FT2"]),
            st.integers(4, 7),
        ),
        max_size=7,
    ),
    st.randoms(use_true_random=False),
)
def test_whatever_is_taken_where_all_machines_and_the_verifier_show_the_same(parts, chance):
    machines = waiting(3)
    for who, amount, method, reference, day in parts:
        here = machines[who]
        if amount:
            names = {"method": method, "reference": reference if method else ""}
            at = f"2026-11-2{day}T10:00:00+07:00"
            take(here, amount, at, at_ms=START_MS + chance.randrange(10**6), **names)
        elif (last := folded(here).entries[-1]).name == "paid":
            here.write("voided", {"set": {}, "events": [str(last.ref)], "reason": "nhầm"})
        else:
            here.write(*chance.choice([("step_taken", {"step": "thẩm định"}), ("payment_requested", ASKED)]))
        if chance.random() < 0.4:
            machines[chance.randrange(3)].hear_all_of(here)
    events = [event for each in machines for event in each.known.values()]
    dossier = fold.fold(DOSSIER, events)

    chance.shuffle(events)
    again, theirs = fold.fold(DOSSIER, events), as_the_verifier_folds(dossier)

    assert again.fingerprint() == dossier.fingerprint()
    assert (theirs.values["state"], theirs.due) == (dossier.state, dossier.due)
    assert theirs.disputed is bool({conflict.field for conflict in dossier.conflicts} & {"state", "due"})
    if dossier.state is State.WAITING_PAYMENT and not dossier.conflicts:
        assert dossier.charged or any(entry.told_by or entry.mistaken for entry in dossier.entries)
