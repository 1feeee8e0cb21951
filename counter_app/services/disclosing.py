"""What is posted of the procedures (niêm yết công khai): sheets and a list on paper, a board on a screen.

It says nothing of anybody, so a reader may make it, and what is written need not be kept secret.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from counter_app.domain.errors import NotFound
from counter_app.domain.fee_table import NO_TABLE, FeeTable
from counter_app.domain.procedures import Procedure, by_code
from counter_app.domain.zone import VIETNAM
from counter_app.paper.forms import POSTED_LIST, POSTING
from counter_app.paper.posting import ListFacts, SheetFacts, link_of, posted_list, sheets
from counter_app.paper.template import Template, pick
from counter_app.services import rules
from counter_app.services.issued import drawn
from counter_app.services.letters import sheet_of
from counter_app.services.office import Office
from counter_app.system.settings import Settings


@dataclass(frozen=True)
class PostOrder:
    """All that is posted is worded from this, at the moment `now`."""

    procedures: tuple[Procedure, ...]
    agency_name: str
    settings: Settings
    now: datetime
    tariff: FeeTable = NO_TABLE


Sheets = Callable[[PostOrder], Sequence[SheetFacts]]
List = Callable[[PostOrder], ListFacts]


def order(office: Office, codes: Sequence[str] = ()) -> PostOrder:
    """The procedures of these codes, or all that are offered today. Raises NotFound("procedure-unknown")."""
    now = office.now()
    today = now.astimezone(VIETNAM).date()
    offered = [one for one in rules.catalogue(office) if one.in_force(today)]
    if codes:
        wanted = tuple(by_code(code, offered) for code in dict.fromkeys(codes))
    else:
        wanted = tuple(one for one in offered if not one.hidden)
    if not wanted:
        raise NotFound("procedure-unknown", field="procedure", value="")
    return PostOrder(wanted, office.commune().name, office.settings, now, office.fees())


def print_sheets(office: Office, codes: Sequence[str], phrase: Sheets, *, paper: str = "") -> bytes:
    """A PDF with a sheet for each of these procedures, or of all. Raises NotFound("procedure-unknown"),
    BadInput("not-one-of")."""
    posted, size = order(office, codes), sheet_of(office, paper)
    facts = phrase(posted)

    def draw(templates: list[Template]) -> bytes:
        form = pick(templates, posted.now.astimezone(VIETNAM).date())
        linked = [replace(one, qr_text=one.link or link_of(form, one.code)) for one in facts]
        return sheets(linked, form=form, paper=size)

    return drawn(office.commune(), POSTING, draw)


def print_list(office: Office, phrase: List, *, paper: str = "") -> bytes:
    """A PDF with all procedures, field by field. Raises BadInput("not-one-of")."""
    posted, size = order(office), sheet_of(office, paper)
    facts, day = phrase(posted), posted.now.astimezone(VIETNAM).date()
    return drawn(office.commune(), POSTED_LIST, lambda t: posted_list(facts, form=pick(t, day), paper=size))
