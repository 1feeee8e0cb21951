"""The clock after waiting: never an earlier date, moved by what was waited, alike on every machine."""

from __future__ import annotations

import itertools
import json
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain import clock
from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.dossier import Dossier
from counter_app.domain.fold import fold
from counter_app.domain.lifecycle import State
from counter_app.domain.limits import TimeLimit, Unit
from counter_app.domain.promise import promise, typed_promise
from counter_app.domain.zone import VIETNAM

from .acts import DOSSIER, RECEPTION, START_MS, machine
from .test_promise import at, calendars, limits, moments, months, working
from .year_files import work_calendar

CALENDAR = work_calendar()
waits = st.timedeltas(timedelta(), timedelta(days=40))


def due_of(said: clock.Fields) -> datetime:
    return datetime.fromisoformat(said["due"])


@settings(max_examples=300)
@given(calendars(), limits(), moments, waits, waits)
def test_a_clock_that_goes_on_never_gives_an_earlier_date_or_a_closed_day(
    calendar: WorkCalendar, limit: TimeLimit, received: datetime, until_asked: timedelta, waited: timedelta
) -> None:
    said = promise(limit, received, calendar).to_fields()
    since = received + until_asked

    for new in (
        clock.resumed(said, since, since + waited, calendar),
        clock.restarted(said, said, since, since + waited, calendar),
    ):
        assert due_of(new) >= due_of(said)
        assert calendar.counts(due_of(new).date())
        assert due_of(new) == due_of(said) or due_of(new) >= since + waited - timedelta(minutes=1)
        ends = [(one["due"], one.get("moved_from")) for one in (said, new)]
        assert new == said or ends[0] != ends[1]
        json.dumps(new)


@given(calendars(), st.integers(1, 30), moments, waits, waits)
def test_waiting_for_so_many_counting_days_moves_the_date_by_as_many(
    calendar: WorkCalendar, number: int, received: datetime, until_asked: timedelta, waited: timedelta
) -> None:
    said = promise(working(number), received, calendar).to_fields()
    due, since = due_of(said), received + until_asked
    back = since + waited
    waited_days = calendar.counting(since.date(), back.date())

    moved = calendar.counting(due.date(), due_of(clock.resumed(said, since, back, calendar)).date())

    if since > due:
        assert moved == 0
    elif due.date() > since.date() or (calendar.counts(back.date()) and back < calendar.closing(back.date())):
        assert moved == waited_days
    else:  # brought on the last day after closing, or on a day of rest
        assert moved == waited_days + 1


@given(calendars(), limits(), moments, waits, waits, waits)
def test_who_comes_later_has_no_earlier_date(
    calendar: WorkCalendar,
    limit: TimeLimit,
    received: datetime,
    until_asked: timedelta,
    waited: timedelta,
    longer: timedelta,
) -> None:
    said = promise(limit, received, calendar).to_fields()
    since = received + until_asked
    backs = since + waited, since + waited + longer

    first, second = (due_of(clock.resumed(said, since, back, calendar)) for back in backs)

    assert first <= second


@given(limits(), moments, st.timedeltas(timedelta(), timedelta(days=5)), waits, waits)
def test_two_waits_in_a_row_are_one(
    limit: TimeLimit, received: datetime, until_asked: timedelta, waited: timedelta, more: timedelta
) -> None:
    """Asked again the moment that it was brought: as if the citizen had waited all the time."""
    said = promise(limit, received, CALENDAR).to_fields()
    since = received + until_asked
    middle, back = since + waited, since + waited + more
    if since > due_of(said):
        return

    by_two = clock.resumed(clock.resumed(said, since, middle, CALENDAR), middle, back, CALENDAR)
    at_once = clock.resumed(said, since, back, CALENDAR)

    # A date that the first return moved over rest, or past closing, may stand a day later; never earlier.
    assert due_of(by_two) >= due_of(at_once)


def test_a_pause_says_what_was_waited_for_and_when() -> None:
    said = promise(working(5), at("2026-02-09 08:00"), CALENDAR).to_fields()

    new = clock.resumed(said, at("2026-02-12 09:00"), at("2026-02-23 08:00"), CALENDAR, clock.PAYMENT)

    assert new == {
        "due": "2026-02-25T17:00:00+07:00",
        "number": 5,
        "unit": "working_day",
        "confidence": "given",
        "starts": "2026-02-10",
        "paused": [["2026-02-12", "2026-02-23", "payment"]],
    }


def test_rest_that_was_passed_before_the_pause_stays_told() -> None:
    said = promise(working(5), at("2026-04-22 08:00"), CALENDAR).to_fields()

    new = clock.resumed(said, at("2026-04-28 09:00"), at("2026-04-29 08:00"), CALENDAR)

    assert [run[:3] for run in new["skipped"]] == [
        ["2026-04-25", "2026-04-25", "weekend"],
        ["2026-04-26", "2026-04-26", "holiday"],
        ["2026-04-27", "2026-04-27", "compensatory"],
        ["2026-04-30", "2026-04-30", "holiday"],
        ["2026-05-01", "2026-05-01", "holiday"],
        ["2026-05-02", "2026-05-03", "weekend"],
    ]


