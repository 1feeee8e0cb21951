"""How far a first run has come: kept at each step, with nothing secret, until nothing is left to ask."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

import pytest

from counter_app.domain.errors import NoKey
from counter_app.services import first_run
from counter_app.services.first_run import STEPS, Progress
from counter_app.system import settings
from counter_app.system.paths import Places
from tests.services.stores import Counter
from tests.vaults import OpenVault

HALF = Progress(frozenset({"agency"}), frozenset(), "H55.242", "UBND xã Ea Mlung")


def test_it_is_kept_before_there_is_a_store_and_read_again(tmp_path: Path) -> None:
    places = Places(tmp_path / "new")

    first_run.keep(places, HALF, address="thôn 2")

    assert first_run.read_at(places) == HALF
    assert settings.load(places.settings).address == "thôn 2"
    assert HALF.next == "keys"


def test_what_a_later_version_wrote_stays(tmp_path: Path) -> None:
    places = Places(tmp_path)
    settings.save(places.settings, settings.Settings(other=MappingProxyType({"later": 7})))

    first_run.keep(places, HALF)

    assert settings.load(places.settings).other["later"] == 7


def test_an_open_store_has_the_new_settings_at_once(tmp_path: Path) -> None:
    office = Counter(tmp_path / "A", device="A").make().open()

    first_run.keep(office.places, HALF, office, paper="a4")

    assert office.settings.paper == "a4"
    assert settings.load(office.places.settings).paper == "a4"
    office.close()


def test_a_machine_set_up_otherwise_has_no_first_run() -> None:
    assert first_run.read(settings.Settings()) is None


@pytest.mark.parametrize("state", [{"done": 7}, {"done": ["nonsense"], "name": 3}, {}])
def test_what_cannot_be_read_counts_as_not_done(state: dict[str, object]) -> None:
    kept = settings.Settings(other=MappingProxyType({"first_run": state}))

    assert first_run.read(kept) == Progress()


def test_it_is_finished_when_nothing_is_left_but_what_was_put_off() -> None:
    every = frozenset(STEPS)

    assert Progress(every).finished
    assert Progress(every - {"printer"}, frozenset({"printer"})).finished
    assert not Progress(every - {"ready"}).finished
    assert not Progress(every - {"sheet"}).finished
    assert Progress(every - {"sheet"}).next == "sheet"


def test_the_keyring_is_tried_and_left_empty() -> None:
    vault = OpenVault()

    assert first_run.try_keyring(vault) == "ok"
    assert vault.kept == {}


@pytest.mark.parametrize(("why", "found"), [("keyring-absent", "absent"), ("keyring-locked", "locked")])
def test_a_keyring_that_fails_is_named(why: str, found: str) -> None:
    class Failing(OpenVault):
        def set(self, name: str, secret: bytes) -> None:
            raise NoKey(why)

    assert first_run.try_keyring(Failing()) == found


def test_a_keyring_that_forgets_is_not_believed() -> None:
    class Forgetful(OpenVault):
        def get(self, name: str) -> bytes | None:
            return None

    assert first_run.try_keyring(Forgetful()) == "forgets"
