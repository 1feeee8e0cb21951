"""How far a synchronisation is: told after each exchange, and true within reason."""

from __future__ import annotations

import pytest

from counter_app.services import pacing, safety, syncing
from counter_app.services.course import Course
from counter_app.store import own
from tests.district.test_exchange import enrol
from tests.services.stores import receive


class Stopwatch:
    """Two seconds pass between two looks."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        self.now += 2.0
        return self.now


@pytest.fixture
def small(monkeypatch):
    """A link that bears half a kilobyte at a time."""
    monkeypatch.setattr(pacing, "LARGEST", 512)


def follow(office, road):
    with office.writing() as (pen, _):
        own.put_text(pen.connection, "sync/room", "512")
    told = []
    course = Course(office, lambda progress: told.append((progress, sum(map(len, road.bodies)))), Stopwatch())
    course.begin()
    syncing.sync(office, road, course.note)
    return told


def test_what_is_left_shrinks_to_nothing_and_the_guess_of_its_bytes_is_fair(server, commune, offices, small):
    office = offices[0]
    road = enrol(server, commune, office)
    syncing.sync(office, road)
    for _ in range(40):
        receive(office)

    told = follow(office, road)

    counts = [progress.sent for progress, _ in told]
    assert counts[0] == 0 and counts[-1] == 40 and counts == sorted(counts) and len(counts) > 4
    assert {progress.all for progress, _ in told} == {40}
    assert told[0][0].size is None and told[-1][0].size == 0
    whole = told[-1][1]
    for progress, gone in told[1:-1]:
        assert progress.size == pytest.approx(whole - gone, rel=0.4, abs=350)
        assert progress.left is not None and progress.left.total_seconds() > 0


def test_a_server_that_has_more_to_give_is_told_of_without_a_time(server, commune, offices, small):
    one, two = offices
    roads = [enrol(server, commune, office) for office in offices]
    for _ in range(40):
        receive(one)
    syncing.sync(one, roads[0])

    told = follow(two, roads[1])

    midst = [progress for progress, _ in told if progress.more]
    assert midst and all(progress.left is None for progress in midst)
    assert not told[-1][0].more and told[-1][0].received > 40
    assert safety.standing(two).dossiers == 40


def test_what_ends_it_between_two_messages_keeps_what_was_confirmed(server, commune, offices, small):
    office = offices[0]
    road = enrol(server, commune, office)
    syncing.sync(office, road)
    for _ in range(40):
        receive(office)
    with office.writing() as (pen, _):
        own.put_text(pen.connection, "sync/room", "512")

    class Enough(Exception):
        pass

    def stop(done):
        raise Enough

    waits = [safety.counts(office).pending]
    while waits[-1]:
        try:
            syncing.sync(office, road, stop)
        except Enough:
            waits.append(safety.counts(office).pending)

    assert waits == sorted(set(waits), reverse=True) and len(waits) > 4
