"""An exchange by stick: pulled at any step, doubled, altered, late or old, it ends as any other does."""

from __future__ import annotations

import random
import shutil
from contextlib import suppress
from io import BytesIO

import msgpack
import pytest

from counter_app.crypto.sealing import SealingKey
from counter_app.crypto.signing import Signer
from counter_app.district import devices
from counter_app.district.ledger import CommuneLedger
from counter_app.domain.errors import CannotWrite, CounterError, DiskFull, NotFound, Refused
from counter_app.services import safety, stick_up, sticks, syncing
from counter_app.services.filing import tally
from counter_app.store import own
from counter_app.sync import stick
from counter_app.words import sticks as words
from counter_app.words.errors import reason
from tests.district import bases
from tests.district.scans import FileRoad, attached, scan
from tests.district.sticks import Pulled, Steps, World
from tests.district.test_exchange import invite
from tests.district.test_whole import verdict_of
from tests.independent import verifier
from tests.services.stores import receive


@pytest.fixture
def world(server, commune, offices, tmp_path):
    return World(server, commune, offices[0], tmp_path / "usb")


def opens(world, path):
    """Whether the district reads the part to its end."""
    with path.open("rb") as file:
        return list(stick.read(file, world.server.who.sealing).items)


def test_what_was_copied_is_safe_only_once_the_answer_is_home(world):
    receive(world.office)
    before = world.pending()

    copied = world.out()

    assert (copied.events, copied.left, world.pending()) == (before, 0, before)
    assert sticks.waiting(world.office).parts
    world.up()
    assert world.pending() == before, "the district has it, and nobody here knows"
    done = world.home()
    assert (done.acknowledged, sticks.waiting(world.office)) == (before, None)
    world.ends_the_same(1)


def test_others_dossiers_and_what_was_issued_come_down_with_the_answer(world, offices):
    two, road = offices[1], FileRoad(world.server)
    syncing.enrol(two, two.session(), road, "http://localhost", invite(world.server, world.commune))
    for _ in range(40):
        receive(two)
    syncing.sync(two, road)

    done = world.trip()

    assert len(list(world.usb.glob("ve-*"))) > 1, "parts, as up"
    assert done.received > 24
    world.ends_the_same(40)


def test_scans_go_as_far_as_the_stick_has_room_and_the_rest_with_the_next(world, monkeypatch):
    contents = [scan(40 * 1024, seed) for seed in (1, 2)]
    found = [attached(world.office, content)[1] for content in contents]
    real, room = shutil.disk_usage, 130 * 1024

    def small(folder):
        lies = sum(path.stat().st_size for path in world.usb.iterdir())
        return real(folder)._replace(free=max(0, room - lies))

    monkeypatch.setattr(sticks.shutil, "disk_usage", small)
    copied = world.out(room=16 * 1024)
    assert (copied.left, copied.files, copied.files_left) == (0, 1, 1)
    world.up()
    assert (world.home().files, tally(world.office).files) == (1, 1)
    monkeypatch.undo()
    world.trip()

    assert tally(world.office).files == 0
    assert [world.server.depot.read(one.sha256) for one in found] == contents
    world.ends_the_same(2)


def test_a_stick_without_room_is_told_before_anything_is_written(world, monkeypatch):
    receive(world.office)
    real = shutil.disk_usage

    def usage(folder):
        found = real(folder)
        return found._replace(free=60_000) if world.usb in (folder, *folder.parents) else found

    monkeypatch.setattr(sticks.shutil, "disk_usage", usage)

    with pytest.raises(DiskFull, match="stick-full"):
        world.out()

    assert list(world.usb.iterdir()) == []


def test_a_stick_pulled_at_every_step_is_gone_on_with_and_no_half_part_counts(world, monkeypatch):
    for _ in range(40):
        receive(world.office)
    at, pulled_with = 0, set()
    while True:
        at += 1
        with Steps(at).watch(monkeypatch) as steps:
            try:
                world.out()
            except CannotWrite as error:
                assert error.why == "stick-gone"
        for part in world.parts():
            opens(world, part)
        if not steps.happened:
            break
        lying = {path: path.stat().st_mtime_ns for path in world.parts()}
        pulled_with.add(len(lying))
        world.out()
        now = {path: path.stat().st_mtime_ns for path in world.parts()}
        written_again = [path for path, then in lying.items() if now.get(path) != then]
        # The last one, where it got its name and the stick went before that was known to be on it.
        assert written_again in ([], [max(lying, default=None)])
        shutil.rmtree(world.usb)
        world.usb.mkdir()
    assert at > 20 and pulled_with == set(range(len(world.parts()) + 1))
    world.up()
    world.home()
    world.ends_the_same(40)


