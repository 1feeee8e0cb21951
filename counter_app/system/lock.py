"""One window a store: a lock of the operating system, which dies with its process."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from counter_app.domain.errors import Busy
from counter_app.system.files import cannot_write

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try_lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


_NO_WRITING: Final = (errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOSPC)


def _opened(path: Path) -> int | None:
    """The file's descriptor; None where it can be neither made nor found."""
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        if error.errno not in _NO_WRITING:
            raise cannot_write(path, error) from error
    try:
        return os.open(path, os.O_RDONLY)
    except OSError:
        return None


@contextmanager
def single_window(path: Path, why: str = "window-open") -> Iterator[None]:
    """Holds the lock file `path` for the length of a `with`; raises Busy(`why`) where another does.

    The file stays behind: who removed it could take away a lock that another process has just got. Where
    nothing can be written, the file is locked as it lies there, and none is missed: nobody writes there.
    """
    descriptor = _opened(path)
    if descriptor is None:
        yield
        return
    try:
        try:
            _try_lock(descriptor)
        except (BlockingIOError, PermissionError) as error:
            raise Busy(why) from error
        yield
    finally:
        os.close(descriptor)
