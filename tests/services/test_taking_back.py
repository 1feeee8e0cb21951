"""A refusal, withdrawal, stop or finish entered by mistake is taken back, and what counts follows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from counter_app.domain.collecting import Collector
from counter_app.domain.ends import What, never_stood
from counter_app.domain.errors import BadInput, Disputed, NotAllowed, NotPermitted
from counter_app.domain.lifecycle import State, StopCause
from counter_app.services import (
    accounts,
    acts,
    boards,
    closing,
    handover,
    keeping,
    letters,
    lookup,
    mending,
    money,
    taking_back,
)
from counter_app.services.boards import Group
from counter_app.services.office import Office
from counter_app.words.errors import sentence
from counter_app.words.letters import letter_facts
from counter_app.words.reasoning import reasoning
from counter_app.words.story import tell
from tests.independent.verifier import verify_store
from tests.services.stores import Counter, Wall, receive
from tests.services.test_exchange import carry, pair

WHO = Collector.read("H’Loan Niê Kđăm", "024190000123")
WHY = "bấm nhầm hồ sơ"


@pytest.fixture(scope="module")
def wall() -> Wall:
    return Wall()


@pytest.fixture(scope="module")
def office(wall: Wall, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    opened = Counter(tmp_path_factory.mktemp("ends") / "store", wall).make().open()
    yield opened
    opened.close()


def shown(office, code):
    return lookup.show(office, code)[0]


def due_codes(office, *groups):
    return [one.line.code for part in boards.board(office, office.now(), groups) for one in part.items]


def take_back(office, code, what=What.END):
    return taking_back.take_back(office, office.session(), code, WHY, what=what)


def test_a_mistaken_refusal_is_taken_back_and_lists_sums_and_papers_follow(office):
    code, session = receive(office, fee={"amount": 8000}).code, office.session()
    today = office.now().date()
    before = shown(office, code)
    unpaid = closing.look(office, today).unpaid
    acts.refuse(office, session, code, "sai nơi nộp")
    letters.print_letter(office, session, code, "refusal", letter_facts)
    assert closing.look(office, today).unpaid == unpaid - 1

    assert take_back(office, code) == []

    now = shown(office, code)
    assert (now.state, now.due, now.national_status) == (before.state, before.due, before.national_status)
    assert lookup.line_of(office, now.id).state == State.RECEIVED
    assert closing.look(office, today).unpaid == unpaid
    refused, printed, back = (tell(entry) for entry in now.entries[-3:])
    assert refused.startswith(
        "Từ chối tiếp nhận; lý do: sai nơi nộp. (đã ghi nhầm, rút lại lúc 8 giờ 15 ngày "
    )
    assert printed.startswith("In phiếu từ chối tiếp nhận. (giấy của việc đã ghi nhầm, rút lại lúc 8 giờ 15 ")
    assert back == (
        "Rút lại thông báo từ chối ghi nhầm, thời hạn tính như chưa từ chối; lý do: bấm nhầm hồ sơ."
    )
    told = reasoning(now.values["promise"], never_stood(now))
    assert told.endswith("; 20/11 ghi nhầm là “từ chối tiếp nhận” nên vẫn tính vào thời hạn")
    with pytest.raises(NotAllowed, match="no-act-to-print"):
        letters.print_letter(office, session, code, "refusal", letter_facts)
    with pytest.raises(NotAllowed, match="no-end-entered") as nothing:
        take_back(office, code)
    assert sentence(nothing.value) == (
        f"Hồ sơ “{code}” không có việc kết thúc nào ghi nhầm để rút lại; hãy xem lại mã."
    )
    acts.refuse(office, session, code, "lần này đúng")
    letters.print_letter(office, session, code, "refusal", letter_facts)
    assert [entry.payload["copy"] for entry in shown(office, code).prints] == [1, 1]


def test_a_stop_while_papers_are_waited_for_leaves_the_clock_as_if_nobody_had_stopped_it(office, wall):
    codes = [receive(office, procedure="1.004884").code for _ in range(2)]
    session = office.session()
    for code in codes:
        acts.ask_supplement(office, session, code, ["bản sao hộ khẩu"])
    wall.now += timedelta(days=3)
    acts.stop(office, session, codes[0], "không nộp", cause=StopCause.UNANSWERED)
    wall.now += timedelta(days=4)
    assert codes[0] not in due_codes(office, Group.SUPPLEMENT)

    take_back(office, codes[0])

    assert {*codes} <= {*due_codes(office, Group.SUPPLEMENT)}
    for code in codes:
        acts.resubmit(office, session, code)
    stopped, other = (shown(office, code) for code in codes)
    assert (stopped.state, stopped.due) == (other.state, other.due)
    assert stopped.values["promise"] == other.values["promise"]


def test_time_that_a_mistaken_stop_took_counts_as_any_other(office, wall):
    code = receive(office).code
    due = shown(office, code).due
    acts.stop(office, office.session(), code, "dân xin dừng")
    wall.now = due + timedelta(days=2)
    assert code not in due_codes(office, *Group)

    take_back(office, code)

    assert shown(office, code).due == due
    assert code in due_codes(office, Group.LATE)


def test_money_that_came_while_it_was_stopped_by_mistake_ends_the_waiting(office):
    code, session = receive(office, fee={"amount": 0}).code, office.session()
    acts.charge(office, session, code, 50_000)
    acts.stop(office, session, code, "không nộp")
    money.pay(office, session, code, 50_000)

    take_back(office, code)

    dossier = shown(office, code)
    assert (dossier.state, dossier.acts_as, dossier.charged) == (State.WAITING_PAYMENT, State.PROCESSING, 0)


def test_money_that_was_not_there_is_taken_back_after_the_finish_that_it_led_to(office):
    code, session = receive(office, fee={"amount": 0}).code, office.session()
    acts.charge(office, session, code, 50_000)
    money.pay(office, session, code, 50_000)
    acts.finish(office, session, code)
    assert [one.name for one in taking_back.offers(shown(office, code))] == ["finished", "paid"]

    take_back(office, code)
    taking_back.take_back(office, session, code, "chưa thu")

    assert shown(office, code).acts_as is State.WAITING_PAYMENT


def test_a_result_in_the_citizens_hands_is_not_taken_back(office):
    code, session = receive(office).code, office.session()
    acts.finish(office, session, code, "Giấy khai sinh")
    handover.hand_partly(office, session, code, WHO, ["bản chính"], ["bản sao"])
    for _ in range(2):
        events = keeping.verify(office).events
        with pytest.raises(NotAllowed, match="result-handed-over") as refused:
            take_back(office, code)
        assert sentence(refused.value).startswith(f"Đã trao kết quả của “{code}” ngày ")
        assert "hãy nhận hồ sơ mới" in sentence(refused.value)
        assert keeping.verify(office).events == events
        if shown(office, code).state is State.FINISHED:
            handover.hand_over(office, session, [code], WHO)


def test_a_reason_is_needed_and_what_a_head_signed_is_a_heads(office):
    code, session = receive(office).code, office.session()
    acts.refuse(office, session, code, "sai nơi nộp")
    with pytest.raises(BadInput, match="empty"):
        taking_back.take_back(office, session, code, " ", what=What.END)
    accounts.set_pin(office, session, "9876")
    admin = office.session("admin", lambda: "9876")
    for who, role in (("lan", "officer"), ("thu", "cashier"), ("ha", "head")):
        accounts.add_officer(office, admin, who, who, role, "1234")
    lan, thu, ha = (office.session(who, lambda: "1234") for who in ("lan", "thu", "ha"))
    with pytest.raises(NotPermitted):
        taking_back.take_back(office, thu, code, WHY, what=What.END)
    end = shown(office, code).entries[-1]
    with office.writing() as (pen, _):
        signed = {"form": "refusal", "copy": 1, "about": str(end.ref), "signed_by": "Nguyễn Văn Lãnh"}
        pen.append("printed", end.event.header.dossier, signed, "ha")

    with pytest.raises(NotPermitted):
        taking_back.take_back(office, lan, code, WHY, what=What.END)
    taking_back.take_back(office, ha, code, WHY, what=What.END)

    assert shown(office, code).state is State.RECEIVED
    acts.withdraw(office, lan, code, "đổi ý")
    taking_back.take_back(office, lan, code, WHY, what=What.END)
    assert shown(office, code).state is State.RECEIVED
    accounts.add_officer(office, admin, "minh", "Minh", "officer", "1234")
    minh = office.session("minh", lambda: "1234")
    acts.refuse(office, lan, code, "sai nơi nộp")
    letters.print_letter(office, lan, code, "refusal", letter_facts)  # signed by pen, and given out
    with pytest.raises(NotPermitted, match="letter-of-another") as refused:
        taking_back.take_back(office, minh, code, WHY, what=What.END)
    assert sentence(refused.value).startswith(
        "Việc này đã in giấy báo; hãy nhờ người ghi là “lan”, hoặc phụ "
    )
    taking_back.take_back(office, lan, code, WHY, what=What.END)
    acts.refuse(office, lan, code, "sai nơi nộp")
    letters.print_letter(office, lan, code, "refusal", letter_facts)
    taking_back.take_back(office, ha, code, WHY, what=What.END)
    assert shown(office, code).state is State.RECEIVED


def test_taken_back_here_and_handed_over_there_is_settled_by_a_person(tmp_path: Path) -> None:
    one, other = (Counter(tmp_path / name, device=name).make().open() for name in ("A", "B"))
    pair(tmp_path, one, other)
    code = receive(one).code
    acts.finish(one, one.session(), code, "Giấy khai sinh")
    carry(tmp_path, one, other)
    take_back(one, code)
    handover.hand_over(other, other.session(), [code], WHO)
    carry(tmp_path, other, one)
    carry(tmp_path, one, other)

    for here in (one, other):
        dossier = shown(here, code)
        assert ([found.field for found in dossier.conflicts], dossier.state) == (["state"], State.RETURNED)
        with pytest.raises(Disputed, match="settle-first"):
            take_back(here, code)
    assert keeping.verify(one).state == keeping.verify(other).state
    returned = next(entry for entry in shown(one, code).entries if entry.name == "returned")
    mending.resolve(one, one.session(), code, str(returned.ref))
    carry(tmp_path, one, other)

    assert keeping.verify(one).state == keeping.verify(other).state
    dossier = shown(other, code)
    assert (dossier.conflicts, dossier.state) == ((), State.RETURNED)
    assert [e.mistaken is None for e in dossier.entries if e.name == "finished"] == [True]
    for here in (one, other):
        assert verify_store(str(here.database.path), here.database.key).faults == []
        here.close()
