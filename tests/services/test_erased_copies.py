"""What was erased goes from older backups too, by rule, and no restored one brings it back."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest

from counter_app.domain.errors import Damaged, NotAllowed
from counter_app.services import (
    acts,
    backup_files,
    backups,
    drill,
    erased_copies,
    erasing,
    keeping,
    lookup,
    recovering,
)
from counter_app.services.erasing import Ruling
from counter_app.services.salvage import salvage
from counter_app.words.keeping import restored
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


def assert_frozen(office, code, act=LAW):
    """The one dossier of that code stands erased, and no act moves it."""
    (line,) = lookup.find(office, code)
    assert (line.code, line.conflicts) == (code, 0)
    dossier = lookup.show(office, code)[0]
    assert dossier.erased.payload["act"] == act and dossier.party() == {}
    for move in (
        lambda: acts.accept(office, office.session(), code),
        lambda: acts.refuse(office, office.session(), dossier.id.hex(), "lý do"),
    ):
        with pytest.raises(NotAllowed, match="dossier-erased"):
            move()
    assert all(one.code for one in lookup.newest(office))
    assert PHONE not in everything(office) and keeping.verify(office).healthy


def recovered(counter):
    done, office = recovering.recover(counter.places, OPENERS, counter.wall)
    return done, office


@pytest.mark.parametrize("way", ["restore", "recover", "recover by a list of ids"])
def test_a_backup_from_before_an_erasure_gets_its_tombstone_again(counter, code, office, way):
    old = run_on(counter, office)
    gone = receive(office).code  # comes and goes after the backup
    acts.refuse(office, office.session(), gone, "không thuộc thẩm quyền")
    erase(office, code)
    erase(office, gone)
    later = [receive(office).code for _ in range(2)]
    office.close()
    if way == "restore":
        done = keeping.restore(counter.places, old.path, OPENERS, counter.wall, replace=True)
        assert done["missing"] == later and all(one in restored(done)[0] for one in later)
        again = counter.open()
    else:
        told = next(old.path.parent.glob("*-da-xoa.txt"))
        if way != "recover":
            told.write_text("".join(x + "\n" for x in told.read_text().splitlines() if " " in x))
        counter.places.database.write_bytes(b"")
        done, again = recovered(counter)
        assert set(done.missing) == {*later, *([gone] if way != "recover" else [])}

    assert_frozen(again, code, LAW if way != "recover by a list of ids" else erased_copies._UNKNOWN)
    if way != "recover by a list of ids":
        assert_frozen(again, gone)
    if way == "restore":  # the tombstones themselves come after all
        (aside,) = counter.folder.glob("set-aside-*")
        salvage(again, again.session(), aside, OPENERS)
        assert_frozen(again, code)
        assert_frozen(again, gone)
    run_on(counter, again)
    assert len(erased_copies.told([old.path.parent], again.database.key)) == 2  # for a copy older still
    again.close()


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
