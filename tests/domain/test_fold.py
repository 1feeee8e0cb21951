"""The fold: the same events give the same dossier, facts stay shown, disagreement is a conflict."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain import kinds
from counter_app.domain.events import Absent, Branch, Event, Header
from counter_app.domain.fold import fold
from counter_app.domain.kinds import Kind
from counter_app.domain.lifecycle import State
from counter_app.domain.order import arrange
from counter_app.domain.shapes import record, text, whole
from tests.domain.acts import DOSSIER, RECEPTION, machine, pair

ACTS = [
    ("step_taken", {"step": "thẩm định"}),
    ("finished", {"result": "Giấy khai sinh"}),
    ("returned", {"to": "H’Loan Niê Kđăm"}),
    ("stopped", {"reason": "người dân xin dừng"}),
    ("extended", {"until": "2026-12-04T17:00:00+07:00", "reason": "chờ xác minh"}),
    ("extended", {"until": "2026-12-09T17:00:00+07:00", "reason": "chờ chữ ký"}),
    ("corrected", {"set": {"applicant.phone": "0900000132"}, "reason": "ghi nhầm"}),
    ("corrected", {"set": {"applicant.phone": "0900000321"}, "reason": "đổi số"}),
    ("paid", {"amount": 8000}),
    ("supplement_requested", {"needs": ["Bản sao"]}),
    ("resubmitted", {}),
    ("printed", {"form": "receipt", "copy": 1}),
    ("future_kind", {"x": 1}),
    ("received", RECEPTION),
]


@st.composite
def histories(draw):
    """Three machines act and hear of each other in any pattern; sometimes a clock jumps."""
    machines = [machine(n) for n in (1, 2, 3)]
    machines[0].write("received", RECEPTION)
    for _ in range(draw(st.integers(1, 14))):
        who = machines[draw(st.integers(0, 2))]
        if draw(st.booleans()):
            others = list(machines[draw(st.integers(0, 2))].known.values())
            who.hear(*others[: draw(st.integers(0, len(others)))])
        else:
            kind, payload = draw(st.sampled_from(ACTS))
            at = 1_790_000_000_000 + draw(st.integers(-(10**10), 10**10))
            who.write(kind, payload, at_ms=at, fact=kind not in {"future_kind"} and kinds.KINDS[kind].fact)
    return list({e.hash: e for m in machines for e in m.known.values()}.values())


@given(histories(), st.randoms(use_true_random=False), st.data())
@settings(max_examples=150, deadline=None)
def test_any_order_and_any_duplicates_fold_to_the_same_dossier(events, chance: random.Random, data):
    shuffled = events + data.draw(st.lists(st.sampled_from(events), max_size=5))
    chance.shuffle(shuffled)

    assert fold(DOSSIER, shuffled).fingerprint() == fold(DOSSIER, events).fingerprint()


@given(histories(), st.data())
@settings(max_examples=150, deadline=None)
def test_a_fact_is_never_un_shown_whatever_arrives_later(events, data):
    some = data.draw(st.lists(st.sampled_from(events), unique_by=lambda e: e.hash))

    before, after = fold(DOSSIER, some), fold(DOSSIER, events)

    shown = {entry.ref for entry in after.entries}
    assert {entry.ref for entry in before.entries} <= shown
    payments = [e for e in some if e.header.kind == "paid"]
    assert after.paid >= 8000 * len(payments)
    if any(e.header.kind == "returned" for e in some):
        returned = [e for e in after.entries if e.name == "returned"]
        assert all(e.payload is not None for e in returned)
        assert (
            after.state is State.RETURNED
            or any(s.value == "returned" for c in after.conflicts if c.field == "state" for s in c.sides)
            or any(
                after.arranged.reaches(late, early)
                for early, a in enumerate(after.entries)
                if a.name == "returned"
                for late in range(len(after.entries))
            )
        )


@given(histories())
@settings(max_examples=150, deadline=None)
def test_an_act_comes_after_all_that_its_author_knew(events):
    arranged = arrange(events)

    place = {e.ref: i for i, e in enumerate(arranged.events)}
    for i, event in enumerate(arranged.events):
        assert all(place[ref] < i and arranged.reaches(i, place[ref]) for ref in event.header.seen)


def test_acts_that_knew_of_each_other_simply_follow():
    one, two = pair()
    one.write("corrected", {"set": {"applicant.phone": "0900000132"}, "reason": "ghi nhầm"})
    two.hear_all_of(one)
    two.write("corrected", {"set": {"applicant.phone": "0900000321"}, "reason": "ghi nhầm"})

    dossier = fold(DOSSIER, two.known.values())

    assert dossier.party()["phone"] == "0900000321"
    assert dossier.conflicts == ()


def test_corrections_that_did_not_know_of_each_other_are_a_conflict_until_a_person_settles_it():
    one, two = pair()
    left = one.write("corrected", {"set": {"applicant.phone": "0900000132"}, "reason": "ghi nhầm"})
    right = two.write("corrected", {"set": {"applicant.phone": "0900000321"}, "reason": "đổi số"})
    one.hear_all_of(two)

    disputed = fold(DOSSIER, one.known.values())
    one.write(
        "resolved",
        {"set": {"applicant.phone": "0900000132"}, "keep": [str(left.ref)], "over": [str(right.ref)]},
    )
    settled = fold(DOSSIER, one.known.values())

    assert [c.field for c in disputed.conflicts] == ["applicant.phone"]
    assert settled.conflicts == ()
    assert settled.party()["phone"] == "0900000132"
    assert settled.entry(right.ref).mistaken is not None


@pytest.mark.parametrize(
    ("left", "right", "fields", "state"),
    [
        (("returned", {"to": "A"}), ("stopped", {"reason": "r"}), ["state"], "returned"),
        (("returned", {"to": "A"}), ("returned", {"to": "A"}), ["return"], "returned"),
        (
            ("returned", {"to": "A"}),
            ("extended", {"until": "2026-12-04T17:00:00+07:00", "reason": "r"}),
            ["open"],
            "returned",
        ),
        (("stopped", {"reason": "r"}), ("supplement_requested", {"needs": ["x"]}), ["state"], None),
        (("step_taken", {"step": "1"}), ("finished", {}), [], "finished"),
        (("stopped", {"reason": "r"}), ("stopped", {"reason": "s"}), [], "stopped"),
        (("paid", {"amount": 8000}), ("paid", {"amount": 8000}), ["payment"], "finished"),
        (("paid", {"amount": 4000}), ("paid", {"amount": 4000}), [], "finished"),
        (("refunded", {"amount": 8000}), ("refunded", {"amount": 8000}), ["refund"], "received"),
        (
            ("printed", {"form": "receipt", "copy": 1}),
            ("voided", {"set": {"state": "voided"}, "reason": "r"}),
            [],
            "voided",
        ),
    ],
)
def test_acts_in_ignorance_of_each_other(left, right, fields, state):
    one, two = pair()
    two.hear(one.write("finished", {})) if state in ("returned",) or fields == ["payment"] or left[
        0
    ] == "paid" else None
    one.write(*left)
    two.write(*right)
    one.hear_all_of(two)

    dossier = fold(DOSSIER, one.known.values())

    assert [c.field for c in dossier.conflicts] == fields
    assert state is None or dossier.state.value == state


def test_one_reception_twice_under_one_id_is_a_conflict_and_both_stay():
    one, two = machine(1), machine(2)
    one.write("received", RECEPTION)
    two.write("received", {**RECEPTION, "code": "H55.242-261122-2001"})
    one.hear_all_of(two)

    dossier = fold(DOSSIER, one.known.values())

    assert [c.field for c in dossier.conflicts] == ["reception"]
    assert set(dossier.codes) == {"H55.242-261122-1001", "H55.242-261122-2001"}


def test_taking_back_a_finish_against_a_hand_over_that_it_had_not_seen_is_a_conflict():
    one, two = pair()
    finished = one.write("finished", {})
    two.hear(finished)
    one.write("voided", {"events": [str(finished.ref)], "set": {"state": "received"}, "reason": "nhầm"})
    two.write("returned", {"to": "A"})
    one.hear_all_of(two)

    dossier = fold(DOSSIER, one.known.values())

    assert [c.field for c in dossier.conflicts] == ["state"]
    assert dossier.state is State.RETURNED


def test_a_settled_double_hand_over_shows_both_and_marks_one_as_mistaken():
    one, two = pair()
    two.hear(one.write("finished", {}))
    mine, theirs = one.write("returned", {"to": "A"}), two.write("returned", {"to": "B"})
    one.hear_all_of(two)
    one.write(
        "resolved", {"set": {"return": str(theirs.ref)}, "keep": [str(theirs.ref)], "over": [str(mine.ref)]}
    )

    dossier = fold(DOSSIER, one.known.values())

    assert dossier.conflicts == ()
    assert [(e.payload["to"], e.mistaken is not None) for e in dossier.entries if e.name == "returned"] in (
        [("A", True), ("B", False)],
        [("B", False), ("A", True)],
    )


def test_an_unknown_kind_is_shown_and_changes_nothing():
    one, _ = pair()
    one.write("telepathy", {"to": "A"}, fact=True)

    dossier = fold(DOSSIER, one.known.values())

    assert dossier.needs_update
    assert dossier.entries[-1].unknown and dossier.entries[-1].event.header.fact
    assert dossier.state is State.RECEIVED


def test_a_later_version_of_a_known_kind_is_shown_as_needing_an_update():
    one, _ = pair()
    one.write("returned", {"to": {"name": "A"}}, version=2)

    assert fold(DOSSIER, one.known.values()).needs_update


def test_an_event_before_its_reception_is_held_until_that_comes():
    _, two = pair()
    two.write("finished", {})
    finish = [e for e in two.known.values() if e.header.kind == "finished"]

    held, complete = fold(DOSSIER, finish), fold(DOSSIER, two.known.values())

    assert held.held and held.entries[0].name == "finished" and held.arranged.missing
    assert not complete.held and complete.state is State.FINISHED


@pytest.mark.parametrize("absent", [Absent.ERASED, Absent.NOT_CARRIED, Absent.ASIDE])
def test_an_absent_payload_keeps_its_place_in_the_story(absent):
    one, _ = pair()
    stop = one.write("stopped", {"reason": "r"})
    one.known[stop.hash] = Event(stop.header, stop.hash, None, absent=absent)

    dossier = fold(DOSSIER, one.known.values())

    assert dossier.entries[-1].absent is absent
    assert dossier.state is State.RECEIVED and not dossier.held


@pytest.mark.parametrize(
    "payload",
    [{}, {"to": 3}, {"to": None}, {"to": "A", "at": "yesterday"}, {"to": "A", "at": "2026-11-22 08:15"}],
)
def test_a_malformed_payload_is_shown_as_unreadable_and_changes_nothing(payload):
    one, _ = pair()
    one.write("returned", payload)

    dossier = fold(DOSSIER, one.known.values())

    assert dossier.entries[-1].absent is Absent.UNREADABLE
    assert dossier.state is State.RECEIVED


def test_a_lying_fact_bit_is_unreadable():
    one, _ = pair()
    one.write("stopped", {"reason": "r"}, fact=True)

    assert fold(DOSSIER, one.known.values()).entries[-1].absent is Absent.UNREADABLE


def test_only_what_may_be_corrected_is_corrected():
    one, _ = pair()
    one.write("corrected", {"set": {"state": "returned"}, "reason": "r"})

    dossier = fold(DOSSIER, one.known.values())

    assert dossier.state is State.RECEIVED
    assert dossier.entries[-1].absent is Absent.UNREADABLE


def test_both_branches_of_a_forked_log_stay_and_disagree():
    one, _ = pair()
    copy = machine(1)
    copy.hear_all_of(one)
    copy.seq, copy.head, copy.clock = one.seq, one.head, one.clock
    mine = one.write("stopped", {"reason": "r"})
    theirs = copy.write("supplement_requested", {"needs": ["x"]})
    forked = [e for e in one.known.values() if e.header.seq == 1] + [
        Event(e.header, e.hash, e.payload, (Branch(2, e.hash),)) for e in (mine, theirs)
    ]

    dossier = fold(DOSSIER, forked)

    assert [c.field for c in dossier.conflicts] == ["state"]
    assert len(dossier.entries) == 3


def test_forged_events_that_see_each_other_in_a_ring_are_still_placed():
    def forged(number: int, hash_: bytes, sees: Event | None, target: bytes) -> Event:
        from counter_app.domain.events import Ref

        header = Header(
            bytes([number]) * 8, 1, number, DOSSIER, True, "called", 1, "x", (Ref(target * 8, 1, target * 8),)
        )
        return Event(header, hash_, {"outcome": "x"})

    ring = [forged(1, b"\x01" * 32, None, b"\x02"), forged(2, b"\x02" * 32, None, b"\x01")]

    one, other = arrange(ring), arrange(reversed(ring))

    assert [e.header.log for e in one.events] == [e.header.log for e in other.events]
    assert not one.concurrent(0, 1)


def test_old_payloads_are_read_through_upcasters():
    kind = Kind("moved", True, record(to=text, floor=whole), version=3)
    upcasters = {
        ("moved", 1): lambda p: {"to": p["where"]},
        ("moved", 2): lambda p: {**p, "floor": 0},
    }

    found = kinds.read("moved", 1, True, {"where": "tủ 3"}, kinds={"moved": kind}, upcasters=upcasters)

    assert found == (kind, {"to": "tủ 3", "floor": 0})


def test_heads_of_strangers_never_crowd_out_those_that_count():
    one, two = pair()
    mine = two.write("finished", {})
    one.hear(mine)
    for number in range(30, 60):
        stranger = machine(number)
        event = stranger.write("called", {"outcome": "x"}, at_ms=1_790_000_900_000)
        one.known[event.hash] = Event(event.header, event.hash, None, absent=Absent.ASIDE)

    seen = one.write("returned", {"to": "A"}).header.seen

    assert len(seen) == 16 and mine.ref in seen
