"""Pages that are on no paper yet, in backups: once each, proven, back on a new computer, gone with time."""

from __future__ import annotations

import json
import shutil
import signal
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from counter_app.domain.errors import Damaged
from counter_app.services import acts, backup_files, backups, drill, erasing, file_copies, keeping, unkept
from counter_app.services.acting import find_one
from counter_app.services.erasing import Ruling
from counter_app.services.file_copies import listing_of
from counter_app.services.office import Office
from counter_app.services.salvage import salvage
from counter_app.store import keeping as copying
from counter_app.words.keeping import drilled, restored
from counter_app.words.keeping import made as said
from tests.district.scans import attached, scan
from tests.services.stores import OPENERS, Counter, receive
from tests.services.test_erasing import LAW
from tests.services.test_file_copies import beside, home, opened, run_on, run_until, sound
from tests.services.test_unkept import held, page

FIRST, SECOND, WHOLE = page(1, scan(2500, 1)[2:]), page(2), page(3, whole=b"%PDF-1.7 handed in", sheets=4)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Counter:
    """A dossier with two pages and a file that are on no paper yet."""
    counter = Counter(tmp_path_factory.mktemp("made") / "kho", openers=OPENERS).make()
    office = counter.open()
    unkept.keep(office, receive(office).dossier, [FIRST, SECOND, WHOLE])
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


def dossier_of(office: Office) -> tuple[bytes, str]:
    [code] = unkept.waiting(office)
    with office.reading() as (connection, where):
        return find_one(connection, where, code).id, code


def name_of(office: Office, content: bytes) -> str:
    return unkept.folder_of(office).keys.name(sha256(content).digest())


def test_pages_are_in_the_backup_once_each_and_come_to_a_new_computer(
    counter: Counter, office: Office, tmp_path: Path
) -> None:
    dossier, code = dossier_of(office)
    attached(office, FIRST.page.picture.jpeg)  # the same content is on a paper of another dossier

    made = backups.run(office)

    assert made.files.to_json() == {"files": 1, "pages": 3, "files_missing": 0, "files_at_district": 0}
    assert beside(home(counter)) == set(made.files.held) and len(made.files.held) == 4
    for copy in home(counter).glob("*-tep/*/*"):
        assert not any(plain in copy.read_bytes() for plain in (b"trang", b"%PDF", scan(2500, 1)[:200]))
    assert "3 trang quét chưa lưu" in said(made)
    good = drill.drill(office, None, [])
    assert (good.is_good, good.files, good.pages) == (True, 1, 3)
    assert "3 trang quét chưa lưu nguyên vẹn" in drilled(good)
    written = {path: path.stat().st_mtime_ns for path in home(counter).glob("*-tep/*/*")}
    run_on(counter, office)
    assert written == {path: path.stat().st_mtime_ns for path in home(counter).glob("*-tep/*/*")}
    moved = home(counter).rename(tmp_path / "stick")
    office.close()
    shutil.rmtree(counter.folder)

    other = opened(tmp_path / "other")
    told = keeping.restore(other.places, moved / made.backup.path.name, OPENERS, other.wall)

    assert (told["pages"], told["pages_missing"], restored(told)) == (3, [], [])
    new = other.open()
    assert held(new, dossier) == [FIRST, SECOND, WHOLE]
    assert unkept.waiting(new) == {code: 3}
    new.close()


def test_what_went_on_a_paper_or_was_thrown_away_is_not_in_the_next_backup(
    counter: Counter, office: Office
) -> None:
    dossier, _ = dossier_of(office)
    first = backups.run(office)
    unkept.drop(office, dossier, [FIRST.id, WHOLE.id])

    second = run_on(counter, office)

    assert set(second.files.held) == {name_of(office, SECOND.page.picture.jpeg)} and second.files.pages == 1
    assert len(beside(home(counter))) == 4  # the older one names them still
    first.backup.path.unlink()
    run_on(counter, office)
    assert beside(home(counter)) == set(second.files.held)
    backup_files.destroy(counter.places, office.settings)  # the store is wiped
    assert not home(counter).exists()


