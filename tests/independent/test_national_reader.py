"""Every procedure of the catalogue, exported and read by a program that shares no code with ours."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from counter_app.domain.attachments import RESULT, Way
from counter_app.domain.spreadsheet import csv_file
from counter_app.services import acts, attaching, money, records, rules
from counter_app.services.attaching import Given
from counter_app.services.office import Office
from tests.independent import national_reader as reader
from tests.services.stores import MORNING, Counter, receive
from tests.services.test_attaching import pdf

PEOPLE = (
    {"applicant": {"name": "H’Loan Niê Kđăm", "id_number": "066174000123", "phone": "0900000123"}},
    {"applicant": {"name": '=HYPERLINK("x")'}, "channel": "online"},
    {"applicant": {"kind": "org", "name": "Công ty Sầu riêng", "tax_code": "6001234567"}, "channel": "post"},
    {
        "applicant": {"name": "Anna Müller", "id_number": "C01X00T47", "address": "-2+3"},
        "submitter": {"name": "Y Thao Niê", "id_number": "241234567"},
        "channel": "home",
        "return_by": "home",
    },
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One dossier of each procedure, in every one of the ten national states."""
    made = Counter(tmp_path_factory.mktemp("fields")).make().open()
    session = made.session()
    ways = cycle(range(10))
    for procedure, person in zip(rules.catalogue(made), cycle(PEOPLE), strict=False):
        way = next(ways)
        due = {} if procedure.limit else {"due": "2026-12-18", "due_reason": "theo lịch của Sở"}
        one = {**person, **due, "procedure": procedure.code, "registered": way in (1, 3)}
        code = receive(made, session, **one).code
        if way in (4, 5, 6, 8, 9):
            acts.process(made, session, code, "thẩm tra")
        if way in (0, 9):
            acts.finish(made, session, code, "Giấy chứng nhận")
            attaching.attach(made, session, code, RESULT, [Given(pdf())] * (way == 0) + [Given(pdf(2))])
        if way in (2, 4):
            how = Way.REUSED if way == 2 else Way.ELECTRONIC
            attaching.attach(made, session, code, 1, [Given(pdf())], way=how)
        if way == 0:
            money.pay(made, session, code, 8000, method="portal")
            acts.hand_back(made, session, code, "H’Loan Niê Kđăm")
        if way == 3:
            acts.refuse(made, session, code, "không thuộc thẩm quyền")
        if way == 5:
            acts.ask_supplement(made, session, code, ["tờ khai"])
        if way == 6:
            acts.charge(made, session, code, 8000)
        if way == 7:
            acts.withdraw(made, session, code, "không cần nữa")
        if way == 8:
            acts.stop(made, session, code, "theo đơn")
    yield made
    made.close()


@pytest.fixture(scope="module")
def exported(office: Office) -> dict[str, bytes]:
    day = MORNING.date()
    facts = list(records.received(office, office.session(), day, day))
    table = records.table("national", day)
    lines = [json.dumps(table.record(one), ensure_ascii=False) + "\n" for one in facts]
    return {
        "json": "".join(lines).encode(),
        "csv": csv_file([table.headings, *(table.row(one) for one in facts)]),
    }


def test_the_reader_shares_no_code_with_the_program() -> None:
    source = Path(reader.__file__).read_text("utf-8")

    assert "counter_app" not in source and "tests" not in source.replace("tests/independent", "")


@pytest.mark.parametrize("form", ["json", "csv"])
def test_another_program_accepts_every_procedure_of_the_catalogue(
    form: str, office: Office, exported: dict[str, bytes], tmp_path: Path
) -> None:
    file = tmp_path / f"fields.{form}"
    file.write_bytes(exported[form])

    done = subprocess.run(
        [sys.executable, "-I", reader.__file__, str(file)], capture_output=True, timeout=60, check=False
    )

    catalogue = rules.catalogue(office)
    assert len(catalogue) == 65
    assert json.loads(done.stdout) == {"dossiers": 65, "procedures": 65, "faults": []}
    assert done.returncode == 0


def test_both_forms_say_the_same(exported: dict[str, bytes]) -> None:
    as_json = [reader.read(one) for one in reader.of_json(exported["json"])]
    as_csv = [reader.read(one) for one in reader.of_csv(exported["csv"])]

    assert as_json == as_csv
    assert {one["TrangThaiHoSo"] for one in as_json} == set(range(1, 11))
    assert {one["KenhThucHien"] for one in as_json} == {1, 2, 3}
    assert {one["LoaiDinhDanh"] for one in as_json} == {None, 1, 3, 4}
    assert {one["DuocThanhToanTrucTuyen"] for one in as_json} == {0, 1}
    papers = [paper for one in as_json for paper in one["ThanhPhanHoSo"]]
    assert {(one["DuocSoHoa"], one["DuocLayTuKhoDMQG"]) for one in papers} == {(0, 0), (0, 1), (1, 0)}
    returned, finished = (
        next(one for one in as_json if one["TrangThaiHoSo"] == status) for status in (10, 9)
    )
    assert [one["DuongDanTep"] for one in returned["KetQua"]] == [
        f"{returned['MaHoSo']}_kq_01.pdf; {returned['MaHoSo']}_kq_02.pdf"
    ]
    assert [one["DuongDanTep"] for one in finished["KetQua"]] == [f"{finished['MaHoSo']}_kq_01.pdf"]


def test_no_cell_is_a_formula(exported: dict[str, bytes]) -> None:
    cells = exported["csv"].decode("utf-8-sig")

    assert "'=HYPERLINK" in cells and ',"=HYPERLINK' not in cells and ",=HYPERLINK" not in cells


def _spoilt(record: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "a field more", {**record, "Khac": 1}
    yield "a number as text", {**record, "KenhThucHien": "1"}
    yield "a channel that is none", {**record, "KenhThucHien": 4}
    yield "a time with hyphens", {**record, "NgayTiepNhan": "2026-11-20"}
    yield "a time that is none", {**record, "NgayTiepNhan": "20261320081500"}
    yield "nobody", {**record, "ChuHoSo": ""}
    yield "a result too many", {**record, "TrangThaiHoSo": 4, "KetQua": [{}]}
    yield "a grantee too many", {**record, "UyQuyen": 1, "NguoiDuocUyQuyen": None}


def test_the_reader_refuses_what_is_not_so(exported: dict[str, bytes]) -> None:
    good = next(iter(reader.of_json(exported["json"])))
    reader.read(good)

    for what, bad in _spoilt(good):
        with pytest.raises(reader.Fault):
            reader.read(bad)
            pytest.fail(what)
