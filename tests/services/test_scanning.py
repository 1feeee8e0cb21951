"""Piles of scanned pages: made small, looked at, and put on the papers that they are of."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace

import font_source_serif_pro
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from counter_app.domain.attachments import RESULT, Way
from counter_app.domain.digitising import PaperState
from counter_app.domain.errors import BadInput, CannotRead, NotAllowed, NotFound
from counter_app.paper.scanned import scanned_pdf
from counter_app.services import blobs, digitised, lookup, scanning
from counter_app.services.page_images import Doubt, Wish, page_of, pages_of
from counter_app.system import scanner as scanners
from counter_app.system.scanner import Order, SaneScanner
from counter_app.system.wia import WiaScanner
from tests.services.stores import Counter, receive
from tests.services.test_attaching import PAPERS

DPI = 100
WISH = Wish(dpi=DPI)
FONT = ImageFont.truetype(font_source_serif_pro.font_files_ttf["SourceSerifPro"], 18)


def sheet(text: str = "", lines: int = 20, colour: bool = False) -> Image.Image:
    """A page of A4 with grain, and lines of text unless it is blank."""
    page = Image.effect_noise((827, 1169), 8).point(lambda level: min(255, max(0, level + 112)))
    if colour:
        page = page.convert("RGB")
    draw = ImageDraw.Draw(page)
    for line in range(lines if text else 0):
        draw.text((90, 100 + 40 * line), f"{line} {text} kính gửi Uỷ ban nhân dân xã", font=FONT, fill=30)
    if colour:
        draw.ellipse((500, 800, 700, 1000), outline=(200, 20, 30), width=8)
    return page


def page(text: str = "", **more):
    return page_of(sheet(text, **more), DPI, WISH)


@pytest.fixture(scope="module")
def written():
    return page("Cộng hoà")


@pytest.fixture
def office(tmp_path):
    office = Counter(tmp_path / "store").make().open()
    yield office
    office.close()


def test_a_page_is_judged_by_what_stands_on_it(written):
    line, empty = page("Xác nhận", lines=1), page()
    soft = page_of(sheet("Cộng hoà").filter(ImageFilter.GaussianBlur(3)), DPI, WISH)
    stamped = page("Cộng hoà", colour=True)

    assert [one.doubt for one in (written, line)] == [None, None]
    assert (empty.doubt, empty.blank, soft.doubt) == (Doubt.BLANK, True, Doubt.BLURRED)
    assert (written.picture.grey, stamped.picture.grey) == (True, False)


def leak(low, high):
    """Light that comes in under a lid: from one level at the top to another at the bottom, with grain."""
    light = Image.linear_gradient("L").resize((827, 1169)).point(lambda at: low + at * (high - low) // 255)
    return ImageChops.add(light, Image.effect_noise(light.size, 8), offset=-128)


def squares():
    """A third of it is ink, and hardly any of that an edge."""
    small = Image.new("L", (16, 22), 255)
    small.putdata([255 * bool((at // 16 + at % 16) % 3) for at in range(16 * 22)])
    return small.resize((640, 880), Image.Resampling.NEAREST)


@pytest.mark.parametrize(
    ("picture", "doubt"),
    [
        (Image.new("L", (827, 1169), 0), Doubt.BLACK),
        (Image.effect_noise((640, 480), 20).point(lambda level: max(0, level - 112)), Doubt.BLACK),
        (leak(0, 90), Doubt.BLACK),
        (leak(118, 124), Doubt.GREY),
        (leak(85, 140), Doubt.GREY),
        (leak(170, 180), Doubt.BLANK),  # brown cardboard
        (ImageChops.invert(sheet("Hộ chiếu")), None),  # a dark cover with light letters
        (ImageChops.subtract(sheet("Cộng hoà"), Image.new("L", (827, 1169), 110)), None),  # no light on it
        (sheet("Cộng hoà", lines=1).filter(ImageFilter.GaussianBlur(3)), Doubt.BLURRED),
        (squares(), None),
        (squares().filter(ImageFilter.GaussianBlur(3)), Doubt.BLURRED),
    ],
)
def test_a_covered_glass_or_lens_and_no_light_are_no_blank_page(picture, doubt):
    seen = page_of(picture, DPI, WISH)

    assert (seen.doubt, seen.blank) == (doubt, doubt is Doubt.BLANK)


def test_pages_are_kept_no_larger_than_the_setting_says():
    large = sheet("Cộng hoà").resize((827 * 2, 1169 * 2))
    out = io.BytesIO()
    large.save(out, "TIFF", save_all=True, append_images=[large], dpi=(200, 200))

    kept = list(pages_of(out.getvalue(), WISH))

    assert [(one.picture.width, one.picture.dpi) for one in kept] == [(827, DPI)] * 2
    assert all(len(one.picture.jpeg) < len(out.getvalue()) / 40 for one in kept)


def bound(pages, title):
    out = io.BytesIO()
    scanned_pdf([one.picture for one in pages], title=title, out=out)
    return out.getvalue()


def test_a_scan_is_a_tagged_pdf_as_large_as_the_paper_and_always_the_same(written, tmp_path):
    stamped = page("Cộng hoà", colour=True)
    made, again = (bound([written, stamped], "H55.242 <&> giấy tờ số 1") for _ in range(2))

    assert made == again
    document = pypdfium2.PdfDocument(made)
    assert [tuple(round(side) for side in one.get_size()) for one in document] == [(595, 842)] * 2
    drawn = document[1].render(scale=DPI / 72).to_pil().convert("RGB")
    # Pixel for pixel what the JPEG holds, but for the reader's own rounding.
    held = Image.open(io.BytesIO(stamped.picture.jpeg)).convert("RGB").resize(drawn.size)
    apart = sum(abs(a - b) for a, b in zip(drawn.tobytes()[::97], held.tobytes()[::97], strict=True))
    assert apart / (len(drawn.tobytes()) / 97) < 4
    (tmp_path / "a.pdf").write_bytes(made)
    told = subprocess.run(["pdfinfo", "-struct", tmp_path / "a.pdf"], capture_output=True, text=True).stdout
    assert told.split() == ["Document", "Figure", "Figure"]
    about = subprocess.run(["pdfinfo", "-meta", tmp_path / "a.pdf"], capture_output=True, text=True).stdout
    assert "<pdfaid:part>2<" in about and "H55.242 &lt;&amp;&gt; giấy tờ số 1" in about
    assert len(made) < sum(len(one.jpeg) for one in (written.picture, stamped.picture)) * 1.02 + 4000


def test_forty_pages_with_sheets_between_them_land_on_the_right_papers(office, written):
    """Two dossiers, sheets as they are printed, back sides and all."""
    session = office.session()
    codes = [receive(office, components=PAPERS).code for _ in range(2)]
    printed = scanning.print_separators(office, session, codes)
    sheets = list(pages_of(printed, Wish(dpi=150)))
    assert len(sheets) == 4  # two papers of each may be scanned
    pile, counts, back = [], (7, 13, 5, 15), page()
    for one, count in zip(sheets, counts, strict=True):
        pile += [one, back, page(one.codes[0][-3:]), *[written] * (count - 1)]

    placed = scanning.place(office, pile, "")

    assert [(one.code, one.number, len(one.pages)) for one in placed] == [
        (codes[0], 1, 7),
        (codes[0], 2, 13),
        (codes[1], 1, 5),
        (codes[1], 2, 15),
    ]
    made = [
        scanning.keep(office, session, one, Way.SCANNER, count)
        for one, count in zip(placed, counts, strict=True)
    ]
    again = [scanning.keep(office, session, one, Way.SCANNER) for one in placed]
    assert [one.pages for one in made] == list(counts) and all(one.again for one in again)
    for code in codes:
        states = {one.number: one.state for one in digitised.of_dossier(office, code).papers}
        assert states[1] is states[2] is PaperState.SCANNED
        assert len(lookup.show(office, code)[0].entries) == 3
    assert blobs.blobs_of(office).read(made[0].digest)[:5] == b"%PDF-"


def test_what_fits_nowhere_is_told_and_the_rest_goes_on(office, written):
    code = receive(office, components=PAPERS).code
    shown, nobody, alone = (
        replace(written, codes=(f"mc-tach:{text}",))
        for text in (f"{code}/3", "H55.242-261122-9/1", f"{code}/2")
    )
    pile = [written, shown, written, nobody, written, alone]

    placed = scanning.place(office, pile, code, 1)

    why = [one.fault.why if one.fault else "" for one in placed]
    assert why == ["", "paper-shown", "no-such-dossier", "separator-without-pages"]
    session = office.session()
    assert scanning.keep(office, session, placed[0], Way.FOLDER).pages == 1
    with pytest.raises(NotAllowed, match="paper-shown"):
        scanning.keep(office, session, placed[1], Way.FOLDER)
    with pytest.raises(BadInput, match="pile-without-component"):
        raise scanning.place(office, [written], code)[0].fault
    with pytest.raises(BadInput, match="pile-of-nobody"):
        raise scanning.place(office, [written], "", RESULT)[0].fault
    with pytest.raises(BadInput, match="pile-empty"):
        scanning.place(office, [], code)
    with pytest.raises(NotFound):
        scanning.print_separators(office, session, ["H55.242-261122-9999"])
    assert len(list(pages_of(scanning.print_separators(office, session, [], 3), WISH))) == 4


@pytest.fixture
def sane(tmp_path, monkeypatch):
    """SANE with its test backend alone."""
    assert shutil.which("scanimage"), "sane-utils is missing: make test fetches it"
    (tmp_path / "sane").mkdir()
    (tmp_path / "sane" / "dll.conf").write_text("test\n")
    monkeypatch.setenv("SANE_CONFIG_DIR", str(tmp_path / "sane"))
    monkeypatch.setattr(scanners, "_MEMORY", tmp_path)
    return SaneScanner()


def test_a_feeders_pages_come_one_by_one_and_leave_nothing_behind(sane, tmp_path):
    device = sane.devices()[0]
    assert (device.name, device.label) == ("test:0", "Noname frontend-tester")

    pages = [page_of(Image.open(io.BytesIO(one)), 75, WISH) for one in sane.scan(device.name, Order(75))]

    assert len(pages) == 10 and pages[0].picture.grey is True
    assert len(list(sane.scan(device.name, Order(75, feeder=False)))) == 1
    broken_off = sane.scan(device.name, Order(600))
    next(broken_off)
    broken_off.close()
    assert [path.name for path in tmp_path.iterdir()] == ["sane"]
    with pytest.raises(CannotRead, match="scanner-gone"):
        next(sane.scan("test:77", Order()))
    with pytest.raises(CannotRead, match="no-scanner-program"):
        SaneScanner(["/nowhere/scanimage"]).devices()


@pytest.mark.parametrize(
    ("said", "code", "pages", "why"),
    [
        ("sane_start: Document feeder out of documents", 7, 0, "scanner-empty"),
        ("sane_start: Document feeder jammed", 6, 2, "scanner-jammed"),
        ("open of device x failed: Device busy", 1, 0, "scanner-busy"),
        ("sane_read: Scanner cover is open", 8, 1, "scanner-open"),
        ("sane_read: Error during device I/O", 9, 1, "scanner-failed"),
    ],
)
def test_a_scanners_trouble_is_told_by_its_name(tmp_path, said, code, pages, why):
    program = tmp_path / "scanimage"
    body = "".join(f'f=$(echo "$b" | sed s/%d/{n}/); echo P5 > "$f"; echo "$f"\n' for n in range(pages))
    program.write_text(
        "#!/bin/sh\nfor a; do case $a in --batch=*) b=${a#--batch=};; --all-options) exit;; esac; done\n"
        f'{body}echo "{said}" >&2\nexit {code}\n'
    )
    program.chmod(0o755)
    got = []
    with pytest.raises(CannotRead, match=why):
        got.extend(SaneScanner([str(program)]).scan("x", Order()))


def test_windows_pages_come_over_the_programs_output():
    asked = []

    def shell(lines):
        def run(words):
            asked.append(words[-1])
            return iter(lines)

        return WiaScanner(run)

    assert shell(["{id}\\0\tCanon\n"]).devices()[0].label == "Canon"
    pages = ["page\tYWJj\n", "page\tZGVm\n", "fault\t80210003\n"]
    assert list(shell(pages).scan("it's", Order(both_sides=True))) == [b"abc", b"def"]
    assert "'it''s'" in asked[-1] and "3088 5" in asked[-1] and "6147 200" in asked[-1]
    for fault, why in (
        ("80210003", "scanner-empty"),
        ("80210002", "scanner-jammed"),
        ("1", "scanner-failed"),
    ):
        with pytest.raises(CannotRead, match=why):
            list(shell([f"fault\t{fault}\n"]).scan("x", Order()))
