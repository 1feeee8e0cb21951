"""Receiving dossiers line by line, and printing their papers."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final

from counter_app.cli.context import Context, put, tell
from counter_app.domain.errors import BadInput, BadLine, CannotRead, RuleBroken
from counter_app.services import entry, opening, papers, reception, rules
from counter_app.services.office import Office, Session
from counter_app.system import files
from counter_app.words import errors as words
from counter_app.words.receipt import receipt_facts

LONGEST_LINE: Final = 64 * 1024  # bytes


def receive(context: Context) -> int:
    """Each good line is on the disk before its answer is printed; a bad one is told, the others go on."""
    asked = context.asked
    if asked.papers is not None:
        opening.refuse_inside(context.places, [asked.papers])
        files.shared_folder(asked.papers)
    office, session = context.office, context.session()
    session.require()
    offered = rules.catalogue(office)
    bad = 0
    with _source(asked.file) as source:
        for number, raw in _lines(source):
            try:
                fields = _read(raw)
                form = entry.read_form(fields, offered, office.now())
                put({"line": number, **_one(office, session, form, asked.papers, asked.paper)})
            except RuleBroken as error:
                if not isinstance(error, BadInput) and error.why not in ("procedure-unknown",):
                    raise
                bad += 1
                sentence = words.sentence(BadLine(error.why, line=number, **_without_line(error.facts)))
                put({"line": number, "error": sentence})
                tell(sentence)
    return 2 if bad else 0


def _without_line(facts: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in facts.items() if name != "line"}


def _one(
    office: Office, session: Session, form: entry.Form, folder: Path | None, paper: str
) -> dict[str, Any]:
    received = reception.receive(office, session, form, paper=paper if folder else "")
    written = []
    if folder is not None:
        target = folder / f"{received.code}-{paper}.pdf"
        pdf = papers.receipt_of(office, received.dossier, receipt_facts, paper=paper)
        files.write_atomically(target, pdf, mode=0o644)
        written.append(str(target))
    answer: dict[str, Any] = {
        "code": received.code,
        "received_at": received.received_at.isoformat(),
        "due": received.due.isoformat(),
        "papers": written,
    }
    if received.warnings:
        answer["warnings"] = list(received.warnings)
    if received.again:
        answer["again"] = True
    return answer


@contextmanager
def _source(name: str) -> Iterator[BinaryIO]:
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        file = Path(name).open("rb")  # noqa: SIM115  closed below, opening alone is guarded
    except FileNotFoundError as error:
        raise BadInput("no-such-file", value=name) from error
    except OSError as error:
        raise CannotRead("cannot-read", path=name, code=error.errno) from error
    with file:
        yield file


def _lines(source: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Numbered lines, empty ones left out; of one that is too long only its beginning is kept."""
    number = 0
    while raw := source.readline(LONGEST_LINE + 1):
        number += 1
        whole = raw
        while not raw.endswith(b"\n") and len(raw) > LONGEST_LINE:
            raw = source.readline(LONGEST_LINE + 1)
        if whole.strip():
            yield number, whole


def _read(raw: bytes) -> Any:
    if len(raw) > LONGEST_LINE:
        raise BadInput("line-too-long", most=LONGEST_LINE)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("not-utf8") from error
    try:
        fields = json.loads(text, parse_constant=_no_number)
        # "\ud800" alone is JSON, but no letter: kept, it could be neither stored nor printed.
        json.dumps(fields, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise BadInput("not-json") from error
    except RecursionError as error:
        raise BadInput("payload-too-deep") from error
    except UnicodeEncodeError as error:
        raise BadInput("text-not-unicode") from error
    except ValueError as error:
        # Python reads no whole number of more than 4300 digits.
        raise BadInput("number-too-large") from error
    return fields


def _no_number(text: str) -> None:
    raise json.JSONDecodeError("no number of JSON", text, 0)


def print_paper(context: Context) -> int:
    asked = context.asked
    opening.refuse_inside(context.places, [asked.out])
    pdf = papers.print_receipt(
        context.office,
        context.session(),
        asked.code,
        receipt_facts,
        paper=asked.paper,
        reason=asked.reason,
    )
    files.write_atomically(asked.out, pdf, mode=0o644)
    put({"file": str(asked.out), "pages": papers.page_count(pdf)})
    return 0
