"""Every sentence is said in Vietnamese and in English, with the same facts."""

from __future__ import annotations

import gettext
import io
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import BadLine
from counter_app.system.paths import resource
from counter_app.words import language
from counter_app.words.catalogue import compile_all, mo_bytes, read_po
from counter_app.words.errors import sentence
from counter_app.words.language import Words, listed, on_paper
from counter_app.words.reasoning import limit_words
from tests.words.tables import tables

MSGIDS = {template for _, table in tables() for template in table.values()}
PO = resource("locale/en/LC_MESSAGES/counter.po")
ENGLISH = read_po(PO.read_text(encoding="utf-8"))
_FACT = re.compile(r"\{\w+\}")


@pytest.fixture
def english() -> Iterator[None]:
    language.use("en")
    yield
    language.use("vi")


def test_every_sentence_has_its_english_and_no_english_is_left_over() -> None:
    translated = {msgid for msgid in ENGLISH if msgid}

    assert len(MSGIDS) > 400
    assert sorted(MSGIDS - translated) == [], "add these to the .po and compile it"
    assert sorted(translated - MSGIDS) == [], "take these out of the .po"


@pytest.mark.parametrize("msgid", sorted(MSGIDS))
def test_a_translation_bears_the_same_facts_and_ends_alike(msgid: str) -> None:
    for said in ENGLISH[msgid]:
        assert set(_FACT.findall(said)) == set(_FACT.findall(msgid))
        assert said.count("[") == said.count("]") == msgid.count("[")
        assert said.endswith(".") == msgid.endswith(".")
        assert said == unicodedata.normalize("NFC", said) and said.strip()
    assert msgid == unicodedata.normalize("NFC", msgid)
    assert len(ENGLISH[msgid]) == 1 or "{n}" in msgid


def test_the_compiled_file_is_that_of_the_text() -> None:
    assert PO.with_suffix(".mo").read_bytes() == mo_bytes(ENGLISH), (
        "compile: python -m counter_app.words.catalogue"
    )


def test_the_same_words_are_said_in_the_language_in_use(english: None) -> None:
    error = BadLine("not-a-phone", line=12, field="applicant.phone", value="123")

    assert sentence(error) == (
        "Line 12: phone number of the applicant “123” is not right;"
        " it has 10 digits and begins with 0, a foreign one with +."
    )
    assert limit_words(1, "working_day") == "1 working day"
    assert limit_words(5, "working_day") == "5 working days"

    language.use("xx")

    assert limit_words(5, "working_day") == "5 ngày làm việc"


def test_with_a_number_all_is_english_too_where_it_has_no_plural(english: None) -> None:
    for msgid in MSGIDS:
        for n in (0, 1, 2):
            said = Words({"x": msgid}).say("x", n=n)
            assert said in {Words({"x": one}).say("x", n=n) for one in ENGLISH[msgid]}
    assert limit_words(0, "same_day") == "the same day"


def test_papers_are_vietnamese_whatever_the_window_speaks(english: None) -> None:
    @on_paper
    def printed() -> str:
        return limit_words(5, "working_day")

    assert (printed(), limit_words(5, "working_day")) == ("5 ngày làm việc", "5 working days")


def test_a_part_whose_facts_are_not_known_is_not_said() -> None:
    words = Words({"late": "Quá hạn {n} ngày[ ({why})][, {who}]."})

    assert words.say("late", n=2) == "Quá hạn 2 ngày."
    assert words.say("late", n=2, why="", who="Lan") == "Quá hạn 2 ngày, Lan."
    assert words.say("late", n=2, why="[{n}] \\1") == "Quá hạn 2 ngày ([{n}] \\1)."


def test_a_list_reads_as_one() -> None:
    assert [listed(list("abc")[:n]) for n in range(4)] == ["", "a", "a và b", "a, b và c"]


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)


@given(st.dictionaries(TEXTS, st.one_of(st.tuples(TEXTS), st.tuples(TEXTS, TEXTS)), max_size=8))
def test_what_is_compiled_is_what_gettext_reads(messages: dict[str, tuple[str, ...]]) -> None:
    header = ("Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n",)

    read = gettext.GNUTranslations(io.BytesIO(mo_bytes({**messages, "": header})))

    for msgid, said in messages.items():
        assert read.ngettext(msgid, msgid, 1) == (said[0] if len(said) > 1 else msgid)
        if len(said) == 1:
            assert read.gettext(msgid) == said[0]
        else:
            assert read.ngettext(msgid, msgid, 5) == said[1]


def test_a_po_reads_lines_that_go_on_and_refuses_a_message_twice() -> None:
    text = '# note\nmsgid ""\n"chờ "\n"trả"\nmsgstr "to be\\n"\n"collected"\n\nmsgid "b"\nmsgstr "c"\n'

    assert read_po(text) == {"chờ trả": ("to be\ncollected",), "b": ("c",)}
    with pytest.raises(ValueError, match="chờ trả"):
        read_po(f"{text}\n{text}")


def test_every_language_is_compiled(tmp_path: Path) -> None:
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "counter.po").write_text('msgid "a"\nmsgstr "b"\n', encoding="utf-8")

    made = compile_all(folder.parent.parent)

    assert made == [folder / "counter.mo"]
    assert made[0].read_bytes() == mo_bytes({"a": ("b",)})
