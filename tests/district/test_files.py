"""Scans on their way to the district: piece by piece, cut anywhere, verified, and never another's."""

from __future__ import annotations

import os
import time
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import func, select

from counter_app.crypto.signing import Signer
from counter_app.district import devices, identity, uploads
from counter_app.district.filing import Filing
from counter_app.district.tables import files, pieces
from counter_app.district.tables import uploads as on_their_way
from counter_app.domain.errors import NotFound, Refused, Unreachable
from counter_app.services import acts, digitised, lookup, syncing
from counter_app.services.blobs import blobs_of
from counter_app.services.carrying import carry
from counter_app.services.delivering import Ended, deliver, written
from counter_app.services.digitised import Where
from counter_app.services.enrolled import BROKE, NONCE, SPEAKER, district
from counter_app.services.evicting import tidy
from counter_app.services.fetching import fetch
from counter_app.services.filing import FILE, tally
from counter_app.store import blobs, own
from counter_app.sync import file_message as wire
from counter_app.sync.file_message import (
    GET,
    GIVEN,
    HELD,
    OPEN,
    PIECE,
    PUT,
    REFUSED,
    WHOLE,
    FileAnswer,
    FileRequest,
)
from tests.district import bases
from tests.district.objects import InBucket
from tests.district.scans import PAPERS, FileRoad, all_of, attached, scan
from tests.district.test_exchange import invite
from tests.services.stores import receive

SCAN = 250 * 1024


@pytest.fixture(params=["folder", "bucket"])
def server(tmp_path, request):
    """Its files lie in a folder, and in a bucket."""
    base, depot = bases.fresh(tmp_path), None
    if request.param == "bucket":
        request.getfixturevalue("keys")
        depot = InBucket(request.getfixturevalue("object_store"), bases.KEY, tmp_path / "waits")
    yield bases.Server(base, depot=depot)
    base.close()


by_folder = pytest.mark.parametrize("server", ["folder"], indirect=True)
"""For what comes about before a file is whole: where it lies then changes nothing."""


def kept(server):
    """The bytes of each file at the district, as they lie there."""
    if isinstance(server.depot, InBucket):
        return server.depot.raw()
    folder = server.base.path.with_suffix(".files")
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


def enrolled(server, commune, office):
    road = FileRoad(server)
    syncing.enrol(office, office.session(), road, "http://localhost", invite(server, commune))
    carry(office, road)
    return FileRoad(server)


@pytest.fixture
def office(server, commune, offices):
    enrolled(server, commune, offices[0])
    return offices[0]


def deliver_now(office, road, **more):
    return deliver(office, road, written(office), **more)


def counted(base, table):
    with base.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar()


def asking(office, server, request, road=None, signer=None):
    """The answer to a request that a liar signs with the machine's own key."""
    with office.reading() as (connection, _):
        speaker, nonce = own.get(connection, SPEAKER), own.get(connection, NONCE)
    request = replace(request, log=speaker[:8], nonce=request.nonce or nonce)
    body = request.to_bytes(signer or Signer(speaker[8:]), district(office).ed25519)
    data = (road or FileRoad(server)).post(FILE, body)
    answer = wire.read_file_answer(data, district(office).ed25519, body[-64:])
    if any(answer.nonce):
        with office.writing(guard_clock=False) as (pen, _):
            own.put(pen.connection, NONCE, answer.nonce)
    return answer


def opening(office, code, one):
    return FileRequest(OPEN, b"", b"", one.sha256, dossier_of(office, code), one.size)


def dossier_of(office, code):
    return lookup.show(office, code)[0].id


