"""The seized disk: no text of a person in any byte that was ever written, no name that can be guessed."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
import zlib
from base64 import b64encode
from pathlib import Path

import zstandard

from counter_app.crypto.blobs import BlobKeys
from counter_app.crypto.wraps import KeyFile
from tests.seized.conftest import Disk
from tests.seized.searching import Search, forms_of, leaks
from tests.seized.tap import written

CLEAR = {
    "keys.json": {"version", "store", "wraps"},
    "district.json": {"database"},
}
"""Files that may be read without any key, and all that they hold."""
WRAP = {"id", "kind", "created", "label", "params", "nonce", "sealed"}
TOLD = ("marks.json", "counter.log", "offer", "reply")
"""Others, which the search goes through: numbers given out, words of our code, a machine's public keys."""
EMPTY = ("backup.lock", "window.lock")


def test_the_search_finds_whatever_was_done_to_a_text(tmp_path: Path) -> None:
    forms = forms_of(["Khuất Duệ Quỳnhxa"], [b"a known paper"])
    search = Search(forms)
    for form in forms:
        assert list(search.found(b"\0" * 7 + form + b"\xff")), form
    secret = "Họ tên: Khuất Duệ Quỳnhxa.".encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", secret * 3)
    raw = zlib.compressobj(wbits=-15)
    for hidden in (
        b64encode(b"xy" + secret),
        b"\1" * 9 + zlib.compress(secret * 3),
        gzip.compress(secret * 3),
        b"\1" * 5 + zstandard.compress(secret * 3),
        raw.compress(secret * 3) + raw.flush(),
        packed.getvalue(),
        zlib.compress(packed.getvalue() * 2),
    ):
        assert list(search.deep(hidden)), hidden
    (tmp_path / "quỳnhxa").touch()
    assert len(leaks(search, tmp_path)) == 1
    assert list(search.deep(b"Nguyen Van A" * 99)) == []


def test_no_byte_that_is_left_tells_of_a_person(disk: Disk) -> None:
    lived = {path.relative_to(disk.folder).parts[0] for path in disk.folder.rglob("*") if path.is_file()}

    assert lived == {"asked", "counter", "counter-sao-luu", "district", "other", "stick"}
    assert leaks(disk.search, *disk.places) == []


def test_no_byte_that_was_ever_written_did_so_though_its_file_be_gone(disk: Disk) -> None:
    asked = f"{disk.folder / 'asked'}/"
    every = [(path, data) for path, data in written(disk.record) if not path.startswith(asked)]

    gone = {path for path, _ in every if not Path(path).exists()}
    assert any("/backup-" in path for path in gone) and any("store.db-wal" in path for path, _ in every)
    assert sorted(set(disk.search.deep(b"".join(data for _, data in every)))) == []
    assert [path for path, data in written(disk.record) if path.startswith(asked) and b"%PDF-1" in data]


def test_what_can_be_read_without_a_key_is_known_and_all_else_is_sealed(disk: Disk) -> None:
    for path in (path for place in disk.places for path in place.rglob("*") if path.is_file()):
        data = path.read_bytes()
        if path.name in CLEAR:
            said = json.loads(data)
            assert set(said) == CLEAR[path.name]
            assert all(set(wrap) == WRAP for wrap in said.get("wraps", ()))
        elif path.name in EMPTY:
            assert data == b""
        elif path.suffix == ".zip":
            with zipfile.ZipFile(path) as backup:
                assert set(backup.namelist()) == {"store.db", "keys.json", "files.json"}
        elif not path.name.startswith(TOLD) and path.suffix not in (".txt", ".db-shm"):
            assert len(zlib.compress(data)) > 0.98 * len(data), f"{path} is not sealed"


def test_no_name_of_a_file_follows_from_what_a_thief_may_know(disk: Disk) -> None:
    ids = [*disk.told["codes"], *disk.told["ids"]]
    known = Search(forms_of(disk.told["secrets"], disk.contents) | forms_of(ids, words=False))
    names = {path.name for place in disk.places for path in place.rglob("*")}
    store = disk.folder / "counter"

    assert [name for name in names if list(known.found(name.encode()))] == []
    keys = KeyFile.from_bytes((store / "keys.json").read_bytes())
    naming = BlobKeys(keys.open_with_secret(disk.vault.kept[keys.store_id]))
    hidden = {naming.name(hashlib.sha256(content).digest()) for content in disk.contents}
    assert hidden <= names, "by the key alone they are found"
    places = [store / "blobs", store / "unkept", disk.folder / "district" / "files"]
    held = [{path.name for path in place.rglob("*") if path.is_file()} for place in places]
    assert [len(one) for one in held] == [1, 1, 1] and len(set().union(*held)) == 3
