"""What cannot rest, as a list to read elsewhere: a table for a spreadsheet, or plain text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from counter_app.domain.spreadsheet import csv_file
from counter_app.services.waiting import Item, Section
from counter_app.words import dates
from counter_app.words.language import Words
from counter_app.words.waiting import HEADINGS, about, reason, title, to_do

_COLUMNS = Words(
    {
        "why": "Mục",
        "code": "Mã hồ sơ",
        "who": "Người nộp",
        "procedure": "Thủ tục",
        "about": "Việc",
        "events": "Số việc",
        "since": "Từ lúc",
        "machine": "Máy",
        "reason": "Vì sao",
        "todo": "Cần làm",
    }
)
_TEXT = Words(
    {
        "title": "Hồ sơ chưa yên, lúc {time}",
        "heading": "{name}: {n}",
        "more": "… còn {n} dòng không ghi ở đây.",
        "nothing": "Không có gì phải chờ.",
    }
)


def table(sections: Iterable[Section]) -> bytes:
    """A CSV for spreadsheets."""
    rows = (_row(item) for section in sections for item in section.items)
    return csv_file([[_COLUMNS.say(name) for name in _COLUMNS], *rows])


def plain(sections: Iterable[Section], now: datetime) -> bytes:
    """The same as text, section by section."""
    lines = [_TEXT.say("title", time=dates.moment(now))]
    for section in sections:
        if not section.total:
            continue
        lines += ["", _TEXT.say("heading", name=HEADINGS.say(section.why), n=section.total)]
        for item in section.items:
            code = item.line.code if item.line is not None else ""
            named = ", ".join(filter(None, (title(item), code, about(item), _since(item))))
            lines += [f"- {named}", f"  {reason(item)} {to_do(item)}"]
        if (left := section.total - len(section.items)) > 0:
            lines.append(_TEXT.say("more", n=left))
    if len(lines) == 1:
        lines.append(_TEXT.say("nothing"))
    return "\r\n".join([*lines, ""]).encode("utf-8-sig")


def _row(item: Item) -> list[object]:
    line = item.line
    return [
        HEADINGS.say(item.why),
        line.code if line is not None else "",
        title(item),
        line.procedure if line is not None else "",
        about(item),
        item.events,
        _since(item),
        item.machine,
        reason(item),
        to_do(item),
    ]


def _since(item: Item) -> str:
    return dates.moment(item.since) if item.since is not None else ""
