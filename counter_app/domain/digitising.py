"""Papers that are scanned: in what state each component is, which may not be scanned, and what counts.

TT 01/2023/TT-VPCP, Điều 8, kept by TT 03/2025/TT-VPCP, Điều 5: whole pages, as many and in the order of the
paper. Not scanned are dossiers that are electronic already, papers that are only shown, what the agencies ask
of and tell each other, and papers that are a state secret.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from counter_app.domain.attachments import RESULT, Attachment, Way, attachments
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import BadInput, NotAllowed
from counter_app.domain.lifecycle import State
from counter_app.domain.names import clean_line
from counter_app.domain.procedures import PaperKind

_WITH_RESULT: Final = frozenset({State.FINISHED, State.RETURNED})
_ENDINGS: Final = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/tiff": "tif",
}


class PaperState(StrEnum):
    """Where the digitisation of a component stands."""

    NOT_REQUIRED = "not_required"
    SHOWN = "shown"
    PAPER = "paper"
    SCANNED = "scanned"
    SIGNED = "signed"
    REUSED = "reused"
    ELECTRONIC = "electronic"


@dataclass(frozen=True)
class Paper:
    """A component as it was handed in, with what was attached to it; `number` from 1, 0 is the result."""

    number: int
    name: str
    kind: PaperKind
    required: bool
    files: tuple[Attachment, ...]

    @property
    def state(self) -> PaperState:
        counted = [one for one in self.files if one.counts]
        if not counted:
            return _UNSCANNED.get(self.kind, PaperState.PAPER if self.required else PaperState.NOT_REQUIRED)
        ways = {one.way for one in counted}
        if ways == {Way.REUSED}:
            return PaperState.REUSED
        if ways <= {Way.ELECTRONIC, Way.REUSED}:
            return PaperState.ELECTRONIC
        return PaperState.SIGNED if all(one.signed for one in counted) else PaperState.SCANNED

    @property
    def is_digital(self) -> bool:
        """Whether nothing of it is on paper alone that has to be scanned."""
        return self.state not in (PaperState.PAPER,)

    def file_names(self, code: str) -> Iterator[tuple[Attachment, str]]:
        """The files that count, by names of code, number and place: `H55.242-261128-1001_02_01.pdf`."""
        number = "kq" if self.number == RESULT else f"{self.number:02}"
        name = "".join(sign if sign.isalnum() or sign in ".-" else "-" for sign in code)
        for place, one in enumerate((one for one in self.files if one.counts), start=1):
            yield one, f"{name}_{number}_{place:02}.{_ENDINGS.get(one.media, 'bin')}"


_UNSCANNED: Final = {PaperKind.SHOWN: PaperState.SHOWN, PaperKind.ELECTRONIC: PaperState.ELECTRONIC}


def papers(dossier: Dossier) -> tuple[Paper, ...]:
    """The components in their order, and the result where there is one or a file of it.

    A file stays with the component whose name it bears, where the citizen handed in other papers since.
    """
    files = attachments(dossier)
    components: Sequence[Any] = dossier.values.get("components") or ()
    places: dict[int, list[Attachment]] = {}
    for one in files:
        places.setdefault(_place(one, components), []).append(one)
    found = [
        Paper(
            number,
            said["name"],
            PaperKind(said["kind"]) if said["kind"] in set(PaperKind) else PaperKind.ORIGINAL,
            said.get("required", True),
            tuple(places.get(number, ())),
        )
        for number, said in enumerate(components, start=1)
    ]
    if dossier.state in _WITH_RESULT or places.get(RESULT):
        name = str(dossier.values.get("result") or dossier.values.get("procedure", {}).get("result", ""))
        found.append(Paper(RESULT, name, PaperKind.ORIGINAL, True, tuple(places.get(RESULT, ()))))
    return tuple(found)


def _place(one: Attachment, components: Sequence[Any]) -> int:
    if one.component == RESULT or not one.name:
        return one.component
    named = [number for number, said in enumerate(components, start=1) if said["name"] == one.name]
    return one.component if one.component in named or not named else named[0]


def paper_of(dossier: Dossier, number: int) -> Paper:
    """Raises BadInput("no-such-component") with the numbers that there are, NotAllowed("no-result-yet")."""
    found = {one.number: one for one in papers(dossier)}
    if number in found:
        return found[number]
    if number == RESULT:
        raise NotAllowed("no-result-yet", code=dossier.code)
    raise BadInput("no-such-component", field="component", value=number, most=max(found, default=0))


@dataclass(frozen=True)
class NotScanned:
    """Papers whose name has these `words`, in small letters, are not scanned; `why`: opinion or secret."""

    words: str
    why: str


def require_scan(paper: Paper, way: Way, table: Sequence[NotScanned], *, code: str = "") -> None:
    """Raises NotAllowed where such a paper is not to be scanned: "paper-shown", "paper-electronic",
    "paper-opinion", "paper-secret". TT 03/2025/TT-VPCP, Điều 5."""
    name = clean_line(paper.name).lower()
    for row in table:
        if re.search(rf"(?<!\w){re.escape(row.words)}(?!\w)", name):
            raise NotAllowed(f"paper-{row.why}", field="component", name=paper.name, code=code)
    if paper.number == RESULT or way in (Way.ELECTRONIC, Way.REUSED):
        return
    if paper.kind is PaperKind.SHOWN:
        raise NotAllowed("paper-shown", field="component", name=paper.name, code=code)
    if paper.kind is PaperKind.ELECTRONIC:
        raise NotAllowed("paper-electronic", field="component", name=paper.name, code=code)


@dataclass(frozen=True)
class Counted:
    """Whether a dossier counts as received, as digitised, and as one whose result is digitised."""

    received: bool
    digitised: bool
    result: bool


def counted(dossier: Dossier) -> Counted:
    """The three counts that the office reports: (a) received, (b) all its papers digitised, (c) the result.

    A dossier of which nothing has to be on paper counts as digitised; one without any component does not.
    """
    received = dossier.reception is not None and dossier.state not in (State.VOIDED, State.REFUSED)
    found = papers(dossier)
    components = [one for one in found if one.number != RESULT and one.required]
    result = [one for one in found if one.number == RESULT]
    return Counted(
        received,
        received and bool(components) and all(one.is_digital for one in components),
        received and any(file.counts for one in result for file in one.files),
    )
