"""Who applies, submits or collects: people and organisations as they are, with as much as is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from types import MappingProxyType

from counter_app.domain.citizen import FEMALE, MALE, CitizenNumber, Warning, checks, read_birth_date
from counter_app.domain.errors import BadInput
from counter_app.domain.names import clean_line, clean_name, fold

PERSON, ORG = "person", "org"

_LONGEST = 500
_SEXES = {"nam": MALE, "nu": FEMALE}
_SEPARATORS = re.compile(r"[\s.\-()/]+")
# ICAO 9303 numbers a passport with at most nine letters and digits; one with a letter is no mistyped CCCD.
_IS_PASSPORT = re.compile(r"(?=[A-Z0-9]*[A-Z])(?=[A-Z0-9]*\d)[A-Z0-9]{6,9}", re.ASCII)
# Ten digits, a branch adds three; a household business uses its owner's citizen number (TT 86/2024/TT-BTC).
_IS_TAX_CODE = re.compile(r"(\d{10})(?:-?(\d{3}))?|\d{12}", re.ASCII)
_IS_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
_COUNTRY_84 = re.compile(r"^(?:(?:\+|00)84(?:0(?=\d{9}))?|84(?=\d{9,10}$))", re.ASCII)
_IS_PHONE = re.compile(
    r"0[35789]\d{8}"  # mobile
    r"|02\d{9}"  # landline with its province
    r"|1[89]00\d{4,6}"  # hotline
    r"|(?:\+|00)[1-9]\d{6,13}",  # abroad
    re.ASCII,
)


@dataclass(frozen=True)
class Party:  # cá nhân, tổ chức
    """A person or an organisation; what is not known is None, only the name is always there.

    `birth_date` is YYYY, YYYY-MM or YYYY-MM-DD. `contact_via` tells who passes word on to one who has
    no phone: a neighbour, the hamlet's head. `from_fields` is the door for whatever comes from outside.
    """

    kind: str
    name: str
    id_number: str | None = None
    tax_code: str | None = None
    birth_date: str | None = None
    sex: str | None = None
    address: str | None = None
    phone: str | None = None
    contact_via: str | None = None
    email: str | None = None

    @classmethod
    def from_fields(
        cls, given: Mapping[str, object], where: str = "applicant", *, today: date | None = None
    ) -> Party:
        """Read and normalise outside data; None and empty texts mean not known.

        With `today`, a later birth date is refused. Raises BadInput with `field` as "applicant.phone" and
        `value`: "not-an-object", "unknown-field", "not-a-text", "not-a-kind", "empty" (the name),
        "too-long", "not-a-citizen-number", "not-a-tax-code", "not-a-birth-date", "born-in-future",
        "not-a-sex", "not-a-phone", "not-an-email", "not-for-an-organisation".
        """
        if not isinstance(given, Mapping):
            raise BadInput("not-an-object", field=where, value=given)
        for key, value in given.items():
            if key not in _KNOWN:
                raise BadInput("unknown-field", field=f"{where}.{key}", value=value)
            if value is not None and not isinstance(value, str):
                raise BadInput("not-a-text", field=f"{where}.{key}", value=value)
        texts = {key: text for key, value in given.items() if (text := clean_line(str(value or "")))}
        kind = texts.pop("kind", PERSON)
        if kind not in (PERSON, ORG):
            raise BadInput("not-a-kind", field=f"{where}.kind", value=kind)
        name = clean_name(texts.pop("name", ""), field=f"{where}.name")
        known = {key: _READ[key](text, f"{where}.{key}") for key, text in texts.items()}
        born = known.get("birth_date")
        if born and today and born > today.isoformat():
            raise BadInput("born-in-future", field=f"{where}.birth_date", value=given["birth_date"])
        for key in ("birth_date", "sex"):
            if kind == ORG and key in known:
                raise BadInput("not-for-an-organisation", field=f"{where}.{key}", value=given[key])
        return cls(kind, name, **known)

    def to_fields(self) -> dict[str, str]:
        """What is known, in the order of the fields; `from_fields` gives the same party back."""
        return {key: value for key in _KNOWN if (value := getattr(self, key))}


def warnings(party: Party) -> list[Warning]:
    """What the officer should look at: those of the citizen's number, and

    foreign-paper (the number is a passport's), no-tax-code (an organisation), no-contact (neither phone,
    e-mail nor anybody who would pass word on).
    """
    found = []
    if party.id_number and party.id_number.isdigit():
        found += checks(CitizenNumber(party.id_number), party.birth_date, party.sex)
    elif party.id_number:
        found.append(Warning("foreign-paper"))
    if party.kind == ORG and not party.tax_code:
        found.append(Warning("no-tax-code"))
    if not (party.phone or party.contact_via or party.email):
        found.append(Warning("no-contact"))
    return found


def _id_number(text: str, field: str) -> str:
    compact = _SEPARATORS.sub("", text).upper()
    return compact if _IS_PASSPORT.fullmatch(compact) else CitizenNumber.parse(text, field).digits


def _tax_code(text: str, field: str) -> str:
    found = _IS_TAX_CODE.fullmatch(re.sub(r"[\s.]+", "", text))
    if not found:
        raise BadInput("not-a-tax-code", field=field, value=text)
    return f"{found[1]}-{found[2]}" if found[2] else found[0]


def _sex(text: str, field: str) -> str:
    if fold(text) not in _SEXES:
        raise BadInput("not-a-sex", field=field, value=text)
    return _SEXES[fold(text)]


def _phone(text: str, field: str) -> str:
    digits = _COUNTRY_84.sub("0", _SEPARATORS.sub("", text))
    if not _IS_PHONE.fullmatch(digits):
        raise BadInput("not-a-phone", field=field, value=text)
    return f"+{digits[2:]}" if digits.startswith("00") else digits


def _email(text: str, field: str) -> str:
    if len(text) > 254 or not _IS_EMAIL.fullmatch(text):
        raise BadInput("not-an-email", field=field, value=text)
    return text


def _line(text: str, field: str) -> str:
    if len(text) > _LONGEST:
        raise BadInput("too-long", field=field, value=text, limit=_LONGEST)
    return text


_READ: Mapping[str, Callable[[str, str], str]] = MappingProxyType(
    {
        "id_number": _id_number,
        "tax_code": _tax_code,
        "birth_date": read_birth_date,
        "sex": _sex,
        "address": _line,
        "phone": _phone,
        "contact_via": _line,
        "email": _email,
    }
)
_KNOWN = tuple(part.name for part in fields(Party))
