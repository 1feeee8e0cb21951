"""Vietnamese that was left as keystrokes (Telex "Nguyeexn", VNI "Nguye64n"), read as the letters meant."""

from __future__ import annotations

import re
import unicodedata

_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"

_TONES = dict(zip("sfrxj12345", (_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT) * 2, strict=True))
# (key, the letter before it) -> the letter meant.
_MARKS = {
    **{(key, base): base + _CIRCUMFLEX for base in "aeo" for key in (base, "6")},
    **{(key, base): base + _HORN for base in "ou" for key in "w7"},
    **{(key, "a"): "a" + _BREVE for key in "w8"},
    **{(key, "d"): "đ" for key in "d9"},
}

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RHYMES = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong op ot oa oac oach oai oam oan oang oanh oao oap oat oay
    oăc oăm oăn oăng oăt oe oen oeo oet
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uôc uôi uôm uôn uông uôt uơ
    uy uya uych uyên uyêt uyn uynh uyt uyu
    ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu
"""
_IS_SYLLABLE = re.compile(f"(?:{'|'.join(_ONSETS.split())})?(?:{'|'.join(_RHYMES.split())})")
_STOPPED = re.compile(r"(?:c|ch|p|t)$")  # such syllables bear sắc or nặng only
_VOWELS = re.compile(r"(?:(?<=q)u|(?<=^g)i(?=[aeouăâêôơư]))?([aeiouyăâêôơư]+)")


def untelex(text: str) -> str | None:
    """The text with every word that is Telex or VNI keystrokes turned into its letters.

    None when nothing is to be repaired, or when a word can be read in two ways or in none: what a person
    is called is never guessed.
    """
    read = [(word, word if _is_plain(word) else _read(word)) for word in text.split()]
    repaired = " ".join(meant for _, meant in read if meant is not None)
    if any(meant is None for _, meant in read) or repaired == " ".join(text.split()):
        return None
    return repaired


def _is_plain(word: str) -> bool:
    return not word.isascii() or _IS_SYLLABLE.fullmatch(word.lower()) is not None


def _read(word: str) -> str | None:
    letters: list[str] = []  # composed, in the word's own capitals
    tone, place = "", -1
    for key in word:
        low, before = key.lower(), letters[-1] if letters else ""
        mark = _MARKS.get((low, before.lower()))
        if mark and (low != "d" or len(letters) == 1):
            letters[-1] = _like(before, mark)
        elif low in _TONES and not tone and any(letter.lower() in "aeiouyăâêôơư" for letter in letters):
            tone, place = _TONES[low], len(letters) - 1
        else:
            letters.append(key)
    meant = "".join(letters).lower().replace("uơ", "ươ")
    if word.lower().count("w") == 1 and _IS_SYLLABLE.fullmatch(meant):  # people type uow for ươ
        letters = [_like(old, new) for old, new in zip(letters, meant, strict=True)]
    return _with_tone(letters, tone, place)


def _with_tone(letters: list[str], tone: str, place: int) -> str | None:
    syllable = "".join(letters).lower()
    if not _IS_SYLLABLE.fullmatch(syllable):
        return None
    if not tone:
        return "".join(letters)
    if _STOPPED.search(syllable) and tone not in (_ACUTE, _DOT):
        return None
    seats = _seats(syllable)
    typed_inside = place < len(letters) - 1
    seat = place if typed_inside and place in seats else seats[0] if len(seats) == 1 else None
    if seat is None:
        return None
    letters[seat] = unicodedata.normalize("NFC", letters[seat] + tone)
    return "".join(letters)


def _seats(syllable: str) -> list[int]:
    """Where the tone may stand: one place, or two where old and new spelling differ (hòa, hoà)."""
    found = _VOWELS.search(syllable)
    assert found, "a syllable has a vowel"
    first, last, vowels = found.start(1), found.end(1) - 1, found[1]
    marked = [place for place in range(first, last + 1) if syllable[place] in "ăâêôơư"]
    if marked:
        return marked[-1:]
    if last < len(syllable) - 1:
        return [last]
    if len(vowels) == 3:
        return [first + 1]
    return [first, last] if vowels in ("oa", "oe", "uy") else [first]


def _like(old: str, new: str) -> str:
    composed = unicodedata.normalize("NFC", new)
    return composed.upper() if old.isupper() else composed
