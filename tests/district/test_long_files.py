"""A long file goes through server and machine a piece at a time, and what is said of it on the way."""

from __future__ import annotations

import random
import tracemalloc
from contextlib import contextmanager
from hashlib import sha256

import pytest
from sqlalchemy import insert, update

from counter_app.district.tables import pieces, uploads
from counter_app.services import digitised, safety, syncing
from counter_app.services.blobs import blobs_of
from counter_app.services.carrying import carry
from counter_app.services.digitised import Where
from counter_app.services.fetching import fetch
from counter_app.services.safety import LOCAL, Safe
from counter_app.sync.file_message import PIECE, PUT, WHOLE, FileRequest
from tests.district import bases
from tests.district.scans import FileRoad, all_of, attached, scan
from tests.district.test_exchange import invite
from tests.district.test_files import asking, dossier_of, opening, server

__all__ = ["server"]
LONG = 4 * 1024 * 1024
LITTLE = 3 * 1024 * 1024
"""Bytes at the peak, two thirds of them for what is put together before a disk or a bucket is asked."""


@contextmanager
def in_little_memory():
    tracemalloc.start()
    try:
        yield
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < LITTLE, peak


def test_server_and_machine_put_a_long_file_together_in_little_memory(server, offices):
    office, commune = offices[0], bases.commune_in(server.base)
    syncing.enrol(office, office.session(), FileRoad(server), "http://localhost", invite(server, commune))
    content = scan(2000) + random.Random(5).randbytes(LONG - 2000)
    code, one = attached(office, content)
    carry(office, FileRoad(server), stops=lambda: True)
    asking(office, server, opening(office, code, one))
    most = range(0, LONG - PIECE, PIECE)
    with server.base.writing() as connection:  # all but the last have come
        rows = [{"start": at, "content": content[at : at + PIECE]} for at in most]
        key = {"commune": commune, "device": 1, "digest": one.sha256}
        connection.execute(insert(pieces), [key | row for row in rows])
        connection.execute(update(uploads).values(held=LONG - PIECE))
    server.depot.put(sha256(b"").digest(), [])  # what is read in once is no file's
    server.depot.piece(sha256(b"").digest(), 0, 1)
    last = FileRequest(PUT, b"", b"", one.sha256[:8], offset=LONG - PIECE, piece=content[-PIECE:])

    with in_little_memory():
        answer = asking(office, server, last)
    assert answer.verdict == WHOLE

    blobs_of(office).drop(one.sha256)
    with in_little_memory():
        fetch(office, FileRoad(server), one.sha256)
    assert all_of(digitised.read(office, office.session(), one)) == content
    assert digitised.where(office, one.sha256) is Where.SAFE


@pytest.mark.parametrize("server", ["folder"], indirect=True)
def test_a_dossier_is_safe_once_its_files_are(server, offices):
    office, commune = offices[0], bases.commune_in(server.base)
    code, _ = attached(office, scan(2000, 1))
    attached(office, scan(2000, 2), code, 2)
    here = dossier_of(office, code)

    def told():
        return safety.states(office, [here])[here]

    assert told() == LOCAL and LOCAL.to_json() == {"sync": "local"}
    syncing.enrol(office, office.session(), FileRoad(server), "http://localhost", invite(server, commune))
    assert told().state == "waiting"
    carry(office, FileRoad(server), stops=lambda: True)
    assert told() == Safe("files", 2) and told().to_json() == {"sync": "files", "files_waiting": 2}
    carry(office, FileRoad(server))
    assert told() == Safe("safe") and told().to_json() == {"sync": "safe"}
