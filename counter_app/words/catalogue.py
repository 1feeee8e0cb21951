"""Compiles the translations: `python -m counter_app.words.catalogue` makes each .mo from the .po beside it.

Both are the formats of GNU gettext; a .po is edited by hand, and a test says which sentences it lacks.
"""

from __future__ import annotations

import ast
import struct
from collections.abc import Mapping
from pathlib import Path

from counter_app.system.files import write_atomically
from counter_app.system.paths import resource

Messages = Mapping[str, tuple[str, ...]]  # msgid -> its translation, or singular and plural

_MAGIC = 0x950412DE
_HEADER = struct.Struct("<7I")


def read_po(text: str) -> dict[str, tuple[str, ...]]:
    """The messages of a .po file; raises ValueError for one that is there twice."""
    messages: dict[str, tuple[str, ...]] = {}
    for block in text.split("\n\n"):
        parts: list[tuple[str, str]] = []
        for line in filter(lambda line: line and not line.startswith("#"), block.splitlines()):
            keyword, quote, rest = line.partition('"')
            said = ast.literal_eval(quote + rest)
            if keyword.strip():
                parts.append((keyword.strip(), said))
            else:
                parts[-1] = (parts[-1][0], parts[-1][1] + said)
        if not parts:
            continue
        msgid = dict(parts)["msgid"]
        if msgid in messages:
            raise ValueError(msgid)
        messages[msgid] = tuple(said for keyword, said in parts if keyword.startswith("msgstr"))
    return messages


def mo_bytes(messages: Messages) -> bytes:
    """The .mo of these messages: sorted pairs behind two tables of lengths and places."""
    pairs = sorted(
        (_source(msgid, said).encode(), "\0".join(said).encode()) for msgid, said in messages.items()
    )
    body_at = _HEADER.size + 16 * len(pairs)
    tables: tuple[list[int], list[int]] = ([], [])
    body = bytearray()
    for column, table in enumerate(tables):
        for pair in pairs:
            table += [len(pair[column]), body_at + len(body)]
            body += pair[column] + b"\0"
    head = _HEADER.pack(_MAGIC, 0, len(pairs), _HEADER.size, _HEADER.size + 8 * len(pairs), 0, body_at)
    return head + struct.pack(f"<{4 * len(pairs)}I", *tables[0], *tables[1]) + bytes(body)


def _source(msgid: str, said: tuple[str, ...]) -> str:
    # Vietnamese has one form for any number, so it is its own plural.
    return f"{msgid}\0{msgid}" if len(said) > 1 else msgid


def compile_all(locale: Path) -> list[Path]:
    """The .mo files that were written."""
    made = []
    for po in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        write_atomically(mo, mo_bytes(read_po(po.read_text(encoding="utf-8"))), mode=0o644)
        made.append(mo)
    return made


if __name__ == "__main__":
    compile_all(resource("locale"))
