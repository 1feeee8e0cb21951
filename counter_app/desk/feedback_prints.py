"""Papers of petitions and surveys on their way to the printer; never on the window's thread."""

from __future__ import annotations

from dataclasses import replace

from counter_app.desk.page import Desk
from counter_app.desk.prints import Sent, send, way
from counter_app.domain.petitions import Petition
from counter_app.paper.sheets import PAPERS
from counter_app.services import feedback_papers
from counter_app.words.feedback_papers import petition_facts, survey_facts


def petition_paper(desk: Desk, petition: Petition, name: str) -> Sent:
    """The paper `name` about the petition. Raises as `feedback_papers.print_petition`."""
    to = way(desk)
    size = to.queue.paper if to.queue.paper in PAPERS else "a5"
    pdf = feedback_papers.print_petition(
        desk.office, desk.session, petition.id.hex(), name, petition_facts, paper=size
    )
    return send(to._replace(queue=replace(to.queue, paper=size)), pdf, petition.number)


def blank_slips(desk: Desk, count: int) -> Sent:
    """Blank survey slips, two on a sheet of A4."""
    to = way(desk)
    pdf = feedback_papers.print_slips(desk.office, desk.session, count, survey_facts, paper="a4")
    return send(to._replace(queue=replace(to.queue, paper="a4")), pdf, "phieu-khao-sat")


def wall_sheet(desk: Desk) -> Sent:
    """The sheet for the wall, on A4. Raises NotAllowed("no-survey-page")."""
    to = way(desk)
    pdf = feedback_papers.print_sheet(desk.office, desk.session, survey_facts, paper="a4")
    return send(to._replace(queue=replace(to.queue, paper="a4")), pdf, "to-khao-sat")
