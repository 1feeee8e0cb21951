"""A dossier's story: one plain sentence for every event, and for every disagreement."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from counter_app.domain.attachments import RESULT
from counter_app.domain.charges import OF_MONEY
from counter_app.domain.collecting import Relation
from counter_app.domain.entry import Entry
from counter_app.domain.events import Absent
from counter_app.domain.lifecycle import State
from counter_app.domain.payments import Method
from counter_app.domain.registers import Conflict
from counter_app.domain.zone import VIETNAM
from counter_app.words import dates
from counter_app.words.charges import amounts_words, exempt_words
from counter_app.words.feedback import BOOK_MORE, BOOK_STORY
from counter_app.words.fields import field_words
from counter_app.words.language import Words, capital, listed
from counter_app.words.states import (
    ACTS,
    CHANNELS,
    METHODS,
    PAPER_KINDS,
    PARTY_KINDS,
    RELATIONS,
    RETURN_BY,
    ROLES,
    STATES,
)

Payload = Mapping[str, Any]

STORY = Words(
    {
        "received": "Nhận đủ {n} giấy tờ[ do {who} nộp thay][, hẹn trả {due}][; miễn, giảm: {exempt}].",
        "received-nothing": "Tiếp nhận hồ sơ[ do {who} nộp thay][, hẹn trả {due}][; miễn, giảm: {exempt}].",
        "registered": "Đăng ký hồ sơ[, hẹn trả {due}][; miễn, giảm: {exempt}].",
        "accepted": "Tiếp nhận hồ sơ đã đăng ký[, hẹn trả {due}].",
        "printed": "In {form}.",
        "printed-again": "In lại {form}, lần in thứ {copy}[; lý do: {reason}].",
        "printed-signed": "Ra {form} có chữ ký số của {signed_by}[, lần thứ {again}][; lý do: {reason}].",
        "spoiled": "Ghi {form} in hỏng[; lý do: {reason}].",
        "paid": (
            "Thu {amount}[, {method}][, biên lai {receipt}][, tham chiếu {reference}]"
            "[; lý do thu thừa: {note}]."
        ),
        "paid-elsewhere": "Sao kê ghi tham chiếu {reference} cho hồ sơ khác[: {note}].",
        "paid-up": "Đã nộp đủ phí, lệ phí ở các máy; giải quyết tiếp[, hẹn trả {due}].",
        "paid-resumes": (
            "Thu {amount}[, {method}][, biên lai {receipt}][, tham chiếu {reference}], giải quyết tiếp"
            "[, hẹn trả {due}][; lý do thu thừa: {note}]."
        ),
        "refunded": "Hoàn lại {amount}[, {method}][, chứng từ {receipt}][; lý do: {reason}].",
        "original_taken": "Giữ bản chính giấy tờ số {component}[: {name}].",
        "original_returned": "Trả lại bản chính giấy tờ số {component}[: {name}][ cho {to}].",
        "resubmitted": "Nhận giấy tờ bổ sung[, hẹn trả {due}].",
        "passed_on": "Bàn giao hồ sơ cho {to}[, bước {step}][, hạn {by_when}].",
        "passed_on-paper": "Bàn giao hồ sơ giấy cho {to}[, bước {step}][, hạn {by_when}].",
        "passed_on-electronic": "Giao trên máy cho {to}[, bước {step}][, hạn {by_when}].",
        "taken_over": "{to} đã nhận hồ sơ[ do {frm} giao][, người ký nhận: {signed_by}].",
        "taken_over-unannounced": (
            "{to} đã nhận hồ sơ[ từ {frm}] mà chưa ai ghi giao[, người ký nhận: {signed_by}]."
        ),
        "returned": "Trả kết quả cho {to}[ ({relation})][, theo {authority}][, {lost}].",
        "returned_partly": (
            "Trả một phần cho {to}[ ({relation})][, theo {authority}][, {lost}]"
            "[: {given}][; còn lại: {left}]."
        ),
        "collection_failed": "Đã mang kết quả đi trả nhưng chưa trả được[; lý do: {reason}].",
        "called": "Đã gọi điện[ số {phone}]: {outcome}[; {note}].",
        "called-coming": "Gọi[ số {phone}] được: sẽ đến[ ngày {on}][; {note}].",
        "called-no_answer": "Gọi[ số {phone}] không ai nghe máy[; {note}].",
        "called-wrong_number": "Gọi[ số {phone}] thì nhầm số[; {note}].",
        "called-told": "Đã nhắn qua {to}[; {note}].",
        "called-again": "Gọi[ số {phone}] được: hẹn gọi lại[ ngày {on}][; {note}].",
        "attached": "Đính kèm bản chụp giấy tờ số {component}[: {name}][, {pages} trang].",
        "attached-result": "Đính kèm bản chụp kết quả[: {name}][, {pages} trang].",
        "attached-electronic": "Đính kèm bản điện tử của giấy tờ số {component}[: {name}].",
        "attached-reused": "Lấy giấy tờ số {component}[: {name}] từ kho có sẵn, không phải nộp lại.",
        "erased": (
            "Xóa nội dung hồ sơ theo {act}[, ngày {dated}][, {decided_by} quyết định][; lý do: {reason}]."
        ),
        "refused": "Từ chối tiếp nhận; lý do: {reason}.",
        "step_taken": "Chuyển sang bước {step}[, do {holder} giải quyết].",
        "assigned": "Phân công cho {holder}.",
        "supplement_requested": "Yêu cầu bổ sung giấy tờ[: {needs}][; lý do: {reason}].",
        "payment_requested": "Yêu cầu nộp {amount}.",
        "extended": "Gia hạn, hẹn lại {until}; lý do: {reason}.",
        "extended-late": "Gia hạn khi đã quá ngày hẹn, hẹn lại {until}; lý do: {reason}.",
        "withdrawn": "Người nộp rút hồ sơ; lý do: {reason}.",
        "stopped": "Dừng giải quyết; lý do: {reason}.",
        "stopped-requested": "Dừng giải quyết theo yêu cầu của người nộp; lý do: {reason}.",
        "stopped-withdrawn": "Dừng giải quyết sau khi người nộp rút hồ sơ; lý do: {reason}.",
        "stopped-unanswered": "Dừng giải quyết vì người nộp không nộp đủ; lý do: {reason}.",
        "finished": "Đã có kết quả[: {result}], chờ trả.",
        "finished-at-once": "Làm xong ngay[: {what}][, {amounts}][, số {entry}][, quyển {volume}].",
        "finished-negative": "Đã có kết quả không đồng ý, chờ trả[: {result}][; lý do: {reason}].",
        "noted": "Ghi chú: {text}.",
        "noted-to": "Nhắc {to}: {text}.",
        "corrected": "Sửa {changes}; lý do: {reason}.",
        "voided": "Đã hủy vì nhập nhầm; lý do: {reason}.",
        "voided-some": "Đánh dấu {n} việc là ghi nhầm; lý do: {reason}.",
        "voided-refused": (
            "Rút lại thông báo từ chối ghi nhầm, thời hạn tính như chưa từ chối; lý do: {reason}."
        ),
        "voided-stopped": "Rút lại việc dừng ghi nhầm, thời hạn tính như chưa dừng; lý do: {reason}.",
        "voided-withdrawn": "Rút lại việc rút hồ sơ ghi nhầm, thời hạn tính như chưa rút; lý do: {reason}.",
        "voided-finished": "Rút lại kết quả ghi nhầm, thời hạn tính như chưa có kết quả; lý do: {reason}.",
        "voided-paid": "Rút lại khoản thu {amount} ghi nhầm; lý do: {reason}.",
        "voided-refunded": "Rút lại khoản hoàn {amount} ghi nhầm; lý do: {reason}.",
        "voided-payment_requested": "Rút lại yêu cầu nộp {amount} ghi nhầm; lý do: {reason}.",
        "voided-hand-over": "Rút lại lần giao nhầm, hồ sơ về {back}; lý do: {reason}.",
        "resolved": "Chọn bên đúng[: {changes}].",
        # the commune's own
        "log_opened": "Máy {machine} bắt đầu ghi sổ.",
        "clock_set": "Chỉnh giờ của máy từ {frm} thành {to}[; lý do: {reason}].",
        "number_unused": "Số {code} không dùng; lý do: {reason}.",
        "slips_printed": "In {n} phiếu dự phòng[, từ số {first} đến số {last}].",
        "officer_set": "Đặt tài khoản {officer}[: {about}].",
        "paired": "Ghép với máy {machine}.",
        "joined": "Ghi danh với {name}.",
        "wiped": "Hai cán bộ xóa kho của máy này: {reason}.",
        "escrowed": "Gửi máy chủ giữ hộ khóa của kho.",
        "released": "Máy chủ trao khóa kho của máy hỏng cho máy thay.",
        "enrolled": "Máy chủ ghi danh máy {machine}.",
        "revoked": "Máy chủ thu hồi một máy[; lý do: {reason}].",
        "admitted": "Máy chủ nhận dữ liệu giữ riêng của máy bị thu hồi[; lý do: {reason}].",
        "leased": "Máy chủ cấp dãy số {slot} từ {first} đến {last}.",
        "part_issued": "Máy chủ gửi một phần nội dung ban hành.",
        "issued": "Máy chủ ban hành {what} {name}, bản {version}[, theo {source}].",
        "issued-catalogue": "Máy chủ ban hành danh mục thủ tục, bản {version}[, theo {source}].",
        "issued-calendar": "Máy chủ ban hành lịch nghỉ năm {name}, bản {version}[, theo {source}].",
        "issued-fees": "Máy chủ ban hành bảng phí, lệ phí, bản {version}[, theo {source}].",
        "issued-template": "Máy chủ ban hành mẫu giấy {name}, bản {version}[, theo {source}].",
        "issued-notice": "Máy chủ gửi thông báo[ “{title}”].",
        "issued-nothing": "Máy chủ rút lại nội dung {name} đã ban hành.",
        "ordered": "Máy chủ ra lệnh cho một máy: {order}[; lý do: {reason}].",
        "ordered-lock": "Máy chủ khóa quầy của một máy[; lý do: {reason}].",
        "ordered-unlock": "Máy chủ mở lại quầy của một máy[; lý do: {reason}].",
        "posted": "Máy chủ giao một máy phục vụ xã từ {since}[ đến hết {until}][; lý do: {reason}].",
        "merged": "Máy chủ nhập một xã khác vào xã này; từ {since} tên cơ quan là {name}, mã {agency}.",
        "calendar_adopted": "Dùng lịch nghỉ năm {year}[, theo {source}].",
        "fees_adopted": "Nhập bảng phí, lệ phí {count} dòng[, theo {source}][; phần {part}].",
        "catalogue_adopted": "Dùng danh mục {n} thủ tục[, theo {source}].",
        "agency_named": "Tên cơ quan là {name}, mã {agency}[, từ {since}].",
        **BOOK_STORY,
    }
)
_ASIDE = Words(
    {
        "unknown": "Việc này do phiên bản mới hơn ghi; cần cập nhật phần mềm để đọc.",
        Absent.ERASED: "Nội dung đã xóa theo quy định.",
        Absent.NOT_CARRIED: "Nội dung không mang theo máy này.",
        Absent.UNREADABLE: "Nội dung không đọc được; hãy xem trên máy đã ghi việc này.",
        Absent.ASIDE: "Việc này từ một máy chưa được công nhận, đang để riêng và chưa tính vào hồ sơ.",
        "kept-kind": "{act}: {why}",
        "mistaken": "{sentence} (ghi nhầm, đã hủy)",
        "taken-back": "{sentence} (đã ghi nhầm, rút lại lúc {when})",
        "about-taken-back": "{sentence} (giấy của việc đã ghi nhầm, rút lại lúc {when})",
        "told-again": "{sentence} (cùng một khoản đã ghi, chỉ tính một lần)",
    }
)
FORMS = Words(
    {
        "receipt": "giấy tiếp nhận",
        "supplement": "phiếu yêu cầu bổ sung",
        "refusal": "phiếu từ chối tiếp nhận",
        "apology": "văn bản xin lỗi và hẹn lại",
        "stop": "thông báo dừng giải quyết",
        "control": "phiếu kiểm soát",
        "label": "nhãn hồ sơ",
        "handover": "phiếu trả kết quả",
        "transfer": "danh sách bàn giao",
        "register": "sổ theo dõi hồ sơ",
        "recovery": "phiếu khôi phục",
        "petition": "phiếu tiếp nhận phản ánh",
        "petitionask": "thư đề nghị bổ sung",
        "petitionrefusal": "thông báo không tiếp nhận xử lý",
        "petitionanswer": "thư trả lời phản ánh",
    }
)
_PARTS = Words(
    {
        "to": "{field} thành {value}",
        "is": "{field} là {value}",
        "cleared": "{field} thành để trống",
        "papers": "{n} giấy tờ",
        "free": "miễn phí, lệ phí",
        "open": "còn mở",
        "ended": "đã kết thúc",
        "other": "nội dung khác",
        "empty": "để trống",
        "counter": "Một cửa",
        "lost": "không còn giấy hẹn",
        "locked": "đã khóa",
        "pin": "mã PIN mới",
        "somebody": "người nhà hoặc trưởng thôn",
    }
)
_CONFLICT = Words(
    {
        "field": "{field} ghi khác nhau: {sides}; đang dùng {shown}.",
        "alike": "{field} ghi khác nhau {n} lần; hãy mở từng lần để xem, rồi chọn lần đúng.",
        "reception": "Hồ sơ được tiếp nhận {n} lần ở các máy khác nhau; hãy xem lần nào là ghi nhầm.",
        "return": "Kết quả được trả {n} lần ở các máy khác nhau; hãy xem lần nào là ghi nhầm.",
        "payment": "Phí, lệ phí đã thu {n} lần: {sides}; hãy hoàn lại phần thừa, hoặc chọn lần đúng.",
        "same": "{sides} có thể là cùng một khoản; hãy chọn bên đúng, đúng là {n} khoản thì hoàn phần thừa.",
        "charge": "Phí, lệ phí yêu cầu nộp ghi khác nhau: {sides}; hãy chọn số đúng.",
        "transfer": "Khoản chuyển {sides} theo sao kê là của hồ sơ khác; hãy đối chiếu, rồi chọn bên đúng.",
        "reference": (
            "Khoản chuyển {sides} trùng số tham chiếu với hồ sơ {others}; hãy rút lại bên ghi nhầm."
        ),
        "refund": "Phí, lệ phí đã hoàn {n} lần: {sides}; hãy thu lại phần thừa, hoặc chọn lần đúng.",
    }
)


def tell(entry: Entry) -> str:
    """One sentence for one line of the story, whatever became of its payload."""
    said = written(entry)
    if entry.taken_back is not None:
        how = "taken-back" if entry.mistaken else "about-taken-back"
        return _ASIDE.say(how, sentence=said, when=dates.moment(entry.taken_back.astimezone(VIETNAM)))
    if entry.mistaken:
        return _ASIDE.say("mistaken", sentence=said)
    return _ASIDE.say("told-again", sentence=said) if entry.told_by else said


def written(entry: Entry) -> str:
    """The same as it was written, without what became of it: the sentence begins so."""
    payload = entry.turned_out
    if entry.unknown:
        return _ASIDE.say("unknown")
    if payload is not None:
        return _took_back(entry, payload) or _said(entry.name, payload)
    said = _ASIDE.say(entry.absent or Absent.UNREADABLE)
    if entry.name not in ACTS:
        return said
    act = capital(ACTS.say(entry.name))
    return _ASIDE.say("kept-kind", act=act, why=said[:1].lower() + said[1:])


def conflict(found: Conflict) -> str:
    """One sentence for a disagreement: what was written, and what is shown meanwhile."""
    values = [_side(found.field, side.value) for side in found.sides]
    n = len(values)
    if found.field in _CONFLICT:
        return _CONFLICT.say(found.field, n=n, sides=listed(values), others=listed(list(found.others)))
    shown = next(
        (text for side, text in zip(found.sides, values, strict=True) if side.event == found.shown),
        values[-1],
    )
    distinct = list(dict.fromkeys(values))
    if len(distinct) < 2:
        return _CONFLICT.say("alike", field=capital(field_words(found.field)), n=n)
    sides = listed(distinct)
    return _CONFLICT.say("field", field=capital(field_words(found.field)), sides=sides, shown=shown)


def value_words(field: str, value: Any) -> str:
    """A field's value as people write it: 28/4/2026, qua bưu chính, 8.000 đ, “Trần Văn Bình”."""
    if value is None or value == "":
        return _PARTS.say("counter" if field == "holder" else "empty")
    with suppress(KeyError, ValueError, TypeError, AttributeError):
        return _VALUES.get(field, _quoted)(value)
    return _quoted(value)


