"""What is done while a damaged store is recovered, step by step, and what came of it."""

from __future__ import annotations

from typing import Any, Final

from counter_app.domain.errors import CounterError
from counter_app.services.rebuilding import Step
from counter_app.services.recovering import Recovered
from counter_app.words import dates
from counter_app.words.errors import sentence
from counter_app.words.language import Words

_FEW: Final = 12  # codes that a person reads; the others stand in the list
_STEPS: Final = Words(
    {
        "checking": "Đang kiểm tra kho…",
        "found": "Chỗ hỏng: {why}; hãy bấm Enter để khôi phục.",
        "damaged": "Kho bị hỏng ({why}). Máy khôi phục từng bước; không tệp nào bị xóa.",
        "reading": "Đang đọc những gì còn đọc được trong kho hỏng…",
        "read": "Đọc được {events} việc[; {lost} chỗ không đọc được].",
        "trying": "Đang thử bản sao lưu lúc {at}…",
        "unusable": "Bản sao lưu lúc {at} không dùng được: {why}",
        "chosen": "Dùng bản sao lưu lúc {at}: {events} việc của {dossiers} hồ sơ, nguyên vẹn.",
        "no-backup": "Không có bản sao lưu nào của kho này.",
        "salvaged": "Lấy thêm được {events} việc ghi sau bản sao lưu, từ kho hỏng.",
        "files-brought": "Lấy lại được {n} tệp quét từ bản sao lưu.",
        "files-lost": "Còn {files} tệp quét không thấy ở máy này hay bản sao lưu nào[, của hồ sơ {codes}]: "
        "cắm USB hay ổ cũ rồi làm lại, hoặc quét lại từ giấy; có mạng thì máy hỏi máy chủ.",
        "pages-lost": "Còn {pages} trang quét chưa lưu không thấy ở máy này hay bản sao lưu nào[, của hồ sơ "
        "{codes}]: hãy quét lại từ giấy.",
        "accesses-lost": "Nhật ký truy cập thiếu những lần xem không đọc lại được; "
        "hãy báo người phụ trách dữ liệu.",
        "aside": "Kho hỏng đã để riêng ở {folder}, không xóa.",
        "fetching": "Đang nhận phần còn thiếu từ máy chủ…",
        "fetched": "Máy chủ trả về {events} việc mà máy này không còn.",
        "not-fetched": "Chưa hỏi được máy chủ: {why} Có mạng thì máy tự nhận.",
        "recovered": "Khôi phục xong: {dossiers} hồ sơ; giấy nào đã in cũng có trong kho.",
        "missing": "Khôi phục xong: {dossiers} hồ sơ. Còn {n} giấy tiếp nhận đã in mà kho không có: {codes}; "
        "hãy nhập lại theo giấy, đúng mã ấy.",
        "whole": "Kho nguyên vẹn: {events} việc của {dossiers} hồ sơ; không cần khôi phục.",
    }
)
_WHYS: Final = Words(
    {
        "page-damaged": "có trang dữ liệu bị đổi",
        "file-damaged": "tệp không còn đúng cấu trúc",
        "store-damaged": "tệp không mở được",
        "key-file-damaged": "tệp giữ chìa khóa hỏng",
        "wal-torn": "nhật ký ghi bị hỏng giữa chừng",
        "wal-stale": "nhật ký ghi không thuộc về tệp",
        "backup-damaged": "tệp ấy bị hỏng; máy thử bản trước nó.",
        "chain": "có việc đã ghi bị đổi",
    }
)


def step(told: Step) -> str:
    """The sentence for a step."""
    facts: dict[str, Any] = dict(told.facts)
    if told.name == "settings":
        return sentence(facts["why"])
    if "at" in facts:
        facts["at"] = dates.moment(facts["at"])
    if getattr(facts.get("why"), "why", "") == "backup-damaged":  # the store is no more whole than it
        facts["why"] = damage("backup-damaged")
    elif isinstance(facts.get("why"), CounterError):
        facts["why"] = sentence(facts["why"])
    elif "why" in facts:
        facts["why"] = damage(facts["why"])
    if "lost" in facts:
        facts["lost"] = facts["lost"] or None
    if "codes" in facts:
        facts["n"] = len(facts["codes"])
        facts["codes"] = few(facts["codes"]) or None
    return _STEPS.say(told.name, **facts)


def damage(why: str) -> str:
    """What was wrong, in a few words."""
    return _WHYS.say(why if why in _WHYS else "chain")


def found(why: str) -> str:
    """What is wrong, as a sentence."""
    return _STEPS.say("found", why=damage(why))


def done(came: Recovered) -> str:
    """What came of it in the end."""
    if not came.damage:
        return _STEPS.say("whole", events=came.events, dossiers=came.dossiers)
    name = "missing" if came.missing else "recovered"
    return step(Step(name, {"codes": came.missing, "dossiers": came.dossiers}))


def few(codes: tuple[str, ...]) -> str:
    """The first of them, which a person reads."""
    return ", ".join(codes[:_FEW]) + ("…" if len(codes) > _FEW else "")
