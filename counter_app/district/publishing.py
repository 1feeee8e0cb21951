"""`counter-district publish`, `notice` and `issued`: what all communes, or one, are to have."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from counter_app.district import devices, drafts, identity, lines
from counter_app.district.house import District
from counter_app.district.issuing import issue, issued_in, next_of
from counter_app.domain.errors import BadInput, NotFound
from counter_app.domain.hlc import moment
from counter_app.domain.issued import Issue, Issued, What
from counter_app.domain.zone import VIETNAM
from counter_app.words.hands import over_words
from counter_app.words.language import Words

ALL: Final = "all"
OF_FILES: Final = (What.CATALOGUE, What.CALENDAR, What.TEMPLATE, What.FEES)
HELP = Words(
    {
        "publish": "ban hành xuống các xã: danh mục, lịch nghỉ, mẫu giấy, mức phí",
        "publish catalogue": "danh mục thủ tục, tệp CSV",
        "publish calendar": "lịch nghỉ, tệp CSV",
        "publish template": "mẫu giấy, tệp JSON",
        "publish fees": "bảng mức phí, lệ phí, tệp CSV",
        "notice": "thông báo cho các quầy",
        "notice send": "gửi một thông báo",
        "notice withdraw": "rút lại một thông báo",
        "issued": "những gì đang có hiệu lực ở từng xã",
        "commune": "mã một xã; không ghi thì mọi xã",
        "version": "số phiên bản, nếu không phải số tiếp theo",
        "from": "ngày bắt đầu hiện, như 2026-11-28",
        "until": "ngày cuối cùng còn hiện, như 2026-11-30",
        "id": "mã thông báo cần thay, như issued in ra",
    }
)


def add_commands(kinds: Any, everywhere: argparse.ArgumentParser) -> None:
    """The commands of this file, under the program's."""
    of_commune = argparse.ArgumentParser(add_help=False)
    of_commune.add_argument("--commune", default=ALL, metavar="CODE", help=HELP.say("commune"))
    both = [everywhere, of_commune]
    publish = kinds.add_parser("publish", help=HELP.say("publish")).add_subparsers(dest="verb", required=True)
    for what in OF_FILES:
        one = publish.add_parser(what.value, help=HELP.say(f"publish {what.value}"), parents=both)
        one.add_argument("file", type=Path)
        one.add_argument("--version", type=int, default=0, metavar="N", help=HELP.say("version"))
    notice = kinds.add_parser("notice", help=HELP.say("notice")).add_subparsers(dest="verb", required=True)
    send = notice.add_parser("send", help=HELP.say("notice send"), parents=both)
    send.add_argument("text")
    send.add_argument("--title", default="")
    send.add_argument("--from", dest="first", type=_day, metavar="DAY", help=HELP.say("from"))
    send.add_argument("--until", dest="last", type=_day, metavar="DAY", help=HELP.say("until"))
    send.add_argument("--id", default="", help=HELP.say("id"))
    withdraw = notice.add_parser("withdraw", help=HELP.say("notice withdraw"), parents=both)
    withdraw.add_argument("id")
    kinds.add_parser("issued", help=HELP.say("issued"), parents=both)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput("not-a-day", field="date", value=text) from error


def publish(district: District, asked: argparse.Namespace, now_ms: int) -> Iterator[dict[str, Any]]:
    """Of each commune what it has then; nothing is written where one of them could not be."""
    if asked.version < 0:
        raise BadInput("not-positive", field="version", value=asked.version)
    wanted = drafts.of_file(asked.verb, asked.file, asked.version)
    over = [over_words(one) for text in wanted for one in drafts.over_limit(text)]
    for line in _issue(district, asked.commune, wanted, now_ms):
        yield {**line, **({"warnings": over} if over else {})}


def send(district: District, asked: argparse.Namespace, now_ms: int) -> Iterator[dict[str, Any]]:
    wanted = drafts.notice(asked.text, asked.title, asked.first, asked.last, asked.id)
    yield from _issue(district, asked.commune, [wanted], now_ms)


def withdraw(district: District, asked: argparse.Namespace, now_ms: int) -> Iterator[dict[str, Any]]:
    """Raises NotFound("no-such-notice") where none of the communes has it."""
    taken_back = Issue(What.NOTICE, asked.id, 0, "")
    having = [one for one in _communes(district, asked.commune) if taken_back.key in one[2].current]
    if not having:
        raise NotFound("no-such-notice", id=asked.id)
    yield from _written(district, having, [taken_back], now_ms)


def standing(district: District, asked: argparse.Namespace, now_ms: int) -> Iterator[dict[str, Any]]:
    """What is current in each commune, and what is not whole."""
    for _, code, known in _communes(district, asked.commune):
        for key, highest in sorted(known.highest.items()):
            current = known.current.get(key)
            shown = _shown(code, current) if current else {"commune": code, "what": key[0], "name": key[1]}
            yield {**shown, "highest": highest, "clash": key in known.clashes}


def _issue(district: District, asked: str, wanted: list[Issue], now_ms: int) -> Iterator[dict[str, Any]]:
    chosen = _communes(district, asked)
    if not chosen:
        raise NotFound("no-communes")
    yield from _written(district, chosen, wanted, now_ms)


def _written(
    district: District, chosen: list[tuple[int, str, Issued]], wanted: list[Issue], now_ms: int
) -> Iterator[dict[str, Any]]:
    for _, _, known in chosen:
        for one in wanted:
            next_of(known, one)  # raises before anything is written
    for commune, code, _ in chosen:
        for one in wanted:
            with district.base.writing() as connection:
                who = identity.current(connection, district.who)
                made, new = issue(connection, who, commune, one, now_ms)
            yield {**_shown(code, made), "new": new}


def _communes(district: District, asked: str) -> list[tuple[int, str, Issued]]:
    """Number, code, and what was issued to it; raises NotFound("no-such-commune")."""
    with district.base.reading() as connection:
        only = None if asked == ALL else devices.commune_of(connection, asked)
        numbers = [(number, code) for number, code in lines.numbers(connection) if only in (None, number)]
        return [(number, code, issued_in(connection, number)) for number, code in numbers]


def _shown(code: str, one: Issue) -> dict[str, Any]:
    days = {"from": one.first, "until": one.last}
    return {
        "commune": code,
        "what": one.what,
        "name": one.name,
        "version": one.version,
        "bytes": len(one.text.encode()),
        "sha256": one.sha256,
        **({"title": one.title} if one.title else {}),
        **{name: day.isoformat() for name, day in days.items() if day},
        **({"issued": moment(one.at).astimezone(VIETNAM).isoformat(timespec="seconds")} if one.at else {}),
    }
