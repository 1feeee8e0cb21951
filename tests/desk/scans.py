"""Pages as a scanner gives them: small, with a word on each, or blank."""

from __future__ import annotations

import io
import threading
from pathlib import Path

import font_source_serif_pro
from PIL import Image, ImageDraw, ImageFont

from counter_app.system.camera import Frame, Port

_FONT = ImageFont.truetype(font_source_serif_pro.font_files_ttf["SourceSerifPro"], 18)


def picture(path: Path, *words: str) -> Path:
    """A TIFF of a page for each of the words; one that is empty makes a blank page."""
    first, *more = [_page(word) for word in words]
    first.save(path, "TIFF", save_all=True, append_images=more, dpi=(72, 72))
    return path


class HandCamera:
    """A page of paper that lies on its side before a camera; `covered` is its lens, `gone` it is itself."""

    def __init__(self) -> None:
        self.page = _page("chứng sinh").transpose(Image.Transpose.ROTATE_90).convert("RGB")
        self.covered = self.gone = False
        self.opened: list[str] = []
        self.open_now = 0

    def ports(self) -> list[Port]:
        return [Port("0", "Camera bàn"), Port("2", "Máy chụp tài liệu")]

    def open(self, port: Port) -> HandCamera:
        self.opened.append(port.label)
        self.open_now += 1
        return self

    def read(self) -> Frame | None:
        threading.Event().wait(0.02)  # the time that a picture takes
        if self.gone:
            return None
        page = self._seen()
        return Frame(*page.size, page.convert("L").tobytes(), *page.size, page.tobytes())

    def take(self) -> bytes | None:
        out = io.BytesIO()
        self._seen().save(out, "PPM")
        return out.getvalue()

    def close(self) -> None:
        self.open_now -= 1

    def _seen(self) -> Image.Image:
        return self.page.point(lambda level: 6) if self.covered else self.page


def _page(word: str) -> Image.Image:
    page = Image.new("L", (595, 842), 250)
    draw = ImageDraw.Draw(page)
    for line in range(20 if word else 0):
        draw.text((60, 60 + 34 * line), f"{line} {word} kính gửi Uỷ ban nhân dân xã", font=_FONT, fill=30)
    return page
