"""Survey slips at the counter: stacks typed in, taken back, and what a period's slips say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from counter_app.domain import canonical
from counter_app.domain.books import survey_page
from counter_app.domain.codes import parse_code
from counter_app.domain.errors import BadInput, NotAllowed
from counter_app.domain.events import Ref
from counter_app.domain.fold import fold
from counter_app.domain.procedures import Procedure, by_code
from counter_app.domain.rights import Right
from counter_app.domain.surveys import Channel, Scale, Share, Slip, content_percent, shares
from counter_app.domain.zone import VIETNAM
from counter_app.services import drafts, rules
from counter_app.services.entry import OLDEST, Fields, id_in, text_in
from counter_app.services.feedback_rules import scale_of, scales
from counter_app.services.lookup import id_text
from counter_app.services.office import Office, Session, commune_in
from counter_app.store import log, numbers
from counter_app.store.writer import Writer

MOST: Final = 500  # slips of a stack
LONGEST_REMARK: Final = 500  # letters
LONGEST_PERIOD: Final = timedelta(days=1100)
_KNOWN: Final = ("answer", "procedure", "dossier", "remark", "id")


@dataclass(frozen=True)
class Stack:
    """Slips that were saved together, or one of them that bears a remark."""

    ref: Ref
    day: date
    channel: str
    scale: str
    slips: tuple[Mapping[str, str], ...]
    at: datetime
    officer: str
    machine: str
    log: bytes
    taken_back: bool


def add(
    office: Office,
    session: Session,
    day: date,
    channel: str,
    given: Sequence[Fields],
    draft: bytes = b"",
    scale_name: str = "",
) -> tuple[Stack, ...]:
    """Enters a stack of slips of one day in one transaction: answer, and what was told beside it.

    Each slip with a remark is an event of its own: a remark may name somebody and be erased, and the others
    keep counting then. These are as many events as their bytes need; all bear one time, by which `last_here`
    knows them for one stack. A slip whose `id` stands here already, in a stack of the last two years that
    was not taken back, is not written again.
    `draft` is what was kept of it while it was typed; `scale_name` is the scale of the slips where the office
    asks by another one since they were begun. Raises BadInput("not-a-level" | "slip-told-otherwise" | …),
    NotPermitted, ClockWrong.
    """
    officer = session.require(Right.RECEIVE)
    if channel not in tuple(Channel):
        raise BadInput("not-one-of", field="channel", value=channel, choices=", ".join(Channel))
    if not 1 <= len(given) <= MOST:
        raise BadInput("out-of-range", field="slips", value=len(given), least=1, most=MOST)
    scale = _scale(office, scale_name)
    offered = rules.catalogue(office)
    slips = [read_slip(office, fields, scale, offered) for fields in given]
    with office.writing() as (pen, now):
        at = now.astimezone(VIETNAM)
        if day > at.date():
            raise BadInput("in-the-future", field="day", value=day.isoformat())
        if day < (at - OLDEST).date():
            raise BadInput("too-long-ago", field="day", value=day.isoformat())
        drafts.forget(pen.connection, draft, drafts.SLIPS)
        slips = _not_here(pen, at.date(), slips)
        page = survey_page(pen.commune, day)
        told = {"day": day.isoformat(), "channel": channel, "scale": scale.name, "at": at.isoformat()}
        plain = canonical.portions(told, "slips", (slip for slip in slips if "remark" not in slip))
        stacks = [*plain, *([slip] for slip in slips if "remark" in slip)]
        written = {pen.append("surveyed", page, {**told, "slips": stack}, officer).ref for stack in stacks}
        return tuple(one for one in _stacks(pen.connection, pen.map, [day], pen) if one.ref in written)


def _not_here(pen: Writer, today: date, slips: list[dict[str, str]]) -> list[dict[str, str]]:
    """Those whose id no slip that counts has, each once."""
    if not any("id" in slip for slip in slips):
        return slips
    known = {
        slip["id"]: slip
        for stack in _stacks(pen.connection, pen.map, _days(today - OLDEST, today))
        if not stack.taken_back
        for slip in stack.slips
        if "id" in slip
    }
    new = []
    for slip in slips:
        before = known.setdefault(slip["id"], slip) if "id" in slip else slip
        if before != slip:
            raise BadInput("slip-told-otherwise", field="id", value=slip["id"])
        if before is slip:
            new.append(slip)
    return new


def unknown_dossiers(office: Office, slips: Iterable[Mapping[str, str]]) -> list[str]:
    """The codes that no dossier here bears: another commune's, or mistyped."""
    codes = dict.fromkeys(slip["dossier"] for slip in slips if "dossier" in slip)
    with office.reading() as (connection, _):
        return [code for code in codes if not numbers.code_taken(connection, code)]


