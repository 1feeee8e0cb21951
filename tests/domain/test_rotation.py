"""What of the backups is kept, over years and under clocks that are wrong."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from counter_app.domain.rotation import DAYS, MONTHS, TOGETHER, WEEKS, kept, removable
from counter_app.domain.zone import VIETNAM

START = datetime(2026, 1, 1, 17, 0, tzinfo=VIETNAM)
MOST = 2 * (DAYS + WEEKS + MONTHS)  # of what is past and of what a wrong clock has left in the future
moments = st.datetimes(datetime(2001, 1, 1), datetime(2090, 1, 1)).map(lambda at: at.replace(tzinfo=VIETNAM))


def days(moments_: Iterable[datetime]) -> set[str]:
    return {f"{at:%Y-%m-%d}" for at in moments_}


class Folder:
    """Backups as they come and go; each holds all that was written until it was made."""

    def __init__(self) -> None:
        self.holds: dict[datetime, int] = {}
        self.count = 0

    def back_up(self, now: datetime) -> None:
        self.count += 1
        self.holds[now] = self.count
        for at in removable(self.holds.keys(), now, now):
            del self.holds[at]


def test_a_backup_a_day_for_three_years_leaves_the_last_days_weeks_and_months() -> None:
    folder = Folder()
    for day in range(3 * 365 + 1):
        folder.back_up(START + timedelta(days=day))
        assert folder.count in folder.holds.values()

    now = START + timedelta(days=3 * 365)
    expected = {now - timedelta(days=back) for back in range(7)}
    for weeks in range(1, 5):  # today is a Sunday: four Sundays end the four weeks
        expected.add(now - timedelta(days=7 * (weeks - 1)))
    first = now.replace(day=1)
    for _ in range(11):
        expected.add(first - timedelta(days=1))
        first = (first - timedelta(days=1)).replace(day=1)
    assert f"{now:%a}" == "Sun"
    assert days(folder.holds) == days(expected)


@settings(max_examples=60)
@given(
    gaps=st.lists(st.integers(0, 40 * 24), min_size=1, max_size=120),
    jumps=st.dictionaries(st.integers(0, 119), st.integers(-40 * 365, 40 * 365), max_size=4),
)
@example(gaps=[24] * 60, jumps={20: -2000, 40: 2000})
@example(gaps=[24] * 60, jumps={20: 20_000, 50: -20_000})
def test_whatever_the_clock_does_the_newest_stays_and_none_pile_up(
    gaps: list[int], jumps: dict[int, int]
) -> None:
    folder, now, before = Folder(), START, 0
    for step, hours in enumerate(gaps):
        now += timedelta(hours=hours, seconds=1, days=jumps.get(step, 0))
        known = set(folder.holds)
        folder.back_up(now)

        assert folder.holds[now] == folder.count  # it holds all that was ever written
        assert len(known - set(folder.holds)) <= TOGETHER
        assert len(folder.holds) >= min(before + 1, 7) or len(days(folder.holds)) == len(folder.holds)
        assert len(folder.holds) <= MOST + len(gaps) // 2
        before = len(folder.holds)


@given(st.lists(moments, max_size=80), moments)
def test_what_was_kept_is_kept_again(made: list[datetime], now: datetime) -> None:
    first = kept(made, now)

    assert kept(first, now) == first <= set(made)
    assert len(first) <= MOST


@given(st.lists(moments, min_size=1, max_size=80), moments)
def test_of_what_is_past_and_of_what_is_not_yet_the_last_days_stay(
    made: list[datetime], now: datetime
) -> None:
    for part in ([at for at in made if at <= now], [at for at in made if at > now]):
        stays = kept(made, now) & set(part)
        last = sorted({at.date() for at in part})[-DAYS:]
        assert {at.date() for at in stays} >= set(last)
        assert not part or max(part) in stays


@given(st.lists(moments, min_size=1, max_size=60), moments, st.data())
def test_a_clock_that_moves_takes_nothing_while_no_backup_is_made(
    made: list[datetime], now: datetime, data: st.DataObject
) -> None:
    just = data.draw(st.sampled_from(made))

    gone = removable(made, just, now)

    assert just not in gone and len(gone) <= TOGETHER
    assert not set(gone) & kept(made, now)


def test_a_year_of_backups_under_a_clock_that_was_ahead_pushes_none_of_before_out() -> None:
    before = [START + timedelta(days=day) for day in range(7)]
    ahead = [START.replace(year=2031) + timedelta(days=day) for day in range(365)]

    assert kept([*before, *ahead], START + timedelta(days=7)) >= set(before)


def test_the_one_just_made_stays_though_its_name_says_that_it_is_an_old_one() -> None:
    day = [START + timedelta(minutes=minute) for minute in range(5)]

    assert removable(day, day[0], day[-1]) == day[1:3]