def _side(field: str, value: Any) -> str:
    is_money = field in OF_MONEY and isinstance(value, int)
    return dates.money(value) if is_money else value_words(field, value)


def _said(name: str, payload: Payload) -> str:
    variant, more = _MORE[name](payload) if name in _MORE else (name, {})
    facts: dict[str, object] = {}
    for key, value in payload.items():
        with suppress(KeyError, ValueError, TypeError, AttributeError):
            shown = _FACTS[key](value) if key in _FACTS else value
            if isinstance(shown, str | int) and not isinstance(shown, bool):
                facts[key] = shown
    return _ends_once(STORY.say(variant, **facts | more))


def _took_back(entry: Entry, payload: Payload) -> str:
    """What an act says that took back acts of one kind; "" for any other."""
    (kind,) = {one.name for one in entry.undid} if len({one.name for one in entry.undid}) == 1 else ("",)
    if f"voided-{kind}" not in STORY:
        return ""
    sums = [one.payload["amount"] for one in entry.undid if one.payload and "amount" in one.payload]
    return _ends_once(STORY.say(f"voided-{kind}", amount=dates.money(sum(sums)), reason=payload["reason"]))


def _ends_once(said: str) -> str:
    return said.rstrip(".") + "."


_Said = tuple[str, dict[str, object]]  # the key in STORY, and facts that the payload does not name itself


