"""Every event of a dossier is told in one plain sentence, whatever became of it."""

from __future__ import annotations

from typing import Any

import pytest

from counter_app.domain import kinds
from counter_app.domain.dossier import Dossier
from counter_app.domain.events import Absent, Event
from counter_app.domain.fold import fold
from counter_app.domain.kinds import CORRECTABLE, KINDS
from counter_app.domain.shapes import Record, Shape
from counter_app.words.fields import field_label, field_words
from counter_app.words.story import STORY, conflict, tell
from tests.domain.acts import DOSSIER, RECEPTION, Machine, machine, pair

DUE = "2026-04-28T17:00:00+07:00"
PAPERS = [
    {"name": "Tờ khai", "kind": "original", "count": 1},
    {"name": "Giấy chứng sinh", "kind": "copy", "count": 1},
]


def _folded(*machines: Machine) -> Dossier:
    return fold(DOSSIER, [event for one in machines for event in one.known.values()])


def _told(kind: str, payload: dict[str, Any]) -> str:
    one = machine(1)
    one.write(kind, payload)
    entry = _folded(one).entries[0]
    assert entry.payload is not None, "the test's payload has the kind's shape"
    return tell(entry)


TOLD = [
    ("received", {**RECEPTION, "components": PAPERS, "due": DUE}, "Nhận đủ 2 giấy tờ, hẹn trả 28/4/2026."),
    (
        "received",
        {**RECEPTION, "components": PAPERS[:1], "due": DUE, "submitter": {"kind": "person", "name": "Lý A"}},
        "Nhận đủ 1 giấy tờ do Lý A nộp thay, hẹn trả 28/4/2026.",
    ),
    ("received", {**RECEPTION, "due": DUE}, "Tiếp nhận hồ sơ, hẹn trả 28/4/2026."),
    ("printed", {"form": "receipt", "copy": 1}, "In giấy tiếp nhận."),
    (
        "printed",
        {"form": "receipt", "copy": 2, "reason": "kẹt giấy"},
        "In lại giấy tiếp nhận, lần in thứ 2; lý do: kẹt giấy.",
    ),
    (
        "printed",
        {"form": "apology", "copy": 1, "sha256": "00", "signed_by": "Y Wang Niê"},
        "Ra văn bản xin lỗi và hẹn lại có chữ ký số của Y Wang Niê.",
    ),
    (
        "printed",
        {"form": "apology", "copy": 2, "signed_by": "Y Wang Niê", "reason": "sai ngày"},
        "Ra văn bản xin lỗi và hẹn lại có chữ ký số của Y Wang Niê, lần thứ 2; lý do: sai ngày.",
    ),
    ("printed", {"form": "apology", "copy": 1, "sha256": "00"}, "In văn bản xin lỗi và hẹn lại."),
    ("paid", {"amount": 8000}, "Thu 8.000 đ."),
    ("refunded", {"amount": 8000, "reason": "thu thừa."}, "Hoàn lại 8.000 đ; lý do: thu thừa."),
    ("original_taken", {"component": 2, "name": "Sổ đỏ"}, "Giữ bản chính giấy tờ số 2: Sổ đỏ."),
    (
        "resubmitted",
        {"components": PAPERS, "due": DUE, "promise": {}},
        "Nhận giấy tờ bổ sung, hẹn trả 28/4/2026.",
    ),
    ("passed_on", {"to": "Công an xã"}, "Bàn giao hồ sơ cho Công an xã."),
    (
        "passed_on",
        {"to": "Tư pháp", "by": "electronic", "step": "thẩm tra", "due": "2026-11-25T10:30:00+07:00"},
        "Giao trên máy cho Tư pháp, bước thẩm tra, hạn 10 giờ 30 ngày 25/11/2026.",
    ),
    ("passed_on", {"to": "Tư pháp", "by": "paper"}, "Bàn giao hồ sơ giấy cho Tư pháp."),
    ("passed_on", {"to": "Tư pháp", "by": "drone"}, "Bàn giao hồ sơ cho Tư pháp."),
    (
        "taken_over",
        {"to": "Tư pháp", "frm": "Một cửa", "signed_by": "Y Wang"},
        "Tư pháp đã nhận hồ sơ do Một cửa giao, người ký nhận: Y Wang.",
    ),
    (
        "taken_over",
        {"to": "Tư pháp", "unannounced": True},
        "Tư pháp đã nhận hồ sơ mà chưa ai ghi giao.",
    ),
    ("returned", {"to": "Y Wang"}, "Trả kết quả cho Y Wang."),
    (
        "returned",
        {"to": "Y Wang", "relation": "child", "authority": "giấy khai sinh"},
        "Trả kết quả cho Y Wang (con), theo giấy khai sinh.",
    ),
    (
        "returned_partly",
        {"to": "Y Wang", "given": ["1 bản sao", "sổ đỏ"], "left": ["2 bản sao"], "receipt_lost": True},
        "Trả một phần cho Y Wang, không còn giấy hẹn: 1 bản sao; sổ đỏ; còn lại: 2 bản sao.",
    ),
    (
        "returned",
        {"to": "Y Wang", "authority": "giấy ủy quyền 12/UQ", "receipt_lost": True},
        "Trả kết quả cho Y Wang, theo giấy ủy quyền 12/UQ, không còn giấy hẹn.",
    ),
    ("called", {"outcome": "đã báo"}, "Đã gọi điện: đã báo."),
    (
        "called",
        {"outcome": "coming", "phone": "0900000123", "on": "2026-04-28", "note": "buổi sáng"},
        "Gọi số 0900000123 được: sẽ đến ngày 28/4/2026; buổi sáng.",
    ),
    ("called", {"outcome": "coming"}, "Gọi được: sẽ đến."),
    ("called", {"outcome": "no_answer", "phone": "0900000123"}, "Gọi số 0900000123 không ai nghe máy."),
    ("called", {"outcome": "wrong_number"}, "Gọi thì nhầm số."),
    ("called", {"outcome": "told", "to": "trưởng thôn Y Wang"}, "Đã nhắn qua trưởng thôn Y Wang."),
    ("called", {"outcome": "told"}, "Đã nhắn qua người nhà hoặc trưởng thôn."),
    ("called", {"outcome": "again", "on": "2026-04-28"}, "Gọi được: hẹn gọi lại ngày 28/4/2026."),
    ("noted", {"text": "chiều nay xong"}, "Ghi chú: chiều nay xong."),
    ("noted", {"text": "chiều nay xong", "to": "Lò Văn Inh"}, "Nhắc Lò Văn Inh: chiều nay xong."),
    ("supplement_requested", {"needs": ["Tờ khai", "Ảnh"]}, "Yêu cầu bổ sung giấy tờ: Tờ khai; Ảnh."),
    (
        "extended",
        {"until": DUE, "reason": "chờ xác minh"},
        "Gia hạn, hẹn lại 28/4/2026; lý do: chờ xác minh.",
    ),
    ("finished", {}, "Đã có kết quả, chờ trả."),
    (
        "finished",
        {
            "at_once": True,
            "what": "Giấy khai sinh",
            "pages": 2,
            "copies": 3,
            "entry": 12,
            "volume": "01/2026-SCT/BS",
        },
        "Làm xong ngay: Giấy khai sinh, 2 trang, 3 bản, số 12, quyển 01/2026-SCT/BS.",
    ),
    ("finished", {"at_once": True, "result": "Giấy khai sinh"}, "Làm xong ngay: Giấy khai sinh."),
    ("finished", {"negative": True}, "Đã có kết quả không đồng ý, chờ trả."),
    (
        "finished",
        {"negative": True, "reason": "không đủ điều kiện."},
        "Đã có kết quả không đồng ý, chờ trả; lý do: không đủ điều kiện.",
    ),
    (
        "paid",
        {"amount": 8000, "resumes": True, "due": "2026-11-30T17:00:00+07:00"},
        "Thu 8.000 đ, giải quyết tiếp, hẹn trả 30/11/2026.",
    ),
    (
        "extended",
        {"until": "2026-11-30T17:00:00+07:00", "reason": "chờ xác minh", "late": True},
        "Gia hạn khi đã quá ngày hẹn, hẹn lại 30/11/2026; lý do: chờ xác minh.",
    ),
    ("stopped", {"reason": "x", "cause": "of a later version"}, "Dừng giải quyết; lý do: x."),
    (
        "stopped",
        {"reason": "đơn ngày 3/4", "cause": "requested"},
        "Dừng giải quyết theo yêu cầu của người nộp; lý do: đơn ngày 3/4.",
    ),
    (
        "corrected",
        {"set": {"applicant.phone": "0911000222", "due": DUE}, "reason": "gõ nhầm"},
        "Sửa số điện thoại của người nộp thành “0911000222” và ngày hẹn trả thành 28/4/2026; lý do: gõ nhầm.",
    ),
    (
        "corrected",
        {"set": {"applicant.email": None, "return_by": "post"}, "reason": "dân yêu cầu"},
        "Sửa thư điện tử của người nộp thành để trống và cách nhận kết quả thành qua bưu chính;"
        " lý do: dân yêu cầu.",
    ),
    (
        "voided",
        {"set": {"state": "voided"}, "reason": "nhập trùng"},
        "Đã hủy vì nhập nhầm; lý do: nhập trùng.",
    ),
    (
        "voided",
        {"set": {}, "events": ["0101010101010101:2:0000000000000000"], "reason": "bấm nhầm"},
        "Đánh dấu 1 việc là ghi nhầm; lý do: bấm nhầm.",
    ),
    (
        "clock_set",
        {"to": "2026-04-20T08:15:00+07:00", "frm": "2020-01-01T00:03:00+07:00"},
        "Chỉnh giờ của máy từ 0 giờ 03 ngày 1/1/2020 thành 8 giờ 15 ngày 20/4/2026.",
    ),
    (
        "officer_set",
        {"officer": "lan", "set": {"name": "Nông Thị Lan", "role": "officer", "pin": "$argon2id$x"}},
        "Đặt tài khoản lan: Nông Thị Lan, công chức Một cửa, mã PIN mới.",
    ),
]


