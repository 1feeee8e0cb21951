"""Golden vectors of the event format: everything stands on these bytes, so they are never edited."""

import functools
import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain import canonical, hlc
from counter_app.domain.errors import BadInput
from counter_app.domain.events import NOTHING_BEFORE, Header, Ref, chain, log_name, payload_key, proof

PUBLIC = bytes(range(32))
LOG = log_name(PUBLIC)
DOSSIER = bytes.fromhex("019aa5b2c3d4700080112233445566ff")
PAYLOAD = {"at": "2026-11-22T08:15:00+07:00", "amount": 8000, "note": "Đã thu đủ"}
HEADER = Header(
    LOG,
    3,
    hlc.at(1_795_000_000_000) + 2,
    DOSSIER,
    True,
    "paid",
    1,
    "lan",
    (Ref(b"\xaa" * 8, 7, b"\xbb" * 8),),
)

GOLDEN_HEADER = (
    "01630dcd2966c43366000000000000000301a1ee565e000002019aa5b2c3d4700080112233445566"
    "ff0104706169640001036c616e01aaaaaaaaaaaaaaaa0000000000000007bbbbbbbbbbbbbbbb"
)


def test_a_log_is_named_by_its_public_key():
    assert LOG.hex() == "630dcd2966c43366"


def test_the_canonical_payload_is_sorted_json_without_spaces():
    assert (
        canonical.encode(PAYLOAD).decode()
        == '{"amount":8000,"at":"2026-11-22T08:15:00+07:00","note":"Đã thu đủ"}'
    )


def test_the_header_has_one_byte_form():
    assert HEADER.to_bytes().hex() == GOLDEN_HEADER
    assert Header.from_bytes(HEADER.to_bytes()) == HEADER


def test_the_chain_has_one_value():
    key = payload_key(bytes(range(16)), 3)
    mark = proof(key, canonical.encode(PAYLOAD))

    head = chain(NOTHING_BEFORE, HEADER.to_bytes(), mark)

    assert (key.hex(), mark.hex(), head.hex()) == (
        "491e73658f1c1fd20820a2722128242643e26819b654114575180a7040b16bf6",
        "7ddd224aeff1658fb2fa10cc20f6cd7636ef65abbf13a9217abc4951676ccc13",
        "d21bdc67ba1dc9789cdce0a9bc8eeadf0613bc4b8f7d3a5d70d9bc7643b679fb",
    )


texts = st.text(st.characters(exclude_categories=("Cs",))).map(
    lambda text: unicodedata.normalize("NFC", text)
)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-canonical.LARGEST, canonical.LARGEST) | texts,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.from_regex(r"[a-z_.]{1,8}", fullmatch=True), inner)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.from_regex(r"[a-z_.]{1,8}", fullmatch=True), values, max_size=4))
def test_canonical_bytes_come_back_as_they_were(value):
    assert canonical.decode(canonical.encode(value)) == value


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'{"a":1.0}',
        b'{"a":1e3}',
        b'{"a":NaN}',
        b'{"a": 1}',
        b'{"b":1,"a":1}',
        b'{"a":1,"a":1}',
        b'{"a":9007199254740993}',
        b'{"a":"e\xcc\x81"}',
        b'{"a":"\\ud800"}',
        b'{"a":"\\u0041"}',
        '{"đ":1}'.encode(),
        b"[" * 5000,
        b'{"a":' * 40 + b"1" + b"}" * 40,
    ],
)
def test_bytes_that_are_not_canonical_are_refused(data):
    with pytest.raises(BadInput):
        canonical.decode(data)


odd_names = st.sampled_from(["a", "a b", "đ", "\x00", "\ud800", "\u0301"])
odd_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**54), 2**54)
    | st.sampled_from(["", "a", "ế", "e\u0302\u0301", "\u0301", "=\u0338", "\ud800", "\n", '"']),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(odd_names, inner, max_size=2),
    max_leaves=12,
)
nests = st.integers(0, 10).flatmap(
    lambda depth: odd_values.map(lambda value: functools.reduce(lambda one, _: [one], range(depth), value))
)


@given(st.dictionaries(odd_names, nests, max_size=2))
def test_what_is_read_as_canonical_is_what_can_be_written(value):
    data = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
        errors="surrogatepass"
    )
    try:
        written = canonical.encode(value)
    except BadInput:
        with pytest.raises(BadInput):
            canonical.decode(data)
    else:
        assert canonical.decode(data) == value and written == data


pieces = st.builds(
    lambda value: json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
        errors="surrogatepass"
    ),
    st.dictionaries(odd_names, nests, max_size=2)
    | st.dictionaries(st.from_regex(r"[a-z_.]{1,8}", fullmatch=True), values, max_size=4),
)
cuts = st.sampled_from(
    [
        b"",
        b"{}",
        b'{"a":1},{"b":2}',
        b'{"c":[{}',
        b"{}]}",
        b'{"a\\"\xc4\x91":1}',
        b'{"a":1.5}',
        b'{"a":1} ',
        b'{"a":9007199254740992}',
        b'{"a":18446744073709551616}',
        b'{"a":-0}',
        b'{"a":1e3}',
        b'{"a":"\xff"}',
        b'{"a":"\\u007f"}',
        b'{"a":"\\u001f"}',
        b"[" * 5000,
    ]
)


def takes(data):
    try:
        canonical.decode(data)
    except BadInput:
        return False
    return True


@given(st.lists(pieces | cuts, max_size=5))
def test_many_payloads_looked_at_together_are_taken_or_refused_as_each_alone(data):
    assert canonical.readable(data) == [takes(one) for one in data]


refs = st.builds(
    Ref, st.binary(min_size=8, max_size=8), st.integers(1, 2**40), st.binary(min_size=8, max_size=8)
)
headers = st.builds(
    Header,
    st.binary(min_size=8, max_size=8),
    st.integers(1, 2**62),
    st.integers(0, 2**62),
    st.binary(min_size=16, max_size=16),
    st.booleans(),
    st.from_regex(r"[a-z][a-z_]{0,31}", fullmatch=True),
    st.integers(1, 0xFFFF),
    st.from_regex(r"[a-z0-9._]{0,20}", fullmatch=True),
    st.lists(refs, max_size=16, unique=True).map(lambda found: tuple(sorted(found))),
)


@given(headers)
def test_a_header_comes_back_as_it_was(header):
    assert Header.from_bytes(header.to_bytes()) == header


@given(headers, st.data())
def test_an_altered_header_is_another_header_or_refused(header, data):
    raw = bytearray(header.to_bytes())
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))

    try:
        read = Header.from_bytes(bytes(raw))
    except BadInput:
        return

    assert read != header and read.to_bytes() == bytes(raw)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text('aé"\\', max_size=3000).map(lambda text: {"answer": text}), max_size=60))
def test_what_is_cut_into_portions_fits_and_is_whole_and_in_its_order(items: list[dict[str, str]]) -> None:
    beside = {"day": "2026-11-20", "scale": "three"}

    portions = canonical.portions(beside, "slips", items)

    sizes = [len(canonical.encode({**beside, "slips": portion})) for portion in portions]
    assert [item for portion in portions for item in portion] == items
    for size, following in zip(sizes, portions[1:], strict=False):
        first = len(canonical.plain(following[0])) + 1
        assert size + first > canonical.MAX_PAYLOAD, "it would have gone in"
