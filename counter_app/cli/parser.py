"""The commands and their arguments; `--data` and `--officer` stand before or after the command."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from counter_app.cli import hand_arguments
from counter_app.cli.arguments import NotAsked, Parser
from counter_app.cli.attach_arguments import add as add_files
from counter_app.cli.feedback_arguments import add_feedback
from counter_app.domain.collecting import Relation
from counter_app.domain.commune import Role
from counter_app.domain.ends import What
from counter_app.domain.errors import BadInput
from counter_app.domain.lifecycle import StopCause
from counter_app.domain.payments import Method, read_amount
from counter_app.domain.zone import VIETNAM
from counter_app.system.settings import LABEL_STOCKS, PAPERS
from counter_app.words import language
from counter_app.words.usage import COMMANDS, argument_words, entry_words, instant_words

_HELP = frozenset({"-h", "--help"})
_YEARS = range(1945, 2101)  # a day outside them is a slip of the hand


def parse(argv: Sequence[str], *, helps: bool = True) -> argparse.Namespace:
    """Raises BadInput("usage") for arguments that are no command; ends the program where help is asked.

    Help is told in the language of COUNTER_LANGUAGE; without `helps` nobody reads it, and it is no option.
    """
    if helps and not _HELP.isdisjoint(argv):
        language.use(os.environ.get("COUNTER_LANGUAGE", language.SOURCE))
    asked = _parser(helps, frozenset(argv)).parse_args(argv)
    for name in ("data", "officer"):
        setattr(asked, name, getattr(asked, name, None) or getattr(asked, f"{name}_first", None))
    return asked


def _parser(helps: bool, given: Collection[str] | None = None) -> Parser:
    """With the arguments of the commands that are among the words `given`, or of all."""

    def one(*, prog: str, **more: Any) -> Parser:
        asked = given is None or all(word in given for word in prog.split()[1:])
        return Parser(prog=prog, **more) if asked else NotAsked()

    everywhere = Parser(add_help=False)
    everywhere.add_argument("--data", type=Path, metavar="DIR")
    everywhere.add_argument("--officer", metavar="ID")
    top = Parser(prog="counter-app", description=COMMANDS.say(""), add_help=helps)
    top.add_argument("--data", type=Path, dest="data_first", metavar="DIR")
    top.add_argument("--officer", dest="officer_first", metavar="ID")

    def below(parser: Parser, dest: str) -> argparse._SubParsersAction[Parser]:
        told = argument_words("", dest)
        # argparse calls it with what a parser takes, and takes what that gives.
        made_by: Any = one
        return parser.add_subparsers(
            dest=dest, required=True, metavar=dest.upper(), parser_class=made_by, help=told
        )

    def add(under: argparse._SubParsersAction[Parser], name: str, whole: str, *parents: Parser) -> Parser:
        told = COMMANDS.say(whole)
        return under.add_parser(name, help=told, description=told, parents=parents, add_help=helps)

    kinds = below(top, "command")

    def command(name: str) -> Parser:
        return add(kinds, name, name, everywhere)

    def deep(name: str) -> Callable[[str], Parser]:
        under = below(add(kinds, name, name), "verb")
        return lambda verb: add(under, verb, f"{name} {verb}", everywhere)

    demo = command("demo")
    demo.add_argument("--headless", action="store_true")

    init = command("init")
    init.add_argument("--agency", required=True)
    init.add_argument("--name", required=True)
    init.add_argument("--device", default="")
    init.add_argument("--catalogue", type=Path)
    init.add_argument("--calendar", type=Path)
    init.add_argument("--recovery", type=Path)

    officers = deep("officer")
    new = officers("add")
    new.add_argument("id")
    new.add_argument("--name", required=True)
    new.add_argument("--role", required=True, metavar="|".join(role.value for role in Role))
    officers("pin")
    officers("reset").add_argument("id")
    officers("list")

    receive = command("receive")
    receive.add_argument("file")
    receive.add_argument("--papers", type=Path)
    receive.add_argument("--paper", choices=PAPERS, default="a5")
    receive.epilog = entry_words()

    instant = command("instant")
    instant.add_argument("file")
    instant.add_argument("--papers", type=Path)
    instant.add_argument("--paper", choices=PAPERS, default="a5")
    instant.epilog = instant_words()

    _by_code(command("show"))
    find = command("find")
    find.add_argument("text", nargs="?", default="")
    find.add_argument("--limit", type=_count, default=50)
    find.add_argument("--all", action="store_true")
    due = command("due")
    due.add_argument("--on", type=read_day)
    due.add_argument("--overdue", action="store_true")
    due.add_argument("--soon", action="store_true")
    command("scan").add_argument("text")

    def act(name: str, *, timed: bool = True) -> Parser:
        made = _by_code(command(name))
        if timed:
            made.add_argument("--at", type=_time)
        return made

    supplement = act("supplement")
    supplement.add_argument("--need", nargs="+", action="extend", required=True)
    supplement.add_argument("--reason", default="")
    act("resubmit")
    act("accept")
    act("charge").add_argument("--amount", type=read_amount, required=True)
    process = act("process")
    process.add_argument("--step", required=True)
    process.add_argument("--holder", default="")
    hand_arguments.add(command, _time)
    extend = act("extend")
    extend.add_argument("--until", type=read_day, required=True)
    extend.add_argument("--reason", required=True)
    for name in ("refuse", "withdraw", "collection-failed"):
        act(name).add_argument("--reason", required=True)
    stop = act("stop")
    stop.add_argument("--reason", required=True)
    stop.add_argument("--cause", choices=list(StopCause), default=None)
    finish = act("finish")
    finish.add_argument("--result", default="")
    finish.add_argument("--negative", action="store_true")
    finish.add_argument("--reason", default="")
    back = act("return")
    back.add_argument("--to", required=True)
    back.add_argument("--id-number", default="")
    back.add_argument("--authority", default="")
    back.add_argument("--relation", default="", metavar="|".join(Relation))
    back.add_argument("--receipt-lost", action="store_true")
    back.add_argument("--also", nargs="+", action="extend", default=[], metavar="CODE")
    back.add_argument("--given", nargs="+", action="extend", default=[], metavar="TEXT")
    back.add_argument("--left", nargs="+", action="extend", default=[], metavar="TEXT")
    for name in ("pay", "refund"):
        moved = act(name)
        moved.add_argument("--amount", type=read_amount, required=True)
        moved.add_argument("--method", default="", metavar="|".join(Method))
        moved.add_argument("--receipt", default="")
        if name == "pay":
            moved.add_argument("--reference", default="")
            moved.add_argument("--reason", default="")
    moved.add_argument("--reason", required=True)
    taken_back = act("take-back")
    taken_back.add_argument("--reason", required=True)
    taken_back.add_argument("--what", choices=list(What), default=None)
    taken_back.add_argument("--event", default="")
    correct = act("correct", timed=False)
    correct.add_argument("changes", nargs="+", metavar="FIELD=VALUE")
    correct.add_argument("--reason", required=True)
    act("void", timed=False).add_argument("--reason", required=True)
    act("resolve", timed=False).add_argument("--keep", required=True, metavar="EVENT")

    cash = command("cash")
    cash.add_argument("--on", type=read_day)
    cash.add_argument("--count", type=read_amount)
    cash.add_argument("--note", default="")

    closing = command("day")
    closing.add_argument("--on", type=read_day)
    closing.add_argument("--close", action="store_true")
    closing.add_argument("--note", default="")

    add_feedback(deep, read_day, _time, _count)
    add_files(command, read_day, _time, _component)

    many = command("acts")
    many.add_argument("file")

    paper = command("print")
    paper.add_argument("code", nargs="+", metavar="CODE|register|handover-list|cash-book|day-close|…")
    paper.add_argument(
        "--form", choices=["receipt", "supplement", "refusal", "apology", "stop", "control", "label"]
    )
    paper.add_argument("--from", dest="since", default="")
    paper.add_argument("--to", default="")
    paper.add_argument("--stock", choices=LABEL_STOCKS, default="")
    paper.add_argument("--start", type=_count)
    paper.add_argument("--paper", choices=PAPERS, default="")
    paper.add_argument("--reason", default="")
    paper.add_argument("--out", type=Path, required=True)

    export = command("export")
    export.add_argument("code", nargs="*", metavar="CODE")
    export.add_argument("--to", default="national", metavar="NAME|FILE.csv")
    export.add_argument("--form", choices=["json", "csv", "xlsx"], default="json")
    export.add_argument("--from", dest="since", type=read_day, metavar="DAY")
    export.add_argument("--until", type=read_day, metavar="DAY")
    export.add_argument("--out", type=Path)

    pad = command("slips")
    pad.add_argument("--count", type=_count)
    pad.add_argument("--list", action="store_true")
    pad.add_argument("--unused", nargs="+", action="extend", metavar="CODE")
    pad.add_argument("--reconcile", type=read_day, metavar="DATE")
    pad.add_argument("--out", type=Path)
    pad.add_argument("--paper", choices=["a5", "a4"], default="a5")
    pad.add_argument("--all", action="store_true")
    pad.add_argument("--reason", default="")

    signing = command("sign")
    signing.add_argument("file", nargs="+", type=Path, metavar="FILE.pdf")
    signing.add_argument("--with", dest="key", type=Path, metavar="FILE.p12")
    signing.add_argument("--out", type=Path, required=True, metavar="DIR")
    signing.add_argument("--reason", default="")
    checking = command("check-signature")
    checking.add_argument("file", nargs="+", type=Path, metavar="FILE.pdf")
    checking.add_argument("--roots", nargs="+", action="extend", type=Path, default=[], metavar="FILE.pem")

    sorry = command("apologies")
    sorry.add_argument("--on", type=read_day)
    sorry.add_argument("--out", type=Path, metavar="DIR")
    sorry.add_argument("--codes", nargs="+", action="extend", default=[], metavar="CODE")
    sorry.add_argument("--all", action="store_true")
    sorry.add_argument("--sign", action="store_true")
    sorry.add_argument("--with", dest="key", type=Path, metavar="FILE.p12")
    sorry.add_argument("--until", type=read_day)
    sorry.add_argument("--reason", default="")
    sorry.add_argument("--paper", choices=["a5", "a4"], default="")

    bundles = deep("bundle")
    out = bundles("export")
    out.add_argument("file", type=Path)
    out.add_argument("--to", default="", metavar="DEVICE")
    bundles("import").add_argument("file", type=Path)

    pairs = deep("pair")
    pairs("offer").add_argument("file", type=Path)
    accept = pairs("accept")
    accept.add_argument("file", type=Path)
    accept.add_argument("--out", type=Path, required=True)
    pairs("finish").add_argument("file", type=Path)

    enrol = command("enrol")
    enrol.add_argument("url", nargs="?", default="")
    enrol.add_argument("--code", default="")
    enrol.add_argument("--again", dest="anew", action="store_true")
    command("sync").add_argument("--status", action="store_true")
    replacing = command("replace")
    replacing.add_argument("url", nargs="?", default="")
    replacing.add_argument("--code", default="")
    replacing.add_argument("--old", dest="folder", type=Path, metavar="DIR")
    replacing.set_defaults(anew=False, status=False)
    command("salvage").add_argument("folder", type=Path)
    wiping = command("wipe")
    wiping.add_argument("--second", required=True, metavar="ID")
    wiping.add_argument("--reason", required=True)
    wiping.add_argument("--confirm", required=True, metavar="CODE")
    wiping.add_argument("--seal", type=Path, metavar="FILE")

    command("notices").add_argument("--read", default="", metavar="ID")

    command("unlock")

    command("backup").add_argument("file", type=Path, nargs="?")
    command("drill").add_argument("file", type=Path, nargs="?")
    restore = command("restore")
    restore.add_argument("file", type=Path)
    restore.add_argument("--replace", action="store_true")
    command("recover")
    command("verify")
    command("rebuild")

    deep("catalogue")("import").add_argument("file", type=Path)
    tariffs = deep("fees")
    tariffs("import").add_argument("file", type=Path)
    tariffs("list").add_argument("--procedure", default="", metavar="CODE")
    calendars = deep("calendar")
    calendars("import").add_argument("file", type=Path)
    calendars("propose").add_argument("year", type=_count)

    keys = deep("keys")
    keys("list")
    more = keys("add")
    more.add_argument("kind", choices=["keyring", "passphrase", "recovery"])
    more.add_argument("--out", type=Path)
    keys("drop").add_argument("id")

    command("clock").add_argument("--set", type=_time, required=True, dest="time", metavar="TIME")
    return top


def _by_code(made: Parser) -> Parser:
    made.add_argument("code")
    return made


def read_day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise BadInput("not-a-day", field="date", value=text) from error
    if day.year not in _YEARS:
        raise BadInput("not-a-day", field="date", value=text)
    return day


def _time(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadInput("not-a-time", field="time", value=text) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)


def _count(text: str) -> int:
    return _whole(text, "limit")


def _component(text: str) -> int:
    return _whole(text, "component")


def _whole(text: str, field: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 12:
        raise BadInput("not-a-whole-number", field=field, value=text)
    return int(text)
