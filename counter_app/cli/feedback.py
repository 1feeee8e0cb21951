"""Petitions and survey slips: entered from JSON lines, acted on, listed, added up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from counter_app.cli.context import Context, put, tell
from counter_app.cli.json_lines import bad_line
from counter_app.domain.errors import BadInput, NotFound
from counter_app.domain.petitions import WAITING, Petition, sharing
from counter_app.domain.rights import Right
from counter_app.domain.zone import VIETNAM
from counter_app.services import (
    feedback_papers,
    papers,
    petition_figures,
    petition_files,
    petitions,
    rules,
    surveys,
)
from counter_app.services.feedback_rules import scale_of
from counter_app.services.json_lines import numbered_lines, read_json, source
from counter_app.services.lookup import id_text
from counter_app.system import files
from counter_app.words import story
from counter_app.words.feedback import petition_conflict
from counter_app.words.feedback_papers import petition_facts, survey_facts
from counter_app.words.language import Words

_TOLD: Final = Words(
    {"dossiers-unknown": "Máy này không có hồ sơ {codes}; phiếu đã lưu, hãy xem lại mã nếu là hồ sơ của xã."}
)


def petition_add(context: Context) -> int:
    """Each good line is on the disk before its answer is printed; a bad one is told, the others go on.

    A line with an `id`, and a file that was cut short, can be given again: what is here is answered `again`.
    """
    office, session = context.office, context.session()
    session.require(Right.RECEIVE)
    bad = 0
    with source(context.asked.file) as given, petition_files.ids_for(office, given) as id_of:
        for number, raw in numbered_lines(given):
            try:
                one, again = petitions.enter(office, session, read_json(raw), id_of(number))
                put({"line": number, **_line(one), **({"again": True} if again else {})})
            except (BadInput, NotFound) as error:
                bad += 1
                put({"line": number, "error": bad_line(error, number)})
    return 2 if bad else 0


def petition_list(context: Context) -> int:
    asked = context.asked
    found = petitions.listing(context.office)
    twice = sharing(found)
    for one in found:
        came = one.received_at.astimezone(VIETNAM).date() if one.received_at else None
        outside = came is not None and not (asked.since or came) <= came <= (asked.until or came)
        if not outside and not (asked.open and one.next_due is None and one.stage not in WAITING):
            put({**_line(one), **_others(one, twice)})
    return 0


def petition_show(context: Context) -> int:
    one = petitions.find(context.office, context.asked.number)
    put({**_whole(one), **_others(one, sharing(petitions.listing(context.office)))})
    return 0


def petition_act(context: Context) -> int:
    """One act, and the petition as it stands then."""
    put(_line(_ACTS[context.asked.verb](context)))
    return 0


_ACTS: Final[dict[str, Callable[[Context], Petition]]] = {
    "assign": lambda c: petitions.assign(*_who(c), c.asked.to, c.asked.at),
    "ask": lambda c: petitions.ask(*_who(c), c.asked.need, c.asked.at),
    "supply": lambda c: petitions.supply(*_who(c), c.asked.text, c.asked.at),
    "refuse": lambda c: petitions.refuse(*_who(c), c.asked.reason, c.asked.at),
    "answer": lambda c: petitions.answer(*_who(c), c.asked.text, c.asked.by, c.asked.at),
    "publish": lambda c: petitions.publish(*_who(c), c.asked.where, c.asked.on, c.asked.at),
    "void": lambda c: petitions.void(*_who(c), c.asked.reason),
    "settle": lambda c: petitions.settle(*_who(c), c.asked.keep),
}


def _who(context: Context) -> tuple[Any, Any, str]:
    return context.office, context.session(), context.asked.number


def petition_sums(context: Context) -> int:
    first, last = _days(context)
    told = petition_figures.figures(context.office, first, last)
    put(
        {
            "from": first.isoformat(),
            "until": last.isoformat(),
            "received": told.received,
            "answered": told.answered,
            "in_time": told.in_time,
            "refused": told.refused,
            "waiting": told.waiting,
            "late": told.late,
            "late_by": {act.value: n for act, n in told.late_by.items()},
            "published": told.published,
            "handled_percent": told.handled_percent,
            "by_source": dict(told.by_source),
        }
    )
    return 0


def petition_print(context: Context) -> int:
    asked = context.asked
    context.outgoing(asked.out)
    return _written(
        context,
        feedback_papers.print_petition(
            context.office, context.session(), asked.number, asked.form, petition_facts, paper=asked.paper
        ),
    )


def survey_print(context: Context) -> int:
    """Blank slips, or the sheet for the wall."""
    asked, office, session = context.asked, context.office, context.session()
    context.outgoing(asked.out)
    if asked.what == "sheet":
        return _written(
            context, feedback_papers.print_sheet(office, session, survey_facts, paper=asked.paper)
        )
    slips = feedback_papers.print_slips(office, session, asked.count, survey_facts, paper=asked.paper or "a4")
    return _written(context, slips)


def _written(context: Context, pdf: bytes) -> int:
    files.write_atomically(context.asked.out, pdf)
    put({"file": str(context.asked.out), "pages": papers.page_count(pdf)})
    return 0


def survey_add(context: Context) -> int:
    """All lines are one stack, saved together; a bad line is told, and nothing is saved.

    Lines with an `id` can be given again: what is here is counted as `again`.
    """
    asked, office, session = context.asked, context.office, context.session()
    session.require(Right.RECEIVE)
    slips: list[Any] = []
    code, scale, offered = 0, scale_of(office.settings), rules.catalogue(office)
    with source(asked.file) as given:
        for number, raw in numbered_lines(given):
            try:
                slips.append(surveys.read_slip(office, read_json(raw), scale, offered))
            except (BadInput, NotFound) as error:
                put({"line": number, "error": bad_line(error, number)})
                code = 2
    if not code:
        day = asked.on or office.now().astimezone(VIETNAM).date()
        saved = surveys.add(office, session, day, asked.channel, slips, scale_name=scale.name)
        written = sum(len(one.slips) for one in saved)
        again = {"again": len(slips) - written} if written < len(slips) else {}
        unknown = surveys.unknown_dossiers(office, slips)
        if unknown:
            tell(_TOLD.say("dossiers-unknown", codes=", ".join(unknown)))
        told = {"unknown_dossiers": unknown} if unknown else {}
        put({"day": day.isoformat(), "slips": written, **again, **told})
    return code


def survey_undo(context: Context) -> int:
    """The stack that this machine saved last for the day is taken back."""
    day = context.asked.on or context.office.now().astimezone(VIETNAM).date()
    session = context.session()
    last = surveys.last_here(context.office, day)
    surveys.take_back(context.office, session, last)
    put({"day": day.isoformat(), "slips": sum(len(one.slips) for one in last)})
    return 0


def survey_list(context: Context) -> int:
    for one in surveys.stacks_of(context.office, *_days(context)):
        put(
            {
                "event": str(one.ref),
                "day": one.day.isoformat(),
                "channel": one.channel,
                "scale": one.scale,
                "slips": list(one.slips),
                "at": one.at.isoformat(),
                "officer": one.officer,
                "machine": one.machine,
                "taken_back": one.taken_back,
            }
        )
    return 0


def survey_sums(context: Context) -> int:
    """A line a level that was asked about, then one of the period."""
    first, last = _days(context)
    told = surveys.figures(context.office, first, last)
    for one in told.shares:
        put(
            {
                "scale": one.scale,
                "level": one.level,
                "count": one.count,
                "percent": one.percent,
                "by_channel": dict(one.by_channel),
            }
        )
    put(
        {
            "from": first.isoformat(),
            "until": last.isoformat(),
            "slips": told.slips,
            "content_percent": told.content,
        }
    )
    return 0


def _days(context: Context) -> tuple[date, date]:
    return context.asked.since, context.asked.until or context.asked.since


def _line(one: Petition) -> dict[str, Any]:
    said = one.reception or {}
    return {
        "id": id_text(one.id),
        "number": one.number,
        "stage": one.stage.value,
        "source": one.source,
        "subject": one.subject,
        "received_at": said.get("received_at") or one.left.get("received_at"),
        "due": one.due.isoformat() if one.due else None,
        "publish_by": one.publish_by.isoformat() if one.publish_by else None,
        "rule": said.get("limits", {}).get("answer", {}).get("rule"),
        "held": one.held,
        **({"erased": True} if one.erased else {}),
        "conflicts": [petition_conflict(found) for found in one.conflicts],
    }


def _others(one: Petition, twice: Mapping[bytes, Sequence[bytes]]) -> dict[str, Any]:
    """The ids of others that bear its number too."""
    return {"same_number": [id_text(other) for other in twice.get(one.id, ())]}


def _whole(one: Petition) -> dict[str, Any]:
    said = one.reception or {}
    return {
        **_line(one),
        "content": said.get("content", ""),
        "sender": said.get("sender"),
        "about": said.get("about"),
        "holder": one.values.get("holder"),
        "answer": one.values.get("answer"),
        "published": one.values.get("published"),
        "events": [
            {"event": str(entry.ref), "at": entry.happened_at.isoformat(), "text": story.tell(entry)}
            for entry in one.entries
        ],
    }
