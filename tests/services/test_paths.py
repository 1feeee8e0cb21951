"""Every act in every state, by services: where it leads, what forbids it, and what each paper then says.

The table below is written from the lifecycle (QĐ 766/QĐ-TTg; TT 01/2018/TT-VPCP; TT 03/2025/TT-VPCP) and not
from the program's own; once for each of the two regimes of forms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final

import pytest

from counter_app.domain.collecting import Collector
from counter_app.domain.dossier import Dossier
from counter_app.domain.ends import What
from counter_app.domain.errors import BadInput, NotAllowed
from counter_app.domain.letters import ACTS
from counter_app.domain.lifecycle import STEPS, State
from counter_app.domain.zone import VIETNAM
from counter_app.services import (
    acts,
    attaching,
    control_slip,
    handover,
    keeping,
    letters,
    lookup,
    mending,
    money,
    papers,
    passing,
    taking_back,
)
from counter_app.services.attaching import Given
from counter_app.services.office import Office
from counter_app.words.control import control_facts
from counter_app.words.letters import letter_facts
from counter_app.words.receipt import receipt_facts
from tests.independent.verifier import verify_store
from tests.paper.reading import pages, squeezed
from tests.services.stores import Counter, Wall, receive
from tests.services.test_attaching import picture

WHO: Final = Collector.read("H’Loan Niê Kđăm", "024190000123")
NEED, WHY, HOLDER = "Giấy chứng sinh bản chính", "còn phải xác minh nơi ở", "Địa chính"
NEW_FORMS: Final = date(2025, 9, 15)
LATER: Final = timedelta(days=21)

DO: Final[dict[str, Callable[[Office, Any, str], object]]] = {
    "accepted": acts.accept,
    "refused": lambda *here: acts.refuse(*here, WHY),
    "step_taken": lambda *here: acts.process(*here, "thẩm tra", HOLDER),
    "passed_on": lambda office, session, code: passing.pass_on(
        office, session, [code], passing.Passing(to="Lãnh đạo ký")
    ),
    "taken_over": lambda office, session, code: passing.take_over(office, session, [code], "Lãnh đạo ký"),
    "supplement_requested": lambda *here: acts.ask_supplement(*here, [NEED], WHY),
    "resubmitted": acts.resubmit,
    "payment_requested": lambda *here: acts.charge(*here, 8000),
    "extended": lambda office, session, code: acts.extend(office, session, code, _later(office), WHY),
    "withdrawn": lambda *here: acts.withdraw(*here, WHY),
    "stopped": lambda *here: acts.stop(*here, WHY),
    "finished": lambda *here: acts.finish(*here, "Trích lục khai sinh"),
    "returned": lambda office, session, code: handover.hand_over(office, session, [code], WHO),
    "returned_partly": lambda *here: handover.hand_partly(*here, WHO, ["bản chính"], ["bản sao"]),
    "collection_failed": lambda *here: acts.collection_failed(*here, WHY),
    "attached": lambda *here: attaching.attach(*here, 1, [Given(picture("PNG"))]),
    "corrected": lambda *here: mending.correct(*here, {"applicant.phone": "0900000321"}, WHY),
    "paid": lambda *here: money.pay(*here, 5000),
    "voided": lambda *here: mending.void(*here, WHY),
    "taken back": lambda *here: taking_back.take_back(*here, WHY, what=What.END),
}
OPEN: Final = "registered received processing waiting_supplement waiting_payment"
GOES: Final = {
    # the act: the states that it may follow, and where it leads; "" stays
    "accepted": ("registered", "received"),
    "refused": ("registered received", "refused"),
    "step_taken": ("received processing", "processing"),
    "passed_on": (OPEN.removeprefix("registered ") + " finished", ""),
    "taken_over": (OPEN.removeprefix("registered ") + " finished", ""),
    "supplement_requested": ("registered received processing", "waiting_supplement"),
    "resubmitted": ("waiting_supplement", "processing"),
    "payment_requested": ("received processing", "waiting_payment"),
    "extended": (OPEN.removeprefix("registered "), ""),
    "withdrawn": (OPEN.removeprefix("registered "), "withdrawn"),
    "stopped": (OPEN.removeprefix("registered ") + " withdrawn", "stopped"),
    "finished": ("received processing", "finished"),
    "returned": ("finished", "returned"),
    "returned_partly": ("finished", ""),
    "collection_failed": ("finished", ""),
    "attached": (OPEN + " refused withdrawn stopped finished returned", ""),
    "corrected": (OPEN + " refused withdrawn stopped finished returned", ""),
    "paid": (OPEN + " refused withdrawn stopped finished returned", ""),
    "voided": (OPEN + " refused withdrawn stopped finished", "voided"),
    # An end that was entered by mistake: back to what the dossier was before it (REACH).
    "taken back": ("refused withdrawn stopped finished", "before"),
}
BEFORE: Final = {
    "refused": "received",
    "withdrawn": "received",
    "stopped": "received",
    "finished": "processing",
}
STATUS: Final = {
    **dict(zip(OPEN.split(), (1, 2, 4, 5, 6), strict=True)),
    **{"refused": 3, "withdrawn": 7, "stopped": 8, "finished": 9, "returned": 10, "voided": 3},
}
REACH: Final = {
    "registered": "",
    "received": "",
    "processing": "step_taken",
    "waiting_supplement": "supplement_requested",
    "waiting_payment": "payment_requested",
    "refused": "refused",
    "withdrawn": "withdrawn",
    "stopped": "stopped",
    "finished": "step_taken finished",
    "returned": "finished returned",
    "voided": "voided",
}
PRINTED: Final = {name for names in ACTS.values() for name in names} | {"accepted", "resubmitted", "returned"}
PAIRS: Final = [(state, kind) for kind, (states, _) in GOES.items() for state in states.split()]


def _later(office: Office) -> Any:
    day = (office.now() + LATER).date()
    return office.calendar().next_counting(day)


@pytest.fixture(scope="module", params=["2025-08-04", "2026-11-02"], ids=["TT 01/2018", "TT 03/2025"])
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    begins = datetime.fromisoformat(f"{request.param}T08:15").replace(tzinfo=VIETNAM)
    opened = Counter(tmp_path_factory.mktemp("paths") / "store", Wall(begins)).make().open()
    yield opened
    opened.close()


def reached(office: Office, state: str) -> str:
    """The code of a new dossier in that state."""
    code = receive(office, registered=state == "registered").code
    for kind in REACH[state].split():
        DO[kind](office, office.session(), code)
    assert lookup.show(office, code)[0].state == state
    return code


def said(dossier: Dossier, pdf: bytes, *words: str) -> None:
    text = squeezed("".join(pages(pdf)))
    procedure = dossier.values["procedure"]["name"]
    for one in (dossier.code, dossier.party()["name"], procedure, *words):
        assert squeezed(one) in text, one


def dated(moment: datetime) -> str:
    day = moment.astimezone(VIETNAM)
    return f"ngày {day.day} tháng {day.month} năm {day.year}" if day.day > 9 and day.month > 2 else ""


def print_all(office: Office, code: str) -> None:
    """Each paper that there is of the dossier, and what it has to say."""
    dossier, session = lookup.show(office, code)[0], office.session()
    assert dossier.received_at is not None
    slip = control_slip.print_control(office, session, code, control_facts, reason="lần nữa")
    said(dossier, slip, *([HOLDER] if any(e.name == "step_taken" for e in dossier.entries) else []))
    for form, kinds in ACTS.items():
        act = next((e for e in reversed(dossier.entries) if e.name in kinds), None)
        if act is None:
            with pytest.raises(NotAllowed, match="no-act-to-print"):
                letters.print_letter(office, session, code, form, letter_facts)
            continue
        assert act.payload is not None
        words = [NEED] if form == "supplement" else [WHY]
        if form == "apology":
            words.append(dated(datetime.fromisoformat(act.payload["until"])))
        if form == "stop" and act.happened_at.date() < NEW_FORMS:
            with pytest.raises(BadInput, match="no-template"):  # TT 01/2018 has none
                letters.print_letter(office, session, code, form, letter_facts)
            continue
        said(dossier, letters.print_letter(office, session, code, form, letter_facts), *words)
    if dossier.due is None:
        with pytest.raises(NotAllowed, match="not-accepted"):
            papers.print_receipt(office, session, code, receipt_facts)
        return
    receipt = papers.print_receipt(office, session, code, receipt_facts)
    volume, number = dossier.place
    said(dossier, receipt, f"Số thứ tự: {number}", volume, dated(dossier.received_at), dated(dossier.due))


def test_the_table_has_every_act_and_every_state() -> None:
    others_write = {"assigned"}  # a holder named by an older program
    assert GOES.keys() == DO.keys() == STEPS.keys() - others_write | {"taken back"}  # written as "voided"
    assert REACH.keys() == STATUS.keys() == set(State)


@pytest.mark.parametrize(("state", "kind"), PAIRS, ids=lambda word: word)
def test_an_act_leads_where_it_should_and_its_papers_say_so(office: Office, state: str, kind: str) -> None:
    code = reached(office, state)

    DO[kind](office, office.session(), code)

    dossier = lookup.show(office, code)[0]
    leads = {"": state, "before": BEFORE.get(state, "")}
    assert dossier.state == leads.get(GOES[kind][1], GOES[kind][1])
    assert dossier.national_status == STATUS[dossier.state]
    assert dossier.conflicts == ()
    if kind in PRINTED and state == GOES[kind][0].split()[0]:
        print_all(office, code)


@pytest.mark.parametrize("state", REACH)
def test_an_act_that_a_state_forbids_writes_nothing(office: Office, state: str) -> None:
    code = reached(office, state)
    before = keeping.verify(office).events

    for kind, act in DO.items():
        if (state, kind) not in PAIRS:
            with pytest.raises((NotAllowed, BadInput)):
                act(office, office.session(), code)

    assert keeping.verify(office).events == before


def test_all_of_it_verifies_by_another_program(office: Office) -> None:
    assert verify_store(str(office.database.path), office.database.key).faults == []
