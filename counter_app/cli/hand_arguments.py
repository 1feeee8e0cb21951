"""The arguments of the commands by which dossiers change hands (hands.py)."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime

from counter_app.domain.hops import By


def add(command: Callable[[str], argparse.ArgumentParser], time: Callable[[str], datetime]) -> None:
    """The commands' arguments; `time` reads one."""
    give = command("hand-over")
    give.add_argument("--to", default="", metavar="HOLDER")
    give.add_argument("--back", metavar="REASON")
    give.add_argument("--step", default="")
    give.add_argument("--within", default="", metavar="LIMIT")
    give.add_argument("--by", default=By.ELECTRONIC.value, metavar="|".join(By))
    give.add_argument("--note", default="")
    take = command("take-over")
    take.add_argument("--to", default="", metavar="HOLDER")
    take.add_argument("--signed-by", default="", metavar="NAME")
    for one in (give, take):
        one.add_argument("--from", dest="giver", default="", metavar="HOLDER")
        one.add_argument("--at", type=time)
        one.add_argument("code", nargs="+", metavar="CODE")
    waits = command("waiting")
    waits.add_argument("--to", default="", metavar="HOLDER")
    waits.add_argument("--steps", action="store_true")
