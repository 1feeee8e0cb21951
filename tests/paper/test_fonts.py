import subprocess
import sys
import unicodedata

import pytest

from counter_app.paper import fonts

VIETNAMESE = sorted(
    {
        unicodedata.normalize("NFC", vowel + tone)
        for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
        for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    }
    | set("đĐ")
)


@pytest.mark.parametrize("family", ["serif", "sans"])
@pytest.mark.parametrize("weight", ["regular", "bold", "italic"])
def test_every_face_holds_all_146_vietnamese_letters_itself(family, weight):
    face = fonts.face(family, weight)

    runs = face.runs("".join(VIETNAMESE))

    assert len(VIETNAMESE) == 146
    assert [run.font for run in runs] == [face.main.name]


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("Nguyễn Thị Ánh", set()),
        ("Y Ƀăl ƀuôn ê̆", set()),
        ("Bình 😀", {"😀"}),
        ("محمد", set("محمد")),
        ("\u200b\u202e\x00", set()),
        ("\ud800", {"\ud800"}),
    ],
)
def test_missing_names_what_a_paper_cannot_show(text, lacking):
    assert fonts.missing(text) == lacking


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("hai\ndòng\tcột", "hai dòng cột"),
        ("An\u202e\u200b\x07h", "Anh"),
        ("e\u200d\u0301", "é"),
        ("😀", fonts.REPLACEMENT),
        ("\u0301a", " \u0301a"),
        ("A<B & <b>", "A<B & <b>"),
        ("\u2126", "\u03a9"),
    ],
)
def test_printable_text_is_composed_visible_and_drawable(text, shown):
    assert fonts.printable(text) == shown


def test_a_loose_accent_stands_over_the_middle_of_its_letter_and_above_its_circumflex():
    face = fonts.face("serif")
    letter = fonts.printable("ê̆")

    base, accent = face.runs(letter)

    left, low, right, _ = face.main.box("\u0306")
    assert (base.text, accent.text) == ("ê", "\u0306")
    assert accent.x + (left + right) / 2 == pytest.approx(face.width("ê", 1000) / 2)
    assert accent.rise + low > face.main.box("ê")[3]


def test_a_dot_below_goes_under_the_letter_and_accents_stack():
    face = fonts.face("sans")

    _, first, second, below = face.runs(
        fonts.printable("x\u0301\u0306\u0323").replace("\u0323", "") + "\u0323"
    )

    assert second.rise > first.rise
    assert below.rise <= 0


def test_a_letter_that_the_serif_lacks_is_taken_from_the_sans():
    runs = fonts.face("serif").runs("ƀuôn")

    assert [(run.font.split("-")[1], run.text) for run in runs] == [("sans", "ƀ"), ("serif", "uôn")]
    assert runs[1].x == fonts.face("sans").width("ƀ", 1000)


def test_importing_the_room_does_not_load_reportlab():
    program = (
        "import sys, counter_app.paper.receipt, counter_app.paper.recovery; print('reportlab' in sys.modules)"
    )

    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "False"