def test_the_last_day_of_a_month_is_moved_by_rest_after_a_pause_too() -> None:
    said = promise(months(1), at("2026-03-23 08:00"), CALENDAR).to_fields()

    new = clock.resumed(said, at("2026-04-20 09:00"), at("2026-04-23 08:00"), CALENDAR)

    assert (new["due"][:10], new["moved_from"]) == ("2026-04-28", "2026-04-26")


def test_a_year_without_a_calendar_is_told_once_the_clock_runs_into_it() -> None:
    said = promise(working(5), at("2026-12-21 08:00"), CALENDAR).to_fields()

    new = clock.resumed(said, at("2026-12-23 09:00"), at("2026-12-31 08:00"), CALENDAR)

    assert "unknown_years" not in said
    assert new["unknown_years"] == [2027]


def test_a_pinned_limit_begins_as_the_promise_would() -> None:
    limit = TimeLimit(0, Unit.SAME_DAY, time(15), 3, Unit.WORKING_DAY)
    said = promise(limit, at("2026-03-02 16:00"), CALENDAR, verification=True).to_fields()

    begun = clock.begun(clock.limit_alone(said), at("2026-03-02 16:00"), CALENDAR)

    # The hour of the same-day result says nothing about the longer limit.
    assert begun == said
    assert begun["due"].startswith("2026-03-05")


def test_an_officers_own_day_is_moved_in_working_days() -> None:
    said = typed_promise(date(2026, 3, 13), at("2026-03-09 09:00"), CALENDAR, "theo đợt").to_fields()

    new = clock.resumed(said, at("2026-03-10 09:00"), at("2026-03-12 09:00"), CALENDAR)

    assert (new["due"][:10], new["reason"]) == ("2026-03-17", "theo đợt")


# What two machines write that know nothing of each other.


def story(first: str, second: str, order: tuple[int, ...], **more: str) -> Dossier:
    one, other = machine(1), machine(2)
    payload = {**RECEPTION, "promise": {"due": RECEPTION["due"], "starts": "2026-11-20"}}
    other.hear(one.write("received", payload))
    other.hear(one.write("supplement_requested", {"needs": ["Bản sao"], "at": "2026-11-23T09:00:00+07:00"}))
    seen = fold(DOSSIER, one.known.values())
    for here, back in ((one, first), (other, second)):
        said = clock.after_wait(seen, datetime.fromisoformat(back), CALENDAR)
        assert said is not None
        here.write("resubmitted", {"due": said["due"], "promise": said, "at": back}, at_ms=START_MS + 5)
    events = [*one.known.values(), *(event for event in other.known.values() if event.hash not in one.known)]
    return fold(DOSSIER, [events[place] for place in order])


orders = pytest.mark.parametrize("order", list(itertools.permutations(range(4))))


@orders
def test_the_same_papers_taken_in_on_two_machines_on_one_day_are_no_dispute(order: tuple[int, ...]) -> None:
    dossier = story("2026-11-25T09:00:00+07:00", "2026-11-25T15:30:00+07:00", order)

    assert dossier.conflicts == ()
    assert (dossier.state, dossier.due) == (State.PROCESSING, datetime(2026, 11, 30, 17, tzinfo=VIETNAM))


@orders
def test_papers_taken_in_on_two_days_are_shown_alike_everywhere(order: tuple[int, ...]) -> None:
    dossier = story("2026-11-25T09:00:00+07:00", "2026-11-26T09:00:00+07:00", order)

    assert (
        dossier.fingerprint()
        == story("2026-11-25T09:00:00+07:00", "2026-11-26T09:00:00+07:00", (0, 1, 2, 3)).fingerprint()
    )
    assert "due" in {conflict.field for conflict in dossier.conflicts}


@orders
def test_a_fee_that_two_machines_took_goes_on_once_and_is_to_be_given_back(order: tuple[int, ...]) -> None:
    one, other = machine(1), machine(2)
    payload = {**RECEPTION, "fee": {}, "promise": {"due": RECEPTION["due"], "starts": "2026-11-20"}}
    other.hear(one.write("received", payload))
    other.hear(one.write("payment_requested", {"amount": 8000, "at": "2026-11-23T09:00:00+07:00"}))
    seen = fold(DOSSIER, one.known.values())
    assert (seen.state, seen.owed, seen.charged) == (State.WAITING_PAYMENT, 8000, 8000)
    back = datetime.fromisoformat("2026-11-25T09:00:00+07:00")
    said = clock.after_wait(seen, back, CALENDAR)
    assert said is not None
    for here in (one, other):
        paid = {"amount": 8000, "resumes": True, "due": said["due"], "promise": said, "at": back.isoformat()}
        here.write("paid", paid, at_ms=START_MS + 5)
    events = [*one.known.values(), *(event for event in other.known.values() if event.hash not in one.known)]

    dossier = fold(DOSSIER, [events[place] for place in order])

    assert dossier.fingerprint() == fold(DOSSIER, events).fingerprint()
    assert (dossier.state, dossier.due) == (State.PROCESSING, datetime(2026, 11, 30, 17, tzinfo=VIETNAM))
    assert [conflict.field for conflict in dossier.conflicts] == ["payment"]
    assert (dossier.owed, dossier.paid) == (8000, 16_000)
