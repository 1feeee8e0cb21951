"""Officers' accounts: events of the commune, valid on each of its devices, offline."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from counter_app.crypto.pins import hash_pin
from counter_app.crypto.wraps import KeyFile
from counter_app.domain.commune import Commune, Officer, Role
from counter_app.domain.errors import AlreadyThere, BadInput, NoKey, NotAllowed, NotPermitted
from counter_app.domain.names import clean_line, clean_name, fold
from counter_app.domain.orders import Lock
from counter_app.domain.rights import Right
from counter_app.services.office import OVERRULED, Office, Session, commune_in, lock_in
from counter_app.store import log, own
from counter_app.store.writer import Writer
from counter_app.system import files

_LAST_SEATS = "seats"  # as this machine's events name them, the last one who sat here first
_ID = re.compile(r"[a-z][a-z0-9._-]{0,31}", re.ASCII)


def add_officer(
    office: Office, session: Session, officer_id: str, name: str, role: str, pin: str = ""
) -> Officer:
    """A new account. Raises BadInput("officer-id" | "not-one-of" | "pin-shape"), AlreadyThere."""
    author = session.require(Right.SET_OFFICERS)
    wanted = officer_id.strip().lower()
    if not _ID.fullmatch(wanted):
        raise BadInput("officer-id", field="officer", value=officer_id)
    fields: dict[str, Any] = {"name": clean_name(name, field="officer.name"), "role": _role(role)}
    if pin:
        fields["pin"] = hash_pin(pin)
    with office.writing() as (pen, _):
        known = commune_in(pen.connection, pen.map)
        if wanted in known.officers:
            raise AlreadyThere("officer-there", officer=wanted)
        _set(pen, known, wanted, fields, author)
    return office.commune().officers[wanted]


def change_officer(
    office: Office,
    session: Session,
    officer_id: str,
    *,
    name: str | None = None,
    role: str | None = None,
    active: bool | None = None,
) -> Officer:
    """Another name or role, or the account shut or opened again; nobody is ever deleted.

    What is so already is not written again. Raises NotPermitted("no-such-officer" | "last-administrator"),
    BadInput("empty" | "too-long" | "not-one-of").
    """
    author = session.require(Right.SET_OFFICERS)
    wanted: dict[str, Any] = {} if active is None else {"active": active}
    if name is not None:
        wanted["name"] = clean_name(name, field="officer.name")
    if role is not None:
        wanted["role"] = _role(role)
    with office.writing() as (pen, _):
        known = commune_in(pen.connection, pen.map)
        before = known.officers.get(officer_id)
        if before is None:
            raise NotPermitted("no-such-officer", officer=officer_id)
        changed = {field: value for field, value in wanted.items() if getattr(before, field) != value}
        stays = changed.get("active", before.active) and changed.get("role", before.role) == before.role
        others = [officer for officer in known.officers.values() if officer.id != officer_id]
        if _administers(before) and not stays and not any(o.pin for o in others if _administers(o)):
            raise NotPermitted("last-administrator", officer=officer_id)
        if changed:
            _set(pen, known, officer_id, changed, author)
    return office.commune().officers[officer_id]


def pin_from_elsewhere(office: Office, officer_id: str) -> bool:
    """Whether the officer's PIN came from another machine: nobody has typed it at this one yet."""
    with office.reading() as (connection, where):
        known = commune_in(connection, where)
        mine = {row.log for row in where.logs.values() if row.trust == log.OWN}
    setting = [
        event.header.log
        for event in known.arranged.events
        if event.header.kind == "officer_set"
        and event.payload is not None
        and known.account_set(event) == officer_id
        and "pin" in event.payload.get("set", {})
    ]
    return bool(setting) and setting[-1] not in mine


def change_pin(office: Office, session: Session, old: str, pin: str) -> None:
    """The acting officer's own PIN, where he still knows the old one; raises as `Office.session` does."""
    if session.officer is not None and session.officer.pin:
        known = office.commune()
        office.session(known.homes.account(office.origin, session.signature), lambda: old)
    set_pin(office, session, pin)


def set_pin(office: Office, session: Session, pin: str) -> None:
    """The acting officer's own PIN; also the first one of an administrator whom others have overtaken."""
    if session.officer is None:
        raise NotPermitted("officer-needed")
    me = session.signature
    with office.writing() as (pen, _):
        pen.append("officer_set", pen.commune, {"officer": me, "set": {"pin": hash_pin(pin)}}, me)


def give_pin(office: Office, session: Session, officer_id: str, pin: str) -> None:
    """A first PIN for another's account; raises NotPermitted("pin-there" | "no-such-officer")."""
    author = session.require(Right.SET_OFFICERS)
    hashed = hash_pin(pin)
    with office.writing() as (pen, _):
        known = commune_in(pen.connection, pen.map)
        if officer_id not in known.officers:
            raise NotPermitted("no-such-officer", officer=officer_id)
        if known.officers[officer_id].pin:
            raise NotPermitted("pin-there", officer=officer_id)
        _set(pen, known, officer_id, {"pin": hashed}, author)


