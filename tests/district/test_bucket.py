"""A bucket that is lost, shut, silent or not ours: said by name, and no file is forgotten or acknowledged."""

from __future__ import annotations

import socket
import threading
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from counter_app.district.bucket import RESTS_S, Bucket, Place
from counter_app.domain.errors import BadInput, Damaged, DiskFull, NotFound, Refused, Unreachable
from counter_app.domain.zone import VIETNAM
from counter_app.services import digitised, syncing
from counter_app.services.blobs import blobs_of
from counter_app.services.carrying import carry
from counter_app.services.delivering import Ended
from counter_app.services.digitised import Where
from counter_app.services.fetching import fetch
from counter_app.services.filing import tally
from counter_app.sync.file_message import PIECE
from counter_app.system.logs import Log
from counter_app.words import errors as words
from tests.district import bases
from tests.district.objects import SECRET, InBucket
from tests.district.scans import FileRoad, attached, scan
from tests.district.test_exchange import invite

PAGE = b"%PDF one page"
DIGEST = sha256(PAGE).digest()


@pytest.fixture
def bucket(object_store, keys, tmp_path):
    return InBucket(object_store, bases.KEY, tmp_path / "waits")


def other(of, tmp_path, clock=lambda: 0.0, **place):
    """The same with something else in its place."""
    return Bucket(replace(of._place, **place), bases.KEY, tmp_path / "waits", clock)


class Answers(BaseHTTPRequestHandler):
    """A server that gives all the same answer."""

    status, body = 200, b"<html>Sign in to this network</html>"
    asked = 0

    def do_GET(self):
        type(self).asked += 1
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    do_PUT = do_DELETE = do_GET

    def log_message(self, *told):
        pass


@pytest.fixture
def answering():
    """Makes such a server, and gives its address and its class."""
    running = []

    def make(status, body=Answers.body):
        kind = type("Same", (Answers,), {"status": status, "body": body, "asked": 0})
        server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        running.append(server)
        return f"http://127.0.0.1:{server.server_port}", kind

    yield make
    for server in running:
        server.shutdown()
        server.server_close()


def unused():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


def test_a_file_comes_back_whole_and_in_any_piece_and_goes_for_good(bucket):
    content = scan(200_000)
    digest = sha256(content).digest()

    bucket.put(digest, [content[:70_000], content[70_000:]])
    bucket.put(digest, [content])

    assert bucket.has(digest) and bucket.read(digest) == content
    for offset in (0, 1, 65_535, 65_536, 140_000, 199_999, 200_000):
        assert bucket.piece(digest, offset, PIECE) == content[offset : offset + PIECE]
    [(key, sealed)] = bucket.store.objects(bucket.name).items()
    assert key.startswith("xa/") and digest.hex() not in key and content[:16] not in sealed
    bucket.drop(digest)
    bucket.drop(digest)
    assert not bucket.has(digest) and not bucket.raw()
    with pytest.raises(NotFound, match="attachment-not-here"):
        bucket.piece(digest, 0, 1)


def test_parts_that_are_another_file_are_not_put(bucket):
    with pytest.raises(Damaged):
        bucket.put(DIGEST, [PAGE, b"more"])

    assert bucket.raw() == []


def test_what_was_altered_in_the_bucket_is_not_given(bucket):
    bucket.put(DIGEST, [PAGE])
    [(key, sealed)] = bucket.store.objects(bucket.name).items()
    bucket.store.ask("PUT", f"/{bucket.name}/{key}", sealed[:-1] + bytes([sealed[-1] ^ 1]))

    with pytest.raises(Damaged):
        bucket.piece(DIGEST, 0, 10)
    bucket.put(DIGEST, [PAGE])
    assert bucket.read(DIGEST) == PAGE


FULL = b"<Error><Code>QuotaExceeded</Code><Message>full</Message></Error>"


def wrongs(bucket, tmp_path, answering):
    """Why, with the depot that is so."""
    yield "bucket-missing", other(bucket, tmp_path, bucket="no-such-bucket")
    yield "bucket-unreachable", other(bucket, tmp_path, url=unused())
    for status in (200, 404, 503):
        yield "bucket-unreachable", other(bucket, tmp_path, url=answering(status)[0])
    yield "bucket-refused", other(bucket, tmp_path, url=answering(403)[0])
    yield "bucket-full", other(bucket, tmp_path, url=answering(403, FULL)[0])


