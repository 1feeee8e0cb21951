"""Backups, drills and what reminds of them, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from counter_app.domain.errors import Damaged
from counter_app.services.backups import Made, Standing
from counter_app.services.checks import Whole
from counter_app.services.drill import Drilled
from counter_app.services.reminders import Reminders
from counter_app.services.room import LEAST
from counter_app.store.checking import Verdict
from counter_app.words import dates, day_close
from counter_app.words.errors import sentence
from counter_app.words.language import Words
from counter_app.words.recovering import few
from counter_app.words.syncing import age

_LEAST_MB: Final = LEAST // 1_000_000
_REMINDED: Final = Words(
    {
        "backup": "Đã {age} chưa có bản sao lưu mới: mở Thiết lập (F11), Kho dữ liệu.",
        "second": "Đã {age} chưa sao lưu ra ổ thứ hai: hãy cắm ổ ấy vào, máy sẽ tự chép.",
        "room": "Ổ đĩa chỉ còn {mb} MB: hãy dọn bớt; còn dưới {least} MB thì quầy không nhận hồ sơ được.",
        "pages": "Còn {n} trang quét chưa lưu của hồ sơ {code}: mở hồ sơ ấy rồi Ctrl+Shift+Q.",
        "drill": "Đã {age} chưa diễn tập khôi phục: mở Thiết lập (F11), Kho dữ liệu.",
    }
)
_KEPT: Final = Words(
    {
        "here": "Mỗi lần chốt ngày, và khi mở máy mà từ hôm qua chưa sao lưu, máy tự sao lưu vào {home}: "
        "đang giữ {n} bản[, mới nhất {at}].",
        "no-second": "Chưa có ổ thứ hai: hỏng ổ đĩa này thì mất cả kho lẫn bản sao lưu.",
        "same-disk": "Nơi thứ hai nằm cùng ổ đĩa với kho: hỏng ổ thì mất cả hai; hãy chọn ổ khác.",
        "there": "Ổ thứ hai có mặt[, bản mới nhất {at}].",
        "away": "Ổ thứ hai đang vắng[, bản mới nhất {at}]; cắm vào là máy tự chép.",
        "drilled": "Diễn tập khôi phục tốt gần nhất: {at}. Gõ mật khẩu hay các từ trên phiếu để thử "
        "cả chúng.",
        "never": "Chưa diễn tập khôi phục lần nào. Gõ mật khẩu hay các từ trên phiếu để thử cả chúng.",
    }
)
_CHECKED: Final = Words(
    {
        "whole": "{at}: nguyên vẹn, {events} việc của {dossiers} hồ sơ",
        "mended": "{at}: đã dựng lại {n} dòng không khớp với các việc đã ghi",
        "damaged": "{at}: có chỗ hỏng; hãy đóng rồi mở lại chương trình để khôi phục",
        "never": "Chưa lần nào; máy tự kiểm tra sau mỗi lần chốt ngày",
        "found-mended": "Kiểm tra kho: đã dựng lại {n} dòng không khớp; các việc đã ghi vẫn nguyên vẹn.",
    }
)
_MADE: Final = Words(
    {
        "made": "Đã sao lưu vào {file}[, kèm {files} tệp quét][, {pages} trang quét chưa lưu]"
        "[, thiếu {lacking} tệp không đọc được][; đã chép sang {second}].",
        "fault": "Đã sao lưu vào {file}, nhưng chưa chép sang ổ thứ hai: {why}",
    }
)
_RESTORED: Final = Words(
    {
        "missing": "Còn {n} giấy tiếp nhận đã in mà kho không có: {codes}; "
        "hãy nhập lại theo giấy, đúng mã ấy.",
        "at-district": "{n} tệp quét nằm ở máy chủ: có mạng thì mở hồ sơ, máy lấy về.",
        "lost": "Thiếu {n} tệp quét[ của hồ sơ {codes}]: tìm thư mục sao-luu-…-tep cạnh bản sao lưu, ở ổ cũ "
        "hay USB khác, rồi khôi phục lại; không còn nữa thì quét lại từ giấy.",
        "pages-lost": "Thiếu {pages} trang quét chưa lưu[ của hồ sơ {codes}]: tìm thư mục sao-luu-…-tep cạnh "
        "bản sao lưu rồi khôi phục lại, hoặc quét lại từ giấy.",
    }
)
_DRILLED: Final = Words(
    {
        "good": "Diễn tập khôi phục tốt: bản lúc {at} mở được bằng {way}, {events} việc của {dossiers} hồ sơ "
        "đều nguyên vẹn và đều có trong kho[; {files} tệp quét nguyên vẹn]"
        "[; {pages} trang quét chưa lưu nguyên vẹn][; thiếu {lacking} tệp quét].",
        "passphrase": "mật khẩu của kho",
        "recovery": "phiếu khôi phục",
        "store": "khóa của kho đang mở (chưa thử mật khẩu hay phiếu)",
    }
)


def reminded(found: Reminders, now: datetime) -> list[str]:
    """A sentence for each, what hurts first."""
    told = [_REMINDED.say("room", mb=found.room, least=_LEAST_MB)] if found.room is not None else []
    told += [day_close.not_closed(found.day, now)] if found.day is not None else []
    for name, waited in (("backup", found.backup), ("second", found.second), ("drill", found.drill)):
        if waited is not None:
            told.append(_REMINDED.say(name, age=age(waited)))
    told += [_REMINDED.say("pages", n=n, code=code) for code, n in found.pages.items()]
    return told


def kept_here(stands: Standing) -> str:
    """Where this machine's own backups lie, and when they are made."""
    at = dates.moment(stands.made) if stands.made is not None else None
    return _KEPT.say("here", home=str(stands.home), n=stands.count, at=at)


