"""A receipt in words: what the order to print says, as the plain values that the paper draws."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from counter_app.domain import clock
from counter_app.domain.dossier import Dossier
from counter_app.domain.lifecycle import State
from counter_app.domain.limits import Unit
from counter_app.domain.names import clean_line
from counter_app.domain.surveys import page_of
from counter_app.domain.zone import VIETNAM
from counter_app.paper.facts import ReceiptFacts
from counter_app.paper.label import LabelFacts
from counter_app.services.papers import PrintOrder
from counter_app.system.settings import Settings
from counter_app.words import dates
from counter_app.words.charges import dossier_fee_words
from counter_app.words.fields import field_label
from counter_app.words.language import Words, capital, listed, on_paper
from counter_app.words.reasoning import reasoning, receipt_limit
from counter_app.words.states import RETURN_BY, paper_kind_words

_OFFICE = Words({"name": "Bộ phận Một cửa"})
_MARKS = Words(
    {
        "copy": "BẢN IN LẠI lần {n}[: {reason}]",
        "corrected": "ĐÍNH CHÍNH ngày {day}: {fields}[ ({reason})]",
        "voided": "ĐÃ HỦY[: {reason}]",
        "disputed": "Còn thông tin các máy ghi khác nhau, chưa thống nhất",
        "calendar": "Ngày hẹn tính khi chưa có lịch nghỉ năm {years}",
        "late": "Nhập vào máy lúc {moment}[: {reason}]",
        "clock": "Giờ do người phụ trách nhập vì đồng hồ máy sai",
        "extended": "Hẹn lại; ngày hẹn đầu: {day}",
    }
)
_HOURLY = {Unit.HOUR.value, Unit.SAME_DAY.value}


@on_paper
def label_facts(dossier: Dossier) -> LabelFacts:
    """What stands on the dossier's folder; raises ValueError for one that was never received."""
    received, due = dossier.received_at, dossier.due
    if received is None or due is None:
        raise ValueError("a label needs a reception and a date")
    day = due.astimezone(VIETNAM)
    hourly = dossier.values.get("promise", {}).get("unit") in _HOURLY
    return LabelFacts(
        code=dossier.code,
        name=dossier.party().get("name", ""),
        procedure=dossier.values.get("procedure", {}).get("name", ""),
        due_words=f"{day:%H:%M}, {dates.day(day.date())}" if hourly else dates.day(day.date()),
        made_at=received.astimezone(VIETNAM),
    )


@on_paper
def receipt_facts(order: PrintOrder) -> ReceiptFacts:
    """What this print of the receipt says; raises ValueError for a dossier that was never received."""
    dossier = order.dossier
    received, due = dossier.received_at, dossier.due
    if received is None or due is None:
        raise ValueError("a receipt needs a reception and a date")
    entered = dossier.reception or {}
    volume, number = dossier.place
    promise = dossier.values.get("promise", {})
    # Where the officer vouched for the date, the paper says nothing of a calendar that was missing.
    confirmed: dict[str, Any] = {"unknown_years": []} if entered.get("calendar_confirmed") else {}
    applicant, submitter = dossier.party(), dossier.party("submitter")
    procedure = dossier.values.get("procedure", {})
    return ReceiptFacts(
        authority=order.agency_name.upper(),
        office=office_words(order.settings),
        place=place_words(order.agency_name),
        code=dossier.code,
        applicant_name=applicant.get("name", ""),
        request=procedure.get("name", ""),
        received_at=received.astimezone(VIETNAM),
        due=due.astimezone(VIETNAM),
        hotline=order.settings.hotline,
        other_codes=dossier.codes[1:],
        applicant_id=applicant.get("id_number") or applicant.get("tax_code", ""),
        applicant_address=applicant.get("address", ""),
        phone=applicant.get("phone", ""),
        email=applicant.get("email", ""),
        contact_via=applicant.get("contact_via", ""),
        submitter_name=submitter.get("name", ""),
        procedure_code=procedure.get("code", ""),
        components=tuple(
            (c["name"], paper_kind_words(c["kind"]), c["count"]) for c in dossier.values.get("components", ())
        ),
        sets=dossier.values.get("sets", 1),
        limit_words=receipt_limit(promise),
        reasoning_words=reasoning((clock.standing(dossier) or promise) | confirmed) if promise else "",
        due_by_hour=promise.get("unit") in _HOURLY,
        return_at_words=capital(RETURN_BY.say(dossier.values.get("return_by", "counter"))),
        fee_words=dossier_fee_words(dossier),
        volume=volume,
        number=str(number or ""),
        officer_name=order.officer.name if order.officer else "",
        qr_text=order.qr_text,
        survey_text=page_of(order.settings.survey_url, dossier.code),
        marks=tuple(_marks(order, dossier, entered)),
    )


def office_words(settings: Settings) -> str:
    """The office as the machine's settings name it."""
    return settings.office or _OFFICE.say("name")


def _local(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(VIETNAM)


def place_words(agency_name: str) -> str:
    """`Ea Mlung` of `UBND xã Ea Mlung`: forms are dated at the place (NĐ 30/2020)."""
    words = clean_line(agency_name).split(" ")
    for number, word in enumerate(words):
        if word.lower() in ("xã", "phường", "thị", "đặc") and number + 1 < len(words):
            return " ".join(words[number + (2 if word.lower() in ("thị", "đặc") else 1) :])
    return agency_name


def standing_marks(dossier: Dossier, copy: int, reason: str) -> list[str]:
    """What every paper of a dossier says first: that it is void, a reprint, or disputed."""
    marks = []
    if dossier.state is State.VOIDED:
        reasons = [e.payload["reason"] for e in dossier.entries if e.name == "voided" and e.payload]
        marks.append(_MARKS.say("voided", reason=reasons[-1] if reasons else ""))
    if copy > 1:
        marks.append(_MARKS.say("copy", n=copy, reason=reason))
    if dossier.conflicts:
        marks.append(_MARKS.say("disputed"))
    return marks


def _marks(order: PrintOrder, dossier: Dossier, entered: Any) -> list[str]:
    marks = standing_marks(dossier, order.copy, order.reason)
    for entry in dossier.entries:
        if entry.name == "corrected" and entry.counts and entry.payload:
            at = entry.payload.get("at")
            marks.append(
                _MARKS.say(
                    "corrected",
                    day=dates.day(_local(at).date()) if at else "",
                    fields=listed([field_label(name) for name in sorted(entry.payload["set"])]),
                    reason=entry.payload.get("reason", ""),
                )
            )
    if dossier.first_due and dossier.due and dossier.first_due != dossier.due:
        marks.append(_MARKS.say("extended", day=dates.day(dossier.first_due.astimezone(VIETNAM).date())))
    years = dossier.values.get("promise", {}).get("unknown_years", ())
    if years and not entered.get("calendar_confirmed"):
        marks.append(_MARKS.say("calendar", years=listed([str(year) for year in years])))
    if entered.get("entered_at"):
        moment = dates.moment(_local(entered["entered_at"]))
        marks.append(_MARKS.say("late", moment=moment, reason=entered.get("late_reason", "")))
    if entered.get("clock_set"):
        marks.append(_MARKS.say("clock"))
    return marks
