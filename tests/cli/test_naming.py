"""A dossier is named by its code or its id, an event by enough of its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from tests.cli.conftest import Here, carry, deliver, join
from tests.journeys.command import sheet_words

SLIP = "H55.242-261122-012345001"


@pytest.fixture
def twins(new_store: Callable[[str], Here], tmp_path: Path) -> Here:
    """A store where two dossiers bear the code of one slip."""
    one, two = new_store("one"), new_store("two")
    deliver(one, applicant={"name": "Người Ở Đây"}, slip=SLIP)
    deliver(two, applicant={"name": "Người Ở Kia"}, slip=SLIP)
    join(two, one, tmp_path)
    carry(two, one, tmp_path)
    return one


def test_every_line_bears_the_id_that_the_sender_gave(store: Here) -> None:
    given = str(uuid4())
    code = deliver(store, applicant={"name": "Lò Thị Pâng"}, id=given)

    for words in (("show", code), ("find", code), ("find", "pang"), ("show", given.upper())):
        assert store.ok(*words).line["id"] == given


def test_a_code_that_two_bear_is_refused_with_their_ids(twins: Here) -> None:
    ids = [line["id"] for line in twins.ok("show", SLIP).lines]

    answer = twins.run("process", SLIP, "--step", "x")

    assert answer.code == 2 and len(set(ids)) == 2
    assert SLIP in answer.sentence and all(one in answer.sentence for one in ids)
    assert all("id" in line["note"] for line in twins.ok("show", SLIP).lines)


@pytest.mark.parametrize(
    "written", [str, lambda one: str(one).upper(), lambda one: one.hex, lambda one: f" {one.hex.upper()} "]
)
def test_each_of_two_with_one_code_is_named_by_its_id(
    twins: Here, tmp_path: Path, written: Callable[[UUID], str]
) -> None:
    ids = {line["applicant"]: line["id"] for line in twins.ok("show", SLIP).lines}
    named = written(UUID(ids["Người Ở Kia"]))

    done = twins.ok("process", named, "--step", "Thẩm định").line
    twins.ok("print", named, "--form", "receipt", "--out", tmp_path / "receipt.pdf")

    assert (done["id"], done["state"]) == (ids["Người Ở Kia"], "processing")
    states = {line["applicant"]: line["state"] for line in twins.ok("show", SLIP).lines}
    assert states == {"Người Ở Đây": "received", "Người Ở Kia": "processing"}
    assert [e["kind"] for e in twins.ok("show", named).line["events"]] == [
        "received",
        "step_taken",
        "printed",
    ]


def test_an_id_of_nobody_is_refused_like_a_code_of_nobody(store: Here) -> None:
    for nobody in (str(uuid4()), "H55.242-261122-1999"):
        answer = store.run("finish", nobody)
        assert answer.code == 2 and "Không có hồ sơ" in answer.sentence


def test_finding_nothing_in_particular_is_told_what_to_type(store: Here) -> None:
    for words in (("find",), ("find", "  ")):
        answer = store.run(*words)

        assert answer.code == 2 and answer.out == ""
        assert all(hint in answer.sentence for hint in ("tên", "mã hồ sơ", "--all"))


@pytest.fixture
def handed_twice(new_store: Callable[[str], Here], tmp_path: Path) -> tuple[Here, str]:
    """A result that two machines handed out, to two people."""
    one, two = new_store("one"), new_store("two")
    join(two, one, tmp_path)
    code = deliver(one, applicant={"name": "Hà Thị Mơ"})
    one.ok("finish", code)
    carry(one, two, tmp_path)
    one.ok("return", code, "--to", "Hà Thị Mơ", "--id-number", "019188000123")
    two.ok("return", code, "--to", "Hà Văn Cha", "--authority", "giấy số 5")
    carry(two, one, tmp_path)
    return one, code


def test_a_result_handed_out_twice_tells_who_collected_and_no_whole_number(
    handed_twice: tuple[Here, str],
) -> None:
    store, code = handed_twice

    (conflict,) = store.ok("show", code).line["conflicts"]

    assert conflict["field"] == "return"
    first, second = sorted(conflict["sides"], key=lambda side: str(side["to"]), reverse=True)
    assert (first["to"], first["id_number_ends"]) == ("Hà Văn Cha", None)
    assert (second["to"], second["id_number_ends"]) == ("Hà Thị Mơ", "123")
    assert "giấy số 5" in first["text"]
    for side in conflict["sides"]:
        (event,) = [e for e in store.ok("show", code).line["events"] if e["event"] == side["event"]]
        assert side["at"] == event["at"]
    assert "019188000123" not in str(conflict)


def test_a_side_is_kept_by_a_beginning_that_no_other_side_has(handed_twice: tuple[Here, str]) -> None:
    store, code = handed_twice
    sides = store.ok("show", code).line["conflicts"][0]["sides"]
    (kept,) = [side["event"] for side in sides if side["to"] == "Hà Văn Cha"]
    (other,) = [side["event"] for side in sides if side["to"] == "Hà Thị Mơ"]
    enough = next(n for n in range(1, len(kept)) if kept[:n] != other[:n])
    (finished,) = [e["event"] for e in store.ok("show", code).line["events"] if e["kind"] == "finished"]
    refusals = {
        text: store.run("resolve", code, "--keep", text)
        for text in ("", "zz", finished, finished.rpartition(":")[0])
    }
    store.ok("resolve", code, "--keep", kept[:enough].upper())

    assert {answer.code for answer in refusals.values()} == {2}
    assert "còn trống" in refusals[""].sentence
    assert "Không có việc" in refusals["zz"].sentence
    assert all("không thuộc chỗ nào" in refusals[t].sentence for t in list(refusals)[2:])
    shown = store.ok("show", code).line
    assert shown["conflicts"] == []
    mistaken = [event["event"] for event in shown["events"] if "mistaken" in event]
    assert mistaken == [other]


def test_a_side_that_settled_for_another_tells_what_it_settled_for(
    handed_twice: tuple[Here, str], tmp_path: Path
) -> None:
    one, code = handed_twice
    two = Here(tmp_path / "two", {"COUNTER_RECOVERY": sheet_words(tmp_path / "two.pdf")})
    carry(one, two, tmp_path)
    sides = {side["to"]: side["event"] for side in one.ok("show", code).line["conflicts"][0]["sides"]}
    one.ok("resolve", code, "--keep", sides["Hà Thị Mơ"])
    two.ok("resolve", code, "--keep", sides["Hà Văn Cha"])
    carry(two, one, tmp_path)

    (again,) = one.ok("show", code).line["conflicts"]

    assert {side["to"] for side in again["sides"]} == {"Hà Thị Mơ", "Hà Văn Cha"}


def test_a_dossier_received_twice_tells_who_received_whom_and_when(
    new_store: Callable[[str], Here], tmp_path: Path
) -> None:
    one, two = new_store("one"), new_store("two")
    join(two, one, tmp_path)
    again = str(uuid4())
    codes = [
        deliver(one, applicant={"name": "Sùng A Páo"}, id=again),
        deliver(two, applicant={"name": "Sùng A Pao"}, id=again),
    ]
    carry(two, one, tmp_path)

    shown = one.ok("show", again).line
    (conflict,) = [c for c in shown["conflicts"] if c["field"] == "reception"]

    assert {side["code"] for side in conflict["sides"]} == set(codes)
    assert {side["applicant"] for side in conflict["sides"]} == {"Sùng A Páo", "Sùng A Pao"}
    assert {side["received_by"] for side in conflict["sides"]} == {"Quản trị"}
    received = {e["event"]: e["at"] for e in shown["events"] if e["kind"] == "received"}
    assert {side["event"]: side["at"] for side in conflict["sides"]} == received
    (name,) = [c for c in shown["conflicts"] if c["field"] == "applicant.name"]
    assert "received_by" not in name["sides"][0]


def test_a_collector_with_a_passport_is_served_with_a_warning(store: Here) -> None:
    code = deliver(store, applicant={"name": "John Smith"})
    store.ok("finish", code)

    refused = store.run("return", code, "--to", "John Smith", "--id-number", "hộ chiếu")
    line = store.ok("return", code, "--to", "John Smith", "--id-number", "B 1234567").line

    assert refused.code == 2 and "CMND hoặc hộ chiếu" in refused.sentence
    (warning,) = line["warnings"]
    assert warning["code"] == "other-paper" and "12 chữ số" in warning["text"]
    assert line["state"] == "returned"
