"""A log of what happened in the program that can carry nothing of a person.

A line is `time event name=value…`. A value is a number, a truth value, or a word of our own code: a member of
an Enum or a `Word`. Anything else (a string, whatever it holds) leaves only the name of its type; so does a
number of nine digits or more, which may be a phone's or a citizen's: sizes are given in KB. A failure leaves
types, files and lines: never its message, never a folder outside the program.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from enum import Enum
from pathlib import Path, PurePath
from traceback import walk_tb
from typing import Final

from counter_app.domain.errors import CounterError

_WORD: Final = re.compile(r"[a-z][a-z0-9]*(?:[-_.][a-z0-9]+)*")
_DIGITS: Final = re.compile(r"\d{9}")
_FILE: Final = re.compile(r"[A-Za-z_]+\.pyc?")
_NINE_DIGITS: Final = 10**8
_DEEPEST_CAUSE: Final = 8
_PACKAGE_ROOT: Final = PurePath(__file__).parents[1]


class Word(str):
    """A word that stands in our code, such as a reason; raises ValueError for what cannot be one.

    Only give it literals and `CounterError.why`: a name without its marks would look like a word too.
    """

    __slots__ = ()

    def __new__(cls, text: str) -> Word:
        if not _is_word(text):
            raise ValueError("not a word of ours")
        return super().__new__(cls, text)


class Log:
    """Appends to `counter.log` in `folder`, and keeps one older file of the same size.

    Logging never fails the work that it tells of: where the disk is full or read-only, lines are lost.
    """

    def __init__(self, folder: Path, *, now: Callable[[], datetime], size: int = 1_000_000) -> None:
        self._path = folder / "counter.log"
        self._now = now
        self._size = size

    def log(self, event: str, **facts: object) -> None:
        """One line; `event` is a kebab-case word."""
        name = event if _is_word(event) else "event"
        told = "".join(f" {_told_name(key)}={_told(value)}" for key, value in facts.items())
        self._append(f"{self._now().isoformat(timespec='seconds')} {name}{told}\n")

    def failure(self, event: str, error: BaseException) -> None:
        """One line for the event, and one a frame of the error and its causes."""
        self.log(event, error=type(error), why=_why(error))
        for cause in _causes(error):
            self._append("".join(f"    {line}\n" for line in (_type_name(type(cause)), *_frames(cause))))

    def _append(self, text: str) -> None:
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self._path.exists() and self._path.stat().st_size + len(text) > self._size:
                self._path.replace(self._path.with_suffix(".1.log"))
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
            descriptor = os.open(self._path, flags, 0o600)
            try:
                # One write: lines of several processes do not mix.
                os.write(descriptor, text.encode("ascii", "replace"))
            finally:
                os.close(descriptor)


def _told(value: object) -> str:
    if isinstance(value, Enum) and _is_word(text := value.name.lower()):
        return text
    if isinstance(value, Word) and _is_word(text := str(value)):
        return text
    if value is None or isinstance(value, bool):
        return repr(value)
    if isinstance(value, int | float) and abs(value) < _NINE_DIGITS:
        return f"{value:d}" if isinstance(value, int) else f"{value:.6g}"
    return _type_name(value if isinstance(value, type) else type(value))


def _told_name(key: str) -> str:
    return key if _is_word(key) else "fact"


def _is_word(text: str) -> bool:
    return len(text) <= 40 and _WORD.fullmatch(text) is not None and not _DIGITS.search(text)


def _type_name(kind: type) -> str:
    name = kind.__qualname__
    return name if name.isascii() and name.replace(".", "").isidentifier() else "type"


def _why(error: BaseException) -> Word | None:
    return Word(error.why) if isinstance(error, CounterError) and _is_word(error.why) else None


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    for _ in range(_DEEPEST_CAUSE):
        if cause is None:
            return
        yield cause
        cause = cause.__cause__ or cause.__context__


def _frames(error: BaseException) -> Iterator[str]:
    for frame, line in walk_tb(error.__traceback__):
        code = frame.f_code
        yield f"{_told_file(PurePath(code.co_filename))}:{line} {code.co_name}"


def _told_file(path: PurePath) -> str:
    """Where in our program; of other code only the file's name, since a folder may bear its user's."""
    if path.is_relative_to(_PACKAGE_ROOT):
        return path.relative_to(_PACKAGE_ROOT.parent).as_posix()
    return path.name if _FILE.fullmatch(path.name) else "code"
