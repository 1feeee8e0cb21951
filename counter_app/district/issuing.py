"""What the district issues to a commune: a new version of a text, its new parts first."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from counter_app.district import journal
from counter_app.district.identity import Identity
from counter_app.district.ledger import CommuneLedger
from counter_app.domain.errors import NotAllowed
from counter_app.domain.issued import Issue, Issued, cut, part_name, payload_of


def issued_in(connection: Connection, commune: int) -> Issued:
    """All that was issued to the commune so far."""
    return journal.known_of(CommuneLedger(connection, commune)).issued


def issue(
    connection: Connection, who: Identity, commune: int, wanted: Issue, now_ms: int
) -> tuple[Issue, bool]:
    """What is current then, and whether it is new: to issue once more what is current says nothing.

    Version 0 stands for the next one; raises NotAllowed("version-not-newer") for one that is not higher than
    every other.
    """
    ledger = CommuneLedger(connection, commune)
    ledger.lock()
    made, new = issue_in(ledger, who, wanted, now_ms)
    ledger.finish()
    return made, new


def issue_in(ledger: CommuneLedger, who: Identity, wanted: Issue, now_ms: int) -> tuple[Issue, bool]:
    """The same, under the commune's lock."""
    known = journal.known_of(ledger).issued
    made = next_of(known, wanted)
    if made is None:
        return known.current[wanted.key], False
    parts = {part_name(part): part for part in cut(made.text)}
    new = [("part_issued", {"text": part}) for name, part in parts.items() if name not in known.parts]
    journal.append_all(ledger, who, now_ms, [*new, ("issued", payload_of(made))])
    return made, True


def next_of(known: Issued, wanted: Issue) -> Issue | None:
    """The version that `wanted` becomes, None where the current one is the same; raises as `issue`."""
    key, current = wanted.key, known.current.get(wanted.key)
    same = current is not None and wanted.version in (0, current.version) and wanted.says_the_same(current)
    if same and key not in known.clashes | known.awaited:
        return None
    highest = known.highest.get(key, 0)
    if wanted.version and wanted.version <= highest:
        raise NotAllowed("version-not-newer", version=wanted.version, highest=highest)
    return replace(wanted, version=wanted.version or highest + 1)
