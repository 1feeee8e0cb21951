"""Brings this machine to its district, by what was typed or scanned there."""

from __future__ import annotations

from counter_app.services import syncing
from counter_app.services.enrolled import District
from counter_app.services.office import Office, Session
from counter_app.services.roads import FirstRoad
from counter_app.sync.courier import check_address
from counter_app.sync.enrolment import Invitation


def join(office: Office, session: Session, told: str, code: str, *, anew: bool = False) -> District:
    """Enrols under the one-time `code` at the address `told`, or by the text of an invitation alone.

    Raises BadInput("not-an-address" | "not-an-invitation" | "not-a-code-of-enrolment"), and what
    `syncing.enrol` raises.
    """
    invited = Invitation.read(told)
    url = check_address(told if invited is None else invited.url)
    typed = code if invited is None else invited.code.text
    with FirstRoad(url, invited.pins if invited else ()) as road:
        return syncing.enrol(office, session, road, url, typed, road.confirm, anew=anew)
