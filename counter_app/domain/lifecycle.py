"""Where a dossier stands: its states, the ten national status codes, and which act leads where."""

from __future__ import annotations

from enum import StrEnum

from counter_app.domain.errors import NotAllowed


class State(StrEnum):  # trạng thái hồ sơ
    REGISTERED = "registered"
    RECEIVED = "received"
    REFUSED = "refused"
    PROCESSING = "processing"
    WAITING_SUPPLEMENT = "waiting_supplement"
    WAITING_PAYMENT = "waiting_payment"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    FINISHED = "finished"
    RETURNED = "returned"
    VOIDED = "voided"


class StopCause(StrEnum):
    """Why the work on a dossier stopped without a result."""

    REQUESTED = "requested"  # người nộp yêu cầu dừng (NĐ 118/2025 Điều 21; TT 03/2025 Điều 7)
    WITHDRAWN = "withdrawn"  # after the applicant took the dossier back
    UNANSWERED = "unanswered"  # papers or a fee that were asked for never came


# The list of the national public service portal (TT 03/2025/TT-VPCP in force on 15-9-2025). A voided entry
# never was a dossier, so it goes with 3, "không được tiếp nhận", which no report counts.
NATIONAL_STATUS = {
    State.REGISTERED: 1,
    State.RECEIVED: 2,
    State.REFUSED: 3,
    State.PROCESSING: 4,
    State.WAITING_SUPPLEMENT: 5,
    State.WAITING_PAYMENT: 6,
    State.WITHDRAWN: 7,
    State.STOPPED: 8,
    State.FINISHED: 9,
    State.RETURNED: 10,
    State.VOIDED: 3,
}

_WORKING = frozenset({State.RECEIVED, State.PROCESSING})
_WAITING = frozenset({State.WAITING_SUPPLEMENT, State.WAITING_PAYMENT})
OPEN = frozenset({State.REGISTERED}) | _WORKING | _WAITING
PAUSED = _WAITING
RUNNING = OPEN - PAUSED  # the clock runs: only these can be due or late
ENDED = frozenset(State) - OPEN - {State.FINISHED}
FRUITLESS = ENDED - {State.RETURNED}  # ended without a result

# kind of event -> the states that it may follow, and the state that it leads to (None: stays)
STEPS: dict[str, tuple[frozenset[State], State | None]] = {
    "accepted": (frozenset({State.REGISTERED}), State.RECEIVED),
    "refused": (frozenset({State.REGISTERED, State.RECEIVED}), State.REFUSED),
    "step_taken": (_WORKING, State.PROCESSING),
    "passed_on": (_WORKING | _WAITING | {State.FINISHED}, None),
    "taken_over": (_WORKING | _WAITING | {State.FINISHED}, None),
    "assigned": (_WORKING | _WAITING, None),
    "supplement_requested": (_WORKING | {State.REGISTERED}, State.WAITING_SUPPLEMENT),
    "resubmitted": (frozenset({State.WAITING_SUPPLEMENT}), State.PROCESSING),
    "payment_requested": (_WORKING, State.WAITING_PAYMENT),
    "extended": (_WORKING | _WAITING, None),
    "paid": (frozenset(State) - {State.VOIDED}, None),
    "withdrawn": (_WORKING | _WAITING, State.WITHDRAWN),
    "stopped": (_WORKING | _WAITING | {State.WITHDRAWN}, State.STOPPED),
    "finished": (_WORKING, State.FINISHED),
    "returned": (frozenset({State.FINISHED}), State.RETURNED),
    "returned_partly": (frozenset({State.FINISHED}), None),
    "collection_failed": (frozenset({State.FINISHED}), None),
    "attached": (frozenset(State) - {State.VOIDED}, None),
    "corrected": (frozenset(State) - {State.VOIDED}, None),
    "voided": (frozenset(State) - {State.VOIDED, State.RETURNED}, State.VOIDED),
}

# What can be done on a true receipt, with the reception elsewhere: what physically happens, and what is said.
ON_RECEIPT = frozenset({"returned", "returned_partly", "called", "noted"})

# Acts along this line never disagree: whoever is further on knows more.
PROGRESS = (State.RECEIVED, State.PROCESSING, State.FINISHED, State.RETURNED)


def cause_of_stop(state: State) -> StopCause:
    """What a stop means where nobody says more."""
    if state is State.WITHDRAWN:
        return StopCause.WITHDRAWN
    return StopCause.UNANSWERED if state in PAUSED else StopCause.REQUESTED


def after(kind: str, state: State) -> State:
    """The state that an act of `kind` leads to; raises NotAllowed where the state forbids it."""
    allowed, leads_to = STEPS.get(kind, (frozenset(State), None))
    if state not in allowed:
        raise NotAllowed("state-forbids", act=kind, state=state.value)
    return leads_to or state
