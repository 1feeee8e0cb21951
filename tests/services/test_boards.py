"""The board's sections: a date is over at its minute, and only what has changed is folded anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from counter_app.domain.zone import VIETNAM
from counter_app.services import acts, lookup
from counter_app.services.boards import Group, Item, board
from counter_app.services.lookup import Step
from counter_app.services.office import Office
from tests.services.stores import Counter, Wall, receive

COPY = "2.000635"  # the same day


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    return Counter(tmp_path / "kho", Wall(at(8))).make()


@pytest.fixture
def office(counter: Counter) -> Iterator[Office]:
    opened = counter.open()
    yield opened
    opened.close()


def at(hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 11, 20, hour, minute, second, tzinfo=VIETNAM)


def items(office: Office, now: datetime, group: Group, fold: int | None = None) -> list[Item]:
    found = board(office, now, (group,), fold=fold)
    return list(next(section.items for section in found if section.group is group))


@pytest.mark.parametrize(
    ("now", "group"),
    [
        (at(16, 59, 59), Group.TODAY),
        (at(17, 0, 0), Group.TODAY),
        (at(17, 0, 1), Group.LATE),
        (at(17, 0, 30), Group.LATE),
    ],
)
def test_what_is_due_at_five_is_late_a_second_after(office: Office, now: datetime, group: Group) -> None:
    receive(office, procedure=COPY)

    found = {section.group for section in board(office, now) if section.total}

    assert found == {group}


def test_the_command_line_calls_it_late_at_the_same_second(office: Office, counter: Counter) -> None:
    receive(office, procedure=COPY)

    counter.wall.now = at(16, 59, 58)
    before = lookup.due(office, overdue=True)
    counter.wall.now = at(17, 0, 0)
    after = lookup.due(office, overdue=True)

    assert (len(before), len(after)) == (0, 1)


def test_only_the_first_are_folded_where_a_screen_holds_no_more(office: Office) -> None:
    for _ in range(3):
        receive(office, procedure=COPY)

    first = items(office, at(9), Group.TODAY, fold=2)
    then = items(office, at(9), Group.TODAY, fold=2)

    assert [item.glance is None for item in first] == [False, False, True]
    assert [item.glance is None for item in then] == [False, False, False]
    assert [item.line for item in first] == [item.line for item in then]


def test_a_dossier_that_has_changed_is_folded_anew(office: Office) -> None:
    got = receive(office, procedure=COPY)
    [before] = items(office, at(9), Group.TODAY)

    acts.process(office, office.session(), got.code, "thẩm tra", "Lò Văn Inh")
    [after] = items(office, at(9), Group.TODAY)

    assert (before.holder, after.holder) == ("Quản trị", "Lò Văn Inh")


def test_the_three_warnings_count_days_of_work_alone(office: Office, counter: Counter) -> None:
    """Three days, one day, today: a weekend and 24/11 are left out."""
    counter.wall.now = datetime(2026, 11, 18, 8, tzinfo=VIETNAM)
    code = receive(office, procedure="1.004884").code  # five working days: Thursday 26/11
    seen = {}
    for day in range(18, 28):
        counter.wall.now = datetime(2026, 11, day, 8, tzinfo=VIETNAM)
        now = office.now()
        groups = [section.group for section in board(office, now) if section.total]
        left = lookup.days_left(office.calendar(), now.date(), date(2026, 11, 26))
        listed = [line.code for line in lookup.due(office, soon=True)]
        seen[day] = (left, *groups, lookup.step_of(left), listed == [code])

    assert seen == {
        18: (5, None, False),
        19: (4, None, False),
        20: (3, Group.SOON, Step.THREE_DAYS, True),
        21: (3, Group.SOON, Step.THREE_DAYS, True),
        22: (3, Group.SOON, Step.THREE_DAYS, True),
        23: (2, Group.SOON, Step.THREE_DAYS, True),
        24: (2, Group.SOON, Step.THREE_DAYS, True),
        25: (1, Group.TOMORROW, Step.ONE_DAY, True),
        26: (0, Group.TODAY, Step.TODAY, True),
        27: (-1, Group.LATE, None, False),
    }


def test_what_waits_for_the_citizen_is_under_no_warning(office: Office, counter: Counter) -> None:
    for step in (lambda *a: acts.ask_supplement(*a, ["Bản sao"]), lambda *a: acts.charge(*a, 8000)):
        step(office, office.session(), receive(office, procedure="1.004884").code)
    counter.wall.now = datetime(2026, 11, 27, 8, tzinfo=VIETNAM)

    groups = {section.group: section.total for section in board(office, office.now()) if section.total}

    assert groups == {Group.SUPPLEMENT: 1, Group.PAYMENT: 1}
    assert lookup.due(office, soon=True) == lookup.due(office, overdue=True) == []