def _received(payload: Payload) -> _Said:
    papers = len(payload.get("components", ()))
    who = payload.get("submitter", {}).get("name")
    return "received" if papers else "received-nothing", {"n": papers, "who": who, **_exempt(payload)}


def _exempt(payload: Payload) -> dict[str, object]:
    return {"exempt": exempt_words(payload.get("fee", {}))}


def _part(payload: Payload) -> dict[str, object]:
    return {"part": f"{payload['part']}/{payload['parts']}" if payload["parts"] > 1 else ""}


def _changes(payload: Payload, how: str = "to") -> dict[str, object]:
    changed = []
    for name, value in payload["set"].items():
        if value is None:
            changed.append(_PARTS.say("cleared", field=field_words(name)))
        elif name not in ("reception", "return", "promise"):
            changed.append(_PARTS.say(how, field=field_words(name), value=value_words(name, value)))
    return {"changes": listed(changed)}


def _paid(payload: Payload) -> str:
    if payload["amount"]:
        return "paid-resumes" if payload.get("resumes") else "paid"
    return "paid-elsewhere" if payload.get("statement") else "paid-up"


def _voided(payload: Payload) -> _Said:
    events = payload.get("events") or ()
    whole = payload["set"].get("state") == State.VOIDED
    if events and list(payload["set"]) == ["holder"]:
        return "voided-hand-over", {"back": payload["set"]["holder"] or _PARTS.say("counter")}
    return ("voided", {}) if whole or not events else ("voided-some", {"n": len(events)})


