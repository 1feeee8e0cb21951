"""The slip that a collector signs: all that was given, his line, and four digits of his number."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from counter_app.domain.errors import BadInput
from counter_app.domain.zone import VIETNAM
from counter_app.paper.handover import HandoverFacts, handover_pdf, handover_template
from counter_app.system import paths
from tests.paper.reading import pages, squeezed

TEMPLATES = sorted(paths.resource("templates").glob("handover-*.json"))
FACTS = HandoverFacts(
    authority="UBND XÃ EA MLUNG",
    office="Bộ phận Một cửa",
    place="Ea Mlung",
    given_at=datetime(2026, 4, 20, 8, 15, tzinfo=VIETNAM),
    collector="Lò Văn Inh",
    rows=(("H55.242-260420-1001", "Đăng ký lại khai sinh", "H’Loan Niê Kđăm"),),
    paper="số …0456",
    capacity="con, theo giấy khai sinh",
    officer_name="Trần Thị Lan",
)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
@pytest.mark.parametrize("paper", ["a5", "80mm"])
@pytest.mark.parametrize("facts", [FACTS, replace(FACTS, given="1 bản", left="2 bản", fee="8.000 đ")])
def test_the_slip_says_who_took_what_and_has_a_line_to_sign(template, paper, facts) -> None:
    form = handover_template(template.read_text("utf-8"))

    (page,) = pages(handover_pdf(facts, paper=paper, form=form))

    said = squeezed(page)
    for words in ("PHIẾU TRẢ KẾT QUẢ", facts.collector, facts.paper, facts.capacity, facts.officer_name):
        assert squeezed(words) in said
    for words in (*facts.rows[0], "8giờ15phút", "Kývàghirõhọtên", facts.given, facts.left, facts.fee):
        assert squeezed(words) in said
    assert (squeezed("Còn lại") in said) is bool(facts.left)


@pytest.mark.parametrize("paper", ["a5", "80mm"])
def test_forty_dossiers_are_all_on_it_and_every_page_but_one_is_numbered(paper) -> None:
    rows = tuple(
        (f"H55.242-260420-{n}", "Cấp bản sao trích lục hộ tịch", "Giàng A Páo") for n in range(1001, 1041)
    )
    form = handover_template(TEMPLATES[0].read_text("utf-8"))

    made = pages(handover_pdf(replace(FACTS, rows=rows), paper=paper, form=form))

    assert all(squeezed(row[0]) in squeezed("".join(made)) for row in rows)
    assert len(made) == 1 or all(f"Trang{n}/{len(made)}" in squeezed(p) for n, p in enumerate(made, 1))
    assert handover_pdf(FACTS, paper=paper, form=form) == handover_pdf(FACTS, paper=paper, form=form)


def test_a_template_that_names_a_strange_field_is_refused() -> None:
    with pytest.raises(BadInput):
        handover_template(TEMPLATES[0].read_text("utf-8").replace('"collector"', '"applicant_phone"'))
