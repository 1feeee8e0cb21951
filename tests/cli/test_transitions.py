"""Each transition of a dossier's life from the command line, with what it warns of."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cli import conftest
from tests.cli.conftest import Here
from tests.domain.year_files import work_calendar
from tests.journeys.command import json_lines


def deliver(store: Here, procedure: str = "1.004884") -> str:
    return conftest.deliver(store, procedure=procedure, applicant={"name": "Giàng A Páo"})


def state(store: Here, code: str) -> tuple[str, int]:
    line = store.ok("show", code).line
    return str(line["state"]), int(line["national_status"])


def told(store: Here, code: str) -> str:
    return str(store.ok("show", code).line["events"][-1]["text"])


def test_a_charge_waits_and_the_payment_goes_on(store: Here) -> None:
    code = deliver(store)

    charged = store.ok("charge", code, "--amount", "15000").line
    assert (charged["state"], charged["national_status"]) == ("waiting_payment", 6)
    store.ok("pay", code, "--amount", "15000")

    line = store.ok("show", code).line
    assert line["state"] == "processing"
    assert line["fee"]["amount"] == line["fee"]["collected"] == 15_000
    assert "giải quyết tiếp" in line["events"][-1]["text"]


def test_an_option_that_is_given_again_adds_to_what_it_said(store: Here) -> None:
    code = deliver(store)
    store.ok("supplement", code, "--need", "Giấy chứng sinh", "--need", "Tờ khai", "Căn cước")

    assert all(need in told(store, code) for need in ("Giấy chứng sinh", "Tờ khai", "Căn cước"))


def test_a_registered_dossier_is_accepted(store: Here) -> None:
    given = {"procedure": "1.004884", "applicant": {"name": "Giàng A Páo"}, "registered": True}
    answer = store.ok("receive", "-", stdin=json_lines([given])).line
    assert (answer["due"], answer["papers"]) == (None, [])
    code = str(answer["code"])
    assert state(store, code) == ("registered", 1)

    accepted = store.ok("accept", code).line

    assert (accepted["state"], accepted["national_status"]) == ("received", 2)
    assert accepted["due"] and store.ok("show", code).line["first_due"] == accepted["due"]
    assert store.run("accept", code).code == 2


def test_a_registered_dossier_gets_no_paper_before_it_is_accepted(store: Here) -> None:
    given = {"procedure": "1.004884", "applicant": {"name": "Giàng A Páo"}, "registered": True}
    folder = store.data.parent / "papers"

    answer = store.ok("receive", "-", "--papers", folder, stdin=json_lines([given])).line
    assert answer["papers"] == []
    store.ok("accept", answer["code"])
    out = folder / "receipt.pdf"

    assert store.ok("print", answer["code"], "--form", "receipt", "--out", out).line["pages"] >= 1


def test_a_negative_result_needs_its_reason(store: Here) -> None:
    code = deliver(store)

    refused = store.run("finish", code, "--negative")
    assert refused.code == 2 and "lý do" in refused.sentence.lower()
    store.ok("finish", code, "--negative", "--reason", "không đủ điều kiện")

    assert state(store, code) == ("finished", 9)
    assert "không đồng ý" in told(store, code)


def test_a_result_that_nobody_took_waits_on(store: Here) -> None:
    code = deliver(store)
    store.ok("finish", code)

    store.ok("collection-failed", code, "--reason", "vắng nhà")

    assert state(store, code) == ("finished", 9)


@pytest.mark.parametrize(
    ("before", "words", "said"),
    [
        ((), (), "theo yêu cầu của người nộp"),
        (("withdraw", "--reason", "đổi ý"), (), "sau khi người nộp rút hồ sơ"),
        (("supplement", "--need", "Bản sao"), (), "vì người nộp không nộp đủ"),
        (("supplement", "--need", "Bản sao"), ("--cause", "requested"), "theo yêu cầu của người nộp"),
    ],
)
def test_stops_are_told_apart(
    store: Here, before: tuple[str, ...], words: tuple[str, ...], said: str
) -> None:
    code = deliver(store)
    if before:
        store.ok(before[0], code, *before[1:])

    store.ok("stop", code, "--reason", "lý do", *words)

    assert state(store, code) == ("stopped", 8)
    assert said in told(store, code)


def test_nothing_was_left_unanswered_where_nothing_was_asked(store: Here) -> None:
    refused = store.run("stop", deliver(store), "--reason", "x", "--cause", "unanswered")

    assert refused.code == 2
    assert "không chờ giấy tờ" in refused.sentence


def test_a_second_extension_is_refused_in_one_sentence(store: Here) -> None:
    code = deliver(store)
    first = date.fromisoformat(str(store.ok("show", code).line["due"])[:10])
    later, later_still = (work_calendar().after(first, number) for number in (5, 10))
    store.ok("extend", code, "--until", later, "--reason", "chờ xác minh")

    refused = store.run("extend", code, "--until", later_still, "--reason", "chờ xác minh")

    assert refused.code == 2
    assert "đã hẹn lại 1 lần; chỉ được 1 lần" in refused.sentence
    line = store.ok("show", code).line
    assert (line["first_due"][:10], line["due"][:10]) == (first.isoformat(), later.isoformat())
    assert line["measured_due"] == line["first_due"]
    assert line["reasoning"] == "ngày do cán bộ chọn: chờ xác minh"


def test_due_says_how_many_days_are_left_and_which_warning_it_is(store: Here) -> None:
    same_day, five_days = deliver(store, procedure="2.000815"), deliver(store)

    lines = {str(line["code"]): line for line in store.ok("due", "--soon").lines}

    assert five_days not in lines
    warned = lines[same_day]["days_left"], lines[same_day]["warning"]
    assert warned in {(0, "today"), (1, "one_day")}  # on a day of rest, or after three o'clock, tomorrow


def test_a_mistaken_end_is_taken_back_and_where_there_is_money_too_which_is_asked(store: Here) -> None:
    code = deliver(store)
    store.ok("pay", code, "--amount", "8000")
    store.ok("refuse", code, "--reason", "sai nơi nộp")

    asked = store.run("take-back", code, "--reason", "nhầm hồ sơ")
    assert asked.code == 2 and "--what end hoặc money" in asked.sentence
    back = store.ok("take-back", code, "--what", "end", "--reason", "nhầm hồ sơ").line

    assert (back["state"], back["national_status"]) == ("received", 2)
    line = store.ok("show", code).line
    assert told(store, code).startswith("Rút lại thông báo từ chối ghi nhầm")
    assert line["reasoning"].endswith("ghi nhầm là “từ chối tiếp nhận” nên vẫn tính vào thời hạn")
    assert line["fee"]["collected"] == 8000
