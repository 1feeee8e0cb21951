"""Dossiers go from hand to hand inside the office: a pile is handed on, or taken over, all of it or nothing.

Who is handed a dossier holds it from then on; that he has it, his own side says (Nghị định 63/2024/NĐ-CP,
Điều 7, gives it two hours of work).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import BadInput, NotAllowed, RuleBroken
from counter_app.domain.hops import By, Hop, given_by_mistake, handed_to, last_hop
from counter_app.domain.inner_steps import InnerStep, named, parse_within, step_after
from counter_app.domain.lifecycle import RUNNING
from counter_app.domain.limits import TimeLimit
from counter_app.domain.names import clean_line
from counter_app.domain.names import fold as folded
from counter_app.domain.promise import step_end
from counter_app.domain.rights import of_act
from counter_app.services import drafts
from counter_app.services.acting import Act, begin, find_one, needed
from counter_app.services.holders import LATELY, Holders
from counter_app.services.office import Office, Session, new_dossier_id, to_ms
from counter_app.store import catalogue as shelf
from counter_app.store import own
from counter_app.store.writer import Writer

MOST: Final = 500  # dossiers of a pile: one transaction, and a list that two people still count
LONGEST: Final = 200  # letters of a name
_KEPT: Final = 12


@dataclass(frozen=True)
class Passing:
    """How a pile is handed on.

    `step` empty is each dossier's own next one, where its procedure gives that to this holder; `within`, such
    as "4 giờ", is the step's limit where the catalogue has none. `batch` names the pile: the same one handed
    on again changes nothing. `frm` empty is who holds each.
    """

    to: str
    step: str = ""
    within: str = ""
    by: By = By.ELECTRONIC
    frm: str = ""
    batch: bytes = b""
    note: str = ""


@dataclass(frozen=True)
class Passed:
    """The pile's name, who has it now, and its dossiers in their order, those too that were handed on so
    before."""

    batch: bytes
    to: str
    dossiers: tuple[bytes, ...]


def pass_on(
    office: Office, session: Session, codes: Sequence[str], how: Passing, at: datetime | None = None
) -> Passed:
    """These dossiers, by code or id, go to another hand.

    Each step ends as its limit counts from now by the calendar, never after the dossier is due; one that
    waits for the citizen, or is finished, has no such end. Raises BadInput("empty" | "too-long" |
    "within-unreadable" | "pile-too-high"), NotFound, NotAllowed("already-with" in "of-pile").
    """
    officer = session.require(of_act("passed_on"))
    to, step, frm = _name(how.to, "holder"), clean_line(how.step), clean_line(how.frm)
    within = within_of(how.within)
    with office.writing() as (pen, now):
        batch = how.batch or new_dossier_id(to_ms(now))
        found = _each(pen, codes)
        holders = Holders(pen.connection, pen.map)
        to, frm = holders.spelled(to), holders.spelled(frm)
        for code, dossier in found:
            if any(
                e.name == "passed_on" and (e.payload or {}).get("batch") == batch.hex()
                for e in dossier.entries
            ):
                continue  # delivered once more
            with _of_pile(code):
                if holders.same(to, holder := holder_of(dossier)):
                    raise NotAllowed("already-with", holder=holder)
                act = begin(pen, dossier, "passed_on", now, officer, at)
                name, limit = step_of(pen.connection, dossier, to, step, within)
                act.write(
                    "passed_on",
                    to=to,
                    frm=frm or holder,
                    step=name,
                    due=_end(act, limit),
                    by=how.by.value,
                    batch=batch.hex(),
                    note=clean_line(how.note),
                )
        drafts.forget(pen.connection, batch, drafts.PILE)
        lately = dict.fromkeys([to, *holders.lately])
        own.put_text(pen.connection, LATELY, "\n".join(list(lately)[:_KEPT]))
    return Passed(batch, to, tuple(dossier.id for _, dossier in found))


def take_over(
    office: Office,
    session: Session,
    codes: Sequence[str],
    to: str = "",
    *,
    frm: str = "",
    signed_by: str = "",
    draft: bytes = b"",
    at: datetime | None = None,
) -> tuple[bytes, ...]:
    """These dossiers are here: `to` has them, else whoever was handed each, else the officer himself.

    What nobody handed on can be taken over, and is told so. `signed_by` is who signed the list of a holder
    that has no machine; `draft` is forgotten with it. One that the same hand has taken over already is left
    as it is. Gives the dossiers' ids. Raises as `pass_on` does.
    """
    officer = session.require(of_act("taken_over"))
    me = session.officer.name if session.officer else ""
    asked, signed = clean_line(to), clean_line(signed_by)
    with office.writing() as (pen, now):
        found = _each(pen, codes)
        holders = Holders(pen.connection, pen.map)
        for code, dossier in found:
            hop = last_hop(dossier)
            who = taker(holders, hop, _name(asked or (hop.took if hop else "") or me, "holder"))
            known = handed_to(dossier, who) if hop is not None else None
            if hop is not None and hop.took == who and hop.taken is not None:
                continue
            with _of_pile(code):
                begin(pen, dossier, "taken_over", now, officer, at).write(
                    "taken_over",
                    to=who,
                    frm=holders.spelled(clean_line(frm)) or (known.gave if known else holder_of(dossier)),
                    batch=known.batch if known else "",
                    signed_by=signed,
                    unannounced=None if known else True,
                )
        drafts.forget(pen.connection, draft, drafts.TAKEN)
    return tuple(dossier.id for _, dossier in found)


def take_back(
    office: Office,
    session: Session,
    codes: Sequence[str],
    reason: str,
    batch: bytes = b"",
    at: datetime | None = None,
) -> tuple[bytes, ...]:
    """The last hand-over of each, that of the pile `batch` where one is named, was a mistake: who held the
    dossier before holds it again, all of them or none.

    One that was taken back before is left as it is; lists that were printed stay in the story. Gives the
    dossiers' ids. Raises BadInput("empty" | "too-long"), and what `given_by_mistake` raises.
    """
    officer = session.require(of_act("voided"))
    why = needed(reason, "reason")
    with office.writing() as (pen, now):
        found = _each(pen, codes)
        for code, dossier in found:
            with _of_pile(code):
                if not (mistaken := given_by_mistake(dossier, batch.hex())):
                    continue
                begin(pen, dossier, "passed_on", now, officer, at).write(
                    "voided",
                    set={"holder": dossier.before(mistaken[0], "holder")},
                    events=[str(ref) for ref in mistaken],
                    reason=why,
                )
    return tuple(dossier.id for _, dossier in found)


def taker(holders: Holders, hop: Hop | None, who: str) -> str:
    """Who takes it over, spelled as he was handed it."""
    return hop.took if hop is not None and holders.same(who, hop.took) else holders.spelled(who)


def within_of(text: str) -> TimeLimit | None:
    """A step's limit as it was typed; None where nothing was. Raises BadInput("within-unreadable")."""
    return parse_within(text) if clean_line(text) else None


