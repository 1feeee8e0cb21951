"""What was scanned or typed where results are given out: what opens, or a few to choose from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from counter_app.desk.widgets.dossier_rows import DossierRow, dossier_rows
from counter_app.desk.widgets.reading import Story, read_story
from counter_app.desk.widgets.speech import translate
from counter_app.domain.card import Card
from counter_app.domain.lifecycle import State
from counter_app.services import lookup
from counter_app.services.lookup import Line, Scan
from counter_app.services.office import Office, Session

FEW: Final = 8  # to choose from; a name that fits more is to be typed on
_LOOKED_AT: Final = 50  # whose result is ready stands first, however many came since


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
        if self.scan.kind != "receipt":
            return ()
        held = [story.dossier.id for story in self.stories if story.dossier.held]
        return (*(line.dossier for line in self.scan.lines), *held)


def ask(office: Office, session: Session, asked: str, now: datetime, *, is_open: bool) -> Meaning:
    """Reads what `asked` means; for the "read" lane. Where dossiers are open, a card is the collector's."""
    scan = lookup.scan(office, asked)
    if scan.card is not None:
        return Meaning(scan) if is_open else _of_person(office, session, scan, asked, now)
    lines = list(scan.lines)
    if scan.kind == "unknown":
        lines = _ready_first(lookup.find(office, asked, _LOOKED_AT))
    return _of_lines(office, session, scan, lines, asked, now)


def _of_person(office: Office, session: Session, scan: Scan, asked: str, now: datetime) -> Meaning:
    """All that waits for this person; where nothing does, what else is his."""
    assert scan.card is not None
    lines = _ready_first(lookup.find(office, scan.card.id_number))
    ready = [line for line in lines if line.state == State.FINISHED]
    if ready:
        return Meaning(scan, tuple(read_story(office, session, line.dossier, now) for line in ready))
    return _of_lines(office, session, scan, lines, scan.card.name, now)


def _of_lines(
    office: Office, session: Session, scan: Scan, lines: list[Line], asked: str, now: datetime
) -> Meaning:
    held = scan.claim is not None and scan.signature == "verified" and not lines
    if held and scan.claim is not None and scan.verdict is not None and not scan.verdict.foreign:
        return Meaning(scan, (read_story(office, session, scan.claim.dossier, now, scan),))
    if scan.signature == "forged" or not lines:
        return Meaning(scan, fault=_fault(scan, asked), late=scan.signature == "forged")
    if len(lines) == 1:
        return Meaning(scan, (read_story(office, session, lines[0].dossier, now),))
    words = translate(
        "Asking", "Nhiều hồ sơ khớp “{asked}”, đây là {n} hồ sơ đầu; gõ thêm chữ để thấy đúng người."
    )
    fault = words.format(asked=asked, n=FEW) if len(lines) > FEW else ""
    rows = [_told_apart(office, row) for row in dossier_rows(lines[:FEW], now, office.calendar())]
    return Meaning(scan, rows=tuple(rows), fault=fault)


def _told_apart(office: Office, row: DossierRow) -> DossierRow:
    """Namesakes differ by their year of birth and where they live."""
    party = lookup.story(office, row.line.dossier).party()
    known = [str(party.get("birth_date") or "")[:4], str(party.get("address") or "").split(",")[0].strip()]
    whose = " · ".join(part for part in known if part)
    return replace(row, whose=whose, spoken=", ".join(part for part in (row.spoken, whose) if part))


def _fault(scan: Scan, asked: str) -> str:
    if scan.signature == "forged":
        return translate(
            "Asking", "Mã trên giấy không đúng chữ ký: giấy có thể đã bị sửa, chưa trả theo giấy này."
        )
    if scan.claim is not None and scan.verdict is not None and scan.verdict.foreign:
        words = translate("Asking", "Giấy thật, nhưng hồ sơ {code} do {name} nhận: mời người dân đến đó.")
        return words.format(code=scan.claim.code, name=scan.verdict.commune or scan.verdict.agency)
    if scan.claim is not None:
        words = translate(
            "Asking", "Giấy do máy lạ in, hồ sơ {code} chưa có ở đây; đồng bộ rồi quét lại, hoặc hỏi nơi cấp."
        )
        return words.format(code=scan.claim.code)
    return translate(
        "Asking", "Không thấy hồ sơ nào khớp “{asked}”; hãy quét lại, hoặc gõ tên không dấu."
    ).format(asked=asked)


def _ready_first(lines: list[Line]) -> list[Line]:
    """Those that wait to be collected before the others, each newest first."""
    return sorted(lines, key=lambda line: line.state != State.FINISHED)
