"""Batches: what comes out is what went in, to the byte; what nobody packed is refused by name."""

from __future__ import annotations

import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import Refused
from counter_app.domain.events import Header, Ref
from counter_app.domain.runs import Packed, Run
from counter_app.sync.batch import COMMON, FORMAT, Dictionary, Packer
from counter_app.sync.columns import Column, Cursor
from counter_app.sync.limits import LARGEST, MOST_EVENTS
from counter_app.sync.marks import marked, plain
from counter_app.sync.older import columns
from counter_app.sync.weaving import NAMES, woven
from counter_app.system.paths import resource

ONE, TWO = (Dictionary(number, resource(f"wire/{number}.zdict").read_bytes()) for number in (1, 2))
PACKER = Packer([ONE, TWO])
FORMATS = (COMMON, FORMAT)
LOGS = st.sampled_from([bytes((n,)) * 8 for n in range(4)])
DOSSIERS = st.sampled_from([bytes((n,)) * 16 for n in (0, 1, 255)]) | st.binary(min_size=16, max_size=16)
PROOF = st.binary(min_size=32, max_size=32)
WORDS = st.text(st.characters(categories=("Lu", "Ll", "Nd"), max_codepoint=0xFF), max_size=12)
NUMBER = st.sampled_from(
    [b"010091913985", b"010172621450", b"25", b"0", b"007", b"18446744073709551616", b""]
)
TEXT = st.sampled_from(
    [b"Lan", b"Lan A", b"a, b", b"c, d, e", b"1970-01-01", b"1991-12-05", b"%d %", b'\\"', b""]
)
PARTY = st.builds(
    b'{"birth_date":"%b","id_number":"%b","name":"%b","phone":"%b","sex":"Nam"}'.__mod__,
    st.tuples(TEXT, NUMBER, TEXT, NUMBER),
)
SAID = st.builds(
    b'{"at":"1970-01-01T07:00:00+07:00","id_number":"%b","to":"%b"}'.__mod__, st.tuples(NUMBER, TEXT)
)
RECEIVED = st.builds(
    b'{"applicant":%b,"components":[{"count":%b,"name":"%b"},{"count":%b,"name":"%b"}],"needs":["%b"]}'.__mod__,
    st.tuples(PARTY, NUMBER, TEXT, NUMBER, TEXT, TEXT),
)
PAYLOADS = (
    st.binary(max_size=80)
    | SAID
    | RECEIVED
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
                    st.builds(lambda payload, raw=raw: Packed(raw, payload), PAYLOADS),
                    st.builds(lambda payload, key, raw=raw: Packed(raw, payload, key), PAYLOADS, PROOF),
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


@pytest.mark.parametrize("form", FORMATS)
@given(sent=st.lists(runs(), max_size=4))
def test_what_comes_out_is_what_went_in(form: int, sent: list[Run]) -> None:
    found = PACKER.unpack(PACKER.pack(sent, form))

    assert found == sent
    assert [run.salts for run in found] == [run.salts for run in sent]
    assert all([Header.from_bytes(one.header) for one in run.events] == list(run.headers) for run in found)


@pytest.mark.parametrize("form", FORMATS)
def test_a_text_that_only_looks_like_a_moment_of_return_comes_back(form: int) -> None:
    """Such a payload keeps no honest machine from sending what stands beside it."""
    said = b'"a":"2026-11-22T08:15:00",'
    assert len(said) == 26
    payload = b'{"due":"' + said[:25] * 3 + b'"}'
    assert PACKER.unpack(PACKER.pack([_run(payload)], form)) == [_run(payload)]


def _run(payload: bytes) -> Run:
    header = Header(bytes(8), 1, 0, bytes(16), False, "received", 1, "", ())
    return Run(bytes(8), 1, (Packed(header.to_bytes(), payload),), {}, bytes(64))


def test_what_a_dossier_said_before_is_what_it_had_said_by_then() -> None:
    """Receptions come together among the columns, and returns behind them."""
    texts = [
        ("received", b'{"applicant":{"id_number":"25","name":"Lan"}}'),
        ("returned", b'{"id_number":"25","to":"Lan"}'),
        ("received", b'{"applicant":{"id_number":"26","name":"Mai"}}'),
        ("returned", b'{"id_number":"26","to":"Mai"}'),
    ]
    events = [
        Packed(Header(b"L" * 8, seq, seq << 16, bytes(16), True, kind, 1, "lan").to_bytes(), text)
        for seq, (kind, text) in enumerate(texts, 1)
    ]
    sent = [Run(b"L" * 8, 1, tuple(events), {}, bytes(64))]

    assert b"".join(woven(sent)).count(b"Lan") == b"".join(woven(sent)).count(b"Mai") == 1
    assert PACKER.unpack(PACKER.pack(sent, FORMAT)) == sent


@given(texts=st.lists(SAID | RECEIVED, min_size=8, max_size=40), number=st.integers(1, 3))
def test_payloads_of_few_shapes_come_back(texts: list[bytes], number: int) -> None:
    """Enough of each, so that its values are kept in every way that there is."""
    events = tuple(event(seq, payload=text, dossier=seq // 2 % number) for seq, text in enumerate(texts, 1))
    sent = [Run(b"L" * 8, 1, events, {}, bytes(64))]

    assert PACKER.unpack(PACKER.pack(sent, FORMAT)) == sent


def test_a_salt_travels_once_for_each_log_and_dossier() -> None:
    run = Run(b"L" * 8, 1, (event(1), event(2)), {bytes(16): b"S" * 16}, bytes(64))
    later = Run(b"L" * 8, 3, (event(3),), {bytes(16): b"S" * 16}, bytes(64))
    other = Run(b"M" * 8, 1, (event(1, b"M" * 8),), {bytes(16): b"S" * 16}, bytes(64))

    for form, whole in (
        (COMMON, columns([run, later, other])),
        (FORMAT, b"".join(woven([run, later, other]))),
    ):
        assert whole.count(b"S" * 16) == 2
        assert [run.salts for run in PACKER.unpack(PACKER.pack([run, later, other], form))] == [
            {bytes(16): b"S" * 16}
        ] * 3


def event(seq: int, log: bytes = b"L" * 8, payload: bytes = b"{}", dossier: int = 0) -> Packed:
    header = Header(log, seq, seq << 16, bytes(15) + bytes((dossier,)), True, "received", 1, "lan")
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


TOLD = (
    b'{"applicant":{"birth_date":"1991-12-05","id_number":"010091913985","name":"Lan","sex":"Nam"},"sets":1}',
    b'{"applicant":{"birth_date":"1872-02-25","id_number":"010172621450","name":"Mai","sex":"Nam"},"sets":1}',
    b'{"at":"1970-01-01T07:00:00+07:00","id_number":"010172621450","to":"Lan"}',
)
WOVEN = Run(b"L" * 8, 1, tuple(event(n, payload=told) for n, told in enumerate(TOLD, 1)), {}, b"E" * 64)


WORDS_OF = (
    b'{"applicant":{"birth_date":"\x08-12-05","id_number":"010\x05\x05\x05","name":"\x05","sex":"\x09"},"sets":1}\n'
    b'{"applicant":{"birth_date":"1872-02-25","id_number":"010\x05\x05\x05","name":"\x05","sex":"Nam"},"sets":1}\n'
    b'{"at":"\x01","id_number":"\x07","to":"Lan"}\n'
)
COLUMNS = {
    "runs": "01" "00" "01" "03",  # log 0, from 1, three events
    "after": "0102" "0102",  # one behind no sort, two behind the first; twice
    "dossiers": "00" "0101",  # a new one; the one before, twice
    "sort": "00" "0000",
    "actor": "01" "0000",  # the first; the same
    "middle": "000000",
    "far": "00" "000000",  # begins in second 0
    "millis": "000000",
    "counters": "000000",
    "seen": "000000",
    "states": "000000",
    "lengths": "",
    "salted": "00",
    "born": "01",  # 0 less 1 ms
    "shape": "000102",
    "shapes": "03" "00010203" "00010203",
    "ways": "04" "0300" "0300" "0206" "0000",  # two of numbers, one of six digits each, one of lines
    "places": "0001" "5b48",
    "logs": "4c4c4c4c4c4c4c4c",
    "ends": "45" * 64,
    "ids": "00" * 10,
    "marks": "",
    "proofs": "",
    "salts": "",
    "near": "000000",
    "fine": "010101",
    "digits": b"913985621450".hex(),
    "sorts": "01" "08" "7265636569766564" "01" "01",
    "actors": "01" "03" "6c616e",
    "words": (WORDS_OF + b"Lan\nMai\n").hex(),
    "raw": "",
}  # fmt: skip


def test_the_columns_of_format_3_to_the_byte() -> None:
    parts = {name: bytes.fromhex(part) for name, part in COLUMNS.items()}

    assert tuple(parts) == NAMES
    assert b"".join(woven([WOVEN])) == sized(parts)


def sized(parts: dict[str, bytes]) -> bytes:
    sizes = Column()
    sizes.numbers(list(map(len, parts.values())))
    return sizes.data() + b"".join(parts.values())


def test_a_batch_of_today_can_be_read_for_ever() -> None:
    for name, run in (("batch-1.bin", SMALL), ("batch-2.bin", SMALL), ("batch-3.bin", WOVEN)):
        kept = Path(__file__).with_name(name).read_bytes()

        assert PACKER.unpack(kept) == [run]
        assert PACKER.unpack(kept)[0].salts == run.salts


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


def framed(data: bytes, form: bytes = b"\x02\x01") -> bytes:
    known = zstandard.ZstdCompressionDict((ONE, TWO)[form[1] - 1].data)
    return form + zstandard.ZstdCompressor(dict_data=known, write_dict_id=False).compress(data)


def woven_with(**to: bytes) -> bytes:
    """The batch of format 3 with another content of some columns."""
    return framed(sized({name: bytes.fromhex(part) for name, part in COLUMNS.items()} | to), b"\x03\x02")


def only(word: bytes, events: int = 3, **to: bytes) -> bytes:
    """All three payloads of one shape."""
    return woven_with(
        **{
            "shape": bytes(3),
            "shapes": b"\x01",
            "ways": b"\x00",
            "places": b"",
            "digits": b"",
            "words": word + b"\n",
        }
        | to
    )


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


DAMAGED |= {
    f"format 3: {name}": data
    for name, data in {
        "no frame": b"\x03\x02",
        "cut off": PACKER.pack([WOVEN], FORMAT)[:-3],
        "more behind it": PACKER.pack([WOVEN], FORMAT) + b"x",
        "with another's dictionary": b"\x03\x01" + PACKER.pack([WOVEN], FORMAT)[2:],
        "another format's columns": b"\x03" + PACKER.pack([WOVEN], COMMON)[1:],
        "too few columns": framed(bytes(len(NAMES) - 1), b"\x03\x02"),
        "too many columns": framed(b"".join(woven([WOVEN])) + b"x", b"\x03\x02"),
        "a bomb": framed(bytes(LARGEST + 1), b"\x03\x02"),
        "half a log": woven_with(logs=b"L" * 9),
        "a log that nobody named": woven_with(runs=b"\x01\x01\x01\x03"),
        "more runs than there are": woven_with(runs=HUGE),
        "more events than there are": woven_with(runs=b"\x01\x00\x01\x04"),
        "events without end": woven_with(runs=b"\x01\x00\x01" + HUGE),
        "a place beyond the largest": woven_with(runs=b"\x01\x00" + HUGE + b"\x03"),
        "not every event behind a sort": woven_with(after=b"\x01\x01\x01\x02"),
        "behind another sort than it says": woven_with(after=b"\x02\x01\x01\x02"),
        "a dossier that was not met": woven_with(dossiers=b"\x00\x01\x02"),
        "a dossier met first by its second event": woven_with(dossiers=b"\x01\x01\x01"),
        "a sort that nobody named": woven_with(sort=b"\x00\x00\x01"),
        "an actor that nobody named": woven_with(actor=b"\x01\x00\x02"),
        "the same actor in another form": woven_with(actor=b"\x01\x01\x00"),
        "an event of nobody": woven_with(actor=b"\x00\x00\x00"),
        "a time before all times": woven_with(far=b"\x00\x00\x00\x01"),
        "a time after all times": woven_with(far=HUGE + bytes(3)),
        "a thousand milliseconds": woven_with(millis=b"\x03\x00\x00", fine=b"\xe8\x00\x00"),
        "a counter of 17 bits": woven_with(counters=b"\x00\x00\x80\x80\x04"),
        "heads without end": woven_with(seen=b"\x00\x00" + HUGE),
        "a state of later": woven_with(states=b"\x00\x00\x06"),
        "a proof that is not there": woven_with(states=b"\x00\x00\x02"),
        "a payload longer than all": woven_with(states=b"\x00\x00\x04", lengths=HUGE),
        "a length too many": woven_with(lengths=b"\x01", raw=b"x"),
        "a salt that was never given": woven_with(salted=b"\x02"),
        "a word of salts of later": woven_with(salted=b"\x03"),
        "a salt cut off": woven_with(salted=b"\x01", salts=bytes(15)),
        "born before all times": woven_with(born=b"\x03"),
        "an id cut off": woven_with(ids=bytes(9)),
        "a signature cut off": woven_with(ends=bytes(63)),
        "a shape that nobody wrote": woven_with(shape=b"\x00\x01\x03"),
        "more shapes than there are": woven_with(shapes=HUGE),
        "a hole of no column": woven_with(shapes=b"\x03" + b"\x00\x01\x02\x03\x00\x01\x02\x04"),
        "a hole too few": woven_with(shapes=b"\x03" + b"\x00\x01\x02\x03\x00\x01\x02"),
        "a way of later": woven_with(ways=b"\x04\x03\x00\x03\x00\x02\x06\x05\x00"),
        "lines of a number": woven_with(ways=b"\x04\x03\x00\x03\x00\x02\x06\x00\x01"),
        "pieces of nothing": woven_with(ways=b"\x04\x03\x00\x03\x00\x02\x00\x00\x00", digits=b""),
        "pieces without end": woven_with(ways=b"\x04\x03\x00\x03\x00\x02" + HUGE + b"\x00\x00"),
        "numbers of any width": woven_with(ways=b"\x04\x03\x13\x03\x00\x02\x06\x00\x00"),
        "numbers cut off": woven_with(places=b"\x00\x01\x5b"),
        "numbers left over": woven_with(places=b"\x00\x01\x5b\x48\x00"),
        "digits left over": woven_with(digits=b"9139856214500"),
        "a table without its line": woven_with(
            ways=b"\x04\x03\x00\x03\x00\x02\x06\x01\x02", places=b"\x00\x01\x5b\x48\x00\x02"
        ),
        "a table without end": woven_with(ways=b"\x04\x03\x00\x03\x00\x02\x06\x01" + HUGE),
        "a number that grows below none": woven_with(
            ways=b"\x04\x04\x00\x03\x00\x02\x06\x00\x00", places=b"\x01\x01\x5b\x48"
        ),
        "a column that nobody asks for": only(b"{}", ways=b"\x01\x00\x01", words=b"{}\nLan\n"),
        "a line without its end": woven_with(words=WORDS_OF + b"Lan\nMai"),
        "lines left over": woven_with(words=WORDS_OF + b"Lan\nMai\nHoa\n"),
        "a mark in a value": woven_with(words=WORDS_OF + b"Lan\nM\x01i\n"),
        "a line feed in digits": only(
            b'{"a":"\x05"}', shapes=b"\x01\x00", ways=b"\x01\x02\x01", digits=b"1\n2"
        ),
        "a mark that means nothing": only(b'{"a":"\x0b"}'),
        "the due moment of none": only(b'{"a":"\x04"}'),
        "the due moment before it is said": only(b'{"a":"\x04","due":"2026-12-01T17:00:00+07:00"}'),
        "the name of nobody": only(b'{"to":"\x06"}'),
        "the name of who has none": only(b'{"applicant":{"id_number":"25"},"to":"\x06"}'),
        "the number of who has none": only(b'{"applicant":{"name":"Lan"},"to":"\x07"}'),
        "born without a number": only(b'{"birth_date":"\x08-01-01"}'),
    }.items()
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED)
def test_what_nobody_packed_is_refused(data: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        PACKER.unpack(data)

    assert refusal.value.why == "batch-damaged"


@pytest.mark.parametrize("data", [b"\x04\x02rest", b"\x03\x03rest", b"\x00\x01rest"])
def test_another_format_or_dictionary_asks_for_an_update(data: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        PACKER.unpack(data)

    assert refusal.value.why == "batch-newer"


@given(st.binary(max_size=200))
def test_no_bytes_do_worse_than_be_refused(noise: bytes) -> None:
    for data in (noise, framed(noise), framed(noise, b"\x03\x02")):
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


@given(st.sampled_from(NAMES), st.integers(0, 200), st.integers(1, 255))
def test_a_flipped_byte_of_format_3_is_refused_or_gives_other_runs(name: str, place: int, flip: int) -> None:
    data = bytearray.fromhex(COLUMNS[name])
    if not data:
        return
    data[place % len(data)] ^= flip

    try:
        read = PACKER.unpack(woven_with(**{name: bytes(data)}))
    except Refused as refusal:
        assert refusal.why == "batch-damaged"
    else:
        assert read != [WOVEN] or name == "ways"  # a value may be kept in several


@given(st.dictionaries(st.sampled_from(NAMES), st.binary(max_size=40), min_size=1, max_size=4))
def test_no_columns_do_worse_than_be_refused(noise: dict[str, bytes]) -> None:
    try:
        runs_ = PACKER.unpack(woven_with(**noise))
    except Refused as refusal:
        assert refusal.why == "batch-damaged"
    else:
        assert all(
            Header.from_bytes(one.header) == head
            for run in runs_
            for one, head in zip(run.events, run.headers, strict=True)
        )


MANY = 5_000
LONG = b'{"applicant":{"name":"%b"},"to":"\x06"}\n{"applicant":{"name":"A"}}\n' % (b"x" * 1000)


@pytest.mark.parametrize(
    "to",
    [
        {"shapes": b"\x01", "ways": b"\x00", "words": b"x" * 500 + b"\n"},
        {"shapes": b"\x01", "ways": b"\x00", "words": b"\x01" * 50 + b"\n"},
        {"shapes": b"\x01\x00", "ways": b"\x01\x01\x01", "places": bytes(MANY),
         "words": b"\x05\n" + b"x" * 50_000 + b"\n"},
        {"shapes": b"\x01" + bytes(500), "ways": b"\x01\x03\x00", "words": b"\x05" * 500 + b"\n"},
        {"shape": b"\x01" + bytes(MANY - 1), "shapes": b"\x02", "ways": b"\x00",
         "words": b'{"to":"\x06"}\n{"applicant":{"name":"%b"}}\n' % (b"x" * 1000)},
    ],
    ids=["long shapes", "marks", "a long value", "many holes", "a long name"],
)  # fmt: skip
def test_few_bytes_do_not_become_many_payloads(to: dict[str, bytes]) -> None:
    many = {
        "runs": b"\x01\x00\x01\x88\x27",
        "after": b"\x01\x87\x27" * 2,
        "dossiers": b"\x00" + b"\x01" * (MANY - 1),
    }
    many |= {
        name: bytes(MANY)
        for name in ("sort", "middle", "millis", "counters", "seen", "states", "near", "fine", "shape")
    }
    many |= {
        "actor": b"\x01" + bytes(MANY - 1),
        "far": bytes(MANY + 1),
        "born": b"\x00",
        "places": b"",
        "digits": b"",
    }
    least = many | {"shapes": b"\x01", "ways": b"\x00", "words": b"{}\n"}
    assert len(PACKER.unpack(woven_with(**least))[0].events) == MANY

    tracemalloc.start()

    with pytest.raises(Refused):
        PACKER.unpack(woven_with(**many | to))

    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 32 * LARGEST


def test_few_bytes_do_not_become_many_events() -> None:
    many = columns([Run(b"L" * 8, 1, (event(1),), {}, bytes(64))])
    assert len(framed(many)) < 200
    most = Run(b"L" * 8, 1, tuple(event(n) for n in range(1, MOST_EVENTS + 2)), {}, bytes(64))

    for form in FORMATS:
        with pytest.raises(Refused):
            PACKER.unpack(PACKER.pack([most], form))


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
        packed = list(pool.map(PACKER.pack, [[run] for run in runs * 40], FORMATS * 160))

    assert [PACKER.unpack(batch) for batch in packed] == [[run] for run in runs * 40]