def holder_of(dossier: Dossier) -> str:
    """Who holds it; "" for the counter."""
    return str(dossier.values.get("holder") or "")


def next_step(connection: Any, dossier: Dossier) -> InnerStep | None:
    """The step of its procedure that comes next, as the catalogue has it."""
    done = [
        str(entry.payload["step"])
        for entry in dossier.entries
        if entry.counts
        and entry.payload
        and entry.name in ("passed_on", "step_taken")
        and "step" in entry.payload
    ]
    return step_after(steps_of(connection, dossier), done)


def steps_of(connection: Any, dossier: Dossier) -> tuple[InnerStep, ...]:
    """The steps of the version that it was received under; where that has none, those that stand today."""
    said = dossier.values.get("procedure", {})
    code = str(said.get("code", ""))
    for procedure in (
        shelf.of_version(connection, code, str(said.get("version", ""))),
        shelf.find(connection, code),
    ):
        if procedure is not None and procedure.steps:
            return procedure.steps
    return ()


def step_of(
    connection: Any, dossier: Dossier, to: str, asked: str, within: TimeLimit | None
) -> tuple[str, TimeLimit | None]:
    """The step's name and limit: as asked, else the next one where that is this holder's."""
    if asked:
        known = named(steps_of(connection, dossier), asked)
        return asked, within or (known.limit if known else None)
    following = next_step(connection, dossier)
    if following is None or folded(following.holder) != folded(to):
        return "", within
    return following.name, within or following.limit


def _end(act: Act, limit: TimeLimit | None) -> str:
    if limit is None or act.dossier.state not in RUNNING:
        return ""
    return step_end(limit, act.at, act.calendar, act.dossier.due).isoformat()


def _name(text: str, field: str) -> str:
    name = needed(text, field)
    if len(name) > LONGEST:
        raise BadInput("too-long", field=field, value=name, limit=LONGEST)
    return name


def _each(pen: Writer, codes: Sequence[str]) -> list[tuple[str, Dossier]]:
    """The dossiers, each once, with the code that it was named by."""
    if not codes:
        raise BadInput("empty", field="code")
    if len(codes) > MOST:
        raise BadInput("pile-too-high", field="code", value=len(codes), most=MOST)
    found: dict[bytes, tuple[str, Dossier]] = {}
    for code in codes:
        dossier = find_one(pen.connection, pen.map, code)
        found.setdefault(dossier.id, (dossier.code or code, dossier))
    return list(found.values())


@contextmanager
def _of_pile(code: str) -> Iterator[None]:
    """What forbids the act on one dossier names it: the others of the pile are not at fault."""
    try:
        yield
    except RuleBroken as error:
        if "code" in error.facts or error.why in ("in-the-future", "time-without-zone"):
            raise
        raise NotAllowed("of-pile", code=code, because=error) from error
