"""Petitions and survey slips in words: closed lists, sentences of their story, why an act was not done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any, Final

from counter_app.domain.petition_limits import Act
from counter_app.domain.petitions import Source, Stage
from counter_app.domain.registers import Conflict
from counter_app.domain.surveys import Channel
from counter_app.words import dates
from counter_app.words.language import Words, listed

Payload = Mapping[str, Any]

SOURCES = Words(
    {
        Source.PAPER: "văn bản",
        Source.PHONE: "điện thoại",
        Source.EMAIL: "thư điện tử",
        Source.IN_PERSON: "trực tiếp tại quầy",
        Source.PORTAL: "Cổng Dịch vụ công quốc gia",
    }
)
STAGES = Words(
    {
        Stage.RECEIVED: "đang xử lý",
        Stage.ASKED: "chờ người gửi bổ sung",
        Stage.REFUSED: "không tiếp nhận xử lý",
        Stage.ANSWERED: "đã trả lời, chưa công khai",
        Stage.PUBLISHED: "đã trả lời và công khai",
        Stage.VOIDED: "đã hủy vì nhập nhầm",
    }
)
SURVEY_CHANNELS = Words(
    {Channel.PAPER: "phiếu giấy", Channel.QR: "quét mã QR", Channel.SPOKEN: "hỏi trực tiếp"}
)
OWED = Words(
    {
        Act.REFUSE: "trả lời không tiếp nhận",
        Act.ASK: "yêu cầu bổ sung",
        Act.ANSWER: "trả lời",
        Act.PUBLISH: "công khai",
    }
)
DONE = Words(
    {
        "petition_assigned": "phân công",
        "petition_asked": "yêu cầu bổ sung",
        "petition_supplied": "nhận bổ sung",
        "petition_refused": "từ chối",
        "petition_answered": "ghi trả lời",
        "petition_published": "ghi công khai",
        "petition_voided": "hủy",
        "petition_settled": "chọn bên đúng",
    }
)
_DISPUTED = Words(
    {
        "answer": "Các máy ghi câu trả lời khác nhau: {sides}; đang dùng {shown}.",
        "state": "Các máy ghi khác nhau về việc xử lý: {sides}; đang dùng {shown}.",
        "other": "Các máy ghi khác nhau: {sides}; đang dùng {shown}.",
        "nothing": "để trống",
    }
)

BOOK_STORY: Final = {
    "cash_counted": "Đếm tiền mặt ngày {day}: có {counted}, theo sổ {expected}[; {note}].",
    "day_closed": "Chốt sổ ngày {day}: nhận {received}, trả {returned} hồ sơ; thu tiền mặt {cash}, chuyển "
    "khoản {transfer}, trên Cổng {portal}[; {waiting} hồ sơ chưa gửi][; {note}].",
    "surveyed": "Nhập {n} phiếu khảo sát ngày {day}, {channel}.",
    "survey_voided": "Bỏ ra {n} lần nhập phiếu khảo sát[; lý do: {reason}].",
    "petition_received": "Nhận phản ánh, kiến nghị {number}, nguồn {source}[, hạn trả lời {due}].",
    "petition_assigned": "Giao phản ánh cho {to}[; {note}].",
    "petition_asked": "Yêu cầu người gửi bổ sung[: {needs}][; {note}].",
    "petition_supplied": "Người gửi bổ sung: {text}[; hạn trả lời {due}].",
    "petition_refused": "Không tiếp nhận xử lý phản ánh; lý do: {reason}.",
    "petition_answered": "{by} trả lời phản ánh: {text}.",
    "petition_published": "Công khai câu trả lời ngày {on}: {where}.",
    "petition_voided": "Hủy phản ánh vì nhập nhầm; lý do: {reason}.",
    "petition_printed": "In {form}.",
    "petition_printed-again": "In lại {form}, lần in thứ {copy}[; lý do: {reason}].",
    "petition_settled": "Chọn bên đúng của phản ánh.",
}
"""A sentence for every event of the office's own books."""

_More = Callable[[Payload], tuple[str, dict[str, object]]]

BOOK_MORE: Final[Mapping[str, _More]] = {
    "surveyed": lambda p: (
        "surveyed",
        {"n": len(p["slips"]), "channel": _named(SURVEY_CHANNELS, Channel, p["channel"])},
    ),
    "survey_voided": lambda p: ("survey_voided", {"n": len(p["events"])}),
    "petition_received": lambda p: ("petition_received", {"source": _named(SOURCES, Source, p["source"])}),
    "petition_answered": lambda p: ("petition_answered", dict(p["answer"])),
    "petition_printed": lambda p: ("petition_printed" + ("-again" if p["copy"] > 1 else ""), {}),
    "petition_published": lambda p: (
        "petition_published",
        {"where": p["published"]["where"], "on": dates.day(date.fromisoformat(p["published"]["on"]))},
    ),
}
"""What a payload does not say by its own fields, as `story` asks for it."""

FEEDBACK_FAULTS: Final = {
    "no-such-petition": "Không có phản ánh, kiến nghị số {number}; hãy xem lại số trên phiếu tiếp nhận.",
    "petition-of-several": "“{number}” là của {n} phản ánh; hãy ghi rõ một trong các số, mã này: {choices}.",
    "petition-forbids": "Không {done} được vì phản ánh này {stage}; hãy mở phản ánh để xem việc đã ghi.",
    "petition-held": "Phản ánh này chưa có phần tiếp nhận ở máy này; cần nhận từ máy khác rồi làm lại.",
    "petition-erased": "Phản ánh {number} đã xóa nội dung theo quy định; chỉ còn xem được phần còn lại.",
    "not-a-level": "{field} {value} không có trong thang đánh giá; hãy chọn một trong: {choices}.",
    "nothing-to-take-back": "Hôm nay máy này chưa nhập phiếu nào để bỏ ra; chỉ bỏ được lần nhập cuối.",
    "no-survey-page": "Chưa ghi địa chỉ trang khảo sát nên không có mã QR; hãy ghi ở Thiết lập (F11).",
    "not-a-web-address": "{field} {value} không phải địa chỉ trang; cần bắt đầu bằng http:// hoặc https://.",
    "no-such-paper-yet": "Phản ánh {number} chưa có việc ấy nên chưa in được; hãy ghi việc đó trước khi in.",
}


def _named(words: Words[Any], known: Any, name: str) -> str:
    """The word of a closed list; what a later program wrote, as it stands."""
    return words.say(name) if name in set(known) else name


def source_words(name: str) -> str:
    return _named(SOURCES, Source, name)


def channel_words(name: str) -> str:
    return _named(SURVEY_CHANNELS, Channel, name)


def petition_conflict(found: Conflict) -> str:
    """One sentence for a disagreement about a petition, and what is shown meanwhile."""
    said = [_side(found.field, side.value) for side in found.sides]
    shown = next(text for side, text in zip(found.sides, said, strict=True) if side.event == found.shown)
    field = found.field if found.field in _DISPUTED else "other"
    return _DISPUTED.say(field, sides=listed(list(dict.fromkeys(said))), shown=shown)


def _side(field: str, value: Any) -> str:
    if value is None:
        return _DISPUTED.say("nothing")
    if field == "state" and value in set(Stage):
        return f"“{STAGES.say(value)}”"
    if field == "due":
        with suppress(ValueError, TypeError):
            return dates.day(datetime.fromisoformat(value).date())
    if isinstance(value, Mapping):
        return f"“{value.get('text') or value.get('where') or ''}”"
    return f"“{'; '.join(map(str, value)) if isinstance(value, list | tuple) else value}”"
