"""Small files, written whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from counter_app.domain.errors import AlreadyThere, BadInput, CannotRead, CannotWrite, DiskFull

_PROOF = bytes(64 * 1024)
"""More than most papers have."""
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def write_atomically(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Puts `data` in the place of whatever `path` held; after a power loss one or the other is there, whole.

    `mode` holds on POSIX. Raises DiskFull("disk-full") or CannotWrite("cannot-write"), both with `path`; the
    old content then still stands.
    """
    write_parts(path, (data,), mode=mode)


def write_parts(path: Path, parts: Iterable[bytes], *, mode: int = 0o600) -> None:
    """The same of data that comes in parts, of which one at a time is in memory; what they raise goes on."""
    beside = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        try:
            if not _write_nameless(path, beside, parts, mode):
                _write_new(beside, parts, mode)
                beside.replace(path)
            _sync_folder(path.parent)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise cannot_write(path, error) from error


def prove_writable(path: Path) -> None:
    """That a file can be written there now, before something is said of it; raises CannotWrite, DiskFull."""
    beside = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        try:
            _write_new(beside, (_PROOF,), 0o600)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from error


def append(path: Path, data: bytes, at: int) -> None:
    """Puts `data` behind the file's first `at` bytes, in the place of what followed, durably.

    Raises DiskFull or CannotWrite.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "r+b") as file:
            file.truncate(at)
            file.seek(at)
            file.write(data)
            file.flush()
            os.fsync(descriptor)
    except OSError as error:
        raise cannot_write(path, error) from error


def move_into_place(made: Path, place: Path) -> None:
    """Gives a finished file its name, durably; raises DiskFull or CannotWrite."""
    try:
        descriptor = os.open(made, os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        made.replace(place)
        _sync_folder(place.parent)
    except OSError as error:
        raise cannot_write(place, error) from error


def move(path: Path, target: Path) -> None:
    """Gives a file another name in another folder, durably; raises DiskFull or CannotWrite."""
    try:
        path.replace(target)
        _sync_folder(target.parent)
        _sync_folder(path.parent)
    except OSError as error:
        raise cannot_write(target, error) from error


def from_the_disk(path: Path) -> None:
    """Brings the file onto its disk, and has the next reader take it from there, where the system can.

    Raises OSError.
    """
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(descriptor)


def read_bytes(path: Path) -> bytes:
    """Raises CannotRead("file-missing" or "cannot-read") with `path`."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise CannotRead("file-missing", path=path) from error
    except OSError as error:
        raise CannotRead("cannot-read", path=path, code=error.errno) from error


def remove(path: Path) -> None:
    """The file is gone, durably, if there was one; raises CannotWrite."""
    try:
        path.unlink(missing_ok=True)
        if path.parent.exists():
            _sync_folder(path.parent)
    except OSError as error:
        raise cannot_write(path, error) from error


def private_folder(path: Path) -> Path:
    """The folder, made where it is missing, open to this user alone; raises DiskFull or CannotWrite."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(0o700)
    except OSError as error:
        raise cannot_write(path, error) from error
    return path


def shared_folder(path: Path) -> Path:
    """A folder for papers, made where it is missing; raises DiskFull or CannotWrite."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from error
    return path


def refuse_other(path: Path, beginning: bytes) -> None:
    """Before a file is written there: raises BadInput("not-a-folder") where there is no folder for it,
    AlreadyThere("file-there") where one lies that does not begin so: it is no older one of the same sort."""
    if not path.parent.is_dir():
        raise BadInput("not-a-folder", field="path", value=str(path.parent))
    try:
        with path.open("rb") as file:
            if file.read(len(beginning)) != beginning:
                raise AlreadyThere("file-there", path=path)
    except FileNotFoundError:
        prove_writable(path)
    except OSError as error:
        raise cannot_write(path, error) from error


@contextmanager
def workshop(folder: Path, prefix: str, room: int = 0, otherwise: Path | None = None) -> Iterator[Path]:
    """A folder for what is thrown away again: in this one, its name begun by the prefix; beside `otherwise`,
    its name begun by that, where this one is read-only or has no `room` (bytes).

    Raises DiskFull or CannotWrite.
    """
    if otherwise is not None and not _has_room(folder, room):
        folder, prefix = otherwise.parent, otherwise.name
    try:
        made = Path(tempfile.mkdtemp(dir=folder, prefix=prefix))
    except OSError as error:
        raise cannot_write(folder, error) from error
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _has_room(folder: Path, room: int) -> bool:
    try:
        return os.access(folder, os.W_OK) and shutil.disk_usage(folder).free >= room
    except OSError:
        return False


def cannot_write(path: Path, error: OSError) -> DiskFull | CannotWrite:
    """What an OSError at writing means to people."""
    if error.errno in _NO_ROOM:
        return DiskFull("disk-full", path=path)
    return CannotWrite("cannot-write", path=path, code=error.errno)


def _write_nameless(path: Path, beside: Path, parts: Iterable[bytes], mode: int) -> bool:
    """Linux: a file without a name until it is whole, so that a killed process leaves nothing of a paper.

    False where the system or the file system has no such files.
    """
    if not Path("/proc/self/fd").is_dir():  # by which it gets its name
        return False
    try:
        descriptor = os.open(path.parent, os.O_WRONLY | os.O_TMPFILE, mode)
    except (AttributeError, OSError):
        return False
    with os.fdopen(descriptor, "wb") as file:
        for part in parts:
            file.write(part)
        file.flush()
        os.fchmod(descriptor, mode)
        os.fsync(descriptor)
        _name(descriptor, path, beside)
    return True


def _name(descriptor: int, path: Path, beside: Path) -> None:
    made = f"/proc/self/fd/{descriptor}"
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        # Only with a folder's descriptor does Python ask for the file behind the link in /proc.
        os.link(made, path.name, src_dir_fd=folder, dst_dir_fd=folder)
    except FileExistsError:
        os.link(made, beside.name, src_dir_fd=folder, dst_dir_fd=folder)
        beside.replace(path)
    finally:
        os.close(folder)


def _write_new(path: Path, parts: Iterable[bytes], mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    with os.fdopen(descriptor, "wb") as file:
        for part in parts:
            file.write(part)
        file.flush()
        os.fsync(descriptor)
    path.chmod(mode)  # whatever the umask took away


def _sync_folder(folder: Path) -> None:
    # Windows has no handle for a folder; there the rename is a journalled act of NTFS.
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
