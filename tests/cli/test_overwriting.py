"""What the officer already has under that name is never replaced by something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Here


@pytest.mark.parametrize("words", [("bundle", "export"), ("backup",)])
def test_a_picture_is_not_replaced_and_an_older_file_of_the_sort_is(
    store: Here, new_store: object, tmp_path: Path, words: tuple[str, ...]
) -> None:
    other = new_store("other")  # type: ignore[operator]
    other.ok("pair", "offer", tmp_path / "offer")
    store.ok("pair", "accept", tmp_path / "offer", "--out", tmp_path / "reply")
    picture, own = tmp_path / "anh.png", tmp_path / "own"
    picture.write_bytes(b"\x89PNG a picture")

    told = store.run(*words, picture)

    assert told.code != 0 and picture.name in told.said and "chọn tên khác" in told.said
    assert picture.read_bytes() == b"\x89PNG a picture"
    store.ok(*words, own)
    store.ok(*words, own)
    gone = store.run(*words, tmp_path / "none" / "own")
    assert gone.code != 0 and "Không thấy thư mục" in gone.said
