"""Whether the person at the counter, or this very dossier, is here already: a hint, never a proof.

Names are shared and numbers are typed, so nothing is ever refused for it. Compared are the name without its
tones, one wrong letter of it allowed, the number, the birth date and the phone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from counter_app.domain.citizen import read_birth_date
from counter_app.domain.errors import BadInput
from counter_app.domain.lifecycle import OPEN, State
from counter_app.domain.names import fold
from counter_app.services.lookup import Line, folded, lines
from counter_app.services.office import Office
from counter_app.store import search

_MOST: Final = 100  # rows that are looked at for each of the person's particulars
_WHOLE_NUMBER: Final = 9  # digits, from which on a number is no longer being typed
_WHOLE_NAME: Final = 2  # words


@dataclass(frozen=True)
class Who:
    """As far as the page holds it, as it was typed."""

    name: str = ""
    id_number: str = ""
    phone: str = ""
    birth_date: str = ""


@dataclass(frozen=True)
class LastTime:
    """How he could be reached when he was last here: `phone`, `contact_via`, `address` as far as known."""

    received_at: str
    reach: Mapping[str, str]


@dataclass(frozen=True)
class Known:
    """Unfinished dossiers, newest first: of the `same` person, `alike` perhaps, of that `phone` alone."""

    same: tuple[Line, ...] = ()
    alike: tuple[Line, ...] = ()
    phone: tuple[Line, ...] = ()
    last: LastTime | None = None


@dataclass
class _Found:
    same: list[Line] = field(default_factory=list)
    alike: list[Line] = field(default_factory=list)
    phone: list[Line] = field(default_factory=list)


def look(office: Office, who: Who) -> Known:
    """What is here of this person; on the read lane, some milliseconds."""
    number, phone = _digits(who.id_number), _digits(who.phone)
    name = fold(who.name)
    rows: dict[int, Any] = {}
    found, last = _Found(), None
    with office.reading() as (connection, where):
        for digits in (number, phone):
            if len(digits) >= _WHOLE_NUMBER:
                rows |= {row.id: row for row in search.by_digits(connection, digits, _MOST)}
        rows |= {row.id: row for row in _of_the_name(connection, name)}
        for line in lines(rows[id_] for id_ in sorted(rows, reverse=True)):
            unfinished = State(line.state) in OPEN or line.state == State.FINISHED
            if not (unfinished or (number and last is None)):
                continue
            party = folded(connection, line.dossier, where).party()
            if number and last is None and _digits(party.get("id_number")) == number:
                last = _last_time(line, party)
            if unfinished:
                _sort(line, party, who, found)
    return Known(tuple(found.same), tuple(found.alike), tuple(found.phone), last)


def _of_the_name(connection: Any, name: str) -> Iterator[Any]:
    """Rows whose applicant bears the name, or one with a letter wrong."""
    words = name.split()
    if len(words) < _WHOLE_NAME:
        return
    asked = [search.by_words(connection, name, _MOST), search.by_near_words(connection, name, _MOST)]
    # A short word with a wrong letter could be anything: the others find it.
    for number in range(len(words) if len(words) > _WHOLE_NAME else 0):
        others = words[:number] + words[number + 1 :]
        asked.append(search.by_words(connection, " ".join(others), _MOST))
    yield from (row for rows in asked for row in rows if _nearness(fold(row.applicant), name) is not None)


def _sort(line: Line, party: Mapping[str, Any], who: Who, found: _Found) -> None:
    numbers = _digits(party.get("id_number")), _digits(who.id_number)
    name = _nearness(fold(str(party.get("name", ""))), fold(who.name))
    phone = _equal(_digits(party.get("phone")), _digits(who.phone))
    born = _born(str(party.get("birth_date", "")), who.birth_date)
    if _equal(*numbers) and len(numbers[0]) >= _WHOLE_NUMBER:
        found.same.append(line)
    elif all(numbers) and name == 0 and (born or _one_off(*numbers)):
        found.alike.append(line)  # an old number beside the new one, or a digit mistyped
    elif not all(numbers) and name == 0 and born is not False:
        (found.same if born or phone else found.alike).append(line)
    elif not all(numbers) and name == 1 and born is not False and (born or phone):
        found.alike.append(line)
    elif phone:
        found.phone.append(line)


def _last_time(line: Line, party: Mapping[str, Any]) -> LastTime:
    reach = {name: str(party.get(name) or "") for name in ("phone", "contact_via", "address")}
    return LastTime(line.received_at, {name: value for name, value in reach.items() if value})


def _nearness(one: str, other: str) -> int | None:
    """0 for one name, 1 for one with a letter wrong, doubled, missing or swapped; None for another."""
    if not one or not other:
        return None
    one, other = one.replace(" ", ""), other.replace(" ", "")  # "H'Bia", "H Bia" and "HBia" are one
    if one == other:
        return 0
    return 1 if _one_off(one, other) else None


def _one_off(one: str, other: str) -> bool:
    # Few come so near; the start of the program need not wait for it. Why not its part: `store/search._near`.
    from rapidfuzz import distance

    return distance.OSA.distance(one, other, score_cutoff=1) == 1


def _born(one: str, other: str) -> bool | None:
    """Whether the dates agree; None where one is missing, or a year alone says nothing against the other."""
    try:
        one, other = read_birth_date(one), read_birth_date(other)
    except BadInput:
        return None
    if one == other:
        return True
    return None if one.startswith(other) or other.startswith(one) else False


def _equal(one: str, other: str) -> bool:
    return bool(one) and one == other


def _digits(text: Any) -> str:
    return "".join(sign for sign in str(text or "") if sign.isdigit())


def of_procedure(found: Iterable[Line], code: str) -> list[Line]:
    """Those that ask for the same thing."""
    return [line for line in found if line.procedure_code == code]
