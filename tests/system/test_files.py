"""Small files are whole, or as they were."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from counter_app.domain.errors import AlreadyThere, BadInput, CannotRead, CannotWrite, DiskFull
from counter_app.system.files import (
    cannot_write,
    private_folder,
    read_bytes,
    refuse_other,
    workshop,
    write_atomically,
)

posix = pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")


def test_what_was_written_is_read_and_nothing_else_lies_there(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"

    write_atomically(path, b"first")
    write_atomically(path, b"second")

    assert read_bytes(path) == b"second"
    assert list(tmp_path.iterdir()) == [path]


@posix
@pytest.mark.parametrize("mode", [0o600, 0o644])
def test_the_file_is_open_to_those_named_whatever_the_umask(tmp_path: Path, mode: int) -> None:
    before = os.umask(0o077)
    try:
        write_atomically(tmp_path / "file", b"", mode=mode)
    finally:
        os.umask(before)

    assert (tmp_path / "file").stat().st_mode & 0o777 == mode


def test_a_failed_write_leaves_the_old_file_and_no_rest(tmp_path: Path) -> None:
    folder = tmp_path / "taken"
    (folder / "inside").mkdir(parents=True)

    with pytest.raises(CannotWrite) as failure:
        write_atomically(folder, b"data")

    assert failure.value.facts["path"] == folder
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite):
        write_atomically(tmp_path / "nowhere" / "file", b"")


# A limit on the size of files stands in for a full disk: the kernel refuses the write half-way.
LIMITED = """
import resource, signal, sys, pathlib
from counter_app.domain.errors import DiskFull
from counter_app.system.files import write_atomically
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    write_atomically(pathlib.Path(sys.argv[1]), bytes(10000))
except DiskFull:
    sys.exit(7)
"""


@posix
def test_a_full_disk_is_said_and_the_old_file_stands(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    write_atomically(path, b"old")

    done = subprocess.run([sys.executable, "-c", LIMITED, str(path)], check=False)

    assert done.returncode == 7
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EACCES, CannotWrite),
        (errno.EROFS, CannotWrite),
    ],
)
def test_each_refusal_of_the_system_has_its_name(code: int, kind: type) -> None:
    assert type(cannot_write(Path("x"), OSError(code, "text"))) is kind


@pytest.mark.parametrize(("name", "why"), [("missing", "file-missing"), (".", "cannot-read")])
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str, why: str) -> None:
    with pytest.raises(CannotRead) as failure:
        read_bytes(tmp_path / name)

    assert failure.value.why == why


@posix
def test_a_private_folder_is_this_users_alone(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"

    private_folder(folder)
    private_folder(folder)

    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_in_place_of_a_file_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(CannotWrite):
        private_folder(tmp_path / "file" / "folder")


def test_a_file_takes_the_place_of_one_of_its_own_sort_alone(tmp_path: Path) -> None:
    picture, older = tmp_path / "anh.png", tmp_path / "tep"
    picture.write_bytes(b"\x89PNG")
    older.write_bytes(b"mc/seal and more")

    refuse_other(older, b"mc/seal")
    refuse_other(tmp_path / "new", b"mc/seal")
    with pytest.raises(AlreadyThere, match="file-there"):
        refuse_other(picture, b"mc/seal")
    with pytest.raises(BadInput, match="not-a-folder"):
        refuse_other(tmp_path / "none" / "new", b"mc/seal")
    assert sorted(tmp_path.iterdir()) == [picture, older]


@pytest.mark.parametrize("room", [0, 1 << 60])
def test_what_is_worked_on_lies_beside_the_end_where_its_own_place_has_no_room(
    tmp_path: Path, room: int
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()

    with workshop(here, "copy-", room, there / "end.zip-") as made:
        assert made.parent == (there if room else here)
        assert made.name.startswith("end.zip-" if room else "copy-")
    assert not [*here.iterdir(), *there.iterdir()]