def _called(payload: Payload) -> _Said:
    known = f"called-{payload['outcome']}"
    if known == "called-told" and not payload.get("to"):
        return known, {"to": _PARTS.say("somebody")}
    return (known if known in STORY else "called"), {}


def _attached(payload: Payload) -> _Said:
    if payload["component"] == RESULT:
        return "attached-result", {}
    known = f"attached-{payload.get('way')}"
    return (known if known in STORY else "attached"), {}


def _officer(payload: Payload) -> _Said:
    known, about = payload["set"], []
    if "name" in known:
        about.append(str(known["name"]))
    if known.get("role") in ROLES:
        about.append(ROLES.say(known["role"]))
    if known.get("pin"):
        about.append(_PARTS.say("pin"))
    if known.get("active") is False:
        about.append(_PARTS.say("locked"))
    return "officer_set", {"about": ", ".join(about)}


def _lost(payload: Payload) -> dict[str, object]:
    return {"lost": _PARTS.say("lost")} if payload.get("receipt_lost") else {}


def _passed_on(payload: Payload) -> _Said:
    known, due = f"passed_on-{payload.get('by')}", payload.get("due")
    when = {"by_when": _moment_of(due)} if due else {}
    return known if known in STORY else "passed_on", {"due": "", **when}


def _taken_over(payload: Payload) -> _Said:
    return "taken_over-unannounced" if payload.get("unannounced") else "taken_over", {}


