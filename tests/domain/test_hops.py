"""From hand to hand: both sides of a hand-over, in whichever order machines hear of them."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import NotAllowed
from counter_app.domain.events import Event
from counter_app.domain.fold import fold
from counter_app.domain.hops import (
    COUNTER,
    Hop,
    Pace,
    given_by_mistake,
    hops_of,
    last_hop,
    running_step,
    waiting_hop,
)
from tests.domain.acts import DOSSIER, RECEPTION, machine, pair

DUE = "2026-11-25T10:30:00+07:00"


def at(day: int, hour: int, minute: int = 0) -> str:
    return f"2026-11-{day}T{hour:02d}:{minute:02d}:00+07:00"


def given_on(to: str, when: str, **more: Any) -> tuple[str, dict[str, Any]]:
    return "passed_on", {"to": to, "by": "electronic", "at": when, **more}


def story(*acts: tuple[str, dict[str, Any]]) -> Dossier:
    one, _ = pair()
    for kind, payload in acts:
        one.write(kind, payload)
    return fold(DOSSIER, one.known.values())


def brief(hop: Hop) -> tuple[str, str, str, str | None]:
    return hop.gave, hop.took, f"{hop.at:%d %H:%M}", hop.taken and f"{hop.taken:%d %H:%M}"


def test_a_hand_over_has_its_two_sides_its_step_and_how_punctual_that_was() -> None:
    dossier = story(
        given_on("Tư pháp", at(25, 8, 30), step="thẩm tra", due=DUE),
        ("taken_over", {"to": "Tư pháp", "at": at(25, 8, 50)}),
        given_on("Lãnh đạo", at(25, 11), step="ký", due=at(26, 9)),
        ("taken_over", {"to": "Lãnh đạo", "at": at(25, 13, 45), "signed_by": "Lò Văn Inh"}),
        ("finished", {"at": at(25, 16)}),
    )

    hops = hops_of(dossier)

    assert [brief(hop) for hop in hops] == [
        (COUNTER, "Tư pháp", "25 08:30", "25 08:50"),
        ("Tư pháp", "Lãnh đạo", "25 11:00", "25 13:45"),
        ("Lãnh đạo", COUNTER, "25 16:00", None),
    ]
    assert [(hop.step_pace, hop.pace) for hop in hops] == [
        (None, None),
        (Pace.LATE, None),  # 10:30 was the step's end, the dossier is in time
        (Pace.EARLY, Pace.EARLY),
    ]
    assert [hop.signed_by for hop in hops] == ["", "Lò Văn Inh", ""]


def test_until_it_is_taken_over_it_waits_and_its_step_runs() -> None:
    handed = given_on("Tư pháp", at(25, 8, 30), due=DUE)
    taken = ("taken_over", {"to": "Tư pháp", "at": at(25, 8, 50)})

    before, after = story(handed), story(handed, taken)

    assert waiting_hop(before) is not None and waiting_hop(after) is None
    assert running_step(before) and running_step(after)
    assert waiting_hop(story(("passed_on", {"to": "Tư pháp", "by": "paper"}))) is None
    assert last_hop(story()) is None


def test_who_works_on_it_has_it_and_an_ended_dossier_waits_for_nobody() -> None:
    handed = given_on("Tư pháp", at(25, 8, 30), due=DUE)
    worked = story(handed, ("step_taken", {"step": "thẩm tra", "holder": "Tư pháp", "at": at(25, 9)}))
    stopped = story(handed, ("stopped", {"reason": "dân xin dừng", "at": at(25, 9)}))

    assert [brief(hop)[3] for hop in hops_of(worked)] == ["25 09:00"]
    assert waiting_hop(worked) is waiting_hop(stopped) is running_step(stopped) is None


def test_a_step_whose_dossier_waited_for_the_citizen_has_no_end_of_its_own() -> None:
    dossier = story(
        given_on("Tư pháp", at(25, 8, 30), due=DUE),
        ("supplement_requested", {"needs": ["ảnh"], "at": at(25, 9)}),
        ("resubmitted", {"at": at(27, 9)}),
        given_on("Lãnh đạo", at(27, 10)),
    )

    assert [hop.step_pace for hop in hops_of(dossier)] == [None, None]


def test_what_nobody_gave_can_be_taken_over_and_is_told_so() -> None:
    dossier = story(("taken_over", {"to": "Địa chính", "at": at(25, 9), "unannounced": True}))

    (hop,) = hops_of(dossier)

    assert (hop.took, hop.given, hop.waits) == ("Địa chính", False, False)
    assert dossier.values["holder"] == "Địa chính"


def test_two_that_did_not_know_of_each_other_gave_it_from_the_same_hand() -> None:
    one, two = pair()
    one.write(*given_on("Tư pháp", at(25, 9)), at_ms=1_790_000_100_000)
    two.write(*given_on("Địa chính", at(25, 9, 10)), at_ms=1_790_000_200_000)
    disputed = fold(DOSSIER, [*one.known.values(), *two.known.values()])
    one.hear_all_of(two)
    one.write("taken_over", {"to": "Tư pháp", "at": at(25, 10)}, at_ms=1_790_000_300_000)

    settled = fold(DOSSIER, one.known.values())

    assert [brief(hop)[:2] for hop in hops_of(disputed)] == [(COUNTER, "Tư pháp"), (COUNTER, "Địa chính")]
    assert [conflict.field for conflict in disputed.conflicts] == ["holder"]
    assert len(given_by_mistake(disputed)) == 2
    assert [brief(hop) for hop in hops_of(settled)] == [
        (COUNTER, "Địa chính", "25 09:10", None),
        (COUNTER, "Tư pháp", "25 09:00", "25 10:00"),
    ]
    assert waiting_hop(settled) is None


def test_the_two_sides_make_one_hand_over_also_where_neither_had_heard_of_the_other() -> None:
    for giver_first in (True, False):
        one, two = pair()
        kind, payload = given_on("Địa chính", at(25, 9), step="đo")
        one.write(kind, payload, at_ms=1_790_000_100_000 if giver_first else 1_790_000_300_000)
        two.write("taken_over", {"to": "Địa chính", "at": at(25, 9, 20)}, at_ms=1_790_000_200_000)
        dossier = fold(DOSSIER, [*one.known.values(), *two.known.values()])

        assert [brief(hop) for hop in hops_of(dossier)] == [(COUNTER, "Địa chính", "25 09:00", "25 09:20")]
        assert hops_of(dossier)[0].given and dossier.conflicts == ()


def test_handed_to_two_at_once_is_a_dispute_over_who_holds_it() -> None:
    one, two = pair()
    one.write("passed_on", {"to": "Tư pháp"})
    two.write("passed_on", {"to": "Địa chính"})

    dossier = fold(DOSSIER, [*one.known.values(), *two.known.values()])

    assert [conflict.field for conflict in dossier.conflicts] == ["holder"]


def test_given_twice_to_one_by_machines_that_did_not_know_both_are_taken_back() -> None:
    one, two = pair()
    first = one.write("passed_on", {"to": "Tư pháp", "by": "electronic", "batch": "1"})
    second = two.write("passed_on", {"to": "Tư pháp", "by": "electronic", "batch": "2"})
    dossier = fold(DOSSIER, [*one.known.values(), *two.known.values()])

    assert set(given_by_mistake(dossier)) == set(given_by_mistake(dossier, "1")) == {first.ref, second.ref}


HOLDERS = ("Tư pháp", "Địa chính", "Lãnh đạo")
ACTS = [
    *[given_on(to, at(25, 9), due=DUE, step="ký") for to in HOLDERS],
    *[("passed_on", {"to": to, "by": "paper", "batch": "1"}) for to in HOLDERS],
    *[("taken_over", {"to": to, "at": at(25, 10), "signed_by": "Lan"}) for to in HOLDERS],
    ("step_taken", {"step": "thẩm tra", "holder": HOLDERS[0]}),
    ("taken_back", {}),
    ("supplement_requested", {"needs": ["ảnh"]}),
    ("resubmitted", {}),
    ("finished", {}),
]


@st.composite
def histories(draw: Any) -> list[Event]:
    """Three logs hand one dossier about, and hear of each other in any pattern."""
    machines = [machine(n) for n in (1, 2, 3)]
    machines[0].write("received", RECEPTION)
    for _ in range(draw(st.integers(1, 10))):
        who = machines[draw(st.integers(0, 2))]
        if draw(st.booleans()):
            others = list(machines[draw(st.integers(0, 2))].known.values())
            who.hear(*others[: draw(st.integers(0, len(others)))])
        else:
            kind, payload = draw(st.sampled_from(ACTS))
            if kind == "taken_back":
                seen = fold(DOSSIER, who.known.values())
                try:
                    events = given_by_mistake(seen)
                except NotAllowed:
                    continue
                before = seen.before(events[0], "holder") if events else None
                kind, payload = "voided", {"set": {"holder": before}, "reason": "nhầm"}
                payload["events"] = [str(ref) for ref in events]
            who.write(kind, payload, at_ms=1_790_000_000_000 + draw(st.integers(-(10**7), 10**7)))
    return list({e.hash: e for m in machines for e in m.known.values()}.values())


@given(histories(), st.randoms(use_true_random=False), st.data())
@settings(max_examples=100, deadline=None)
def test_every_order_gives_the_same_hands(events: list[Event], chance: random.Random, data: Any) -> None:
    shuffled = events + data.draw(st.lists(st.sampled_from(events), max_size=4))
    chance.shuffle(shuffled)

    first, again = fold(DOSSIER, events), fold(DOSSIER, shuffled)

    assert again.fingerprint() == first.fingerprint()
    assert hops_of(again) == hops_of(first)
    assert all(hop.gave != hop.took for hop in hops_of(first))
