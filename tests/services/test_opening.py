"""Stores are made whole or not at all, opened by what may open them, and never go back in time unnoticed."""

import shutil
from contextlib import contextmanager
from datetime import timedelta

import pytest

from counter_app.domain.errors import AlreadyThere, BadInput, CannotRead, NewerStore, NoKey, NotPermitted
from counter_app.services import accounts, keeping, lookup, opening
from counter_app.services.opening import NewStore, Openers
from counter_app.store import log, own
from tests.services.stores import OPENERS, Counter, Wall, receive
from tests.vaults import NoVault


@pytest.fixture
def counter(tmp_path):
    return Counter(tmp_path / "store", openers=OPENERS).make()


def own_log(office):
    with office.reading() as (connection, where):
        return where.log_of(own.keys(connection).branch).log


def test_a_store_needs_a_second_way_in(tmp_path):
    with pytest.raises(BadInput, match="needs-second-wrap"):
        opening.create(
            Counter(tmp_path / "s", openers=OPENERS).places, NewStore("H55.242", "UBND xã"), OPENERS, Wall()
        )

    assert not (tmp_path / "s").exists()


def test_a_store_is_never_made_over_another(counter):
    with pytest.raises(AlreadyThere):
        counter.make()


def test_a_sheet_that_cannot_be_written_leaves_no_store(tmp_path):
    counter = Counter(tmp_path / "s", openers=OPENERS)

    def full(words: str) -> None:
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        opening.create(counter.places, NewStore("H55.242", "UBND xã", sheet=full), OPENERS, counter.wall)

    assert not counter.places.database.exists()
    counter.make()


def test_the_recovery_words_open_what_the_passphrase_does_not(tmp_path):
    counter, kept = Counter(tmp_path / "s", openers=OPENERS), []
    order = NewStore("H55.242", "UBND xã", sheet=kept.append)
    opening.create(counter.places, order, OPENERS, counter.wall).close()

    with pytest.raises(NoKey, match="nothing-opens"):
        counter.open()
    by_sheet = opening.open_store(counter.places, Openers(NoVault(), recovery=kept[0].upper()), counter.wall)

    assert by_sheet.commune().name == "UBND xã"
    by_sheet.close()


def test_a_wrong_passphrase_opens_nothing(counter):
    with pytest.raises(NoKey, match="wrong-passphrase"):
        opening.open_store(counter.places, Openers(NoVault(), lambda: "sai mật khẩu"), counter.wall)


def test_no_store_is_said_plainly(tmp_path):
    with pytest.raises(CannotRead, match="no-store"):
        Counter(tmp_path / "nothing").open()


def test_a_newer_store_is_refused(counter):
    office = counter.open()
    with office.database.writing() as connection:
        connection.exec_driver_sql("UPDATE schema_version SET version_num = '9999'")
    office.close()

    with pytest.raises(NewerStore):
        counter.open()


def test_a_database_put_back_in_time_goes_on_under_a_new_log_and_gives_no_code_twice(counter, tmp_path):
    office = counter.open()
    receive(office)
    office.database.fold_in()
    office.close()
    shutil.copy(counter.places.database, tmp_path / "old.db")
    office = counter.open()
    before, later = own_log(office), [receive(office).code for _ in range(3)]
    office.close()

    for path in counter.folder.glob("store.db*"):
        path.unlink()
    shutil.copy(tmp_path / "old.db", counter.places.database)
    office = counter.open()
    again = [receive(office).code for _ in range(3)]

    assert own_log(office) != before
    assert not set(again) & set(later)
    assert keeping.verify(office).healthy
    office.close()


def test_a_restored_backup_goes_on_under_a_new_log_that_the_old_one_endorsed(counter, tmp_path):
    office = counter.open()
    receive(office)
    keeping.backup(office, tmp_path / "kept.zip")
    later = receive(office).code
    before = own_log(office)
    office.close()

    other = Counter(tmp_path / "other", openers=OPENERS)
    keeping.restore(other.places, tmp_path / "kept.zip", OPENERS, other.wall)
    restored = other.open()
    fresh = receive(restored).code

    assert own_log(restored) != before
    assert fresh != later
    assert len(lookup.newest(restored)) == 2
    with restored.reading() as (connection, where):
        opened = [log.first_of(connection, row.id)[0] for row in where.branches.values()]
    assert [o["left"]["log"] for o in opened if "left" in o] == [before.hex()]
    assert keeping.verify(restored).healthy
    restored.close()


