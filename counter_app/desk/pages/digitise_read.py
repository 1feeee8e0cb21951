"""What the page of a dossier's papers shows, as it is read in a lane."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.desk.widgets.paper_rows import PaperRow
from counter_app.domain.attachments import Way
from counter_app.domain.digitising import Paper, require_scan
from counter_app.domain.errors import RuleBroken
from counter_app.services import attaching, digitised, lookup
from counter_app.services.lookup import id_text
from counter_app.services.office import Office


@dataclass(frozen=True)
class Papers:
    """`about` says whose dossier it is, and of which procedure."""

    dossier: bytes
    code: str
    about: str
    rows: tuple[PaperRow, ...]


def read_papers(office: Office, dossier: bytes) -> Papers:
    """Raises those of `digitised.of_dossier`."""
    found = digitised.of_dossier(office, id_text(dossier))
    story = lookup.story(office, dossier)
    parts = (str(story.party().get("name", "")), str(story.values.get("procedure", {}).get("name", "")))
    rows = tuple(_row(office, found.code, paper) for paper in found.papers)
    return Papers(dossier, found.code, " · ".join(filter(None, parts)), rows)


def _row(office: Office, code: str, paper: Paper) -> PaperRow:
    where = tuple(digitised.where(office, one.sha256) for one in paper.files if one.counts)
    return PaperRow(paper, where, _fault(paper, Way.SCANNER, code), _fault(paper, Way.ELECTRONIC, code))


def _fault(paper: Paper, way: Way, code: str) -> RuleBroken | None:
    try:
        require_scan(paper, way, attaching.not_scanned(), code=code)
    except RuleBroken as error:
        return error
    return None