def test_a_scan_goes_up_after_its_event_and_is_kept_sealed_under_the_servers_key(server, office):
    content = scan(SCAN)
    _, one = attached(office, content)
    road = FileRoad(server)

    done = carry(office, road)

    assert (done.files.files, done.files.ended, tally(office).files) == (1, Ended.DONE, 0)
    assert digitised.where(office, one.sha256) is Where.SAFE
    assert server.depot.read(one.sha256) == content
    [sealed] = kept(server)
    assert len(sealed) > len(content) and content[:16] not in sealed
    assert (counted(server.base, pieces), counted(server.base, on_their_way)) == (0, 0)
    assert [path for path, _ in road.asked].index(FILE) > 0, "events go first"
    assert max(len(wire.read_file_request(body).request.piece) for body in road.pieces) == PIECE


@by_folder
def test_an_upload_cut_at_every_kilobyte_never_sends_more_than_one_piece_again(server, office):
    content = scan(SCAN)
    _, one = attached(office, content)
    carry(office, FileRoad(server), stops=lambda: True)
    arrived = cuts = sent = 0

    for position in range(1024, SCAN, 1024):
        if position >= arrived + PIECE:  # the piece before this cut arrives, and its answer is lost
            assert broken(office, FileRoad(server), lost=1).content == PIECE
            arrived, sent = arrived + PIECE, sent + PIECE
        road = broken(office, FileRoad(server), cut_after=position - arrived)
        cuts += 1
        assert wire.read_file_request(road.pieces[0]).request.offset == arrived
        assert road.content == position - arrived <= PIECE, "so much of one piece will go again"

    road = FileRoad(server)
    assert deliver_now(office, road).files == 1
    assert (cuts, sent + road.content) == (249, SCAN), "nothing that had arrived went twice"
    assert server.depot.read(one.sha256) == content


def broken(office, road, *, cut_after=None, lost=None):
    """The road, after it broke."""
    road.cut_after, road.lost = cut_after, lost
    with pytest.raises(Unreachable):
        deliver_now(office, road)
    forget_the_pace(office)
    return road


def forget_the_pace(office):
    """The link broke, but not twice in a row."""
    with office.writing(guard_clock=False) as (pen, _):
        own.drop(pen.connection, BROKE)


@by_folder
@pytest.mark.parametrize("way", ["altered", "truncated", "swapped"])
def test_a_piece_that_was_altered_cut_short_or_put_in_anothers_place_is_refused(server, office, way):
    attached(office, scan(3 * PIECE))
    carry(office, FileRoad(server), stops=lambda: True)
    before = []

    def meddle(body):
        request = wire.read_file_request(body).request
        if request.act != PUT:
            return body
        before.append(body)
        if way == "altered":
            return body[:1000] + bytes([body[1000] ^ 1]) + body[1001:]
        if way == "truncated":
            return body[:1000] + body[-64:]
        return before[0]

    road = FileRoad(server)
    road.meddle = meddle
    with pytest.raises((Refused, Unreachable)):
        deliver_now(office, road)

    held = PIECE if way == "swapped" else 0  # the first was in its own place
    assert counted(server.base, pieces) == held // PIECE
    assert deliver_now(office, FileRoad(server)).files == 1


@by_folder
def test_an_answer_that_was_altered_is_refused_and_nothing_is_believed(server, office):
    _, one = attached(office, scan(PIECE))
    carry(office, FileRoad(server), stops=lambda: True)
    road = FileRoad(server)
    road.meddle_answer = lambda data: data[:1] + bytes([WHOLE]) + data[2:]

    with pytest.raises(Refused, match="district-forged"):
        deliver_now(office, road)

    assert digitised.where(office, one.sha256) is Where.HERE


@by_folder
def test_a_replayed_piece_changes_nothing(server, office):
    attached(office, scan(3 * PIECE))
    road = FileRoad(server)
    carry(office, road)
    piece = road.pieces[0]

    answer = server.filing.answer(piece)

    assert wire.read_file_answer(answer, server.who.signing.public, piece[-64:]).verdict == wire.AGAIN
    assert counted(server.base, pieces) == 0


