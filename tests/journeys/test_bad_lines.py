"""A file with every kind of bad line: each is told by its number and its fault, the good ones are in."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from counter_app.domain.zone import VIETNAM
from tests.journeys.command import Store, entry

NO_LIMIT = "3.000323"
SLIP = "H55.242-261122-012345001"
MARK = "Zvxq"  # in every bad line, in no good one: what of it lies in the store can be found by it


def _later(days: int) -> str:
    return (datetime.now(VIETNAM) + timedelta(days=days)).isoformat(timespec="seconds")


def _line(**more: Any) -> bytes:
    return json.dumps(entry(f"Người {MARK}", **more), ensure_ascii=False).encode()


def _person(**more: Any) -> bytes:
    return _line(applicant={"name": f"Người {MARK}", **more})


# The line, and what its sentence must say: enough to find the fault.
BAD: dict[str, tuple[bytes, str]] = {
    "not JSON": (f"Nguyễn Văn {MARK}, khai sinh".encode(), "dấu ngoặc"),
    "JSON cut short": (_line()[:-9], "dấu ngoặc"),
    "NaN": (_line(sets=1)[:-1] + b', "pages": NaN}', "dấu ngoặc"),
    "a raw NUL": (_line().replace(b"Ng", b"N\0g"), "dấu ngoặc"),
    "a raw control character": (_line().replace(b"Ng", b"N\x07g"), "dấu ngoặc"),
    "not UTF-8": (f"Nguyễn {MARK}".encode("utf-16"), "bảng mã Unicode"),
    "Latin-1": (_line().replace("ườ".encode(), b"\xfc\xf2"), "bảng mã Unicode"),
    "a lone surrogate": (_line(note="x").replace(b'"x"', b'"\\ud83d"'), "bảng mã Unicode"),
    "too long a line": (_line(note="x" * 70_000), "mỗi hồ sơ trên một dòng"),
    "nested too deep": (b'{"note": ' + b"[" * 30_000 + b"]" * 30_000 + b"}", "lồng nhau"),
    "a number of 5000 digits": (b'{"sets": ' + b"9" * 5000 + b"}", "con số lớn"),
    "a list": (b"[1, 2]", "từng mục"),
    "a bare text": (f'"{MARK}"'.encode(), "từng mục"),
    "an unknown field": (_line(colour="xanh"), "colour"),
    "no procedure": (json.dumps({"applicant": {"name": MARK}}).encode(), "thủ tục"),
    "a procedure that is none": (_line(procedure="khai sinh"), "“khai sinh”"),
    "a procedure not offered": (_line(procedure="9.999999"), "“9.999999”"),
    "a procedure as a number": (_line(procedure=1.001193), "“1.001193”"),
    "no applicant": (b'{"procedure": "2.000815"}', "người nộp"),
    "an applicant as text": (_line(applicant=MARK), "từng mục"),
    "no name": (_person(name=""), "trống"),
    "a name of what cannot be seen": (_person(name="\u0000\u200b\u202e"), "trống"),
    "a name as a list": (_person(name=[MARK]), "ghi thành chữ"),
    "a name of 400 letters": (_person(name="x" * 400), "300"),
    "an unknown field of a person": (_person(nickname="Tí"), "nickname"),
    "a kind that is none": (_person(kind="robot"), "“robot”"),
    "a number of eleven digits": (_person(id_number="01908800012"), "12 chữ số"),
    "a tax code of letters": (_person(kind="org", tax_code="ABC"), "mã số thuế"),
    "a birth date that is none": (_person(birth_date="31/02/1990"), "25/6/1995"),
    "born tomorrow": (_person(birth_date=_later(1)[:10]), "ở sau ngày hôm nay"),
    "a sex that is none": (_person(sex="xanh"), "Nam hoặc Nữ"),
    "an organisation with a sex": (_person(kind="org", sex="Nam"), "cá nhân"),
    "a phone of four digits": (_person(phone="1234"), "10 chữ số"),
    "a phone as a number": (_person(phone=912345678), "ghi thành chữ"),
    "a phone that is false": (_person(phone=False), "ghi thành chữ"),
    "an e-mail without a place": (_person(email="hoa@"), "ten@example.vn"),
    "an address of 600 letters": (_person(address="x" * 600), "500"),
    "a submitter as a list": (_line(submitter=[]), "từng mục"),
    "a submitter without name": (_line(submitter={"phone": "0912345678"}), "người nộp"),
    "a card that is none": (_line(card_qr="một|hai|ba"), "thẻ căn cước"),
    "a channel that is none": (_line(channel="bồ câu"), "“bồ câu”"),
    "received tomorrow": (_line(received_at=_later(1)), "ở sau giờ hiện tại"),
    "received in the year 9999": (_line(received_at="9999-12-31T23:59:59-12:00"), "ở sau giờ hiện tại"),
    "received in the year 1, abroad": (_line(received_at="0001-01-01T00:00:00+14:00"), "hai năm"),
    "received three years ago": (_line(received_at=_later(-1000)), "hai năm"),
    "received in the year 1": (_line(received_at="0001-01-01T00:00:00+07:00"), "hai năm"),
    "received this morning": (_line(received_at="sáng nay"), "“sáng nay”"),
    "received without a zone": (_line(received_at="2026-04-20T08:15:00"), "múi giờ"),
    "half a set": (_line(sets=0.5), "số nguyên"),
    "true sets": (_line(sets=True), "số nguyên"),
    "1e400 sets": (_line(sets=1).replace(b'"sets": 1', b'"sets": 1e400'), "số nguyên"),
    "no set": (_line(sets=0), "từ 1 đến 99"),
    "more sets than there are": (_line(sets=10**30), "từ 1 đến 99"),
    "components as text": (_line(components="Tờ khai"), "danh sách"),
    "a component as text": (_line(components=["Tờ khai"]), "từng mục"),
    "a component without name": (_line(components=[{"kind": "copy"}]), "trống"),
    "a component's kind that is none": (_line(components=[{"name": "x", "kind": "fax"}]), "“fax”"),
    "a component's unknown field": (_line(components=[{"name": "x", "page": 1}]), "page"),
    "no component of a name": (_line(components=[{"name": "x", "count": 0}]), "từ 1 đến 999"),
    "a hundred components": (_line(components=[{"name": "x"}] * 100), "60"),
    "a negative fee": (_line(fee={"amount": -1}), "từ 0 đến"),
    "a fee as text": (_line(fee={"amount": "8000"}), "số nguyên"),
    "a fee as a list": (_line(fee=[]), "từng mục"),
    "a fee's unknown field": (_line(fee={"tip": 1}), "tip"),
    "paid perhaps": (_line(fee={"amount": 1, "paid": "có"}), "true"),
    "paid without amount": (_line(procedure="2.000528", fee={"paid": True}), "số tiền"),
    "returned by drone": (_line(return_by="drone"), "“drone”"),
    "a slip that is none": (_line(slip="A-1"), "“A-1”"),
    "a slip as a number": (_line(slip=7), "ghi thành chữ"),
    "a slip used before": (_line(slip=SLIP.lower()), "đã dùng"),
    "codes as text": (_line(codes="H40.1"), "danh sách"),
    "codes of numbers": (_line(codes=[1]), "ghi thành chữ"),
    "no limit, no date": (_line(procedure=NO_LIMIT), "ngày hẹn trả và lý do"),
    "no limit, no reason": (_line(procedure=NO_LIMIT, due=_later(9)[:10]), "ngày hẹn trả và lý do"),
    "a date where there is a limit": (_line(due=_later(9)[:10], due_reason="x"), "đã có thời hạn"),
    "30 February": (_line(procedure=NO_LIMIT, due="2027-02-30", due_reason="x"), "“2027-02-30”"),
    "due yesterday": (_line(procedure=NO_LIMIT, due=_later(-1)[:10], due_reason="x"), "không sau lúc nhận"),
    "due in 30 years": (_line(procedure=NO_LIMIT, due=_later(11_000)[:10], due_reason="x"), "mười năm"),
    "due on New Year's Day": (
        _line(procedure=NO_LIMIT, due=f"{datetime.now(VIETNAM).year + 1}-01-01", due_reason="x"),
        "ngày nghỉ",
    ),
    "verified where nothing is": (_line(verification=True), "xác minh"),
    "a flag as text": (_line(calendar_confirmed="true"), "true (có)"),
    "a note of 3000 letters": (_line(note="x" * 3000), "2000"),
    "an id that is none": (_line(id="5"), "“5”"),
    "no page": (_line(pages=0), "từ 1 đến"),
}


def test_every_kind_of_bad_line_is_told_and_the_good_ones_are_in(store: Store, tmp_path: Path) -> None:
    assert len(BAD) >= 30
    good = [f"Người Thật {number}" for number in range(len(BAD) + 1)]
    first = entry(good[0], slip=SLIP)
    lines = [json.dumps(first, ensure_ascii=False).encode()]
    for (bad, _), name in zip(BAD.values(), good[1:], strict=True):
        lines += [bad.replace(b"\n", b""), b"", json.dumps(entry(name), ensure_ascii=False).encode()]
    source = tmp_path / "month.jsonl"
    source.write_bytes(b"\xef\xbb\xbf" + b"\n".join(lines))

    answer = store.run("receive", source)

    assert answer.code == 2
    told = {line["line"]: line for line in answer.lines}
    assert list(told) == sorted(told)
    wrong = []
    for at, (name, (_, said)) in enumerate(BAD.items()):
        number = 2 + 3 * at
        sentence = told.pop(number).get("error", "accepted")
        if not (
            sentence.startswith(f"Dòng {number}: ")
            and said in sentence
            and "Chưa làm được việc này" not in sentence
            and sentence.count("\n") == 0
        ):
            wrong.append((name, said, sentence))
    assert wrong == []
    assert [line for line in answer.said.splitlines() if line] == [
        line["error"] for line in answer.lines if "error" in line
    ]
    assert len(answer.said.splitlines()) == len(BAD)

    codes = [line["code"] for line in told.values()]
    assert len(set(codes)) == len(good) == len(codes)
    everything = store.ok("find", "--all").lines
    assert {line["applicant"] for line in everything} == set(good)
    assert store.ok("find", MARK).lines == []
    verdict = store.ok("verify").line
    assert verdict["dossiers"] == len(good)


def test_a_file_of_empty_lines_receives_nothing_and_one_that_is_missing_is_told(
    store: Store, tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    empty.write_bytes(b"\r\n\n   \n")

    assert store.ok("receive", empty).out == ""
    missing = store.run("receive", tmp_path / "missing")
    assert (missing.code, missing.out) == (2, "")
    assert missing.sentence.startswith("Không có tệp")
