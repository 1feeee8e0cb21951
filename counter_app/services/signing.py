"""Digital signatures on PDFs: the head's own key file, opened for a stack; and whose signature a file bears.

The PKCS#12 file stays where it lies and its passphrase is nowhere kept; the settings remember the path.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.domain.errors import AlreadyThere, BadInput
from counter_app.domain.rights import Right
from counter_app.services.office import Office, Session
from counter_app.system import files, settings

if TYPE_CHECKING:
    from counter_app.crypto.pdf_checking import Checked
    from counter_app.crypto.pkcs12 import Identity


@dataclass(frozen=True)
class Signed:
    """A paper; `seen` where it had room for the signature to be seen, `by` "" where it bears none."""

    pdf: bytes
    seen: bool
    by: str = ""


@dataclass(frozen=True)
class Pen:
    """A key that was opened, for whom it signs, and by whose clock."""

    office: Office
    identity: Identity

    @property
    def name(self) -> str:
        return self.identity.name

    def sign(self, pdf: bytes, reason: str = "", at: datetime | None = None) -> Signed:
        """`at` is the time of the act that it belongs to, else now.

        Raises BadInput("not-a-pdf" | "pdf-too-large"), NotAllowed("pdf-encrypted" | "pdf-forbids-signature").
        """
        from counter_app.crypto import pdf_signing
        from counter_app.paper.signature import signature_look

        now, agency = at or self.office.now(), self.office.commune().name
        place = pdf_signing.place_of(pdf)
        look = signature_look(self.name, agency, now, place.size) if place else b""
        signing = pdf_signing.Signing(now, reason, agency, place, look)
        return Signed(pdf_signing.sign(pdf, self.identity, signing), place is not None, self.name)


def warm_up() -> None:
    """Reads the library, which takes most of a second, before a stack is begun."""
    from counter_app.crypto import pdf_signing

    pdf_signing.warm_up()


def open_pen(office: Office, session: Session, file: Path | None, passphrase: str) -> Pen:
    """The key in a PKCS#12 file, or in the one that was used last; who may set the counter has its path
    remembered.

    Raises NotPermitted("officer-needed" | "pin-missing" | "role-lacks-right" | "wrong-pkcs12-passphrase"),
    BadInput("no-signing-file" | "not-a-pkcs12" | "pkcs12-without-key"), CannotRead,
    NotAllowed("certificate-not-yet" | "certificate-expired" | "certificate-not-for-signing").
    """
    from counter_app.crypto.pkcs12 import open_identity

    session.require(Right.SIGN)
    if file is None and not office.settings.signing_file:
        raise BadInput("no-signing-file")
    path = (file or Path(office.settings.signing_file)).absolute()
    pen = Pen(office, open_identity(_bytes(path), passphrase, office.now()))
    if office.settings.signing_file != str(path) and session.may(Right.SET_COUNTER):
        changed = replace(office.settings, signing_file=str(path))
        settings.save(office.places.settings, changed)
        office.settings = changed
    return pen


def sign_file(pen: Pen, file: Path, folder: Path, reason: str = "") -> tuple[Path, bool]:
    """Signs a PDF into a folder, under its own name; where it lies, and whether the signature is seen.

    Raises AlreadyThere("file-there"), CannotRead, DiskFull, CannotWrite, and what `Pen.sign` raises.
    """
    target = folder / file.name
    if target.exists():
        raise AlreadyThere("file-there", path=target)
    signed = pen.sign(_bytes(file), reason)
    files.write_atomically(target, signed.pdf)
    return target, signed.seen


def check_file(file: Path, now: datetime, roots: Sequence[Path] = ()) -> tuple[Checked, ...]:
    """The signatures of a PDF. Raises CannotRead, BadInput("not-a-pdf" | "pdf-too-large" |
    "not-certificates"), NotAllowed("pdf-encrypted")."""
    from counter_app.crypto import pdf_checking

    trusted = [one for path in roots for one in pdf_checking.roots_of(_bytes(path))]
    return pdf_checking.check(_bytes(file), now, trusted)


def _bytes(path: Path) -> bytes:
    from counter_app.crypto.pdf_signing import LARGEST

    if path.is_file() and path.stat().st_size > LARGEST:
        raise BadInput("pdf-too-large", limit=LARGEST >> 20)
    return files.read_bytes(path)
