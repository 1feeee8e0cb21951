"""A folder's label: on record before it is printed, as often as wanted, the next free place remembered."""

import pytest

from counter_app.domain.errors import BadInput, NotFound
from counter_app.services import labels, lookup, papers
from counter_app.words.receipt import label_facts, receipt_facts
from tests.paper import reading
from tests.services.stores import Counter, receive


@pytest.fixture
def office(tmp_path):
    opened = Counter(tmp_path / "A").make().open()
    yield opened
    opened.close()


def label(office, code, **how):
    return labels.print_label(office, office.session(), code, label_facts, **how)


def test_a_label_bears_the_code_and_is_in_the_story(office):
    received = receive(office)

    printed = label(office, received.code)
    label(office, received.code)

    dossier = lookup.story(office, received.dossier)
    assert [(e.payload["form"], e.payload["copy"]) for e in dossier.prints] == [("label", 1), ("label", 2)]
    assert reading.codes(printed.pdf, 203) == {"bars": received.code}
    assert printed.next is None


def test_labels_of_a_sheet_follow_one_another_and_begin_the_next_sheet(office):
    code = receive(office).code

    places = [label(office, code, stock="a4", start=23).next, label(office, code, stock="a4").next]

    assert places == [24, 1]
    assert labels.next_place(office) == 1


def test_a_label_is_no_copy_of_the_receipt(office):
    received = receive(office, paper="a5")
    label(office, received.code)

    text = reading.pages(papers.receipt_of(office, received.dossier, receipt_facts))[0]

    assert "BẢN IN LẠI" not in text
    with pytest.raises(BadInput, match="reprint-reason"):
        papers.print_receipt(office, office.session(), received.code, receipt_facts)


@pytest.mark.parametrize("wrong", [{"stock": "a3"}, {"stock": "a4", "start": 0}])
def test_a_stock_or_place_that_there_is_not_records_nothing(office, wrong):
    received = receive(office)

    with pytest.raises(BadInput):
        label(office, received.code, **wrong)

    assert lookup.story(office, received.dossier).prints == []


def test_a_dossier_that_there_is_not_has_no_label(office):
    with pytest.raises(NotFound):
        label(office, "H55.242-261120-1001")
