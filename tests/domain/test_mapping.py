"""How other programs spell a dossier: a table says it, and a bad table is told by its line."""

from __future__ import annotations

from datetime import datetime

import pytest

from counter_app.domain.errors import BadLine
from counter_app.domain.mapping import read_table
from counter_app.domain.spreadsheet import csv_file
from counter_app.domain.zone import VIETNAM
from counter_app.words.errors import sentence

HEAD = "# Nguồn: thử\ncolumn,field,form,values,source\n"
GOOD = HEAD + (
    "Ma,code,text,,\n"
    "Kenh,channel,whole,counter=1;home=1;post=3;online=2,\n"
    "Nhan,received_at,time dd/MM/yyyy HH:mm,,\n"
    "VNeID,,whole,0,kho chưa biết\n"
    "Kho,,text,,\n"
    "Giay.Ten,component.name,text,,\n"
    "Giay.Kho,,whole,0,\n"
)
FACTS = {
    "code": "h55.242-261122-AB0001",
    "channel": "online",
    "received_at": datetime(2026, 11, 22, 1, 15).replace(tzinfo=VIETNAM),
    "component": [{"component.name": "tờ khai"}, {"component.name": "=1+1"}],
}


def test_a_record_stands_in_the_columns_of_the_table():
    assert read_table(GOOD).record(FACTS) == {
        "Ma": "h55.242-261122-AB0001",
        "Kenh": 2,
        "Nhan": "22/11/2026 01:15",
        "VNeID": 0,
        "Kho": "",
        "Giay": [{"Ten": "tờ khai", "Kho": 0}, {"Ten": "=1+1", "Kho": 0}],
    }


def test_what_is_not_known_is_empty_and_never_guessed():
    made = read_table(GOOD).record({"channel": "by pigeon", "received_at": None, "component": []})

    assert (made["Ma"], made["Kenh"], made["Nhan"], made["Giay"]) == (None, None, None, [])
    whole = read_table(HEAD + "So,fee,whole,,\n")
    assert [whole.record({"fee": value})["So"] for value in (8000, "8000", "²", "")] == [
        8000,
        8000,
        None,
        None,
    ]


def test_a_flat_file_has_the_lines_of_a_list_below_each_other():
    table = read_table(GOOD)

    assert table.headings == ("Ma", "Kenh", "Nhan", "VNeID", "Kho", "Giay.Ten", "Giay.Kho")
    assert table.row(FACTS)[-2:] == ["tờ khai\n=1+1", "0\n0"]


def test_no_cell_of_a_spreadsheet_is_a_formula():
    made = csv_file([["a", "=1+1", "+84", "-2", "@x", "\t=1", 5]])

    assert made == "\ufeffa,'=1+1,'+84,'-2,'@x,'\t=1,5\r\n".encode()


@pytest.mark.parametrize(
    ("text", "why", "line"),
    [
        ("column,field,form,values,source\nMa,code,text,,\n", "table-uncited", 1),
        (HEAD, "table-empty", 1),
        (HEAD + ",code,text,,\n", "table-name-missing", 3),
        (HEAD + "Ma,code,text,,\nMa,channel,text,,\n", "table-name-twice", 4),
        (HEAD + "Ma,code,text,,\nMa.Ten,component.name,text,,\n", "table-name-twice", 4),
        (HEAD + "Ma,colour,text,,\n", "table-field-unknown", 3),
        (HEAD + "Ma,code,letters,,\n", "table-form-unknown", 3),
        (HEAD + "Ma,received_at,time,,\n", "table-form-unknown", 3),
        (HEAD + "Ma,received_at,time %Y,,\n", "table-form-unknown", 3),
        (HEAD + "Ma,received_at,text,,\n", "table-form-misfit", 3),
        (HEAD + "Ma,code,time yyyy,,\n", "table-form-misfit", 3),
        (HEAD + "Ma,code,whole,,\n", "table-form-misfit", 3),
        (HEAD + "Ma,,whole,không,\n", "table-form-misfit", 3),
        (HEAD + "Ma,,whole,²,\n", "table-form-misfit", 3),
        (HEAD + "Ma,channel,whole,counter=²;home=1;post=3;online=2,\n", "table-form-misfit", 3),
        (HEAD + "Ma,channel,whole,counter=a;home=1;post=3;online=2,\n", "table-form-misfit", 3),
        (HEAD + "Ma,channel,text,counter=1;home=1;post=3,\n", "table-value-missing", 3),
        (HEAD + "Ma,channel,text,counter=1;counter=2,\n", "table-value-odd", 3),
        (HEAD + "Ma,channel,text,fax=1,\n", "table-value-odd", 3),
        (HEAD + "Ten,component.name,text,,\n", "table-list-mixed", 3),
        (HEAD + "A.Ten,component.name,text,,\nA.Kq,result.name,text,,\n", "table-list-mixed", 4),
        (HEAD + "A.Kho,,text,,\n", "table-list-mixed", 1),
        (HEAD + "A.Ma,code,text,,\n", "table-list-mixed", 3),
        ("# x\ncolumn,field,form,source\n", "column-missing", 2),
    ],
)
def test_a_bad_table_is_told_by_its_line(text, why, line):
    with pytest.raises(BadLine) as told:
        read_table(text)

    assert (told.value.why, told.value.facts["line"]) == (why, line)
    assert sentence(told.value).startswith(f"Dòng {line}: ")
