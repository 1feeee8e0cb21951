"""Files of a dossier: put on its papers, taken off, listed and read out; how much is digitised."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from counter_app.cli.context import Context, put
from counter_app.domain.attachments import Way
from counter_app.domain.digitising import Paper
from counter_app.services import attaching, digitised, opening
from counter_app.services.attaching import Given
from counter_app.system import files
from counter_app.words.digitising import PAPER_STATES


def attach(context: Context) -> int:
    """All files or none."""
    asked, office = context.asked, context.office
    given = [Given(files.read_bytes(path), asked.pages) for path in asked.file]
    session = context.session()
    made = attaching.attach(
        office, session, asked.code, asked.component, given, way=Way(asked.way), at=asked.at
    )
    for path, one in zip(asked.file, made, strict=True):
        told = {"file": path.name, "sha256": one.digest.hex(), "bytes": one.size, "pages": one.pages}
        put({**told, **({"again": True} if one.again else {})})
    return 0


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
                files.write_atomically(files.shared_folder(asked.out) / name, content)
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
