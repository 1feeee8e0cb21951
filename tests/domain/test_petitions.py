"""A petition is the fold of its events, its number is nobody else's, its days are those of the calendar."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.errors import BadInput, BadLine, NotAllowed
from counter_app.domain.events import Absent, Event
from counter_app.domain.limits import Unit
from counter_app.domain.petition_limits import Act, deadline, moved, parse_limits, rules_of
from counter_app.domain.petitions import (
    Petition,
    Stage,
    check_step,
    fold_petition,
    mark_of,
    missed,
    named,
    number_of,
    sharing,
)
from counter_app.domain.surveys import Slip, content_percent, parse_scales, shares
from counter_app.domain.zone import VIETNAM
from tests.domain.acts import DOSSIER, START_MS, Machine, machine
from tests.domain.year_files import RESOURCES, work_calendar

RECEIVED: dict[str, Any] = {
    "number": "PAKN-9F3C-2026-1",
    "source": "phone",
    "subject": "Chờ lâu",
    "content": "Chờ hai giờ",
    "received_at": "2026-11-20T08:15:00+07:00",
    "due": "2026-12-11T17:00:00+07:00",
}
ACTS: dict[str, dict[str, Any]] = {
    "petition_assigned": {"to": "Lan"},
    "petition_asked": {"needs": ["giờ đến"]},
    "petition_supplied": {"text": "7 giờ", "due": "2026-12-14T17:00:00+07:00"},
    "petition_refused": {"reason": "trùng"},
    "petition_answered": {"answer": {"text": "Đã tăng quầy", "by": "Bình"}},
    "petition_published": {"published": {"where": "bảng tin", "on": "2026-11-30"}},
    "petition_voided": {"reason": "nhầm"},
}


def _fold(*machines: Machine) -> Petition:
    return fold_petition(DOSSIER, [event for one in machines for event in one.known.values()])


def _pair() -> tuple[Machine, Machine]:
    one, two = machine(1), machine(2)
    two.hear(one.write("petition_received", RECEIVED))
    return one, two


def _limits() -> Any:
    return parse_limits((RESOURCES / "feedback" / "petition_limits.csv").read_text("utf-8"))


def test_one_story_from_reception_to_publication() -> None:
    one, _ = _pair()
    stages = [_fold(one).stage]
    for kind in ("petition_asked", "petition_supplied", "petition_answered", "petition_published"):
        check_step(kind, _fold(one))
        one.write(kind, ACTS[kind])
        stages.append(_fold(one).stage)

    told = _fold(one)

    assert stages == [Stage.RECEIVED, Stage.ASKED, Stage.RECEIVED, Stage.ANSWERED, Stage.PUBLISHED]
    assert (told.number, told.answer, told.conflicts) == ("PAKN-9F3C-2026-1", "Đã tăng quầy", ())
    assert told.due == datetime(2026, 12, 14, 17, tzinfo=VIETNAM)


def test_a_petition_is_named_by_a_number_that_either_machine_gave_it_or_by_its_id() -> None:
    one, two = machine(1), machine(2)
    one.write("petition_received", RECEIVED)
    two.write("petition_received", {**RECEIVED, "number": "PAKN-77AA-2026-4"})
    found = _fold(one, two)
    held = fold_petition(b"\x90" + DOSSIER[1:], [])

    assert found.numbers == ("PAKN-9F3C-2026-1", "PAKN-77AA-2026-4")
    whole = found.id.hex()
    for name in (*found.numbers, "77aa-2026-4", "4", whole, whole.upper(), str(UUID(whole)), whole[:8]):
        assert named([held, found], name) == [found], name
    for name in ("", "2", "26-4", "PAKN-9F3C", whole[:7], whole[1:], "90a00000"):
        assert named([held, found], name) == [], name
    assert named([held, found], held.id.hex()) == [held]


def test_two_petitions_that_share_a_number_are_told_and_told_apart() -> None:
    one, two = machine(1), machine(2)
    one.write("petition_received", RECEIVED)
    two.write("petition_received", {**RECEIVED, "number": "PAKN-77AA-2026-1"})
    three = [fold_petition(bytes([n]) * 16, one.known.values()) for n in (1, 2)]
    three.append(fold_petition(bytes(16), two.known.values()))

    assert sharing(three) == {three[0].id: [three[1].id], three[1].id: [three[0].id]}
    assert named(three, RECEIVED["number"]) == three[:2] and named(three, "1") == three
    assert named(three, "02020202") == [three[1]]


@pytest.mark.parametrize("kind", sorted(ACTS))
@pytest.mark.parametrize("before", ["petition_answered", "petition_refused", "petition_voided"])
def test_what_has_ended_takes_no_further_act_but_those_that_follow_it(before: str, kind: str) -> None:
    one, _ = _pair()
    one.write(before, ACTS[before])
    follows = {("petition_answered", "petition_published")} | {
        (ended, "petition_voided") for ended in ("petition_answered", "petition_refused")
    }

    if (before, kind) in follows:
        check_step(kind, _fold(one))
    else:
        with pytest.raises(NotAllowed, match="petition-forbids"):
            check_step(kind, _fold(one))


def test_two_different_answers_are_a_dispute_that_a_person_settles() -> None:
    one, two = _pair()
    first = one.write("petition_answered", {"answer": {"text": "Đã tăng quầy", "by": "Bình"}})
    other = two.write("petition_answered", {"answer": {"text": "Sẽ xem xét", "by": "An"}})
    for of, to in ((one, two), (two, one)):
        to.hear_all_of(of)

    disputed = _fold(one)
    assert [c.field for c in disputed.conflicts] == ["answer"]
    assert disputed.fingerprint() == _fold(two).fingerprint()

    one.write(
        "petition_settled",
        {"set": {"answer": {"text": "Đã tăng quầy", "by": "Bình"}}, "keep": [str(first.ref)],
         "over": [str(other.ref)]},
    )  # fmt: skip
    settled = _fold(one, two)

    assert settled.conflicts == () and settled.answer == "Đã tăng quầy" and settled.stage is Stage.ANSWERED
    assert [e.mistaken is not None for e in settled.entries if e.name == "petition_answered"].count(True) == 1


def test_an_answer_stays_shown_beside_a_refusal_that_did_not_know_of_it() -> None:
    one, two = _pair()
    one.write("petition_answered", ACTS["petition_answered"])
    two.write("petition_refused", ACTS["petition_refused"])

    told = _fold(one, two)

    assert told.stage is Stage.ANSWERED and [c.field for c in told.conflicts] == ["state"]


def test_an_answer_that_comes_before_its_reception_is_held() -> None:
    _, two = _pair()
    answer = two.write("petition_answered", ACTS["petition_answered"])

    told = fold_petition(DOSSIER, [answer])

    assert told.held and told.number == ""
    with pytest.raises(NotAllowed, match="petition-held"):
        check_step("petition_published", told)


@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_the_same_events_give_the_same_petition_in_any_order_and_number(data: st.DataObject) -> None:
    machines = [machine(n) for n in (1, 2, 3)]
    first = machines[0].write("petition_received", RECEIVED)
    for one in machines[1:]:
        one.hear(first)
    for step in range(data.draw(st.integers(1, 7))):
        one = machines[data.draw(st.integers(0, 2))]
        kind = data.draw(st.sampled_from(sorted(ACTS)))
        one.write(kind, ACTS[kind], at_ms=START_MS + step * data.draw(st.integers(-9_000, 9_000)))
        if data.draw(st.booleans()):
            machines[data.draw(st.integers(0, 2))].hear_all_of(one)
    events = list({e.hash: e for one in machines for e in one.known.values()}.values())
    told = fold_petition(DOSSIER, events)

    shuffled = data.draw(st.permutations(events + data.draw(st.lists(st.sampled_from(events)))))

    again = fold_petition(DOSSIER, shuffled)
    assert again.fingerprint() == told.fingerprint()
    answered = any(e.header.kind == "petition_answered" for e in events)
    assert not answered or told.values.get("answer") == ACTS["petition_answered"]["answer"]


def test_an_erased_reception_leaves_its_story_and_takes_no_further_act() -> None:
    one, _ = _pair()
    one.write("petition_answered", ACTS["petition_answered"])
    events = list(one.known.values())
    first = events[0]
    events[0] = Event(first.header, first.hash, None, first.path, Absent.ERASED)

    told = fold_petition(DOSSIER, events)

    assert not told.held and told.reception is None and told.number == told.subject == ""
    assert told.answer == "Đã tăng quầy" and [e.absent for e in told.entries] == [Absent.ERASED, Absent.NO]
    with pytest.raises(NotAllowed, match="petition-held"):
        check_step("petition_published", told)


def test_what_cannot_be_set_makes_a_settlement_unreadable() -> None:
    one, _ = _pair()
    one.write("petition_settled", {"set": {"number": "PAKN-1"}, "keep": [], "over": []})

    entry = _fold(one).entries[-1]

    assert entry.payload is None and _fold(one).number == "PAKN-9F3C-2026-1"


def test_marks_of_machines_that_know_each_other_differ() -> None:
    log, near = bytes.fromhex("9f3c01b200000000"), bytes.fromhex("9f3c01aa00000000")

    assert mark_of(log, []) == "9F3C" and mark_of(log, [log]) == "9F3C"
    assert (mark_of(log, [near]), mark_of(near, [log])) == ("9F3C01B", "9F3C01A")
    assert number_of("9F3C", 2026, 12) == "PAKN-9F3C-2026-12"


@pytest.mark.parametrize(
    ("act", "rule", "came", "due"),
    [
        # Tết 2026: 14 to 22 February are rest days, weekends with them.
        ("refuse", "", "2026-02-12T09:00", "2026-02-23T17:00"),
        ("ask", "", "2026-02-12T09:00", "2026-02-26T17:00"),
        ("answer", "", "2026-02-12T09:00", "2026-03-12T17:00"),
        ("answer", "local", "2026-02-12T09:00", "2026-03-05T17:00"),
        ("publish", "local", "2026-02-13T16:59", "2026-02-24T17:00"),
        ("answer", "no such rule", "2026-11-20T08:15", "2026-12-14T17:00"),
    ],
)
def test_days_are_working_days_of_the_calendar(act: str, rule: str, came: str, due: str) -> None:
    at = datetime.fromisoformat(f"{came}:00+07:00")

    found = deadline(_limits(), Act(act), at, work_calendar(), rule)

    assert found is not None and found.due == datetime.fromisoformat(f"{due}:00+07:00")
    assert found.by.limit.unit is Unit.WORKING_DAY and found.to_fields()["rule"] == found.by.rule


def test_a_rule_can_only_be_stricter_and_counts_from_its_day() -> None:
    text = (
        "rule,act,limit,unit,valid_from,source\n766,answer,15,working_day,2022-06-23,x\n"
        "lax,answer,30,working_day,2022-06-23,y\nnew,answer,5,working_day,2026-12-01,z\n"
    )
    limits, calendar = parse_limits(text), work_calendar()
    at = datetime(2026, 11, 20, 8, 15, tzinfo=VIETNAM)

    found = [deadline(limits, Act.ANSWER, at, calendar, rule) for rule in ("lax", "new")]

    assert [one.by.rule for one in found if one] == ["766", "766"]
    later = deadline(limits, Act.ANSWER, at.replace(month=12), calendar, "new")
    assert later is not None and later.by.rule == "new"
    assert deadline(limits, Act.PUBLISH, at, calendar) is None
    assert rules_of(limits) == ("766", "lax", "new")


def test_waiting_over_a_weekend_and_a_holiday_moves_the_day_by_working_days() -> None:
    due = datetime(2026, 12, 11, 17, tzinfo=VIETNAM)  # a Friday
    asked, came = (datetime(2026, 11, day, 9, tzinfo=VIETNAM) for day in (20, 25))

    assert moved(due, asked, came, work_calendar()) == datetime(2026, 12, 15, 17, tzinfo=VIETNAM)
    assert moved(due, asked, asked, work_calendar()) == due


@pytest.mark.parametrize(
    "line",
    ["766,answer,x,working_day,2022-06-23,", "766,dance,1,day,2022-06-23,", "766,ask,1,moon,2022-06-23,",
     "766,ask,1,day,soon,", "766,ask,0,day,2022-06-23,"],
)  # fmt: skip
def test_a_bad_line_of_limits_is_told_by_its_number(line: str) -> None:
    with pytest.raises(BadLine) as refused:
        parse_limits(f"rule,act,limit,unit,valid_from,source\n{line}\n")
    assert refused.value.facts["line"] == 2


def test_what_was_answered_in_time_is_never_late_and_what_was_not_is_at_the_end_of_its_day() -> None:
    one, _ = _pair()
    assert not missed(_fold(one), date(2026, 12, 11))
    assert missed(_fold(one), date(2026, 12, 12)) == {Act.ANSWER}

    one.write("petition_answered", {**ACTS["petition_answered"], "at": "2026-12-11T20:00:00+07:00"})

    assert not missed(_fold(one), date(2027, 1, 1))


LIMITS = {"refuse": {"due": "2026-11-24T17:00:00+07:00"}, "ask": {"due": "2026-11-27T17:00:00+07:00"}}
PUBLISHED = {"where": "Cổng", "on": "2026-12-10"}


@pytest.mark.parametrize(
    ("acts", "late"),
    [
        ({"refused": "11-24"}, set()),
        ({"refused": "11-25"}, {Act.REFUSE}),
        ({"asked": "11-27"}, set()),
        ({"asked": "11-30"}, {Act.ASK}),
        ({"asked": "12-14"}, {Act.ASK, Act.ANSWER}),
        # The sender is waited for: what comes of it counts from what he said.
        ({"asked": "11-27", "refused": "12-31"}, set()),
        ({"asked": "11-27", "supplied": "12-12", "refused": "12-14"}, set()),
        ({"asked": "11-27", "supplied": "12-12"}, {Act.ANSWER}),
        ({"asked": "11-27", "supplied": "12-12", "answered": "12-15"}, {Act.ANSWER}),
        ({"answered": "11-25", "published": "12-10"}, {Act.PUBLISH}),
        ({"answered": "11-25"}, {Act.PUBLISH}),
        ({"answered": "12-09", "published": "12-10"}, set()),
        ({"voided": "11-25"}, set()),
    ],
)
def test_each_act_has_its_own_limit_and_waiting_for_the_sender_is_nobodys_delay(
    acts: dict[str, str], late: set[Act]
) -> None:
    one = machine(1)
    one.write("petition_received", {**RECEIVED, "limits": LIMITS})
    for name, day in acts.items():
        said = {**ACTS[f"petition_{name}"], "at": f"2026-{day}T09:00:00+07:00"}
        if name == "answered":
            said["publish_by"] = ("2026-11-27" if day == "11-25" else "2027-01-05") + "T17:00:00+07:00"
        one.write(f"petition_{name}", said | ({"published": PUBLISHED} if name == "published" else {}))

    assert missed(_fold(one), date(2026, 12, 31)) == late


def test_shares_name_each_level_in_the_order_of_its_scale() -> None:
    scales = parse_scales((RESOURCES / "feedback" / "survey_scales.csv").read_text("utf-8"))
    told = {"very_content": 20, "content": 75, "not_content": 5}
    slips = [
        Slip(date(2026, 11, 20), "paper", "three", answer) for answer, n in told.items() for _ in range(n)
    ]
    slips.append(Slip(date(2026, 11, 20), "qr", "gone", "glad"))

    found = shares(slips, scales)

    assert [(s.level, s.count, s.percent) for s in found] == [
        ("glad", 1, 100.0),
        ("very_content", 20, 20.0),
        ("content", 75, 75.0),
        ("not_content", 5, 5.0),
    ]
    assert content_percent(slips, scales) == 95.0 and content_percent([], scales) is None


def test_a_level_is_meant_by_its_name_or_its_place() -> None:
    scales = parse_scales((RESOURCES / "feedback" / "survey_scales.csv").read_text("utf-8"))

    assert [scales["three"].level(key).name for key in ("1", "content", "3")] == [
        "very_content", "content", "not_content",
    ]  # fmt: skip
    assert scales["stars"].level("5").words == "5 sao"
    for key in ("0", "4", "", "²"):
        with pytest.raises(BadInput, match="not-a-level"):
            scales["three"].level(key)