def test_restoring_over_dossiers_sets_them_aside_only_when_told(counter, tmp_path):
    office = counter.open()
    receive(office)
    keeping.backup(office, tmp_path / "kept.zip")
    office.close()

    with pytest.raises(AlreadyThere, match="store-holds-dossiers"):
        keeping.restore(counter.places, tmp_path / "kept.zip", OPENERS, counter.wall)
    told = keeping.restore(counter.places, tmp_path / "kept.zip", OPENERS, counter.wall, replace=True)

    assert (tmp_path / "store").joinpath(told["set_aside"], "store.db").exists()
    office = counter.open()
    assert len(lookup.newest(office)) == 1
    office.close()


def test_a_store_whose_officers_have_pins_is_set_aside_by_one_of_its_heads_alone(counter, tmp_path):
    office = counter.open()
    receive(office)
    keeping.backup(office, tmp_path / "kept.zip")
    for account, role in (("lan", "officer"), ("hoa", "head")):
        session = office.session() if account == "lan" else office.session("admin", lambda: "9876")
        accounts.add_officer(office, session, account, account, role, "1234")
        if account == "lan":
            accounts.set_pin(office, office.session("admin"), "9876")
    office.close()

    def restore(who=None, openers=OPENERS):
        more = {"who": lambda here: here.session(*who)} if who else {}
        return keeping.restore(
            counter.places, tmp_path / "kept.zip", openers, counter.wall, replace=True, **more
        )

    for refused, who in (
        ("officer-needed", None),
        ("wrong-pin", ("hoa", lambda: "0000")),
        ("role-lacks-right", ("lan", lambda: "1234")),
    ):
        with pytest.raises(NotPermitted, match=refused):
            restore(who)
    assert not list(counter.folder.glob("set-aside-*"))
    told = restore(("hoa", lambda: "1234"))

    assert (tmp_path / "store").joinpath(told["set_aside"], "store.db").exists()


def test_a_store_that_nobody_can_open_is_set_aside_without_asking(counter, tmp_path):
    office = counter.open()
    receive(office)
    keeping.backup(office, tmp_path / "kept.zip")
    accounts.add_officer(office, office.session(), "lan", "H’Lan", "head", "1234")
    office.close()
    data = counter.places.database.read_bytes()
    counter.places.database.write_bytes(bytes(len(data)))

    told = keeping.restore(counter.places, tmp_path / "kept.zip", OPENERS, counter.wall, replace=True)

    assert told["dossiers"] == 1 and (tmp_path / "store").joinpath(told["set_aside"]).is_dir()


def test_a_damaged_backup_changes_nothing(counter, tmp_path):
    office = counter.open()
    receive(office)
    keeping.backup(office, tmp_path / "kept.zip")
    office.close()
    data = bytearray((tmp_path / "kept.zip").read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "kept.zip").write_bytes(data)

    with pytest.raises(Exception) as failure:
        keeping.restore(counter.places, tmp_path / "kept.zip", OPENERS, counter.wall, replace=True)

    assert failure.value.exit_code in (2, 3)
    office = counter.open()
    assert len(lookup.newest(office)) == 1
    office.close()


def test_a_lagging_wall_stops_the_intake_until_a_supervisor_types_the_time(counter):
    office = counter.open()
    receive(office)
    counter.wall.now -= timedelta(days=4000)

    with pytest.raises(Exception, match="clock-behind"):
        receive(office)
    office.set_clock(office.session(), Wall().now + timedelta(minutes=30), "pin đồng hồ hỏng")
    received = receive(office)

    assert received.received_at.date().isoformat() == "2026-11-20"
    story = lookup.story(office, received.dossier)
    assert story.reception["clock_set"] is True
    counter.wall.now = Wall().now + timedelta(hours=2)
    assert office.now().hour == 10
    assert keeping.verify(office).healthy
    office.close()


def test_a_wall_ahead_that_is_typed_right_keeps_order_and_is_dropped_when_mended(counter):
    office = counter.open()
    counter.wall.now += timedelta(days=3650)
    first = receive(office)
    office.set_clock(office.session(), Wall().now + timedelta(hours=1))
    second = receive(office)
    counter.wall.now = Wall().now + timedelta(hours=2)

    third = receive(office)

    assert [r.received_at.year for r in (first, second, third)] == [2036, 2026, 2026]
    assert keeping.verify(office).healthy
    office.close()


def test_what_another_process_prints_meanwhile_is_not_taken_for_an_old_copy(counter):
    office = counter.open()

    class PrintedMeanwhile:
        """The view stands already when the other process commits and marks."""

        @contextmanager
        def reading(self):
            with office.database.reading() as connection:
                connection.exec_driver_sql("SELECT count(*) FROM own").fetchall()
                receive(office)
                yield connection

    assert opening._renew(counter.places, PrintedMeanwhile(), counter.wall) is False
    office.close()
