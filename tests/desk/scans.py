"""Pages as a scanner gives them: small, with a word on each, or blank."""

from __future__ import annotations

from pathlib import Path

import font_source_serif_pro
from PIL import Image, ImageDraw, ImageFont

_FONT = ImageFont.truetype(font_source_serif_pro.font_files_ttf["SourceSerifPro"], 18)


def picture(path: Path, *words: str) -> Path:
    """A TIFF of a page for each of the words; one that is empty makes a blank page."""
    first, *more = [_page(word) for word in words]
    first.save(path, "TIFF", save_all=True, append_images=more, dpi=(72, 72))
    return path


def _page(word: str) -> Image.Image:
    page = Image.new("L", (595, 842), 250)
    draw = ImageDraw.Draw(page)
    for line in range(20 if word else 0):
        draw.text((60, 60 + 34 * line), f"{line} {word} kính gửi Uỷ ban nhân dân xã", font=_FONT, fill=30)
    return page
