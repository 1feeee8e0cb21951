"""The acts that a dossier's story offers: their words, keys, the fields that each needs, and what they do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from counter_app.desk.widgets.call_acts import CALL, REMIND
from counter_app.desk.widgets.ending_acts import ENDING, REASON
from counter_app.desk.widgets.speech import QT_TRANSLATE_NOOP
from counter_app.desk.widgets.story_act import Ask, Doing, StoryAct, read_day
from counter_app.desk.widgets.take_back_act import TAKE_BACK
from counter_app.domain.citizen import Warning
from counter_app.domain.collecting import Collector
from counter_app.domain.dossier import Dossier
from counter_app.domain.letters import letters_of, owed
from counter_app.domain.lifecycle import FRUITLESS, OPEN, PAUSED, State
from counter_app.domain.names import clean_line
from counter_app.domain.payments import Method, read_amount
from counter_app.services import acts, handover, mending, money, records
from counter_app.words.language import capital
from counter_app.words.story import FORMS


def _hand_over(doing: Doing) -> None:
    office, session, named = doing.here
    who = Collector.read(doing["to"], doing["id_number"], doing["authority"])
    handover.hand_over(office, session, [named], who, asks_paper=True)


def unpaid(dossier: Dossier) -> int:
    """Đồng still owed, as far as the fee is known."""
    return dossier.unpaid


def _given_too_much(dossier: Dossier) -> int:
    """What to give back: what is beyond the fee, or all of it where nothing was done for it."""
    return dossier.paid if dossier.state in FRUITLESS else dossier.overpaid


def _pay(doing: Doing) -> list[Warning]:
    return money.pay(
        *doing.here,
        read_amount(doing["amount"]),
        method=doing["method"],
        receipt=doing["receipt"],
        reference=doing["reference"],
        reason=doing["reason"],
        asks=True,
    )


def _refund(doing: Doing) -> list[Warning]:
    amount, reason = read_amount(doing["amount"]), doing["reason"]
    return money.refund(*doing.here, amount, reason, method=doing["method"], receipt=doing["receipt"])


def _to_pay(dossier: Dossier) -> int:
    return dossier.charged if dossier.state is State.WAITING_PAYMENT else dossier.unpaid


def _party(name: str) -> Callable[[Dossier], str]:
    return lambda dossier: str(dossier.party().get(name, ""))


def _correct(doing: Doing) -> None:
    before = doing.dossier.party()
    changes = {
        name: typed
        for name, typed in doing.values.items()
        if name != "reason" and clean_line(typed) != before.get(name.partition(".")[2], "")
    }
    mending.correct(*doing.here, changes, doing["reason"])


_METHOD: Final = Ask(
    "method",
    QT_TRANSLATE_NOOP("StoryActs", "Bằng cách nào"),
    given=lambda dossier: Method.CASH.value,
    choices=(
        (Method.CASH.value, QT_TRANSLATE_NOOP("StoryActs", "Tiền mặt")),
        (Method.TRANSFER.value, QT_TRANSLATE_NOOP("StoryActs", "Chuyển khoản")),
        (Method.PORTAL.value, QT_TRANSLATE_NOOP("StoryActs", "Cổng dịch vụ công")),
    ),
    aside=True,
)
_RECEIPT: Final = Ask(
    "receipt",
    QT_TRANSLATE_NOOP("StoryActs", "Số biên lai của hệ thống thuế (nếu có)"),
    "AA-26E 0001234",
    aside=True,
)
_REFERENCE: Final = Ask(
    "reference",
    QT_TRANSLATE_NOOP("StoryActs", "Số tham chiếu của lần chuyển (nếu có)"),
    "FT26333012345",
    aside=True,
)

_SECOND_REQUEST: Final = QT_TRANSLATE_NOOP(
    "StoryActs", "Hồ sơ này đã yêu cầu bổ sung rồi: yêu cầu lần nữa thì bị tính là trễ hạn."
)
_LATE_APOLOGY: Final = QT_TRANSLATE_NOOP(
    "StoryActs", "Đã quá ngày hẹn: lời xin lỗi đến muộn, hồ sơ vẫn tính là trễ hạn."
)
EXTEND: Final = StoryAct(
    "extended",
    QT_TRANSLATE_NOOP("StoryActs", "Hẹn lại"),
    "Ctrl+H",
    (Ask("until", QT_TRANSLATE_NOOP("StoryActs", "Ngày hẹn mới"), "28/4/2026"), REASON),
    lambda doing: acts.extend(*doing.here, read_day(doing["until"], doing.today, "until"), doing["reason"]),
    QT_TRANSLATE_NOOP("StoryActs", "Đã ghi ngày hẹn mới."),
    warns=lambda dossier, late: _LATE_APOLOGY if late else "",
)


def _papers(dossier: Dossier) -> tuple[tuple[str, str], ...]:
    """The papers that there are of the dossier, by their forms."""
    own = ("receipt",) if dossier.due is not None else ()
    return tuple((form, capital(FORMS.say(form))) for form in (*own, *letters_of(dossier), "control"))


PRINT: Final = StoryAct(
    "printed",
    QT_TRANSLATE_NOOP("StoryActs", "In giấy tờ"),
    "Ctrl+P",
    (
        Ask(
            "paper",
            QT_TRANSLATE_NOOP("StoryActs", "In giấy nào"),
            given=lambda dossier: owed(dossier) or _papers(dossier)[0][0],
            choices_of=_papers,
        ),
        Ask(
            "reprint",
            QT_TRANSLATE_NOOP("StoryActs", "Lý do in lại"),
            QT_TRANSLATE_NOOP("StoryActs", "Alt+số chọn giấy; in lần đầu thì để trống"),
        ),
    ),
    lambda doing: None,  # the view prints: the paper goes through a lane of its own
    QT_TRANSLATE_NOOP("StoryActs", "Đã gửi giấy đi in."),
    go=QT_TRANSLATE_NOOP("StoryActs", "In"),
)
ACCEPT: Final = StoryAct(
    "accepted",
    QT_TRANSLATE_NOOP("StoryActs", "Tiếp nhận"),
    "Ctrl+Return",
    (),
    lambda doing: acts.accept(*doing.here),
    QT_TRANSLATE_NOOP("StoryActs", "Đã ghi: tiếp nhận, đồng hồ bắt đầu chạy."),
)
ACTS: Final = (
    ACCEPT,
    StoryAct(
        "finished",
        QT_TRANSLATE_NOOP("StoryActs", "Đã có kết quả"),
        "Ctrl+Return",
        (Ask("result", QT_TRANSLATE_NOOP("StoryActs", "Kết quả là gì (không bắt buộc)")),),
        lambda doing: acts.finish(*doing.here, doing["result"]),
        QT_TRANSLATE_NOOP("StoryActs", "Đã ghi: có kết quả, chờ trả."),
    ),
    StoryAct(
        "returned",
        QT_TRANSLATE_NOOP("StoryActs", "Trả kết quả"),
        "Ctrl+Return",
        (
            Ask("to", QT_TRANSLATE_NOOP("StoryActs", "Người nhận"), given=_party("name")),
            Ask("id_number", QT_TRANSLATE_NOOP("StoryActs", "Số căn cước, hộ chiếu (nếu nhận thay)")),
            Ask("authority", QT_TRANSLATE_NOOP("StoryActs", "Giấy ủy quyền (nếu nhận thay)")),
        ),
        _hand_over,
        QT_TRANSLATE_NOOP("StoryActs", "Đã ghi: trả kết quả."),
    ),
    StoryAct(
        "resubmitted",
        QT_TRANSLATE_NOOP("StoryActs", "Đã nhận bổ sung"),
        "Ctrl+Return",
        (),
        lambda doing: acts.resubmit(*doing.here),
        QT_TRANSLATE_NOOP("StoryActs", "Đã ghi: nhận giấy tờ bổ sung, đồng hồ chạy tiếp."),
    ),
    StoryAct(
        "collection_failed",
        QT_TRANSLATE_NOOP("StoryActs", "Trả chưa được"),
        "Ctrl+Shift+C",
        (REASON,),
        lambda doing: acts.collection_failed(*doing.here, doing["reason"]),
        QT_TRANSLATE_NOOP("StoryActs", "Đã ghi: chưa trả được kết quả."),
    ),
    StoryAct(
        "paid",
        QT_TRANSLATE_NOOP("StoryActs", "Thu lệ phí"),
        "Ctrl+L",
        (
            Ask(
                "amount",
                QT_TRANSLATE_NOOP("StoryActs", "Số tiền (đồng)"),
                given=lambda dossier: str(_to_pay(dossier) or ""),
            ),
            _METHOD,
            _RECEIPT,
            _REFERENCE,
            Ask(
                "reason",
                QT_TRANSLATE_NOOP("StoryActs", "Vì sao thu nhiều hơn số phải nộp"),
                if_refused=True,
            ),
        ),
        _pay,
        QT_TRANSLATE_NOOP("StoryActs", "Đã ghi: thu lệ phí."),
        lambda dossier: (
            dossier.state in OPEN | {State.FINISHED} and (dossier.owed is None or _to_pay(dossier) > 0)
        ),
    ),
    StoryAct(
        "refunded",
        QT_TRANSLATE_NOOP("StoryActs", "Hoàn lệ phí"),
        "Ctrl+Shift+U",
        (
            Ask(
                "amount",
                QT_TRANSLATE_NOOP("StoryActs", "Số tiền hoàn (đồng)"),
                given=lambda dossier: str(_given_too_much(dossier) or ""),
            ),
            REASON,
            _METHOD,
            _RECEIPT,
        ),
        _refund,
        QT_TRANSLATE_NOOP("StoryActs", "Đã ghi: hoàn lệ phí."),
        lambda dossier: dossier.paid > 0,
    ),
    StoryAct(
        "step_taken",
        QT_TRANSLATE_NOOP("StoryActs", "Giao giải quyết"),
        "Ctrl+G",
        (
            Ask("step", QT_TRANSLATE_NOOP("StoryActs", "Bước"), QT_TRANSLATE_NOOP("StoryActs", "thẩm tra")),
            Ask("holder", QT_TRANSLATE_NOOP("StoryActs", "Ai giải quyết")),
        ),
        lambda doing: acts.process(*doing.here, doing["step"], doing["holder"]),
        QT_TRANSLATE_NOOP("StoryActs", "Đã ghi bước giải quyết."),
    ),
    StoryAct(
        "supplement_requested",
        QT_TRANSLATE_NOOP("StoryActs", "Yêu cầu bổ sung"),
        "Ctrl+B",
        (
            Ask(
                "need",
                QT_TRANSLATE_NOOP("StoryActs", "Giấy tờ còn thiếu, cách nhau bằng dấu ;"),
                QT_TRANSLATE_NOOP("StoryActs", "giấy chứng sinh; bản sao hộ khẩu cũ"),
            ),
            REASON,
        ),
        lambda doing: acts.ask_supplement(*doing.here, doing["need"].split(";"), doing["reason"]),
        QT_TRANSLATE_NOOP("StoryActs", "Đã ghi: yêu cầu bổ sung, đồng hồ dừng."),
        warns=lambda dossier, late: _SECOND_REQUEST if dossier.supplements else "",
    ),
    StoryAct(
        "payment_requested",
        QT_TRANSLATE_NOOP("StoryActs", "Yêu cầu nộp phí"),
        "Ctrl+Shift+F",
        (
            Ask(
                "amount",
                QT_TRANSLATE_NOOP("StoryActs", "Số tiền (đồng)"),
                given=lambda dossier: str(unpaid(dossier) or ""),
            ),
        ),
        lambda doing: acts.charge(*doing.here, read_amount(doing["amount"])),
        QT_TRANSLATE_NOOP("StoryActs", "Đã ghi: chờ nộp phí, đồng hồ dừng."),
    ),
    EXTEND,
    CALL,
    REMIND,
    StoryAct(
        "corrected",
        QT_TRANSLATE_NOOP("StoryActs", "Sửa thông tin"),
        "Ctrl+S",
        (
            Ask("applicant.name", QT_TRANSLATE_NOOP("StoryActs", "Tên người nộp"), given=_party("name")),
            Ask("applicant.phone", QT_TRANSLATE_NOOP("StoryActs", "Điện thoại"), given=_party("phone")),
            Ask("reason", QT_TRANSLATE_NOOP("StoryActs", "Lý do sửa")),
        ),
        _correct,
        QT_TRANSLATE_NOOP("StoryActs", "Đã sửa; nội dung cũ vẫn còn trong hồ sơ."),
    ),
    PRINT,
    StoryAct(
        "label",
        QT_TRANSLATE_NOOP("StoryActs", "In nhãn"),
        "Ctrl+U",
        (),
        lambda doing: None,  # printed as a receipt is
        QT_TRANSLATE_NOOP("StoryActs", "Đã gửi nhãn hồ sơ đi in."),
        lambda dossier: dossier.due is not None,
    ),
    StoryAct(
        "copied",
        QT_TRANSLATE_NOOP("StoryActs", "Chép cho phần mềm khác"),
        "Ctrl+Shift+Y",
        (
            Ask(
                "to",
                QT_TRANSLATE_NOOP("StoryActs", "Phần mềm nào"),
                given=lambda dossier: records.NATIONAL,
                choices=(
                    (records.NATIONAL, QT_TRANSLATE_NOOP("StoryActs", "Trường dùng chung quốc gia")),
                    ("justice", QT_TRANSLATE_NOOP("StoryActs", "Hộ tịch")),
                ),
            ),
        ),
        lambda doing: None,  # read as a story is, and put on the clipboard by the window
        QT_TRANSLATE_NOOP("StoryActs", "Đã chép hồ sơ, mỗi mục một dòng: sang phần mềm kia rồi dán."),
        go=QT_TRANSLATE_NOOP("StoryActs", "Chép"),
    ),
    *ENDING,
    TAKE_BACK,
)
BY_KIND: Final = {act.kind: act for act in reversed(ACTS)}  # of two, the ordinary one, which stands first


@dataclass(frozen=True)
class Next:
    """What the dossier waits for: a sentence, and the act that answers it ("" where the desk has none)."""

    words: str
    kind: str = ""


_NEXT: Final = {
    State.REGISTERED: Next(
        QT_TRANSLATE_NOOP("StoryActs", "đủ giấy thì tiếp nhận; thiếu giấy thì yêu cầu bổ sung."), "accepted"
    ),
    State.WAITING_SUPPLEMENT: Next(
        QT_TRANSLATE_NOOP("StoryActs", "gọi người dân nộp bổ sung; đồng hồ đang dừng."), "resubmitted"
    ),
    State.WAITING_PAYMENT: Next(
        QT_TRANSLATE_NOOP("StoryActs", "mời người dân nộp phí, lệ phí; đồng hồ đang dừng."), "paid"
    ),
    State.FINISHED: Next(QT_TRANSLATE_NOOP("StoryActs", "mời người dân đến nhận kết quả."), "returned"),
}
_ON_RECEIPT: Final = Next(
    QT_TRANSLATE_NOOP(
        "StoryActs", "đồng bộ để có phần tiếp nhận; kết quả đã ở đây thì trả được, ghi số giấy tờ người nhận."
    ),
    "returned",
)
_LATE: Final = Next(
    QT_TRANSLATE_NOOP("StoryActs", "xin lỗi người dân, hẹn ngày mới và ghi lý do."), "extended"
)
_WORK: Final = Next(
    QT_TRANSLATE_NOOP("StoryActs", "giải quyết; có kết quả thì ghi ngay để mời người dân."), "finished"
)


_LATE_AGAIN: Final = Next(
    QT_TRANSLATE_NOOP(
        "StoryActs", "đã trễ và đã hẹn lại: giải quyết ngay; có kết quả thì ghi để mời người dân."
    ),
    "finished",
)


def next_of(dossier: Dossier, late: bool, most_extensions: int) -> Next | None:
    """The next act; None for a dossier that has ended. No new date is offered beyond the commune's most."""
    if dossier.held:
        return _ON_RECEIPT if dossier.on_receipt else None
    if dossier.acts_as in _NEXT:
        return _NEXT[dossier.acts_as]
    if dossier.acts_as not in OPEN - PAUSED:
        return None
    if not late:
        return _WORK
    return _LATE if dossier.extensions < most_extensions else _LATE_AGAIN
