"""What a receipt says, and the names by which a template asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class ReceiptFacts:
    """All that a receipt says, as plain values that the caller has worded, masked and checked.

    `components` are (name, kind in words, count). `marks` are printed on top, framed: a copy and its
    reason, a correction, a void. `qr_text` empty leaves the QR out.
    """

    authority: str
    office: str
    place: str
    code: str
    applicant_name: str
    request: str
    received_at: datetime
    due: datetime
    document_number: str = ""
    hotline: str = ""
    other_codes: tuple[str, ...] = ()
    applicant_id: str = ""
    applicant_address: str = ""
    phone: str = ""
    email: str = ""
    contact_via: str = ""
    submitter_name: str = ""
    procedure_code: str = ""
    components: tuple[tuple[str, str, int], ...] = ()
    sets: int = 1
    limit_words: str = ""
    reasoning_words: str = ""
    due_by_hour: bool = False
    return_at_words: str = ""
    fee_words: str = ""
    volume: str = ""
    number: str = ""
    officer_name: str = ""
    officer_title: str = ""
    qr_text: str = ""
    survey_text: str = ""
    """What the second QR holds: the survey page's address; "" for none."""
    marks: tuple[str, ...] = ()

    @property
    def dated(self) -> datetime:
        """The day in the head."""
        return self.received_at

    @property
    def signer(self) -> str:
        """Whose name stands under the left signature."""
        return self.submitter_name or self.applicant_name


_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


def day_words(day: date) -> str:
    """`ngày 05 tháng 02 năm 2027`: days below 10 and months 1 and 2 take a zero (NĐ 30/2020, phụ lục I)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def time_words(moment: datetime) -> str:
    """`8 giờ 05 phút, ngày …`, as the forms spell a time."""
    return f"{moment.hour} giờ {moment.minute:02d} phút, {day_words(moment)}"


def _promise(facts: ReceiptFacts) -> str:
    due = facts.due
    day = f"{_WEEKDAYS[due.weekday()]}, {due:%d/%m}/{due.year}"
    return f"{due.hour} giờ {due.minute:02d}, {day}" if facts.due_by_hour else day


FIELDS: Mapping[str, Callable[[ReceiptFacts], str]] = {
    "authority": lambda f: f.authority,
    "office": lambda f: f.office,
    "hotline": lambda f: f.hotline,
    "code": lambda f: f.code,
    "other_codes": lambda f: "; ".join(f.other_codes),
    "applicant_name": lambda f: f.applicant_name,
    "applicant_id": lambda f: f.applicant_id,
    "applicant_address": lambda f: f.applicant_address,
    "phone": lambda f: f.phone,
    "email": lambda f: f.email,
    "contact_via": lambda f: f.contact_via,
    "submitter_name": lambda f: f.submitter_name,
    "request": lambda f: f.request,
    "procedure_code": lambda f: f.procedure_code,
    "sets": lambda f: f"{f.sets:02d}",
    "limit": lambda f: f.limit_words,
    "reasoning": lambda f: f.reasoning_words,
    "received_at": lambda f: time_words(f.received_at),
    "due": lambda f: time_words(f.due),
    "promise": _promise,
    "return_at": lambda f: f.return_at_words,
    "fee": lambda f: f.fee_words,
    "volume": lambda f: f.volume,
    "number": lambda f: f.number,
    "officer_name": lambda f: f.officer_name,
}

CONDITIONS: Mapping[str, Callable[[ReceiptFacts], bool]] = {
    "has_hotline": lambda f: bool(f.hotline),
    "has_other_codes": lambda f: bool(f.other_codes),
    "has_id": lambda f: bool(f.applicant_id),
    "has_address": lambda f: bool(f.applicant_address),
    "has_phone": lambda f: bool(f.phone),
    "has_email": lambda f: bool(f.email),
    "has_phone_or_email": lambda f: bool(f.phone or f.email),
    "has_contact": lambda f: bool(f.contact_via),
    "has_submitter": lambda f: bool(f.submitter_name) and f.submitter_name != f.applicant_name,
    "has_procedure_code": lambda f: bool(f.procedure_code),
    "has_components": lambda f: bool(f.components),
    "has_limit": lambda f: bool(f.limit_words),
    "has_reasoning": lambda f: bool(f.reasoning_words),
    "has_return_at": lambda f: bool(f.return_at_words),
    "has_fee": lambda f: bool(f.fee_words),
    "has_volume": lambda f: bool(f.volume or f.number),
    "has_marks": lambda f: bool(f.marks),
    "has_survey": lambda f: bool(f.survey_text),
}
