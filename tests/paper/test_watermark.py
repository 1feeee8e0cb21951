"""The mark of training stands in the pixels of any paper, of any size, and nowhere else."""

import io
from datetime import datetime

import pytest
from PIL import Image, ImageChops

from counter_app.paper import watermark
from counter_app.paper.page import MM, Paper
from counter_app.paper.receipt import receipt_pdf
from tests.paper.people import SHORT, VIETNAM, form
from tests.paper.reading import pages, squeezed
from tests.paper.samples import render


def blank(width: float, height: float) -> bytes:
    paper = Paper(title="x", author="y", made=datetime(2026, 11, 26, tzinfo=VIETNAM))
    paper.page(width * MM, height * MM)
    return paper.finish()


def inked(pdf: bytes) -> Image.Image:
    return Image.open(io.BytesIO(render(pdf, 72))).convert("L")


@pytest.fixture
def held():
    release = watermark.hold()
    yield
    release()


@pytest.mark.parametrize("size", [(148, 210), (210, 297), (297, 210), (80, 300), (58, 90)])
def test_a_page_that_is_otherwise_empty_is_marked_across_and_at_its_foot(held, size):
    pdf = blank(*size)

    image = inked(pdf)

    grey = image.point(lambda level: 255 if 190 <= level <= 215 else 0)
    left, top, right, bottom = grey.getbbox()
    assert right - left > 0.6 * image.width
    assert bottom - top > 0.6 * image.height
    foot = image.crop((0, int(image.height - 8 * MM), image.width, image.height))
    assert foot.getextrema()[0] < 60, "black at the foot, for a head that prints no grey"
    assert squeezed(watermark.WORDS) in squeezed(pages(pdf)[0])


def test_each_half_of_a_sheet_that_is_cut_is_marked(held):
    image = inked(blank(297, 210))

    halves = [image.crop((x, 0, x + image.width // 2, image.height)) for x in (0, image.width // 2)]

    assert all(sum(half.histogram()[:240]) > 2000 for half in halves)


@pytest.mark.parametrize("paper", ["a5", "a4", "80mm"])
def test_a_receipt_differs_in_its_pixels(paper):
    plain = inked(receipt_pdf(SHORT, paper=paper, template=form()))
    release = watermark.hold()
    marked = inked(receipt_pdf(SHORT, paper=paper, template=form()))
    release()

    changed = ImageChops.difference(plain, marked)

    assert sum(changed.histogram()[20:]) > 0.01 * plain.width * plain.height


def test_without_a_training_store_nothing_is_marked():
    assert inked(blank(148, 210)).getextrema() == (255, 255)


def test_two_holds_need_two_releases_and_a_second_release_is_none():
    one, two = watermark.hold(), watermark.hold()
    one()
    one()
    assert watermark.is_held()

    two()

    assert not watermark.is_held()
