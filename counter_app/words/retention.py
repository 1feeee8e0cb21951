"""The list of dossiers whose retention has run out, and that for the archive, in sentences and columns."""

from __future__ import annotations

from collections.abc import Sequence

from counter_app.services.erasing import Erased
from counter_app.services.retention import Kept, Listing
from counter_app.words import dates
from counter_app.words.errors import sentence
from counter_app.words.language import Words, on_paper

_SAID = Words(
    {
        "none": "Tính đến {day} chưa hồ sơ nào hết thời hạn lưu trữ theo bảng đang dùng.",
        "some": "{n} hồ sơ đã hết thời hạn lưu trữ trước {day}. Máy không tự xóa: hội đồng xét, người có "
        "thẩm quyền quyết định, rồi mới xóa theo văn bản ấy.",
        "year": "{n} hồ sơ kết thúc trong năm {year}.",
        "unchecked": "Thời hạn trong bảng chưa đối chiếu với văn bản gốc: hãy đối chiếu trước khi quyết "
        "định, hoặc nhập bảng của cơ quan.",
        "without": "{n} hồ sơ đã kết thúc thuộc thủ tục chưa có thời hạn trong bảng: vẫn phải giữ.",
        "rule": "Tính từ năm hồ sơ kết thúc (trả kết quả, từ chối, rút, dừng, hủy): hạn 2 năm của hồ sơ xong "
        "năm 2024 hết ngày 31/12/2026 (Luật Lưu trữ 33/2024/QH15).",
    }
)
_BATCH = Words(
    {
        "kept": "{procedure}, kết thúc {ended}, phải giữ đến hết {until}",
        "goes": "{n} hồ sơ đã chọn mất hẳn nội dung, ở mọi máy và máy chủ; còn lại mã, thủ tục, ngày nhận, "
        "trạng thái, số trong các sổ, tiền đã thu, ngày trả. Không ai lấy lại được.",
        "done": "Đã xóa nội dung {n} hồ sơ[; {already} đã xóa từ trước][; {failed} chưa xóa được: {why}].",
    }
)
_COLUMNS = Words(
    {
        "number": "Số TT",
        "code": "Mã hồ sơ",
        "title": "Tiêu đề hồ sơ",
        "field": "Lĩnh vực",
        "received": "Ngày nhận",
        "ended": "Ngày kết thúc",
        "years": "Thời hạn lưu trữ",
        "until": "Phải giữ đến hết ngày",
        "source": "Căn cứ",
        "checked": "Đã đối chiếu",
    }
)
_CELLS = Words(
    {
        "title": "{procedure}[ – {applicant}]",
        "permanent": "Vĩnh viễn",
        "years": "{n} năm",
        "unknown": "chưa có trong bảng",
        "yes": "có",
        "no": "chưa",
    }
)


def told(found: Listing, year: int | None = None) -> list[str]:
    """What a reader of the list has to know: how many, what is unsure, what no line names."""
    if year is not None:
        lines = [_SAID.say("year", n=len(found.rows), year=str(year))]
    elif found.rows:
        lines = [_SAID.say("some", n=len(found.rows), day=dates.day(found.on))]
    else:
        lines = [_SAID.say("none", day=dates.day(found.on))]
    if found.unchecked:
        lines.append(_SAID.say("unchecked"))
    if found.without:
        lines.append(_SAID.say("without", n=found.without))
    return lines


def rule() -> str:
    """From when terms count."""
    return _SAID.say("rule")


@on_paper
def headings() -> list[str]:
    """The columns of the list for the archive."""
    return [_COLUMNS.say(name) for name in _COLUMNS]


@on_paper
def row(number: int, one: Kept) -> list[str | int]:
    """A dossier's line there."""
    term = one.term
    return [
        number,
        one.code,
        _CELLS.say("title", procedure=one.procedure, applicant=one.applicant),
        one.field,
        dates.day(one.received) if one.received else "",
        dates.day(one.ended),
        term_words(one),
        dates.day(one.until) if one.until else "",
        term.source if term is not None else "",
        _CELLS.say("yes" if term.checked else "no") if term is not None else "",
    ]


def term_words(one: Kept) -> str:
    """How long it is kept: `2 năm`, `Vĩnh viễn`."""
    if one.term is None:
        return _CELLS.say("unknown")
    return _CELLS.say("permanent") if one.term.years is None else _CELLS.say("years", n=one.term.years)


def kept_words(one: Kept) -> str:
    """A dossier's second line in the list."""
    until = dates.day(one.until) if one.until else term_words(one)
    return _BATCH.say("kept", procedure=one.procedure, ended=dates.day(one.ended), until=until)


def batch(n: int) -> str:
    """What an erasure of so many takes and leaves."""
    return _BATCH.say("goes", n=n)


def batch_done(done: Sequence[Erased]) -> str:
    """What became of them; of those that could not go, why the first could not."""
    faults = [one.fault for one in done if one.fault is not None]
    already = sum(one.already for one in done)
    return _BATCH.say(
        "done",
        n=len(done) - already - len(faults),
        already=already or None,
        failed=len(faults) or None,
        why=sentence(faults[0]).rstrip(".") if faults else None,
    )
