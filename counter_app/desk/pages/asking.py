"""What was scanned or typed where results are given out: what opens, or a few to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from counter_app.desk.widgets.dossier_rows import DossierRow, dossier_rows
from counter_app.desk.widgets.reading import Story, read_story
from counter_app.desk.widgets.speech import translate
from counter_app.domain.card import Card
from counter_app.domain.lifecycle import State
from counter_app.services import lookup
from counter_app.services.lookup import Line, Scan
from counter_app.services.office import Office

FEW: Final = 8  # a name that fits more people than this is too short to choose by


@dataclass(frozen=True)
class Meaning:
    """`stories` open together; else `rows` are to choose from; `late` says how a fault stands."""

    scan: Scan
    stories: tuple[Story, ...] = ()
    rows: tuple[DossierRow, ...] = ()
    fault: str = ""
    late: bool = False

    @property
    def card(self) -> Card | None:
        return self.scan.card

    @property
    def slips(self) -> tuple[bytes, ...]:
        """The dossiers whose own receipt was scanned."""
        return tuple(line.dossier for line in self.scan.lines) if self.scan.kind == "receipt" else ()


def ask(office: Office, asked: str, now: datetime, *, is_open: bool) -> Meaning:
    """Reads what `asked` means; for the "read" lane. Where dossiers are open, a card is the collector's."""
    scan = lookup.scan(office, asked)
    if scan.card is not None:
        return Meaning(scan) if is_open else _of_person(office, scan, asked, now)
    lines = list(scan.lines)
    if scan.kind == "unknown":
        lines = _ready_first(lookup.find(office, asked, FEW + 1))
    return _of_lines(office, scan, lines, asked, now)


def _of_person(office: Office, scan: Scan, asked: str, now: datetime) -> Meaning:
    """All that waits for this person; where nothing does, what else is his."""
    assert scan.card is not None
    lines = _ready_first(lookup.find(office, scan.card.id_number))
    ready = [line for line in lines if line.state == State.FINISHED]
    if ready:
        return Meaning(scan, tuple(read_story(office, line.dossier, now) for line in ready))
    return _of_lines(office, scan, lines, scan.card.name, now)


def _of_lines(office: Office, scan: Scan, lines: list[Line], asked: str, now: datetime) -> Meaning:
    if scan.signature == "forged" or not lines or len(lines) > FEW:
        return Meaning(scan, fault=_fault(scan, lines, asked), late=scan.signature == "forged")
    if len(lines) == 1:
        return Meaning(scan, (read_story(office, lines[0].dossier, now),))
    return Meaning(scan, rows=tuple(dossier_rows(lines, now, office.calendar())))


def _fault(scan: Scan, lines: list[Line], asked: str) -> str:
    if scan.signature == "forged":
        return translate(
            "Asking", "Mã trên giấy không đúng chữ ký: giấy có thể đã bị sửa, chưa trả theo giấy này."
        )
    if scan.claim is not None and scan.signature == "verified":
        words = translate(
            "Asking", "Giấy thật, nhưng hồ sơ {code} chưa có ở đây; trao đổi với máy đã nhận rồi quét lại."
        )
        return words.format(code=scan.claim.code)
    if scan.claim is not None:
        words = translate("Asking", "Giấy do máy lạ in, hồ sơ {code} chưa có trên máy này.")
        return words.format(code=scan.claim.code)
    if lines:
        return translate("Asking", "Nhiều hồ sơ khớp “{asked}”; hãy gõ thêm chữ.").format(asked=asked)
    return translate(
        "Asking", "Không thấy hồ sơ nào khớp “{asked}”; hãy quét lại, hoặc gõ tên không dấu."
    ).format(asked=asked)


def _ready_first(lines: list[Line]) -> list[Line]:
    """Those that wait to be collected before the others, each newest first."""
    return sorted(lines, key=lambda line: line.state != State.FINISHED)
