"""A district that lies, or whoever stands in its place: it is refused by name, and nothing of it is kept."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.crypto.signing import ACK
from counter_app.domain.errors import Refused, Unreachable
from counter_app.domain.vectors import Vector
from counter_app.services import keeping, safety, syncing
from counter_app.services.packing import packer
from counter_app.sync.agreed import NOTHING, Claim
from counter_app.sync.message import LARGEST, LOST, REFUSED, TAKEN, Answer
from tests.district.test_exchange import enrol
from tests.services.stores import receive
from tests.store.authors import Author
from tests.store.machines import dossier_id

FUZZ = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


class FalseServer:
    """Holds the district's key, and answers each request with what it was given."""

    def __init__(self, server, answers, agreed=NOTHING):
        self.server, self.answers, self.agreed = server, answers, agreed
        self.asked = 0

    def post(self, path: str, body: bytes) -> bytes:
        answer = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        if isinstance(answer, bytes):
            return answer
        digest = self.agreed.digest if answer.verdict == TAKEN else bytes(32)
        return answer.to_bytes(self.server.who.signing, body[-64:], digest)


@pytest.fixture
def office(server, commune, offices):
    enrol(server, commune, offices[0])
    receive(offices[0])
    return offices[0]


def taken(**fields: Any) -> Answer:
    return replace(Answer(TAKEN, bytes(8), 1, epoch=bytes(8)), **fields)


def lost(*rows: tuple[bytes, int, bytes]) -> Answer:
    samples: dict[bytes, dict[int, frozenset[bytes]]] = {}
    for log, seq, hash_ in rows:
        samples.setdefault(log, {})[seq] = frozenset([hash_])
    return Answer(LOST, bytes(8), 1, epoch=bytes(8), vector=Vector(samples))


LIES: dict[str, Any] = {
    "nothing": b"",
    "a page of a login": b"<html>" + bytes(100),
    "more than an answer has": b"\x01" * (LARGEST + 1),
    "an answer of later": b"\x02" * 100,
    "a batch that is none": taken(batch=b"rows"),
    "a batch of later": taken(batch=b"\x02\x01rows"),
    "agreed on what is not here": taken(agreed=(Claim(bytes(8), 1, bytes(8)),)),
    "agreed on a place that no log has": taken(agreed=(Claim(bytes(8), 2**64 - 1, bytes(8)),)),
    "a position without end": taken(position=2**64 - 1),
    "a time without end": replace(taken(), time_ms=2**64 - 1),
    "a refusal in no words of ours": Answer(REFUSED, bytes(8), 1, why="'; DROP TABLE"),
    "lost at a place that no log has": lost((bytes(8), 2**64 - 1, bytes(32))),
    "lost without end": lost((bytes(8), 1, bytes(32))),
}


@pytest.mark.parametrize("lie", LIES)
def test_what_a_false_server_says_is_named_and_nothing_of_it_is_kept(server, office, lie):
    before = keeping.verify(office).state
    counted = safety.counts(office)

    with pytest.raises((Refused, Unreachable)):
        syncing.sync(office, FalseServer(server, [LIES[lie]]))

    assert keeping.verify(office).state == before
    assert safety.counts(office) == counted


def test_a_server_that_tells_true_hashes_at_false_places_is_not_believed(server, office):
    with office.reading() as (connection, where):
        mine = next(iter(where.logs.values()))
        known = connection.exec_driver_sql("SELECT hash FROM events WHERE seq = 1").scalars().first()
    rows = [(mine.log, 2**62, bytes(known)), (bytes(8), 1, bytes(known))]

    done = syncing.sync(office, FalseServer(server, [lost(*rows), taken()]))

    assert (done.received, safety.counts(office).acknowledged) == (0, 0)


def test_the_good_runs_of_an_answer_go_in_beside_a_bad_one(server, office):
    good = Author(50).open(dossier_id(50), commune=dossier_id(50).hex())
    bad = replace(Author(51).open(dossier_id(51), commune=dossier_id(51).hex()).run(), signature=bytes(64))
    batch = packer().pack([bad, good.run()])

    done = syncing.sync(office, FalseServer(server, [taken(batch=batch), taken()]))

    assert done.received == 1
    assert [why for _, why in done.refused] == ["run-not-proven"]
    assert keeping.verify(office).healthy


def test_a_server_that_has_always_more_and_never_anything_is_left(server, office):
    road = FalseServer(server, [taken(flags=1)])

    syncing.sync(office, road)

    assert road.asked < 5


@FUZZ
@given(seed=st.integers(0, 2**32))
def test_no_bytes_of_an_answer_do_worse_than_be_refused(server, office, seed):
    drawn = random.Random(seed)

    class Altered:
        def post(self, path: str, body: bytes) -> bytes:
            said = bytearray(server.exchange.answer(body))
            for _ in range(drawn.randint(1, 3)):
                said[drawn.randint(1, len(said) - 65)] ^= drawn.randint(1, 255)
            signed = bytes(said[:-64])
            digest = drawn.choice([bytes(32), NOTHING.digest])
            return signed + server.who.signing.sign(ACK, body[-64:] + signed + digest)

    with pytest.raises((Refused, Unreachable)):
        syncing.sync(office, Altered())
        raise Unreachable("district-silent")  # what it altered was of no weight

    assert keeping.verify(office).healthy
