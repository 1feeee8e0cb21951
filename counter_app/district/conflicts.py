"""`counter-district conflicts`: which dossiers of which commune wait for a person, why, and what he does.

Codes, fields and sentences: nothing of what a dossier says of a citizen.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from counter_app.district import devices, journal, lines
from counter_app.district.house import District
from counter_app.district.ledger import CommuneLedger
from counter_app.district.references import References, Shared
from counter_app.domain import fold
from counter_app.domain.dossier import Dossier
from counter_app.domain.shared_references import REFERENCE
from counter_app.services.lookup import id_text
from counter_app.services.waiting import Item, Why
from counter_app.words import waiting
from counter_app.words.language import Words, listed

_SAID = Words(
    {
        "two": "Mã giao dịch dùng ở hai xã: trùng số tham chiếu với {others}.",
        "to-do": "Hỏi hai xã đối chiếu sao kê; xã ghi nhầm mở hồ sơ, bấm Ctrl+Shift+Z để rút lại khoản ấy.",
        "there": "{code} ({commune})",
    }
)


def listing(district: District, only: str) -> Iterator[dict[str, Any]]:
    """A line a dossier of what its commune settles, and one of what it settles with another commune.

    `only` names a commune, "" all. Raises NotFound("no-such-commune").
    """
    shared = References()
    with district.base.reading() as connection:
        chosen = devices.commune_of(connection, only) if only else None
        numbers = [(n, code) for n, code in lines.numbers(connection) if chosen in (None, n)]
    for number, _ in numbers:
        lines.bring_up_to_date(district.base, number)
    with district.base.reading() as connection:
        shared.read_on(connection)
        asked = {one.place: one for one in shared.shared(connection)}
        for number, code in numbers:
            ledger = CommuneLedger(connection, number)
            disputed = lines.in_conflict(connection, number)
            mine = {place[1] for place, one in asked.items() if place[0] == number}
            for dossier in sorted({*disputed, *mine}):
                folded = fold.fold(dossier, journal.events_of(ledger, dossier))
                yield from _told(code, folded, asked.get((number, dossier)))


def _told(commune: str, dossier: Dossier, shared: Shared | None) -> Iterator[dict[str, Any]]:
    named = {"commune": commune, "code": dossier.code, "id": id_text(dossier.id)}
    here = shared.here if shared is not None else ()
    fields = [conflict.field for conflict in dossier.conflicts] + [REFERENCE] * bool(here)
    if fields:
        # A dispute with another dossier alone is told as such; else what the sides differ in comes first.
        item = Item(Why.CONFLICT, dossier.id, fields=tuple(fields), others=() if dossier.conflicts else here)
        others = {"others": [{"commune": commune, "code": code} for code in here]} if here else {}
        yield {
            **named,
            "fields": fields,
            **others,
            "reason": waiting.reason(item),
            "to_do": waiting.to_do(item),
        }
    if shared is not None and shared.elsewhere:
        there = [_SAID.say("there", code=code, commune=name) for name, code in shared.elsewhere]
        yield {
            **named,
            "fields": [REFERENCE],
            "others": [{"commune": name, "code": code} for name, code in shared.elsewhere],
            "reason": _SAID.say("two", others=listed(there)),
            "to_do": _SAID.say("to-do"),
        }
