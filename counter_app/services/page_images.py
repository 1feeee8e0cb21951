"""Scanned pages made small and looked at: what is wrong with a page's picture, and which codes it bears."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Final

from counter_app.domain.errors import BadInput
from counter_app.paper.scanned import FarPicture, Picture
from counter_app.services.contents import Content, opened
from counter_app.services.looking import PDF, look_at
from counter_app.system.barcodes import codes_in
from counter_app.system.spool import Spool

if TYPE_CHECKING:
    from PIL.Image import Image

_A4_LONG: Final = 11.7  # inches of A4's longer side: a picture that does not say its size is taken for A4
_LEAST_DPI: Final = 72
_MOST_DOTS: Final = 35_000_000  # that a page of a PDF is drawn with, whatever size it says: A1 at 200 dpi
_BLANK_PART: Final = 0.0002  # of the dots; one line of text on a page is four times as much
_DARKER: Final = 48  # levels of 256 below the paper's own, from which a dot is ink
_BLACK: Final = 64  # below this level no paper is: nothing shone on it, or nothing was seen
_GREY: Final = 144  # below this level paper is badly lit; brown cardboard has 165
_HARD: Final = 40  # levels between neighbours, from which there is an edge
_EDGE: Final = 0.04  # of each side: punched holes and the scanner's shadow
_DARKEST: Final = 0.1  # of the ink's dots, the level of which is called the ink's
_HARDEST: Final = 0.2  # of as many dots as are ink, how hard the hardest edges are
_MOST_EDGES: Final = 0.01  # of all dots: a stamp or a photograph is much ink with little edge
_SHARP: Final = 0.42  # of the step from paper to ink; letters blurred by half a millimetre have 0.28
_LOOKED: Final = 1000  # dots of the longer side of what is looked at
_COLOUR: Final = 24  # levels between the channels, from which a dot is coloured
_COLOURED: Final = 0.002  # of the dots: a stamp, a signature in blue


@dataclass(frozen=True)
class Wish:
    """How pages are kept: dots an inch, the JPEG's quality (1 to 95), colour where a page has any."""

    dpi: int = 200
    quality: int = 45
    colour: bool = True


class Doubt(StrEnum):
    """Why somebody should look at a page before it is kept."""

    BLANK = "blank"
    """Paper on which nothing stands."""
    BLACK = "black"
    """Nothing but black: a covered glass or lens, no light."""
    GREY = "grey"
    """Nothing but an even grey: no paper before the glass or the lens, or a wrong exposure."""
    BLURRED = "blurred"
    ALTERED = "altered"
    """Of a file that was handed in: it is signed, and was changed since, or its signature cannot be read."""


OF_A_SCAN: Final = (Doubt.BLANK, Doubt.BLACK, Doubt.GREY, Doubt.BLURRED)


@dataclass(frozen=True)
class Page:
    """A page as it will be kept, and what was found on it."""

    picture: Picture | FarPicture
    doubt: Doubt | None = None
    codes: tuple[str, ...] = ()

    @property
    def blank(self) -> bool:
        return self.doubt is Doubt.BLANK


def pages_of(content: Content, wish: Wish) -> Iterator[Page]:
    """The pages of a picture, a TIFF or a scanned PDF, one after the other.

    Raises BadInput: those of `look_at`.
    """
    if look_at(content).type == PDF:
        images = _of_pdf(content, wish.dpi)
    else:
        images = _of_picture(content)
    for image, dpi in images:
        yield page_of(image, dpi, wish)


def aside(page: Page, into: Spool) -> Page:
    """The same page, whose picture lies on the disk; raises DiskFull, CannotWrite."""
    start, picture = into.tell(), page.picture
    size = into.write(picture.jpeg)
    return replace(page, picture=picture.elsewhere(partial(into.piece, start, size)))


def page_of_scan(content: bytes, dpi: int, wish: Wish) -> Page:
    """A page as a scanner gave it, at that many dots an inch; raises BadInput("attachment-unreadable")."""
    from PIL import Image as Images

    try:
        with Images.open(io.BytesIO(content), formats=("PPM", "PNG", "JPEG")) as seen:
            seen.load()
            return page_of(seen, dpi, wish)
    except (OSError, ValueError, SyntaxError) as error:
        raise BadInput("attachment-unreadable", field="file") from error


def page_of_camera(content: bytes, turn: int, wish: Wish) -> Page:
    """A page as a camera saw it, turned by so many degrees clockwise until it stands upright; it is taken
    for A4 that fills the picture. Raises BadInput("attachment-unreadable")."""
    from PIL import Image as Images

    try:
        with Images.open(io.BytesIO(content), formats=("PPM", "PNG", "JPEG")) as seen:
            upright = seen.rotate(-turn, expand=True)
            return page_of(upright, max(_LEAST_DPI, dots_of_a4(*upright.size)), wish)
    except (OSError, ValueError, SyntaxError) as error:
        raise BadInput("attachment-unreadable", field="file") from error


def dots_of_a4(width: int, height: int) -> int:
    """How many dots an inch has, where a sheet of A4 fills the picture."""
    return round(max(width, height) / _A4_LONG)


def page_of(image: Image, dpi: int, wish: Wish) -> Page:
    """`dpi` is how many dots of the image make an inch of the paper."""
    from PIL import Image as Images

    codes = _codes(image)
    wanted = min(dpi, wish.dpi)
    if wanted < dpi:
        width, height = (max(1, round(side * wanted / dpi)) for side in image.size)
        image = image.resize((width, height), Images.Resampling.LANCZOS, reducing_gap=2.0)
    image = image.convert("RGB")
    if not wish.colour or not _is_coloured(image):
        image = image.convert("L")
    look = _look(image)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=wish.quality, optimize=True, dpi=(wanted, wanted))
    picture = Picture(out.getvalue(), *image.size, wanted, image.mode == "L")
    return Page(picture, look.doubt, codes)


