"""Programs of other versions: recorded version 1 is understood by this one, a later one gets a sentence."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from counter_app.crypto.signing import ACK
from counter_app.district import identity
from counter_app.district.check import check
from counter_app.district.exchange import Exchange
from counter_app.district.ledger import CommuneLedger
from counter_app.district.tables import devices
from counter_app.district.upgrade import bring_up_to_date
from counter_app.domain.errors import Refused, Unreachable
from counter_app.services import keeping, opening, safety, syncing
from counter_app.services.ahead import Ahead
from counter_app.services.opening import Openers
from counter_app.services.pacing import Pace
from counter_app.services.packing import packer
from counter_app.store.database import Database
from counter_app.sync import enrolment
from counter_app.sync.courier import _checked
from counter_app.sync.enrolment import OneTimeCode
from counter_app.sync.message import read_answer, read_request
from counter_app.system.paths import Places
from counter_app.words.errors import sentence
from tests.district import bases
from tests.district.old_counter import enters, hear, proves
from tests.district.test_exchange import enrol, invite
from tests.services.stores import Wall, receive
from tests.vaults import NoVault

RECORDED = Path(__file__).parent / "recorded"
VERSIONS = sorted(path.name for path in RECORDED.iterdir() if path.is_dir())


@pytest.fixture(params=VERSIONS)
def version(request):
    return RECORDED / request.param


@pytest.fixture
def tape(version):
    return json.loads((version / "recording.json").read_text("utf-8"))


@pytest.fixture
def district(version, tmp_path, tape):
    """This version's server on a recorded database, which it brings up to date."""
    opened = []

    def district(name):
        file = shutil.copy(version / name, tmp_path / name)
        base = Database(Path(file), bases.KEY)
        bring_up_to_date(base, bases.MIGRATIONS)
        with base.reading() as connection:
            who = identity.load(connection)
        opened.append(base)
        return base, Exchange(base, who, packer(), lambda: tape["server_ms"])

    yield district
    for base in opened:
        base.close()


@pytest.fixture
def office(version, tape, tmp_path):
    shutil.copytree(version / "store", tmp_path / "store")
    wall = Wall(datetime.fromisoformat(tape["wall"]))
    made = opening.open_store(Places(tmp_path / "store"), Openers(NoVault(), recovery=tape["words"]), wall)
    yield made
    made.close()


def of(told, name):
    return bytes.fromhex(told[name])


def test_there_is_a_recording_of_the_wire_of_today():
    assert VERSIONS == ["v1"]


def test_a_recorded_machine_is_let_in_and_understands_the_answer(tape, district):
    _, exchange = district("before.db")
    request = of(tape["enrolment"], "request")

    answer = exchange.enrol(request)

    code = OneTimeCode(tape["code"])
    was = enters(of(tape["enrolment"], "answer"), request, code.key)
    assert enters(answer, request, code.key) == was == (of(tape, "public"), "Sở mẫu")


def test_the_recorded_answer_lets_a_machine_of_this_version_in(tape):
    code, told = OneTimeCode(tape["code"]), tape["enrolment"]

    place = enrolment.read_answer(of(told, "answer"), code, of(told, "request"))

    assert (place.ed25519, place.name, place.commune, place.pins) == (of(tape, "public"), "Sở mẫu", 1, ())
    assert place.time_ms == tape["server_ms"]


def test_recorded_requests_are_taken_and_their_machine_understands_the_answers(tape, district):
    base, exchange = district("district.db")
    for told in tape["exchanges"]:
        request = of(told, "request")
        asked = read_request(request).request
        with base.writing() as connection:  # the nonce that it then had given
            connection.execute(update(devices).where(devices.c.log == asked.log).values(nonce=asked.nonce))

        answer = exchange.answer(request)

        proves(answer, request, of(tape, "public"), of(told, "digest"))
        now, was = hear(answer), hear(of(told, "answer"))
        assert (now.verdict, now.refused, now.aside, now.why) == (0, [], 0, "")
        assert (now.agreed, now.flags, now.epoch) == (was.agreed, was.flags, was.epoch)
        assert _runs(now.batch) == _runs(was.batch)

    with base.reading() as connection:
        verdict = check(CommuneLedger(connection, 1))
    assert verdict.healthy
    assert (verdict.state, verdict.events) == (tape["end"]["state"], tape["end"]["events"])


