"""An end that was entered by mistake is taken back: as if it had never been, unless somebody acted on it."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain import ends, fold
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import NotAllowed
from counter_app.domain.events import Event
from counter_app.domain.lifecycle import STEPS, State
from counter_app.words.story import conflict
from tests.domain.acts import DOSSIER, RECEPTION, START_MS, Machine, machine, pair
from tests.domain.test_charges import as_the_verifier_folds

REFUSED, WITHDRAWN = ("refused", {"reason": "thiếu giấy"}), ("withdrawn", {"reason": "đổi ý"})
STOPPED, FINISHED = ("stopped", {"reason": "không nộp"}), ("finished", {"result": "Giấy khai sinh"})
ENDS: dict[str, dict[str, Any]] = dict((REFUSED, WITHDRAWN, STOPPED, FINISHED))
ACTS: dict[str, dict[str, Any]] = {
    **ENDS,
    "step_taken": {"step": "thẩm định"},
    "supplement_requested": {"needs": ["Bản sao"]},
    "resubmitted": {"due": "2026-12-01T17:00:00+07:00"},
    "extended": {"until": "2026-12-04T17:00:00+07:00", "reason": "chờ xác minh"},
    "returned": {"to": "H’Loan Niê Kđăm"},
    "returned_partly": {"to": "H’Loan Niê Kđăm", "given": ["bản chính"], "left": ["bản sao"]},
    "paid": {"amount": 8000},
    "voided": {"set": {"state": "voided"}, "reason": "nhập nhầm"},
}


def folded(*machines: Machine) -> Dossier:
    return fold.fold(DOSSIER, [event for one in machines for event in one.known.values()])


def take_back(here: Machine, *, at_ms: int = START_MS + 9) -> Event:
    dossier = folded(here)
    said = ends.payload(dossier, ends.require_takeable(dossier))
    return here.write("voided", {**said, "reason": "nhầm hồ sơ"}, at_ms=at_ms)


def fields(dossier: Dossier) -> list[str]:
    return [found.field for found in dossier.conflicts]


@pytest.mark.parametrize("end", [REFUSED, WITHDRAWN, STOPPED, FINISHED], ids=lambda end: end[0])
@pytest.mark.parametrize("before", ["", "step_taken", "supplement_requested", "extended"])
def test_the_dossier_stands_as_if_the_end_had_never_been(end, before):
    one, _ = pair()
    if before:
        one.write(before, ACTS[before])
    was = folded(one)
    wrong = one.write(*end)

    back = take_back(one)

    now = folded(one)
    assert dict(now.values) == dict(was.values)
    assert (now.state, now.due, now.conflicts) == (was.state, was.due, ())
    entry = now.entry(wrong.ref)
    assert entry is not None and (entry.mistaken, entry.taken_back) == (back.ref, now.entries[-1].happened_at)
    assert now.entries[-1].undid[0].name == end[0]
    assert as_the_verifier_folds(now).values["state"] == was.state


def test_of_two_ends_the_last_goes_first_and_then_the_one_before():
    one, _ = pair()
    one.write(*WITHDRAWN)
    one.write(*STOPPED)

    take_back(one)
    assert folded(one).state is State.WITHDRAWN
    take_back(one)

    assert folded(one).state is State.RECEIVED
    with pytest.raises(NotAllowed, match="no-end-entered"):
        take_back(one)


def test_two_that_take_one_end_back_are_one():
    one, two = pair()
    two.hear(one.write(*REFUSED))
    take_back(one)
    take_back(two, at_ms=START_MS + 90_000)
    one.hear_all_of(two)

    assert (folded(one).state, fields(folded(one))) == (State.RECEIVED, [])
    one.write("step_taken", ACTS["step_taken"])
    assert folded(one).state is State.PROCESSING


def test_ends_that_did_not_know_of_each_other_are_taken_back_together():
    one, two = pair()
    one.write(*REFUSED)
    two.write("refused", {"reason": "sai nơi nộp"})
    one.hear_all_of(two)

    back = take_back(one)

    assert back.payload is not None and len(back.payload["events"]) == 2
    assert folded(one).state is State.RECEIVED


@pytest.mark.parametrize(
    ("end", "act", "state"),
    [
        (FINISHED, "returned", State.RETURNED),
        (FINISHED, "returned_partly", State.FINISHED),
        (WITHDRAWN, "stopped", State.STOPPED),
        (REFUSED, "voided", State.VOIDED),
    ],
    ids=lambda one: str(one),
)
def test_who_acted_on_the_end_and_did_not_know_that_it_was_taken_back_disagrees(end, act, state):
    one, two = pair()
    wrong = one.write(*end)
    two.hear(wrong)
    back = take_back(one)
    acted = two.write(act, ACTS[act], at_ms=START_MS + 90_000)
    one.hear_all_of(two)

    disputed = folded(one)

    assert (fields(disputed), disputed.state) == (["state"], state)
    assert "ghi khác nhau" in conflict(disputed.conflicts[0])
    assert as_the_verifier_folds(disputed).disputed
    settled = {"set": {"state": state.value}, "keep": [str(acted.ref)], "over": [str(back.ref)]}
    two.hear_all_of(one)
    two.write("resolved", settled)
    assert (folded(two).state, folded(two).conflicts) == (state, ())
    # The end stands again: what took it back was the mistake.
    assert [e.mistaken is not None for e in folded(two).entries if e.ref in (wrong.ref, back.ref)] == [
        False,
        True,
    ]
    one.write("resolved", {"set": {"state": "received"}, "keep": [str(back.ref)], "over": [str(acted.ref)]})
    assert folded(one).state is State.RECEIVED
    if act == "returned":
        assert folded(one).entry(acted.ref) is not None
        one.write(*FINISHED)
        take_back(one)  # the return that was a mistake keeps nobody from it
        assert folded(one).state is State.RECEIVED


@pytest.mark.parametrize("act", ["step_taken", "supplement_requested", "extended"])
def test_who_knew_of_neither_disagrees_with_neither(act):
    one, two = pair()
    one.write(*REFUSED)
    take_back(one)
    two.write(act, ACTS[act])
    alone = folded(two)
    one.hear_all_of(two)

    assert (folded(one).state, folded(one).due, fields(folded(one))) == (alone.state, alone.due, [])


def test_another_end_that_nobody_knew_of_is_asked_about():
    one, two = pair()
    one.write(*REFUSED)
    take_back(one)
    two.write(*STOPPED)
    one.hear_all_of(two)

    assert fields(folded(one)) == ["state"]


@pytest.mark.parametrize("act", ["returned", "returned_partly"])
def test_what_the_citizen_has_is_not_taken_back(act):
    one, _ = pair()
    one.write(*FINISHED)
    one.write(act, ACTS[act])

    with pytest.raises(NotAllowed, match="result-handed-over"):
        take_back(one)


def test_an_end_in_whose_favour_a_dispute_was_settled_is_taken_back_with_that():
    one, two = pair()
    stopped, step = one.write(*STOPPED), two.write("supplement_requested", ACTS["supplement_requested"])
    one.hear_all_of(two)
    one.write("resolved", {"set": {"state": "stopped"}, "keep": [str(stopped.ref)], "over": [str(step.ref)]})
    (end,) = ends.require_takeable(folded(one))
    assert ends.settled_for(folded(one), [end])

    take_back(one)

    assert folded(one).state is State.RECEIVED


SCRIPTS = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(sorted(ACTS)), st.integers(0, 5), st.booleans()), max_size=9
)


def play(script, *, mistakes: bool) -> list[Machine]:
    """Three machines do what their own state allows; with `mistakes`, some end a dossier and take it back at
    once, before anybody hears of it."""
    machines = [machine(n) for n in (1, 2, 3)]
    machines[0].write("received", RECEPTION)
    for other in machines[1:]:
        other.hear_all_of(machines[0])
    for number, (who, kind, tells, wrong) in enumerate(script):
        here, at = machines[who], START_MS + 100_000 * (number + 1)
        dossier = folded(here)
        if "state" not in fields(dossier) and dossier.state in STEPS[kind][0]:
            if kind not in ENDS or not wrong:
                here.write(kind, ACTS[kind], at_ms=at)
            elif mistakes:
                here.write(kind, ACTS[kind], at_ms=at)
                take_back(here, at_ms=at + 1000)
        if tells < 3:
            machines[tells].hear_all_of(here)
    return machines


@given(SCRIPTS)
@settings(max_examples=60, deadline=None)
def test_mistakes_that_were_taken_back_at_once_change_nothing_for_anybody(script):
    with_them, without = folded(*play(script, mistakes=True)), folded(*play(script, mistakes=False))

    if any(entry.name in ENDS for entry in without.entries):
        return  # another end that did not know of this one is asked about
    shown = (with_them.state, with_them.due, with_them.paid, fields(with_them))
    assert shown == (without.state, without.due, without.paid, fields(without))


@given(SCRIPTS, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_in_any_order_all_machines_and_the_verifier_show_the_same(script, chance: random.Random):
    machines = [machine(n) for n in (1, 2, 3)]
    machines[0].write("received", RECEPTION)
    for other in machines[1:]:
        other.hear_all_of(machines[0])
    for number, (who, kind, tells, wrong) in enumerate(script):
        here, at = machines[who], START_MS + 100_000 * (number + 1)
        dossier = folded(here)
        if wrong:
            try:
                take_back(here, at_ms=at)
            except NotAllowed:
                here.write(kind, ACTS[kind], at_ms=at)
        elif dossier.state in STEPS[kind][0]:
            here.write(kind, ACTS[kind], at_ms=at)
        if tells < 3:
            machines[tells].hear_all_of(here)
    events = [event for one in machines for event in one.known.values()]
    dossier = fold.fold(DOSSIER, events)

    chance.shuffle(events)
    again, theirs = fold.fold(DOSSIER, events), as_the_verifier_folds(dossier)

    assert again.fingerprint() == dossier.fingerprint()
    assert (theirs.values["state"], theirs.due) == (dossier.state, dossier.due)
    assert theirs.disputed is bool(set(fields(dossier)) & {"state", "due"})
