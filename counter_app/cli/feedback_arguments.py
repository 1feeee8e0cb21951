"""The arguments of `petition` and `survey`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from counter_app.domain.surveys import Channel

Deep = Callable[[str], Callable[[str], argparse.ArgumentParser]]


def add_feedback(
    deep: Deep,
    read_day: Callable[[str], date],
    read_time: Callable[[str], datetime],
    read_count: Callable[[str], int],
) -> None:
    """Puts both commands into the parser; `deep` makes the verbs below a command."""
    petition = deep("petition")
    petition("add").add_argument("file")
    listed = petition("list")
    listed.add_argument("--open", action="store_true")
    _period(listed, read_day, required=False)
    petition("show").add_argument("number")

    def act(verb: str) -> argparse.ArgumentParser:
        made = petition(verb)
        made.add_argument("number")
        if verb not in ("void", "settle"):
            made.add_argument("--at", type=read_time)
        return made

    act("assign").add_argument("--to", required=True)
    act("ask").add_argument("--need", nargs="+", action="extend", required=True)
    act("supply").add_argument("--text", required=True)
    act("refuse").add_argument("--reason", required=True)
    answer = act("answer")
    answer.add_argument("--text", required=True)
    answer.add_argument("--by", default="")
    publish = act("publish")
    publish.add_argument("--where", required=True)
    publish.add_argument("--on", type=read_day)
    act("void").add_argument("--reason", required=True)
    act("settle").add_argument("--keep", required=True, metavar="EVENT")
    _period(petition("figures"), read_day, required=True)

    printed = petition("print")
    printed.add_argument("number")
    printed.add_argument("--form", choices=["receipt", "ask", "refusal", "answer"], required=True)
    _onto_paper(printed)

    survey = deep("survey")
    slips = survey("add")
    slips.add_argument("file")
    slips.add_argument("--on", type=read_day)
    slips.add_argument("--channel", choices=list(Channel), default=Channel.PAPER)
    survey("undo").add_argument("--on", type=read_day)
    blank = survey("print")
    blank.add_argument("what", choices=["slips", "sheet"])
    blank.add_argument("--count", type=read_count, default=2)
    _onto_paper(blank)
    for verb in ("list", "figures"):
        _period(survey(verb), read_day, required=True)


def _onto_paper(made: argparse.ArgumentParser) -> None:
    made.add_argument("--paper", choices=["a5", "a4"], default="")
    made.add_argument("--out", type=Path, required=True)


def _period(made: argparse.ArgumentParser, read_day: Callable[[str], date], *, required: bool) -> None:
    made.add_argument("--from", dest="since", type=read_day, required=required, metavar="DAY")
    made.add_argument("--until", type=read_day, metavar="DAY")
