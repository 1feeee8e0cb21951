"""A machine serves its commune on the days that the district last told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain import commune
from counter_app.domain.errors import BadInput, NotAllowed
from counter_app.domain.postings import Posting
from tests.domain.acts import machine

LOG, OTHER = bytes(8), bytes([7] * 8)
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
DAY = timedelta(days=1)


def postings(by, above=True):
    return commune.fold(by.known.values(), (by.name,) if above else ()).postings


def post(by, since="2026-12-01", log=LOG, **more):
    return by.write("posted", {"log": log.hex(), "since": since, **more})


def test_the_last_word_counts_and_without_a_last_day_it_goes_on():
    above = machine(9)
    post(above, until="2026-12-31")
    post(above, log=OTHER)
    assert postings(above) == {LOG: Posting(FIRST, LAST, True), OTHER: Posting(FIRST, None, True)}

    post(above, since="2026-09-10")  # when the event was written it had begun
    assert postings(above)[LOG] == Posting(date(2026, 9, 10))


def test_in_another_log_it_says_nothing():
    above = machine(9)
    post(above)
    assert postings(above, above=False) == {}


@given(st.dates(), st.dates(), st.dates())
def test_it_takes_in_what_is_of_its_days_alone(one, other, day):
    posting = Posting(min(one, other), max(one, other), True)
    if posting.covers(day):
        posting.require(day)
        return
    with pytest.raises(NotAllowed, match="posting-not-begun" if day < posting.since else "posting-over"):
        posting.require(day)


def test_the_first_and_the_last_day_belong_to_it():
    posting = Posting.set_on(FIRST - DAY, FIRST, LAST)
    assert [posting.covers(d) for d in (FIRST - DAY, FIRST, LAST, LAST + DAY)] == [False, True, True, False]
    with pytest.raises(BadInput, match="posting-ends-first"):
        Posting.set_on(FIRST, LAST, FIRST)


def test_what_had_begun_when_it_was_set_is_not_taken_away_by_a_clock():
    posting = Posting.set_on(LAST, FIRST, None)
    posting.require(FIRST - 400 * DAY)
    assert Posting.set_on(FIRST, None, LAST) == Posting(FIRST, LAST)
