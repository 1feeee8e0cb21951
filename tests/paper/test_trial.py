"""The test page of a queue: its frame at the edges, a true ruler, codes that scan back."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from PIL import Image

from counter_app.domain.errors import BadInput
from counter_app.domain.zone import VIETNAM
from counter_app.paper.trial import CODE, TrialFacts, trial_pdf
from tests.paper import reading
from tests.paper.samples import render

FACTS = TrialFacts("LBP 2900", "khổ A5", datetime(2026, 11, 26, 8, 15, tzinfo=VIETNAM))


@pytest.mark.parametrize(("paper", "dpi"), [("a5", 150), ("a4", 150), ("80mm", 203)])
def test_both_codes_scan_back(paper: str, dpi: int) -> None:
    assert reading.codes(trial_pdf(FACTS, paper=paper), dpi) == {"bars": CODE, "qr": CODE}


@pytest.mark.parametrize(("paper", "width", "edge"), [("a5", 148, 5), ("a4", 210, 5), ("80mm", 80, 4)])
def test_the_frame_lies_at_the_edges_of_what_is_printed(paper: str, width: int, edge: int) -> None:
    image = Image.open(io.BytesIO(render(trial_pdf(FACTS, paper=paper), 203))).convert("L")
    dark = image.point(lambda level: 255 if level < 128 else 0).getbbox()

    assert dark is not None
    assert [side / 203 * 25.4 for side in (dark[0], dark[2])] == pytest.approx([edge, width - edge], abs=0.3)


def test_a_narrow_head_gets_the_square_alone_and_a_frame_of_its_width() -> None:
    pdf = trial_pdf(FACTS, paper="80mm", printable_mm=48)
    image = Image.open(io.BytesIO(render(pdf, 203))).convert("L")
    dark = image.point(lambda level: 255 if level < 128 else 0).getbbox()

    assert reading.codes(pdf, 203) == {"qr": CODE}
    assert dark is not None
    assert (dark[2] - dark[0]) / 203 * 25.4 == pytest.approx(48, abs=0.3)


def test_queue_paper_and_the_hardest_letters_are_on_it() -> None:
    (text,) = reading.pages(trial_pdf(FACTS, paper="a5"))

    for words in ("LBP 2900", "khổ A5", "Ẵ", "ỡ", "Kđăm"):
        assert words in text


@pytest.mark.parametrize("wrong", [{"paper": "a3"}, {"paper": "80mm", "printable_mm": 20}])
def test_a_paper_that_there_is_not_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        trial_pdf(FACTS, **wrong)  # type: ignore[arg-type]
