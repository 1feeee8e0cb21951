"""Guessing PINs: slow at once, and no quicker by a restart, a turned clock or a killed process."""

import pytest

from counter_app.domain.errors import NotPermitted
from counter_app.services import accounts, throttle
from counter_app.services.throttle import Throttle
from tests.services.stores import Counter


class Ticks:
    """A clock that only runs forward, when the test lets it."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def counter(tmp_path):
    return Counter(tmp_path / "store").make()


@pytest.fixture
def office(counter):
    office = counter.open()
    accounts.add_officer(office, office.session(), "lan", "H’Lan", "officer", "1234")
    yield office
    office.close()


def guess(office, pin):
    with pytest.raises(NotPermitted) as refused:
        office.session("lan", lambda: pin)
    return refused.value.why


def guarded(office):
    """The office with a throttle whose clock the test turns."""
    ticks = Ticks()
    office.throttle = Throttle(office.database, ticks)
    return ticks


def test_three_slips_cost_nothing_and_the_fourth_try_waits(office):
    ticks = guarded(office)
    assert [guess(office, "0000") for _ in range(3)] == ["wrong-pin"] * 3

    assert guess(office, "1234") == "pin-waits"
    ticks.now += 4.9
    assert guess(office, "1234") == "pin-waits"
    ticks.now += 0.2

    assert office.session("lan", lambda: "1234").officer.id == "lan"


def test_each_further_wrong_pin_doubles_the_wait_up_to_five_minutes(office):
    ticks = guarded(office)
    waits = []
    for _ in range(12):
        ticks.now += office.throttle.wait("lan")
        guess(office, "0000")
        waits.append(office.throttle.wait("lan"))

    assert waits == [0, 0, 5, 10, 20, 40, 80, 160, 300, 300, 300, 300]


def test_the_right_pin_begins_the_count_anew(office):
    guarded(office)
    guess(office, "0000")
    guess(office, "0000")
    office.session("lan", lambda: "1234")

    assert [guess(office, "0000") for _ in range(3)] == ["wrong-pin"] * 3


def test_a_restart_waits_the_whole_time_again_whatever_the_wall_says(office, counter):
    guarded(office)
    for _ in range(3):
        guess(office, "0000")
    counter.wall.now = counter.wall.now.replace(year=2027)

    again = counter.open()
    try:
        assert again.throttle.wait("lan") == pytest.approx(5, abs=1)
        assert guess(again, "1234") == "pin-waits"
    finally:
        again.close()


def test_a_try_is_on_the_disk_before_the_pin_is_looked_at(office, counter, monkeypatch):
    def killed(kept, pin):
        raise KeyboardInterrupt

    monkeypatch.setattr("counter_app.services.office.check_pin", killed)
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            office.session("lan", lambda: "1234")

    again = counter.open()
    assert again.throttle.wait("lan") > 0
    again.close()


def test_one_officers_slips_do_not_keep_another_out(office):
    guarded(office)
    for _ in range(3):
        guess(office, "0000")

    assert office.throttle.wait("hoa") == 0


def test_many_processes_guess_no_quicker_than_one(office, counter):
    ticks = guarded(office)
    for _ in range(3):
        guess(office, "0000")
    other = Throttle(office.database, ticks)
    assert other.wait("lan") == 5
    ticks.now += 5

    assert guess(office, "0000") == "wrong-pin"

    assert other.wait("lan") == 10
    with pytest.raises(NotPermitted, match="pin-waits"):
        other.begin("lan")


def test_processes_that_were_opened_long_ago_do_not_all_try_at_once(office):
    ticks = guarded(office)
    early = [Throttle(office.database, ticks) for _ in range(20)]
    for _ in range(5):
        ticks.now += office.throttle.wait("lan")
        guess(office, "0000")
    ticks.now += 400

    tried = 0
    for one in early:
        try:
            one.begin("lan")
            tried += 1
        except NotPermitted:
            continue

    assert tried == 0


def test_nobody_to_be_asked_is_no_try(office):
    guarded(office)
    for _ in range(10):
        assert guess(office, "") == "wrong-pin"

    assert office.throttle.wait("lan") == 0


def test_pauses_never_shrink():
    waits = [throttle.pause(n) for n in range(60)]

    assert waits == sorted(waits)
    assert waits[-1] == throttle.LONGEST
