"""`counter-district files`: a server's folder moves into a bucket while the server goes on."""

from __future__ import annotations

from argparse import Namespace
from hashlib import sha256

import pytest

from counter_app.district import house, identity, keeping_files, uploads
from counter_app.district.house import District, Places
from counter_app.district.program import _bring
from counter_app.district.program import main as program
from counter_app.domain.errors import Damaged, NotAllowed
from counter_app.services.blobs import Blobs
from counter_app.words import errors as words
from tests.district import bases
from tests.district.scans import scan
from tests.district.test_tls import data
from tests.services.stores import PASSPHRASE

__all__ = ["data"]
CONTENTS = [scan(size, 3) for size in (2000, 70_000, 3000)]
DIGESTS = [sha256(content).digest() for content in CONTENTS]


@pytest.fixture
def district(tmp_path, keys):
    """As a server that runs has it open, with three files in its folder."""
    base, places = bases.fresh(tmp_path), Places(tmp_path)
    house.write_settings(places, {"database": ""})
    commune = bases.commune_in(base)
    with base.writing() as connection:
        who = identity.draw(connection, "Sở mẫu")
    made = District(base, who, places, house.depot_of(places, bases.KEY), bases.KEY)
    for content, digest in zip(CONTENTS, DIGESTS, strict=True):
        made.depot.put(digest, [content])
        with base.writing() as connection:
            upload = uploads.begin(connection, commune, 1, digest, len(content), 1)
            uploads.finish(connection, upload, 1)
    yield made
    base.close()


def folder(district):
    return Blobs(district.places.files, bases.KEY)


def where(district):
    [line] = keeping_files.where(district, Namespace(), 0)
    return line


def use(district, store, bucket, prefix=""):
    asked = Namespace(bucket=bucket, url=store.url, prefix=prefix, region="")
    [line] = keeping_files.use(district, asked, 0)
    return line


def move(district):
    return next(iter(keeping_files.move(district, Namespace(), 0)))


def test_files_move_into_a_bucket_while_the_server_goes_on(district, object_store):
    name, depot = object_store.bucket(), district.depot
    assert where(district) == {"files": 3, "bytes": 75_000, "in_folder": 3}

    told = use(district, object_store, name, "/xa/")
    assert (told["bucket"], told["prefix"], told["in_folder"]) == (name, "xa", 3)
    assert object_store.objects(name) == {}, "what proved it is gone"

    late = scan(1500, 9)
    depot.put(sha256(late).digest(), [late])
    assert len(object_store.objects(name)) == 1 and not folder(district).has(sha256(late).digest())
    assert all(depot.has(digest) for digest in DIGESTS)

    assert move(district) == {"moved": 3, "damaged": 0}
    assert move(district) == {"moved": 0, "damaged": 0}
    assert len(object_store.objects(name)) == 4 and where(district)["in_folder"] == 0
    for digest, content in zip(DIGESTS, CONTENTS, strict=True):
        assert depot.piece(digest, 0, len(content)) == content
    depot.drop(DIGESTS[0])
    assert len(object_store.objects(name)) == 3 and not depot.has(DIGESTS[0])


def test_a_damaged_file_stays_and_the_others_move(district, object_store):
    place = folder(district).path(DIGESTS[0])
    place.write_bytes(place.read_bytes()[:-1])
    use(district, object_store, object_store.bucket())

    with pytest.raises(Damaged, match="files-damaged") as told:
        list(keeping_files.move(district, Namespace(), 0))

    assert "1 tệp" in words.sentence(told.value)
    assert [folder(district).has(digest) for digest in DIGESTS] == [True, False, False]


def test_a_bucket_is_not_taken_before_it_holds_what_the_one_before_held(district, object_store):
    first, second = object_store.bucket(), object_store.bucket()
    use(district, object_store, first)
    move(district)

    with pytest.raises(NotAllowed, match="files-not-in-bucket") as told:
        use(district, object_store, second)
    assert f"Bucket {second} thiếu 3 tệp" in words.sentence(told.value)
    assert where(district)["bucket"] == first

    for key, sealed in object_store.objects(first).items():
        object_store.ask("PUT", f"/{second}/{key}", sealed)
    assert use(district, object_store, second)["bucket"] == second


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [
        (("use", "not-there", "--url", "{url}"), 3, "không có bucket not-there"),
        (("use", "tep-xa", "--url", "s3.example.vn"), 2, "Địa chỉ nơi chứa tệp không đúng"),
        (("move",), 2, "Chưa chọn bucket"),
    ],
)
def test_a_place_that_is_none_changes_nothing(
    data, object_store, keys, monkeypatch, capsys, asked, code, said
):
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("COUNTER_PASSPHRASE", PASSPHRASE)
    before = Places(data).settings.read_bytes()

    done = program(["--data", str(data), "files", *(word.format(url=object_store.url) for word in asked)])

    told = capsys.readouterr()
    assert (done, told.out) == (code, "") and said in told.err and told.err.count("\n") == 1
    assert Places(data).settings.read_bytes() == before


def test_a_file_that_no_entry_names_any_more_is_told_in_a_sentence(monkeypatch, capsys, tmp_path):
    brought = Namespace(to_json=dict, refused=[], untaken={bytes(32): "file-unknown"})
    carrier = Namespace(bring=lambda file, fault: [brought], refuse_out=lambda *_: None, answer=lambda *_: [])
    monkeypatch.setattr("counter_app.district.program._carrier", lambda district: carrier)

    code = _bring(None, Namespace(file=tmp_path, out=tmp_path))

    told = capsys.readouterr()
    assert code == 2 and told.err.startswith("1 tệp không được nhận") and told.err.count("\n") == 1