def test_pieces_that_are_not_the_file_are_thrown_away_whole_and_asked_for_from_its_beginning(server, office):
    content = scan(2 * PIECE)
    code, one = attached(office, content)
    carry(office, FileRoad(server), stops=lambda: True)
    open_ = opening(office, code, one)
    put = FileRequest(PUT, b"", b"", one.sha256[:8])
    asking(office, server, open_)

    asking(office, server, replace(put, piece=content[PIECE:]))
    told = asking(office, server, replace(put, offset=PIECE, piece=content[:PIECE]))

    assert (told.verdict, told.why) == (REFUSED, "file-damaged")
    assert (counted(server.base, pieces), counted(server.base, files)) == (0, 0)
    assert asking(office, server, open_).offset == 0
    assert deliver_now(office, FileRoad(server)).files == 1


def test_only_a_file_that_an_event_of_its_own_commune_names_is_taken_or_given(server, office, offices):
    other = bases.commune_in(server.base, "H55.24", "UBND xã bên")
    enrolled(server, other, offices[1])
    content = scan(PIECE)
    code, one = attached(office, content)
    carry(office, FileRoad(server))
    theirs = opening(office, code, one)

    unknown = asking(office, server, replace(theirs, file=sha256(b"x").digest()))
    longer = asking(office, server, replace(theirs, size=one.size + 1))
    foreign = asking(offices[1], server, theirs)
    taken = asking(offices[1], server, replace(theirs, act=GET, file=one.sha256[:8]))
    given = asking(office, server, replace(theirs, act=GET, file=one.sha256[:8]))

    assert {one.why for one in (unknown, longer, foreign, taken)} == {"file-unknown"}
    assert (given.verdict, given.piece) == (GIVEN, content)


@by_folder
def test_more_than_the_file_has_is_refused(server, office):
    code, one = attached(office, scan(1000))
    carry(office, FileRoad(server), stops=lambda: True)
    asking(office, server, opening(office, code, one))

    told = asking(office, server, FileRequest(PUT, b"", b"", one.sha256[:8], piece=bytes(1001)))

    assert told.why == "file-too-long" and counted(server.base, pieces) == 0


@by_folder
def test_a_revoked_machine_gives_and_gets_no_file(server, office):
    code, one = attached(office, scan(1000))
    carry(office, FileRoad(server), stops=lambda: True)
    with server.base.writing() as connection:
        devices.revoke(connection, server.who, 1, "mất máy", server.now_ms)

    for request in (opening(office, code, one), FileRequest(GET, b"", b"", one.sha256[:8], bytes(16))):
        assert asking(office, server, request).why == "device-revoked"


def test_a_file_that_the_commune_has_costs_one_small_message(server, commune, office, offices):
    road = enrolled(server, commune, offices[1])
    content = scan(SCAN)
    attached(office, content)
    carry(office, FileRoad(server))
    attached(offices[1], content)

    done = carry(offices[1], road)

    assert (done.files.files, done.files.requests, road.content) == (1, 1, 0)


@by_folder
def test_the_dossier_that_is_due_first_comes_first_and_the_ended_ones_last(server, office):
    made = {}
    for name, procedure in (("ended", "1.000656"), ("late", "1.004884"), ("soon", "1.001193")):
        code = receive(office, procedure=procedure, components=PAPERS).code
        attached(office, scan(1000, len(made)), code)
        made[name] = dossier_of(office, code)
        if name == "ended":
            acts.withdraw(office, office.session(), code, "rút hồ sơ")
    order = []

    carry(office, FileRoad(server), progress=lambda now: order.append(now))

    assert [now.dossier for now in order if now.sent == now.size] == [
        made[name] for name in ("soon", "late", "ended")
    ]


@by_folder
def test_events_never_wait_more_than_one_piece_behind_a_scan(server, office):
    attached(office, scan(10 * PIECE))
    carry(office, FileRoad(server), stops=lambda: True)
    road, at = FileRoad(server), []

    def told(progress):
        if progress.sent == 3 * PIECE and not at:
            receive(office)
            at.append(len(road.asked))

    carry(office, road, progress=told)

    after = [path for path, _ in road.asked[at[0] :]]
    assert after[0] == syncing.EXCHANGE and after.count(syncing.EXCHANGE) == 1
    assert len(road.pieces) == 10, "and the scan goes on where it was"