def _printed(payload: Payload) -> _Said:
    again = payload["copy"] > 1
    if payload.get("signed_by"):
        return "printed-signed", {"again": payload["copy"] if again else ""}
    return "printed-again" if again else "printed", {}


def _finished(payload: Payload) -> _Said:
    if payload.get("at_once"):
        what = payload.get("what") or payload.get("result")
        return "finished-at-once", {"what": what, "amounts": amounts_words(payload)}
    return ("finished-negative" if payload.get("negative") else "finished"), {}


def _pad(payload: Payload) -> dict[str, object]:
    codes = payload["codes"]
    return {"n": len(codes), "first": codes[0], "last": codes[-1]} if codes else {"n": 0}


def _issued(payload: Payload) -> _Said:
    known = f"issued-{payload['what']}" if payload["parts"] else "issued-nothing"
    return known if known in STORY else "issued", {}


_MORE: dict[str, Callable[[Payload], _Said]] = {
    "received": _received,
    "registered": lambda p: ("registered", _exempt(p)),
    "printed": _printed,
    "finished": _finished,
    "passed_on": _passed_on,
    "taken_over": _taken_over,
    "returned": lambda p: ("returned", _lost(p)),
    "returned_partly": lambda p: ("returned_partly", _lost(p)),
    "paid": lambda p: (_paid(p), {}),
    "extended": lambda p: ("extended-late" if p.get("late") else "extended", {}),
    "stopped": lambda p: (known if (known := f"stopped-{p.get('cause')}") in STORY else "stopped", {}),
    "attached": _attached,
    "called": _called,
    "noted": lambda p: ("noted-to" if p.get("to") else "noted", {}),
    "corrected": lambda p: ("corrected", _changes(p)),
    "resolved": lambda p: ("resolved", _changes(p, "is")),
    "voided": _voided,
    "officer_set": _officer,
    "issued": _issued,
    "ordered": lambda p: (known if (known := f"ordered-{p['order']}") in STORY else "ordered", {}),
    "slips_printed": lambda p: ("slips_printed", _pad(p)),
    "fees_adopted": lambda p: ("fees_adopted", _part(p)),
    "catalogue_adopted": lambda p: ("catalogue_adopted", {"n": p["count"]}),
    **BOOK_MORE,
}


