"""The log tells what happened, and nothing of anybody."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from enum import Enum, StrEnum
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.errors import BadInput, CannotWrite
from counter_app.system.logs import Log, Word

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=timezone(timedelta(hours=7)))
PRIVATE = [
    "Nguyễn Thị Ánh",
    "Nguyen Thi Anh",
    "nguyen",
    "NGUYEN-VAN-AN",
    "046195001234",
    "0912345678",
    "+84 912 345 678",
    "an@example.vn",
    "H55.242-261122-1001",
    "/home/nguyenvanan/.local/share",
    "two\nlines",
    "",
]


class Road(StrEnum):
    USB = "usb"


class Person(Enum):
    SOMEBODY = "Nguyễn Thị Ánh"


def told(folder: Path, **facts: object) -> str:
    Log(folder, now=lambda: NOON).log("sync-ended", **facts)
    return (folder / "counter.log").read_text()


def test_a_line_has_time_event_and_facts(tmp_path: Path) -> None:
    line = told(tmp_path, sent=3, ok=True, seconds=1.25, road=Road.USB, why=Word("bundle-damaged"), none=None)

    assert line == (
        "2026-11-22T12:00:00+07:00 sync-ended sent=3 ok=True seconds=1.25 road=usb"
        " why=bundle-damaged none=None\n"
    )


@pytest.mark.parametrize("private", PRIVATE)
def test_no_text_gets_through(tmp_path: Path, private: str) -> None:
    line = told(tmp_path, a=private, b=[private], c={private: 1}, d=private.encode(), e=ValueError(private))

    assert line.partition(" ")[2] == "sync-ended a=str b=list c=dict d=bytes e=ValueError\n"


@pytest.mark.parametrize(
    "number",
    [
        912345678,
        46195001234,
        -912345678,
        912345678.0,
        46195001234.5,
        pytest.param(10**5000, id="huge"),
        float("inf"),
    ],
)
def test_no_number_that_may_be_a_phones_or_a_citizens_gets_through(tmp_path: Path, number: float) -> None:
    assert told(tmp_path, n=number).endswith(f" n={type(number).__name__}\n")


def test_a_long_fraction_is_cut_to_a_measure(tmp_path: Path) -> None:
    assert told(tmp_path, seconds=0.123456789012).endswith(" seconds=0.123457\n")


def test_an_enum_tells_its_member_and_never_its_value(tmp_path: Path) -> None:
    assert told(tmp_path, who=Person.SOMEBODY).endswith(" who=somebody\n")


@pytest.mark.parametrize("private", [text for text in PRIVATE if text != "nguyen"])
def test_what_cannot_be_a_word_of_ours_makes_no_word(private: str) -> None:
    with pytest.raises(ValueError, match=r"^not a word of ours$"):
        Word(private)


@pytest.mark.parametrize("private", [text for text in PRIVATE if text != "nguyen"])
def test_neither_event_nor_name_of_a_fact_carries_text(tmp_path: Path, private: str) -> None:
    Log(tmp_path, now=lambda: NOON).log(private, **{private: 1})

    assert (tmp_path / "counter.log").read_text() == "2026-11-22T12:00:00+07:00 event fact=1\n"


def fail(private: str) -> None:
    try:
        raise BadInput("name-strange", field="name", value=private)
    except BadInput as error:
        error.add_note(private)
        raise CannotWrite("cannot-write", path=Path(f"/home/{private}")) from error


@pytest.mark.parametrize("private", PRIVATE[:-1])
def test_a_failure_tells_types_and_lines_and_no_message(tmp_path: Path, private: str) -> None:
    log = Log(tmp_path, now=lambda: NOON)

    try:
        fail(private)
    except CannotWrite as error:
        log.failure("print-failed", error)
    text = (tmp_path / "counter.log").read_text()

    assert re.sub(r"\.py:\d+ ", ".py:N ", text).splitlines() == [
        "2026-11-22T12:00:00+07:00 print-failed error=CannotWrite why=cannot-write",
        "    CannotWrite",
        "    test_logs.py:N test_a_failure_tells_types_and_lines_and_no_message",
        "    test_logs.py:N fail",
        "    BadInput",
        "    test_logs.py:N fail",
    ]


def test_our_own_files_are_told_with_their_room(tmp_path: Path) -> None:
    log = Log(tmp_path, now=lambda: NOON)

    try:
        Word("Not One")
    except ValueError as error:
        log.failure("odd", error)

    assert re.search(
        r"^    counter_app/system/logs\.py:\d+ __new__$", (tmp_path / "counter.log").read_text(), re.M
    )


def test_code_from_a_file_with_a_persons_name_is_only_code(tmp_path: Path) -> None:
    log = Log(tmp_path, now=lambda: NOON)

    try:
        exec(compile("1/0", "/home/Nguyen Van An/046195001234", "exec"))
    except ZeroDivisionError as error:
        log.failure("odd", error)

    assert "    code:1 <module>\n" in (tmp_path / "counter.log").read_text()


ANYTHING = st.recursive(
    st.text() | st.binary() | st.dates() | st.decimals() | st.integers(min_value=10**8) | st.uuids(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner),
    max_leaves=5,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
@given(value=ANYTHING)
def test_whatever_is_logged_leaves_its_type(tmp_path: Path, value: object) -> None:
    (tmp_path / "counter.log").unlink(missing_ok=True)

    assert told(tmp_path, fact=value).endswith(f" fact={type(value).__name__}\n")


def test_the_log_stays_small(tmp_path: Path) -> None:
    log = Log(tmp_path, now=lambda: NOON, size=2000)

    for number in range(500):
        log.log("tick", number=number)

    files = {path.name: path for path in tmp_path.iterdir()}
    assert set(files) == {"counter.log", "counter.1.log"}
    assert all(path.stat().st_size <= 2000 for path in files.values())
    assert files["counter.log"].read_text().endswith("number=499\n")


def test_a_log_that_cannot_be_written_fails_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    Log(tmp_path / "file", now=lambda: NOON).log("tick")

    assert (tmp_path / "file").read_bytes() == b""
