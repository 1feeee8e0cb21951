"""A file of petitions that was cut short is given again, and writes none of them twice."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final

from counter_app.services.office import Office
from counter_app.store import own

_BEGUN: Final = "petition-file/"  # and its digest: what was drawn for a run that has not come to its end
_PART: Final = 1 << 20  # bytes


@contextmanager
def ids_for(office: Office, given: BinaryIO) -> Iterator[Callable[[int], bytes]]:
    """Gives a draft's id for each line: the same again only where the last run of this file was cut short.

    Of their content alone it cannot be: two citizens may say the same words, in the same place of two files.
    What cannot be read twice (a pipe) has no such ids: b"".
    """
    if not given.seekable():
        yield lambda line: b""
        return
    start = given.tell()
    whole = hashlib.sha256()
    while part := given.read(_PART):
        whole.update(part)
    given.seek(start)
    name = _BEGUN + whole.hexdigest()
    with office.database.writing() as connection:
        if (drawn := own.get(connection, name)) is None:
            own.put(connection, name, drawn := os.urandom(16))
    run = drawn
    yield lambda line: hashlib.sha256(run + line.to_bytes(8, "big")).digest()[:16]
    with office.database.writing() as connection:
        own.drop(connection, name)
