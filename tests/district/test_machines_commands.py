"""`counter-district commune` and `device` as an administrator types them."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from counter_app.district.program import main as program
from counter_app.domain.zone import VIETNAM
from counter_app.system import clock
from tests.district.test_tls import data
from tests.services.stores import PASSPHRASE

__all__ = ["data"]
NOW = datetime(2026, 11, 27, 10, 30, tzinfo=VIETNAM)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def keyless(monkeypatch):
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("COUNTER_PASSPHRASE", PASSPHRASE)
    monkeypatch.setattr(clock, "now", lambda: NOW)  # no midnight comes in between


@pytest.fixture
def run(data, capsys):
    def run(*words):
        code = program(["--data", str(data), *map(str, words)])
        told = capsys.readouterr()
        return code, [json.loads(line) for line in told.out.splitlines()], told.err

    return run


def test_a_machine_is_added_for_some_days_and_its_days_are_changed(run):
    last = TODAY + timedelta(days=9)
    code, (made,), _ = run("device", "add", "H55.242", "XÁCH TAY", "--until", last)
    number = made["device"]
    assert code == 0

    code, (line,), _ = run("device", "post", number, "--until", last + timedelta(days=5), "--reason", "Thêm")
    assert (code, line["device"], line["machine"]) == (0, number, number)
    assert [(one["since"], one["until"]) for one in line["posted"]] == [
        (TODAY.isoformat(), (last + timedelta(days=5)).isoformat())
    ]
    assert line in run("device", "list")[1]


def test_a_revoked_machine_is_given_no_longer_days_and_it_is_told_what_to_do(run):
    run("device", "add", "H55.242", "XÁCH TAY")
    run("device", "revoke", 1)
    before = run("device", "list")[1]

    code, lines, told = run("device", "post", 1, "--until", TODAY + timedelta(days=5))

    assert (code != 0, lines) == (True, [])
    assert told.strip() == (
        "Máy số 1 đã bị thu hồi, không gia hạn được; hãy thêm lại bằng device add,"
        " rồi trên máy đó chạy counter-app enrol --again."
    )
    assert run("device", "list")[1] == before


def test_one_machine_serves_two_communes(run):
    run("commune", "add", "H55.243", "UBND xã Tả Van")
    (first,) = run("device", "add", "H55.242", "XÁCH TAY")[1]
    (second,) = run("device", "add", "H55.243", "XÁCH TAY", "--also", first["device"])[1]
    (third,) = run("device", "add", "H55.243", "XÁCH TAY", "--also", second["device"])[1]

    listed = {line["device"]: line["machine"] for line in run("device", "list")[1]}
    assert {listed[one["device"]] for one in (first, second, third)} == {first["device"]}


def test_a_commune_is_merged_and_its_code_names_the_other_one(run):
    run("commune", "add", "H55.243", "UBND xã Tả Van")
    code, (told,), _ = run("commune", "merge", "H55.243", "H55.242")

    assert (code, told["merged"], told["into"]) == (0, "H55.243", "H55.242")
    assert run("device", "add", "H55.243", "QUẦY 2")[0] == 0
    assert {line["commune"] for line in run("device", "list")[1]} == {"H55.242"}
    assert [line["commune"] for line in run("verify")[1]] == ["H55.242"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("device", "post", 1), "Chưa ghi ngày nào cho máy số 1; hãy thêm --since hoặc --until."),
        (
            ("device", "add", "H55.242", "X", "--since", "2026-12-31", "--until", "2026-12-01"),
            "Ngày cuối 1/12/2026 đứng trước ngày đầu 31/12/2026; hãy ghi lại hai ngày.",
        ),
        (
            ("commune", "merge", "H55.242", "H55.242"),
            "Hai mã là của cùng một xã; hãy ghi mã xã được sáp nhập, rồi mã xã nhận.",
        ),
    ],
)
def test_bad_words_are_one_sentence_and_change_nothing(run, words, said):
    run("device", "add", "H55.242", "QUẦY 1")
    before = run("device", "list")[1]

    code, lines, told = run(*words)

    assert (code != 0, lines, told.strip()) == (True, [], said)
    assert run("device", "list")[1] == before


@pytest.mark.parametrize(
    "words",
    [
        ("device", "add", "H55.242", "X", "--until", "31/12"),
        ("device", "add", "H55.242", "X", "--also", 99),
        ("device", "post", 99, "--until", "2027-01-01"),
        ("commune", "merge", "H55.242", "H99.999"),
    ],
)
def test_what_is_not_there_is_told(run, words):
    code, lines, told = run(*words)
    assert (code != 0, lines) == (True, [])
    assert len(told.strip().splitlines()) == 1
    assert any(word in told for word in ("hãy", "cần", "phải", "chỉ"))