@by_folder
def test_no_more_than_the_days_bytes_go_in_a_day(server, office):
    office.settings = replace(office.settings, file_mb_a_day=1)
    for seed in range(3):
        attached(office, scan(400_000, seed))
    road = FileRoad(server)

    done = carry(office, road)

    assert done.files.ended is Ended.RATIONED and 900_000 < road.content <= 1_000_000
    office._clock.now += timedelta(days=1)
    assert carry(office, FileRoad(server)).files.ended is Ended.DONE


def test_a_file_that_is_refused_keeps_its_reason_and_holds_up_no_other(server, office, monkeypatch):
    first, second = scan(2000, 1), scan(2000, 2)
    _, one = attached(office, first)
    _, two = attached(office, second)
    carry(office, FileRoad(server), stops=lambda: True)
    blobs_of(office).path(one.sha256).write_bytes(b"mc/blob?")

    done = deliver_now(office, FileRoad(server))

    assert (done.files, done.refused) == (1, ["attachment-damaged"])
    assert digitised.where(office, two.sha256) is Where.SAFE
    with office.reading() as (connection, _):
        assert blobs.find(connection, one.sha256).fault == "attachment-damaged"


def test_a_server_that_lost_its_files_and_began_anew_is_given_them_again(server, office):
    _, one = attached(office, scan(40_000))
    carry(office, FileRoad(server))
    server.depot.drop(one.sha256)
    with server.base.writing() as connection:
        identity.renew(connection, server.who, server.now_ms)

    carry(office, FileRoad(server))

    assert server.depot.read(one.sha256) and digitised.where(office, one.sha256) is Where.SAFE


@by_folder
def test_a_file_that_another_process_finishes_at_that_moment_is_whole(server, commune, office):
    content = scan(3 * PIECE)
    _, one = attached(office, content)

    class Late:
        """Another process has all that came before this one reads it."""

        def put(self, digest, parts):
            with server.base.reading() as connection:
                upload = uploads.find(connection, commune, 1, digest)
            server.filing._finish(upload, FileAnswer(HELD, bytes(8)))
            server.depot.put(digest, list(parts))

    second = Filing(server.base, server.who, Late(), lambda: server.now_ms)

    assert carry(office, FileRoad(server, second)).files.files == 1
    assert server.depot.read(one.sha256) == content


@by_folder
def test_what_a_machine_has_under_way_is_bounded_and_forgotten_in_the_end(server, commune, monkeypatch):
    monkeypatch.setattr(uploads, "MOST", 3)
    with server.base.writing() as connection:
        for n in range(5):
            uploads.begin(connection, commune, 1, bytes([n] * 32), 100, n)
        assert uploads.find(connection, commune, 1, bytes([0] * 8)) is None
        assert uploads.find(connection, commune, 1, bytes([4] * 8)) is not None
        uploads.begin(connection, commune, 2, bytes(32), 100, uploads.RESTS_MS + 100)

    assert counted(server.base, on_their_way) == 1


def by(road):
    return lambda known: nullcontext(road)


def test_what_another_machine_scanned_is_fetched_where_it_is_opened_and_kept(
    server, commune, office, offices
):
    other = offices[1]
    enrolled(server, commune, other)
    content = scan(5 * PIECE)
    _, one = attached(office, content)
    carry(office, FileRoad(server))
    carry(other, FileRoad(server))
    assert digitised.where(other, one.sha256) is Where.ELSEWHERE
    cut, road = FileRoad(server), FileRoad(server)
    cut.lost = 3

    with pytest.raises(NotFound, match="attachment-not-here"):
        digitised.read(other, other.session(), one, by(cut))
    here = all_of(digitised.read(other, other.session(), one, by(road)))

    assert here == content and digitised.where(other, one.sha256) is Where.SAFE
    assert len(road.asked) == 3, "of five pieces two, after a nonce: what had come is not fetched again"
    [sealed] = [path.read_bytes() for path in other.places.blobs.rglob("*") if path.is_file()]
    assert content[:16] not in sealed
    assert all_of(digitised.read(other, other.session(), one, by(None))) == content


