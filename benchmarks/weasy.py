"""The peer of the receipt: WeasyPrint draws the same lines and barcode, in the Python of .build/peers.

Standard input is a JSON list of receipts, each `{"code", "pages": [[width, height, [line…]]…]}` in points;
standard output the milliseconds of each.
"""

from __future__ import annotations

import json
import sys
import time
from html import escape
from typing import Any

import barcode
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration


def main() -> None:
    fonts = FontConfiguration()
    times = []
    for receipt in json.load(sys.stdin):
        began = time.perf_counter()
        HTML(string=_page(receipt)).write_pdf(font_config=fonts)
        times.append((time.perf_counter() - began) * 1000)
    json.dump(times, sys.stdout)


def _page(receipt: dict[str, Any]) -> str:
    modules = barcode.get_barcode_class("code128")(receipt["code"]).build()[0]
    bars = "".join(f'<rect x="{i}" width="1" height="10"/>' for i, on in enumerate(modules) if on == "1")
    drawn = f'<svg width="{len(modules)}" height="32" viewBox="0 0 {len(modules)} 10">{bars}</svg>'
    width, height, _ = receipt["pages"][0]
    sheets = (
        f"<section>{drawn}{''.join(f'<p>{escape(line)}</p>' for line in lines)}</section>"
        for _, _, lines in receipt["pages"]
    )
    sheet = f"@page{{size:{width}pt {height}pt;margin:20pt}}"
    text = "section{break-after:page;font:9pt serif}p{margin:0}"
    return f"<style>{sheet}{text}</style>{''.join(sheets)}"


main()
