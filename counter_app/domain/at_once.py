"""Which procedures may be received, finished and returned as one act, and how soon that may be taken back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import BadInput, NotAllowed
from counter_app.domain.lifecycle import State
from counter_app.domain.limits import Unit
from counter_app.domain.procedures import Procedure

REGRET: Final = timedelta(minutes=5)  # an entry mistake is seen while the citizen still stands here
_OF_THE_ACT: Final = frozenset({"received", "paid", "finished", "returned", "printed"})


def fits(procedure: Procedure) -> bool:
    """Whether its limit is the day itself or some hours; a cut-off hour (15:00) forbids no quicker answer."""
    return procedure.limit is not None and procedure.limit.unit in (Unit.SAME_DAY, Unit.HOUR)


def require_fit(procedure: Procedure) -> None:
    """Raises BadInput("not-at-once")."""
    if not fits(procedure):
        raise BadInput("not-at-once", field="procedure", procedure=procedure.name)


def was_given(dossier: Dossier) -> bool:
    """Whether it was received, finished and returned as one act, mistaken or not."""
    return any(e.name == "finished" and (e.payload or {}).get("at_once") is True for e in dossier.entries)


def require_regrettable(dossier: Dossier, log: bytes, officer: str, now: datetime) -> None:
    """The whole entry may be marked as a mistake: it is this machine's and officer's own, and minutes old.

    A dossier that was handed over is else never voided, because the hand-over is a fact; here the act that
    wrote it says, at once and with its reason, that it did not happen as written.
    Raises NotAllowed("not-given-at-once" | "already-taken-back" | "regret-too-late" | "regret-of-another").
    """
    code = dossier.code
    if dossier.state is State.VOIDED:
        raise NotAllowed("already-taken-back", code=code)
    if not was_given(dossier) or dossier.state is not State.RETURNED:
        raise NotAllowed("not-given-at-once", code=code)
    if any(e.name not in _OF_THE_ACT for e in dossier.entries):
        raise NotAllowed("regret-too-late", code=code)
    heads = [e.event.header for e in dossier.entries]
    if any(head.log != log or head.actor != officer for head in heads):
        raise NotAllowed("regret-of-another", code=code)
    entered = (dossier.reception or {}).get("entered_at")  # of what was done by hand and keyed in later
    written = datetime.fromisoformat(entered) if entered else dossier.received_at
    if written is None or not timedelta(0) <= now - written <= REGRET:
        raise NotAllowed("regret-too-late", code=code)
