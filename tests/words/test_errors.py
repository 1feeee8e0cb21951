"""Every failure has a sentence that an officer understands, and it never shows what it should not."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain import errors
from counter_app.domain.calendar import WorkCalendar, parse_calendar
from counter_app.domain.codes import parse_code
from counter_app.domain.errors import BadInput, BadLine, CounterError, NoKey, NotAllowed, NotPermitted
from counter_app.domain.lifecycle import STEPS, State, after
from counter_app.domain.people import Party
from counter_app.domain.promise import typed_promise
from counter_app.words.errors import SENTENCES, sentence
from counter_app.words.states import ACTS
from tests.words.reasons import CLASSES, raised

REASONS = raised()
TECHNICAL = re.compile(r"json|sql|hash|utf|null|none|token|payload|hlc|exception|python|byte", re.IGNORECASE)


def _error(act: Callable[[], object]) -> CounterError:
    with pytest.raises(CounterError) as caught:
        act()
    return caught.value


def test_the_source_raises_reasons_of_many_rooms() -> None:
    assert len(REASONS) > 100
    assert {where.split("/")[0] for where in REASONS.values()} >= {"domain", "crypto", "store", "system"}
    assert {"disk-full", "store-busy", "not-a-phone", "bundle-newer", "bundle-damaged"} <= set(REASONS)


@pytest.mark.parametrize("why", sorted(REASONS))
def test_every_reason_that_is_raised_has_a_sentence(why: str) -> None:
    assert any(re.fullmatch(why, known) for known in SENTENCES), f"{REASONS[why]} raises {why!r}"


@pytest.mark.parametrize("why", sorted(SENTENCES))
def test_a_sentence_is_one_short_line_in_plain_words(why: str) -> None:
    text = SENTENCES[why]

    assert text.endswith(".") and not text.endswith("..")
    assert not re.search(r"\. [A-ZĐ]", text)
    assert len(text) <= 130
    assert not TECHNICAL.search(re.sub(r"COUNTER_PASSPHRASE|\(UTF-8\)", "", text))
    assert re.search(r"hãy|cần|phải|chỉ ", text), "it says what to do"


SEEN = [
    (
        BadInput("not-a-phone", field="applicant.phone", value="12345"),
        "Số điện thoại của người nộp “12345” không đúng;"
        " cần 10 chữ số bắt đầu bằng 0, số nước ngoài bắt đầu bằng +.",
    ),
    (
        BadInput("empty", field="submitter.name", value=""),
        "Tên của người nộp thay còn trống; hãy điền vào.",
    ),
    (
        BadLine("not-a-birth-date", line=12, field="applicant.birth_date", value="31/2/1995"),
        "Dòng 12: ngày sinh của người nộp “31/2/1995” không đọc được;"
        " hãy ghi như 25/6/1995, hoặc chỉ năm sinh nếu không rõ.",
    ),
    (
        BadInput("unknown-field", field="applicant.telephone", value="0912"),
        "Mẫu hồ sơ không có mục “applicant.telephone”; hãy xem lại tên mục.",
    ),
    (
        NoKey("wrong-passphrase"),
        "Mật khẩu của kho không đúng; hãy gõ lại, hoặc dùng phiếu khôi phục (biến COUNTER_RECOVERY).",
    ),
    (
        BadInput("recovery-mistyped", field="recovery", word=None),
        "Phiếu khôi phục gõ sai; hãy so lại từng từ với phiếu.",
    ),
    (
        BadInput("recovery-mistyped", field="recovery", word=3),
        "Phiếu khôi phục gõ sai ở từ thứ 3; hãy so lại từng từ với phiếu.",
    ),
    (
        NotPermitted("role-lacks-right", officer="hoa", role="reader", who=("head", "administrator")),
        "Vai trò “người chỉ xem” không được làm việc này; hãy nhờ phụ trách Một cửa hoặc quản trị.",
    ),
    (
        errors.DiskFull("disk-full", path=Path("/mnt/usb/a.pdf")),
        "Ổ đĩa đã đầy nên chưa lưu được vào “/mnt/usb/a.pdf”; hãy dọn bớt rồi làm lại.",
    ),
    (
        errors.DiskFull("disk-full"),
        "Ổ đĩa đã đầy nên chưa lưu được; hãy dọn bớt rồi làm lại.",
    ),
    (
        errors.ClockWrong("clock-behind", now="2020-01-01T00:03:00+07:00", last="2026-04-20T08:15:00+07:00"),
        "Đồng hồ máy chỉ 0 giờ 03 ngày 1/1/2020, sớm hơn việc đã ghi lúc 8 giờ 15 ngày 20/4/2026;"
        " hãy chỉnh lại giờ của máy.",
    ),
    (
        BadInput("something-new", field="applicant.phone", value="0"),
        "Chưa làm được việc này, ở mục số điện thoại của người nộp “0”;"
        " hãy xem lại, hoặc báo hỗ trợ mã something-new.",
    ),
    (
        errors.Busy("something-new"),
        "Chưa làm được việc này; hãy làm lại, nếu vẫn vậy thì báo hỗ trợ mã something-new.",
    ),
]


@pytest.mark.parametrize(("error", "said"), SEEN, ids=[f"{n}-{e.why}" for n, (e, _) in enumerate(SEEN)])
def test_the_sentence_names_what_where_and_how_to_mend_it(error: CounterError, said: str) -> None:
    assert sentence(error) == said


def test_errors_of_the_domain_are_said_with_their_own_facts() -> None:
    calendar = WorkCalendar.of(parse_calendar("date,kind,note\n2026-04-27,compensatory,Nghỉ bù Giỗ Tổ\n"))
    at = datetime(2026, 4, 20, 1, 15, tzinfo=UTC)

    code = _error(lambda: parse_code("H55.242-2611"))
    rest = _error(lambda: typed_promise(date(2026, 4, 27), at, calendar, "theo hẹn"))
    kind = _error(lambda: parse_calendar("date,kind,note\n2026-04-27,nghỉ,\n"))
    person = _error(lambda: Party.from_fields({"name": "Y"}, "applicant.extra") and parse_code(""))

    assert sentence(code) == "“H55.242-2611” không phải mã hồ sơ; hãy ghi như H55.242-261122-1001."
    assert sentence(rest) == (
        "Ngày hẹn “27/4/2026” là ngày nghỉ (Nghỉ bù Giỗ Tổ); hãy chọn ngày 28/4/2026 hoặc muộn hơn."
    )
    assert sentence(kind) == (
        "Dòng 2: loại “nghỉ” không đúng; hãy chọn một trong:"
        " holiday, compensatory, swapped_off, swapped_working."
    )
    assert sentence(person).startswith("(để trống) không phải mã hồ sơ")


@pytest.mark.parametrize("act", sorted(STEPS))
def test_a_forbidden_act_is_named_with_the_state_that_forbids_it(act: str) -> None:
    state = next(state for state in State if state not in STEPS[act][0])

    error = _error(lambda: after(act, state))

    assert isinstance(error, NotAllowed)
    assert f"Không {ACTS[act]} được vì hồ sơ “" in sentence(error)


def test_where_an_act_belongs_is_said_while_it_is_short() -> None:
    assert sentence(_error(lambda: after("returned", State.RECEIVED))) == (
        "Không trả kết quả được vì hồ sơ “đã tiếp nhận”; chỉ trả kết quả khi hồ sơ “đã có kết quả, chờ trả”."
    )
    assert "chỉ" not in sentence(_error(lambda: after("voided", State.VOIDED)))


@given(st.text(max_size=400), st.sampled_from(sorted(SENTENCES)), st.sampled_from(sorted(CLASSES)))
def test_what_was_typed_is_shown_short_and_never_read_as_a_template(value: str, why: str, kind: str) -> None:
    error = getattr(errors, kind)(why, field="applicant.name", value=value, line=7)

    said = sentence(error)

    assert said.startswith("Dòng 7: ")
    assert "\n" not in said
    assert len(said) < 260
    if not re.search(r"[{}\[\]]", value):
        assert not re.search(r"[{}\[\]]", said)


@given(
    st.sampled_from(sorted(SENTENCES)),
    st.dictionaries(
        st.sampled_from(["field", "value", "act", "state", "role", "nearest", "now", "day", "known", "path"]),
        st.one_of(st.none(), st.integers(), st.text(max_size=60), st.lists(st.integers(), max_size=3)),
    ),
)
def test_odd_facts_never_hide_the_failure(why: str, facts: dict[str, object]) -> None:
    assert sentence(CounterError(why, **facts)).endswith((".", "”"))
