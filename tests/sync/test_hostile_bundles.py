"""Bundles that are sealed and signed as they should be, and hold nonsense: refused by name, nothing else."""

from __future__ import annotations

import io
from typing import Any

import msgpack
import pytest
import zstandard

from counter_app.crypto.sealing import SealedWriter, SealingKey
from counter_app.crypto.signing import Signer
from counter_app.domain.errors import Refused
from counter_app.domain.vectors import Vector
from counter_app.sync import bundle

SENDER = Signer(bytes(32))
OFFICE = SealingKey(bytes(range(32)))
LABEL: dict[str, Any] = {"bundle": 1, "commune": bytes(16), "log": bytes(8), "made": 1, "vector": []}
RUN: list[Any] = [bytes(8), 1, [[b"header", b"{}", None, None, ""]], {bytes(16): bytes(16)}, bytes(64)]
END = {"end": 1}


def sealed(body: bytes) -> io.BytesIO:
    file = io.BytesIO()
    with SealedWriter(file, [OFFICE.public], SENDER) as container:
        container.write(body)
    return file


def packed(*values: Any) -> bytes:
    return zstandard.compress(b"".join(msgpack.packb(value) for value in values))


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in LABEL.items() if key != name}


def vector(*rows: Any) -> dict[str, Any]:
    return {**LABEL, "vector": list(rows)}


HOSTILE: dict[str, bytes] = {
    "no body": b"",
    "not compressed": b"rows",
    "a stream cut off": packed(LABEL, RUN, END)[:-8],
    "a map with a list for a key": zstandard.compress(b"\x81\x90\x00"),
    "a time out of range": zstandard.compress(b"\xc7\x0c\xff" + b"\xff" * 12),
    "a text that is no text": zstandard.compress(b"\xa1\xff"),
    "lists in lists": zstandard.compress(b"\x91" * 100_000),
    "a value without an end": zstandard.compress(b"\xc6\xff\xff\xff\xff"),
    "a bomb": zstandard.compress(bytes(64 * 1024 * 1024)),
    "a label of another version": packed({**LABEL, "bundle": 3}, RUN, END),
    "a file without its bytes": packed(
        {**LABEL, "bundle": 2}, RUN, ["file", bytes(16), bytes(32), 1, 0], END
    ),
    "files that are not counted": packed(
        {**LABEL, "bundle": 2}, RUN, ["file", bytes(16), bytes(32), 1, 0, b"x"], END
    ),
    "a label that is a list": packed([LABEL], RUN, END),
    **{f"a label without {name}": packed(without(name), RUN, END) for name in LABEL},
    "a commune that is a number": packed({**LABEL, "commune": 2**40}, RUN, END),
    "a log that is a number": packed({**LABEL, "log": 2**62}, RUN, END),
    "a log of three bytes": packed({**LABEL, "log": b"log"}, RUN, END),
    "a commune of three bytes": packed({**LABEL, "commune": b"com"}, RUN, END),
    "made at no time": packed({**LABEL, "made": float("inf")}, RUN, END),
    "made at a text": packed({**LABEL, "made": "1"}, RUN, END),
    "a vector that is a number": packed({**LABEL, "vector": 1}, RUN, END),
    "a vector of a short log": packed(vector([b"log", []]), RUN, END),
    "a vector at no place": packed(vector([bytes(8), [[0, bytes(32)]]]), RUN, END),
    "a vector at 2**63": packed(vector([bytes(8), [[2**63, bytes(32)]]]), RUN, END),
    "a vector at infinity": packed(vector([bytes(8), [[float("inf"), bytes(32)]]]), RUN, END),
    "a vector of numbers": packed(vector([bytes(8), [[1, 2**40]]]), RUN, END),
    "a vector of short hashes": packed(vector([bytes(8), [[1, b"x"]]]), RUN, END),
    "a vector with an empty place": packed(vector([bytes(8), [[]]]), RUN, END),
    "no end": packed(LABEL, RUN),
    "an end that counts wrong": packed(LABEL, RUN, {"end": 2}),
    "an end of another kind": packed(LABEL, RUN, {"and": 1}),
    "a run that is a number": packed(LABEL, 7, END),
    "a run of four": packed(LABEL, RUN[:4], END),
    "a run at a text": packed(LABEL, [RUN[0], "1", *RUN[2:]], END),
    "a run at 0": packed(LABEL, [RUN[0], 0, *RUN[2:]], END),
    "a run of numbers": packed(LABEL, [*RUN[:2], [1, 2], *RUN[3:]], END),
    "a run of texts": packed(LABEL, [*RUN[:2], [["header", "{}", None, None, ""]], *RUN[3:]], END),
    "salts that are a list": packed(LABEL, [*RUN[:3], [], RUN[4]], END),
    "a salt that is a number": packed(LABEL, [*RUN[:3], {bytes(16): 2**40}, RUN[4]], END),
    "no signature": packed(LABEL, [*RUN[:4], None], END),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_nonsense_in_a_bundle_is_refused_by_name(what: str) -> None:
    with pytest.raises(Refused) as refused:
        list(bundle.read(sealed(HOSTILE[what]), OFFICE)[1])

    assert refused.value.why in ("bundle-damaged", "bundle-newer")


def test_a_bundle_that_is_as_it_should_be_is_read() -> None:
    known = [bytes(8), [[1, bytes(32)]]]

    label, runs = bundle.read(sealed(packed(vector(known), RUN, END)), OFFICE)

    assert (label.sender, label.vector) == (SENDER.public, Vector({bytes(8): {1: frozenset([bytes(32)])}}))
    assert [(run.first, run.events[0].header) for run in runs] == [(1, b"header")]
