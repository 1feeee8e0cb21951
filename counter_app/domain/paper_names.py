"""Names of papers by a few letters: `gks` is Giấy khai sinh, `bang tot` Bằng tốt nghiệp THPT."""

from __future__ import annotations

from collections.abc import Iterable

from counter_app.domain.names import words


def suggested(typed: str, names: Iterable[str]) -> list[str]:
    """The names that a beginning may stand for, in the order given: first letters, or beginnings of words.

    None where nothing is typed, or where one of the names already stands there in full.
    """
    asked = words(typed)
    if not asked:
        return []
    split = [(name, words(name)) for name in dict.fromkeys(names)]
    if any(asked == own for _, own in split):
        return []
    letters = "".join(asked)
    by_letters = [name for name, own in split if _initials(own).startswith(letters) and len(asked) == 1]
    by_words = [name for name, own in split if _begins(asked, own)]
    return list(dict.fromkeys([*by_letters, *by_words]))


def is_short(typed: str) -> bool:
    """Whether it is no name yet, but letters that stand for one."""
    asked = words(typed)
    return len(asked) == 1 and len(asked[0]) <= 5 and typed.strip().isascii() and typed.strip().islower()


def _initials(own: list[str]) -> str:
    return "".join(word[0] for word in own)


def _begins(asked: list[str], own: list[str]) -> bool:
    return len(asked) <= len(own) and all(
        word.startswith(part) for part, word in zip(asked, own, strict=False)
    )
