"""Why a dossier cannot rest yet and what to do about it, for the page of what waits and its list."""

from __future__ import annotations

from typing import Final

from counter_app.domain import kinds
from counter_app.services.lookup import id_text
from counter_app.services.safety import LastAnswer
from counter_app.services.waiting import Item, Why
from counter_app.words import dates
from counter_app.words.errors import reason as error_words
from counter_app.words.fields import field_words
from counter_app.words.language import Words, capital, listed
from counter_app.words.states import ACTS
from counter_app.words.syncing import size

HEADINGS = Words(
    {
        Why.CONFLICT: "Ghi khác nhau",
        Why.REFUSED: "Bị từ chối",
        Why.HELD: "Chờ phần tiếp nhận",
        Why.UPDATE: "Cần cập nhật",
        Why.ASIDE: "Để riêng",
        Why.WAITS: "Chờ gửi",
    }
)
VERBS = Words(
    {
        Why.CONFLICT: "mở ra, chọn bên đúng",
        Why.REFUSED: "thử lại",
        Why.HELD: "đồng bộ máy đã nhận hồ sơ",
        Why.UPDATE: "cài phiên bản mới",
        Why.ASIDE: "chưa tính vào hồ sơ",
        Why.WAITS: "máy tự gửi khi có mạng",
    }
)
STATES: Final = {
    Why.CONFLICT: "late",
    Why.REFUSED: "late",
    Why.HELD: "soon",
    Why.UPDATE: "paused",
    Why.ASIDE: "paused",
    Why.WAITS: "soon",
}
"""The colour of each section."""

_REASONS = Words(
    {
        "conflict": "Hai máy ghi {fields} khác nhau khi chưa thấy việc của nhau.",
        "reference": "Trùng số tham chiếu với {others}: một bên ghi nhầm.",
        "refused": "Máy chủ không nhận {n} việc. {why}",
        "refused-here": "Dữ liệu từ máy {machine} mà máy chủ gửi xuống không được nhận. {why}",
        "held": "Đã có {n} việc của hồ sơ này, nhưng phần tiếp nhận chưa về đến máy này.",
        "update": "{n} việc do phiên bản mới hơn ghi; máy này giữ lại và chuyển tiếp, nhưng chưa đọc được.",
        "stranger": "{n} việc của máy {machine}, máy chưa được công nhận ở xã này.",
        "revoked": "Máy {machine} đã bị thu hồi; {n} việc ghi sau lúc ấy được giữ riêng.",
        "waits": "{n} việc chưa lên máy chủ; tất cả vẫn nằm trên máy này.",
    }
)
_TO_DO = Words(
    {
        "conflict": "Mở hồ sơ, giữ một bên bằng Ctrl+1 hoặc Ctrl+2; bên kia vẫn còn trong hồ sơ.",
        "reference": "Đối chiếu sao kê, rồi ở hồ sơ ghi nhầm bấm Ctrl+Shift+Z để rút lại khoản ấy.",
        "refused": "Thử lại; vẫn bị từ chối thì xuất danh sách này, gửi nơi quản lý máy chủ.",
        "refused-here": "Ở máy này không mất gì; lần đồng bộ sau máy sẽ hỏi lại.",
        "held": "Đồng bộ máy đã tiếp nhận hồ sơ; máy ấy không còn thì báo quản trị.",
        "update": "Cập nhật phần mềm trên máy này.",
        "stranger": "Quản trị ghép máy ấy, hoặc ghi danh máy ấy với máy chủ.",
        "revoked": "Huyện xét và nhận thì các việc ấy được tính; ở đây không phải làm gì.",
        "waits": "Máy tự gửi khi có mạng; chờ quá một ngày thì xuất gói, mang sang máy có mạng.",
    }
)
_NAMES = Words(
    {
        "commune": "Việc chung của cơ quan",
        "book": "Sổ sách của cơ quan",
        "machine": "Máy {machine}",
        "dossier": "Hồ sơ {id}…",
        "later": "việc của phiên bản mới",
        "more": "{acts}…",
        "events": "{n} việc",
        "at": "{events} · máy {machine}",
    }
)
_ANSWERS = Words(
    {
        "never": "Chưa trao đổi lần nào với máy chủ.",
        "both": "Máy chủ trả lời lúc {time}: đã gửi {sent} việc, nhận {received} việc ({size}).",
        "alike": "Máy chủ trả lời lúc {time}: hai bên có như nhau ({size}).",
        "revoked": "Huyện đã thu hồi máy này: việc ghi thêm vẫn gửi được, nhưng để riêng đến khi huyện nhận.",
    }
)
_SHORT_ID: Final = 8


def title(item: Item) -> str:
    """Whom or what it is about."""
    if item.line is not None and (named := item.line.applicant or item.line.code):
        return named
    if item.kinds and kinds.OF_BOOK.issuperset(item.kinds):
        return _NAMES.say("book")
    if item.dossier is not None:
        return _NAMES.say("dossier", id=id_text(item.dossier)[:_SHORT_ID])
    if item.why is Why.REFUSED and not item.events:
        return _NAMES.say("machine", machine=item.machine)
    return _NAMES.say("commune")


def about(item: Item) -> str:
    """The acts that wait, or the fields that two machines wrote differently."""
    if item.fields:
        return capital(listed([field_words(field) for field in item.fields]))
    if item.dossier is None:
        return ""
    acts = [ACTS.say(kind) if kind in ACTS else _NAMES.say("later") for kind in item.kinds]
    said = ", ".join(dict.fromkeys(acts))
    return capital(_NAMES.say("more", acts=said) if item.different > len(item.kinds) else said)


def beside(item: Item) -> str:
    """How many events, and of which machine."""
    if not item.events:
        return ""
    events = _NAMES.say("events", n=item.events)
    return _NAMES.say("at", events=events, machine=item.machine) if item.machine else events


def reason(item: Item) -> str:
    """Why, in one sentence."""
    fields = listed([field_words(field) for field in item.fields])
    why = error_words(item.reason) if item.why is Why.REFUSED else ""
    others = listed(list(item.others))
    facts = {"n": item.events, "machine": item.machine, "fields": fields, "why": why, "others": others}
    return _REASONS.say(_case(item), **facts)


def to_do(item: Item) -> str:
    """What to do, in one sentence."""
    return _TO_DO.say(_case(item))


def answer(last: LastAnswer | None) -> str:
    """The server's last word, and what that exchange came to."""
    if last is None:
        return _ANSWERS.say("never")
    if last.revoked:
        return _ANSWERS.say("revoked")
    facts = {"sent": last.sent, "received": last.received, "size": size(last.bytes_up + last.bytes_down)}
    case = "both" if last.sent or last.received else "alike"
    return _ANSWERS.say(case, time=dates.moment(last.told), **facts)


def _case(item: Item) -> str:
    if item.why is Why.ASIDE:
        return item.reason
    if item.others:
        return "reference"
    if item.why is Why.REFUSED and not item.events:
        return "refused-here"
    return str(item.why)
