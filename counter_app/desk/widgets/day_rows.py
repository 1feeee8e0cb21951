"""The board's rows of the day's work: what is not done yet, what was received, what was given back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from counter_app.desk.widgets.board_rows import BoardRow, Heading
from counter_app.desk.widgets.dossier_rows import DossierRow, dossier_rows
from counter_app.desk.widgets.speech import translate
from counter_app.desk.widgets.standing import Standing
from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.zone import VIETNAM
from counter_app.services.day import Day, Done
from counter_app.words import dates

SHOWN: Final = 600  # dossiers of a section; the window lays out all rows of a list at once


def day_rows(found: Day, now: datetime, calendar: WorkCalendar) -> list[Heading | BoardRow]:
    """Three sections, empty ones left out. Reckoned where it was read."""
    name, verb = translate("Day", "Chưa xong"), translate("Day", "in giấy hẹn, thu phí trước khi đóng quầy")
    rows = _section(
        "open", found.left_open, Heading("soon", name, verb, "", f"{name}: {verb}"), now, calendar
    )
    for section, items, name, n in (
        ("came", found.came, translate("Day", "Đã nhận"), found.received),
        ("went", found.went, translate("Day", "Đã trả"), found.returned),
    ):
        many = translate("Day", "{n} hồ sơ").format(n=n)
        rows += _section(section, items, Heading("in_time", name, many, "", f"{name}: {many}"), now, calendar)
    return rows


def day_words(found: Day) -> str:
    """`Nhận 12 · trả 8 · còn 3 chưa in giấy hẹn, 1 chưa thu phí`."""
    words = translate("Day", "Nhận {received} · trả {returned}").format(
        received=found.received, returned=found.returned
    )
    left = []
    if found.unprinted:
        left.append(translate("Day", "{n} chưa in giấy hẹn").format(n=found.unprinted))
    if found.unpaid:
        left.append(translate("Day", "{n} chưa thu phí").format(n=found.unpaid))
    if not found.is_whole:
        return words
    if not left:
        return translate("Day", "{words} · không còn việc dở").format(words=words)
    return translate("Day", "{words} · còn {left}").format(words=words, left=", ".join(left))


def _section(
    section: str, items: tuple[Done, ...], heading: Heading, now: datetime, calendar: WorkCalendar
) -> list[Heading | BoardRow]:
    shown = items[:SHOWN]
    lines = dossier_rows([one.line for one in shown], now, calendar)
    rows = [_row(section, one, line) for one, line in zip(shown, lines, strict=True)]
    if left := len(items) - len(shown):
        heading = replace(heading, more=translate("Board", "còn {n} hồ sơ nữa").format(n=left))
    return [heading, *rows] if rows else []


def _row(section: str, one: Done, row: DossierRow) -> BoardRow:
    at = datetime.fromisoformat(one.line.received_at) if one.line.received_at else None
    words = translate("Day", "nhận\n{clock}")
    if section == "went":
        at, words = (one.glance.given if one.glance else None), translate("Day", "trả\n{clock}")
    clock = f"{at.astimezone(VIETNAM):%H:%M}" if at else ""
    state = "soon" if one.is_open else "in_time"
    row = replace(row, standing=Standing(state, "", "", None, words.format(clock=clock)))
    left = []
    if one.unprinted:
        left.append(translate("Day", "chưa in giấy hẹn"))
    if one.glance is not None and one.glance.unpaid > 0:
        left.append(translate("Day", "chưa thu {amount}").format(amount=dates.money(one.glance.unpaid)))
    holder, beside = (*left, "", "")[:2]
    spoken = ", ".join(part for part in (row.spoken, *left) if part)
    return BoardRow(row, holder, beside, spoken, section)