@pytest.mark.parametrize(
    ("kind", "payload", "said"), TOLD, ids=[f"{n}-{k}" for n, (k, _, _) in enumerate(TOLD)]
)
def test_an_act_is_told_as_a_colleague_would(kind: str, payload: dict[str, Any], said: str) -> None:
    assert _told(kind, payload) == said


def _sample(shape: Shape) -> Any:
    """The least value that fits a shape."""
    if isinstance(shape, Record):
        return {name: _sample(part) for name, part in shape.must.items()}
    tries: list[Any] = ["chữ", 1, True, DUE, "2026-04-28", {}, []]
    return next(value for value in tries if shape.fits(value))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_its_sentence(kind: str) -> None:
    said = _told(kind, _sample(KINDS[kind].shape))

    assert kind in STORY
    assert said.endswith(".") and not said.endswith("..")
    assert "{" not in said and "[" not in said and "  " not in said and " ." not in said


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_extra_facts_of_a_later_version_do_no_harm(kind: str) -> None:
    payload = {**_sample(KINDS[kind].shape), "as": 1, "key": "x", "n": "y", "self": "z", "[odd]": "{due}"}

    assert _told(kind, payload).endswith(".")


ABSENT = [
    (Absent.ERASED, "Trả kết quả: nội dung đã xóa theo quy định."),
    (Absent.NOT_CARRIED, "Trả kết quả: nội dung không mang theo máy này."),
    (Absent.UNREADABLE, "Trả kết quả: nội dung không đọc được; hãy xem trên máy đã ghi việc này."),
    (
        Absent.ASIDE,
        "Trả kết quả: việc này từ một máy chưa được công nhận, đang để riêng và chưa tính vào hồ sơ.",
    ),
]


