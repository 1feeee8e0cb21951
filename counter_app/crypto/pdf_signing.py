"""A signature in a PDF: PAdES baseline B (ETSI EN 319 142-1), added to the bytes without changing any.

The library is read when somebody signs: it takes three quarters of a second, and no start needs it.
"""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from counter_app.domain.errors import BadInput, NotAllowed

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader

    from counter_app.crypto.pkcs12 import Identity

PLACE: Final = "ChuKySo"
"""The named destination by which a paper says where its signature stands: a rectangle (FitR)."""
LARGEST: Final = 64 * 1024 * 1024  # bytes of a paper that is signed: the library holds it in memory

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Place:
    """Where on which page (from 0) a signature is seen; points from the lower left corner."""

    page: int
    box: Box

    @property
    def size(self) -> tuple[float, float]:
        left, bottom, right, top = self.box
        return right - left, top - bottom


@dataclass(frozen=True)
class Signing:
    """What a signature says: when, why, where; and how it looks, as a one-page PDF, at its place.

    Without a place nothing is seen on the page, and the signature is as good.
    """

    at: datetime
    reason: str = ""
    location: str = ""
    place: Place | None = None
    look: bytes = b""


def warm_up() -> None:
    """Reads the library, so that no later call has to."""
    from pyhanko.sign import signers, validation

    assert signers and validation


def place_of(pdf: bytes) -> Place | None:
    """Where the paper keeps room for a signature that nobody has filled yet.

    Raises BadInput("not-a-pdf"), NotAllowed("pdf-encrypted").
    """
    reader = reading(pdf)
    try:
        if reader.embedded_signatures:
            return None
        room = reader.root["/Dests"][f"/{PLACE}"]
        page = room.raw_get(0)
        number = next(n for n in range(_count(reader)) if _page(reader, n) == page)
        kind, left, bottom, right, top = room[1], *(float(side) for side in list(room)[2:6])
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, StopIteration):
        return None  # another program's paper
    return Place(number, (left, bottom, right, top)) if kind == "/FitR" else None


def sign(pdf: bytes, identity: Identity, signing: Signing) -> bytes:
    """The bytes of the PDF, and after them the signature over all that stands before.

    Raises BadInput("not-a-pdf"), NotAllowed("pdf-encrypted" | "pdf-forbids-signature").
    """
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign import fields, signers
    from pyhanko.sign.general import SigningError

    writer = _writer(pdf)
    name = _free_name(writer.prev)
    place = signing.place
    spec = fields.SigFieldSpec(name, on_page=place.page, box=place.box) if place else None  # type: ignore[arg-type]
    said = signers.PdfSignatureMetadata(
        field_name=name,
        md_algorithm="sha256",
        location=signing.location or None,
        reason=signing.reason or None,
        name=identity.name or None,
        subfilter=fields.SigSeedSubFilter.PADES,
    )

    class AtCounterTime(signers.PdfSigner):
        def init_signing_session(self, *given: Any, **named: Any) -> Any:
            session = super().init_signing_session(*given, **named)
            session.system_time = signing.at  # the counter's clock, which may know better than the wall
            return session

    signer = AtCounterTime(
        said,
        signer=_signer(identity),
        stamp_style=_look(signing.look) if place and signing.look else None,
        new_field_spec=spec or fields.SigFieldSpec(name),
    )
    out = io.BytesIO()
    try:
        signer.sign_pdf(writer, output=out)
    except (SigningError, PdfError) as error:
        raise NotAllowed("pdf-forbids-signature") from error
    return out.getvalue()


def reading(pdf: bytes | BinaryIO) -> PdfFileReader:
    """The library's reader. Raises BadInput("not-a-pdf" | "pdf-too-large"), NotAllowed("pdf-encrypted")."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    _quiet()
    file = io.BytesIO(pdf) if isinstance(pdf, bytes) else pdf
    if file.seek(0, io.SEEK_END) > LARGEST:
        raise BadInput("pdf-too-large", limit=LARGEST >> 20)
    try:
        reader = PdfFileReader(file, strict=False)
        reader.root["/Pages"]["/Count"]
    except Exception as error:
        raise BadInput("not-a-pdf") from error
    if reader.encrypted:
        raise NotAllowed("pdf-encrypted")
    return reader


def _writer(pdf: bytes) -> Any:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    reading(pdf)
    return IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)


def _quiet() -> None:
    """The library's own log names the people of certificates; no log of ours may."""
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [logging.NullHandler()], False


def _page(reader: Any, number: int) -> Any:
    return reader.find_page_for_modification(number)[0]


def _count(reader: PdfFileReader) -> int:
    return int(reader.root["/Pages"]["/Count"])


def _free_name(reader: PdfFileReader) -> str:
    from pyhanko.sign.fields import enumerate_sig_fields

    taken = {name for name, *_ in enumerate_sig_fields(reader)}
    numbers = range(1, len(taken) + 2)
    return next(name for number in numbers if (name := f"{PLACE}{number}") not in taken)


def _signer(identity: Identity) -> Any:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
    from pyhanko.sign.signers import Signer
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    key = identity.key

    class WithKey(Signer):
        """Signs with the key as it was opened: the library's own signer reads and proves it at each use."""

        async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
            if isinstance(key, rsa.RSAPrivateKey):
                return key.sign(data, padding.PKCS1v15(), hashes.SHA256())
            if isinstance(key, ec.EllipticCurvePrivateKey):
                return key.sign(data, ec.ECDSA(hashes.SHA256()))
            return bytes(key.sign(data))

    store: Any = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple([asn1(one) for one in identity.above])
    return WithKey(signing_cert=asn1(identity.certificate), cert_registry=store)


def asn1(certificate: Any) -> Any:
    """A certificate as the library takes it."""
    from asn1crypto import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    return x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def _look(page: bytes) -> Any:
    from pyhanko.pdf_utils import content, layout
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.stamp import StaticStampStyle

    class Drawn(content.PdfContent):
        """The page of a PDF that lies in memory: names of people are in no temporary file."""

        def render(self) -> bytes:
            drawn = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(page)))
            self.resources.xobject["/Look"] = drawn
            left, bottom, right, top = drawn.get_object()["/BBox"]
            self.box = layout.BoxConstraints(width=abs(right - left), height=abs(top - bottom))
            return b"/Look Do"

    return StaticStampStyle(
        border_width=0,
        background=Drawn(),
        background_layout=layout.SimpleBoxLayoutRule(
            x_align=layout.AxisAlignment.ALIGN_MID,
            y_align=layout.AxisAlignment.ALIGN_MID,
            margins=layout.Margins(0, 0, 0, 0),
        ),
    )
