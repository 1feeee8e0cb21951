"""Pages that are on no paper yet: on the disk as they come, gone when they are kept or given up."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest

from counter_app.domain.attachments import Way
from counter_app.paper.scanned import Picture
from counter_app.services import acts, erasing, unkept
from counter_app.services.contents import pieces_of
from counter_app.services.erasing import Ruling
from counter_app.services.page_images import Doubt, Page
from counter_app.services.unkept import Unkept
from tests.services.stores import Counter, receive


@pytest.fixture
def counter(tmp_path):
    return Counter(tmp_path / "A").make()


def page(number, words=b"", **more):
    jpeg = b"\xff\xd8" + (words or b"trang %d" % number)
    picture = Picture(jpeg, 1654, 2339, 200, True)
    return Unkept(f"{number:016x}", Page(picture, Doubt.GREY, ("MC",)), Way.SCANNER, "a", 1, **more)


def held(office, dossier):
    """The dossier's pages as they lie there, each with all its bytes."""
    return [in_memory(one) for one in unkept.kept(office, dossier)]


def in_memory(one):
    far = one.page.picture
    picture = Picture(far.jpeg, far.width, far.height, far.dpi, far.grey)
    return replace(one, page=replace(one.page, picture=picture), whole=b"".join(pieces_of(one.whole)))


def files(office):
    return [one for one in office.places.unkept.rglob("*") if one.is_file()]


def test_what_came_is_there_after_a_power_cut_as_the_officer_left_it(counter):
    office = counter.open()
    dossier = receive(office).dossier
    came = [
        page(1),
        page(2, out=True),
        page(3, whole=b"%PDF", sheets=4, source=("/quét/a.pdf", b"\x01" * 32), moved=("X", 2)),
    ]
    unkept.keep(office, dossier, came[:1])
    assert [in_memory(one) for one in unkept.keep(office, dossier, came)] == came
    office.close()

    again = counter.open()

    assert held(again, dossier) == came
    assert list(unkept.waiting(again).values()) == [3]
    assert b"trang" not in b"".join(one.read_bytes() for one in files(again))
    again.close()


def test_what_is_kept_or_given_up_goes_and_a_page_that_looks_like_it_stays(counter):
    office = counter.open()
    one, other = receive(office).dossier, receive(office).dossier
    unkept.keep(office, one, [page(1, b"x"), page(2)])
    unkept.keep(office, other, [page(1, b"x")])

    unkept.drop(office, one, [page(1).id, page(2).id])

    assert unkept.kept(office, one) == []
    assert held(office, other) == [page(1, b"x")]
    assert len(files(office)) == 1
    office.close()


def test_a_page_whose_file_is_gone_or_broken_is_waited_for_no_more(counter):
    office = counter.open()
    dossier = receive(office).dossier
    unkept.keep(office, dossier, [page(1), page(2)])
    unkept.folder_of(office).path(sha256(page(1).page.picture.jpeg).digest()).unlink()  # a store put back

    assert list(unkept.waiting(office).values()) == [1]
    assert held(office, dossier) == [page(2)]
    files(office)[0].write_bytes(b"x" * 200)
    assert unkept.kept(office, dossier) == []
    assert unkept.waiting(office) == {}
    assert files(office) == []
    office.close()


def test_an_erased_dossier_leaves_none(counter):
    office = counter.open()
    got = receive(office)
    acts.refuse(office, office.session(), got.code, "không thuộc thẩm quyền")
    unkept.keep(office, got.dossier, [page(1)])

    erasing.erase(office, office.session(), got.code, Ruling("Luật Bảo vệ dữ liệu cá nhân"), got.code)

    assert unkept.waiting(office) == {}
    assert files(office) == []
    office.close()
