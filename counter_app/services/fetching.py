"""A file that is not here, fetched from the district piece by piece; what came of it outlives a cut."""

from __future__ import annotations

from counter_app.domain.errors import Damaged, NotAllowed, NotFound, Refused
from counter_app.services.blobs import blobs_of
from counter_app.services.enrolled import district
from counter_app.services.filing import Line, under
from counter_app.services.office import Office, to_ms
from counter_app.services.syncing import Road
from counter_app.store import blobs
from counter_app.sync.file_message import GET, GIVEN, NAMED, FileRequest


def fetch(office: Office, road: Road, digest: bytes) -> None:
    """The file of that SHA-256 is kept here, of which no more than a piece was in memory.

    Raises NotAllowed("not-enrolled"), NotFound("no-such-attachment"), Refused("file-not-there" | the
    district's reason), Unreachable, Damaged("attachment-damaged"), DiskFull.
    """
    known = district(office)
    if known is None:
        raise NotAllowed("not-enrolled")
    with office.reading() as (connection, _):
        named = blobs.named(connection, digest)
    if named is None:
        raise NotFound("no-such-attachment", sha256=digest.hex()[:12])
    dossier, size = named
    folder, line = blobs_of(office), Line(office, road, known)
    came = folder.part(digest)
    while came.size < size:
        asked = FileRequest(GET, b"", b"", digest[:NAMED], dossier, offset=came.size)
        answer = line.ask(under(asked))
        if answer.verdict != GIVEN or not answer.piece:
            raise Refused(answer.why or "file-not-there")
        came.add(answer.piece)
    try:
        folder.put(digest, came.parts())
    except Damaged:  # what came is no such file: it is asked for from its beginning
        came.drop()
        raise
    came.drop()
    with office.writing(guard_clock=False) as (pen, now):
        if blobs.named(pen.connection, digest) is None:  # erased while it came
            folder.drop(digest)
            raise NotFound("no-such-attachment", sha256=digest.hex()[:12])
        blobs.keep(pen.connection, digest, size, to_ms(now))
        blobs.set_safe(pen.connection, digest, to_ms(now))