def take_back(office: Office, session: Session, stacks: Iterable[Stack], reason: str = "") -> None:
    """Stacks of one day were a mistake: they stay in the book, marked, and count no more.

    Raises NotAllowed("nothing-to-take-back"), NotPermitted.
    """
    officer = session.require(Right.HANDLE)
    mistaken = list(stacks)
    if not mistaken:
        raise NotAllowed("nothing-to-take-back")
    with office.writing() as (pen, now):
        day = mistaken[0].day
        refs = {one.ref for one in mistaken}
        page = next(page for page in _pages(pen.map, day) if refs & {e.ref for e in pen.events_of(page)})
        said = {"at": now.astimezone(VIETNAM).isoformat(), **({"reason": reason} if reason else {})}
        for events in canonical.portions(said, "events", sorted(map(str, refs))):
            pen.append("survey_voided", page, {**said, "events": events}, officer)


def stacks_of(office: Office, first: date, last: date) -> list[Stack]:
    """What was entered for each day from `first` to `last`, taken back or not, in its order."""
    with office.reading() as (connection, where):
        return _stacks(connection, where, _days(first, last))


def last_here(office: Office, day: date) -> tuple[Stack, ...]:
    """The stack that this machine saved last for the day, with its slips that bear remarks."""
    with office.reading() as (connection, where):
        found = [
            one for one in _stacks(connection, where, [day]) if not one.taken_back and _is_own(where, one.log)
        ]
    return tuple(one for one in found if one.at == found[-1].at) if found else ()


@dataclass(frozen=True)
class SurveyFigures:
    """A period's slips by level and channel, and the share of satisfied answers (None without answers)."""

    slips: int
    shares: tuple[Share, ...]
    content: float | None


def figures(office: Office, first: date, last: date) -> SurveyFigures:
    """What the days from `first` to `last` say."""
    told = [
        slip for stack in stacks_of(office, first, last) if not stack.taken_back for slip in slips_of(stack)
    ]
    # Two machines that were given one file have each of its ids twice.
    slips = list({slip.id or number: slip for number, slip in enumerate(told)}.values())
    return SurveyFigures(len(slips), shares(slips, scales()), content_percent(slips, scales()))


def slips_of(stack: Stack) -> list[Slip]:
    return [Slip(stack.day, stack.channel, stack.scale, **slip) for slip in stack.slips]


def read_slip(office: Office, fields: Fields, scale: Scale, offered: Sequence[Procedure]) -> dict[str, str]:
    """One slip as it was typed: its answer by name or place in the scale, its procedure by code.

    Raises BadInput("not-a-level" | "unknown-field" | "not-a-text" | "too-long" | "not-an-id" | "not-a-code"),
    NotFound.
    """
    if not isinstance(fields, Mapping):
        raise BadInput("not-an-object", field="slip")
    for name in fields:
        if name not in _KNOWN:
            raise BadInput("unknown-field", field=str(name))
    slip = {name: text for name in _KNOWN if (text := text_in(fields, name, LONGEST_REMARK))}
    slip["answer"] = scale.level(slip.get("answer", "")).name
    if "procedure" in slip:
        today = office.now().astimezone(VIETNAM).date()
        slip["procedure"] = by_code(slip["procedure"], offered, today).code
    if "dossier" in slip:
        slip["dossier"] = parse_code(slip["dossier"], "dossier").text
    if (given := id_in(fields)) is not None:
        slip["id"] = id_text(given)
    return slip


def _scale(office: Office, name: str) -> Scale:
    if not name:
        return scale_of(office.settings)
    known = scales()
    if name not in known:
        raise BadInput("not-one-of", field="survey_scale", value=name, choices=", ".join(known))
    return known[name]


def _days(first: date, last: date) -> list[date]:
    if last < first:
        raise BadInput("ends-before-it-begins", field="last", value=last.isoformat())
    if last - first > LONGEST_PERIOD:
        raise BadInput(
            "out-of-range", field="days", value=(last - first).days, least=1, most=LONGEST_PERIOD.days
        )
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _pages(where: log.Map, day: date) -> list[bytes]:
    ids = {row.commune for row in where.logs.values() if row.trust != log.ASIDE}
    return [survey_page(id_, day) for id_ in sorted(ids)]


def _is_own(where: log.Map, name: bytes) -> bool:
    row = where.find(name)
    return row is not None and row.trust == log.OWN


def _stacks(connection: Any, where: log.Map, days: Iterable[date], pen: Writer | None = None) -> list[Stack]:
    known = commune_in(connection, where)
    machines = {row.log: row.machine for row in where.logs.values()}
    found = []
    for day in days:
        for page in _pages(where, day):
            events = pen.events_of(page) if pen else log.dossier_events(connection, page, where)
            for entry in fold(page, events).entries if events else ():
                said, head = entry.payload, entry.event.header
                if entry.name == "surveyed" and said is not None:
                    found.append(
                        Stack(
                            entry.ref,
                            day,
                            said["channel"],
                            said["scale"],
                            tuple(_known(slip) for slip in said["slips"]),
                            entry.happened_at,
                            known.name_of(head),
                            machines.get(head.log, ""),
                            head.log,
                            entry.mistaken is not None,
                        )
                    )
    return found


def _known(slip: Mapping[str, Any]) -> dict[str, str]:
    """Its fields that this program knows; a later one may write more."""
    return {name: slip[name] for name in _KNOWN if name in slip}
