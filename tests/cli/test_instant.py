"""`instant`: a line of JSON in, a finished and returned dossier with its number in the register out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.cli.conftest import Here
from tests.journeys.command import json_lines

COPY = {
    "procedure": "2.000815",
    "applicant": {"name": "H’Loan Niê Kđăm"},
    "what": "Giấy khai sinh",
    "pages": 5,
    "copies": 3,
}
ID = "019aa5b2-c3d4-7000-8011-2233445566ff"


def give(store: Here, *lines: dict[str, Any], papers: Path | None = None) -> list[dict[str, Any]]:
    more = ("--papers", papers) if papers else ()
    return store.run("instant", "-", *more, stdin=json_lines(list(lines))).lines


def test_a_line_is_a_dossier_that_is_returned_with_number_volume_and_fee(store: Here) -> None:
    (done,) = give(store, COPY)

    shown = store.ok("show", done["code"]).lines[0]
    assert (done["line"], done["number"], done["fee"], done["paid"]) == (1, 1, 21_000, 21_000)
    assert done["volume"].endswith("-SCT/BS")
    assert (shown["state"], shown["national_status"]) == ("returned", 10)
    assert shown["register"] == [{"volume": done["volume"], "number": 1}]
    assert shown["events"][2]["text"] == (
        f"Làm xong ngay: Giấy khai sinh, 5 trang, 3 bản, số 1, quyển {done['volume']}."
    )


def test_a_bad_line_is_told_and_the_others_go_on(store: Here) -> None:
    lines = [COPY, {**COPY, "procedure": "1.004884"}, {**COPY, "what": ""}, COPY]

    answer = store.run("instant", "-", stdin=json_lines(lines))

    assert answer.code == 2
    assert [line.get("number") for line in answer.lines] == [1, None, None, 2]
    assert answer.lines[1]["error"].startswith("Dòng 2: đăng ký lại khai sinh không trả trong ngày")
    assert answer.lines[2]["error"].startswith("Dòng 3: sổ chứng thực cần tên giấy tờ")


def test_the_same_id_again_is_the_first_answer(store: Here) -> None:
    (first,), (again,) = give(store, {**COPY, "id": ID}), give(store, {**COPY, "id": ID, "pages": 1})

    assert again.pop("again") is True
    assert again == first


def test_a_number_of_the_paper_register_is_taken_once(store: Here) -> None:
    (first,) = give(store, {**COPY, "register": {"volume": "1/2026", "number": 40}})
    answer = store.run("instant", "-", stdin=json_lines([{**COPY, "register": {"number": 40}}]))

    assert (first["volume"], first["number"]) == ("01/2026-SCT/BS", 40)
    assert first["code"] in answer.lines[0]["error"]
    assert store.ok("find", "40/01/2026-SCT/BS").lines[0]["code"] == first["code"]


def test_a_receipt_lies_in_the_folder_where_one_is_wished(store: Here, tmp_path: Path) -> None:
    (done,) = give(store, COPY, papers=tmp_path / "papers")

    assert [Path(paper).read_bytes()[:5] for paper in done["papers"]] == [b"%PDF-"]
    assert "printed" in [event["kind"] for event in store.ok("show", done["code"]).lines[0]["events"]]


def test_the_help_lists_every_field_of_a_line(store_less: Here) -> None:
    import re

    from counter_app.services import instant_entry

    told = store_less.ok("instant", "-h").out

    listed = re.findall(r"^  (\w+)  +\S", told.partition("dòng JSON:\n")[2], re.MULTILINE)
    assert set(listed) == instant_entry.KNOWN and len(listed) == len(set(listed))