def kept_there(stands: Standing, now: datetime, days: int) -> tuple[str, str]:
    """How the second place stands, and the state that colours it; `days` make its last backup old."""
    if stands.second is None:
        return _KEPT.say("no-second"), "soon"
    if stands.same_disk:
        return _KEPT.say("same-disk"), "soon"
    last = stands.second_made
    old = last is None or now - last > timedelta(days=days)
    said = _KEPT.say("there" if stands.second_there else "away", at=dates.moment(last) if last else None)
    return said, "soon" if old else "in_time"


def last_drill(last: datetime | None) -> str:
    """When a drill was last good."""
    return _KEPT.say("drilled", at=dates.moment(last)) if last is not None else _KEPT.say("never")


def checked(last: Whole | None) -> tuple[str, str]:
    """When the whole store was last checked, and how it was; and the state that colours it."""
    if last is None:
        return _CHECKED.say("never"), "soon"
    how = "whole" if last.healthy else "mended" if last.proven else "damaged"
    facts = {"events": last.events, "dossiers": last.dossiers, "n": last.differences}
    return _CHECKED.say(how, at=dates.moment(last.at), **facts), "in_time" if last.proven else "late"


def found_wrong(verdict: Verdict) -> str:
    """That a check of the whole found something, and what became of it."""
    if not verdict.proven:
        return sentence(Damaged("store-does-not-verify"))
    return _CHECKED.say("found-mended", n=verdict.differences)


def made(done: Made) -> str:
    """That a backup stands, and whether the second place has it too."""
    file = done.backup.path.name
    if done.fault is not None:
        return _MADE.say("fault", file=file, why=sentence(done.fault))
    second = str(done.second.parent) if done.second else None
    files, lacking = done.files.files or None, len(done.files.lacking) or None
    pages = done.files.pages or None
    return _MADE.say("made", file=file, second=second, files=files, pages=pages, lacking=lacking)


def restored(told: Mapping[str, Any]) -> list[str]:
    """What did not come with a backup, and where to get it: printed receipts, scanned files, pages."""
    lost, away = told["files_missing"], told["files_at_district"]
    codes = tuple(dict.fromkeys(one["code"] for one in lost if one["code"]))
    missing = tuple(told["missing"])
    said = [_RESTORED.say("missing", n=len(missing), codes=few(missing))] if missing else []
    said += [_RESTORED.say("lost", n=len(lost), codes=few(codes) or None)] if lost else []
    if pages := told["pages_missing"]:
        waited = tuple(one["code"] for one in pages if one["code"])
        n = sum(one["pages"] for one in pages)
        said.append(_RESTORED.say("pages-lost", pages=n, codes=few(waited) or None))
    return said + ([_RESTORED.say("at-district", n=away)] if away else [])


def drilled(done: Drilled) -> str:
    """What a drill that was good has shown."""
    return _DRILLED.say(
        "good",
        at=dates.moment(done.made),
        way=_DRILLED.say(done.opened),
        events=done.verdict.events,
        dossiers=done.verdict.dossiers,
        files=done.files or None,
        pages=done.pages or None,
        lacking=done.files_lacking or None,
    )
