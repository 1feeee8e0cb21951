"""What was erased goes from older backups too, by rule, and no restored one brings it back."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest

from counter_app.domain.errors import Damaged
from counter_app.services import acts, backup_files, backups, drill, erased_copies, erasing, keeping, lookup
from counter_app.services.erasing import Ruling
from tests.services.stores import OPENERS, Counter, receive
from tests.services.test_erasing import LAW, everything

DAY = timedelta(days=1)
PHONE = "0912345678"


@pytest.fixture
def counter(tmp_path):
    return Counter(tmp_path / "kho", openers=OPENERS).make()


@pytest.fixture
def office(counter):
    office = counter.open()
    yield office
    office.close()


@pytest.fixture
def code(office):
    code = receive(office, applicant={"name": "Giàng A Páo", "phone": PHONE}).code
    acts.refuse(office, office.session(), code, "không thuộc thẩm quyền")
    receive(office)
    return code


def erase(office, code):
    erasing.erase(office, office.session(), code, Ruling(LAW), code)


def run_on(counter, office, days=1):
    counter.wall.now += days * DAY
    return backups.run(office).backup


def names(folder):
    return sorted(path.name for path in folder.glob("*.zip"))


def holding(office):
    return [(one.place, one.path.name, one.there) for one in erased_copies.copies(office) if one.holds]


def test_older_backups_go_once_a_newer_one_was_opened_and_found_whole(
    counter, office, code, tmp_path, monkeypatch
):
    stick = tmp_path / "stick"
    stick.mkdir()
    backups.choose_second(office, office.session(), stick)
    old = [run_on(counter, office) for _ in range(2)]
    own = tmp_path / "rieng.zip"
    keeping.backup(office, own)
    home = old[0].path.parent
    assert holding(office) == []
    counter.wall.now += DAY
    erase(office, code)
    assert names(home) == names(stick) == [one.path.name for one in old]
    assert [place for place, _, _ in holding(office)] == ["home", "home", "second", "second", "file"]

    def bad(*_):
        raise Damaged("backup-damaged", path=home)

    with monkeypatch.context() as patch:
        patch.setattr(drill, "tried", bad)
        first = run_on(counter, office)
    assert len(names(home)) == len(names(stick)) == 3  # nothing goes for one that does not open
    stick.rename(tmp_path / "away")
    second = run_on(counter, office)

    assert names(home) == [first.path.name, second.path.name]
    assert holding(office) == [("second", "stick", False), ("file", "rieng.zip", True)]
    (tmp_path / "away").rename(stick)
    backups.tend(office)
    assert names(stick) == [first.path.name, second.path.name]
    own.unlink()
    assert holding(office) == [("file", "rieng.zip", False)]


def test_an_older_backup_is_restored_without_what_was_erased_since(counter, office, code, tmp_path):
    old = run_on(counter, office)
    erase(office, code)
    stolen = shutil.copytree(old.path.parent, tmp_path / "may khac")
    told = (stolen / f"sao-luu-{backup_files.store_of(office.places)}-da-xoa.txt").read_text()
    assert PHONE not in told and code not in told and "Páo" not in told

    other = Counter(tmp_path / "other", openers=OPENERS)
    done = keeping.restore(other.places, stolen / old.path.name, OPENERS, other.wall)

    assert done["dossiers"] == 2
    with_it = other.open()
    assert PHONE not in everything(with_it) and "Páo" not in everything(with_it)
    assert keeping.verify(with_it).healthy
    assert lookup.find(with_it, "giang a pao") == [] and len(lookup.find(with_it, "hloan")) == 1
    with_it.close()


def test_the_store_that_stands_there_says_what_was_erased_and_a_false_list_says_nothing(
    counter, office, code, tmp_path
):
    old = run_on(counter, office)
    alone = shutil.copy(old.path, tmp_path / "mot-minh.zip")
    other = lookup.newest(office)[0]
    assert other.code != code
    erase(office, code)
    shutil.rmtree(old.path.parent)
    id_ = other.dossier.hex()
    (tmp_path / "sao-luu-00000000-da-xoa.txt").write_text(f"{id_} 1 {'00' * 32}\n{id_}\nkhông\n")
    office.close()

    keeping.restore(counter.places, alone, OPENERS, counter.wall, replace=True)

    again = counter.open()
    assert PHONE not in everything(again) and lookup.show(again, other.code)[0].party()
    assert [place for place, _, _ in holding(again)] == ["set_aside"]
    again.close()
