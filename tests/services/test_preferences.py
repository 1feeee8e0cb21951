"""This machine's settings: who may change them, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.domain.commune import Officer, Role
from counter_app.domain.errors import BadInput, NotPermitted
from counter_app.services import preferences
from counter_app.services.office import Office, Session
from counter_app.system import settings
from tests.services.stores import Counter


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Counter(tmp_path / "store").make().open()
    yield office
    office.close()


def test_what_is_not_named_stays(office: Office) -> None:
    preferences.change(office, office.session(), hotline="1022")
    preferences.change(office, office.session(), office="  Một   cửa ", lock_minutes=5)

    kept = settings.load(office.places.settings)
    assert (kept.office, kept.hotline, kept.lock_minutes) == ("Một cửa", "1022", 5)
    assert office.settings == kept


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"office": "x" * 121}, "too-long"),
        ({"lock_minutes": 0}, "setting-range"),
        ({"lock_minutes": "9"}, "setting-type"),
        ({"disk_warn_mb": 10}, "setting-range"),
        ({"paper": "a3"}, "setting-unknown"),
        ({"survey_url": "khaosat.vn"}, "not-a-web-address"),
    ],
)
def test_one_that_cannot_stand_changes_nothing(office: Office, changes: dict[str, object], why: str) -> None:
    with pytest.raises(BadInput) as raised:
        preferences.change(office, office.session(), **{"hotline": "1022", **changes})

    assert raised.value.why == why
    assert office.settings.hotline == ""
    assert not office.places.settings.exists()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.CASHIER, Role.READER])
def test_only_a_head_or_an_administrator_changes_them(office: Office, role: Role) -> None:
    with pytest.raises(NotPermitted):
        preferences.change(office, Session(Officer("lan", "Lan", role)), hotline="1022")
