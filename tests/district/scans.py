"""Scanned papers of a chosen size, and a road to a district that counts, cuts, alters and loses."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from io import BytesIO

from PIL import Image

from counter_app.district.filing import Filing
from counter_app.domain.attachments import Attachment
from counter_app.domain.errors import Unreachable
from counter_app.services import attaching, digitised
from counter_app.services.attaching import Given
from counter_app.services.contents import Content, pieces_of
from counter_app.services.filing import FILE
from counter_app.services.office import Office
from counter_app.sync.file_message import PUT, read_file_request
from tests.district import bases
from tests.services.stores import receive

PAPERS = [
    {"name": "Tờ khai", "kind": "original", "count": 1},
    {"name": "Giấy chứng sinh", "kind": "certified", "count": 1},
]


@cache
def scan(size: int, seed: int = 1) -> bytes:
    """A page as a scanner makes it, of exactly so many bytes; none is like another's."""
    page = Image.frombytes("L", (40, 40), random.Random(seed).randbytes(1600))
    out = BytesIO()
    page.save(out, "JPEG", quality=30)
    drawn = random.Random(seed + size).randbytes(size - len(out.getvalue()))
    return out.getvalue() + drawn  # readers stop at the picture's end


def attached(office: Office, content: bytes, code: str = "", number: int = 1) -> tuple[str, Attachment]:
    """The dossier's code, received now unless given, with the scan on its paper."""
    code = code or receive(office, components=PAPERS).code
    attaching.attach(office, office.session(), code, number, [Given(content)])
    return code, named(office, code, content)


def all_of(content: Content) -> bytes:
    return b"".join(pieces_of(content))


def named(office: Office, code: str, content: bytes) -> Attachment:
    files = [one for paper in digitised.of_dossier(office, code).papers for one in paper.files]
    return next(one for one in files if one.sha256 == sha256(content).digest())


class FileRoad:
    """Straight to the server, or to one of its processes; breaks once `cut_after` bytes of files went up."""

    def __init__(self, server: bases.Server, filing: Filing | None = None) -> None:
        self.server, self.filing = server, filing or server.filing
        self.content = 0
        """Bytes of files that went up, whether they arrived or not."""
        self.cut_after: int | None = None
        self.lost: int | None = None
        """The answer of that number, from 0 on, is lost."""
        self.meddle: Callable[[bytes], bytes] = lambda body: body
        self.meddle_answer: Callable[[bytes], bytes] = lambda answer: answer
        self.asked: list[tuple[str, bytes]] = []

    def post(self, path: str, body: bytes) -> bytes:
        self.asked.append((path, body))
        if path == FILE:
            self.content += len(read_file_request(body).request.piece)
            if self.cut_after is not None and self.content > self.cut_after:
                self.content = self.cut_after
                raise Unreachable("district-unreachable")
        exchange = self.server.exchange
        way = exchange.enrol if path.endswith("enrol") else exchange.answer
        answer = (self.filing.answer if path == FILE else way)(self.meddle(body))
        if self.lost == len(self.asked) - 1:
            raise Unreachable("district-silent")
        return self.meddle_answer(answer)

    @property
    def pieces(self) -> list[bytes]:
        """The bodies that carried a piece of a file up, in their order."""
        found = ((body, read_file_request(body).request) for path, body in self.asked if path == FILE)
        return [body for body, request in found if request.act == PUT]
