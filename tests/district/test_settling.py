"""Whose events count is decided anew where something came that could change it, and nowhere else."""

from __future__ import annotations

import pytest

from counter_app.district import devices, journal
from counter_app.services import accounts, syncing
from counter_app.services.opening import start_new_log
from tests.district.test_exchange import enrol
from tests.services.stores import receive


@pytest.fixture
def met(server, commune, offices):
    """Two counters that have told all."""
    roads = [enrol(server, commune, office) for office in offices]
    for office, road in [*zip(offices, roads, strict=True)] * 2:
        syncing.sync(office, road)
    return offices, roads


@pytest.fixture
def folds(monkeypatch):
    """Each time that the district folded the commune."""
    found = []
    known_of = journal.known_of

    def noted(ledger):
        found.append(ledger.commune)
        return known_of(ledger)

    monkeypatch.setattr(journal, "known_of", noted)
    return found


def new_officer(office):
    accounts.add_officer(office, office.session(), "lan", "Nguyễn Thị Lan", "officer")


def new_log(office):
    with office.writing() as (pen, _now):
        start_new_log(pen)


def test_dossiers_alone_do_not_have_the_commune_folded(met, folds):
    (one, _), roads = met
    receive(one)

    assert syncing.sync(one, roads[0]).sent > 0
    assert folds == []


@pytest.mark.parametrize("act", [new_officer, new_log])
def test_what_could_change_it_does(met, folds, act):
    (one, _), roads = met
    act(one)

    syncing.sync(one, roads[0])

    assert folds != []


def test_a_log_under_a_limit_has_it_reckoned_with_each_event(server, commune, met, folds):
    (one, _), roads = met
    with server.base.writing() as connection:
        devices.revoke(connection, server.who, 1, "Máy bị mất", server.now_ms)
    folds.clear()
    receive(one)

    syncing.sync(one, roads[0])

    assert folds != []
