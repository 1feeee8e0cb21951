"""Names as people bear them, and the folded form under which they are found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from counter_app.domain.errors import BadInput

LONGEST_NAME = 300

# Letters that carry a stroke, not a mark, so NFD leaves them whole; eth and the African d look like đ
# and are typed for it. ƀ is Bahnar and Ê Đê.
_STROKED = str.maketrans({"đ": "d", "ð": "d", "ɖ": "d", "ƀ": "b"})
_JOINERS = str.maketrans(dict.fromkeys("’‘ʼʻ‛`´′ʹ＇", "'") | dict.fromkeys("‐‑", "-"))
_JOINER_IN_WORD = re.compile(r"(?<=[^\W\d_])['-](?=[^\W\d_])")
_INVISIBLE = {"Cc", "Cf", "Cs"}  # controls, bidi overrides and zero widths, lone surrogates


class _Letters(dict[int, str | None]):
    """A table for str.translate that is asked once about each letter."""

    def __init__(self, becomes: Callable[[str], str | None]) -> None:
        super().__init__()
        self._becomes = becomes

    def __missing__(self, code: int) -> str | None:
        found = self[code] = self._becomes(chr(code))
        return found


_without_marks = _Letters(lambda letter: None if unicodedata.category(letter).startswith("M") else letter)
_spaced = _Letters(lambda letter: letter if letter.isalnum() else " ")


def clean_line(text: str) -> str:
    """One line in NFC: runs of white space become one space, what cannot be seen goes, capitals stay."""
    if text.isprintable():
        return " ".join(unicodedata.normalize("NFC", text).split())
    seen = "".join(
        " " if letter.isspace() else letter
        for letter in text
        if letter.isspace() or unicodedata.category(letter) not in _INVISIBLE
    )
    return " ".join(unicodedata.normalize("NFC", seen).split())


def clean_name(text: str, field: str = "name") -> str:
    """The name as its bearer writes it, on one line.

    Raises BadInput("empty") and BadInput("too-long") with `field`, `value` and, for the second, `limit`.
    """
    name = clean_line(text)
    if not name:
        raise BadInput("empty", field=field, value=text)
    if len(name) > LONGEST_NAME:
        raise BadInput("too-long", field=field, value=text, limit=LONGEST_NAME)
    return name


def fold(text: str) -> str:
    """Lower-case letters and digits without marks, words parted by one space: "Đặng  H’Loan" → "dang hloan".

    An apostrophe or hyphen between two letters joins them; every other sign parts words.
    """
    return " ".join(filter(None, map(_fold_word, clean_line(text).split(" "))))


@lru_cache(maxsize=4096)  # a commune's surnames, hamlets and procedures are the same few thousand words
def _fold_word(word: str) -> str:
    lowered = word.lower().translate(_JOINERS)
    bare = unicodedata.normalize("NFD", lowered).translate(_without_marks)
    whole = unicodedata.normalize("NFC", bare).translate(_STROKED)
    return " ".join(_JOINER_IN_WORD.sub("", whole).translate(_spaced).split())


def words(text: str) -> list[str]:
    """The folded words in their order."""
    return fold(text).split()


def same_person_key(name: str, birth_year: int | None) -> str:
    """Equal for two spellings of one name with one birth year; a hint to the officer, never a proof.

    Spaces do not count: "H'Bia Niê", "H Bia Niê" and "HBia Nie" give one key.
    """
    return f"{''.join(words(name))}/{birth_year or ''}"
