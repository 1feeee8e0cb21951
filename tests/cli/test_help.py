"""`--help` tells every command and every argument, in the language that was asked for."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator

import pytest

from counter_app.cli import commands, parser
from counter_app.services import entry
from counter_app.words import usage
from tests.cli.conftest import Here
from tests.journeys.command import json_lines

VIETNAMESE = re.compile(
    r"[ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]", re.IGNORECASE
)


def _tree(
    top: argparse.ArgumentParser, words: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    yield words, top
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield from _tree(below, (*words, name))


TREE = dict(_tree(parser._parser(True)))
LEAVES = [words for words, one in TREE.items() if not one._subparsers]


def test_every_command_that_can_be_typed_is_done_by_a_function_and_told() -> None:
    done = {tuple(filter(None, key)) for key in commands._ALL}

    assert set(LEAVES) == done and len(done) > 35
    assert {" ".join(words) for words in TREE} == set(usage.COMMANDS)


@pytest.mark.parametrize("words", TREE, ids=lambda words: " ".join(words) or "counter-app")
def test_help_is_one_line_for_each_argument_in_vietnamese_or_english(
    words: tuple[str, ...], store_less: Here
) -> None:
    told = store_less.ok(*words, "--help").out
    english = store_less.ok(*words, "--help", COUNTER_LANGUAGE="en").out

    assert told.startswith("Cách gõ: counter-app") and english.startswith("Usage: counter-app")
    assert not re.search(r"usage:|positional|options|show this help", told)
    assert not VIETNAMESE.search(english.replace("đồng", ""))
    for action in TREE[words]._actions:
        assert action.help and "\n" not in action.help and len(action.help) <= 90, action.dest
        assert " ".join(action.help.split()) in " ".join(told.split()), action.dest


def test_no_argument_is_described_that_no_command_has() -> None:
    asked = {action.dest.removesuffix("_first") for one in TREE.values() for action in one._actions}
    named = {f"{' '.join(words)} {a.dest}" for words, one in TREE.items() for a in one._actions}

    assert set(usage._ARGUMENTS) <= asked | named


def test_the_help_of_receive_lists_the_fields_that_an_entry_may_have(store_less: Here) -> None:
    told = store_less.ok("receive", "-h").out

    listed = re.findall(r"^  (\w+)  +\S", told.partition("dòng JSON:\n")[2], re.MULTILINE)
    assert set(listed) == set(entry._KNOWN) and len(listed) == len(set(listed))


def test_failures_stay_vietnamese_whatever_the_help_speaks(store_less: Here) -> None:
    answer = store_less.run("return", COUNTER_LANGUAGE="en")

    assert answer.code == 2
    assert answer.sentence.startswith("Lệnh chưa đúng; hãy gõ như: counter-app return")


def test_a_line_of_acts_that_asks_for_help_is_a_bad_line_like_another(store: Here) -> None:
    answer = store.run("acts", "-", stdin=json_lines([["finish", "--help"], ["finish", "x"]]))  # type: ignore[list-item]

    assert answer.code == 2
    assert [line["line"] for line in answer.lines] == [1, 2]
    assert all("error" in line for line in answer.lines)


def test_a_proposed_calendar_is_printed_as_a_file_to_correct(store_less: Here) -> None:
    told = store_less.ok("calendar", "propose", "2027").out

    assert "date,kind,note\n2027-01-01,holiday," in told
