import json
from datetime import date

import pytest

from counter_app.domain.errors import BadInput
from counter_app.paper.receipt import receipt_template
from counter_app.paper.template import pick
from tests.paper.people import TEMPLATES, form

NEW, OLD = form("receipt-2025-09-15"), form("receipt-2018-11-23")


@pytest.mark.parametrize(
    ("on", "wanted"),
    [("2018-11-23", OLD), ("2025-09-14", OLD), ("2025-09-15", NEW), ("2031-01-01", NEW)],
)
def test_the_template_in_force_on_a_day_is_picked(on, wanted):
    assert pick([NEW, OLD], date.fromisoformat(on)) is wanted


def test_before_the_first_template_there_is_none():
    with pytest.raises(BadInput) as refused:
        pick([NEW, OLD], date(2018, 11, 22))

    assert refused.value.why == "no-template"


def spoilt(**changes):
    raw = json.loads((TEMPLATES / "receipt-2025-09-15.json").read_text(encoding="utf-8"))
    for path, value in changes.items():
        *way, last = path.split("__")
        place = raw
        for step in way:
            place = place[int(step) if step.isdigit() else step]
        place[int(last) if last.isdigit() else last] = value
    return json.dumps(raw)


BLOCK = "layouts__page__blocks__0__"


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("{", "json"),
        ("[]", "template"),
        (spoilt(valid_from="15/09/2025"), "valid_from"),
        (spoilt(colour="red"), "colour"),
        (spoilt(copies=[]), "copies"),
        (spoilt(title=7), "title"),
        (spoilt(layouts={}), "layouts"),
        (spoilt(layouts__page__family="comic"), "page.family"),
        (spoilt(layouts__page__size="9"), "page.size"),
        (spoilt(layouts__page__size=-1), "page.size"),
        (spoilt(layouts__page__size=True), "page.size"),
        (spoilt(layouts__page__scales=[]), "page.scales"),
        (spoilt(**{BLOCK + "kind": "script"}), "page.blocks.1.kind"),
        (spoilt(**{BLOCK + "when": "fee > 0"}), "page.blocks.1.when"),
        (spoilt(**{BLOCK + "numbered": "yes"}), "page.blocks.1.numbered"),
        (spoilt(**{BLOCK + "texts": {"nation": 1}}), "page.blocks.1.texts"),
        (spoilt(**{BLOCK + "entries": [{"field": "__class__"}]}), "page.blocks.1.entries.1.field"),
    ],
)
def test_a_template_that_says_something_unknown_is_refused_with_the_place(text, at):
    with pytest.raises(BadInput) as refused:
        receipt_template(text)

    assert (refused.value.why, refused.value.facts["field"]) == ("bad-template", at)
