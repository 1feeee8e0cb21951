"""Giving results out: several at once or none, a part now, who needs which paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.collecting import Collector, Identity, identity
from counter_app.domain.errors import BadInput, NotAllowed
from counter_app.domain.lifecycle import State
from counter_app.services import acts, handover, handover_slip, lookup
from counter_app.words.handover import handover_facts
from tests.services.stores import Counter, receive

OWNER, OTHER = "066174000123", "011074000456"


@pytest.fixture
def office(tmp_path):
    office = Counter(tmp_path / "store").make().open()
    yield office
    office.close()


def finished(office, **fields):
    got = receive(office, **fields)
    acts.finish(office, office.session(), got.code)
    return got.code


def last(office, code):
    entry = lookup.show(office, code)[0].entries[-1]
    return entry.name, {name: value for name, value in entry.payload.items() if name != "at"}


def test_several_go_to_one_collector_each_with_its_own_event(office):
    codes = [finished(office) for _ in range(3)]
    who = Collector.read("Y Thao", OTHER, "giấy ủy quyền số 5")

    handover.hand_over(office, office.session(), [*codes, codes[0]], who)

    told = {"to": "Y Thao", "id_number": OTHER, "authority": "giấy ủy quyền số 5"}
    assert [last(office, code) for code in codes] == [("returned", told)] * 3


def test_where_one_cannot_go_out_none_does_and_a_retry_changes_nothing(office):
    ready, waiting = finished(office), receive(office).code
    acts.ask_supplement(office, office.session(), waiting, ["ảnh"])
    who = Collector.read("Y Thao")

    for _ in range(2):
        with pytest.raises(NotAllowed):
            handover.hand_over(office, office.session(), [ready, waiting], who, finish=True)

    assert lookup.show(office, ready)[0].state is State.FINISHED
    handover.hand_over(office, office.session(), [ready], who)
    with pytest.raises(NotAllowed):
        handover.hand_over(office, office.session(), [ready], who)
    assert [e.name for e in lookup.show(office, ready)[0].entries].count("returned") == 1


def test_what_is_not_finished_is_finished_in_the_same_breath(office):
    code = receive(office).code

    handover.hand_over(office, office.session(), [code], Collector.read("Y Thao"), finish=True)

    assert [e.name for e in lookup.show(office, code)[0].entries[-2:]] == ["finished", "returned"]


def test_a_part_is_told_and_the_dossier_still_waits(office):
    code = finished(office)
    who = Collector.read("Y Thao", OTHER, "giấy khai sinh", "child")

    handover.hand_partly(office, office.session(), code, who, ["1 bản trích lục"], ["2 bản trích lục"])

    dossier = lookup.show(office, code)[0]
    assert dossier.state is State.FINISHED and dossier.left_to_collect == ("2 bản trích lục",)
    assert last(office, code) == (
        "returned_partly",
        {
            "to": "Y Thao",
            "id_number": OTHER,
            "authority": "giấy khai sinh",
            "relation": "child",
            "given": ["1 bản trích lục"],
            "left": ["2 bản trích lục"],
        },
    )
    handover.hand_over(office, office.session(), [code], who)
    assert lookup.show(office, code)[0].state is State.RETURNED


@pytest.mark.parametrize(("given_", "left", "field"), [([], ["x"], "given"), (["x"], [" "], "left")])
def test_a_part_needs_what_was_given_and_what_is_left(office, given_, left, field):
    code = finished(office)

    with pytest.raises(BadInput) as refused:
        handover.hand_partly(office, office.session(), code, Collector.read("A"), given_, left)

    assert refused.value.facts["field"] == field
    assert last(office, code)[0] == "finished"


def test_the_same_part_delivered_once_more_is_written_once(office):
    code = finished(office)
    who = Collector.read("Y Thao", OTHER, "giấy khai sinh", "child")

    for _ in range(2):
        handover.hand_partly(office, office.session(), code, who, ["1 bản"], ["2 bản"])
    handover.hand_partly(office, office.session(), code, who, ["1 bản"], ["1 bản"])

    told = [entry.name for entry in lookup.show(office, code)[0].entries]
    assert told.count("returned_partly") == 2


def test_fees_of_all_are_paid_in_one(office):
    codes = [finished(office, fee={"amount": 8000}) for _ in range(2)] + [finished(office)]

    for _ in range(2):
        assert handover.pay_all(office, office.session(), codes) == []

    told = [lookup.show(office, code)[0] for code in codes]
    assert [(one.paid, one.unpaid) for one in told] == [(8000, 0), (8000, 0), (0, 0)]


def test_who_has_lost_the_receipt_is_known_by_his_paper():
    with pytest.raises(BadInput) as refused:
        Collector.read("Y Thao", receipt_lost=True)

    assert refused.value.facts["field"] == "id_number"
    assert Collector.read("Y Thao", OWNER, receipt_lost=True).fields()["receipt_lost"] is True


def test_one_who_is_not_the_owner_shows_a_paper_where_the_desk_asks_for_it(office):
    code = finished(office)

    with pytest.raises(BadInput) as refused:
        handover.hand_over(office, office.session(), [code], Collector.read("Y Thao", OTHER), asks_paper=True)

    assert refused.value.facts["field"] == "authority"
    assert last(office, code)[0] == "finished"


def test_of_several_owners_the_collector_needs_no_paper_for_what_is_his(office):
    his = finished(office, applicant={"name": "Lò Văn Inh", "id_number": OTHER, "phone": "0900000123"})
    hers = finished(office, applicant={"name": "H’Loan", "id_number": OWNER, "phone": "0900000123"})
    who = Collector.read("Lò Văn Inh", OTHER, "giấy khai sinh", "spouse")

    handover.hand_over(office, office.session(), [his, hers], who, asks_paper=True)

    assert "authority" not in last(office, his)[1]
    assert last(office, hers)[1]["relation"] == "spouse"


@pytest.mark.parametrize(
    ("known", "name", "number", "found"),
    [
        (OWNER, "H’LOAN NIÊ KĐĂM", OWNER, Identity.OWNER),
        (OWNER, "Hoàng Loan", OWNER, Identity.RENAMED),
        (OWNER, "H’Loan Niê Kđăm", OTHER, Identity.OTHER),
        ("", "H’Loan Niê Kđăm", OTHER, Identity.NAMESAKE),
        (OWNER, "H’Loan Niê Kđăm", "C1234567", Identity.NAMESAKE),
        ("", "Y Thao", OTHER, Identity.OTHER),
    ],
)
def test_the_collector_is_compared_with_the_owner(known, name, number, found):
    assert identity({"name": "H’Loan Niê Kđăm", "id_number": known}, name, number) is found


@given(
    st.sampled_from([OWNER, ""]), st.sampled_from(["A Páo", "Y Thao"]), st.sampled_from([OWNER, OTHER, ""])
)
def test_only_the_owners_own_number_spares_him_the_paper(known, name, number):
    party = {"name": "A Páo", "id_number": known}
    who = Collector.read(name, number, "giấy số 5", "child")

    assert ("giấy số 5" in who.fields(party).values()) is not (bool(number) and number == known)


def test_the_slip_is_printed_of_the_last_hand_over_and_told_on_each_dossier(office):
    codes = [finished(office) for _ in range(2)]
    who = Collector.read("Y Thao", OTHER, "giấy khai sinh", "child")
    handover.hand_over(office, office.session(), codes, who)
    said = []

    def phrase(order):
        said.append(handover_facts(order))
        return said[0]

    for _ in range(2):
        pdf = handover_slip.print_handover(office, office.session(), codes, phrase)

    assert pdf.startswith(b"%PDF")
    assert (said[0].collector, said[0].capacity) == ("Y Thao", "con, theo giấy khai sinh")
    assert OTHER not in said[0].paper and said[0].paper.endswith(OTHER[-4:])
    assert [row[0] for row in said[0].rows] == codes
    for code in codes:
        told = lookup.show(office, code)[0].entries[-3:]
        assert [entry.name for entry in told] == ["returned", "printed", "printed"]
        assert [entry.payload["copy"] for entry in told[1:]] == [1, 2]
        assert {entry.payload["about"] for entry in told[1:]} == {str(told[0].ref)}


def test_nothing_given_has_no_slip_and_nothing_is_written(office):
    given_, waiting = finished(office), finished(office)
    handover.hand_over(office, office.session(), [given_], Collector.read("H’Loan Niê Kđăm"))

    with pytest.raises(NotAllowed):
        handover_slip.print_handover(office, office.session(), [given_, waiting], handover_facts)

    assert last(office, given_)[0] == "returned"
