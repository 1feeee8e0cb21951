"""Papers that a citizen hands in as files: kept byte for byte, their signatures looked at."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from counter_app.domain.attachments import RESULT, Way
from counter_app.domain.digitising import PaperState
from counter_app.domain.errors import BadInput, NotAllowed
from counter_app.services import acts, attaching, blobs, digitised, electronic, page_images, scanning
from counter_app.services.attaching import Given
from counter_app.services.page_images import Doubt, Wish, pages_of
from tests.crypto.test_pdf_signing import NOW, signed
from tests.services.stores import Counter, receive
from tests.services.test_attaching import PAPERS, pdf, picture

FILED = [*PAPERS, {"name": "Sổ hộ khẩu điện tử", "kind": "electronic", "count": 1}]


@pytest.fixture
def office(tmp_path):
    office = Counter(tmp_path / "store").make().open()
    yield office
    office.close()


def test_a_file_is_kept_as_it_was_handed_in_and_is_no_scan(office):
    code, session = receive(office, components=FILED).code, office.session()
    brought = {1: signed(), 2: picture("PNG"), 3: pdf(2), 5: pdf(1, "sổ")}

    for number, content in brought.items():
        [made] = attaching.attach(office, session, code, number, [Given(content)], way=Way.ELECTRONIC)
        assert blobs.blobs_of(office).read(made.digest) == content
    with pytest.raises(NotAllowed, match="paper-opinion"):
        attaching.attach(office, session, code, 4, [Given(pdf())], way=Way.ELECTRONIC)

    papers = {one.number: one for one in digitised.of_dossier(office, code).papers}
    assert {papers[number].state for number in brought} == {PaperState.ELECTRONIC}
    assert [papers[number].files[0].signed for number in brought] == [True, False, False, False]


def test_what_a_dossier_s_paper_may_have_depends_on_how_it_came(office, tmp_path):
    code = receive(office, components=FILED).code
    acts.finish(office, office.session(), code)
    page, _ = electronic.first_page(picture(), NOW)

    def why(number, way):
        fault = scanning.place(office, [page], code, number, way)[0].fault
        return fault.why if fault else ""

    assert [why(n, Way.ELECTRONIC) for n in (1, 3, 4, 5, RESULT)] == ["", "", "paper-opinion", "", ""]
    assert [why(n, Way.SCANNER) for n in (3, 5)] == ["paper-shown", "paper-electronic"]
    large = tmp_path / "lớn.pdf"
    with large.open("wb") as file:
        file.truncate(attaching.LARGEST + 1)
    with pytest.raises(BadInput, match="attachment-too-large"):
        attaching.content_of(office, large)


def test_one_that_was_changed_since_it_was_signed_is_told(office):
    whole = signed()
    at = whole.index(b"stream\n", 2000) + 20
    altered = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]

    assert electronic.first_page(whole, NOW)[0].doubt is None
    assert electronic.is_altered(altered, NOW)
    assert not electronic.is_altered(pdf(), NOW)
    assert electronic.first_page(pdf(3), NOW)[1] == 3
    assert Doubt.ALTERED not in (one.doubt for one in pages_of(whole, Wish(dpi=72)))


def test_a_page_as_large_as_a_house_is_drawn_no_larger_than_a_sheet(monkeypatch):
    monkeypatch.setattr(page_images, "_MOST_DOTS", 1_000_000)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(14_400, 14_400))
    canvas.rect(0, 0, 9000, 9000, fill=1)
    canvas.save()

    page, _ = electronic.first_page(out.getvalue(), NOW)

    assert page.picture.width * page.picture.height <= 1_000_000
