"""Files of JSON lines, read one line at a time."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final

from counter_app.domain.errors import BadInput, CannotRead

LONGEST_LINE: Final = 64 * 1024  # bytes


@contextmanager
def source(name: str) -> Iterator[BinaryIO]:
    """The file, or standard input for "-"; raises BadInput("no-such-file"), CannotRead("cannot-read")."""
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        file = Path(name).open("rb")  # noqa: SIM115  closed below, opening alone is guarded
    except FileNotFoundError as error:
        raise BadInput("no-such-file", value=name) from error
    except OSError as error:
        raise CannotRead("cannot-read", path=name, code=error.errno) from error
    with file:
        yield file


def numbered_lines(given: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Numbered lines, empty ones left out; of one that is too long only its beginning is kept."""
    number = 0
    while raw := given.readline(LONGEST_LINE + 1):
        number += 1
        whole = raw
        while not raw.endswith(b"\n") and len(raw) > LONGEST_LINE:
            raw = given.readline(LONGEST_LINE + 1)
        if whole.strip():
            yield number, whole


def read_json(raw: bytes) -> Any:
    """Raises BadInput: "line-too-long", "not-utf8", "not-json", "payload-too-deep", "text-not-unicode",
    "number-too-large".
    """
    if len(raw) > LONGEST_LINE:
        raise BadInput("line-too-long", most=LONGEST_LINE)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("not-utf8") from error
    try:
        fields = json.loads(text, parse_constant=_no_number)
        # "\ud800" alone is JSON, but no letter: kept, it could be neither stored nor printed.
        json.dumps(fields, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise BadInput("not-json") from error
    except RecursionError as error:
        raise BadInput("payload-too-deep") from error
    except UnicodeEncodeError as error:
        raise BadInput("text-not-unicode") from error
    except ValueError as error:
        # Python reads no whole number of more than 4300 digits.
        raise BadInput("number-too-large") from error
    return fields


def _no_number(text: str) -> None:
    raise json.JSONDecodeError("no number of JSON", text, 0)
