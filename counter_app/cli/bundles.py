"""Commands by which people carry what stores lack: to machines of the commune, to the district and back."""

from __future__ import annotations

from counter_app.cli.context import Context, put, tell
from counter_app.domain.errors import Refused
from counter_app.services import enrolled, exchange, opening, safety, stick_down, stick_up, waiting
from counter_app.words.language import Words

_SAID = Words(
    {
        "leaderless": "Không còn tài khoản quản trị nào mở, thường vì hai máy khóa lẫn nhau; mở lại một "
        "tài khoản ({officers}) bằng phiếu khôi phục: counter-app officer reset ID.",
        "left": "USB hết chỗ, còn {files} tệp quét chưa chép; "
        "hãy chép tiếp sau khi máy chủ xác nhận phần này.",
        "old-answer": "Câu trả lời này cũ hơn lần máy chủ trả lời gần nhất nên không xác nhận thêm gì.",
    }
)
_NO_EXCHANGE = {
    "sent": 0,
    "received": 0,
    "acknowledged": 0,
    "pending": 0,
    "conflicts": 0,
    "bytes_up": 0,
    "bytes_down": 0,
    "requests": 0,
}


def bundle_export(context: Context) -> int:
    """For the district once the machine is enrolled, unless another machine is named."""
    asked, office = context.asked, context.office
    opening.refuse_inside(context.places, [asked.file])
    if asked.to or enrolled.district(office) is None:
        put({**_NO_EXCHANGE, **exchange.export(office, context.session(), asked.file, asked.to)})
        return 0
    copied = stick_up.copy_out(office, context.session(), asked.file)
    put({**_NO_EXCHANGE, **copied.to_json(), **_safety(context)})
    if copied.left or copied.files_left:
        tell(_SAID.say("left", files=copied.files_left))
    return 0


def _safety(context: Context) -> dict[str, int]:
    counts = safety.counts(context.office)
    return {"acknowledged": counts.acknowledged, "pending": counts.pending}


def bundle_import(context: Context) -> int:
    """A folder is a stick that comes home from the district."""
    office, source = context.office, context.asked.file
    if source.is_dir() or stick_down.is_answer(office, source):
        return _bring_home(context)
    told = exchange.bring_in(office, context.session(), source)
    put({**_NO_EXCHANGE, **told})
    _tell_leaderless(context)
    return 2 if told["refused"] else 0


def _bring_home(context: Context) -> int:
    done = stick_down.bring_home(context.office, context.session(), context.asked.file)
    conflicts = waiting.tally(context.office).conflicts
    put({**_NO_EXCHANGE, **done.to_json(), **_safety(context), "conflicts": conflicts})
    if done.old:
        tell(_SAID.say("old-answer"))
    _tell_leaderless(context)
    if done.revoked:
        raise Refused("device-revoked")
    return 2 if done.refused else 0


def _tell_leaderless(context: Context) -> None:
    known = context.office.commune()
    if known.leaderless:
        tell(_SAID.say("leaderless", officers=", ".join(one.id for one in known.administrators_ever)))
