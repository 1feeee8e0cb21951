from datetime import datetime

from counter_app.paper.recovery import RecoveryFacts, recovery_pdf
from tests.paper.people import VIETNAM
from tests.paper.reading import codes, pages

WORDS = ("lusab", "babad", "gutih", "tugad", "mudof", "sakat", "bovif", "zanom", "hidur")
SHEET = RecoveryFacts(
    agency="UBND xã Ea Mlung",
    agency_code="H15.242",
    device="QUAY-1",
    made_at=datetime(2026, 11, 26, 8, 5, tzinfo=VIETNAM),
    words=WORDS,
    qr_text=" ".join(WORDS),
)


def test_the_sheet_is_one_page_with_the_words_numbered_in_their_order():
    (read,) = pages(recovery_pdf(SHEET))

    places = [read.find(word) for word in WORDS]
    assert -1 not in places
    assert places == sorted(places)
    assert "QUAY-1" in read
    assert "ngày 26 tháng 11 năm 2026" in read


def test_the_words_are_read_from_the_square_code():
    assert codes(recovery_pdf(SHEET), 150) == {"qr": SHEET.qr_text}


def test_the_same_sheet_has_the_same_bytes():
    assert recovery_pdf(SHEET) == recovery_pdf(SHEET)
