"""The register as a workbook, read back by another library: dates, texts, totals, and nothing on the disk."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from dataclasses import replace
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from counter_app.paper.register import heads_of
from counter_app.paper.register_xlsx import register_xlsx
from tests.paper.test_register import FACTS, ROW, TEMPLATES, form, rows

MADE = replace(FACTS, total="Tổng số")


def book(volumes, *, values=False, template=TEMPLATES[-1]):
    return load_workbook(io.BytesIO(register_xlsx(MADE, volumes, form(template))), data_only=values)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_a_row_is_what_it_is_dates_as_dates_and_the_code_as_text(template):
    sheet = book([("2026-AB12", [ROW])], template=template)["2026-AB12"]

    heads, group = heads_of(form(template))
    assert [sheet.cell(5 if n in (8, 9, 10) else 4, n).value for n in range(1, 14)] == list(heads)
    assert sheet.cell(4, 8).value == group and "H4:J4" in {str(one) for one in sheet.merged_cells.ranges}
    assert [sheet.cell(6, n).value for n in range(1, 14)] == list(range(1, 14))
    cells = [sheet.cell(7, n) for n in range(1, 14)]
    days = [datetime(2026, 11, 26), datetime(2026, 12, 3), datetime(2026, 12, 2)]
    assert [one.value for one in cells] == [
        *(1, ROW.code, ROW.procedure, 1, ROW.name, ROW.reach, ROW.solving),
        *(*days, "Tại quầy", None, ROW.note),
    ]
    assert all(one.is_date and one.number_format == "dd/mm/yyyy" for one in cells[7:10])
    assert (cells[1].data_type, cells[1].number_format) == ("s", "@")


def test_totals_are_formulas_over_the_rows_with_their_results_beside_them():
    volume = rows(40)
    volume[3] = replace(volume[3], returned=None, sets=5)
    asked, told = (book([("V", volume)], values=values)["V"] for values in (False, True))

    last = 6 + 40 + 1
    assert asked.cell(last, 1).value == "Tổng số"
    spans = [asked.cell(last, n).value for n in (2, 4, 10)]
    assert spans == ["=COUNTA(B7:B46)", "=SUM(D7:D46)", "=COUNT(J7:J46)"]
    assert [told.cell(last, n).value for n in (2, 4, 10)] == [40, 44, 39]


def test_a_name_that_looks_like_a_formula_is_a_name():
    bad = '=HYPERLINK("http://x","bấm")'
    sheet = book([("V", [replace(ROW, name=bad, code="0012", reach="+84900", note="@x")])])["V"]

    assert [sheet.cell(7, n).value for n in (2, 5, 6, 13)] == ["0012", bad, "+84900", "@x"]
    assert {sheet.cell(7, n).data_type for n in (2, 5, 6, 13)} == {"s"}


def test_each_volume_has_a_sheet_whatever_it_is_called_and_none_is_lost():
    names = ["2026-AB12", "quyển [1]/2026", "x" * 40 + "1", "x" * 40 + "2"]

    made = book([(name, rows(2, name)) for name in names])

    assert made.sheetnames[0] == "2026-AB12" and len(set(made.sheetnames)) == len(names)
    assert all(sheet.cell(2, 1).value.endswith(name) for sheet, name in zip(made, names, strict=True))
    assert all(sheet.page_setup.orientation == "landscape" for sheet in made)
    assert made["2026-AB12"].print_title_rows == "$4:$6"


def test_no_dossier_makes_a_sheet_with_its_heads_alone():
    (sheet,) = book([])

    assert sheet.cell(4, 2).value == "Mã hồ sơ" and sheet.cell(8, 2).value is None


def test_the_same_rows_give_the_same_bytes_and_no_file_beside_them(monkeypatch):
    def never(*_args, **_how):
        raise AssertionError("names of people in a temporary file")

    monkeypatch.setattr(tempfile, "mkstemp", never)
    monkeypatch.setattr(tempfile, "TemporaryFile", never)

    first, second = (register_xlsx(MADE, [("V", rows(300))], form(TEMPLATES[0])) for _ in range(2))

    assert first == second


def test_a_missing_day_is_an_empty_cell():
    (sheet,) = book([("V", [replace(ROW, returned=None, due=date(2026, 12, 1))])])

    assert sheet.cell(7, 10).value is None and sheet.cell(7, 9).value == datetime(2026, 12, 1)


# What LibreOffice asks at the first start otherwise: every formula is reckoned anew, whoever wrote the file.
RECKONS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""


@pytest.mark.skipif(shutil.which("soffice") is None and "CI" not in os.environ, reason="needs LibreOffice")
def test_another_program_opens_it_and_reckons_the_same_totals(tmp_path):
    volume = rows(40)
    volume[3] = replace(volume[3], returned=None, sets=5)
    # Of the results that stand beside the formulas nothing may be left: what is read must be reckoned.
    asked, wiped = zipfile.ZipFile(io.BytesIO(register_xlsx(MADE, [("V", volume)], form(TEMPLATES[-1])))), 0
    with zipfile.ZipFile(tmp_path / "so.xlsx", "w") as written:
        for name in asked.namelist():
            data, n = re.subn(rb"(</f>)<v>\d+</v>", rb"\1<v>7</v>", asked.read(name))
            written.writestr(name, data)
            wiped += n
    assert wiped == 3
    profile = tmp_path / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(RECKONS, encoding="utf-8")

    subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation={profile.as_uri()}",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "so.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )

    with (tmp_path / "so.csv").open(encoding="utf-8", newline="") as read:
        table = list(csv.reader(read))
    assert [table[6][n] for n in (1, 4, 7)] == [
        volume[0].code,
        volume[0].name,
        f"{volume[0].received:%d/%m/%Y}",
    ]
    total = next(row for row in table if row[0] == "Tổng số")
    assert [total[n] for n in (1, 3, 9)] == ["40", "44", "39"]
