"""Files on a dossier's papers: sealed before an event names them, refused with the reason, never doubled."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from counter_app.domain.attachments import RESULT, Way
from counter_app.domain.digitising import PaperState
from counter_app.domain.errors import BadInput, Damaged, DiskFull, NotAllowed, NotFound
from counter_app.services import acts, attaching, blobs, digitised, keeping, lookup
from counter_app.services.attaching import Given
from counter_app.services.digitised import Where
from counter_app.system import files
from counter_app.words.errors import sentence
from counter_app.words.story import tell
from tests.services.stores import MORNING, Counter, receive
from tests.services.test_exchange import carry, pair

PAPERS = [
    {"name": "Tờ khai", "kind": "original", "count": 1},
    {"name": "Giấy chứng sinh", "kind": "certified", "count": 1},
    {"name": "Thẻ căn cước", "kind": "shown", "count": 1},
    {"name": "Văn bản xác minh của Công an", "kind": "original", "count": 1},
]


def pdf(pages: int = 1, text: str = "trang") -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=True)
    for page in range(pages):
        canvas.drawString(72, 72, f"{text} {page}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def picture(kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("L", (80, 60), 200).save(out, kind)
    return out.getvalue()


@pytest.fixture
def office(tmp_path):
    office = Counter(tmp_path / "store").make().open()
    yield office
    office.close()


@pytest.fixture
def code(office):
    return receive(office, components=PAPERS).code


def put(office, code, number, *contents, **more):
    return attaching.attach(office, office.session(), code, number, [Given(c) for c in contents], **more)


def states(office, code):
    return {paper.number: paper.state for paper in digitised.of_dossier(office, code).papers}


def test_a_scan_lies_sealed_on_the_disk_and_stands_in_the_story(office, code):
    scan = pdf(3, "Giàng A Páo")

    [made] = put(office, code, 1, scan)
    [again] = put(office, code, 1, scan)

    assert (made.size, made.pages, made.again, again.again) == (len(scan), 3, False, True)
    assert blobs.blobs_of(office).read(made.digest) == scan
    on_disk = [path for path in office.places.blobs.rglob("*") if path.is_file()]
    assert len(on_disk) == 1 and made.digest.hex() not in str(on_disk[0])
    assert b"%PDF" not in on_disk[0].read_bytes()
    dossier = lookup.show(office, code)[0]
    assert [tell(e) for e in dossier.entries][1:] == ["Đính kèm bản chụp giấy tờ số 1: Tờ khai, 3 trang."]
    assert states(office, code) == {
        1: PaperState.SCANNED,
        2: PaperState.PAPER,
        3: PaperState.SHOWN,
        4: PaperState.PAPER,
    }
    assert digitised.where(office, made.digest) is Where.HERE
    assert keeping.verify(office).healthy


@pytest.mark.parametrize(
    ("number", "why"),
    [(3, "paper-shown"), (4, "paper-opinion"), (RESULT, "no-result-yet")],
)
def test_what_must_not_be_scanned_is_refused_with_its_reason(office, code, number, why):
    with pytest.raises(NotAllowed, match=why) as refused:
        put(office, code, number, pdf())

    said = sentence(refused.value)
    assert "hãy" in said and len(said) <= 150
    assert not office.places.blobs.exists()
    assert len(lookup.show(office, code)[0].entries) == 1


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "attachment-empty"),
        (b"MZ\x90 a program", "attachment-unknown"),
        (b"%PDF-1.7 and nothing more", "attachment-unreadable"),
        (picture()[:200], "attachment-unreadable"),
    ],
)
def test_bad_files_are_refused_and_none_of_the_others_is_taken(office, code, content, why):
    with pytest.raises(BadInput, match=why):
        put(office, code, 1, pdf(), content)
    assert len(lookup.show(office, code)[0].entries) == 1


def test_the_pages_are_held_against_what_was_counted_on_paper(office, code):
    with pytest.raises(BadInput, match="pages-differ"):
        attaching.attach(office, office.session(), code, 1, [Given(pdf(3), pages=4)])
    with pytest.raises(BadInput, match="no-such-component"):
        put(office, code, 9, pdf())
    assert attaching.attach(office, office.session(), code, 1, [Given(picture("PNG"), pages=1)])[0].pages == 1


def test_one_that_was_put_there_by_mistake_counts_no_more_and_stays_in_the_story(office, code):
    [wrong] = put(office, code, 1, pdf(1, "nhầm"))
    attaching.detach(office, office.session(), code, wrong.digest.hex()[:12], "nhầm hồ sơ")

    dossier = lookup.show(office, code)[0]
    assert states(office, code)[1] is PaperState.PAPER
    assert dossier.state.value == "received" and dossier.entries[1].mistaken is not None
    [paper, *_] = digitised.of_dossier(office, code).papers
    assert [one.counts for one in paper.files] == [False]
    with pytest.raises(NotFound, match="no-such-attachment"):
        attaching.detach(office, office.session(), code, wrong.digest.hex(), "lần nữa")
    assert put(office, code, 1, pdf(1, "nhầm"))[0].again is False  # it may be put there once more
    assert keeping.verify(office).healthy


def test_the_three_counts_follow_from_the_events(office, code):
    plain = receive(office, components=PAPERS[2:3]).code
    other = receive(office, components=PAPERS[:2]).code
    day = MORNING.date()
    assert digitised.counts(office, day, day) == digitised.Counts(3, 1, 0)

    put(office, other, 1, pdf(1, "a"))
    put(office, other, 2, pdf(1, "b"), way=Way.REUSED)
    acts.finish(office, office.session(), plain)
    put(office, plain, RESULT, pdf(1, "kết quả"))

    assert digitised.counts(office, day, day) == digitised.Counts(3, 2, 1)
    assert states(office, other) == {1: PaperState.SCANNED, 2: PaperState.REUSED}
    assert states(office, plain)[RESULT] is PaperState.SCANNED
    assert digitised.counts(office, day + timedelta(days=1), day + timedelta(days=1)).received == 0


def test_a_full_disk_leaves_neither_file_nor_event(office, code, monkeypatch):
    def full(path, data, **_):
        raise DiskFull("disk-full", path=path)

    monkeypatch.setattr(files, "write_parts", full)
    with pytest.raises(DiskFull):
        put(office, code, 1, pdf())
    assert len(lookup.show(office, code)[0].entries) == 1


def test_a_damaged_file_is_told_and_attached_anew_it_is_whole(office, code):
    [made] = put(office, code, 1, pdf())
    path = blobs.blobs_of(office).path(made.digest)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(Damaged):
        blobs.blobs_of(office).read(made.digest)

    put(office, code, 1, pdf())

    assert blobs.blobs_of(office).read(made.digest) == pdf()


def test_another_machine_knows_of_a_file_that_it_does_not_have(tmp_path, office, code):
    two = Counter(tmp_path / "two", device="QUẦY 2").make().open()
    pair(tmp_path, office, two)
    [made] = put(office, code, 1, pdf())
    carry(tmp_path, office, two)

    assert states(two, code)[1] is PaperState.SCANNED
    assert digitised.where(two, made.digest) is Where.ELSEWHERE
    with pytest.raises(NotFound, match="attachment-not-here"):
        blobs.blobs_of(two).read(made.digest)
    assert keeping.verify(two).healthy
    two.close()
