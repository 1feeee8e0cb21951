"""One act on a dossier, and its line afterwards."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from typing import Any, Final

from counter_app.cli import hands
from counter_app.cli.context import Context, put
from counter_app.cli.json_lines import bad_line
from counter_app.cli.parser import parse
from counter_app.domain.citizen import Warning
from counter_app.domain.collecting import Collector
from counter_app.domain.ends import What
from counter_app.domain.errors import BadInput, NotPermitted, RuleBroken
from counter_app.domain.kinds import PARTY
from counter_app.domain.lifecycle import StopCause
from counter_app.services import acts, handover, lookup, mending, money, taking_back
from counter_app.services.json_lines import numbered_lines, read_json, source
from counter_app.services.office import Office, Session
from counter_app.words.language import Words
from counter_app.words.states import warning_words

_NOTES = Words(
    {
        "second-supplement": "Đã yêu cầu bổ sung không chỉ một lần: hồ sơ này sẽ bị tính là trễ hạn.",
        "apology-late": "Lời xin lỗi đến sau ngày hẹn: hồ sơ vẫn bị tính là trễ hạn.",
    }
)

Told = list[dict[str, Any]]  # warnings: {"code", "text"}
Doing = Callable[[Office, Session, argparse.Namespace], Told | None]


def _supplement(office: Office, session: Session, a: argparse.Namespace) -> Told:
    again = acts.ask_supplement(office, session, a.code, a.need, a.reason, a.at)
    return _note("second-supplement") if again else []


def _extend(office: Office, session: Session, a: argparse.Namespace) -> Told:
    late = acts.extend(office, session, a.code, a.until, a.reason, a.at)
    return _note("apology-late") if late else []


def _note(code: str) -> Told:
    return [{"code": code, "text": _NOTES.say(code)}]


def _hand_over(office: Office, session: Session, a: argparse.Namespace) -> None:
    hands.give(office, session, a)


def _take_over(office: Office, session: Session, a: argparse.Namespace) -> None:
    hands.take(office, session, a)


def _accept(office: Office, session: Session, a: argparse.Namespace) -> None:
    acts.accept(office, session, a.code, a.at)


def _stop(office: Office, session: Session, a: argparse.Namespace) -> None:
    acts.stop(office, session, a.code, a.reason, a.at, StopCause(a.cause) if a.cause else None)


def _finish(office: Office, session: Session, a: argparse.Namespace) -> None:
    acts.finish(office, session, a.code, a.result, a.at, negative=a.negative, reason=a.reason)


def _return(office: Office, session: Session, a: argparse.Namespace) -> Told:
    who = Collector.read(a.to, a.id_number, a.authority, a.relation, a.receipt_lost)
    if not (a.given or a.left):
        warnings = handover.hand_over(office, session, [a.code, *a.also], who, at=a.at)
    elif a.also:
        raise BadInput("partly-alone", field="also")
    else:
        warnings = handover.hand_partly(office, session, a.code, who, a.given, a.left, at=a.at)
    return _warned(warnings)


def _pay(office: Office, session: Session, a: argparse.Namespace) -> Told:
    how = {"method": a.method, "receipt": a.receipt, "reference": a.reference, "reason": a.reason}
    return _warned(money.pay(office, session, a.code, a.amount, a.at, **how))


def _refund(office: Office, session: Session, a: argparse.Namespace) -> Told:
    how = {"method": a.method, "receipt": a.receipt}
    return _warned(money.refund(office, session, a.code, a.amount, a.reason, a.at, **how))


def _take_back(office: Office, session: Session, a: argparse.Namespace) -> Told:
    what = What(a.what) if a.what else None
    which = {"what": what, "event": a.event}
    return _warned(taking_back.take_back(office, session, a.code, a.reason, a.at, **which))


def _warned(warnings: Iterable[Warning]) -> Told:
    return [{"code": w.code, "text": warning_words(w)} for w in warnings]


def _resolve(office: Office, session: Session, a: argparse.Namespace) -> None:
    mending.resolve(office, session, a.code, a.keep)


def _correct(office: Office, session: Session, a: argparse.Namespace) -> None:
    changes = {}
    for change in a.changes:
        name, equals, value = change.partition("=")
        if not equals or not name.strip():
            raise BadInput("not-a-change", value=change)
        plain = name.strip()
        changes[f"applicant.{plain}" if plain in PARTY.fields else plain] = value
    mending.correct(office, session, a.code, changes, a.reason)


ACTS: Final[dict[str, Doing]] = {
    "supplement": _supplement,
    "resubmit": lambda o, s, a: acts.resubmit(o, s, a.code, a.at),
    "process": lambda o, s, a: acts.process(o, s, a.code, a.step, a.holder, a.at),
    "accept": _accept,
    "charge": lambda o, s, a: acts.charge(o, s, a.code, a.amount, a.at),
    "hand-over": _hand_over,
    "take-over": _take_over,
    "extend": _extend,
    "refuse": lambda o, s, a: acts.refuse(o, s, a.code, a.reason, a.at),
    "stop": _stop,
    "withdraw": lambda o, s, a: acts.withdraw(o, s, a.code, a.reason, a.at),
    "finish": _finish,
    "collection-failed": lambda o, s, a: acts.collection_failed(o, s, a.code, a.reason, a.at),
    "return": _return,
    "pay": _pay,
    "refund": _refund,
    "take-back": _take_back,
    "correct": _correct,
    "void": lambda o, s, a: mending.void(o, s, a.code, a.reason),
    "resolve": _resolve,
}


def act(context: Context) -> int:
    """Prints the lines of the dossiers as they stand after the act."""
    for line in _done(context, context.session(), context.asked):
        put(line)
    return 0


def acts_of_file(context: Context) -> int:
    """One act a line, a JSON list of the words that the command line takes: ["finish", "H55.242-…"].

    Each good line is on the disk before its answer is printed; a bad one is told, the others go on.
    """
    session = context.session()
    session.require()
    bad = 0
    with source(context.asked.file) as given:
        for number, raw in numbered_lines(given):
            try:
                for line in _done(context, session, _words(raw)):
                    put({"line": number, **line})
            except NotPermitted:
                raise
            except RuleBroken as error:
                bad += 1
                put({"line": number, "error": bad_line(error, number)})
    return 2 if bad else 0


def _words(raw: bytes) -> argparse.Namespace:
    words = read_json(raw)
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise BadInput("not-a-list-of-words")
    if not words or words[0] not in ACTS:
        raise BadInput("not-an-act", value=words[0] if words else "")
    return parse(words, helps=False)


def _done(context: Context, session: Session, asked: argparse.Namespace) -> list[dict[str, Any]]:
    """The lines of the dossiers that the act was on; what it warns of stands in the first."""
    told = ACTS[asked.command](context.office, session, asked)
    codes = asked.code if isinstance(asked.code, list) else [asked.code, *getattr(asked, "also", ())]
    done = [lookup.show(context.office, code)[0].id for code in codes]
    lines = [lookup.line_of(context.office, dossier).to_json() for dossier in dict.fromkeys(done)]
    if told:
        lines[0]["warnings"] = told
    return lines
