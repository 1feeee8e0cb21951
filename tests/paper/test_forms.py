"""What a template may name is known without drawing it, and is what the papers draw."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from counter_app.domain.errors import BadInput
from counter_app.paper import forms
from counter_app.paper.cash_book import BOOK, cash_book_template
from counter_app.paper.control import CONTROL, control_template
from counter_app.paper.day_close import SHEET as DAY_SHEET
from counter_app.paper.day_close import day_close_template
from counter_app.paper.handover import handover_template
from counter_app.paper.handover_list import LIST, list_template
from counter_app.paper.letter import LETTER, letter_template
from counter_app.paper.petition import petition_template
from counter_app.paper.posting import LIST as POSTED_LIST
from counter_app.paper.posting import SHEET, sheet_template
from counter_app.paper.posting import list_template as posted_template
from counter_app.paper.receipt import receipt_template
from counter_app.paper.receipt_blocks import VOCABULARY
from counter_app.paper.register import REGISTER, register_template
from counter_app.paper.survey import survey_template

SHIPPED = sorted((Path(__file__).parents[2] / "resources/templates").glob("*.json"))


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_a_shipped_template_reads_as_its_paper_reads_it(file):
    text = file.read_text("utf-8")
    own = {
        "receipt": receipt_template,
        "handover": handover_template,
        "control": control_template,
        "register": register_template,
        "transfer": list_template,
        "cashbook": cash_book_template,
        "dayclose": day_close_template,
        "posting": sheet_template,
        "postedlist": posted_template,
        **dict.fromkeys(forms.PETITIONS, petition_template),
        **dict.fromkeys((forms.SURVEY, forms.SURVEY_SHEET), survey_template),
    }

    found = forms.read(text)

    assert found == own.get(found.form, letter_template)(text)
    assert f"{found.form}-{found.valid_from.isoformat()}" == file.stem


def test_the_names_are_those_that_are_drawn():
    from counter_app.paper import handover

    assert forms.WORDS[forms.RECEIPT] == VOCABULARY
    assert forms.WORDS[forms.HANDOVER] == handover._GRAMMAR.vocabulary
    assert forms.WORDS[forms.REGISTER] == REGISTER.vocabulary
    assert forms.WORDS[forms.LIST] == LIST.vocabulary
    assert forms.WORDS[forms.POSTING] == SHEET.vocabulary
    assert forms.WORDS[forms.POSTED_LIST] == POSTED_LIST.vocabulary
    assert forms.WORDS[forms.CASH_BOOK] == BOOK.vocabulary
    assert forms.WORDS[forms.DAY_CLOSE] == DAY_SHEET.vocabulary
    assert forms.WORDS[forms.CONTROL] == CONTROL.vocabulary
    assert {forms.WORDS[form] for form in forms.LETTERS} == {LETTER.vocabulary}


@pytest.mark.parametrize("text", ["", "[]", "{}", json.dumps({"form": "poem"}), json.dumps({"form": ["x"]})])
def test_what_is_of_no_form_is_refused(text):
    with pytest.raises(BadInput, match="bad-template"):
        forms.read(text)
