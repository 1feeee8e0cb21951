"""The arguments of the commands for a dossier's files, and for its end."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from counter_app.domain.attachments import Way

_WAYS = [way.value for way in Way]


def add(
    command: Callable[[str], argparse.ArgumentParser],
    day: Callable[[str], date],
    time: Callable[[str], datetime],
    whole: Callable[[str], int],
) -> None:
    """`day`, `time` and `whole` read one."""
    new = command("attach")
    new.add_argument("code")
    new.add_argument("--component", type=whole, required=True, metavar="N")
    new.add_argument("file", nargs="+", type=Path, metavar="FILE")
    new.add_argument("--pages", type=whole, default=0, metavar="N")
    new.add_argument("--way", choices=_WAYS, default=Way.FILE.value, metavar="|".join(_WAYS))
    new.add_argument("--at", type=time, metavar="TIME")
    gone = command("detach")
    gone.add_argument("code")
    gone.add_argument("sha256")
    gone.add_argument("--reason", required=True)
    listed = command("attachments")
    listed.add_argument("code")
    listed.add_argument("--out", type=Path, metavar="DIR")
    pile = command("digitise")
    pile.add_argument("file", nargs="*", type=Path, metavar="FILE")
    pile.add_argument("--device", metavar="NAME")
    pile.add_argument("--both-sides", action="store_true")
    pile.add_argument("--code", default="")
    pile.add_argument("--component", type=whole, metavar="N")
    pile.add_argument("--pages", type=whole, default=0, metavar="N")
    sheets = command("separators")
    sheets.add_argument("code", nargs="*")
    sheets.add_argument("--count", type=whole, metavar="N")
    sheets.add_argument("--out", type=Path, required=True)
    command("scanners")
    span = command("digitised")
    span.add_argument("--from", dest="since", type=day, required=True, metavar="DAY")
    span.add_argument("--until", type=day, metavar="DAY")
    command("backups")
    looked = command("accesses")
    looked.add_argument("--from", dest="since", type=day, metavar="DAY")
    looked.add_argument("--until", type=day, metavar="DAY")
    looked.add_argument("--code", default="", metavar="CODE")
    looked.add_argument("--by", default="", metavar="ID")
    kept = command("retention")
    kept.add_argument("--as-of", type=day, metavar="DAY")
    kept.add_argument("--ended-in", type=whole, metavar="YEAR")
    kept.add_argument("--out", type=Path, metavar="FILE.csv|.xlsx")
    kept.add_argument("--terms", type=Path, metavar="FILE.csv")
    end = command("erase")
    end.add_argument("code", nargs="+", metavar="CODE")
    end.add_argument("--act", required=True, metavar="LAW")
    end.add_argument("--dated", type=day, metavar="DAY")
    end.add_argument("--decided-by", default="", metavar="NAME")
    end.add_argument("--confirm", required=True, metavar="CODE|N")
    end.add_argument("--reason", default="")
