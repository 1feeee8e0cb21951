"""The watched folder: a file counts once it stands still, once, and goes only while it is what was read."""

from __future__ import annotations

from hashlib import sha256

import pytest

from counter_app.domain.errors import CannotRead
from counter_app.services.scan_folder import ScanFolder, take_away


def test_a_file_is_given_once_it_stands_still_and_again_when_it_changes(tmp_path):
    watch, path = ScanFolder(), tmp_path / "a.PDF"
    (tmp_path / "notes.txt").write_text("x")
    (tmp_path / "empty.pdf").touch()
    path.write_bytes(b"half")
    assert watch.look(tmp_path, 0.0) == []
    path.write_bytes(b"half and more")
    assert watch.look(tmp_path, 2.5) == []
    assert watch.look(tmp_path, 4.6) == [path]
    assert watch.look(tmp_path, 9.0) == []
    watch.give_again(path)
    assert watch.look(tmp_path, 10.0) == [path]
    path.write_bytes(b"another one")
    assert watch.look(tmp_path, 11.0) == [] and watch.look(tmp_path, 13.0) == [path]
    with pytest.raises(CannotRead, match="scan-folder-gone"):
        watch.look(tmp_path / "nowhere", 14.0)


def test_what_has_taken_a_files_place_is_left(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"second")

    assert take_away(path, sha256(b"first").digest()) is False and path.exists()
    assert take_away(path, sha256(b"second").digest()) is True and not path.exists()
    assert take_away(path, sha256(b"second").digest()) is True
