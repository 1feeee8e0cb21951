"""The district's ledger: what a store would hold of the same runs, it holds too."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.district.ledger import CommuneLedger
from counter_app.domain.runs import Run
from counter_app.sync import giving
from counter_app.sync.agreed import tips_of, vector_of
from tests.district import bases
from tests.store.machines import Machine, dossier_id, pair


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def base(request, tmp_path):
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else ""
    made = bases.fresh(tmp_path, url)
    yield made
    made.close()


@pytest.fixture
def forked(tmp_path):
    """Two paired stores, one of them copied: the copies go on apart, and one of the two forks again."""
    one, two = pair(tmp_path)
    for number in range(3):
        one.receive(number)
    two.hear(one)
    copy = one.clone(tmp_path / "copy.db")
    one.receive(10)
    copy.receive(20)
    second = copy.clone(tmp_path / "second.db")
    copy.receive(21)
    second.receive(22)
    two.receive(30)
    machines = [one, two, copy, second]
    yield machines
    for machine in machines:
        machine.close()


def test_what_it_took_in_it_gives_out_again(base, forked, tmp_path):
    commune = bases.commune_in(base)
    for machine in forked:
        bases.hear(base, commune, machine.runs())

    heard = Machine.new(tmp_path / "heard.db", 3)
    heard.take(bases.runs(base, commune))
    told = Machine.new(tmp_path / "told.db", 3)
    for machine in forked:
        told.take(machine.runs())

    ours = {heard.log, told.log}
    vectors = [
        {log: places for log, places in machine.vector().samples.items() if log not in ours}
        for machine in (heard, told)
    ]
    assert vectors[0] == vectors[1] == bases.vector(base, commune).samples
    heard.close()
    told.close()


def test_the_same_runs_again_change_nothing(base, forked):
    commune = bases.commune_in(base)
    first = [bases.hear(base, commune, machine.runs()) for machine in forked]
    stood = bases.vector(base, commune)

    again = [bases.hear(base, commune, machine.runs()) for machine in forked]

    assert sum(taken.new for taken in first) > 0
    assert [(taken.new, taken.forks, taken.refused) for taken in again] == [(0, 0, ())] * 4
    assert bases.vector(base, commune) == stood


def test_who_knows_the_last_events_of_a_forked_log_is_given_nothing_of_it_again(base, forked, monkeypatch):
    monkeypatch.setattr(giving, "RUN_BYTES", 600)  # so that what came before the fork is signed too
    commune = bases.commune_in(base)
    for machine in forked:
        bases.hear(base, commune, machine.runs())
    with base.reading() as connection:
        tips = tips_of(CommuneLedger(connection, commune))

    assert bases.runs(base, commune, vector_of(tips)) == []


def test_positions_have_no_hole(base, forked):
    commune = bases.commune_in(base)
    for machine in forked:
        bases.hear(base, commune, machine.runs())

    with base.reading() as connection:
        found = [
            row[0]
            for row in connection.exec_driver_sql("SELECT position FROM events ORDER BY position").all()
        ]

    assert found == list(range(1, len(found) + 1))


def test_a_log_of_one_commune_is_no_log_of_another(base, forked):
    here, there = bases.commune_in(base), bases.commune_in(base, "H55.24", "UBND xã Hua Nhàn")
    runs = forked[1].runs()
    with base.writing() as connection:
        from counter_app.district.devices import _alias

        _alias(connection, here, dossier_id(0xC0000001))
        _alias(connection, here, dossier_id(0xC0000002))

    taken = bases.hear(base, there, runs)

    assert {why for _, _, why in taken.refused} <= {"log-of-another-commune", "log-unknown"}
    assert taken.new == 0


@st.composite
def journeys(draw) -> list[tuple[int, int]]:
    """Which machine's runs arrive, and how many of them, again and again."""
    return draw(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 9)), min_size=1, max_size=12))


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(journeys())
def test_any_road_brings_the_same(forked, journey):
    with tempfile.TemporaryDirectory() as folder:
        store = Machine.new(Path(folder) / "store.db", 9)
        base = bases.fresh(Path(folder))
        commune = bases.commune_in(base)
        for which, count in [*journey, *((n, 99) for n in range(4))]:
            runs: list[Run] = forked[which].runs()[:count]
            store.take(runs)
            bases.hear(base, commune, runs)
        here = {log: places for log, places in store.vector().samples.items() if log != store.log}

        assert here == bases.vector(base, commune).samples
        store.close()
        base.close()