def is_text(content: Content) -> bool:
    """Whether every page of a PDF has letters: one that was written, and not scanned."""
    import pypdfium2

    document = pypdfium2.PdfDocument(opened(content), autoclose=True)
    try:
        return all(page.get_textpage().count_chars() > 0 for page in document)
    finally:
        document.close()


def _of_pdf(content: Content, dpi: int) -> Iterator[tuple[Image, int]]:
    import pypdfium2

    document = pypdfium2.PdfDocument(opened(content), autoclose=True)
    try:
        for page in document:
            width, height = page.get_size()
            most = 72 * (_MOST_DOTS / max(1, width * height)) ** 0.5
            drawn = max(1, min(dpi, int(most)))
            yield page.render(scale=drawn / 72).to_pil(), drawn
            page.close()
    finally:
        document.close()


def _of_picture(content: Content) -> Iterator[tuple[Image, int]]:
    from PIL import Image as Images
    from PIL import ImageOps, ImageSequence

    with warnings.catch_warnings(), opened(content) as file, Images.open(file) as picture:
        warnings.simplefilter("ignore", Images.DecompressionBombWarning)  # `look_at` has measured it
        frames = ImageSequence.Iterator(picture) if picture.format == "TIFF" else [picture]
        for frame in frames:
            try:
                upright = ImageOps.exif_transpose(frame)
                yield upright.copy(), _dpi(frame, upright.size)
            except (OSError, ValueError) as error:
                raise BadInput("attachment-unreadable", field="file") from error


def _dpi(frame: Image, size: tuple[int, int]) -> int:
    """As the file says, where that makes a page; else as if it were A4."""
    said = frame.info.get("dpi")
    told = round(float(said[0])) if isinstance(said, tuple) and said and said[0] else 0
    if told > _LEAST_DPI and max(size) / told < 2 * _A4_LONG:
        return told
    return max(_LEAST_DPI, dots_of_a4(*size))


def _codes(image: Image) -> tuple[str, ...]:
    grey = image.convert("L")
    return tuple(codes_in(grey.tobytes(), *grey.size))


def _is_coloured(image: Image) -> bool:
    from PIL import ImageChops

    small = image.copy()
    small.thumbnail((_LOOKED // 2, _LOOKED // 2))
    red, green, blue = small.split()
    apart = ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return _part_above(apart.histogram(), _COLOUR) > _COLOURED


@dataclass(frozen=True)
class _Look:
    """What a page is judged by: its inner dots by level, and how hard their edges are."""

    dots: Sequence[int]
    edges: Sequence[int]

    @property
    def paper(self) -> int:
        """The level that most dots have."""
        return max(range(256), key=self.dots.__getitem__)

    @property
    def ink(self) -> int:
        """Dots that are clearly darker than the paper."""
        return sum(self.dots[: max(0, self.paper - _DARKER)])

    @property
    def doubt(self) -> Doubt | None:
        if self.paper < _GREY and self.is_even:
            return Doubt.BLACK if self.paper < _BLACK else Doubt.GREY
        if self.paper >= _GREY and self.ink < _BLANK_PART * sum(self.dots):
            return Doubt.BLANK
        return Doubt.BLURRED if self.is_blurred else None

    @property
    def is_even(self) -> bool:
        """Nothing stands out from the ground: neither a dot, as grains do not, nor an edge, as light that
        comes in from one side has none. What a soft picture shows goes from white to black."""
        total = sum(self.dots)
        least = _BLANK_PART * total
        light = sum(self.dots[self.paper + _DARKER :])
        if self.ink + light < least:
            return True
        edges = sum(self.edges[: 128 - _HARD]) + sum(self.edges[129 + _HARD :])
        span = _reached(self.dots, 0.99 * total) - _reached(self.dots, 0.01 * total)
        return edges < least and span < _GREY

    @property
    def is_blurred(self) -> bool:
        """Edges that are soft for how dark the ink is: a sharp page has 0.9, one that nobody reads 0.3."""
        dark = _reached(self.dots, self.ink * _DARKEST)
        steps = [self.edges[128], *(self.edges[128 - n] + self.edges[127 + n] for n in range(1, 129))]
        hard = len(steps) - 1 - _reached(steps[::-1], min(self.ink * _HARDEST, sum(steps) * _MOST_EDGES))
        return hard < _SHARP * (self.paper - dark)


def _look(image: Image) -> _Look:
    from PIL import ImageFilter, ImageOps

    grey = image.convert("L")
    grey.thumbnail((_LOOKED, _LOOKED))
    width, height = grey.size
    left, top = round(width * _EDGE), round(height * _EDGE)
    inside = grey.crop((left, top, width - left, height - top))
    # Grains of the scanner are no edges: the median takes them out and leaves those of letters.
    calm = inside.filter(ImageFilter.MedianFilter(3))
    laplace = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)
    edges = ImageOps.crop(calm.filter(laplace), 1)  # at its rim the filter leaves the dots themselves
    return _Look(calm.histogram(), edges.histogram())


def _reached(counts: Sequence[int], number: float) -> int:
    """The first place up to which the counts come to that number."""
    total = 0
    for place, count in enumerate(counts):
        total += count
        if total >= number:
            return place
    return len(counts) - 1


def _part_above(histogram: Sequence[int], level: int) -> float:
    return sum(histogram[level:]) / max(1, sum(histogram))
