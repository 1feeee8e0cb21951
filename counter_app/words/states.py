"""States, roles, forms of paper and other closed lists, as an officer calls them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from counter_app.domain.calendar import Rest
from counter_app.domain.citizen import Warning
from counter_app.domain.collecting import Relation
from counter_app.domain.commune import Role
from counter_app.domain.lifecycle import State
from counter_app.domain.limits import Unit
from counter_app.domain.payments import Method
from counter_app.domain.procedures import PaperKind
from counter_app.domain.rights import Right, who_may
from counter_app.words import dates
from counter_app.words.language import Words, listed

STATES = Words(
    {
        State.REGISTERED: "mới đăng ký, chưa tiếp nhận",
        State.RECEIVED: "đã tiếp nhận",
        State.REFUSED: "từ chối tiếp nhận",
        State.PROCESSING: "đang giải quyết",
        State.WAITING_SUPPLEMENT: "chờ bổ sung giấy tờ",
        State.WAITING_PAYMENT: "chờ nộp phí, lệ phí",
        State.WITHDRAWN: "người nộp đã rút hồ sơ",
        State.STOPPED: "dừng giải quyết",
        State.FINISHED: "đã có kết quả, chờ trả",
        State.RETURNED: "đã trả kết quả",
        State.VOIDED: "đã hủy vì nhập nhầm",
    }
)

# The list of the national public service portal (TT 03/2025/TT-VPCP).
NATIONAL_STATUSES = Words(
    {
        1: "Mới đăng ký",
        2: "Được tiếp nhận",
        3: "Không được tiếp nhận",
        4: "Đang xử lý",
        5: "Yêu cầu bổ sung giấy tờ",
        6: "Yêu cầu thực hiện nghĩa vụ tài chính",
        7: "Công dân yêu cầu rút hồ sơ",
        8: "Dừng xử lý",
        9: "Đã xử lý xong",
        10: "Đã trả kết quả",
    }
)

ROLES = Words(
    {
        Role.OFFICER: "công chức Một cửa",
        Role.HEAD: "phụ trách Một cửa",
        Role.CASHIER: "người thu phí",
        Role.ADMINISTRATOR: "quản trị",
        Role.READER: "người chỉ xem",
    }
)

_ONLY = Words({"only": "Chỉ {who} được làm việc này."})


def only_for(right: Right) -> str:
    """Why a key is out of reach: "Chỉ phụ trách Một cửa và quản trị được làm việc này."."""
    return _ONLY.say("only", who=listed([ROLES.say(role) for role in who_may(right)]))


PAPER_KINDS = Words(
    {
        PaperKind.ORIGINAL: "bản chính",
        PaperKind.CERTIFIED: "bản chứng thực",
        PaperKind.COPY: "bản sao",
        PaperKind.ELECTRONIC: "bản điện tử",
        PaperKind.SHOWN: "xuất trình",
    }
)


def paper_kind_words(kind: str) -> str:
    """`bản chính`; a kind of a later version as it is written."""
    return PAPER_KINDS.say(PaperKind(kind)) if kind in set(PaperKind) else kind


CHANNELS = Words(
    {
        "counter": "nộp tại quầy",
        "home": "nhận hồ sơ tại nhà",
        "post": "gửi qua bưu chính",
        "online": "nộp trực tuyến",
    }
)

METHODS = Words(
    {
        Method.CASH: "tiền mặt",
        Method.TRANSFER: "chuyển khoản",
        Method.PORTAL: "trực tuyến trên Cổng dịch vụ công",
    }
)
SHORT_METHODS = Words({Method.CASH: "tiền mặt", Method.TRANSFER: "chuyển khoản", Method.PORTAL: "trên Cổng"})
"""Where a column has little room."""

RETURN_BY = Words({"counter": "tại quầy", "home": "tại nhà", "post": "qua bưu chính"})

PARTY_KINDS = Words({"person": "cá nhân", "org": "tổ chức"})

UNITS = Words(
    {
        Unit.HOUR: "giờ làm việc",
        Unit.WORKING_DAY: "ngày làm việc",
        Unit.DAY: "ngày",
        Unit.MONTH: "tháng",
        Unit.SAME_DAY: "trong ngày",
    }
)

RESTS = Words(
    {
        Rest.WEEKEND: "cuối tuần",
        Rest.HOLIDAY: "nghỉ lễ",
        Rest.COMPENSATORY: "nghỉ bù",
        Rest.SWAPPED_OFF: "nghỉ hoán đổi",
    }
)

# Whom the owner of a dossier may send without a certified authorisation (hộ tịch).
RELATIONS = Words(
    {
        Relation.GRANDPARENT: "ông bà",
        Relation.PARENT: "cha mẹ",
        Relation.CHILD: "con",
        Relation.SPOUSE: "vợ chồng",
        Relation.SIBLING: "anh chị em ruột",
    }
)

# The paper of one who collects for another; a dossier keeps it in Vietnamese.
AUTHORITIES = Words(
    {
        "authorisation": "giấy ủy quyền",
        "contract": "hợp đồng ủy quyền",
        "introduction": "giấy giới thiệu",
    }
)

# What each act is called in "không … được" and "chỉ … khi".
ACTS = Words(
    {
        "received": "tiếp nhận",
        "registered": "đăng ký",
        "accepted": "tiếp nhận",
        "printed": "in giấy",
        "spoiled": "ghi giấy hỏng",
        "paid": "thu phí",
        "refunded": "hoàn phí",
        "original_taken": "giữ bản chính",
        "original_returned": "trả lại bản chính",
        "resubmitted": "nhận giấy tờ bổ sung",
        "passed_on": "bàn giao",
        "taken_over": "ghi nhận bàn giao",
        "returned": "trả kết quả",
        "returned_partly": "trả một phần kết quả",
        "collection_failed": "ghi lần trả không thành",
        "called": "ghi cuộc gọi",
        "attached": "đính kèm bản chụp",
        "erased": "xóa nội dung theo quy định",
        "refused": "từ chối",
        "step_taken": "ghi bước giải quyết",
        "assigned": "phân công",
        "supplement_requested": "yêu cầu bổ sung",
        "payment_requested": "yêu cầu nộp phí",
        "extended": "gia hạn",
        "withdrawn": "cho rút",
        "stopped": "dừng giải quyết",
        "finished": "ghi là xong",
        "noted": "ghi chú",
        "corrected": "sửa",
        "voided": "hủy",
        "resolved": "chọn bên đúng",
        "cash_counted": "đếm két",
        "day_closed": "chốt ngày",
        "surveyed": "nhập phiếu khảo sát",
        "survey_voided": "rút lại phiếu khảo sát",
        "petition_received": "nhận phản ánh",
        "petition_assigned": "giao phản ánh",
        "petition_asked": "yêu cầu bổ sung phản ánh",
        "petition_supplied": "nhận bổ sung phản ánh",
        "petition_refused": "từ chối phản ánh",
        "petition_answered": "trả lời phản ánh",
        "petition_published": "công khai phản ánh",
        "petition_voided": "hủy phản ánh",
        "petition_printed": "in giấy phản ánh",
        "petition_settled": "chọn bên đúng",
    }
)

_WARNINGS = Words(
    {
        "number-not-marked": (
            "Hồ sơ đã lưu, nhưng số vừa cấp chưa ghi được vào tệp phụ; hãy dọn bớt đĩa rồi sao lưu kho."
        ),
        "slip-unknown": (
            "Máy này chưa biết phiếu mang số ấy; hãy so lại số trên phiếu, có thể phiếu do máy khác in."
        ),
        "slip-declared-unused": (
            "Phiếu này đã ghi là không dùng[ ({reason})]; hãy xem lại, hồ sơ vẫn được nhận theo phiếu."
        ),
        "old-number": "Đây là số CMND cũ; hãy hỏi số căn cước 12 chữ số, nếu không có thì vẫn nhận được.",
        "unknown-province": "Số định danh bắt đầu bằng {prefix}, không phải mã tỉnh nào; hãy so lại với thẻ.",
        "birth-year-differs": "Năm sinh ghi {given}, còn theo số định danh là {number}; hãy so lại với thẻ.",
        "sex-differs": "Giới tính ghi {given}, còn theo số định danh là {number}; hãy so lại với thẻ.",
        "foreign-paper": "Đây là số hộ chiếu; hãy xem người nộp đã có số định danh chưa.",
        "other-paper": "Đây không phải số căn cước 12 chữ số; hãy so lại với giấy tờ mà người nhận đưa ra.",
        "no-tax-code": "Tổ chức này chưa có mã số thuế; hãy hỏi thêm nếu có.",
        "no-contact": "Chưa có cách liên hệ; hãy hỏi số điện thoại, hoặc nhờ được ai nhắn giúp.",
        "name-mangled": (
            "Tên trên thẻ bị mất dấu khi quét[, có lẽ là “{proposed}”]; hãy sửa cho đúng như trên thẻ."
        ),
        "date-unreadable": "Không đọc được {field} “{text}” khi quét thẻ; hãy gõ lại theo thẻ.",
        "sex-unreadable": "Không đọc được giới tính “{text}” khi quét thẻ; hãy chọn lại theo thẻ.",
        "more-than-owed": "Thu {amount} mà chỉ còn phải nộp {left}; nếu ghi nhầm, hãy rút lại khoản này.",
        "exempt-unproven": "Bảng phí không có diện “{group}”; hãy xem giấy chứng minh, ghi số của giấy.",
        "fee-off-rule": "Phí ghi {amount}, theo mức công bố là {by_rule}; hãy xem lại, giảm thì ghi lý do.",
        "receipt-of-another": "Biên lai {receipt} đã ghi ở hồ sơ {other}; hãy xem lại số biên lai.",
        "day-closed": "Ngày {day} đã chốt sổ ở máy này; hãy chốt lại, có tiền mặt thì đếm lại két.",
        "day-counted": "Két ngày {day} đã đếm trước khoản này; hãy đếm lại.",
        "calendar-missing": (
            "Chưa có lịch nghỉ năm {years}, ngày hẹn chỉ trừ cuối tuần, lễ cố định; hãy xem kỹ rồi xác nhận."
        ),
    }
)
OF_MONEY: Final = frozenset({"day-closed", "day-counted"})
"""Warnings of money on a day that is closed, or whose drawer is counted: nobody saw them before the act."""
_CARD_DATES = Words({"birth_date": "ngày sinh", "issued": "ngày cấp"})
_STRANGE = Words({"warning": "Có điều cần xem lại trước khi lưu ({code})."})


def state_words(state: State) -> str:
    """`chờ bổ sung giấy tờ`."""
    return STATES.say(state)


def warning_words(warning: Warning | Mapping[str, Any]) -> str:
    """One sentence: what looks wrong, and what to do. An event's payload carries it as a mapping."""
    if isinstance(warning, Warning):
        warning = {"code": warning.code, **warning.facts}
    facts = dict(warning)
    code = str(facts.pop("code", ""))
    if code not in _WARNINGS:
        return _STRANGE.say("warning", code=code)
    if isinstance(facts.get("years"), list | tuple):
        facts["years"] = listed([str(year) for year in facts["years"]])
    facts |= {n: dates.money(int(facts[n])) for n in ("amount", "by_rule", "left") if n in facts}
    if isinstance(facts.get("day"), str):
        facts["day"] = dates.day(date.fromisoformat(facts["day"]))
    if facts.get("field") in _CARD_DATES:
        facts["field"] = _CARD_DATES.say(facts["field"])
    return _WARNINGS.say(code, **facts)


def fee_words(amount: int | None, paid: bool) -> str:
    """`8.000 đ, đã thu`."""
    if amount is None:
        return _FEES.say("unknown")
    if amount == 0:
        return _FEES.say("free")
    return _FEES.say("paid" if paid else "unpaid", amount=dates.money(amount))


_FEES = Words(
    {
        "unknown": "chưa rõ mức phí",
        "free": "không phải nộp",
        "paid": "{amount}, đã thu",
        "unpaid": "{amount}, chưa thu",
    }
)
