"""Hand-overs inside the office in words: a procedure's own steps, and why one cannot change hands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from counter_app.domain.dossier import Dossier
from counter_app.domain.hops import hops_of
from counter_app.domain.inner_steps import InnerStep
from counter_app.domain.lifecycle import ENDED
from counter_app.domain.limits import Unit
from counter_app.domain.procedures import Procedure
from counter_app.words import dates
from counter_app.words.language import Words, listed
from counter_app.words.reasoning import limit_words

NOT_HANDED = Words(
    {
        "step-unreadable": "Bước {value} không đọc được; hãy ghi “ai: làm gì: 4 giờ”, nửa ngày ghi 4 giờ.",
        "steps-too-many": "Thủ tục có {value} bước; chỉ ghi được {most} bước, hãy gộp bớt.",
        "already-with": "Hồ sơ đang ở {holder} rồi; hãy bỏ ra khỏi chồng, hoặc chọn người nhận khác.",
        "not-handed-on": "Hồ sơ {code} chưa ghi giao lần nào nên không có gì để rút lại; hãy xem lại mã.",
        "taken-over-already": "Chưa rút lại gì: {code} đã được {holder} nhận; hãy nhờ bên ấy giao lại.",
        "went-on": "Chưa rút lại gì: {code} đã đi tiếp sau lần giao đó; hãy giao lại cho đúng người.",
        "only-to-hand-on": "{field} chỉ ghi khi giao; hãy bỏ đi khi rút lại.",
        "pile-too-high": "Một lượt giao nhận chỉ ghi {most} hồ sơ; hãy chia thành nhiều lượt.",
        "of-pile": "Chưa ghi hồ sơ nào, phải bỏ {code} ra hoặc sửa: {because}.",
        "within-unreadable": "Thời hạn bước {value} không đọc được; hãy ghi như 4 giờ hoặc 2 ngày làm việc.",
    }
)
_SAID = Words(
    {
        "where": "Đang ở {holder} từ {since}[, bước {step}][, hạn {due}][; {waits}].",
        "waits": "bên nhận chưa ghi nhận",
        "over": (
            "Thủ tục {code}: các bước cộng lại {sum}, quá thời hạn {limit}; ngày hẹn trả vẫn theo thời hạn."
        ),
        "over-several": (
            "Thủ tục {codes}[ và {more} thủ tục nữa]: các bước cộng lại quá thời hạn; "
            "ngày hẹn trả vẫn theo thời hạn."
        ),
    }
)
_NAMED: Final = 3


def where_words(dossier: Dossier) -> str:
    """Who holds it, since when, at which step; "" where it is at the counter, or ended."""
    hops = hops_of(dossier) if dossier.state not in ENDED else ()
    if not hops or not hops[-1].took:
        return ""
    hop = hops[-1]
    return _SAID.say(
        "where",
        holder=hop.took,
        since=dates.brief(hop.at),
        step=hop.note,
        due=dates.brief(hop.due) if hop.due else "",
        waits=_SAID.say("waits") if hop.waits else "",
    )


def over_words(procedure: Procedure) -> str:
    """That the steps of a procedure take longer than it may: both figures."""
    limit = procedure.limit
    most = limit_words(limit.number, limit.unit) if limit else ""
    return _SAID.say("over", code=procedure.code, sum=sum_words(procedure.steps), limit=most)


def overs_words(procedures: Sequence[Procedure]) -> str:
    """The same of several in one sentence, which names the first of them; "" of none."""
    if len(procedures) < 2:
        return "".join(map(over_words, procedures))
    codes = ", ".join(one.code for one in procedures[:_NAMED])
    return _SAID.say("over-several", codes=codes, more=max(0, len(procedures) - _NAMED) or "")


def sum_words(steps: Iterable[InnerStep]) -> str:
    """How long the steps take together, each unit by itself."""
    sums: dict[Unit, int] = {}
    for step in steps:
        sums[step.unit] = sums.get(step.unit, 0) + step.number
    return listed([limit_words(number, unit.value) for unit, number in sums.items()])
