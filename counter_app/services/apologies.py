"""Apologies for what will miss its date: drafted for the head, and issued by him as a stack.

A dossier gets its new appointment and its letter in one transaction, and the letter lies on the disk, under a
name that nobody sees, before that transaction ends: nothing is extended without its letter, and no letter is
seen without its event. What a power cut left between the two is put right by `settle`.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from counter_app.domain.apologies import held_since, proposed, will_miss
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import (
    AlreadyThere,
    CannotWrite,
    CounterError,
    Disputed,
    NotAllowed,
    RuleBroken,
)
from counter_app.domain.rights import Right
from counter_app.services import boards
from counter_app.services.acting import begin, find_one
from counter_app.services.acts import extended
from counter_app.services.boards import Group, Item
from counter_app.services.letters import Letter, Phrase, letter_of, sheet_of
from counter_app.services.lookup import Line, folded, id_text
from counter_app.services.office import Office, Session, standing_in
from counter_app.services.signing import Pen, Signed
from counter_app.store import own
from counter_app.store.writer import Writer
from counter_app.system import files

FORM: Final = "apology"
GROUPS: Final = (Group.TODAY, Group.TOMORROW, Group.SOON, Group.LATE)
"""Those whose citizens can still be told before the day come first."""
MOST: Final = 300  # of a group; folding them takes half a second of a lane
_MAKING: Final = "apology/"  # own, with the dossier's id: where its letter lies, and where it belongs

Seal = Callable[[Letter, datetime], Signed]


@dataclass(frozen=True)
class Draft:
    """An apology that nobody signed yet. `obstacle` says why it cannot be issued as things stand."""

    line: Line
    code: str
    group: Group
    due: datetime
    holder: str
    since: datetime | None
    until: date
    reason: str
    obstacle: CounterError | None = None


@dataclass(frozen=True)
class Drafts:
    """`left` dossiers more are as late, beyond what a list holds."""

    found: tuple[Draft, ...]
    left: int


@dataclass(frozen=True)
class Wanted:
    """What the head wants sent: for which dossier, until when, and why."""

    code: str
    until: date
    reason: str


@dataclass(frozen=True)
class Issued:
    """What came of one: its letter, or why there is none."""

    code: str
    file: Path | None = None
    seen: bool = False
    late: bool = False
    error: CounterError | None = None


def drafts(office: Office, now: datetime) -> Drafts:
    """An apology for each dossier that will miss its date, the soonest first, those that missed it last."""
    sections = {one.group: one for one in boards.board(office, now, GROUPS, MOST)}
    found, most = [], office.settings.max_extensions
    with office.reading() as (connection, where):
        calendar = standing_in(connection, where).calendar
        for group in GROUPS:
            for item in sections[group].items:
                office.breathe()
                dossier = folded(connection, item.line.dossier, where)
                # Where no further appointment may be given there is nothing to sign.
                if will_miss(dossier, now, calendar) and dossier.extensions < most:
                    day = proposed(dossier, now, calendar, office.settings.apology_days)
                    found.append(_draft(office, dossier, group, item, day))
    left = sum(sections[group].total - len(sections[group].items) for group in GROUPS)
    return Drafts(tuple(found), left)


def _draft(office: Office, dossier: Dossier, group: Group, item: Item, day: date) -> Draft:
    holder, since = held_since(dossier)
    assert dossier.due is not None, "it will miss it"
    return Draft(
        item.line,
        dossier.code or id_text(dossier.id),
        group,
        dossier.due,
        holder or item.holder,
        since,
        day,
        office.settings.apology_reason,
        _obstacle(dossier),
    )


def _obstacle(dossier: Dossier) -> CounterError | None:
    if dossier.needs_update:
        return NotAllowed("needs-newer-program", code=dossier.code)
    if dossier.conflicts:
        return Disputed("settle-first", code=dossier.code)
    return None


def issue(
    office: Office,
    session: Session,
    wanted: Sequence[Wanted],
    folder: Path,
    phrase: Phrase,
    pen: Pen | None = None,
    *,
    why: str = "",
    paper: str = "",
) -> Iterator[Issued]:
    """Extends each, with its letter in the folder: signed with the pen, else to be signed by hand.

    One after the other, as the result is asked for; one that the rules forbid is told, and the others go on.
    `why` is the signature's reason. Raises NotPermitted, BadInput("not-one-of"), DiskFull and CannotWrite;
    what was issued before that stands.
    """
    officer = session.require(Right.EXTEND)
    session.require(Right.PRINT)
    size = sheet_of(office, paper)
    files.shared_folder(folder)

    def seal(letter: Letter, at: datetime) -> Signed:
        if pen is None:
            return Signed(letter.draw(), seen=False)
        facts = replace(letter.facts, head_name=letter.facts.head_name or pen.name)
        return pen.sign(replace(letter, facts=facts).draw(), why, at)

    for one in wanted:
        try:
            yield _issued(office, officer, one, folder, phrase, size, seal)
        except RuleBroken as error:
            yield Issued(one.code, error=error)


def settle(office: Office) -> list[Issued]:
    """Puts in its place what a power cut left between event and letter; gives the letters that are lost."""
    lost = []
    with office.reading() as (connection, _):
        left = own.beginning(connection, _MAKING)
    for name, value in left:
        said = json.loads(value)
        made, place = Path(said["made"]), Path(said["place"])
        if made.is_file():
            files.move_into_place(made, place)
        elif not place.is_file():
            lost.append(Issued(said["code"], place, error=CannotWrite("letter-lost", code=said["code"])))
        _forget(office, name)
    return lost


def _issued(
    office: Office,
    officer: str,
    wanted: Wanted,
    folder: Path,
    phrase: Phrase,
    size: str,
    seal: Seal,
) -> Issued:
    made = folder / f".{secrets.token_hex(8)}.part"
    try:
        with office.writing() as (pen, now):
            dossier = find_one(pen.connection, pen.map, wanted.code)
            place = _place(folder, dossier)
            act = begin(pen, dossier, "extended", now, officer)
            late = extended(act, wanted.until, wanted.reason, office.settings.max_extensions)
            dossier = find_one(pen.connection, pen.map, id_text(dossier.id))
            signed = _letter(office, pen, dossier, officer, now, phrase, size, seal)
            files.write_atomically(made, signed.pdf)
            said = {"code": dossier.code, "made": str(made.absolute()), "place": str(place.absolute())}
            own.put_text(pen.connection, _MAKING + dossier.id.hex(), json.dumps(said))
    except BaseException:
        made.unlink(missing_ok=True)
        raise
    if made.is_file():  # another process may have settled it meanwhile
        files.move_into_place(made, place)
    _forget(office, _MAKING + dossier.id.hex())
    return Issued(dossier.code, place, signed.seen, late)


def _letter(
    office: Office,
    pen: Writer,
    dossier: Dossier,
    officer: str,
    now: datetime,
    phrase: Phrase,
    size: str,
    seal: Seal,
) -> Signed:
    """The letter as it goes out, with the event that says so, and by its digest which one it was."""
    letter = letter_of(office, pen, dossier, FORM, phrase, size)
    signed = seal(letter, now)
    payload: dict[str, Any] = {**letter.payload, "sha256": hashlib.sha256(signed.pdf).hexdigest()}
    if signed.by:
        payload["signed_by"] = signed.by
    pen.append("printed", dossier.id, {**payload, "at": now.isoformat()}, officer)
    return signed


def _place(folder: Path, dossier: Dossier) -> Path:
    name = dossier.code or id_text(dossier.id)
    place = folder / f"{name.replace('/', '-')}-xin-loi.pdf"
    if place.exists():
        raise AlreadyThere("file-there", path=place)
    return place


def _forget(office: Office, name: str) -> None:
    with office.database.writing() as connection:
        own.drop(connection, name)