class Recorded:
    """Gives the recorded answers, signed for what is asked now; what is asked must mean the same."""

    def __init__(self, tape, who):
        self.rest, self.who = list(tape["exchanges"]), who

    def post(self, path, body):
        told = self.rest.pop(0)
        was, now = read_request(of(told, "request")).request, read_request(body).request
        for name in ("log", "nonce", "counter", "agreed", "claims", "room"):
            assert getattr(now, name) == getattr(was, name), name
        assert _runs(now.batch) == _runs(was.batch)
        said = of(told, "answer")[:-64]
        batch = hear(of(told, "answer")).batch
        head = said[: len(said) - len(batch)]
        signed = body[-64:] + head + hashlib.sha256(batch).digest() + of(told, "digest")
        return said + self.who.signing.sign(ACK, signed)


def _runs(batch):
    return [(run.log, run.first, run.last, run.signature) for run in packer().unpack(batch)] if batch else []


def test_a_machine_of_this_version_understands_the_recorded_answers(tape, district, office):
    _, exchange = district("district.db")
    road = Recorded(tape, exchange.who)

    done = syncing.sync(office, road)
    syncing.sync(office, road)

    assert road.rest == []
    assert (done.sent, done.received) == (tape["end"]["sent"], tape["end"]["received"])
    assert (safety.counts(office).acknowledged, safety.counts(office).pending) == (tape["end"]["events"], 0)
    assert keeping.verify(office).state == tape["end"]["state"]


def test_a_recorded_store_meets_a_recorded_district_under_this_version(tape, district, office):
    base, exchange = district("district.db")

    class Road:
        def post(self, path, body):
            return exchange.answer(body)

    syncing.sync(office, Road())

    with base.reading() as connection:
        verdict = check(CommuneLedger(connection, 1))
    assert verdict.healthy and verdict.state == keeping.verify(office).state == tape["end"]["state"]


def later(message):
    return b"\x02" + message[1:]


def test_a_machine_of_a_later_version_is_told_that_the_server_must_be_updated(server, commune, offices):
    one = offices[0]
    road = enrol(server, commune, one)
    post = road.post
    road.post = lambda path, body: post(path, later(body))
    receive(one)

    with pytest.raises(Refused, match="district-older") as refused:
        syncing.sync(one, road)
    with pytest.raises(Refused, match="district-older"):
        syncing.enrol(offices[1], offices[1].session(), road, "http://localhost", invite(server, commune))

    assert "máy chủ cập nhật" in sentence(refused.value)
    road.post = post
    syncing.sync(one, road)
    assert safety.counts(one).pending == 0


def test_a_server_of_a_later_version_tells_that_this_machine_must_be_updated(server, commune, offices):
    one = offices[0]
    road = enrol(server, commune, one)
    post = road.post
    road.post = lambda path, body: later(post(path, body))

    with pytest.raises(Refused, match="message-newer") as refused:
        syncing.sync(one, road)
    with pytest.raises(Refused, match="message-newer"):
        syncing.enrol(offices[1], offices[1].session(), road, "http://localhost", invite(server, commune))

    assert "trên máy này" in sentence(refused.value)


def test_a_batch_of_a_later_version_names_the_side_that_is_older(server, commune, offices):
    one = offices[0]
    enrol(server, commune, one)
    with Ahead(one) as ahead:
        asked = syncing._ask(one, Pace(one), ahead)
    request = read_request(asked.body).request
    with one.reading() as (connection, _):
        speaker = syncing.own.get(connection, syncing.SPEAKER)
    signer = syncing.Signer(speaker[8:])
    newer = replace(request, batch=b"\x63\x01newer")

    answer = read_answer(server.exchange.answer(newer.to_bytes(signer, server.who.signing.public))).answer

    assert answer.why == "district-older"


@pytest.mark.parametrize("form", [1, 2, 8])
def test_the_courier_hands_a_later_message_on_and_takes_a_page_for_a_page(form):
    assert _checked(bytes((form,)) + b"x", "https://a.gov.vn")[0] == form
    for data, why in (
        (b"\n<html>", "captive-portal"),
        (b"\x09x", "not-the-district"),
        (b"", "not-the-district"),
    ):
        with pytest.raises(Unreachable, match=why):
            _checked(data, "https://a.gov.vn")
