"""A part of the kill points of an exchange, short enough for every test run."""

from __future__ import annotations

import os

import pytest
from sqlalchemy import text

from tests.faults import exchanges, points
from tests.faults.exchanges import End
from tests.faults.points import Outcome, Point, Stage

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(not points.able(), reason="strace is missing, or may not follow processes here"),
]
COUNT, SEED, LEAST = 26, 2, 24
MORE = 20
"""Points for runs with fewer calls than the one that they were drawn from, which never come to some."""
NETWORK = {"connect", "sendto", "recvfrom"}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return exchanges.prepare(tmp_path_factory.mktemp("exchanges"))


@pytest.fixture(scope="module")
def end(stage: Stage) -> End:
    return exchanges.end_of(stage)


@pytest.fixture(scope="module")
def outcomes(stage: Stage, end: End) -> list[Outcome]:
    drawn, lanes = points.draw(exchanges.points_of(stage), COUNT + MORE, SEED), os.cpu_count() or 2
    found = list(exchanges.strike_all(stage, end, drawn[:COUNT], lanes=lanes))
    if len(reached(found)) < LEAST:
        found += exchanges.strike_all(stage, end, drawn[COUNT:], lanes=lanes)
    return found


def reached(outcomes: list[Outcome]) -> set[Point]:
    return {outcome.point for outcome in outcomes if outcome.killed}


def test_a_counter_killed_in_an_exchange_loses_and_doubles_nothing(outcomes: list[Outcome]) -> None:
    assert [outcome for outcome in outcomes if outcome.faults] == []


def test_two_dozen_distinct_points_were_reached_those_of_the_network_among_them(
    outcomes: list[Outcome],
) -> None:
    struck = reached(outcomes)

    assert len(struck) >= LEAST
    assert {point.call for point in struck} >= NETWORK | {"pwrite64", "fsync"}


def test_what_must_never_be_left_is_seen(stage: Stage, end: End) -> None:
    lane, _ = exchanges.lane_of(stage)
    case = exchanges.fresh(stage, lane.folder / "seen")
    with points.recovering(stage.words), lane.district(case / "district.db") as base:
        whole = list(exchanges.met_again(stage, base, case, end))
        short = list(exchanges.met_again(stage, base, case, End(end.events + 1, end.dossiers)))
        with base.writing() as connection:
            connection.execute(text("DELETE FROM signatures"))
        broken = [*exchanges.left(stage, base, case), *exchanges.met_again(stage, base, case, end)]

    assert whole == [] and len(short) == 1
    assert "the district after the kill" in broken[0]


def test_the_last_long_run_had_a_hundred_and_fifty_points_and_nothing_wrong() -> None:
    told = exchanges.LAST.read_text("utf-8")

    assert int(told.splitlines()[1].split(" distinct", 1)[0]) >= 150
    assert "; 0 left anything wrong" in told
