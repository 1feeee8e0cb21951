"""Officers' accounts: events of the commune, valid on each of its devices, offline."""

from __future__ import annotations

import re

from counter_app.crypto.pins import hash_pin
from counter_app.crypto.wraps import KeyFile
from counter_app.domain.commune import Officer, Role
from counter_app.domain.errors import AlreadyThere, BadInput, NoKey, NotPermitted
from counter_app.domain.names import clean_name
from counter_app.services.office import Office, Session, commune_in
from counter_app.system import files

_ID = re.compile(r"[a-z][a-z0-9._-]{0,31}", re.ASCII)


def add_officer(
    office: Office, session: Session, officer_id: str, name: str, role: str, pin: str = ""
) -> Officer:
    """A new account. Raises BadInput("officer-id" | "not-one-of" | "pin-shape"), AlreadyThere."""
    author = session.require(Role.ADMINISTRATOR)
    wanted = officer_id.strip().lower()
    if not _ID.fullmatch(wanted):
        raise BadInput("officer-id", field="officer", value=officer_id)
    roles = [r.value for r in Role]
    if role not in roles:
        raise BadInput("not-one-of", field="role", value=role, choices=", ".join(roles))
    fields = {"name": clean_name(name, field="officer.name"), "role": role}
    if pin:
        fields["pin"] = hash_pin(pin)
    with office.writing() as (pen, _):
        if wanted in commune_in(pen.connection, pen.map).officers:
            raise AlreadyThere("officer-there", officer=wanted)
        pen.append("officer_set", pen.commune, {"officer": wanted, "set": fields}, author)
    return office.commune().officers[wanted]


def rename(office: Office, session: Session, officer_id: str, name: str) -> None:
    """What papers and stories call the officer from now on; raises NotPermitted("no-such-officer")."""
    author = session.require(Role.ADMINISTRATOR)
    said = clean_name(name, field="officer.name")
    with office.writing() as (pen, _):
        if officer_id not in commune_in(pen.connection, pen.map).officers:
            raise NotPermitted("no-such-officer", officer=officer_id)
        pen.append("officer_set", pen.commune, {"officer": officer_id, "set": {"name": said}}, author)


def set_pin(office: Office, session: Session, pin: str) -> None:
    """The acting officer's own PIN; also the first one of an administrator whom others have overtaken."""
    officer = session.officer.id if session.officer and session.claiming else session.require()
    with office.writing() as (pen, _):
        pen.append("officer_set", pen.commune, {"officer": officer, "set": {"pin": hash_pin(pin)}}, officer)


def reset_pin(office: Office, session: Session, officer_id: str, pin: str, sheet: str) -> None:
    """A new PIN for one who forgot his: by a second officer, with the words of the store's recovery sheet.

    Raises NotPermitted("second-officer" | "no-such-officer"), BadInput("pin-shape" and those of the words),
    NoKey("no-recovery-wrap" | "wrong-recovery").
    """
    helper = session.require()
    if helper == officer_id:
        raise NotPermitted("second-officer", officer=officer_id)
    hashed = hash_pin(pin)
    key = KeyFile.from_bytes(files.read_bytes(office.places.keys)).open_with_recovery(sheet)
    if not office.database.opened_by(key):
        raise NoKey("wrong-recovery")
    with office.writing() as (pen, _):
        if officer_id not in commune_in(pen.connection, pen.map).officers:
            raise NotPermitted("no-such-officer", officer=officer_id)
        pen.append("officer_set", pen.commune, {"officer": officer_id, "set": {"pin": hashed}}, helper)
    office.throttle.passed(officer_id)


def officers(office: Office) -> list[Officer]:
    return list(office.commune().officers.values())