@pytest.mark.parametrize(("why", "said"), ABSENT)
def test_an_act_without_contents_says_why(why: Absent, said: str) -> None:
    written = machine(1).write("returned", {"to": "Y Wang"})
    event = Event(written.header, written.hash, None, absent=why)

    assert tell(fold(DOSSIER, [event]).entries[0]) == said


def test_an_act_of_a_later_version_asks_for_an_update() -> None:
    one = machine(1)
    one.write("blessed", {"by": "?"}, fact=True)
    one.write("returned", {"to": "Y Wang"}, version=9)

    told = [tell(entry) for entry in _folded(one).entries]

    assert told == ["Việc này do phiên bản mới hơn ghi; cần cập nhật phần mềm để đọc."] * 2


def test_a_mistaken_entry_is_still_told_and_marked() -> None:
    one, _ = pair()
    paid = one.write("paid", {"amount": 8000})
    one.write("voided", {"set": {}, "events": [str(paid.ref)], "reason": "bấm nhầm"})

    told = [tell(entry) for entry in _folded(one).entries]

    assert told[-2].startswith("Thu 8.000 đ. (đã ghi nhầm, rút lại lúc ")
    assert told[-1] == "Rút lại khoản thu 8.000 đ ghi nhầm; lý do: bấm nhầm."