def test_a_part_that_was_torn_goes_on_behind_what_is_whole(server, commune, office, offices):
    other = offices[1]
    enrolled(server, commune, other)
    content = scan(4 * PIECE)
    _, one = attached(office, content)
    carry(office, FileRoad(server))
    carry(other, FileRoad(server))
    cut, road = FileRoad(server), FileRoad(server)
    cut.lost = 3
    with pytest.raises(Unreachable):
        fetch(other, cut, one.sha256)
    [part] = other.places.blobs.rglob("*.part")
    assert content[:16] not in part.read_bytes()
    part.write_bytes(part.read_bytes()[:-100])

    fetch(other, road, one.sha256)
    assert blobs_of(other).read(one.sha256) == content
    assert len(road.asked) == 3


def test_a_file_that_was_deleted_by_hand_comes_back_from_the_district(server, office):
    content = scan(30_000)
    _, one = attached(office, content)
    carry(office, FileRoad(server))
    blobs_of(office).drop(one.sha256)

    assert all_of(digitised.read(office, office.session(), one, by(FileRoad(server)))) == content
    assert blobs_of(office).read(one.sha256) == content


def test_a_file_leaves_only_when_the_district_holds_it_and_its_dossier_has_ended(server, office):
    office.settings = replace(office.settings, files_keep_days=10, files_keep_free_mb=0)
    (first, one), (_, two) = attached(office, scan(20_000, 1)), attached(office, scan(20_000, 2))
    acts.withdraw(office, office.session(), first, "rút hồ sơ")
    office._clock.now += timedelta(days=20)

    unsent = tidy(office)
    carry(office, FileRoad(server))
    office._clock.now += timedelta(days=20)
    sent = tidy(office)

    assert (unsent.evicted, sent.evicted) == (0, 1)
    assert digitised.where(office, one.sha256) is Where.DISTRICT
    assert digitised.where(office, two.sha256) is Where.SAFE, "its dossier goes on"
    assert not blobs_of(office).has(one.sha256) and blobs_of(office).has(two.sha256)
    assert all_of(digitised.read(office, office.session(), one, by(FileRoad(server)))) == scan(20_000, 1)


@by_folder
def test_a_disk_that_grows_full_gives_up_the_oldest_first_and_no_more_than_it_must(server, office):
    made = []
    for seed in range(3):
        code, one = attached(office, scan(20_000, seed))
        acts.withdraw(office, office.session(), code, "rút hồ sơ")
        made.append(one)
    carry(office, FileRoad(server))

    tidy(office, lambda folder: office.settings.files_keep_free_mb * 1_000_000 - 30_000)

    places = [digitised.where(office, one.sha256) for one in made]
    assert places == [Where.DISTRICT, Where.DISTRICT, Where.SAFE]


@by_folder
def test_what_lies_in_the_folder_for_nothing_is_swept_after_a_day(server, office):
    attached(office, scan(2000))
    folder = blobs_of(office)
    orphan, new = folder.keep(b"%PDF of no event"), folder.keep(b"of an event to come")
    yesterday = time.time() - 2 * 24 * 3600
    os.utime(folder.path(orphan), (yesterday, yesterday))

    assert tidy(office).swept == 1
    assert not folder.has(orphan) and folder.has(new)


def test_a_store_is_not_destroyed_while_a_scan_of_it_is_nowhere_else(server, office):
    attached(office, scan(2000))
    road = FileRoad(server)
    office.settings = replace(office.settings, sync_hours="03:00–03:01")

    carry(office, road)
    assert tally(office).files == 1
    carry(office, road, rationed=False)

    assert tally(office).files == 0
