"""Messages of an exchange and of an enrolment: to the byte, back again, and nothing else is read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.crypto.signing import Signer
from counter_app.domain.errors import Refused
from counter_app.domain.vectors import Vector
from counter_app.sync import enrolment
from counter_app.sync.agreed import Claim
from counter_app.sync.enrolment import OneTimeCode, Place
from counter_app.sync.message import (
    AGAIN,
    LOST,
    REFUSED,
    TAKEN,
    Acknowledged,
    Answer,
    Facts,
    Request,
    Unproven,
    read_answer,
    read_proof,
    read_request,
)

DEVICE, SERVER = Signer(bytes(range(32))), Signer(bytes(range(32, 64)))
CODE = OneTimeCode("K7QX-2M2P-ABCD-EFGH")
TIME = 1_795_000_000_000
NONCE, DIGEST = bytes.fromhex("6e6f6e6365303031"), bytes(range(64, 96))
CLAIMS = (Claim(b"\xaa" * 8, 7, b"\xbb" * 8), Claim(b"\xcc" * 8, 300, b"\xdd" * 8))
REQUEST = Request(
    log=b"\x63\x0d\xcd\x29\x66\xc4\x33\x66",
    nonce=NONCE,
    counter=3,
    time_ms=TIME,
    agreed=b"\x11" * 8,
    claims=CLAIMS,
    facts=Facts(waiting=5, oldest=130, conflicts=1),
    room=16 * 1024,
    proof=b"",
    batch=b"\x02\x01batch",
)
ANSWERS = {
    "taken": Answer(
        TAKEN,
        NONCE,
        TIME,
        epoch=b"\x22" * 8,
        position=1_000,
        agreed=CLAIMS,
        refused=(Unproven(b"\xee" * 8, 9, "run-not-proven"),),
        aside=2,
        flags=1,
        batch=b"\x02\x01batch",
    ),
    "again": Answer(AGAIN, NONCE, TIME),
    "lost": Answer(
        LOST, NONCE, TIME, epoch=b"\x22" * 8, vector=Vector({b"\xaa" * 8: {7: frozenset([b"\xbb" * 32])}})
    ),
    "refused": Answer(REFUSED, bytes(8), TIME, why="device-unknown"),
}
PLACE = Place(bytes(range(32)), bytes(range(32, 64)), b"\x22" * 8, NONCE, TIME, 3, 12, "Sở mẫu", (DIGEST,))
GOLDEN = {
    "request": (
        "01630dcd2966c433666e6f6e63653030310380bcd9f29e340305820101111111111111111102aaaaaaaaaaaaaaaa07bb"
        "bbbbbbbbbbbbbbccccccccccccccccac02dddddddddddddddd80800100070201626174636873ae2f35c20a5b9f41372e"
        "c0220238925f0a06e7a38c4ca2810d7e381ee976987bcf8c47a7953788d7e4e212654b6222cc9b34585606c9962013f3"
        "6d6c3bbf06"
    ),
    "taken": (
        "01006e6f6e636530303180bcd9f29e342222222222222222e80702aaaaaaaaaaaaaaaa07bbbbbbbbbbbbbbbbcccccccc"
        "ccccccccac02dddddddddddddddd01eeeeeeeeeeeeeeee090e72756e2d6e6f742d70726f76656e020107020162617463"
        "68b6e90233eab35aa8ea8258dd5574245854f58ec465890d4085daf20af03c7fa68926a8482a474a652d6697d855223a"
        "7c2cdaf5d8133bb9e0b58ba8a60541520c"
    ),
    "again": (
        "01016e6f6e636530303180bcd9f29e348eed11f7acfa4e23775143c91c199840759ad7ec8e316a47f32de8e1a44eea53"
        "3514dfec5300a4a3dd4b45d8025f20bda7833d4bc999a8458de15109da56e004"
    ),
    "lost": (
        "01026e6f6e636530303180bcd9f29e34222222222222222201aaaaaaaaaaaaaaaa010701bbbbbbbbbbbbbbbbbbbbbbbb"
        "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb145abc99e5f99291a58116b2febc690b2b5d6a02502b533dffe30b53"
        "66d8b14daa557069ab92f274dadddeeb3c2e1409e0a4c1cd67faf07e2844c0afb8cbb20e"
    ),
    "refused": (
        "0103000000000000000080bcd9f29e340e6465766963652d756e6b6e6f776e9a6481c932e201d4bb9db61d9863a61777"
        "404a1473cf4d24f921c4db1cfb969e1ed9aa87ff7fceaac80adf9721bd4c159f1b22aee04a97d7517e542b13f4680d"
    ),
    "entry": (
        "011c32c091abfe958980bcd9f29e3407020166697273747cc60ded77461c5f2758fe0586576134b022780b6c89b9113b"
        "e8b326fd589d7e808314b8085c32a04eec8d1601fa1f020d727e323a67927459cbd6a938a5b039b96265c6c984a862b7"
        "9fb4fca3d346559c83412cc14a66148b316a9e3a300801"
    ),
    "place": (
        "0100000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d"
        "2e2f303132333435363738393a3b3c3d3e3f22222222222222226e6f6e636530303180bcd9f29e34030c0a53e1bb9f20"
        "6de1baab7501404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f4822fbabf32b87f36b9d"
        "11d9f0455107cd569822c0a99e0fc470e87cdb03a000"
    ),
    "not let in": ("01030c636f64652d65787069726564"),
}


def made(name: str) -> bytes:
    signed = REQUEST.to_bytes(DEVICE, SERVER.public)
    if name == "request":
        return signed
    entry = enrolment.request(CODE, TIME, b"\x02\x01first", DEVICE)
    if name == "entry":
        return entry
    if name == "place":
        return PLACE.to_bytes(CODE.key, enrolment.read_request(entry).proof)
    if name == "not let in":
        return enrolment.refusal("code-expired")
    return ANSWERS[name].to_bytes(SERVER, signed[-64:], DIGEST if name == "taken" else bytes(32))


@pytest.mark.parametrize("name", GOLDEN)
def test_a_message_is_these_bytes(name):
    assert made(name).hex() == GOLDEN[name]


def test_a_request_and_its_answers_come_back_as_they_were():
    signed = read_request(bytes.fromhex(GOLDEN["request"]))
    assert signed.request == REQUEST and signed.by(DEVICE.public, SERVER.public)
    assert not signed.by(DEVICE.public, DEVICE.public)
    for name, answer in ANSWERS.items():
        told = read_answer(bytes.fromhex(GOLDEN[name]))
        digest = DIGEST if name == "taken" else bytes(32)
        assert told.answer == answer and told.by(SERVER.public, signed.signature, digest)
        assert not told.by(SERVER.public, bytes(64), digest)


def test_what_either_side_reads_is_told_where_older_programs_ignore_it():
    untold = Facts(waiting=5, oldest=130, conflicts=1)
    sent = [
        replace(REQUEST, facts=facts).to_bytes(DEVICE, SERVER.public)
        for facts in (untold, replace(untold, reads=3))
    ]

    assert read_request(sent[0]).request.facts.reads == 0
    assert read_request(sent[1]).request.facts == replace(untold, reads=3)
    assert sent[1][:-64] == sent[0][:-64].replace(b"\x03\x05\x82\x01\x01", b"\x05\x05\x82\x01\x01\x00\x03")
    flags = [replace(ANSWERS["taken"], flags=flags) for flags in (3, 4, 7)]
    assert [answer.reads for answer in flags] == [0, 3, 3]
    assert [read_answer(one.to_bytes(SERVER, bytes(64), DIGEST)).answer for one in flags] == flags


def test_an_enrolment_and_its_answer_come_back_as_they_were():
    sent = bytes.fromhex(GOLDEN["entry"])
    entry = enrolment.read_request(sent)

    assert (entry.code, entry.time_ms, entry.batch) == (
        enrolment.code_name(CODE.key),
        TIME,
        b"\x02\x01first",
    )
    assert entry.knows(CODE.key) and entry.by(DEVICE.public)
    assert enrolment.read_answer(bytes.fromhex(GOLDEN["place"]), CODE, sent) == PLACE
    with pytest.raises(Refused, match="code-expired"):
        enrolment.read_answer(bytes.fromhex(GOLDEN["not let in"]), CODE, sent)


def test_what_an_answer_acknowledged_is_proven_without_its_batch():
    told = read_answer(bytes.fromhex(GOLDEN["taken"]))
    proof = told.proof(bytes.fromhex(GOLDEN["request"])[-64:], DIGEST)

    assert read_proof(proof, SERVER.public) == Acknowledged(b"\x22" * 8, 1_000)
    assert b"batch" not in proof


@pytest.mark.parametrize("name", ["request", *ANSWERS])
def test_a_message_of_another_format_is_newer_and_a_cut_one_damaged(name):
    data = bytes.fromhex(GOLDEN[name])
    read = read_request if name == "request" else read_answer

    with pytest.raises(Refused, match="message-newer"):
        read(b"\x02" + data[1:])
    for end in range(len(data) - 64):
        with pytest.raises(Refused, match="message-damaged"):
            read(data[:end] + data[-64:] if end else b"")


@given(st.sampled_from(sorted(ANSWERS)), st.integers(0), st.integers(1, 255))
def test_an_altered_answer_is_refused_or_proves_nothing(name, place, flip):
    data = bytearray(bytes.fromhex(GOLDEN[name]))
    data[place % len(data)] ^= flip
    request = bytes.fromhex(GOLDEN["request"])[-64:]

    try:
        told = read_answer(bytes(data))
    except Refused as refusal:
        assert refusal.why in ("message-damaged", "message-newer")
    else:
        assert not told.by(SERVER.public, request, DIGEST if name == "taken" else bytes(32))


@given(st.integers(0), st.integers(1, 255))
def test_an_altered_answer_to_an_enrolment_lets_nobody_in(place, flip):
    data = bytearray(bytes.fromhex(GOLDEN["place"]))
    data[place % len(data)] ^= flip

    with pytest.raises(Refused):
        enrolment.read_answer(bytes(data), CODE, bytes.fromhex(GOLDEN["entry"]))


def test_a_device_may_tell_more_facts_than_are_known_here():
    body = bytes.fromhex(GOLDEN["request"])[:-64]
    facts = bytes((3, 5, 0x82, 0x01, 1))
    assert body.count(facts) == 1
    more = body.replace(facts, bytes((9, 5, 0x82, 0x01, 1, 0, 0, 0, 0, 0, 9)))

    assert read_request(more + bytes(64)).request == REQUEST
