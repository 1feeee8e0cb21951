"""The QR of the citizen's card (căn cước công dân 2021, căn cước 2024), as scanners really deliver it.

Seven fields of UTF-8, parted by `|`: number, old number, name, ddMMyyyy of birth, sex, address when the
card was issued, ddMMyyyy of issue. Later cards may carry more; what follows the seventh is not read.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass

from counter_app.domain.citizen import FEMALE, MALE, CitizenNumber, Warning, checks, read_birth_date
from counter_app.domain.errors import BadInput
from counter_app.domain.names import LONGEST_NAME, clean_line, fold

# A scanner that types keys goes through the PC's keyboard layout, which may turn | into another sign;
# before the number some put the symbology's name (ISO/IEC 15424).
_BEGINS = re.compile(r"(?:\][A-Za-z]\d)?(\d{12})([|¦│ǀ｜~\\#;])", re.ASCII)
_IS_OLD_NUMBER = re.compile(r"(?:\d{9}|\d{12})?", re.ASCII)
_SEXES = {"nam": MALE} | dict.fromkeys(("nu", "nuwx", "nuxw", "nu74", "nu47", "n"), FEMALE)
_DATE_DIGITS = {8: "{}", 7: "0{}"}  # the first zero falls where a spreadsheet stood between

# What one byte looks like when it is taken for Windows-1252, or for Latin-1 where that has no letter.
_BYTES = {chr(byte): byte for byte in range(256)} | {
    bytes([byte]).decode("cp1252", "ignore"): byte for byte in range(128, 160)
}


@dataclass(frozen=True)
class Card:
    """What the card says, the name and address verbatim; what could not be read is None, with a warning."""

    id_number: str
    old_number: str | None
    name: str
    birth_date: str | None
    sex: str | None
    address: str
    issued: str | None
    warnings: tuple[Warning, ...] = ()


def looks_like_card(text: str) -> bool:
    return _fields(text) is not None


def read_card(text: str, field: str = "card_qr") -> Card:
    """Read a scan of a card; raises BadInput("not-a-card").

    Besides those of the number: name-mangled (accents were lost on the way, or came as Telex or VNI keys;
    with `proposed` where only one reading is possible), date-unreadable {field, text}, sex-unreadable {text}.
    """
    from counter_app.domain.telex import (
        untelex,  # long tables, which the first scan of a code need not wait for
    )

    given = _fields(text)
    if given is None:
        raise BadInput("not-a-card", field=field, value=text)
    number, old_number, name, born, sex, address, issued = given
    birth_date, issue_date = _date(born), _date(issued)
    found = []
    proposed = untelex(name)
    if proposed is not None or _lost(name, address):
        found.append(Warning("name-mangled", {"proposed": proposed} if proposed else {}))
    for label, written, read in (("birth_date", born, birth_date), ("issued", issued, issue_date)):
        if written and not read:
            found.append(Warning("date-unreadable", {"field": label, "text": written}))
    if sex and not _sex(sex):
        found.append(Warning("sex-unreadable", {"text": sex}))
    found += checks(CitizenNumber(number), birth_date, _sex(sex))
    return Card(number, old_number or None, name, birth_date, _sex(sex), address, issue_date, tuple(found))


def _fields(text: str) -> list[str] | None:
    """The seven fields, or None when this is no card."""
    line = clean_line(_as_utf8(text))
    begins = _BEGINS.match(line)
    if not begins:
        return None
    separator = begins[2]
    given = [begins[1], *(part.strip() for part in line[begins.end() :].split(separator))]
    given = [*given, ""][:7]
    if len(given) < 7 or not _IS_OLD_NUMBER.fullmatch(given[1]) or not 0 < len(given[2]) <= LONGEST_NAME:
        return None
    if separator != "|" and not (_date(given[3]) and _sex(given[4])):
        return None
    return given


def _as_utf8(text: str) -> str:
    """Undo a reading of UTF-8 as Windows-1252; rightly read Vietnamese does not pass as UTF-8 again."""
    try:
        return bytes(_BYTES[letter] for letter in text).decode()
    except (KeyError, UnicodeDecodeError):
        return text


def _date(text: str) -> str | None:
    if any(letter.isalpha() for letter in text):
        return None
    digits = re.sub(r"\D", "", text, flags=re.ASCII)
    for reading in (text, _DATE_DIGITS.get(len(digits), "").format(digits)):
        try:
            return read_birth_date(reading)
        except BadInput:
            continue
    return None


def _sex(text: str) -> str | None:
    return _SEXES.get(fold(text))


def _lost(name: str, address: str) -> bool:
    if name.isascii() and address.isascii():  # hardly a whole address of ours is without an accent
        return True
    return any(letter in string.digits + "?\ufffd" for letter in name)
