"""The restore drill: it proves a backup, changes nothing, leaves nothing, and says what it found."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from counter_app.domain.errors import Damaged, DiskFull, NoKey, NotFound
from counter_app.services import backups, drill, keeping
from counter_app.services.office import Office
from counter_app.services.opening import Openers
from counter_app.services.sheet import ways_of
from tests.services.stores import OPENERS, PASSPHRASE, Counter, receive
from tests.vaults import NoVault

NOTHING = [Openers(NoVault())]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Counter:
    """A store with two backups, and a dossier that came after the first."""
    counter = Counter(tmp_path_factory.mktemp("made") / "kho", openers=OPENERS).make()
    office = counter.open()
    receive(office)
    backups.run(office)
    receive(office)
    counter.wall.now += timedelta(days=1)
    backups.run(office)
    office.close()
    return counter


@pytest.fixture
def counter(made: Counter, tmp_path: Path) -> Counter:
    shutil.copytree(made.folder.with_name("kho-sao-luu"), tmp_path / "kho-sao-luu")
    counter = Counter(shutil.copytree(made.folder, tmp_path / "kho"), openers=OPENERS)
    counter.wall.now += timedelta(days=2)
    return counter


@pytest.fixture
def office(counter: Counter) -> Iterator[Office]:
    office = counter.open()
    yield office
    office.close()


def lies(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*")} - {"backup.lock", "store.db-wal", "store.db-shm"}


@pytest.mark.parametrize(
    ("ways", "opened"),
    [(ways_of(PASSPHRASE), "passphrase"), (NOTHING, "store"), ([], "store")],
    ids=["passphrase", "no one to ask", "nothing"],
)
def test_the_newest_backup_is_restored_checked_compared_and_gone(
    counter: Counter, office: Office, ways: list[Openers], opened: str
) -> None:
    receive(office)
    before, state = lies(counter.folder), keeping.verify(office).state
    parts: list[float] = []

    found = drill.drill(office, None, ways, parts.append)

    newest = max(counter.folder.with_name("kho-sao-luu").iterdir())
    assert found.file == newest and found.made == backups.standing(office).made
    assert (found.verdict.dossiers, found.missing, found.opened) == (2, 0, opened)
    found.require_good()
    assert parts[-1] == 1 and parts == sorted(parts)
    assert lies(counter.folder) == before and keeping.verify(office).state == state
    assert drill.last_good(office) is not None


def test_an_older_file_is_drilled_when_named(counter: Counter, office: Office) -> None:
    oldest = min(counter.folder.with_name("kho-sao-luu").iterdir())

    assert drill.drill(office, oldest, NOTHING).verdict.dossiers == 1


def test_a_store_that_lost_what_its_backup_holds_is_found_out(counter: Counter, office: Office) -> None:
    files = sorted(counter.folder.with_name("kho-sao-luu").iterdir())
    other = Counter(counter.folder.with_name("other"), counter.wall, openers=OPENERS)
    keeping.restore(other.places, files[0], OPENERS, other.wall)
    restored = other.open()

    found = drill.drill(restored, files[1], NOTHING)

    # The second reception, with its print or payment if any, and its place in the chain.
    assert found.verdict.healthy and found.missing >= 1
    with pytest.raises(Damaged, match="backup-ahead"):
        found.require_good()
    assert drill.last_good(restored) is None
    restored.close()


def test_a_wrong_passphrase_a_damaged_file_and_no_file_are_said(
    counter: Counter, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = lies(counter.folder)
    with pytest.raises(NoKey):
        drill.drill(office, None, ways_of("sai mật khẩu"))
    folder = counter.folder.with_name("kho-sao-luu")
    data = bytearray(max(folder.iterdir()).read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "spoilt.zip").write_bytes(data)
    with pytest.raises(Damaged, match="backup-damaged"):
        drill.drill(office, tmp_path / "spoilt.zip", NOTHING)
    usage = shutil.disk_usage(folder)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=8 << 20))
        with pytest.raises(DiskFull):
            drill.drill(office, None, NOTHING)
    shutil.rmtree(folder)
    with pytest.raises(NotFound, match="no-backup"):
        drill.drill(office, None, NOTHING)

    assert lies(counter.folder) == before
    assert drill.last_good(office) is None
