"""The control slip: a block a hand-over, free blocks after them, as many pages as it takes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from counter_app.domain.errors import BadInput
from counter_app.domain.hops import Pace
from counter_app.domain.zone import VIETNAM
from counter_app.paper.control import ControlFacts, Passed, control_pdf, control_template
from counter_app.paper.sheets import A4, A5
from counter_app.system import paths
from tests.paper.people import LONG
from tests.paper.reading import codes, pages, sizes, squeezed

PACES = ("Trước hạn", "Đúng hạn", "Quá hạn")
TEMPLATES = sorted(paths.resource("templates").glob("control-*.json"))
FIRST = datetime(2026, 11, 26, 9, 5, tzinfo=VIETNAM)


def facts(*passed: Passed, **more: object) -> ControlFacts:
    given = {
        "authority": "UBND XÃ EA MLUNG",
        "office": "Trung tâm Phục vụ hành chính công",
        "place": "Ea Mlung",
        "code": "H55.242-261126-1007",
        "applicant_name": "H’Bliă Niê Kđăm",
        "request": "Đăng ký khai sinh",
        "solving": "UBND xã Ea Mlung",
        "dated": FIRST,
        "received_at": FIRST,
        "hotline": "0262 3555 019",
    }
    return ControlFacts(**{**given, **more}, passed=passed)


def form(path):
    return control_template(path.read_text("utf-8"))


def hops(many: int) -> list[Passed]:
    return [
        Passed(f"Bộ phận {n}", f"Bộ phận {n + 1}", FIRST + timedelta(days=n), note=f"bước {n}")
        for n in range(1, many + 1)
    ]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
@pytest.mark.parametrize("paper", ["a5", "a4"])
def test_twelve_hand_overs_are_all_there_with_columns_on_every_page_and_free_blocks_at_the_end(
    template, paper
):
    made = facts(*hops(12))

    pdf = control_pdf(made, paper=paper, form=form(template))

    read = [squeezed(page) for page in pages(pdf)]
    said = "".join(read)
    assert len(read) > 1 and all(made.code in page and "THỜIGIANGIAO" in page for page in read)
    for one in made.passed:
        assert squeezed(f"1. Giao: {one.gave} 2. Nhận: {one.took}") in said
        assert squeezed(f"9 giờ 05 phút, ngày {one.at:%d} tháng {one.at.month} năm 2026") in said
        assert squeezed(one.note) in said
    assert said.count("1.Giao:……") == 2
    assert said.count("Ngườigiao") == said.count("Ngườinhận") == 14
    assert squeezed("Đường dây nóng: 0262 3555 019") in said
    assert sizes(pdf) == [pytest.approx(A5 if paper == "a5" else A4, abs=0.1)] * len(read)
    assert codes(pdf, 150) == {"bars": made.code}
    assert control_pdf(made, paper=paper, form=form(template)) == pdf


@pytest.mark.parametrize("pace, words", [*zip(Pace, PACES, strict=True)])
def test_only_what_is_known_is_marked(pace, words):
    made = facts(*hops(1), Passed("Bộ phận 2", "Một cửa", FIRST, pace))

    said = squeezed("".join(pages(control_pdf(made, paper="a5", form=form(TEMPLATES[-1])))))

    assert said.count("X" + squeezed(words)) == 1
    assert sum(said.count("X" + squeezed(other)) for other in PACES) == 1


def test_long_names_are_said_to_the_end_and_a_block_is_never_cut():
    one = Passed(LONG.office, LONG.applicant_name, FIRST, Pace.LATE, LONG.request)
    made = facts(*[one] * 5, request=LONG.request, solving=LONG.office, marks=LONG.marks)

    read = [squeezed(page) for page in pages(control_pdf(made, paper="a5", form=form(TEMPLATES[-1])))]

    for words in (LONG.office, LONG.applicant_name):
        assert "".join(read).count(squeezed(words)) >= 5
    assert all(page.count("Ngườigiao") == page.count("XQuáhạn") + page.count("1.Giao:……") for page in read)
    assert squeezed(LONG.marks[0]) in read[0]


def test_a_fresh_slip_is_one_page():
    assert len(pages(control_pdf(facts(), paper="a5", form=form(TEMPLATES[-1])))) == 1


def test_a_roll_is_refused():
    with pytest.raises(BadInput, match="unknown-paper"):
        control_pdf(facts(), paper="80mm", form=form(TEMPLATES[0]))
