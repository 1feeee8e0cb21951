"""Files of a dossier: put on its papers, taken off, listed and read out; how much is digitised."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from counter_app.cli.context import Context, put
from counter_app.domain.attachments import Way
from counter_app.domain.digitising import Paper
from counter_app.domain.errors import RuleBroken
from counter_app.services import attaching, digitised, electronic, opening, scanning
from counter_app.services.attaching import Given
from counter_app.services.contents import Content, pieces_of, spool, taken
from counter_app.services.looking import look_at
from counter_app.services.page_images import OF_A_SCAN, aside, pages_of
from counter_app.system import files
from counter_app.system.scanner import scanner
from counter_app.words.digitising import PAPER_STATES
from counter_app.words.errors import sentence


def attach(context: Context) -> int:
    """All files or none."""
    asked, office = context.asked, context.office
    given = [Given(attaching.content_of(office, path), asked.pages) for path in asked.file]
    session = context.session()
    way = Way(asked.way)
    made = attaching.attach(office, session, asked.code, asked.component, given, way=way, at=asked.at)
    for path, content, one in zip(asked.file, given, made, strict=True):
        told = {"file": path.name, "sha256": one.digest.hex(), "bytes": one.size, "pages": one.pages}
        put({**told, **({"again": True} if one.again else {}), **_altered(content.content, way, context)})
    return 0


def _altered(content: Content, way: Way, context: Context) -> dict[str, Any]:
    """What the window asks the officer about before it keeps such a file."""
    is_so = way is Way.ELECTRONIC and look_at(content).signed
    return {"altered": True} if is_so and electronic.is_altered(content, context.office.now()) else {}


def detach(context: Context) -> int:
    asked = context.asked
    attaching.detach(context.office, context.session(), asked.code, asked.sha256, asked.reason)
    put({"code": asked.code, "sha256": asked.sha256})
    return 0


def listed(context: Context) -> int:
    """A line a paper; with --out its files are written there, a name that says nothing of a person."""
    asked, office = context.asked, context.office
    if asked.out is not None:
        opening.refuse_inside(context.places, [asked.out])
    found = digitised.of_dossier(office, asked.code)
    for paper in found.papers:
        put({"number": paper.number, "name": paper.name, "state": paper.state.value} | _files(paper, context))
        if asked.out is not None:
            for name, content in digitised.read_out(office, context.session(), found, paper):
                files.write_parts(files.shared_folder(asked.out) / name, pieces_of(content))
    return 0


def _files(paper: Paper, context: Context) -> dict[str, Any]:
    return {"text": PAPER_STATES.say(paper.state), "files": list(_each(paper, context))}


def _each(paper: Paper, context: Context) -> Iterator[dict[str, Any]]:
    for one in paper.files:
        yield {
            "sha256": one.sha256.hex(),
            "bytes": one.size,
            "pages": one.pages,
            "media": one.media,
            "way": one.way.value,
            "signed": one.signed,
            "where": digitised.where(context.office, one.sha256).value,
            **({} if one.counts else {"mistaken": True}),
        }


def digitise(context: Context) -> int:
    """A pile of pages onto the papers that they are of; what fits nowhere is told, and the rest is kept."""
    asked, office = context.asked, context.office
    session = context.session()
    wish = scanning.wish_of(office)
    if asked.device is not None:
        came = scanning.scan(office, asked.device, both_sides=asked.both_sides)
    else:
        came = (page for path in asked.file for page in pages_of(taken(office, path), wish))
    pile = spool(office)
    pages = [aside(page, pile) for page in came]
    way = Way.SCANNER if asked.device is not None else Way.FOLDER
    code = 0
    for placed in scanning.place(office, pages, asked.code, asked.component):
        told: dict[str, Any] = {"code": placed.code, "component": placed.number, "pages": len(placed.pages)}
        told |= {doubt.value: list(placed.doubtful(doubt)) for doubt in OF_A_SCAN}
        try:
            made = scanning.keep(office, session, placed, way, asked.pages)
        except RuleBroken as error:
            put(told | {"error": sentence(error)})
            code = 2
            continue
        put(
            told | {"sha256": made.digest.hex(), "bytes": made.size} | ({"again": True} if made.again else {})
        )
    return code


def separators(context: Context) -> int:
    asked = context.asked
    opening.refuse_inside(context.places, [asked.out])
    made = scanning.print_separators(context.office, context.session(), asked.code, asked.count or 0)
    files.write_atomically(asked.out, made)
    put({"file": str(asked.out), "pages": look_at(made).pages})
    return 0


def scanners(context: Context) -> int:
    for one in scanner().devices():
        put({"device": one.name, "label": one.label})
    return 0


def counts(context: Context) -> int:
    asked = context.asked
    told = digitised.counts(context.office, asked.since, asked.until or asked.since)
    put(
        {
            "from": asked.since.isoformat(),
            "until": (asked.until or asked.since).isoformat(),
            "received": told.received,
            "digitised": told.digitised,
            "results": told.results,
        }
    )
    return 0