def test_each_way_that_it_cannot_be_asked_has_its_name_and_no_file_is_ever_said_to_be_gone(
    bucket, tmp_path, answering
):
    for why, depot in wrongs(bucket, tmp_path, answering):
        for act, *given in (("has",), ("piece", 0, 9), ("put", [PAGE])):
            with pytest.raises((Unreachable, DiskFull)) as told:
                getattr(depot, act)(DIGEST, *given)
            assert told.value.why == why
            sentence = words.sentence(told.value)
            assert sentence and SECRET not in sentence


def test_who_has_no_key_or_a_wrong_one_is_told_so(bucket, tmp_path, monkeypatch):
    bucket.store.refuse(True)
    try:
        with pytest.raises(Unreachable, match="bucket-refused"):
            bucket.has(DIGEST)
    finally:
        bucket.store.refuse(False)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    with pytest.raises(Unreachable, match="bucket-keyless"):
        other(bucket, tmp_path).put(DIGEST, [PAGE])


def test_after_it_was_silent_it_rests_and_is_then_asked_again(bucket, tmp_path, answering):
    now = [0.0]
    url, kind = answering(503)
    depot = other(bucket, tmp_path, lambda: now[0], url=url)

    def ask():
        with pytest.raises(Unreachable, match="bucket-unreachable"):
            depot.has(DIGEST)
        return kind.asked

    first = ask()
    assert 0 < first == ask()
    now[0] = RESTS_S
    assert ask() > first


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ({"bucket": "No_Bucket"}, "not-a-bucket"),
        ({"bucket": "../up"}, "not-a-bucket"),
        ({"bucket": "tep-xa", "url": "s3.example.vn"}, "not-a-bucket-address"),
        ({"bucket": "tep-xa", "url": f"https://counter:{SECRET}@s3.example.vn"}, "not-a-bucket-address"),
        ({"bucket": "tep-xa", "url": f"https://s3.example.vn/?key={SECRET}"}, "not-a-bucket-address"),
    ],
)
def test_a_place_that_is_none_is_refused_and_never_repeats_a_key(place, why):
    with pytest.raises(BadInput, match=why) as told:
        Place(**place)

    assert SECRET not in words.sentence(told.value)


@pytest.fixture
def far(bucket, tmp_path):
    """A server whose bucket is not there yet, with its log."""
    base = bases.fresh(tmp_path)
    bucket._place = replace(bucket._place, bucket="not-made-yet")
    server = bases.Server(base, depot=bucket)
    notes = Log(tmp_path / "logs", now=lambda: datetime(2026, 11, 28, tzinfo=VIETNAM))
    object.__setattr__(server.filing, "notes", notes)
    yield server
    base.close()


def test_the_server_answers_later_and_keeps_what_came_until_the_bucket_is_there(far, offices, tmp_path):
    office, commune = offices[0], bases.commune_in(far.base)
    syncing.enrol(office, office.session(), FileRoad(far), "http://localhost", invite(far, commune))
    content = scan(3 * PIECE)
    _, one = attached(office, content)
    _, two = attached(office, scan(2000, 7))

    done = carry(office, FileRoad(far))

    assert (done.files.files, done.files.ended, tally(office).faults) == (0, Ended.LATER, 1)
    assert digitised.where(office, one.sha256) is Where.HERE, "nothing was acknowledged"
    assert done.events.waiting == 0, "and events went"
    told = (tmp_path / "logs" / "counter.log").read_text()
    assert "files-not-reached" in told and "bucket-missing" in told
    assert SECRET not in told and "not-made-yet" not in told

    far.depot.store.ask("PUT", "/not-made-yet")
    road = FileRoad(far)
    assert carry(office, road).files.files == 2
    assert road.content <= 2000, "no piece that had arrived went again"
    far.depot.name = "not-made-yet"
    assert far.depot.read(one.sha256) == content
    assert {digitised.where(office, each.sha256) for each in (one, two)} == {Where.SAFE}


def test_a_bucket_that_vanishes_makes_no_server_forget_its_files(far, offices):
    office, commune = offices[0], bases.commune_in(far.base)
    syncing.enrol(office, office.session(), FileRoad(far), "http://localhost", invite(far, commune))
    far.depot.store.ask("PUT", "/not-made-yet-2")
    there, gone = (replace(far.depot._place, bucket=name) for name in ("not-made-yet-2", "vanished"))
    far.depot._place = there
    content = scan(1000)
    _, one = attached(office, content)
    carry(office, FileRoad(far))
    blobs_of(office).drop(one.sha256)
    far.depot._place = gone
    with pytest.raises(Refused, match="file-later"):
        fetch(office, FileRoad(far), one.sha256)
    far.depot._place = there

    fetch(office, FileRoad(far), one.sha256)
    assert blobs_of(office).read(one.sha256) == content
