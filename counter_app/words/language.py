"""The language that sentences are said in: Vietnamese as written in the tables, or a translation of it."""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Hashable, Mapping
from contextvars import ContextVar
from functools import wraps
from typing import Final, ParamSpec, TypeVar

from counter_app.system.paths import resource

SOURCE: Final = "vi"
LANGUAGES: Final = (SOURCE, "en")
DOMAIN: Final = "counter"

_K = TypeVar("_K", bound=Hashable)
_P = ParamSpec("_P")
_R = TypeVar("_R")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_FACT = re.compile(r"\{(\w+)\}")

_SOURCE_TEXT: Final = gettext.NullTranslations()
_now: gettext.NullTranslations = _SOURCE_TEXT
_spoken: str = SOURCE
_on_paper: ContextVar[bool] = ContextVar("_on_paper", default=False)  # of each lane its own


def use(language: str) -> None:
    """Say everything in this language from now on, in the whole process; what is not ours is Vietnamese."""
    global _now, _spoken
    if language == SOURCE or language not in LANGUAGES:
        _now, _spoken = _SOURCE_TEXT, SOURCE
    else:
        _now, _spoken = gettext.translation(DOMAIN, str(resource("locale")), [language]), language


def spoken() -> str:
    """The language that the window speaks, one of LANGUAGES."""
    return _spoken


def on_paper(phrase: Callable[_P, _R]) -> Callable[_P, _R]:
    """Has `phrase` say all in Vietnamese: the State's papers do, whatever the window speaks."""

    @wraps(phrase)
    def in_vietnamese(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        before = _on_paper.set(True)
        try:
            return phrase(*args, **kwargs)
        finally:
            _on_paper.reset(before)

    return in_vietnamese


class Words(dict[_K, str]):
    """Vietnamese templates by key: `Words({"late": "Quá hạn {n} ngày[ ({why})]."}).say("late", n=2)`.

    A part in square brackets is said only when all of its facts are known. `n` chooses the plural in
    languages that have one.
    """

    def say(self, key: _K, /, **facts: object) -> str:
        template, n = self[key], facts.get("n")
        text = _SOURCE_TEXT if _on_paper.get() else _now
        said = text.ngettext(template, template, n) if isinstance(n, int) else template
        if said == template:  # the language has no plural of it
            said = text.gettext(template)
        known = {name: str(fact) for name, fact in facts.items() if fact is not None and fact != ""}
        return _FACT.sub(lambda found: known.get(found[1], ""), _OPTIONAL.sub(_only_known(known), said))


def _only_known(known: Mapping[str, str]) -> Callable[[re.Match[str]], str]:
    def keep(found: re.Match[str]) -> str:
        return found[1] if all(name in known for name in _FACT.findall(found[1])) else ""

    return keep


def capital(text: str) -> str:
    """The same with a capital first letter, as a sentence begins."""
    return text[:1].upper() + text[1:]


def listed(parts: list[str]) -> str:
    """`a`, `a và b`, `a, b và c`."""
    if len(parts) < 2:
        return "".join(parts)
    return _LISTS.say("last", before=", ".join(parts[:-1]), last=parts[-1])


_LISTS = Words({"last": "{before} và {last}"})
