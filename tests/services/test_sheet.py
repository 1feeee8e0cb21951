"""A new recovery sheet is made only for who can open the store already."""

from datetime import timedelta

import pytest

from counter_app.domain.commune import Officer, Role
from counter_app.domain.errors import AlreadyThere, BadInput, NoKey, NotPermitted
from counter_app.services import keeping, opening, sheet
from counter_app.services.office import Session
from tests.services.stores import OPENERS, PASSPHRASE, Counter


@pytest.fixture
def office(tmp_path):
    office = Counter(tmp_path / "store", openers=OPENERS).make().open()
    yield office
    office.close()


def kinds(office):
    return [row["kind"] for row in opening.list_wraps(office.places)]


def test_the_passphrase_makes_one_and_nothing_else_does(office, tmp_path):
    before = kinds(office)
    for proof in ("", "sai", "sai sai sai sai sai"):
        with pytest.raises((NoKey, BadInput)):
            sheet.add_sheet(office, office.session(), proof, tmp_path / "phieu.pdf")
    assert kinds(office) == before

    sheet.add_sheet(office, office.session(), PASSPHRASE, tmp_path / "phieu.pdf")

    assert kinds(office) == [*before, "recovery"]
    with pytest.raises(AlreadyThere):
        sheet.add_sheet(office, office.session(), PASSPHRASE, tmp_path / "phieu.pdf")


def test_an_officer_without_the_right_makes_none(office, tmp_path):
    lan = Session(Officer("lan", "Lan", Role.OFFICER))

    with pytest.raises(NotPermitted):
        sheet.add_sheet(office, lan, PASSPHRASE, tmp_path / "phieu.pdf")


def test_a_backup_is_remembered_and_told_as_it_goes(office, tmp_path):
    assert keeping.standing(office).backed_up is None
    parts = []

    keeping.backup(office, tmp_path / "kho.zip", parts.append)

    assert parts == sorted(parts)
    assert parts[-1] == 1
    made = keeping.standing(office).backed_up
    assert made is not None
    assert abs(office.now() - made) < timedelta(minutes=1)
    assert keeping.standing(office).size > 10_000