def test_the_plug_pulled_at_every_step_of_the_way_there_and_back_ends_the_same(world, monkeypatch):
    attached(world.office, scan(8 * 1024))
    at, dossiers = 0, 1
    while True:
        at += 1
        receive(world.office)
        dossiers += 1
        with Steps(at, plug=True).watch(monkeypatch, databases=True) as steps, suppress(Pulled):
            world.trip()
        world.says_safe_only_what_is()
        if not steps.happened:
            break
        if at % 3 == 1:
            world.sync()
        world.trip()
        if at % 3 == 2:
            world.sync()
        assert world.pending() == 0
    assert at > 30, "steps"
    world.ends_the_same(dossiers)


def test_everything_twice_changes_nothing(world):
    receive(world.office)
    world.out()
    world.up()
    world.up()
    world.home()

    again = world.home()

    assert (again.acknowledged, again.received) == (0, 0)
    world.ends_the_same(1)


def test_an_online_sync_before_between_and_after_ends_the_same(world):
    receive(world.office)
    world.out()
    world.sync()
    receive(world.office)
    world.up()
    world.sync()
    receive(world.office)
    done = world.home()

    assert done.old, "the district has said more since"
    assert world.pending() > 0
    world.sync()
    world.ends_the_same(3)


def test_a_part_that_did_not_arrive_is_sent_again(world):
    for _ in range(40):
        receive(world.office)
    world.out()
    lost = world.parts()[1]
    lost.unlink()

    world.up()
    done = world.home()

    assert done.refused and world.pending() > 0
    assert done.acknowledged > 10 > done.received, "what did arrive is told, and does not come back"
    world.says_safe_only_what_is()
    world.trip()
    world.ends_the_same(40)


def test_a_part_that_was_spoilt_on_the_stick_is_written_again(world):
    receive(world.office)
    world.out()
    part = world.parts()[0]
    whole = bytearray(part.read_bytes())
    whole[-1] ^= 1
    part.write_bytes(whole)

    world.out()

    assert [opens(world, path) != [] for path in world.parts()] == [True]
    world.up()
    world.home()
    world.ends_the_same(1)


def test_a_stranger_opens_a_part_by_its_description_alone(world):
    receive(world.office)
    world.out()

    sender, body = verifier.unseal(world.parts()[0].read_bytes(), world.server.who.sealing.private)

    head, *items = msgpack.Unpacker(BytesIO(body), strict_map_key=False)
    with world.office.reading() as (connection, _):
        speaker = own.get(connection, own.SPEAKER)
    assert sender == Signer(speaker[8:]).public
    assert (head["up"], head["request"][1:9]) == (1, speaker[:8])
    assert [item[0] for item in items[:-1]] == ["events"] and items[-1] == {"end": 1}


