"""The list that a hamlet's head carries, in words; and a call in a few words, for a row."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from counter_app.domain.zone import VIETNAM
from counter_app.paper.call_list import CallSheet, Tell
from counter_app.services.boards import Group
from counter_app.services.calls import Round, ToCall
from counter_app.words import dates
from counter_app.words.language import Words, capital, on_paper

_SHEET = Words(
    {
        "title": "DANH SÁCH MỜI NGƯỜI DÂN",
        "nowhere": "Không rõ thôn",
        "asks": (
            "Nhờ báo giúp {n} việc dưới đây của người dân đã nộp hồ sơ tại Bộ phận Một cửa. Khi đến, người "
            "dân mang theo giấy hẹn và giấy tờ tùy thân."
        ),
        "number": "Số",
        "name": "Họ và tên",
        "what": "Việc cần làm",
        "day": "Hẹn trả",
        "told": "Đã báo",
        "more": (
            "Tờ này có thể chưa đủ người: danh sách quá dài nên {n} hồ sơ hẹn muộn nhất của cả xã chưa ghi "
            "vào tờ nào. Hãy hỏi lại Bộ phận Một cửa."
        ),
        "ends": (
            "Báo xong xin gửi lại tờ này cho Bộ phận Một cửa; không sao chụp, không đưa cho người khác."
            "[ Đường dây nóng: {hotline}.]"
        ),
    }
)
_WHAT = Words(
    {
        Group.READY: "Đến nhận kết quả",
        Group.LATE: "Hồ sơ trễ hẹn; mời liên hệ để được hẹn lại",
        Group.SUPPLEMENT: "Nộp bổ sung giấy tờ",
        Group.PAYMENT: "Nộp phí, lệ phí",
    }
)
_WHAT_PAPERS = Words({"papers": "Nộp bổ sung {n} giấy tờ"})


@on_paper
def call_sheets(rounds: Iterable[Round], left: int = 0, hotline: str = "") -> list[CallSheet]:
    """One sheet for each hamlet; each says so where `left` dossiers stand on none."""
    more = _SHEET.say("more", n=left) if left else ""
    return [
        CallSheet(
            title=_SHEET.say("title"),
            hamlet=capital(one.name or _SHEET.say("nowhere")),
            asks=_SHEET.say("asks", n=len(one.calls)),
            heads=(
                _SHEET.say("number"),
                _SHEET.say("name"),
                _SHEET.say("what"),
                _SHEET.say("day"),
                _SHEET.say("told"),
            ),
            tells=tuple(_tell(call) for call in one.calls),
            ends=_SHEET.say("ends", hotline=hotline),
            more=more,
        )
        for one in rounds
    ]


def _tell(call: ToCall) -> Tell:
    line = call.item.line
    what = _WHAT.say(call.why)
    if call.why is Group.SUPPLEMENT and call.glance.needs:
        what = _WHAT_PAPERS.say("papers", n=len(call.glance.needs))
    due: Any = datetime.fromisoformat(line.due).astimezone(VIETNAM) if line.due else None
    return Tell(line.applicant or line.code, what, dates.day(due.date()) if due else "")
