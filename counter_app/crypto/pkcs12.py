"""A person's signing key in a PKCS#12 file (RFC 7292): opened for the papers in hand, and kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from counter_app.domain.errors import BadInput, NotAllowed, NotPermitted
from counter_app.domain.zone import VIETNAM

if TYPE_CHECKING:
    from cryptography import x509

# Purposes of a certificate that signs documents or stands for a person; one that names only others (a
# server's, say) signs no paper. RFC 5280 4.2.1.12, RFC 9336, and what Microsoft and Adobe name.
_PURPOSES: Final = frozenset(
    {
        "2.5.29.37.0",
        "1.3.6.1.5.5.7.3.2",  # client authentication
        "1.3.6.1.5.5.7.3.4",  # e-mail protection
        "1.3.6.1.5.5.7.3.36",  # document signing
        "1.3.6.1.4.1.311.10.3.12",
        "1.2.840.113583.1.1.5",
    }
)


@dataclass(frozen=True)
class Identity:
    """Who can sign: the key with its certificate, and those above it that lay beside."""

    key: Any = field(repr=False)
    certificate: x509.Certificate = field(repr=False)
    above: tuple[x509.Certificate, ...] = field(repr=False)

    @property
    def name(self) -> str:
        return common_name(self.certificate.subject)

    @property
    def until(self) -> datetime:
        return self.certificate.not_valid_after_utc


def open_identity(data: bytes, passphrase: str, now: datetime) -> Identity:
    """The identity in the bytes of a PKCS#12 file, fit to sign at `now`.

    Raises BadInput("not-a-pkcs12" | "pkcs12-without-key"), NotPermitted("wrong-pkcs12-passphrase"),
    NotAllowed("certificate-not-yet" | "certificate-expired" | "certificate-not-for-signing").
    """
    from cryptography.hazmat.primitives.serialization import pkcs12

    if not _is_pkcs12(data):
        raise BadInput("not-a-pkcs12")
    try:
        # Without a passphrase some programs take an empty one, and some none.
        key, certificate, above = pkcs12.load_key_and_certificates(data, passphrase.encode() or None)
    except ValueError as error:
        raise NotPermitted("wrong-pkcs12-passphrase") from error
    if key is None or certificate is None:
        raise BadInput("pkcs12-without-key")
    _fit(certificate, now)
    return Identity(key, certificate, tuple(above))


def common_name(name: x509.Name) -> str:
    """What a certificate calls somebody; his other numbers, such as the citizen's, are left out."""
    from cryptography.x509.oid import NameOID

    for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        if found := name.get_attributes_for_oid(kind):
            return str(found[0].value)
    return ""


def may_sign(certificate: x509.Certificate) -> bool:
    """Whether the certificate's usages, where it names any, allow a signature on a document."""
    from cryptography import x509

    extensions = certificate.extensions
    try:
        usage = extensions.get_extension_for_class(x509.KeyUsage).value
        if not (usage.digital_signature or usage.content_commitment):
            return False
    except x509.ExtensionNotFound:
        pass
    try:
        purposes = extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return any(purpose.dotted_string in _PURPOSES for purpose in purposes)


def _is_pkcs12(data: bytes) -> bool:
    from asn1crypto import pkcs12

    try:
        return str(pkcs12.Pfx.load(data, strict=True)["version"].native) == "v3"
    except (ValueError, TypeError):
        return False


def _fit(certificate: x509.Certificate, now: datetime) -> None:
    name = common_name(certificate.subject)
    since, until = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if now < since:
        raise NotAllowed("certificate-not-yet", name=name, since=_day(since), now=now.isoformat())
    if now > until:
        raise NotAllowed("certificate-expired", name=name, until=_day(until), now=now.isoformat())
    try:
        allowed = may_sign(certificate)
    except ValueError:  # extensions that nobody can read
        allowed = False
    if not allowed:
        raise NotAllowed("certificate-not-for-signing", name=name)


def _day(moment: datetime) -> str:
    return moment.astimezone(VIETNAM).date().isoformat()