def _quoted(value: Any) -> str:
    return _PARTS.say("other") if isinstance(value, dict | list | tuple) else f"“{value}”"


def _day_of(text: str) -> str:
    return dates.day(datetime.fromisoformat(text).date())


def _moment_of(text: str) -> str:
    return dates.moment(datetime.fromisoformat(text))


def _born(text: str) -> str:
    return "/".join(str(int(part)) for part in reversed(text.split("-")))


def _papers(components: Any) -> str:
    return _PARTS.say("papers", n=len(components))


def _fee(fee: Payload) -> str:
    return _PARTS.say("free") if fee["amount"] == 0 else dates.money(fee["amount"])


# Facts of payloads that are no plain text.
_FACTS: dict[str, Callable[[Any], object]] = {
    "due": _day_of,
    "until": _day_of,
    "at": _moment_of,
    **dict.fromkeys(("frm", "to"), lambda said: _moment_of(said) if _is_moment(said) else said),
    "on": lambda text: dates.day(date.fromisoformat(text)),
    "since": lambda text: dates.day(date.fromisoformat(text)),
    "amount": dates.money,
    "counted": dates.money,
    "expected": dates.money,
    **dict.fromkeys(("cash", "transfer", "portal"), dates.money),
    "day": lambda text: dates.day(date.fromisoformat(text)),
    "dated": lambda text: dates.day(date.fromisoformat(text)),
    "form": lambda form: FORMS.say(form) if form in FORMS else form,
    "needs": lambda needs: "; ".join(needs),
    "given": lambda given: "; ".join(given),
    "left": lambda left: "; ".join(left),
    "method": lambda method: METHODS.say(method) if method in set(Method) else method,
    "relation": lambda relation: RELATIONS.say(relation) if relation in set(Relation) else relation,
}
_VALUES: dict[str, Callable[[Any], str]] = {
    "state": lambda value: f"“{STATES.say(value)}”",
    "due": _day_of,
    "received_at": _moment_of,
    "return_by": lambda value: RETURN_BY.say(value),
    "channel": lambda value: CHANNELS.say(value),
    "components": _papers,
    "fee": _fee,
    "needs": lambda needs: "; ".join(needs),
    "sets": str,
    "open": lambda value: _PARTS.say("open" if value else "ended"),
    "applicant.kind": lambda value: PARTY_KINDS.say(value),
    "submitter.kind": lambda value: PARTY_KINDS.say(value),
    "applicant.birth_date": _born,
    "submitter.birth_date": _born,
}


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def component_words(component: Mapping[str, Any]) -> str:
    """`Tờ khai – bản chính, 1`."""
    kind = component.get("kind", "")
    said = PAPER_KINDS.say(kind) if kind in PAPER_KINDS else kind
    return f"{component.get('name', '')} – {said}, {component.get('count', 1)}"