def _conflicts(kind: str, left: dict[str, Any], right: dict[str, Any]) -> dict[str, str]:
    one, two = pair()
    one.write(kind, left)
    two.write(kind, right)
    return {found.field: conflict(found) for found in _folded(one, two).conflicts}


def test_a_conflict_names_field_sides_and_what_is_shown() -> None:
    said = _conflicts(
        "corrected",
        {"set": {"applicant.phone": "0911000222"}, "reason": "a"},
        {"set": {"applicant.phone": "0911000333"}, "reason": "b"},
    )

    assert set(said) == {"applicant.phone"}
    assert said["applicant.phone"].startswith("Số điện thoại của người nộp ghi khác nhau: “0911000")
    assert "; đang dùng “0911000" in said["applicant.phone"]


def test_sides_that_look_alike_are_not_listed() -> None:
    other = [{**PAPERS[0], "name": "Đơn"}, PAPERS[1]]

    said = _conflicts(
        "corrected",
        {"set": {"components": PAPERS}, "reason": "a"},
        {"set": {"components": other}, "reason": "b"},
    )

    assert said == {
        "components": "Thành phần hồ sơ ghi khác nhau 2 lần; hãy mở từng lần để xem, rồi chọn lần đúng."
    }


def test_facts_that_cannot_both_be_true_are_counted() -> None:
    returned = _conflicts("returned", {"to": "Y Wang"}, {"to": "H’Bia"})
    paid = _conflicts("paid", {"amount": 8000}, {"amount": 8000})

    assert returned["return"] == "Kết quả được trả 2 lần ở các máy khác nhau; hãy xem lần nào là ghi nhầm."
    assert paid["payment"] == (
        "Phí, lệ phí đã thu 2 lần: 8.000 đ và 8.000 đ; hãy hoàn lại phần thừa, hoặc chọn lần đúng."
    )
    given_back = _conflicts("refunded", {"amount": 8000}, {"amount": 5000})
    assert given_back["refund"] == (
        "Phí, lệ phí đã hoàn 2 lần: 8.000 đ và 5.000 đ; hãy thu lại phần thừa, hoặc chọn lần đúng."
    )


@pytest.mark.parametrize("field", sorted({*CORRECTABLE, *kinds._SETTABLE, "payment", "refund"}))
def test_every_field_that_may_change_has_a_name(field: str) -> None:
    assert not field_words(field).startswith("“")
    assert field_label(field)[0].isupper()


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("applicant.birth_date", "ngày sinh của người nộp"),
        ("submitter.name", "tên của người nộp thay"),
        ("components.2.count", "số bản của giấy tờ số 2"),
        ("components.3", "giấy tờ số 3"),
        ("applicant.shoe", "“applicant.shoe”"),
        ("", "“”"),
    ],
)
def test_a_field_is_called_as_on_the_form(field: str, said: str) -> None:
    assert field_words(field) == said
