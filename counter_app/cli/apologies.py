"""Apologies for dossiers that will miss their date: listed, or issued as a stack, signed or for the pen."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from counter_app.cli.context import Context, ask_signing_passphrase, put, tell
from counter_app.domain.errors import BadInput
from counter_app.domain.rights import Right
from counter_app.domain.zone import VIETNAM
from counter_app.services import apologies as stack
from counter_app.services import opening, signing
from counter_app.services.apologies import Draft, Wanted
from counter_app.words import errors
from counter_app.words.letters import apology_reason, letter_facts


def apologies(context: Context) -> int:
    """Lists without `--out`; with it, each that can be issued is, and one that cannot is told."""
    asked, office = context.asked, context.office
    if asked.out is None:
        now = datetime.combine(asked.on, time(8), VIETNAM) if asked.on else office.now()
        for draft in stack.drafts(office, now).found:
            put(_line(draft))
        return 0
    opening.refuse_inside(context.places, [asked.out])
    session = context.session()
    session.require(Right.EXTEND)
    for lost in stack.settle(office):
        if lost.error:
            tell(errors.sentence(lost.error))
    wanted = _wanted(context)
    pen = None
    if asked.sign or asked.key:
        pen = signing.open_pen(office, session, asked.key, ask_signing_passphrase())
    code = 0
    how: dict[str, Any] = {"why": apology_reason(), "paper": asked.paper}
    for one in stack.issue(office, session, wanted, asked.out, letter_facts, pen, **how):
        if one.error is not None:
            code = max(code, one.error.exit_code)
            put({"code": one.code, "error": errors.sentence(one.error)})
        else:
            signer = pen.name if pen else None
            put({"code": one.code, "file": str(one.file), "signer": signer, "late": one.late})
    return code


def _wanted(context: Context) -> list[Wanted]:
    asked, office = context.asked, context.office
    if not asked.codes and not asked.all:
        raise BadInput("which-apologies")
    found = {draft.code: draft for draft in stack.drafts(office, office.now()).found}
    codes = asked.codes or [draft.code for draft in found.values() if draft.obstacle is None]
    wanted = []
    for code in dict.fromkeys(codes):
        draft = found.get(code)
        if asked.until and asked.reason:
            wanted.append(Wanted(code, asked.until, asked.reason))
        elif draft is None:
            raise BadInput("not-late-yet", code=code)
        else:
            wanted.append(Wanted(code, asked.until or draft.until, asked.reason or draft.reason))
    return wanted


def _line(draft: Draft) -> dict[str, Any]:
    return {
        "code": draft.code,
        "applicant": draft.line.applicant,
        "procedure": draft.line.procedure,
        "group": draft.group.value,
        "due": draft.due.isoformat(),
        "holder": draft.holder,
        "since": draft.since.isoformat() if draft.since else None,
        "until": draft.until.isoformat(),
        "reason": draft.reason,
        "obstacle": errors.sentence(draft.obstacle) if draft.obstacle else None,
    }
