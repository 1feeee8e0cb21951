"""Texts as shapes and values: every way of keeping a column, and back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.sync.columns import Column, Cursor
from counter_app.sync.cutting import cut
from counter_app.sync.limits import LARGEST
from counter_app.sync.shapes import Held, Kept, get, put
from counter_app.sync.telling import Known, heard, told


def there_and_back(texts: list[bytes]) -> tuple[set[int], list[bytes]]:
    """The ways in which columns were kept, and the texts again."""
    kept = Kept(*(Column() for _ in Kept._fields))
    put(texts, kept)
    ways = Cursor(kept.ways.data())
    used = {ways.numbers(2)[0] for _ in range(ways.number())}
    held = Held(*(Cursor(column.data()) for column in kept))
    events = range(len(texts))
    found = heard(get(len(texts), held, LARGEST), events, [0] * len(texts), events, LARGEST)
    for column in held:
        column.end()
    return used, found


@pytest.mark.parametrize(
    ("way", "value"),
    [
        (0, lambda n: b"Giang %d A" % (n * n)),
        (1, lambda n: (b"Lan", b"Mai")[n % 2]),
        (2, lambda n: b"%06d" % (n * 7919)),
        (3, lambda n: b"%d" % (n * n % 12)),
        (3, lambda n: b"%03d" % (n * n % 12)),
        (4, lambda n: b"%05d" % (998 + n)),
        (4, lambda n: b"%d" % (99_998 + n)),
    ],
)
def test_each_column_is_kept_in_the_way_that_fits_it(way: int, value: Callable[[int], bytes]) -> None:
    texts = [b'{"a":"%b","b":[1]}' % value(n) for n in range(40)]

    used, found = there_and_back(texts)

    assert used == {way} and found == texts


MEMBER = st.sampled_from([b"a", b"id_number", b"fee", b"b"])
VALUE = st.sampled_from(
    [
        *(b'"010091913985"', b'"0912345678"', b'"1991-12-05"', b'"a, b"', b'"c, d"', b'"x"', b'""', b'"%s"'),
        *(
            b"1",
            b"12",
            b"-3",
            b"007",
            b"1.5",
            b"null",
            b'{"amount":1}',
            b'["x","y"]',
            b'[{"count":1}]',
            b'"\\""',
        ),
    ]
)


@given(st.lists(st.lists(st.tuples(MEMBER, VALUE), max_size=4), max_size=30))
def test_texts_come_back(lines: list[list[tuple[bytes, bytes]]]) -> None:
    texts = [b"{%b}" % b",".join(b'"%b":%b' % member for member in line) for line in lines]

    assert there_and_back(texts)[1] == texts


def test_what_belongs_together_stays_together_and_what_varies_for_itself_is_parted() -> None:
    text = (
        b'{"applicant":{"address":"A, B","name":"Lan"},"code":"H11.027-\x03-00001","components":'
        b'[{"count":1,"name":"Don"},{"count":2,"name":"Anh"}],"fee":{"amount":0,"rule":"x"}}'
    )

    done = cut([text, text])

    assert done.shape == [0, 0]
    assert done.values[b".fee."] == [b'":{"amount":0,"rule":"x"}'] * 2
    assert done.values[b".components..count."] == [b'":1', b'":2'] * 2
    assert done.values[b".code.\x03"] == [b"-00001"] * 2


RECEIVED = b'{"applicant":{"birth_date":"1991-12-05","id_number":"010091913985","name":"Lan","sex":"Nam"}}'


def test_what_number_and_earlier_words_say_stands_as_one_byte() -> None:
    known: Known = {}

    assert told(RECEIVED, 0, 1, known) == (
        b'{"applicant":{"birth_date":"\x08-12-05","id_number":"010091913985","name":"Lan","sex":"\x09"}}'
    )
    assert (
        told(b'{"id_number":"010091913985","to":"Lan"}', 0, 1, known) == b'{"id_number":"\x07","to":"\x06"}'
    )
    assert told(b'{"to":"Lan"}', 0, 2, known) == b'{"to":"Lan"}'
    assert told(b'{"to":"Lan A"}', 0, 1, known) == b'{"to":"Lan A"}'


@pytest.mark.parametrize(
    "payload",
    [
        RECEIVED.replace(b"1991", b"1992").replace(b"Nam", "Nữ".encode()),
        RECEIVED.replace(b"010091913985", b"025253171"),
    ],
)
def test_what_disagrees_with_its_number_travels_as_it_is(payload: bytes) -> None:
    assert told(payload, 0, 1, {}) == payload
