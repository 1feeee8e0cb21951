"""One act on a dossier, and its line afterwards."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, Final

from counter_app.cli.context import Context, put
from counter_app.domain.errors import BadInput
from counter_app.services import acts, lookup
from counter_app.services.office import Office, Session
from counter_app.words.language import Words

_NOTES = Words({"second-supplement": "Đã yêu cầu bổ sung lần thứ hai: hồ sơ này sẽ bị tính là trễ hạn."})

Doing = Callable[[Office, Session, argparse.Namespace], Any]


def _supplement(office: Office, session: Session, a: argparse.Namespace) -> str:
    again = acts.ask_supplement(office, session, a.code, a.need, at=a.at)
    return "second-supplement" if again else ""


def _correct(office: Office, session: Session, a: argparse.Namespace) -> None:
    changes = {}
    for change in a.changes:
        name, equals, value = change.partition("=")
        if not equals or not name.strip():
            raise BadInput("not-a-change", value=change)
        changes[name.strip()] = value
    acts.correct(office, session, a.code, changes, a.reason)


ACTS: Final[dict[str, Doing]] = {
    "supplement": _supplement,
    "resubmit": lambda o, s, a: acts.resubmit(o, s, a.code, a.at),
    "process": lambda o, s, a: acts.process(o, s, a.code, a.step, a.holder, a.at),
    "extend": lambda o, s, a: acts.extend(o, s, a.code, a.until, a.reason, a.at),
    "refuse": lambda o, s, a: acts.refuse(o, s, a.code, a.reason, a.at),
    "stop": lambda o, s, a: acts.stop(o, s, a.code, a.reason, a.at),
    "withdraw": lambda o, s, a: acts.withdraw(o, s, a.code, a.reason, a.at),
    "finish": lambda o, s, a: acts.finish(o, s, a.code, a.result, a.at),
    "return": lambda o, s, a: acts.hand_back(o, s, a.code, a.to, a.id_number, a.authority, a.at),
    "pay": lambda o, s, a: acts.pay(o, s, a.code, a.amount, a.at),
    "correct": _correct,
    "void": lambda o, s, a: acts.void(o, s, a.code, a.reason),
    "resolve": lambda o, s, a: acts.resolve(o, s, a.code, a.keep),
}


def act(context: Context) -> int:
    """Prints the dossier's line as it stands after the act."""
    asked = context.asked
    told = ACTS[asked.command](context.office, context.session(), asked)
    folded = lookup.show(context.office, asked.code)[0]
    line = lookup.line_of(context.office, folded.id).to_json()
    if told == "second-supplement":
        line["warnings"] = [{"code": told, "text": _NOTES.say(told)}]
    put(line)
    return 0
