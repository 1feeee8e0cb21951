"""`hand-over`, `take-over`, `waiting`; and a catalogue whose steps take longer than its limit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Here, deliver


def test_a_pile_goes_from_hand_to_hand_and_is_listed_meanwhile(store: Here) -> None:
    one, two = (deliver(store, procedure="2.000908", applicant={"name": f"Người {n}"}) for n in range(2))
    justice = "Công chức tư pháp – hộ tịch"

    given = store.ok("hand-over", "--to", justice, one, two, "--within", "1 giờ").lines
    waits = store.ok("waiting", "--to", "CONG CHUC tu phap ho tich").lines
    taken = store.ok("take-over", one, "--signed-by", "Y Wang").line
    left = store.ok("waiting").lines

    assert [(line["code"], line["holder"], line["step"], line["by"]) for line in given] == [
        (code, justice, "thẩm tra", "electronic") for code in (one, two)
    ]
    assert given[0]["batch"] == given[1]["batch"] and given[0]["step_due"] <= given[0]["due"]
    # Of one second, so in any order.
    assert sorted((line["code"], line["overdue"]) for line in waits) == [(one, False), (two, False)]
    assert (taken["signed_by"], bool(taken["taken_at"])) == ("Y Wang", True)
    assert [line["code"] for line in left] == [two]
    assert store.ok("waiting", "--steps").lines == []
    told = store.ok("show", one).line
    assert told["holder"] == justice and told["whereabouts"].startswith(f"Đang ở {justice} từ ")
    assert "chưa ghi nhận" in store.ok("show", two).line["whereabouts"]
    assert [event["kind"] for event in told["events"]] == ["received", "passed_on", "taken_over"]


def test_a_file_of_acts_hands_on_and_takes_over(store: Here) -> None:
    code = deliver(store, applicant={"name": "Người A"})
    acts = [["hand-over", code, "--to", "Địa chính", "--within", "2 working_day"], ["take-over", code]]

    lines = store.ok("acts", "-", stdin="\n".join(json.dumps(words) for words in acts)).lines

    assert [(line["line"], line["code"]) for line in lines] == [(1, code), (2, code)]
    assert store.ok("waiting").lines == []


def test_a_hand_over_is_taken_back_until_the_other_side_has_it(store: Here) -> None:
    code = deliver(store, applicant={"name": "Người A"})
    store.ok("hand-over", "--to", "Lan", code)

    line = store.ok("hand-over", "--back", "nhầm người", code).line
    acts = [["hand-over", code, "--to", "Mai"], ["take-over", code], ["hand-over", code, "--back", "nhầm"]]
    refused = store.run("acts", "-", stdin="\n".join(json.dumps(words) for words in acts))

    assert (line["code"], line["holder"]) == (code, "")
    assert refused.code == 2 and "đã được Mai nhận" in refused.said
    assert "Rút lại lần giao nhầm" in store.ok("show", code).line["events"][2]["text"]


@pytest.mark.parametrize(
    "words, said",
    [
        (("--to", " "), "Người đang giữ"),
        ((), "Người đang giữ"),
        (("--back", " "), "Lý do"),
        (("--back", "nhầm"), "chưa ghi giao lần nào"),
        (("--back", "nhầm", "--to", "Lan"), "chỉ ghi khi giao"),
        (("--to", "Lan", "--by", "drone"), "electronic, paper"),
        (("--to", "Lan", "--within", "sớm"), "4 giờ"),
    ],
)
def test_bad_input_is_one_sentence_and_nothing_is_written(
    store: Here, words: tuple[str, ...], said: str
) -> None:
    code = deliver(store, applicant={"name": "Người A"})

    refused = store.run("hand-over", *words, code)
    unknown = store.run("hand-over", "--to", "Lan", code, "H55.242-261120-9999")
    nobody = store.run("take-over", "H55.242-261120-9999")

    assert [one.code for one in (refused, unknown, nobody)] == [2, 2, 2]
    assert said in refused.sentence and "9999" in unknown.sentence
    assert [event["kind"] for event in store.ok("show", code).line["events"]] == ["received"]


def test_steps_that_sum_to_more_than_the_limit_are_let_in_with_a_warning(store: Here, tmp_path: Path) -> None:
    sheet = tmp_path / "danh-muc.csv"
    sheet.write_text(
        "code,name_vi,field_vi,level,time_limit,time_unit,fee_vnd,components,result_vi,inner_steps\n"
        "1.004859,Cải chính,Hộ tịch,xã,3,ngày làm việc,0,Tờ khai,Trích lục,"
        "A: thẩm tra: 3 ngày làm việc;B: ký: 1 giờ\n",
        encoding="utf-8",
    )

    answer = store.ok("catalogue", "import", sheet)

    assert answer.line["amended"] == 1
    assert "1.004859: các bước cộng lại 3 ngày làm việc và 1 giờ làm việc, quá thời hạn 3 ngày" in answer.said