def test_an_altered_part_is_refused_and_the_others_go_on(world):
    receive(world.office)
    world.out()
    for part in world.parts():
        whole = part.read_bytes()
        for place in range(0, len(whole), max(1, len(whole) // 60)):
            part.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
            assert world.up() == [] and len(world.faults) == 1
            part.write_bytes(whole[:place])
            assert world.up() == [] and len(world.faults) == 1
        part.write_bytes(whole)
    world.up()
    world.home()
    world.ends_the_same(1)


def test_an_altered_or_cut_answer_is_refused_and_marks_nothing(world):
    receive(world.office)
    world.out()
    world.up()
    (answer,) = world.usb.glob("ve-*")
    whole, before = answer.read_bytes(), world.pending()
    for place in range(0, len(whole), max(1, len(whole) // 60)):
        for bad in (whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :], whole[:place]):
            answer.write_bytes(bad)
            with pytest.raises(Refused):
                world.home()
    assert world.pending() == before
    answer.write_bytes(whole)
    world.home()
    world.ends_the_same(1)


def test_a_stick_for_another_district_or_another_machine_is_refused(
    world, server, commune, offices, tmp_path
):
    receive(world.office)
    world.out()
    beside = tmp_path / "beside"
    beside.mkdir()
    other_base = bases.fresh(beside)
    other = World(bases.Server(other_base), bases.commune_in(other_base), offices[1], tmp_path / "usb-2")

    other.up(world.usb)

    assert {why for _, why in other.faults} == {"bundle-not-for-this-store"}
    other.trip()
    with pytest.raises(NotFound, match="no-answer-there"):
        world.home(other.usb)
    (answer,) = other.usb.glob("ve-*")
    with pytest.raises(Refused, match="bundle-not-for-this-store"):
        world.home(answer)
    other_base.close()


def test_an_answer_that_the_machines_own_district_did_not_sign_is_refused(world, offices):
    receive(world.office)
    world.out()
    world.up()
    (answer,) = world.usb.glob("ve-*")
    with world.office.reading() as (connection, _):
        mine = SealingKey(own.keys(connection).sealing)
    with answer.open("rb") as file:
        head = stick.read(file, mine).head
    answer.write_bytes(stick.Writer(head, Signer.generate(), mine.public).close())

    with pytest.raises(Refused, match="answer-of-another-district"):
        world.home()


def test_a_part_that_another_key_signed_is_refused(world):
    receive(world.office)
    world.out()
    part = world.parts()[0]
    with part.open("rb") as file:
        head = stick.read(file, world.server.who.sealing).head
    part.write_bytes(stick.Writer(head, Signer.generate(), world.server.who.sealing.public).close())

    assert world.up() == []
    assert world.faults == [(part.name, "request-forged")]


def test_a_server_put_back_behind_a_stick_is_told_all_again(world):
    receive(world.office)
    copy = bases.kept(world.server.base)
    world.trip()
    world.ends_the_same(1)
    bases.put_back(world.server.base, copy)
    receive(world.office)

    for _ in range(3):  # what it lost, that it lost it, and all of it
        world.trip()

    world.ends_the_same(2)


def test_what_a_revoked_machine_brings_is_set_aside_and_it_is_told(world):
    receive(world.office)
    world.trip()
    with world.server.base.writing() as connection:
        devices.revoke(connection, world.server.who, 1, "mất máy", world.server.now_ms)
    receive(world.office)

    done = world.trip()

    assert done.revoked and words.taken(done) == reason("device-revoked")
    assert verdict_of(world.server, world.commune).dossiers == 1, "what it received since counts nowhere"
    with world.server.base.reading() as connection:
        ledger = CommuneLedger(connection, world.commune)
        assert len({row.dossier for twig in ledger.twigs() for row in ledger.after(twig.id, 0)}) > 2, "kept"


def test_in_one_file_there_and_back(world, tmp_path):
    receive(world.office)
    up, down = tmp_path / "len.goi", tmp_path / "ve.goi"

    stick_up.copy_out(world.office, world.office.session(), up)
    for one in world.carrier.bring(up, pytest.fail):
        world.carrier.answer(one, down)
    world.home(down)

    world.ends_the_same(1)


_EXPECTED = ("no-answer-there", "nothing-on-stick", "bundle-damaged", "bundle-unknown-format")


def walk(world, two, roads, seed, steps):
    """Anything in any order, with two sticks, lost and altered parts, old answers, and the plug pulled."""
    chance = random.Random(seed)
    usb = [world.usb, world.usb.with_name("usb-2")]
    usb[1].mkdir()
    old = world.usb.with_name("old")
    old.mkdir()
    dossiers = 0
    for _ in range(steps):
        at, act = chance.choice(usb), chance.randrange(10)
        try:
            if act < 3:
                receive(chance.choice([world.office, two]))
                dossiers += 1
            elif act < 5:
                world.out(at)
            elif act == 5:
                world.up(at)
            elif act == 6:
                world.home(at)
            elif act == 7:
                syncing.sync(*chance.choice([(world.office, roads[0]), (two, roads[1])]))
            elif act == 8:
                for answer in at.glob("ve-*"):
                    shutil.copy(answer, old)
                world.home(old)
            elif parts := sorted(at.iterdir()):
                part = chance.choice(parts)
                part.write_bytes(part.read_bytes()[: chance.randrange(2000)])
        except CounterError as error:
            assert error.why in (
                "no-answer-there",
                "nothing-on-stick",
                "bundle-damaged",
                "bundle-unknown-format",
            )
        world.says_safe_only_what_is()
    for _ in range(2):
        for stick_ in usb:
            shutil.rmtree(stick_)
            stick_.mkdir()
        world.trip(chance.choice(usb))
        syncing.sync(two, roads[1])
    world.trip(chance.choice(usb))
    world.ends_the_same(dossiers)
    assert safety.counts(two).pending == 0


@pytest.mark.parametrize("seed", range(3))
def test_any_order_of_sticks_and_lines_ends_the_same(world, offices, seed):
    two, road = offices[1], FileRoad(world.server)
    syncing.enrol(two, two.session(), road, "http://localhost", invite(world.server, world.commune))

    walk(world, two, [world.road, road], seed, 40)
