"""The hotline stands on every paper that the office hands out or hangs up, and nowhere where it has none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from counter_app.domain.zone import VIETNAM
from counter_app.paper import forms
from counter_app.paper.call_list import call_list_pdf
from counter_app.paper.cash_book import CashFacts, cash_book_pdf
from counter_app.paper.control import control_pdf
from counter_app.paper.day_close import DayFacts, day_close_pdf
from counter_app.paper.handover import handover_pdf
from counter_app.paper.handover_list import ListFacts, list_pdf
from counter_app.paper.letter import letter_pdf
from counter_app.paper.petition import PetitionFacts, petition_pdf
from counter_app.paper.posting import ListFacts as PostedFacts
from counter_app.paper.posting import SheetFacts, posted_list, sheets
from counter_app.paper.receipt import receipt_pdf
from counter_app.paper.register import register_pdf
from counter_app.paper.slips import slips_pdf as pad_pdf
from counter_app.paper.survey import SurveyFacts, sheet_pdf, slips_pdf
from counter_app.paper.template import Template
from counter_app.services.calls import Round
from counter_app.system import paths
from counter_app.words.call_list import call_sheets
from tests.paper import people, test_control, test_handover, test_letter, test_register, test_slips
from tests.paper.reading import pages, squeezed

NUMBER = "0262 3987 654"
WHEN = datetime(2026, 11, 26, 9, 5, tzinfo=VIETNAM)
HEAD = {"authority": "UBND XÃ EA MLUNG", "office": "Bộ phận Một cửa", "place": "Ea Mlung"}
PETITION = PetitionFacts(
    **HEAD, agency="UBND xã Ea Mlung", code="PAKN-9F3C-2026-12", source="điện thoại", subject="Chờ lâu",
    content="Chờ hai giờ", received_at=WHEN, dated=WHEN, needs=("giờ đến",), reason="trùng", answer="Mở quầy",
)  # fmt: skip
SURVEY = SurveyFacts(**HEAD, dated=WHEN, levels=("Hài lòng",), survey_text="https://khaosat.vn/1")
CASH = CashFacts(
    **HEAD, day="26/11/2026", dated=WHEN, rows=(), cash="0", transfer="0", portal="0", total="0"
)  # fmt: skip
DAY = DayFacts(**HEAD, day="26/11/2026", dated=WHEN, sums=(("Hồ sơ đã nhận", "2"),))
CHANGING = ListFacts(**HEAD, agency="UBND xã", giver="A", taker="B", at=WHEN, rows=(("C", "P", "N"),))
SHEET = SheetFacts(**HEAD, dated=WHEN, code="1.004884", name="Khai sinh", field="Hộ tịch", parts=())
POSTED = PostedFacts(**HEAD, dated=WHEN, rows=(("Hộ tịch", (("1.004884", "Khai sinh", "5 ngày", "0"),)),))

Draw = Callable[[Any, str, Template], bytes]
_PAPERS: dict[str, tuple[Any, tuple[str, ...], Draw]] = {
    forms.RECEIPT: (
        people.SHORT, ("a5", "a4", "80mm"), lambda f, p, t: receipt_pdf(f, paper=p, template=t),
    ),
    forms.HANDOVER: (test_handover.FACTS, ("a5", "80mm"), lambda f, p, t: handover_pdf(f, paper=p, form=t)),
    forms.CONTROL: (test_control.facts(), ("a5",), lambda f, p, t: control_pdf(f, paper=p, form=t)),
    forms.REGISTER: (test_register.FACTS, ("",), lambda f, p, t: register_pdf(f, [("1", [])], t)),
    forms.CASH_BOOK: (CASH, ("a4",), lambda f, p, t: cash_book_pdf(f, paper=p, form=t)),
    forms.DAY_CLOSE: (DAY, ("a4", "a5"), lambda f, p, t: day_close_pdf(f, paper=p, form=t)),
    forms.LIST: (CHANGING, ("a4",), lambda f, p, t: list_pdf(f, paper=p, form=t)),
    forms.POSTING: (SHEET, ("a4",), lambda f, p, t: sheets([f], form=t, paper=p)),
    forms.POSTED_LIST: (POSTED, ("a4",), lambda f, p, t: posted_list(f, form=t, paper=p)),
    forms.SURVEY: (SURVEY, ("a5", "a4"), lambda f, p, t: slips_pdf(f, 1, paper=p, form=t)),
    forms.SURVEY_SHEET: (SURVEY, ("a4",), lambda f, p, t: sheet_pdf(f, paper=p, form=t)),
    **dict.fromkeys(
        forms.PETITIONS, (PETITION, ("a5",), lambda f, p, t: petition_pdf(f, paper=p, form=t))
    ),
    **dict.fromkeys(
        forms.LETTERS, (test_letter.FACTS, ("a5",), lambda f, p, t: letter_pdf(f, paper=p, form=t))
    ),
}  # fmt: skip
SHIPPED = sorted(paths.resource("templates").glob("*.json"))


def _cases() -> Iterator[Any]:
    for file in SHIPPED:
        form = file.stem.split("-")[0]
        for paper in _PAPERS[form][1]:
            yield pytest.param(file, paper, id=f"{file.stem}-{paper}")


@pytest.mark.parametrize(("file", "paper"), [*_cases()])
def test_each_form_bears_the_number_where_one_is_set(file: Any, paper: str) -> None:
    form = forms.read(file.read_text("utf-8"))
    facts, _, draw = _PAPERS[form.form]

    told = pages(draw(replace(facts, hotline=NUMBER), paper, form))
    silent = "".join(pages(draw(replace(facts, hotline=""), paper, form)))

    copies = [page for page in told if squeezed(NUMBER) in squeezed(page)]
    assert len(copies) == len(told), "each copy has it"
    assert squeezed("Đường dây nóng") not in squeezed(silent)


def test_the_list_for_a_hamlet_s_head_and_the_pad_of_slips_bear_it() -> None:
    sheets = call_sheets([Round("thôn 2", "Thôn 2", ())], hotline=NUMBER)
    pad = pad_pdf(replace(test_slips.PAD, hotline=NUMBER), paper="a5")

    assert squeezed(NUMBER) in squeezed("".join(pages(call_list_pdf(sheets, agency="UBND", made=WHEN))))
    assert all(squeezed(NUMBER) in squeezed(page) for page in pages(pad))


def test_no_form_is_left_out() -> None:
    assert {file.stem.split("-")[0] for file in SHIPPED} == set(forms.WORDS) == set(_PAPERS)
    assert all(date.fromisoformat(file.stem.split("-", 1)[1]) for file in SHIPPED)
