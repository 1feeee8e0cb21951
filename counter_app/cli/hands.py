"""Dossiers that change hands inside the office: handed on, taken over, and what waits between two hands."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from typing import Any

from counter_app.cli.context import Context, put
from counter_app.domain.errors import BadInput
from counter_app.domain.hops import By, Hop, last_hop
from counter_app.services import between, lookup, passing
from counter_app.services.office import Office, Session
from counter_app.services.passing import Passing


def hand_over(context: Context) -> int:
    """All of them or none; each dossier's line says who holds it now, and when his step ends."""
    _put(context, give(context.office, context.session(), context.asked))
    return 0


def take_over(context: Context) -> int:
    _put(context, take(context.office, context.session(), context.asked))
    return 0


def give(office: Office, session: Session, asked: Namespace) -> tuple[bytes, ...]:
    """The dossiers that were handed on, or whose last hand-over was taken back."""
    if asked.back is not None:
        return _back(office, session, asked)
    if asked.by not in set(By):
        raise BadInput("not-one-of", field="by", value=asked.by, choices=", ".join(By))
    how = Passing(asked.to, asked.step, asked.within, By(asked.by), asked.giver, note=asked.note)
    return passing.pass_on(office, session, asked.code, how, asked.at).dossiers


def _back(office: Office, session: Session, asked: Namespace) -> tuple[bytes, ...]:
    said = {"holder": asked.to, "giver": asked.giver, "step": asked.step, "within": asked.within}
    for field in (name for name, value in said.items() if value):
        raise BadInput("only-to-hand-on", field=field)
    return passing.take_back(office, session, asked.code, asked.back, at=asked.at)


def take(office: Office, session: Session, asked: Namespace) -> tuple[bytes, ...]:
    """The dossiers that were taken over."""
    return passing.take_over(
        office,
        session,
        asked.code,
        asked.to,
        frm=asked.giver,
        signed_by=asked.signed_by,
        at=asked.at,
    )


def waiting(context: Context) -> int:
    """What was handed on and not taken over, `overdue` where the time for that is past; or, with --steps,
    what is past the end of its step."""
    asked, office = context.asked, context.office
    now = office.now()
    look = between.late_steps if asked.steps else between.waiting
    for one in look(office, now, asked.to):
        put(one.line.to_json() | _told(one.hop) | {"overdue": one.overdue})
    return 0


def _put(context: Context, dossiers: Iterable[bytes]) -> None:
    for dossier in dossiers:
        hop = last_hop(lookup.story(context.office, dossier))
        put(lookup.line_of(context.office, dossier).to_json() | (_told(hop) if hop else {"holder": ""}))


def _told(hop: Hop) -> dict[str, Any]:
    said = {
        "holder": hop.took,
        "from": hop.gave,
        "step": hop.note,
        "step_due": hop.due.isoformat() if hop.due else "",
        "handed_at": hop.at.isoformat() if hop.given else "",
        "taken_at": hop.taken.isoformat() if hop.taken else "",
        "by": hop.by,
        "batch": hop.batch,
        "signed_by": hop.signed_by,
    }
    return {name: value for name, value in said.items() if value or name == "holder"}
