"""An erasure in sentences: what goes and what stays, and which copies still hold what went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from counter_app.domain.attachments import attachments
from counter_app.domain.dossier import Dossier
from counter_app.services.erased_copies import Copy
from counter_app.words import dates
from counter_app.words.language import Words

_GOES = Words(
    {
        "goes": "Mất hẳn, ở mọi máy và máy chủ: người nộp, nội dung {n} việc đã ghi[, {files} tệp nếu "
        "không hồ sơ nào khác dùng]. "
        "Còn lại: mã hồ sơ, thủ tục, ngày nhận, trạng thái, số trong các sổ, tiền đã thu, ngày trả. "
        "Không ai lấy lại được.",
        "gone": "Nội dung đã xóa theo {act}[, ngày {dated}]; chỉ còn mã, thủ tục, ngày nhận, trạng thái, "
        "số trong các sổ, tiền đã thu và ngày trả.",
    }
)
_HELD = Words(
    {
        "heading": "Bản sao lưu còn giữ nội dung đã xóa:",
        "home": "{n} bản của máy này: tự bỏ khi có bản mới đã đọc lại nguyên vẹn.",
        "second": "{n} bản ở ổ thứ hai: tự bỏ khi có bản mới đã đọc lại nguyên vẹn.",
        "away": "Ổ thứ hai {path} đang vắng: hãy cắm vào, máy tự bỏ bản cũ ở đó.",
        "file": "Tệp {path}[, lúc {at}]: hãy xóa tệp ấy.",
        "file-away": "Tệp {path}[, lúc {at}] không thấy ở đó nữa: hãy tìm nơi đang cất và xóa.",
        "files": "Tệp quét cạnh các bản sao lưu, ở {path}: tự bỏ cùng các bản ấy.",
        "set_aside": "Kho để riêng khi khôi phục, {path}: hãy xóa thư mục ấy khi không còn cần.",
        "beyond": "Máy không với tới bản in, tệp đã chép ra ngoài và USB đồng bộ cũ: hãy thu về và hủy.",
    }
)


def goes(dossier: Dossier) -> str:
    """What an erasure of it takes and leaves, told before it is done."""
    known = sum(entry.payload is not None for entry in dossier.entries)
    return _GOES.say("goes", n=known, files=len({one.sha256 for one in attachments(dossier)}) or None)


def gone(dossier: Dossier) -> str:
    """That it was erased, and under which act; "" where it was not."""
    said = dossier.erased.payload if dossier.erased is not None else None
    if not said:
        return ""
    dated = dates.day(date.fromisoformat(said["dated"])) if "dated" in said else None
    return _GOES.say("gone", act=said["act"], dated=dated)


def held(copies: Iterable[Copy]) -> list[str]:
    """A line for each sort of copy that still holds what was erased, each with what to do; the last one is
    of what no machine can know."""
    holding = [one for one in copies if one.holds]
    counted = Counter(one.place for one in holding if one.there)
    lines = [_HELD.say(place, n=counted[place]) for place in ("home", "second") if counted[place]]
    for one in holding:
        if one.place == "second" and not one.there:
            lines.append(_HELD.say("away", path=one.path))
        elif one.place == "file":
            at = dates.moment(one.made) if one.made is not None else None
            lines.append(_HELD.say("file" if one.there else "file-away", path=one.path, at=at))
        elif one.place in ("set_aside", "files"):
            lines.append(_HELD.say(one.place, path=one.path))
    return [*([_HELD.say("heading"), *lines] if lines else []), _HELD.say("beyond")]
