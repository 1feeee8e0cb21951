"""A part of the kill points of `make faults`, short enough for every test run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.faults import points, run
from tests.faults.points import Outcome, Stage

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(not points.able(), reason="strace is missing, or may not follow processes here"),
]
COUNT, SEED = 16, 1


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return points.prepare(tmp_path_factory.mktemp("faults"))


@pytest.fixture(scope="module")
def outcomes(stage: Stage) -> list[Outcome]:
    known = [point for command in points.COMMANDS for point in points.points_of(stage, command)]
    return list(run.strike_all(stage, points.draw(known, COUNT, SEED), lanes=os.cpu_count() or 2))


def test_whatever_came_out_before_the_kill_is_kept_and_the_command_can_be_repeated(
    outcomes: list[Outcome],
) -> None:
    assert [outcome for outcome in outcomes if outcome.faults] == []


def test_nearly_every_drawn_point_was_reached(outcomes: list[Outcome]) -> None:
    struck = [outcome.point for outcome in outcomes if outcome.killed]

    assert len(set(struck)) >= COUNT * 0.9
    assert {point.command for point in struck} == set(points.COMMANDS)


def test_what_must_never_be_left_is_seen(stage: Stage, tmp_path: Path) -> None:
    case = stage.fresh(tmp_path / "case")
    papers = case / "papers"
    papers.mkdir()
    (papers / ".0123456789abcdef.part").write_bytes(b"%PDF-1.4")
    (papers / "H55.242-261122-000000001-a5.pdf").write_bytes(b"%PDF-1.4\n1 0 obj")
    (case / "store" / "notes").write_text("Sùng Thị Ú", "utf-8")
    told = '{"code": "H55.242-261122-000000002"}\n{"code": "H55.242-26'

    with points.recovering(stage.words), points.open_case(stage, case) as office:
        faults = sorted(points.left(office, stage, "receive", case, told))

    assert faults == [
        ".0123456789abcdef.part is left among the papers",
        "H55.242-261122-000000001-a5.pdf has no event",
        "H55.242-261122-000000001-a5.pdf is not whole",
        "H55.242-261122-000000002 was told and is not there",
        "notes holds what a person told",
    ]


def test_the_last_full_run_had_two_hundred_points_and_nothing_wrong() -> None:
    told = Path(run.LAST).read_text("utf-8")

    assert int(told.splitlines()[1].split(" distinct", 1)[0]) >= 200
    assert "; 0 left anything wrong" in told
