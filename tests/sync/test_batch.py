"""Batches: what comes out is what went in, to the byte; what nobody packed is refused by name."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import Refused
from counter_app.domain.events import Header, Ref
from counter_app.domain.runs import Packed, Run
from counter_app.sync.batch import LARGEST, MOST_EVENTS, Dictionary, Packer, columns
from counter_app.sync.columns import Column, Cursor
from counter_app.sync.marks import marked, plain
from counter_app.system.paths import resource

ONE = Dictionary(1, resource("wire/1.zdict").read_bytes())
PACKER = Packer([ONE])
LOGS = st.sampled_from([bytes((n,)) * 8 for n in range(4)])
DOSSIERS = st.sampled_from([bytes((n,)) * 16 for n in (0, 1, 255)]) | st.binary(min_size=16, max_size=16)
PROOF = st.binary(min_size=32, max_size=32)
WORDS = st.text(st.characters(categories=("Lu", "Ll", "Nd"), max_codepoint=0xFF), max_size=12)
PAYLOADS = (
    st.binary(max_size=80)
    | st.just(b'{"at":"2026-11-22T08:15:00+07:00"}')
    | st.builds(
        b'{"at":"%s","due":"%s"}'.__mod__, st.tuples(*[st.sampled_from([b"1970-01-01T07:00:00+07:00"])] * 2)
    )
)


@st.composite
def runs(draw: st.DrawFn) -> Run:
    log, first = draw(LOGS), draw(st.integers(1, 2**62))
    events = []
    dossiers = []
    for seq in range(first, first + draw(st.integers(1, 5))):
        refs = st.builds(Ref, LOGS, st.integers(1, 2**62), st.binary(min_size=8, max_size=8))
        header = Header(
            log,
            seq,
            draw(st.integers(0, 2**63 - 1)),
            draw(DOSSIERS),
            draw(st.booleans()),
            draw(st.sampled_from(["received", "returned", "a_kind_of_later"])),
            draw(st.integers(1, 0xFFFF)),
            draw(WORDS),
            tuple(sorted(draw(st.sets(refs, max_size=3)))),
        )
        dossiers.append(header.dossier)
        raw = header.to_bytes()
        events.append(
            draw(
                st.one_of(
                    st.builds(Packed, st.just(raw), PAYLOADS),
                    st.builds(Packed, st.just(raw), PAYLOADS, PROOF),
                    st.builds(
                        lambda proof, why, raw=raw: Packed(raw, None, proof=proof, absent=why),
                        PROOF,
                        st.sampled_from(["erased", "not_carried"]),
                    ),
                )
            )
        )
    salted = draw(st.sets(st.sampled_from(dossiers)))
    salts = {dossier: draw(st.binary(min_size=16, max_size=16)) for dossier in salted}
    return Run(log, first, tuple(events), salts, draw(st.binary(min_size=64, max_size=64)))


@given(st.lists(runs(), max_size=4))
def test_what_comes_out_is_what_went_in(sent: list[Run]) -> None:
    assert PACKER.unpack(PACKER.pack(sent)) == sent
    for before, after in zip(sent, PACKER.unpack(PACKER.pack(sent)), strict=True):
        assert after.salts == before.salts


def test_a_salt_travels_once_for_each_log_and_dossier() -> None:
    run = Run(b"L" * 8, 1, (event(1), event(2)), {bytes(16): b"S" * 16}, bytes(64))
    later = Run(b"L" * 8, 3, (event(3),), {bytes(16): b"S" * 16}, bytes(64))
    other = Run(b"M" * 8, 1, (event(1, b"M" * 8),), {bytes(16): b"S" * 16}, bytes(64))

    whole = columns([run, later, other])

    assert whole.count(b"S" * 16) == 2
    assert [run.salts for run in PACKER.unpack(PACKER.pack([run, later, other]))] == [
        {bytes(16): b"S" * 16}
    ] * 3


def event(seq: int, log: bytes = b"L" * 8, payload: bytes = b"{}") -> Packed:
    header = Header(log, seq, seq << 16, bytes(16), True, "received", 1, "lan")
    return Packed(header.to_bytes(), payload)


SMALL = Run(b"L" * 8, 1, (event(1), event(2, payload=b'{"a":1}')), {bytes(16): b"S" * 16}, b"E" * 64)


def test_the_columns_of_a_small_batch_to_the_byte() -> None:
    """The format is what travels: whoever changes these bytes changes what others must read."""
    parts = (
        "01" "4c4c4c4c4c4c4c4c",  # logs
        "01" "00" "01" "02",  # runs: log 0, from 1, two events
        "45" * 64,  # ends
        "01" "08" "7265636569766564" "01" "01",  # sorts: received, version 1, a fact
        "0000",  # sort
        "01" "03" "6c616e",  # actors: lan
        "0000",  # actor
        "0000",  # times: the seconds of 1970
        "0102",  # millis
        "0000",  # counters
        "0001",  # dossiers: a new one, the one before
        "01",  # born: 0 less 1 ms
        "00" * 10,  # ids
        "0000",  # seen
        "",  # marks
        "0000",  # states
        "",  # proofs
        "",  # lengths
        b'{}\n{"a":1}\n'.hex(),  # payloads
        "01",  # salted
        "53" * 16,  # salts
    )  # fmt: skip
    whole = Column()
    for part in parts:
        whole.counted(bytes.fromhex(part))

    assert columns([SMALL]).hex() == whole.data().hex()


def test_a_batch_of_today_can_be_read_for_ever() -> None:
    for name in ("batch-1.bin", "batch-2.bin"):
        kept = Path(__file__).with_name(name).read_bytes()

        assert PACKER.unpack(kept) == [SMALL]
        assert PACKER.unpack(kept)[0].salts == SMALL.salts


SAID = '"2026-11-22T08:15:00+07:00"'
DUE = '"2026-12-01T17:00:00+07:00"'


@pytest.mark.parametrize(
    ("payload", "line"),
    [
        (f'{{"at":{SAID}}}', b'{"at":"\x01"}'),
        (
            '{"code":"H11.027-261122-00001","starts":"2026-11-22"}',
            b'{"code":"H11.027-\x03-00001","starts":"\x02"}',
        ),
        (
            f'{{"due":{DUE},"promise":{{"due":{DUE}}}}}',
            f'{{"due":{DUE},"promise":{{"due":"\x04"}}}}'.encode(),
        ),
        ('{"due":null,"to":"Lan"}', b'{"due":null,"to":"Lan"}'),
        ('{"due":"', b'{"due":"'),
    ],
)
def test_what_an_events_time_says_stands_in_its_payload_as_one_byte(payload: str, line: bytes) -> None:
    ms = 1_795_310_100_999  # 2026-11-22T08:15:00.999+07:00

    assert marked(payload.encode(), ms) == line
    assert plain(line, ms) == payload.encode()


def framed(data: bytes) -> bytes:
    squeeze = zstandard.ZstdCompressor(dict_data=zstandard.ZstdCompressionDict(ONE.data), write_dict_id=False)
    return b"\x02\x01" + squeeze.compress(data)


def changed(column: int, to: bytes) -> bytes:
    """The small batch with another content of one column."""
    whole, made = Cursor(columns([SMALL])), Column()
    for number in range(21):
        held = whole.counted()
        made.counted(to if number == column else held)
    return framed(made.data())


HUGE = b"\xff" * 9 + b"\x01"
DAMAGED = {
    "nothing": b"",
    "one byte": b"\x01",
    "no frame": b"\x02\x01",
    "no zstd": b"\x02\x01rows and rows",
    "without another's dictionary": b"\x02\x01" + zstandard.compress(columns([SMALL]))[:-1],
    "cut off": PACKER.pack([SMALL])[:-3],
    "more behind it": PACKER.pack([SMALL]) + b"x",
    "too few columns": framed(b"\x00" * 20),
    "too many columns": framed(columns([SMALL]) + b"\x00"),
    "a bomb": framed(bytes(LARGEST + 1)),
    "a frame that hides its size": b"\x02\x01"
    + zstandard.ZstdCompressor(write_content_size=False).compress(columns([SMALL])),
    "more logs than there are": changed(0, HUGE),
    "a log that nobody named": changed(1, b"\x01\x05\x01\x02"),
    "more runs than there are": changed(1, HUGE),
    "more events than there are": changed(1, b"\x01\x00\x01\x03"),
    "events without end": changed(1, b"\x01\x00\x01" + HUGE),
    "a place beyond the largest": changed(1, b"\x01\x00" + HUGE + b"\x02"),
    "a signature cut off": changed(2, b"E" * 63),
    "more signatures than runs": changed(2, b"E" * 65),
    "a kind that is no text": changed(3, b"\x01\x02\xff\xfe\x01\x01"),
    "a kind in capitals": changed(3, b"\x01\x02AB\x01\x01"),
    "a fact and a half": changed(3, b"\x01\x02ab\x01\x02"),
    "a sort that nobody named": changed(4, b"\x00\x01"),
    "an actor that nobody named": changed(6, b"\x00\x01"),
    "a time before all times": changed(7, b"\x01\x00"),
    "a counter of 17 bits": changed(9, b"\x00\x80\x80\x04"),
    "a dossier that was not met": changed(10, b"\x00\x02"),
    "a number in two bytes that needs one": changed(10, b"\x00\x81\x00"),
    "a number that never ends": changed(10, b"\x00" + b"\xff" * 30),
    "a dossier born before all times": changed(11, b"\x03"),
    "an id cut off": changed(12, b"\x00" * 9),
    "heads without end": changed(13, b"\x00" + HUGE),
    "a state of later": changed(15, b"\x00\x06"),
    "a proof that is not there": changed(15, b"\x00\x02"),
    "a payload longer than all": changed(15, b"\x04\x00"),
    "payloads left over": changed(18, b'{}\n{"a":1}\n '),
    "a payload without its end": changed(18, b'{}\n{"a":1}'),
    "a mark that means nothing": changed(18, b'{}\n{"a":\x05}\n'),
    "a mark of a return that was not promised": changed(18, b'{}\n{"a":\x04}\n'),
    "a thousand milliseconds": changed(8, b"\x00\xe8\x07"),
    "a salt that was never given": changed(19, b"\x02"),
    "a word of salts of later": changed(19, b"\x03"),
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED)
def test_what_nobody_packed_is_refused(data: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        PACKER.unpack(data)

    assert refusal.value.why == "batch-damaged"


@pytest.mark.parametrize("data", [b"\x03\x01rest", b"\x01\x02rest", b"\x00\x01rest"])
def test_another_format_or_dictionary_asks_for_an_update(data: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        PACKER.unpack(data)

    assert refusal.value.why == "batch-newer"


@given(st.binary(max_size=200))
def test_no_bytes_do_worse_than_be_refused(noise: bytes) -> None:
    for data in (noise, framed(noise)):
        try:
            PACKER.unpack(data)
        except Refused as refusal:
            assert refusal.why in ("batch-damaged", "batch-newer")


@given(st.integers(0, len(columns([SMALL])) - 1), st.integers(1, 255))
def test_a_flipped_byte_is_refused_or_gives_other_runs(place: int, flip: int) -> None:
    data = bytearray(columns([SMALL]))
    data[place] ^= flip

    try:
        read = PACKER.unpack(framed(bytes(data)))
    except Refused as refusal:
        assert refusal.why == "batch-damaged"
    else:
        assert read != [SMALL] or read[0].salts != SMALL.salts


def test_few_bytes_do_not_become_many_events() -> None:
    many = columns([Run(b"L" * 8, 1, (event(1),), {}, bytes(64))])
    assert len(framed(many)) < 200
    most = Run(b"L" * 8, 1, tuple(event(n) for n in range(1, MOST_EVENTS + 2)), {}, bytes(64))

    with pytest.raises(Refused):
        PACKER.unpack(PACKER.pack([most]))


@given(st.lists(st.integers(0, 2**64 - 1)), st.lists(st.integers(-(2**63), 2**63 - 1)))
def test_numbers_come_back(numbers: list[int], signed: list[int]) -> None:
    column = Column()
    for number in numbers:
        column.number(number)
    for number in signed:
        column.signed(number)
    cursor = Cursor(column.data())

    assert [cursor.number() for _ in numbers] == numbers
    assert [cursor.signed() for _ in signed] == signed
    cursor.end()


def test_several_threads_pack_at_once() -> None:
    runs = [Run(bytes((n,)) * 8, 1, (event(1, bytes((n,)) * 8),), {}, bytes(64)) for n in range(8)]

    with ThreadPoolExecutor(8) as pool:
        packed = list(pool.map(PACKER.pack, [[run] for run in runs * 40]))

    assert [PACKER.unpack(batch) for batch in packed] == [[run] for run in runs * 40]
