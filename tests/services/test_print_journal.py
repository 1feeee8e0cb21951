"""What the print journal keeps, and when it lets go."""

import pytest

from counter_app.domain.errors import BadInput
from counter_app.services import entry, lookup, papers, print_journal, reception, rules
from counter_app.services.lookup import story
from counter_app.system.settings import Queue
from counter_app.words.receipt import receipt_facts
from tests.paper.reading import codes, pages, squeezed
from tests.services.stores import Counter, receive


@pytest.fixture
def office(tmp_path):
    opened = Counter(tmp_path / "store").make().open()
    yield opened
    opened.close()


def journalled(office, paper=""):
    given = {"procedure": "1.004884", "applicant": {"name": "Giàng A Páo", "phone": "0900000123"}}
    form = entry.read_form(given, rules.catalogue(office), office.now())
    return reception.receive(office, office.session(), form, paper=paper, journal=True)


def kept(office):
    return [(one.code, one.held) for one in print_journal.unprinted(office)]


def print_all(office, *received, **more):
    ids = [one.dossier for one in received]
    return papers.print_receipts(
        office, office.session(), ids, receipt_facts, papers.queue_of(office), **more
    )


def test_a_receipt_is_kept_from_the_reception_until_its_paper_is_taken(office):
    held, printed = journalled(office), journalled(office, "a5")
    receive(office, paper="a5")  # the command line writes its papers itself

    assert kept(office) == [(held.code, True), (printed.code, False)]
    print_journal.taken(office, [printed.dossier])
    print_journal.taken(office, [printed.dossier])
    assert kept(office) == [(held.code, True)]


@pytest.mark.parametrize(("paper", "dpi"), [("a5", 200), ("a4", 200), ("80mm", 203)])
def test_each_receipt_of_one_job_bears_its_own_codes(office, paper, dpi):
    got = [receive(office) for _ in range(3)]

    pdf = papers.print_receipts(
        office, office.session(), [one.dossier for one in got], receipt_facts, Queue(paper=paper)
    )

    each = len(pages(pdf)) // len(got)
    for number in range(len(pages(pdf))):
        code = got[number // each].code
        seen = codes(pdf, dpi, number + 1)
        assert squeezed(code) in squeezed(pages(pdf)[number])
        assert seen["bars"] == code and lookup.scan(office, seen["qr"]).lines[0].code == code


def test_prints_of_several_are_first_ones_or_copies_each_by_itself(office):
    held, printed = journalled(office), journalled(office, "a5")

    pdf = print_all(office, held, printed, reason="bản in trước có thể không ra giấy")

    copies = [[e.payload["copy"] for e in story(office, one.dossier).prints] for one in (held, printed)]
    assert copies == [[1], [1, 2]]
    assert "reason" not in story(office, held.dossier).prints[-1].payload
    assert papers.page_count(pdf) == 4
    assert kept(office) == [(held.code, False), (printed.code, False)]


def test_a_copy_without_a_reason_records_none_of_them(office):
    held, printed = journalled(office), journalled(office, "a5")

    with pytest.raises(BadInput) as refused:
        print_all(office, held, printed)

    assert refused.value.why == "reprint-reason"
    assert story(office, held.dossier).prints == []
    assert kept(office) == [(held.code, True), (printed.code, False)]


def test_what_came_out_spoiled_is_recorded_before_its_copy(office):
    printed = journalled(office, "a5")

    print_all(office, printed, reason="kẹt giấy", spoiled=True)

    names = [e.name for e in story(office, printed.dossier).entries]
    assert names == ["received", "printed", "spoiled", "printed"]
