"""Backups by themselves: made, checked, ranked, copied to a stick that comes and goes, cut off anywhere."""

from __future__ import annotations

import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest

from counter_app.domain.errors import BadInput, Busy, CannotWrite, Damaged, DiskFull, NotAllowed
from counter_app.services import backup_files, backups, destroying, file_copies, keeping
from counter_app.services.office import Office
from counter_app.system import files
from counter_app.system.lock import single_window
from tests.services.stores import MORNING, OPENERS, Counter, receive
from tests.vaults import NoVault

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Counter:
    """A store with a dossier in it, to be copied."""
    counter = Counter(tmp_path_factory.mktemp("made") / "kho", openers=OPENERS).make()
    office = counter.open()
    receive(office)
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
    folder = tmp_path / "stick" / "sao-luu"
    folder.mkdir(parents=True)
    backups.choose_second(office, office.session(), folder)
    return folder


def home(counter: Counter) -> Path:
    return counter.folder.with_name("kho-sao-luu")


def in_(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix != ".txt")


@contextmanager
def files_end_at(size: int) -> Iterator[None]:
    """No file can grow beyond: what a full disk says, without one."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_backup_lies_beside_the_store_and_restores_under_its_passphrase(
    counter: Counter, office: Office, tmp_path: Path
) -> None:
    told = backups.run(office)

    assert told.backup.path.parent == home(counter)
    assert in_(home(counter)) == [told.backup.path.name]
    store = backup_files.store_of(office.places)
    assert told.backup.path.name == f"sao-luu-{store}-quay-1-{told.backup.at:%Y%m%d-%H%M%S}.zip"
    assert (told.second, told.fault) == (None, None)
    assert told.backup.path.stat().st_mode & 0o077 == 0
    other = Counter(tmp_path / "other", openers=OPENERS)
    assert keeping.restore(other.places, told.backup.path, OPENERS, other.wall)["dossiers"] == 1
    stands = backups.standing(office)
    assert (stands.made, stands.count, stands.second) == (told.backup.at, 1, None)
    assert list(counter.folder.glob("backup-*")) == []


def test_one_is_due_where_none_was_made_today_or_yesterday(counter: Counter, office: Office) -> None:
    assert backups.tend(office) is not None
    assert backups.tend(office) is None
    counter.wall.now += DAY
    assert not backups.is_due(office)

    counter.wall.now += DAY

    assert backups.is_due(office)
    assert backups.tend(office) is not None
    # A clock that was ahead by years has left one behind, and is mended: that one is no backup of today.
    future = in_(home(counter))[-1].replace("-2026", "-2031")
    (home(counter) / in_(home(counter))[-1]).rename(home(counter) / future)
    assert backups.is_due(office)


def test_days_weeks_and_months_are_kept_and_others_machines_files_left_alone(
    counter: Counter, office: Office, stick: Path
) -> None:
    store = backup_files.store_of(office.places)
    foreign = [
        f"sao-luu-{store}-quay-2-20260101-170000.zip",
        "sao-luu-00000000-quay-1-20260101-170000.zip",
        f"sao-luu-{store}-nang-cap-tu-0004-20260101-170000.zip",
        "sao-luu-20260101-1700.zip",
    ]
    home(counter).mkdir()
    for folder in (home(counter), stick):
        for name in foreign:
            (folder / name).write_bytes(b"another's")

    for day in range(12):  # from Friday 20 November to Tuesday 1 December
        counter.wall.now = MORNING + timedelta(days=day)
        if day == 5:
            stick.rename(stick.with_name("away"))
        if day == 8:
            stick.with_name("away").rename(stick)
        backups.run(office)

    days = ["20261122", *(f"202611{day}" for day in range(25, 31)), "20261201"]
    own = [name for name in in_(home(counter)) if name not in foreign]
    assert [name.split("-")[-2] for name in own] == days
    assert set(in_(home(counter))) >= set(foreign) <= set(in_(stick))
    there = [name.split("-")[-2] for name in in_(stick) if name not in foreign]
    # Those days on which it was away are missing, so older ones have stayed.
    assert there == [*(f"202611{day}" for day in (22, 23, 24, 28, 29, 30)), "20261201"]


def test_an_absent_stick_gets_the_newest_backup_once_it_is_back(
    counter: Counter, office: Office, stick: Path
) -> None:
    stick.parent.rename(stick.parent.with_name("pulled"))
    stick.mkdir(parents=True)  # as the empty folder under a disk that is not mounted
    told = backups.run(office)
    assert (told.second, told.fault) == (None, None)
    assert in_(stick) == []
    assert not backups.standing(office).second_there
    shutil.rmtree(stick.parent)
    stick.parent.with_name("pulled").rename(stick.parent)

    again = backups.tend(office)

    assert again is not None and again.second == stick / told.backup.path.name
    assert again.second.read_bytes() == told.backup.path.read_bytes()
    stands = backups.standing(office)
    assert stands.second_there and stands.second_made == told.backup.at and stands.same_disk
    assert backups.tend(office) is None


def test_a_stick_that_is_pulled_in_the_middle_leaves_nothing_half_written(
    office: Office, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = backups.run(office)
    (stick / first.backup.path.name).rename(stick / first.backup.path.name.replace("-quay-1-", "-x-"))

    def pulled(path: Path) -> Iterator[bytes]:
        yield path.read_bytes()[:5000]
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(file_copies, "_pieces_of", pulled)
    told = backups.tend(office)
    assert told is not None and isinstance(told.fault, CannotWrite) and told.second is None
    monkeypatch.undo()

    assert [name for name in in_(stick) if "-x-" not in name] == []
    assert first.backup.path.exists()
    # The process itself may be gone with it, and what it began is left.
    (stick / (first.backup.path.name + ".part")).write_bytes(b"half")
    again = backups.tend(office)
    assert again is not None and again.second is not None
    assert not list(stick.glob("*.part"))


def test_a_stick_that_does_not_keep_what_was_written_is_told_of(
    office: Office, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def flipped(path: Path) -> None:
        if stick in path.parents:
            data = bytearray(path.read_bytes())
            data[len(data) // 2] ^= 1
            path.write_bytes(data)

    monkeypatch.setattr(files, "from_the_disk", flipped)

    told = backups.run(office)

    assert isinstance(told.fault, CannotWrite)
    assert in_(stick) == []


def test_a_full_disk_is_said_and_every_older_one_stays(
    counter: Counter, office: Office, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = backups.run(office)
    before = in_(home(counter)), in_(stick), sorted(counter.folder.iterdir())
    counter.wall.now += DAY
    usage = shutil.disk_usage(home(counter))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=8 << 20))
    with pytest.raises(DiskFull):
        backups.run(office)
    monkeypatch.undo()

    true = backup_files._add

    def full(archive: ZipFile, name: str, path: Path) -> None:
        with files_end_at(first.backup.path.stat().st_size // 2):
            true(archive, name, path)

    monkeypatch.setattr(backup_files, "_add", full)
    with pytest.raises(DiskFull):
        backups.run(office)
    monkeypatch.undo()

    lock = counter.folder / "backup.lock"
    assert (in_(home(counter)), in_(stick), sorted({*counter.folder.iterdir(), lock})) == before
    assert keeping.verify(office).healthy
    assert backups.run(office).second is not None


def test_a_full_stick_takes_no_backup_away(office: Office, stick: Path, counter: Counter) -> None:
    first = backups.run(office)
    counter.wall.now += DAY
    true = backups._copy_whole

    def full(source: Path, target: Path) -> None:
        with files_end_at(source.stat().st_size // 2):
            true(source, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(backups, "_copy_whole", full)
        told = backups.run(office)

    assert isinstance(told.fault, DiskFull) and told.backup.path.exists()
    assert in_(stick) == [first.backup.path.name]


def test_a_backup_that_reads_back_wrong_takes_no_older_one_away(
    counter: Counter, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = backups.run(office)
    counter.wall.now += DAY

    def spoil(path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)

    monkeypatch.setattr(files, "from_the_disk", spoil)
    with pytest.raises(Damaged, match="backup-unsound"):
        backups.run(office)

    assert in_(home(counter)) == [first.backup.path.name]


KILLED = """
import os, signal, sys
from pathlib import Path
from counter_app.services import backup_files, backups, opening
from counter_app.system import clock, files
from counter_app.system.paths import Places
from tests.services.stores import OPENERS
office = opening.open_store(Places(Path(sys.argv[1])), OPENERS, clock.now)
def die(*_given, **_named):
    os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[2] == "copying":
    backups.run(office, die)
