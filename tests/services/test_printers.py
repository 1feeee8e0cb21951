"""Queues' choices are on the disk before they count; whoever may print may choose."""

import pytest

from counter_app.domain.commune import Officer, Role
from counter_app.domain.errors import BadInput, NotPermitted
from counter_app.paper.trial import CODE
from counter_app.services import printers
from counter_app.services.office import Session
from counter_app.system import settings
from counter_app.system.settings import Queue
from tests.paper import reading
from tests.services.stores import Counter


@pytest.fixture
def office(tmp_path):
    opened = Counter(tmp_path / "A").make().open()
    yield opened
    opened.close()


def test_what_was_chosen_for_a_queue_outlives_the_program(office):
    printers.use_queue(office, office.session(), "Máy in quầy 1", Queue("80mm", 48))
    printers.send_to(office, office.session(), "labels", "Máy in quầy 1")
    printers.use_labels(office, office.session(), "a4")

    kept = settings.load(office.places.settings)

    assert kept == office.settings
    assert kept.queue(kept.queue_for("labels")) == Queue("80mm", 48)
    assert kept.queue("another") == Queue("a5", 72)
    assert kept.label_stock == "a4"


def test_an_officer_without_the_right_chooses_nothing(office):
    reader = Session(Officer("x", "X", Role.READER))

    with pytest.raises(NotPermitted):
        printers.send_to(office, reader, "receipts", "LASER")
    with pytest.raises(BadInput):
        printers.send_to(office, office.session(), "posters", "LASER")

    assert not office.places.settings.exists()


def test_the_test_page_is_on_the_queues_paper(office):
    pdf = printers.trial(office, "POS", Queue("80mm", 72), "Cuộn 80 mm")

    assert reading.codes(pdf, 203) == {"bars": CODE, "qr": CODE}
    assert reading.sizes(pdf)[0][0] / 72 * 25.4 == pytest.approx(80, abs=0.1)