def reset_pin(office: Office, session: Session, officer_id: str, pin: str, sheet: str) -> None:
    """A new PIN for one who forgot his: by a second officer, with the words of the store's recovery sheet.

    Raises NotPermitted("second-officer" | "no-such-officer"), BadInput("pin-shape" and those of the words),
    NoKey("no-recovery-wrap" | "wrong-recovery").
    """
    helper = session.require(Right.RESET_PIN)
    if office.commune().homes.account(office.origin, helper) == officer_id:
        raise NotPermitted("second-officer", officer=officer_id)
    hashed = hash_pin(pin)
    _prove_sheet(office, sheet)
    with office.writing() as (pen, _):
        known = commune_in(pen.connection, pen.map)
        if officer_id not in known.officers:
            raise NotPermitted("no-such-officer", officer=officer_id)
        named = _set(pen, known, officer_id, {"pin": hashed}, helper)
    office.throttle.passed(named)


def reopen_administrator(office: Office, officer_id: str, pin: str, sheet: str) -> Officer:
    """Opens the account of one who was an administrator, with a new PIN, where no administrator is left.

    Nobody needs to sit here: the words of the recovery sheet stand for him who has the right. The act bears
    the name of the account, which as long as it is shut can write nothing else.
    Raises NotAllowed("administrator-there"), NotPermitted("never-administrator"), and what `reset_pin` raises
    of the PIN and of the words.
    """
    hashed = hash_pin(pin)
    _prove_sheet(office, sheet)
    with office.writing() as (pen, _):
        known = commune_in(pen.connection, pen.map)
        if not known.leaderless:
            raise NotAllowed("administrator-there")
        if officer_id not in [one.id for one in known.administrators_ever]:
            raise NotPermitted("never-administrator", officer=officer_id)
        fields = {"active": True, "role": Role.ADMINISTRATOR.value, "pin": hashed}
        named = _set(pen, known, officer_id, fields)
    office.throttle.passed(named)
    return office.commune().officers[officer_id]


def overrule_lock(office: Office, sheet: str) -> None:
    """Opens a machine that the district has locked, by the words of the store's recovery sheet.

    It holds against this order: another one locks it anew. Raises NotAllowed("not-locked-here"), and what
    `reset_pin` raises of the words.
    """
    _prove_sheet(office, sheet)
    with office.writing(guard_clock=False) as (pen, _):
        lock = lock_in(pen.connection, pen.map)
        if lock is None:
            raise NotAllowed("not-locked-here")
        own.put(pen.connection, OVERRULED, lock.event)


def _set(pen: Writer, known: Commune, officer_id: str, fields: dict[str, Any], author: str = "") -> str:
    """Writes into that account and no other; without `author` in its own name. How the event names it."""
    named = known.homes.named(pen.commune, officer_id)
    pen.append("officer_set", pen.commune, {"officer": named, "set": fields}, author or named)
    return named


def _prove_sheet(office: Office, sheet: str) -> None:
    """Raises BadInput of the words, NoKey("no-recovery-wrap" | "wrong-recovery")."""
    key = KeyFile.from_bytes(files.read_bytes(office.places.keys)).open_with_recovery(sheet)
    if not office.database.opened_by(key):
        raise NoKey("wrong-recovery")


def proposed_id(name: str, taken: Collection[str]) -> str:
    """An id from a name: "Nguyễn Thị Lan" gives lan.nt, "H’Loan Niê" hloan.n; a number where it is taken.

    The given name stands last, but first in the names of the Central Highlands, which begin with Y or H’.
    """
    parts = [part for word in fold(name).split() if (part := re.sub(r"[^a-z0-9]", "", word))]
    if not parts:
        return ""
    if parts[0] in ("h", "y") and len(parts) > 1:
        parts = ["".join(parts[:2]), *parts[2:]]
    if not re.match(r"[hy]\W", clean_line(name).lower()):
        parts = [parts[-1], *parts[:-1]]
    given, *rest = parts
    made = given[:20] + ("." + "".join(part[0] for part in rest)[:8] if rest else "")
    made = made if made[0].isalpha() else "cb." + made
    return next(i for i in (made, *(f"{made}{n}" for n in range(2, len(taken) + 3))) if i not in taken)


def sat_down(office: Office, officer_id: str) -> None:
    """Keeps who sat here last, on this machine alone."""
    with office.database.writing() as connection:
        homes = commune_in(connection, log.read_map(connection)).homes
        before = own.get_text(connection, _LAST_SEATS, "").split()
        named = homes.named(office.origin, officer_id)
        kept = [named, *(known for known in before if known != named)]
        own.put_text(connection, _LAST_SEATS, " ".join(kept))


@dataclass(frozen=True)
class Seats:
    """Who may sit down here, the last ones first; and whose account the recovery sheet may open again, where
    no administrator is left. By the district's order to lock nobody may."""

    officers: tuple[Officer, ...]
    reopenable: tuple[Officer, ...]
    lock: Lock | None = None


def at_the_counter(office: Office) -> Seats:
    with office.reading() as (connection, where):
        known = commune_in(connection, where)
        seats = own.get_text(connection, _LAST_SEATS, "").split()
        lock = lock_in(connection, where)
    places = {known.homes.account(office.origin, named): place for place, named in enumerate(seats)}
    active = sorted(
        (one for one in known.officers.values() if one.active),
        key=lambda officer: (places.get(officer.id, len(places)), fold(officer.name)),
    )
    return Seats(tuple(active), known.administrators_ever if known.leaderless else (), lock)


def officers(office: Office) -> list[Officer]:
    return list(office.commune().officers.values())


def _administers(officer: Officer) -> bool:
    return officer.active and officer.role is Role.ADMINISTRATOR


def _role(role: str) -> str:
    roles = [known.value for known in Role]
    if role not in roles:
        raise BadInput("not-one-of", field="role", value=role, choices=", ".join(roles))
    return role