elif sys.argv[2] == "packing":
    def half(archive, name, path):
        archive.fp.write(path.read_bytes()[:9000])
        archive.fp.flush()
        die()
    backup_files._add = half
else:
    files.move_into_place = die
backups.run(office)
"""


@pytest.mark.parametrize("where", ["copying", "packing", "naming"])
def test_killed_in_the_middle_the_old_one_stands_and_the_next_try_leaves_no_rest(
    counter: Counter, office: Office, where: str
) -> None:
    first = backups.run(office)
    office.close()

    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(counter.folder), where],
        check=False,
        capture_output=True,
        text=True,
    )

    assert done.returncode == -signal.SIGKILL, done.stderr
    assert [name for name in in_(home(counter)) if name.endswith(".zip")] == [first.backup.path.name]
    left = list(counter.folder.glob("backup-*[!k]")) + list(home(counter).glob("*.part"))
    assert left
    counter.wall.now += 2 * DAY
    again = counter.open()
    made = backups.tend(again)
    again.close()
    assert made is not None and len(in_(home(counter))) == 2
    assert not list(home(counter).glob("*.part"))
    assert not [path for path in counter.folder.glob("backup-*") if path.is_dir()]


def test_of_what_was_kept_before_upgrades_the_last_two_stay_and_can_be_put_back(
    counter: Counter, office: Office, tmp_path: Path
) -> None:
    for old in ("0003", "0004", "0005"):
        kept = backup_files.before_upgrade(
            counter.places, office.database, office.settings, old, counter.wall()
        )
    backups.run(office)

    there = [name.split("-")[6] for name in in_(home(counter)) if "-nang-cap-tu-" in name]
    assert there == ["0004", "0005"]
    other = Counter(tmp_path / "other", openers=OPENERS)
    assert keeping.restore(other.places, kept, OPENERS, other.wall)["dossiers"] == 1


def test_two_processes_do_not_write_one_folder_at_once(office: Office) -> None:
    with single_window(office.places.data / "backup.lock", "backup-runs"):
        with pytest.raises(Busy, match="backup-runs"):
            backups.run(office)
        assert backups.tend(office) is None


def test_a_second_place_is_a_folder_that_is_there_and_not_the_stores_own(
    office: Office, tmp_path: Path
) -> None:
    session = office.session()
    with pytest.raises(BadInput, match="not-a-folder"):
        backups.choose_second(office, session, tmp_path / "nowhere")
    with pytest.raises(NotAllowed, match="inside-data-folder"):
        backups.choose_second(office, session, office.places.data)
    backups.choose_second(office, session, tmp_path)
    assert office.settings.backup_second == str(tmp_path)

    backups.choose_second(office, session, None)

    assert backups.standing(office).second is None


def test_a_wipe_takes_this_machines_own_backups_too(counter: Counter, office: Office, stick: Path) -> None:
    told = backups.run(office)
    other = home(counter) / told.backup.path.name.replace(backup_files.store_of(office.places), "00000000")
    other.write_bytes(b"another store's")
    office.close()
    counter.places.wiping.write_text("{}")

    destroying.finish(counter.places, NoVault())

    assert in_(home(counter)) == [other.name]
    assert in_(stick) == [told.backup.path.name]  # which the office holds in its hands
