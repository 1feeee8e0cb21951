"""Devices that lie and strangers who try: each thing refused with its reason, the rest goes on."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from counter_app.crypto.signing import REQUEST
from counter_app.district import devices
from counter_app.district import ledger as limits
from counter_app.district.tables import events, logs
from counter_app.domain import hlc
from counter_app.domain.errors import Refused
from counter_app.domain.events import Header, log_name
from counter_app.domain.runs import Run
from counter_app.domain.training import commune_id
from counter_app.services.packing import packer
from counter_app.sync import enrolment, message
from counter_app.sync.agreed import Claim
from counter_app.sync.enrolment import OneTimeCode
from counter_app.sync.message import AGAIN, LOST, REFUSED, TAKEN, read_answer
from counter_app.sync.older import columns
from counter_app.sync.weaving import woven
from counter_app.system.logs import Log
from tests.district import bases
from tests.district.liars import Liar, made_up
from tests.domain.acts import RECEPTION, START_MS
from tests.store.authors import COMMUNE, Author
from tests.store.machines import Machine, dossier_id
from tests.store.test_ingest_attacks import CHANGES
from tests.sync.test_batch import DAMAGED

FUZZ = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


BOTH = pytest.mark.parametrize(
    "server", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)


@pytest.fixture
def server(request, tmp_path):
    url = request.getfixturevalue("postgres_url") if getattr(request, "param", "") == "postgres" else ""
    base = bases.fresh(tmp_path, url)
    made = bases.Server(base)
    log = Log(tmp_path / "logs", now=lambda: datetime.fromtimestamp(made.now_ms / 1000, UTC))
    made.exchange = replace(made.exchange, notes=log)
    made.folder = tmp_path
    made.noted = lambda: (tmp_path / "logs" / "counter.log").read_text("utf-8")
    yield made
    base.close()


@pytest.fixture
def commune(server):
    return bases.commune_in(server.base)


@pytest.fixture
def liar(server, commune):
    return Liar(server, commune).enrol()


def received(author: Author, number: int = 1) -> Run:
    return author.add("received", dossier_id(number), RECEPTION).run()


def stranger(seed: int) -> Run:
    return Author(seed).open(dossier_id(seed), commune=dossier_id(seed).hex()).run()


def heads(server: bases.Server, commune: int) -> dict[bytes, int]:
    return dict(bases.vector(server.base, commune).heads)


def holds(server: bases.Server, commune: int) -> None:
    """Positions without a hole; and all that is here can be proven again by who hears it from here."""
    with server.base.reading() as connection:
        found = connection.execute(select(events.c.position).where(events.c.commune == commune))
        places = sorted(found.scalars())
    assert places == list(range(1, len(places) + 1))
    other = bases.fresh(server.folder)
    there = bases.commune_in(other)
    told = bases.runs(server.base, commune)
    for start in range(0, len(told), limits.MOST_NEW // 2):
        taken = bases.hear(other, there, told[start : start + limits.MOST_NEW // 2])
        assert taken.refused == ()
    assert bases.vector(other, there) == bases.vector(server.base, commune)
    other.close()


# Batches.


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED)
def test_a_batch_that_nobody_packed_is_refused_and_the_next_request_goes_on(server, commune, liar, data):
    before = heads(server, commune)
    answer = liar.ask(batch=data or b"\x01")

    assert (answer.verdict, answer.why) == (REFUSED, "batch-damaged")
    assert heads(server, commune) == before
    assert liar.ask(received(liar.author)).verdict == TAKEN
    assert "why=batch-damaged" in server.noted()


def test_a_batch_that_expands_is_not_opened(server, liar):
    bomb = b"\x01\x01" + zstandard.compress(bytes(1 << 28), level=3)
    assert len(bomb) < 60_000
    began = time.process_time()

    answer = liar.ask(batch=bomb)

    assert (answer.verdict, answer.why) == (REFUSED, "batch-damaged")
    assert time.process_time() - began < 2


def test_more_runs_than_a_batch_can_bear_are_refused(server, liar):
    one = received(liar.author)

    answer = liar.ask(batch=packer().pack([one] * 300))

    assert (answer.verdict, answer.why) == (REFUSED, "batch-damaged")


@pytest.mark.parametrize("lie", CHANGES)
def test_a_changed_run_is_refused_by_its_reason_and_the_good_ones_go_in(server, commune, tmp_path, lie):
    change, why = CHANGES[lie]
    there = Machine.new(tmp_path / "there.db", 3)
    bases.hear(server.base, commune, there.runs())
    known = there.vector()
    with there.writing() as pen:
        pen.append("received", dossier_id(1), RECEPTION | {"code": "H55.242-261122-0001"}, "lan")
        pen.append("step_taken", dossier_id(1), {"step": "thẩm định"}, "lan")
        pen.append("finished", dossier_id(1), {"result": "Giấy khai sinh"}, "lan")
    [first], middle = there.runs(known), there.vector()
    there.receive(2)
    [second] = there.runs(middle)
    bad, good = change(first, second), stranger(9)

    taken = bases.hear(server.base, commune, [bad, good])

    assert (taken.new, taken.refused) == (1, ((bad.log.hex(), bad.first, why),))
    assert heads(server, commune)[there.log] == 1
    assert bases.hear(server.base, commune, [first, second]).new == 4
    holds(server, commune)
    there.close()


WAYS = {b"\x02\x01": columns, b"\x03\x02": lambda runs: b"".join(woven(runs))}


@pytest.mark.parametrize("form", WAYS)
@FUZZ
@given(data=st.data())
def test_any_byte_of_a_batchs_columns_may_be_wrong(server, commune, liar, form, data):
    good, author = stranger(200), liar.author.twin()
    raw = bytearray(WAYS[form]([received(author), good]))
    for _ in range(data.draw(st.integers(1, 3))):
        raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    before = heads(server, commune)

    answer = liar.ask(batch=framed(bytes(raw), form))

    if answer.verdict == TAKEN:
        assert len(answer.refused) + sum(heads(server, commune).values()) - sum(before.values()) in (0, 1, 2)
    else:
        assert (answer.verdict, answer.why) == (REFUSED, "batch-damaged")


def framed(data: bytes, form: bytes) -> bytes:
    return form + zstandard.ZstdCompressor().compress(data)


# Messages.


ABSURD = 2**64 - 1
FIELDS: dict[str, dict[str, Any]] = {
    "a counter": {"counter": ABSURD},
    "a time": {"time_ms": ABSURD},
    "a claim": {"claims": (Claim(bytes(8), ABSURD, bytes(8)),)},
    "a claim at nothing": {"claims": (Claim(bytes(8), 0, bytes(8)),)},
    "more claims than anybody has": {"claims": tuple(map(made_up, range(2000)))},
}


@pytest.mark.parametrize("fields", FIELDS.values(), ids=FIELDS)
def test_absurd_numbers_are_refused(server, commune, liar, fields):
    answer = liar.ask(**fields)

    assert (answer.verdict, answer.why) == (REFUSED, "message-damaged")
    assert liar.ask(received(liar.author)).verdict == TAKEN


def test_a_room_and_facts_without_end_are_answered_as_if_they_had_one(server, commune, liar):
    facts = message.Facts(ABSURD, ABSURD, ABSURD)

    answer = liar.ask(room=ABSURD, facts=facts, counter=2**63 - 1)

    assert answer.verdict == TAKEN
    assert len(answer.batch) < 17 * 1024


def test_claims_that_are_made_up_bring_nothing_and_cost_nothing(server, commune, liar):
    known = Claim(liar.author.log, 1, liar.author.head[:8])
    lies = [known, known._replace(seq=7), known._replace(mark=bytes(8)), *map(made_up, range(900))]

    answer = liar.ask(claims=tuple(lies))

    assert (answer.verdict, answer.agreed) == (TAKEN, (known,))


def test_a_run_too_many_times_in_one_batch_is_taken_once(server, commune, liar):
    run = received(liar.author)

    answer = liar.ask(run, run, run)

    assert (answer.verdict, answer.refused) == (TAKEN, ())
    assert heads(server, commune)[liar.author.log] == 2
    holds(server, commune)


def test_a_request_of_more_bytes_than_a_message_has_is_refused(server, liar):
    answer = read_answer(server.exchange.answer(b"\x01" * (message.LARGEST + 1))).answer

    assert (answer.verdict, answer.why) == (REFUSED, "message-too-large")


def test_who_is_not_enrolled_is_refused_whatever_he_signs(server, commune):
    outsider = Liar(server, commune, seed=8)

    answer = outsider.ask(received(outsider.author))

    assert (answer.verdict, answer.why) == (REFUSED, "device-unknown")
    assert heads(server, commune) == {}
    assert "request-refused device=None why=device-unknown" in server.noted()


def test_who_speaks_for_another_device_is_refused(server, commune, liar):
    other = Author(8)
    made = message.Request(liar.author.log, liar.nonce, 1, START_MS, liar.agreed.name)

    answer = liar.hear(made.to_bytes(other.signer, server.who.signing.public))

    assert (answer.verdict, answer.why) == (REFUSED, "request-forged")


def test_a_request_for_another_district_is_refused(server, liar):
    made = message.Request(liar.author.log, liar.nonce, 1, START_MS, liar.agreed.name)

    answer = liar.hear(made.to_bytes(liar.author.signer, bytes(32)))

    assert (answer.verdict, answer.why) == (REFUSED, "request-forged")


def test_a_request_said_again_moves_nothing(server, commune, liar):
    said = liar.request(received(liar.author))
    assert liar.hear(said).verdict == TAKEN
    stood = heads(server, commune)

    assert liar.hear(said).verdict == AGAIN

    assert heads(server, commune) == stood


@FUZZ
@given(data=st.data())
def test_no_bytes_of_a_request_do_worse_than_be_refused(server, commune, liar, data):
    good = liar.request(received(liar.author.twin()), stranger(200))
    noise = data.draw(st.binary(max_size=300) | st.binary(max_size=300).map(lambda b: b"\x01" + b))
    cut = data.draw(st.integers(0, 1 << 16)) % (len(good) + 1)  # its length is not the same each time
    altered = bytearray(good)
    altered[data.draw(st.integers(0, 1 << 16)) % len(good)] ^= data.draw(st.integers(1, 255))
    before = heads(server, commune)

    for said in (noise, good[:cut] if cut < len(good) else b"", bytes(altered), good[cut:]):
        if said == good:
            continue
        assert read_answer(server.exchange.answer(said)).answer.verdict == REFUSED

    assert heads(server, commune) == before


@FUZZ
@given(data=st.data())
def test_no_body_that_a_device_signs_does_worse_than_be_refused(server, commune, liar, data):
    body = bytearray(liar.request(received(liar.author.twin()), claims=(made_up(1),))[:-64])
    for _ in range(data.draw(st.integers(1, 4))):
        at, bits = data.draw(st.integers(0, 1 << 16)), data.draw(st.integers(1, 255))
        body[9 + at % (len(body) - 9)] ^= bits  # its length is not the same each time
    signature = liar.author.signer.sign(REQUEST, server.who.signing.public + bytes(body))

    answer = liar.hear(bytes(body) + signature)

    assert answer.verdict in (TAKEN, AGAIN, LOST, REFUSED)
    assert answer.verdict != REFUSED or answer.why in ("message-damaged", "batch-damaged", "district-older")


# Logs.


@BOTH
def test_a_clock_of_the_far_future_is_kept_and_the_district_does_not_believe_it(server, commune, liar):
    said = {"agency": "H55.242", "name": "UBND xã Nậm Mây"}
    own = bytes([len("H55.242")] * 16)
    future = liar.author.add("agency_named", own, said, at=hlc.LARGEST).run()

    assert liar.ask(future).verdict == TAKEN
    Liar(server, commune, seed=8).enrol()

    assert heads(server, commune)[liar.author.log] == 2
    mine = own_log(server, commune)
    with server.base.reading() as connection:
        rows = connection.execute(select(events.c.header)).scalars()
        clocks = [head.hlc for head in map(Header.from_bytes, map(bytes, rows)) if head.log == mine]
    assert len(clocks) >= 3
    assert all(hlc.wall_ms(clock) == START_MS for clock in clocks)
    holds(server, commune)


def own_log(server: bases.Server, commune: int) -> bytes:
    return log_name(server.who.log_key(commune).public)


def test_nobody_else_writes_in_the_districts_log(server, commune, liar):
    mine = own_log(server, commune)
    [run] = [run for run in bases.runs(server.base, commune) if run.log == mine]
    forged = Author(11)
    forged.log, forged.seq, forged.first = mine, run.last, run.last + 1
    said = forged.add("agency_named", COMMUNE, {"agency": "H55.1", "name": "x"}).run()
    opened = Author(12)
    opened.log = mine

    answer = liar.ask(said, opened.open().run())

    assert [one.why for one in answer.refused] == ["run-not-proven"] * 2
    assert heads(server, commune)[mine] == run.last


def test_a_district_put_back_in_time_writes_on_after_it_heard_what_it_had_forgotten(server, commune, liar):
    yesterday = bases.kept(server.base)
    Liar(server, commune, seed=8).enrol()
    lost = [run for run in bases.runs(server.base, commune) if run.log == own_log(server, commune)]
    bases.put_back(server.base, yesterday)
    Liar(server, commune, seed=9).enrol()

    forked = heads(server, commune)[own_log(server, commune)]
    assert liar.ask(*lost).refused == ()
    for seed in (10, 11):
        Liar(server, commune, seed=seed).enrol()

    assert len(server_branches(server, commune, own_log(server, commune))) == 3
    assert heads(server, commune)[own_log(server, commune)] >= forked + 2
    holds(server, commune)


def test_one_device_opens_no_logs_without_end(server, commune, liar):
    said = [stranger(seed) for seed in range(1000, 1000 + limits.MOST_NEW + 40)]

    answer = liar.say(*said[:100])
    counts = [len(heads(server, commune))]
    for start in range(0, 600, 40):
        liar.say(*(stranger(seed) for seed in range(2000 + start, 2040 + start)))
    counts.append(len(heads(server, commune)))
    liar.say(received(liar.author))
    Liar(server, commune, seed=8).enrol()

    assert [one.why for one in answer.refused] == ["too-many-logs"] * (100 - limits.MOST_NEW)
    assert counts == [2 + limits.MOST_NEW, 2 + limits.MOST_ASIDE]
    assert heads(server, commune)[liar.author.log] == 2
    assert len(heads(server, commune)) == 3 + limits.MOST_ASIDE


def test_all_that_a_full_commune_knows_fits_in_an_answer(server, commune, liar):
    for start in range(2000, 2150, 10):
        authors = [
            Author(seed).open(dossier_id(seed), commune=dossier_id(seed).hex())
            for seed in range(start, start + 10)
        ]
        for author in authors:
            for number in range(40):
                author.add("noted", dossier_id(1), {"text": str(number)})
        bases.hear(server.base, commune, [author.run() for author in authors])

    answer = liar.ask(agreed=bytes(8))

    assert answer.verdict == LOST
    assert answer.vector.samples[liar.author.log]
    assert own_log(server, commune) in answer.vector.samples


@BOTH
def test_a_log_has_not_more_branches_than_anybody_needs(server, commune, liar):
    liar.say(received(liar.author))
    for start in range(0, 90, 15):
        twins = [liar.author.twin() for _ in range(15)]
        said = [
            twin.add("noted", dossier_id(1), {"text": str(start + n)}).run() for n, twin in enumerate(twins)
        ]
        answer = liar.say(*said)

    assert {one.why for one in answer.refused} == {"too-many-forks"}
    assert len(server_branches(server, commune, liar.author.log)) == limits.MOST_BRANCHES
    liar.say(received(Author(31).open(dossier_id(31), commune=dossier_id(31).hex())))
    holds(server, commune)


def server_branches(server: bases.Server, commune: int, log: bytes) -> list[Any]:
    with server.base.reading() as connection:
        known = limits.read_map(connection, commune)
        row = known.find(log)
        assert row is not None
        return known.branches_of(row.id)


def test_a_fork_that_no_run_could_pass_on_is_refused(server, commune, liar):
    note = {"text": "a" * 7000}
    trunk, other = liar.author, liar.author.twin()
    for _ in range(2):
        trunk.add("noted", dossier_id(1), note)
    liar.say(trunk.run())
    for author in (other,):
        author.add("noted", dossier_id(1), note)
        author.packed, author.first = [], author.seq + 1  # after an event that nobody signed alone
        author.add("noted", dossier_id(1), {"text": "b" * 9500})

    answer = liar.say(other.run())

    assert [one.why for one in answer.refused] == ["run-too-long"]
    holds(server, commune)


@BOTH
def test_a_branch_with_another_salt_is_passed_on(server, commune, liar):
    trunk, other = liar.author, liar.author.twin()
    for _ in range(2):
        trunk.add("noted", dossier_id(1), {"text": "a"})
    liar.say(trunk.run())
    other.add("noted", dossier_id(1), {"text": "a"})
    other.packed, other.salts, other.first = [], {}, other.seq + 1
    other.add("noted", dossier_id(1), {"text": "b"}, salt=bytes(16))

    answer = liar.say(other.run())

    assert answer.refused == ()
    holds(server, commune)


@st.composite
def lives(draw: st.DrawFn) -> list[tuple[int, int, int, bool]]:
    """Which of the twins goes on, with how many events, under which salt, and whether he forks first."""
    step = st.tuples(st.integers(0, 5), st.integers(1, 4), st.integers(0, 2), st.booleans())
    return draw(st.lists(step, min_size=2, max_size=12))


@settings(FUZZ, max_examples=25)
@given(lives())
def test_whatever_an_author_signs_is_refused_or_can_be_passed_on(server, tmp_path, life):
    place = len(list(tmp_path.glob("district-*.db")))
    with server.base.writing() as connection:
        commune = devices.add_commune(connection, f"H55.{100 + place}", "UBND xã", "2025-07-01", os.urandom)
    own = place.to_bytes(16, "big")
    authors = [Author(5000 + place).open(own, commune=own.hex())]
    for which, count, salt, forks in life:
        author = authors[which % len(authors)]
        if forks:
            author = author.twin()
            authors.append(author)
        for number in range(count):
            text = {"text": str(salt) * (1 if number else 3000)}
            author.add("noted", dossier_id(number % 2), text, salt=bytes([salt]) * 16)
            if forks and number == 1:
                twin = author.twin()
                twin.packed, twin.salts, twin.first = [], {}, twin.seq + 1
                authors.append(twin)
        taken = bases.hear(server.base, commune, [author.run()])
        assert {why for _, _, why in taken.refused} <= {"run-too-long", "run-has-a-gap", "run-not-proven"}

    if heads(server, commune):
        holds(server, commune)


# Communes.


@BOTH
def test_a_strangers_log_in_one_commune_does_not_keep_it_out_of_its_own(server, commune, liar):
    there = bases.commune_in(server.base, "H55.24", "UBND xã Hua Nhàn")
    home = dossier_id(0xC0000077)
    neighbour = Liar(server, there, seed=8, home=home)
    assert liar.ask(neighbour.first).refused == ()

    neighbour.enrol()
    answer = neighbour.ask(received(neighbour.author))

    assert (answer.verdict, answer.refused) == (TAKEN, ())
    assert heads(server, there)[neighbour.author.log] == 2
    assert heads(server, commune)[neighbour.author.log] == 1
    with server.base.reading() as connection:
        trust = select(logs.c.trust).where(logs.c.log == neighbour.author.log, logs.c.commune == commune)
        assert connection.execute(trust).scalar() == "aside"


@BOTH
def test_a_log_of_an_enrolled_neighbour_is_refused(server, commune, liar):
    there = bases.commune_in(server.base, "H55.24", "UBND xã Hua Nhàn")
    neighbour = Liar(server, there, seed=8, home=dossier_id(0xC0000077)).enrol()

    answer = liar.ask(neighbour.first, received(liar.author))

    assert [one.why for one in answer.refused] == ["log-of-another-commune"]
    assert heads(server, commune)[liar.author.log] == 2


@BOTH
def test_who_says_that_a_neighbours_commune_is_his_does_not_enter(server, commune, liar):
    there = bases.commune_in(server.base, "H55.24", "UBND xã Hua Nhàn")
    thief = Liar(server, there, seed=8)
    bases.hear(server.base, there, [])

    with pytest.raises(Refused, match="log-of-another-commune"):
        thief.enrol()

    assert heads(server, there) == {}


# Enrolment.


def test_a_training_store_does_not_enter(server, commune):
    training = commune_id(bytes(16), training=True)

    with pytest.raises(Refused, match="training-stays"):
        Liar(server, commune, home=training).enrol()


@BOTH
@pytest.mark.parametrize("name", ["\0\0", "M" * 13_000, "‮YÁM", ""])
def test_a_machine_of_any_name_enters_and_no_column_chokes_on_it(server, commune, name):
    liar = Liar(server, commune, machine=name).enrol()

    assert liar.ask(received(liar.author)).verdict == TAKEN
    with server.base.reading() as connection:
        shown = connection.execute(select(logs.c.machine).where(logs.c.log == liar.author.log)).scalar()
    assert len(shown) <= 200
    assert shown.isprintable()
    holds(server, commune)


@FUZZ
@given(data=st.data())
def test_no_bytes_of_an_enrolment_do_worse_than_be_refused(server, commune, data):
    liar = Liar(server, commune, seed=60)
    code = OneTimeCode.draw()
    good = liar.entry(code)
    altered = bytearray(good)
    altered[data.draw(st.integers(0, len(good) - 1))] ^= data.draw(st.integers(1, 255))
    cut = data.draw(st.integers(0, len(good)))

    for said in (good, bytes(altered), good[:cut], data.draw(st.binary(max_size=200)), bytes(70_000)):
        with pytest.raises(Refused):
            enrolment.read_answer(server.exchange.enrol(said), code, good)

    assert heads(server, commune) == {}


ODD: dict[str, Callable[[Liar], bytes]] = {
    "nothing": lambda liar: b"",
    "no batch": lambda liar: b"rows",
    "two logs": lambda liar: packer().pack([liar.first, stranger(61)]),
    "no run": lambda liar: packer().pack([]),
    "another's log": lambda liar: packer().pack([stranger(62)]),
    "no first run": lambda liar: packer().pack([received(liar.author)]),
    "a bomb": lambda liar: framed(bytes(1 << 24), b"\x01\x01"),
    "an empty run": lambda liar: packer().pack([Run(bytes(8), 2**64 - 1, (), {}, bytes(64))]),
}


@pytest.mark.parametrize("what", ODD)
def test_whoever_knows_a_code_enters_with_the_beginning_of_his_own_log_only(server, commune, what):
    liar = Liar(server, commune)
    code = liar.invited()
    said = enrolment.request(code, START_MS, ODD[what](liar), liar.author.signer)

    with pytest.raises(Refused) as refused:
        enrolment.read_answer(server.exchange.enrol(said), code, said)

    assert heads(server, commune) == {}
    assert f"enrolment-refused why={refused.value.why}" in server.noted()
    said = liar.entry(code)
    enrolment.read_answer(server.exchange.enrol(said), code, said)


def test_what_is_noted_names_no_person(server, commune, liar):
    liar.ask(batch="\x01\x01Nguyễn Văn An 0900000123".encode())
    liar.ask(stranger(3), replace(received(liar.author), signature=bytes(64)))

    lines = server.noted().splitlines()

    assert len(lines) == 2
    assert "why=batch-damaged" in lines[0]
    assert "run-refused device=1 why=run-not-proven" in lines[1]
    assert not any(word in server.noted() for word in ("An", "0900000123", "\\x", "b'"))
