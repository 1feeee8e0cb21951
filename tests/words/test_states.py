"""Closed lists have words for each of their members, and warnings say what to do."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

import counter_app
from counter_app.domain import fees, kinds
from counter_app.domain.calendar import Rest
from counter_app.domain.card import read_card
from counter_app.domain.citizen import Warning
from counter_app.domain.commune import Role
from counter_app.domain.lifecycle import NATIONAL_STATUS, STEPS, State
from counter_app.domain.limits import Unit
from counter_app.domain.people import Party, warnings
from counter_app.domain.procedures import PaperKind
from counter_app.words import states
from counter_app.words.states import fee_words, state_words, warning_words


@pytest.mark.parametrize(
    ("table", "members"),
    [
        (states.STATES, State),
        (states.NATIONAL_STATUSES, NATIONAL_STATUS.values()),
        (states.ROLES, Role),
        (states.PAPER_KINDS, PaperKind),
        (states.UNITS, Unit),
        (states.RESTS, Rest),
        (states.CHANNELS, fees.CHANNELS),
        (states.ACTS, STEPS),
        (states.ACTS, [kind.name for kind in (*kinds._DOSSIER, *kinds._BOOKS)]),
    ],
    ids=["state", "national", "role", "paper", "unit", "rest", "channel", "step", "kind"],
)
def test_a_list_has_words_for_each_member(table: dict[Any, str], members: Iterable[Any]) -> None:
    assert set(members) <= set(table)
    assert len(set(table.values())) == len(table) or table is states.ACTS


def _codes() -> set[str]:
    """Every warning that the program makes: Warning("code") and {"code": "code"}."""
    found = set()
    for path in Path(counter_app.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Warning":
                found |= {part.value for part in node.args[:1] if isinstance(part, ast.Constant)}
            if isinstance(node, ast.Dict):
                for key, value in zip(node.keys, node.values, strict=True):
                    if (
                        isinstance(key, ast.Constant)
                        and key.value == "code"
                        and isinstance(value, ast.Constant)
                    ):
                        found.add(value.value)
    return {code for code in found if re.fullmatch(r"[a-z]+(-[a-z]+)+", str(code))}


def test_every_warning_that_is_made_has_its_sentence() -> None:
    codes = _codes()

    assert {"old-number", "no-contact", "name-mangled", "calendar-missing"} <= codes
    for code in codes:
        assert not warning_words(Warning(code)).startswith("Có điều cần xem lại"), code


def test_warnings_of_a_scan_are_said_with_their_facts() -> None:
    card = read_card("066174000123||H'Loan Nie Kdam|xx031974|Nu|Buon Ea Mlung|12082021")

    said = [warning_words(warning) for warning in card.warnings]

    assert said[0].startswith("Tên trên thẻ bị mất dấu khi quét")
    assert "Không đọc được ngày sinh “xx031974” khi quét thẻ; hãy gõ lại theo thẻ." in said


def test_warnings_of_a_person_compare_the_number_with_what_was_said() -> None:
    party = Party.from_fields(
        {"name": "Y Wang", "id_number": "066174000123", "birth_date": "1973", "sex": "Nam"}
    )

    said = [warning_words(warning) for warning in warnings(party)]

    assert said == [
        "Năm sinh ghi 1973, còn theo số định danh là 1974; hãy so lại với thẻ.",
        "Giới tính ghi Nam, còn theo số định danh là Nữ; hãy so lại với thẻ.",
        "Chưa có cách liên hệ; hãy hỏi số điện thoại, hoặc nhờ được ai nhắn giúp.",
    ]


def test_a_warning_of_an_event_reads_as_it_was_kept() -> None:
    said = warning_words({"code": "calendar-missing", "years": [2027, 2028]})

    assert said == (
        "Chưa có lịch nghỉ năm 2027 và 2028, ngày hẹn chỉ trừ cuối tuần, lễ cố định; hãy xem kỹ rồi xác nhận."
    )
    assert warning_words({"code": "of-a-later-version"}) == (
        "Có điều cần xem lại trước khi lưu (of-a-later-version)."
    )


def test_a_state_and_a_fee_are_named() -> None:
    assert state_words(State.WAITING_SUPPLEMENT) == "chờ bổ sung giấy tờ"
    assert [fee_words(8000, True), fee_words(8000, False), fee_words(0, False), fee_words(None, False)] == [
        "8.000 đ, đã thu",
        "8.000 đ, chưa thu",
        "không phải nộp",
        "chưa rõ mức phí",
    ]
