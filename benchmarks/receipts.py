"""A receipt's PDF against bare ReportLab pages that say the same lines."""

from __future__ import annotations

import io
import json
import random
import subprocess
from collections.abc import Callable
from datetime import datetime
from functools import partial
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Final

from pypdf import PdfReader
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks import workload
from benchmarks.figures import Figure, Group, p50, p99, timed
from counter_app.paper.receipt import ReceiptFacts, receipt_pdf, receipt_template
from counter_app.system import paths

GOAL_MS: Final = 12.0
FASTER: Final = 6.0  # times as fast as WeasyPrint
PEERS: Final = Path(__file__).parents[1] / ".build/peers"  # made by `make bench`
_TITLE: Final = (
    "Receipt: both copies, Code128, QR, embedded fonts; the floor draws the same lines and no more"
)
_EACH, _BLOCK, _PEER_EACH = 110, 10, 40
_PAPERS: Final = {"a5": "A5, two pages", "a4": "A4, two on a sheet", "80mm": "80 mm, two slips"}


def run() -> Group:
    form = receipt_template(_newest_template().read_text(encoding="utf-8"))
    everyone = [_facts(item) for item in islice(workload.dossiers(2000, seed=3), _EACH)]
    registerFont(TTFont("floor", str(_serif())))
    found = []
    for paper, what in _PAPERS.items():
        make = partial(receipt_pdf, paper=paper, template=form)
        mine, bare = _in_turns(make, everyone)
        ratio = f"{p50(mine) / p50(bare):.1f}x bare pages"
        met = p50(mine) <= GOAL_MS
        found.append(Figure(f"floor: {what}", p50(bare), p99(bare)))
        found.append(Figure(what, p50(mine), p99(mine), ratio, f"p50 <= {GOAL_MS:.0f}", met))
        if paper == "a5":
            found.append(_peer(make, everyone))
    return _TITLE, found


def _peer(make: Callable[[ReceiptFacts], bytes], everyone: list[ReceiptFacts]) -> Figure:
    """WeasyPrint in a process of its own, ours before and after it."""
    some = everyone[:_PEER_EACH]
    asked = [{"code": facts.code, "pages": _lines(make(facts))} for facts in some]
    before = timed(make, some)
    child = subprocess.run(
        [str(PEERS / "bin/python"), str(Path(__file__).with_name("weasy.py"))],
        input=json.dumps(asked).encode(),
        capture_output=True,
        check=True,
    )
    theirs = json.loads(child.stdout)[_BLOCK:]
    mine = before[_BLOCK:] + timed(make, some)[_BLOCK:]
    ratio = p50(theirs) / p50(mine)
    return Figure(
        "peer: A5, two pages by WeasyPrint",
        *(p50(theirs), p99(theirs), f"{ratio:.1f}x our time", f">= {FASTER:.0f}x", ratio >= FASTER),
    )


def _in_turns(
    make: Callable[[ReceiptFacts], bytes], everyone: list[ReceiptFacts]
) -> tuple[list[float], list[float]]:
    """Milliseconds of ours and of the floor; the first block only warms both."""
    said = [_lines(make(facts)) for facts in everyone]
    mine: list[float] = []
    bare: list[float] = []
    for first in range(0, len(everyone), _BLOCK):
        mine += timed(make, everyone[first : first + _BLOCK])
        bare += timed(_bare, said[first : first + _BLOCK])
    return mine[_BLOCK:], bare[_BLOCK:]


Page = tuple[float, float, list[str]]  # width and height in points, lines


def _lines(pdf: bytes) -> list[Page]:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return [(float(p.mediabox.width), float(p.mediabox.height), p.extract_text().splitlines()) for p in pages]


def _bare(pages: list[Page]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    for width, height, lines in pages:
        canvas.setPageSize((width, height))
        canvas.setFont("floor", 9)
        for number, line in enumerate(lines, start=1):
            canvas.drawString(20, height - 11 * number, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _facts(item: workload.Invented) -> ReceiptFacts:
    said = item.reception
    party = said["applicant"]
    drawn = random.Random(item.id)
    token, payload = (drawn.randbytes(n).hex() for n in (7, 80))
    return ReceiptFacts(
        authority="UBND XÃ SÉO PHÌN",
        office="Trung tâm Phục vụ hành chính công",
        document_number=f"Số: {said['number']}/TTPVHCC",
        place="Séo Phìn",
        code=said["code"],
        applicant_name=party["name"],
        applicant_id=party["id_number"],
        applicant_address=party["address"],
        phone=party.get("phone", ""),
        contact_via=party.get("contact_via", ""),
        request=said["procedure"]["name"],
        procedure_code=said["procedure"]["code"],
        components=tuple((c["name"], "Bản chính", c["count"]) for c in said["components"]),
        limit_words=f"{said['promise']['number']} ngày làm việc",
        received_at=datetime.fromisoformat(said["received_at"]),
        due=datetime.fromisoformat(said["due"]),
        return_at_words="Quầy trả kết quả",
        fee_words=f"{said['fee']['amount']} đ",
        volume="2026-0A1B",
        number=str(said["number"]),
        officer_name="Nông Bích Hoa",
        officer_title="Công chức",
        qr_text=f"https://mot-cua.example/r/{token}#{payload}",
    )


def _newest_template() -> Path:
    return max(paths.resource("templates").glob("receipt-*.json"))


def _serif() -> Path:
    package = import_module("font_source_serif_pro")
    return next(Path(str(package.__file__)).parent.rglob("SourceSerifPro-Regular.ttf"))
