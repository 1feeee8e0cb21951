"""Scanned files in backups: what the district lacks is there, once, and comes home; none claims more."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from counter_app.domain.errors import CannotWrite, Damaged
from counter_app.services import (
    acts,
    backup_files,
    backups,
    digitised,
    drill,
    erased_copies,
    erasing,
    evicting,
    file_copies,
    keeping,
    preferences,
    recovering,
)
from counter_app.services.blobs import blobs_of
from counter_app.services.digitised import Where
from counter_app.services.erasing import Ruling
from counter_app.services.file_copies import copies_in, folder_in, listing_of
from counter_app.services.office import Office
from counter_app.services.rebuilding import Step
from counter_app.services.salvage import salvage
from counter_app.store import blobs
from counter_app.store.database import Database
from counter_app.system import files, settings
from counter_app.words.errors import sentence
from counter_app.words.recovering import step as said
from tests.district.scans import PAPERS, attached, named, scan
from tests.services.stores import OPENERS, Counter, receive
from tests.services.test_erasing import LAW

DAY = timedelta(days=1)
ONE, TWO, THREE = scan(70_000, 1), scan(3_000, 2), scan(2_500, 3)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Counter:
    """Two dossiers with a scan each, of which the district has the second."""
    counter = Counter(tmp_path_factory.mktemp("made") / "kho", openers=OPENERS).make()
    office = counter.open()
    attached(office, ONE)
    _, two = attached(office, TWO)
    with office.database.writing() as connection:
        blobs.set_safe(connection, two.sha256, 1)
    office.close()
    return counter


@pytest.fixture
def counter(made: Counter, tmp_path: Path) -> Counter:
    return Counter(shutil.copytree(made.folder, tmp_path / "kho"), openers=OPENERS)


@pytest.fixture
def office(counter: Counter) -> Iterator[Office]:
    office = counter.open()
    yield office
    office.close()


@pytest.fixture
def stick(office: Office, tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    backups.choose_second(office, office.session(), folder)
    return folder


def home(counter: Counter) -> Path:
    return counter.folder.with_name("kho-sao-luu")


def beside(folder: Path) -> set[str]:
    """The names of the copies of files in a folder of backups."""
    return {path.name for one in folder.glob("sao-luu-*-tep") for path in copies_in(one)}


def name_of(office: Office, content: bytes) -> str:
    return blobs_of(office).keys.name(sha256(content).digest())


def run_on(counter: Counter, office: Office) -> backups.Made:
    counter.wall.now += DAY
    return backups.run(office)


def sound(folder: Path) -> bool:
    """No backup in the folder names a file that does not lie there, whole as far as its size says."""
    lie = {path.name: path.stat().st_size for one in folder.glob("sao-luu-*-tep") for path in copies_in(one)}
    return all(
        lie.get(named) == size
        for zip_ in folder.glob("*.zip")
        for named, size in listing_of(zip_).held.items()
    )


def opened(place: Path) -> Counter:
    return Counter(place, openers=OPENERS)


def test_what_the_district_lacks_is_in_the_backup_and_what_it_has_is_said_to_be_there(
    counter: Counter, office: Office, stick: Path
) -> None:
    told: list[float] = []
    made = backups.run(office, told.append)

    assert made.files.to_json() == {"files": 1, "pages": 0, "files_missing": 0, "files_at_district": 1}
    assert beside(home(counter)) == beside(stick) == {name_of(office, ONE)}
    assert told == sorted(told) and told[-1] == 1
    assert made.second is not None and listing_of(made.second) == made.files
    # Nothing in the list or in a copy tells what the file is.
    with ZipFile(made.backup.path) as archive:
        listed = archive.read(file_copies.LIST).decode()
    assert sha256(ONE).hexdigest() not in listed
    assert ONE[:200] not in next(iter(folder_in(stick, made.backup.path.name[8:16]).glob("*/*"))).read_bytes()

    preferences.change(office, office.session(), backup_all_files=True)
    made = run_on(counter, office)

    assert made.files.to_json() == {"files": 2, "pages": 0, "files_missing": 0, "files_at_district": 0}
    assert beside(stick) == {name_of(office, ONE), name_of(office, TWO)}


def test_a_new_computer_has_the_files_from_the_stick_alone(
    counter: Counter, office: Office, stick: Path, tmp_path: Path
) -> None:
    made = backups.run(office)
    code, lost = attached(office, THREE)
    late = run_on(counter, office)
    place_of = folder_in(stick, backup_files.store_of(office.places))
    shutil.rmtree(place_of / name_of(office, THREE)[:2])  # somebody tidied the stick
    assert made.second is not None and late.second is not None
    moved = stick.rename(tmp_path / "elsewhere")
    shutil.rmtree(home(counter))
    office.close()
    shutil.rmtree(counter.folder)

    other = opened(tmp_path / "other")
    told = keeping.restore(other.places, moved / late.second.name, OPENERS, other.wall)

    assert (told["files"], told["files_brought"], told["files_at_district"]) == (1, 1, 1)
    assert told["files_missing"] == [{"code": code, "sha256": lost.sha256.hex()}]
    new = other.open()
    assert blobs_of(new).read(sha256(ONE).digest()) == ONE
    found = [digitised.where(new, sha256(one).digest()) for one in (ONE, TWO, THREE)]
    assert found == [Where.HERE, Where.DISTRICT, Where.UNKNOWN]
    assert keeping.verify(new).healthy
    # Again, and with an older one: nothing is doubled, and what lies here already stays.
    new.close()
    again = keeping.restore(other.places, moved / made.second.name, OPENERS, other.wall, replace=True)
    assert (again["files"], again["files_brought"], again["files_missing"]) == (1, 0, [])


def test_a_copy_whose_bytes_changed_does_not_come_back(
    counter: Counter, office: Office, tmp_path: Path
) -> None:
    made = backups.run(office)
    path = next(home(counter).glob("*-tep/*/*"))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(Damaged, match="backup-files-damaged") as shown:
        drill.drill(office, None, []).require_good()
    assert "tệp quét" in sentence(shown.value)

    assert not path.exists()  # so that the next one copies it anew
    again = run_on(counter, office)
    assert path.exists() and drill.drill(office, again.backup.path, []).files == 1
    path.write_bytes(data)
    other = opened(tmp_path / "other")
    told = keeping.restore(other.places, made.backup.path, OPENERS, other.wall)
    assert [one["sha256"] for one in told["files_missing"]] == [sha256(ONE).hexdigest()]
    assert not list(other.places.blobs.rglob("*"))


def test_one_file_of_somebodys_own_holds_them_all(counter: Counter, office: Office, tmp_path: Path) -> None:
    told = keeping.backup(office, tmp_path / "rieng.zip")

    assert told["files"] == 1 and not home(counter).exists()
    assert drill.drill(office, tmp_path / "rieng.zip", []).files == 1
    other = opened(tmp_path / "other")
    assert keeping.restore(other.places, tmp_path / "rieng.zip", OPENERS, other.wall)["files_brought"] == 1
    new = other.open()
    assert blobs_of(new).read(sha256(ONE).digest()) == ONE
    new.close()


def test_a_file_lies_there_once_and_goes_when_no_backup_names_it(counter: Counter, office: Office) -> None:
    first = backups.run(office)
    copy = next(home(counter).glob("*-tep/*/*"))
    written = copy.stat().st_mtime_ns
    attached(office, THREE)
    second = run_on(counter, office)
    assert copy.stat().st_mtime_ns == written and len(beside(home(counter))) == 2

    with office.database.writing() as connection:  # the district has the first one now
        blobs.set_safe(connection, sha256(ONE).digest(), 1)
    third = run_on(counter, office)
    assert set(third.files.held) == {name_of(office, THREE)} and third.files.at_district == 2
    assert len(beside(home(counter))) == 2  # older ones name it still
    first.backup.path.unlink()
    second.backup.path.rename(second.backup.path.with_suffix(".zip.aside"))
    run_on(counter, office)

    assert beside(home(counter)) == {name_of(office, THREE)}
    # A backup that cannot be read may name anything.
    second.backup.path.write_bytes(b"torn")
    with office.database.writing() as connection:
        blobs.set_safe(connection, sha256(THREE).digest(), 1)
    for path in home(counter).glob("*.zip"):
        if path != second.backup.path:
            path.unlink()
    run_on(counter, office)
    assert beside(home(counter)) == {name_of(office, THREE)}


def test_a_file_that_this_machine_lost_is_kept_as_long_as_a_copy_lies_there(
    counter: Counter, office: Office
) -> None:
    backups.run(office)
    folder = blobs_of(office)
    folder.path(sha256(ONE).digest()).unlink()
    _, three = attached(office, THREE)
    folder.path(three.sha256).write_bytes(b"broken")

    made = run_on(counter, office)

    assert set(made.files.held) == {name_of(office, ONE)}
    assert made.files.lacking == (name_of(office, THREE),)
    assert drill.drill(office, made.backup.path, []).files_lacking == 1


def test_before_an_upgrade_they_are_kept_too(counter: Counter, office: Office) -> None:
    kept = backup_files.before_upgrade(
        counter.places, office.database, office.settings, "0006", counter.wall()
    )

    assert set(listing_of(kept).held) == {name_of(office, ONE)} and sound(home(counter))


@pytest.mark.parametrize("fault", ["pulled", "full"])
def test_a_stick_that_goes_half_way_names_no_file_that_it_lacks(
    counter: Counter, office: Office, stick: Path, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    attached(office, THREE)
    true, calls = files.move_into_place, iter(range(100))

    def breaks(made: Path, place: Path) -> None:
        if stick in place.parents and next(calls) == 1:  # the second file
            raise CannotWrite("cannot-write", path=place, code=5)
        true(made, place)

    monkeypatch.setattr(files, "move_into_place", breaks)
    told = backups.run(office)
    assert isinstance(told.fault, CannotWrite) and not list(stick.glob("*.zip"))
    monkeypatch.undo()

    again = backups.tend(office)

    assert again is not None and again.second is not None
    assert len(beside(stick)) == 2 and sound(stick) and sound(home(counter))


def run_until(counter: Counter, key: bytes, steps: int) -> int:
    """A process of its own makes a backup; at its step of that number it is killed. How it ended."""

    def die() -> None:
        left = iter(range(steps))
        for name in ("move_into_place", "from_the_disk"):
            setattr(files, name, dying(getattr(files, name), left))
        backups.run(Office(counter.places, Database(counter.places.database, key), counter.wall, chosen))
        os._exit(0)

    def dying(true: Callable[..., None], left: Iterator[int]) -> Callable[..., None]:
        def call(*given: object) -> None:
            if next(left, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)
            true(*given)

        return call

    chosen = settings.load(counter.places.settings)
    child = multiprocessing.get_context("fork").Process(target=die)
    child.start()
    child.join()
    return child.exitcode or 0


def test_killed_at_any_step_no_backup_names_a_file_that_it_lacks(
    counter: Counter, office: Office, stick: Path
) -> None:
    """Two files at home, the backup, the same on the stick: each on the disk, then named."""
    attached(office, THREE)
    key = office.database.key
    office.close()
    for steps in range(13):
        for folder in (home(counter), stick) if steps % 3 else ():  # else what was left is gone on with
            for one in folder.glob("*-tep"):
                shutil.rmtree(one)
            for one in folder.glob("*.zip*"):
                one.unlink()
        code = run_until(counter, key, steps)
        assert code == -signal.SIGKILL or steps in (9, 12)
        assert sound(home(counter)) and sound(stick)

    counter.wall.now += 400 * DAY
    office = counter.open()
    assert (done := backups.tend(office)) is not None and done.fault is None
    for folder in (home(counter), stick):
        assert sound(folder) and len(beside(folder)) == 2 and not list(folder.rglob("*.part"))
    office.close()


def test_what_was_erased_is_shown_leaves_with_the_backups_and_is_not_brought_back(
    counter: Counter, office: Office, tmp_path: Path
) -> None:
    code = receive(office, components=PAPERS).code
    attached(office, THREE, code)
    acts.refuse(office, office.session(), code, "không thuộc thẩm quyền")
    old = run_on(counter, office)
    stolen = shutil.copytree(home(counter), tmp_path / "may khac")

    counter.wall.now += DAY
    erasing.erase(office, office.session(), code, Ruling(LAW), code)

    holding = {one.place: one for one in erased_copies.copies(office) if one.holds}
    assert set(holding) == {"home", "files"} and holding["home"].files == old.files
    assert holding["files"].path == folder_in(home(counter), backup_files.store_of(office.places))
    run_on(counter, office)
    assert [one for one in erased_copies.copies(office) if one.holds] == []
    assert beside(home(counter)) == {name_of(office, ONE)}
    shutil.copy(next(home(counter).glob("*-da-xoa.txt")), stolen)
    other = opened(tmp_path / "other")
    told = keeping.restore(other.places, stolen / old.backup.path.name, OPENERS, other.wall)
    assert told["files_missing"] == [] and told["files"] == 1
    new = other.open()
    assert [path.name for path in other.places.blobs.glob("*/*")] == [name_of(new, ONE)]
    new.close()


def test_a_wipe_takes_the_copies_of_files_on_this_machine(counter: Counter, office: Office) -> None:
    backups.run(office)

    backup_files.destroy(counter.places, office.settings)

    assert not home(counter).exists()


def test_a_damaged_store_gets_its_files_back_and_names_those_that_nobody_holds(
    counter: Counter, office: Office
) -> None:
    made = backups.run(office)
    code, three = attached(office, THREE)
    _, four = attached(office, scan(2_400, 4))
    for digest in (sha256(ONE).digest(), three.sha256):
        blobs_of(office).path(digest).write_bytes(b"bad sectors")
    office.close()
    data = bytearray(counter.places.database.read_bytes())
    data[20] ^= 0xFF
    counter.places.database.write_bytes(data)

    told: list[Step] = []
    done, again = recovering.recover(counter.places, OPENERS, counter.wall, told.append)

    assert made.backup.path.exists() and (done.files.brought, done.files.codes) == (1, (code,))
    words = " ".join(said(one) for one in told)
    assert code in words and "1 tệp quét" in words
    assert blobs_of(again).read(sha256(ONE).digest()) == ONE
    assert digitised.where(again, four.sha256) is Where.HERE
    with again.database.reading() as connection:
        waiting = {digest for digest, _ in blobs.unsafe(connection)}
    assert waiting == {sha256(ONE).digest(), four.sha256}
    again.close()
    assert os.listdir(home(counter))


def test_what_came_after_a_backup_that_was_put_back_comes_out_of_the_store_that_was_set_aside(
    counter: Counter, office: Office
) -> None:
    made = backups.run(office)
    code, three = attached(office, THREE)
    office.close()
    told = keeping.restore(counter.places, made.backup.path, OPENERS, counter.wall, replace=True)
    again = counter.open()
    path = blobs_of(again).path(three.sha256)
    os.utime(path, (1, 1))  # it has lain there for long
    evicting.tidy(again)

    found = salvage(again, again.session(), Path(told["set_aside"]), OPENERS)

    assert found["files_lost"] == 0 and named(again, code, THREE).sha256 == three.sha256
    assert blobs_of(again).read(three.sha256) == THREE
    again.close()


def test_an_older_backup_without_a_list_is_one_still(
    counter: Counter, office: Office, tmp_path: Path
) -> None:
    made = backups.run(office)
    with ZipFile(made.backup.path) as archive:
        parts = {one: archive.read(one) for one in archive.namelist() if one != file_copies.LIST}
    assert json.loads(parts["keys.json"])
    with ZipFile(tmp_path / "cu.zip", "w") as older:
        for part, content in parts.items():
            older.writestr(part, content)

    assert drill.drill(office, tmp_path / "cu.zip", []).files == 0
    other = opened(tmp_path / "other")
    told = keeping.restore(other.places, tmp_path / "cu.zip", OPENERS, other.wall)
    assert (told["files"], len(told["files_missing"])) == (0, 1)
