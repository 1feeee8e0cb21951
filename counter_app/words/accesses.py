"""The access log in words."""

from __future__ import annotations

from typing import Final

from counter_app.services.accesses import Why
from counter_app.words.language import Words

_HOW: Final = Words(
    {
        Why.FIND: "{who} thấy trong danh sách, {at}",
        Why.SHOW: "{who} mở xem, {at}",
        Why.SCAN: "{who} quét mã, {at}",
        Why.FILE: "{who} xem tệp, {at}",
        Why.EXPORT: "{who} xuất dữ liệu, {at}",
        Why.PRINT: "{who} in giấy, {at}",
    }
)
_NOBODY: Final = Words({"nobody": "Không rõ ai (dòng lệnh)"})


def how(why: str, who: str, at: str) -> str:
    """`Nguyễn Văn A mở xem, 08:15 20/4/2026`."""
    return _HOW.say(Why(why), who=who or _NOBODY.say("nobody"), at=at)
