"""Draws the papers that the documentation shows: `python -m tests.paper.samples docs/images`."""

import io
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from counter_app.paper.receipt import receipt_pdf
from tests.paper.people import SHORT, form


def render(pdf: bytes, dpi: int, page: int = 1, mode: str = "-gray") -> bytes:
    """One page of a PDF as PNG."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "paper.pdf")
        source.write_bytes(pdf)
        asked = ["pdftoppm", "-png", mode, "-r", str(dpi), "-f", str(page), "-singlefile", source, source]
        subprocess.run(asked, check=True)
        return Path(f"{source}.png").read_bytes()


def write(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for paper, dpi, page in (("a5", 100, 2), ("a4", 90, 1), ("80mm", 110, 2)):
        pdf = receipt_pdf(SHORT, paper=paper, template=form())
        image = Image.open(io.BytesIO(render(pdf, dpi, page))).quantize(12)  # few greys: a small file
        image.save(folder / f"receipt-{paper}.png", optimize=True)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
