"""The table of fees in force: what the district issued, else what the commune adopted."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Any, Final

from counter_app.domain import fees_adopted
from counter_app.domain.commune import Commune
from counter_app.domain.errors import BadInput
from counter_app.domain.fee_table import LONGEST, NO_TABLE, FeeTable, parse_fees
from counter_app.domain.issued import FEES, What, sha256
from counter_app.domain.rights import Right
from counter_app.services.office import Office, Session, commune_in
from counter_app.store import catalogue as shelf

_KEPT: Final = 8  # tables whose reading is kept


def table_of(known: Commune) -> FeeTable:
    """What is in force; empty where nobody gave one: the catalogue holds then."""
    return _read(text_of(known)) or NO_TABLE


def text_of(known: Commune) -> str:
    """The CSV that is in force, "" where there is none.

    Of what the district issued and this program cannot read, that of before holds on.
    """
    issue = known.issued.current.get((What.FEES, FEES))
    if issue is not None and issue.key not in known.issued.overruled and _read(issue.text):
        return issue.text
    return fees_adopted.text_of(known.arranged, str(known.values.get("fees", "")))


@lru_cache(maxsize=_KEPT)
def _read(text: str) -> FeeTable | None:
    """None of no text, and of what a later program wrote."""
    try:
        return parse_fees(text) if text else None
    except (BadInput, ValueError):
        return None


def import_fees(office: Office, session: Session, text: str) -> dict[str, Any]:
    """The commune takes its fees by this table from now on; counts of lines, as of a catalogue.

    `unmatched` are lines that no procedure of the catalogue is meant by. Raises BadInput("fees-too-long"),
    what `parse_fees` raises, NotPermitted.
    """
    officer = session.require(Right.SET_RULES)
    text = unicodedata.normalize("NFC", text.removeprefix("\ufeff")).replace("\r\n", "\n")
    if len(text.encode()) > LONGEST:
        raise BadInput("fees-too-long", most=LONGEST // 1024)
    given = parse_fees(text)
    with office.writing() as (pen, _):
        known = commune_in(pen.connection, pen.map)
        before = {_said(line) for line in table_of(known).lines}
        offered = shelf.current(pen.connection)
        issue = known.issued.current.get((What.FEES, FEES))
        if sha256(text_of(known)) != sha256(text):
            source, over = given.citation.partition("\n")[0], issue.version if issue else 0
            for payload in fees_adopted.payloads(text, len(given.lines), source, over):
                pen.append("fees_adopted", pen.commune, payload, officer)
    now = {_said(line) for line in given.lines}
    return {
        "new": len(now - before),
        "abolished": len(before - now),
        "unchanged": len(now & before),
        "unmatched": [line.line for line in given.lines if not any(map(line.is_about, offered))],
    }


def _said(line: Any) -> tuple[Any, ...]:
    return *line.place, line.fee, line.group, line.valid_from, line.valid_to, line.source
