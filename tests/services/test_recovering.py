"""A store that was damaged in any place: what it held, and printed, is there again or is named."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from counter_app.crypto.pages import PAGE
from counter_app.domain.errors import CannotRead, Damaged, NewerStore, NoKey
from counter_app.services import acts, backups, checks, keeping, lookup, preferences, recovering
from counter_app.services.opening import Openers
from counter_app.services.rebuilding import Step
from counter_app.services.recovering import Recovered
from counter_app.store import accesses, upgrade
from counter_app.store.accesses import Access
from counter_app.store.database import Database
from counter_app.words.recovering import step as sentence
from tests.independent.verifier import verify_store
from tests.services.stores import BY_KEYRING, OPENERS, Counter, receive
from tests.vaults import NoVault

BEFORE, AFTER = 12, 6  # dossiers before the backup and after it


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Counter:
    """A store with a backup, dossiers since, and a log of its own that was not brought into the file."""
    counter = Counter(tmp_path_factory.mktemp("made") / "kho", openers=BY_KEYRING).make()
    office = counter.open()
    for _ in range(BEFORE):
        receive(office)
    backups.run(office)
    for _ in range(AFTER):
        receive(office)
    office.close()
    return counter


@pytest.fixture
def counter(made: Counter, tmp_path: Path) -> Counter:
    shutil.copytree(made.folder.with_name("kho-sao-luu"), tmp_path / "kho-sao-luu")
    return Counter(shutil.copytree(made.folder, tmp_path / "kho"), openers=BY_KEYRING)


def codes(counter: Counter) -> list[str]:
    office = counter.open()
    try:
        assert keeping.verify(office).healthy
        assert verify_store(str(office.places.database), office.database.key).faults == []
        return sorted(line.code for line in lookup.newest(office))
    finally:
        office.close()


def recover(counter: Counter, openers: Openers = BY_KEYRING) -> tuple[Recovered, list[str]]:
    told: list[Step] = []
    done, office = recovering.recover(counter.places, openers, counter.wall, told.append)
    office.close()
    return done, [sentence(one) for one in told]


def flip(counter: Counter, at: int, size: int = 1) -> None:
    path = counter.places.database
    data = bytearray(path.read_bytes())
    data[at : at + size] = bytes(byte ^ 0xFF for byte in data[at : at + size])
    path.write_bytes(data)


@pytest.mark.parametrize("at", [3, 20, 2000], ids=["salt", "header", "schema"])
def test_a_damaged_header_costs_nothing(counter: Counter, at: int) -> None:
    before = codes(counter)
    flip(counter, at)
    with pytest.raises(Damaged, match="store-damaged"):
        counter.open()

    done, told = recover(counter)

    assert codes(counter) == before
    assert (done.damage, done.dossiers, done.missing) == ("store-damaged", len(before), ())
    assert done.aside is not None and (done.aside / "store.db").exists()
    assert f"để riêng ở {done.aside}" in " ".join(told)


def test_a_flipped_bit_in_any_page_costs_nothing_that_a_backup_or_the_page_still_holds(
    counter: Counter,
) -> None:
    before = codes(counter)
    whole = counter.places.database.read_bytes()
    lost = {}
    for page in range(2, len(whole) // PAGE + 1, 19):
        counter.places.database.write_bytes(whole)
        flip(counter, (page - 1) * PAGE + 1500)
        done, _ = recover(counter)
        assert done.damage
        after = codes(counter)
        assert set(before) - set(after) == set(done.missing)
        if done.missing:
            lost[page] = done.missing

    assert len(lost) <= 1  # where the only page that held some was itself hit


def looked_at(counter: Counter) -> list[bytes]:
    office = counter.open()
    with office.database.reading() as connection:
        every = accesses.between(connection, 0, 2**62)
    office.close()
    return [one.dossier for one in reversed(every)]


def look(counter: Counter, times: int) -> list[bytes]:
    """Looks at so many dossiers, and makes a backup after half of them."""
    some = [bytes([n]) * 16 for n in range(times)]
    counter.wall.now += timedelta(days=1)
    office = counter.open()
    for half in (some[: times // 2], some[times // 2 :]):
        with office.database.writing() as connection:
            accesses.add(connection, [Access(one[0], "can", one, "show") for one in half])
        if half[0] == some[0]:
            backups.run(office)
    office.close()
    return some


def test_the_access_log_is_read_back_with_the_rest_or_its_loss_is_said(counter: Counter) -> None:
    some = look(counter, 120)
    office = counter.open()
    with office.database.writing() as connection:
        where = "SELECT rootpage FROM sqlite_master WHERE name = 'accesses'"
        page = connection.exec_driver_sql(where).scalar_one()
        connection.exec_driver_sql("UPDATE events SET hash = randomblob(32) WHERE seq = 15")
    office.close()

    done, told = recover(counter)
    assert done.backup is not None and not done.accesses_lost
    assert looked_at(counter) == some and not any("Nhật ký truy cập" in one for one in told)

    flip(counter, (page - 1) * PAGE + 1500)
    done, told = recover(counter)
    assert done.backup is None and done.accesses_lost
    assert looked_at(counter) == some[:60] and any("Nhật ký truy cập" in one for one in told)


@pytest.mark.parametrize("table", ["words_config", "words_data", "words_idx"])
def test_a_damaged_page_of_the_search_is_told_and_costs_nothing(counter: Counter, table: str) -> None:
    before = codes(counter)
    office = counter.open()
    with office.database.reading() as connection:
        where = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        page = connection.exec_driver_sql(where, (table,)).scalar_one()
    office.close()
    flip(counter, (page - 1) * PAGE + 1500)

    with pytest.raises(Damaged, match="store-damaged"), contextlib.closing(counter.open()) as again:
        receive(again)

    recover(counter)
    assert codes(counter) == before


def test_what_was_printed_after_the_backup_and_cannot_be_read_is_named(counter: Counter) -> None:
    before = codes(counter)
    flip(counter, PAGE, counter.places.database.stat().st_size - PAGE)

    done, told = recover(counter)

    after = codes(counter)
    assert len(after) == BEFORE
    assert done.backup is not None
    assert sorted(done.missing) == sorted(set(before) - set(after))
    assert all(code in told[-1] for code in done.missing) and "nhập lại theo giấy" in told[-1]
    assert not set(codes(counter)) & set(done.missing)
    office = counter.open()
    assert receive(office).code not in before
    office.close()


def test_an_emptied_file_and_a_lost_log_are_no_new_store(counter: Counter) -> None:
    counter.places.database.write_bytes(b"")
    with pytest.raises(Damaged, match="store-damaged"):
        counter.open()

    done, _ = recover(counter)

    assert (done.dossiers, len(done.missing)) == (BEFORE, AFTER)


def test_what_was_lost_is_told_though_the_settings_are_damaged_and_the_first_try_was_cut(
    counter: Counter,
) -> None:
    before = codes(counter)
    counter.places.settings.write_text("{", encoding="utf-8")
    counter.places.database.write_bytes(b"")
    told: list[Step] = []

    def cut(one: Step) -> None:
        told.append(one)
        if one.name == "settings":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        recovering.recover(counter.places, BY_KEYRING, counter.wall, cut)
    assert "missing" not in [one.name for one in told]
    done, office = recovering.recover(counter.places, BY_KEYRING, counter.wall, told.append)

    assert (done.damage, len(done.missing)) == ("store-damaged", AFTER)
    assert sorted((*done.missing, *(line.code for line in lookup.newest(office)))) == before
    assert "Tệp cài đặt bị hỏng" in sentence(told[-2])
    for write in (lambda: receive(office), lambda: preferences.change(office, office.session(), hotline="1")):
        with pytest.raises(Damaged, match="settings-damaged"):
            write()
    office.close()
    counter.places.settings.unlink()
    assert recover(counter)[0].missing == ()  # it was told


def test_a_bad_backup_is_passed_over_for_the_one_before_it(counter: Counter) -> None:
    home = counter.folder.with_name("kho-sao-luu")
    good = next(home.iterdir())
    bad = good.with_name(good.name.replace("-2026", "-2027"))
    data = bytearray(good.read_bytes())
    data[len(data) // 2] ^= 1
    bad.write_bytes(data)
    counter.places.database.write_bytes(os.urandom(200_000))

    done, told = recover(counter)

    assert done.backup == good
    assert [file for file, _ in done.unusable] == [bad]
    (said,) = [words for words in told if "không dùng được" in words]
    assert "tệp ấy bị hỏng" in said and "nguyên" not in said


def test_without_any_backup_what_proves_itself_goes_on(counter: Counter) -> None:
    shutil.rmtree(counter.folder.with_name("kho-sao-luu"))
    before = codes(counter)
    office = counter.open()
    with office.database.writing() as connection:
        connection.exec_driver_sql("UPDATE events SET hash = randomblob(32) WHERE seq = 12")
    office.close()

    done, _ = recover(counter)

    after = codes(counter)
    assert set(after) < set(before)
    assert sorted(done.missing) == sorted(set(before) - set(after))


def test_a_broken_frame_in_the_log_loses_nothing_behind_it(counter: Counter, tmp_path: Path) -> None:
    office = counter.open()
    later = [receive(office).code for _ in range(3)]
    shutil.copytree(counter.folder, tmp_path / "cut")  # as a power cut leaves it
    office.close()
    cut = Counter(tmp_path / "cut", openers=BY_KEYRING)
    wal = cut.places.database.with_name("store.db-wal")
    data = bytearray(wal.read_bytes())
    data[32 + 24 + 700] ^= 1
    wal.write_bytes(data)
    with pytest.raises(Damaged, match="wal-torn"):
        cut.open()

    done, told = recover(cut)

    assert done.damage == "wal-torn"
    assert set(later) <= set(codes(cut))
    assert any("nhật ký ghi" in words for words in told)


@pytest.mark.parametrize("frame", [0, 3, 9])
def test_a_broken_frame_of_the_last_act_costs_none_before_it(
    counter: Counter, tmp_path: Path, frame: int
) -> None:
    office = counter.open()
    for _ in range(2):
        receive(office)
    wal = counter.places.database.with_name("store.db-wal")
    last = wal.stat().st_size
    later = receive(office).code
    shutil.copytree(counter.folder, tmp_path / "cut")
    office.close()
    cut = Counter(tmp_path / "cut", openers=BY_KEYRING)
    with cut.places.database.with_name("store.db-wal").open("r+b") as log:
        log.seek(last + frame * (24 + PAGE) + 24 + 700)
        log.write(b"\xff\x00")
    with contextlib.suppress(Damaged):
        cut.open().close()

    done, _ = recover(cut)

    assert done.damage in ("wal-torn", "wal-stale")
    assert set(done.missing) <= {later} and done.dossiers >= BEFORE + AFTER + 2


def test_what_a_power_cut_left_of_an_act_that_nobody_was_told_of_is_no_damage(
    counter: Counter, tmp_path: Path
) -> None:
    office = counter.open()
    told = [receive(office).code for _ in range(3)]
    kept = counter.places.database.with_name("store.db-wal").stat().st_size
    acts.process(office, office.session(), told[0], "thẩm tra")
    shutil.copytree(counter.folder, tmp_path / "cut")
    office.close()
    cut = Counter(tmp_path / "cut", openers=BY_KEYRING)
    wal = cut.places.database.with_name("store.db-wal")
    data = bytearray(wal.read_bytes())
    data[kept + 24 + 700] ^= 1  # the first of its pages never reached the disk, the last one did
    wal.write_bytes(data)

    assert set(told) <= set(codes(cut))


def test_a_stale_log_beside_a_newer_file_is_seen_and_costs_nothing(counter: Counter) -> None:
    office = counter.open()
    receive(office)
    stale = counter.places.database.with_name("store.db-wal").read_bytes()
    office.close()
    before = codes(counter)
    office = counter.open()
    for _ in range(30):
        receive(office)
    office.close()
    whole = codes(counter)
    counter.places.database.with_name("store.db-wal").write_bytes(stale)

    done, _ = recover(counter)

    after = codes(counter)
    assert (after, done.damage, done.missing) == (whole, "wal-stale", ())
    assert set(before) < set(after)


def test_a_stale_log_that_an_opening_stumbled_over_costs_nothing(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = counter.open()
    receive(office)
    stale = counter.places.database.with_name("store.db-wal").read_bytes()
    office.close()
    office = counter.open()
    for _ in range(40):
        receive(office)
    office.close()
    counter.places.database.with_name("store.db-wal").write_bytes(stale)

    def stumbles(database: Database, *rest: object) -> None:
        with database.reading() as connection:
            upgrade.version(connection)
        raise Damaged("store-damaged")  # as the pages of two times may have it

    with monkeypatch.context() as patch, pytest.raises(Damaged, match="store-damaged"):
        patch.setattr(upgrade, "bring_up_to_date", stumbles)
        counter.open()  # whose close writes the stale log into the file

    done, _ = recover(counter)

    assert (done.dossiers, done.missing) == (BEFORE + AFTER + 1 + 40, ())


def test_a_wrong_key_is_no_damage(counter: Counter, tmp_path: Path) -> None:
    other = Counter(tmp_path / "other", openers=BY_KEYRING).make()
    shutil.copy(other.places.keys, counter.places.keys)
    before = counter.places.database.read_bytes()

    for attempt in (counter.open, lambda: recover(counter)):
        with pytest.raises(NoKey, match="wrong-key"):
            attempt()

    assert counter.places.database.read_bytes() == before
    assert list(counter.folder.glob("set-aside-*")) == []


def test_lost_wraps_come_from_a_backup(tmp_path: Path) -> None:
    counter = Counter(tmp_path / "kho", openers=OPENERS).make()
    office = counter.open()
    backups.run(office)
    kept = receive(office).code
    office.close()
    counter.places.keys.write_bytes(b"{")
    with pytest.raises(Damaged, match="key-file-damaged"):
        counter.open()

    with pytest.raises(Damaged, match="key-file-damaged"):
        recover(counter, Openers(NoVault(), lambda: "sai mật khẩu"))
    done, _ = recover(counter, OPENERS)

    assert codes(counter) == [kept]
    assert (done.damage, done.missing) == ("key-file-damaged", ())
    assert done.aside is not None and (done.aside / "keys.json").read_bytes() == b"{"


def test_a_newer_store_and_no_store_are_told_as_such(counter: Counter, tmp_path: Path) -> None:
    office = counter.open()
    with office.database.writing() as connection:
        connection.exec_driver_sql("UPDATE schema_version SET version_num = '9999'")
    office.close()

    with pytest.raises(NewerStore):
        recover(counter)
    with pytest.raises(CannotRead, match="no-store"):
        recover(Counter(tmp_path / "nothing", openers=BY_KEYRING))
    assert list(counter.folder.glob("set-aside-*")) == []


def test_a_healthy_store_is_left_alone_and_the_note_goes(counter: Counter) -> None:
    checks.note_damage(counter.places, "chain")

    done, _ = recover(counter)

    assert (done.damage, done.aside, done.dossiers) == ("", None, BEFORE + AFTER)
    assert checks.noted_damage(counter.places) == ""


def test_where_nothing_gives_a_store_nothing_is_moved(counter: Counter) -> None:
    shutil.rmtree(counter.folder.with_name("kho-sao-luu"))
    flip(counter, PAGE * 2, counter.places.database.stat().st_size - PAGE * 2)
    before = counter.places.database.read_bytes()

    with pytest.raises((Damaged, NoKey)):
        recover(counter)

    assert counter.places.database.read_bytes() == before
    assert sorted(path.name for path in counter.folder.iterdir() if path.is_dir()) == []


@pytest.mark.parametrize("fails", range(6))
def test_a_swap_that_was_cut_anywhere_is_ended_by_the_next_opening(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, fails: int
) -> None:
    from counter_app.system import files

    before = codes(counter)
    flip(counter, 20)
    calls = 0

    def cut(real: Callable[..., object]) -> Callable[..., object]:
        def moved(*words: object) -> object:
            nonlocal calls
            calls += 1
            if calls > fails + 1:
                raise KeyboardInterrupt
            return real(*words)

        return moved

    with monkeypatch.context() as patch:
        for name in ("move", "move_into_place", "write_atomically", "remove"):
            patch.setattr(files, name, cut(getattr(files, name)))
        with pytest.raises(KeyboardInterrupt):
            recover(counter)

    if not counter.places.decided.exists() and not counter.places.database.exists():
        pytest.fail("neither the old store nor the new one is there")
    try:
        assert codes(counter) == before
    except Damaged:
        recover(counter)
        assert codes(counter) == before