@pytest.mark.parametrize("in_one", [False, True])
def test_what_leaves_the_pile_while_the_store_is_copied_is_in_that_backup(
    counter: Counter, office: Office, tmp_path: Path, in_one: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier, _ = dossier_of(office)
    copy_to = copying.copy_to

    def meanwhile(*given: object) -> None:
        copy_to(*given)  # type: ignore[arg-type]
        unkept.drop(office, dossier, [FIRST.id])

    monkeypatch.setattr(copying, "copy_to", meanwhile)
    target = tmp_path / "rieng.zip"
    if in_one:
        assert keeping.backup(office, target)["pages"] == 4
        assert not home(counter).exists()
    else:
        target = backups.run(office).backup.path

    assert drill.drill(office, target, []).pages == 4
    if not in_one:
        return
    other = opened(tmp_path / "other")
    assert keeping.restore(other.places, target, OPENERS, other.wall)["pages"] == 3
    new = other.open()
    assert held(new, dossier) == [FIRST, SECOND, WHOLE]
    new.close()


def test_a_page_that_cannot_be_read_is_said_to_lack_and_one_that_is_gone_is_kept_where_a_copy_lies(
    counter: Counter, office: Office
) -> None:
    pile = unkept.folder_of(office)
    backups.run(office)
    pile.path(sha256(FIRST.page.picture.jpeg).digest()).unlink()
    shutil.rmtree(next(home(counter).glob("*-tep")) / name_of(office, SECOND.page.picture.jpeg)[:2])
    broken = pile.path(sha256(SECOND.page.picture.jpeg).digest())
    broken.write_bytes(broken.read_bytes()[:-1])

    made = run_on(counter, office)

    assert made.files.lacking == (name_of(office, SECOND.page.picture.jpeg),)
    assert made.files.pages == 3 and name_of(office, FIRST.page.picture.jpeg) in made.files.held


def test_a_copy_whose_bytes_changed_fails_the_drill_and_does_not_come_back(
    counter: Counter, office: Office, tmp_path: Path
) -> None:
    _, code = dossier_of(office)
    made = backups.run(office)
    name = name_of(office, SECOND.page.picture.jpeg)
    copy = next(home(counter).glob(f"*-tep/{name[:2]}/{name}"))
    copy.write_bytes(copy.read_bytes()[:-1] + b"\0")

    other = opened(tmp_path / "other")
    told = keeping.restore(other.places, made.backup.path, OPENERS, other.wall)
    assert (told["pages"], told["pages_missing"]) == (2, [{"code": code, "pages": 1}])
    assert code in restored(told)[0]
    new = other.open()
    assert unkept.waiting(new) == {code: 2}
    new.close()
    with pytest.raises(Damaged, match="backup-files-damaged"):
        drill.drill(office, None, []).require_good()
    assert not copy.exists()  # so that the next one copies it anew


def test_an_older_backup_knows_of_no_pages_and_is_one_still(
    counter: Counter, office: Office, tmp_path: Path
) -> None:
    _, code = dossier_of(office)
    made = backups.run(office)
    with ZipFile(made.backup.path) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    older = json.loads(parts[file_copies.LIST])
    del older["pages"]
    older["held"] = {}
    parts[file_copies.LIST] = json.dumps(older).encode()
    with ZipFile(tmp_path / "cu.zip", "w") as written:
        for part, content in parts.items():
            written.writestr(part, content)

    other = opened(tmp_path / "other")
    told = keeping.restore(other.places, tmp_path / "cu.zip", OPENERS, other.wall)
    assert (told["pages"], told["pages_missing"]) == (0, [{"code": code, "pages": 3}])
    new = other.open()
    assert unkept.waiting(new) == {} and keeping.verify(new).healthy
    new.close()


def test_pages_of_a_dossier_that_was_erased_since_are_not_brought_back(
    counter: Counter, office: Office, tmp_path: Path
) -> None:
    _, code = dossier_of(office)
    acts.refuse(office, office.session(), code, "không thuộc thẩm quyền")
    old = backups.run(office)
    stolen = shutil.copytree(home(counter), tmp_path / "may khac")
    erasing.erase(office, office.session(), code, Ruling(LAW), code)
    shutil.copy(next(home(counter).glob("*-da-xoa.txt")), stolen)

    other = opened(tmp_path / "other")
    told = keeping.restore(other.places, stolen / old.backup.path.name, OPENERS, other.wall)

    assert (told["pages"], told["pages_missing"]) == (0, [])
    assert not other.places.unkept.exists()


def test_what_came_after_a_backup_that_was_put_back_comes_out_of_the_store_that_was_set_aside(
    counter: Counter, office: Office
) -> None:
    dossier, code = dossier_of(office)
    made = backups.run(office)
    unkept.keep(office, dossier, [late := page(4)])
    office.close()
    told = keeping.restore(counter.places, made.backup.path, OPENERS, counter.wall, replace=True)
    again = counter.open()
    assert unkept.waiting(again) == {code: 3}

    found = salvage(again, again.session(), Path(told["set_aside"]), OPENERS)

    assert (found["pages"], found["pages_lost"]) == (1, 0)
    assert held(again, dossier) == [FIRST, SECOND, WHOLE, late]
    again.close()


def test_killed_at_any_step_no_backup_names_a_page_that_it_lacks(counter: Counter, office: Office) -> None:
    key = office.database.key
    office.close()
    for steps in (1, 6, 9, 10):
        shutil.rmtree(home(counter), ignore_errors=True)
        assert run_until(counter, key, steps) == (-signal.SIGKILL if steps < 10 else 0)
        assert sound(home(counter))
    assert listing_of(next(home(counter).glob("*.zip"))).pages == 4
