"""A receipt's QR on a counter that never met the machine that printed it, nor its dossier, and is offline."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta

import pytest

from counter_app.cli import acting, lines
from counter_app.cli.context import Context
from counter_app.cli.parser import parse
from counter_app.desk.widgets.acts import ACTS
from counter_app.district import devices, machine_list
from counter_app.district.issuing import issued_in
from counter_app.domain import lifecycle
from counter_app.domain.collecting import Collector
from counter_app.domain.errors import BadInput, NotAllowed, NotFound
from counter_app.domain.issued import What
from counter_app.domain.machine_list import MACHINES
from counter_app.domain.receipt_code import parse_receipt
from counter_app.domain.zone import VIETNAM
from counter_app.services import (
    acts,
    attaching,
    calls,
    erasing,
    handover,
    keeping,
    lookup,
    money,
    opening,
    papers,
    syncing,
)
from counter_app.services.attaching import Given
from counter_app.services.erasing import Ruling
from counter_app.words.errors import sentence
from counter_app.words.receipt import receipt_facts
from tests.district import bases
from tests.district.test_exchange import enrol
from tests.district.test_merging import counter
from tests.independent import receipt_reader
from tests.independent.verifier import verify_store
from tests.paper.reading import codes
from tests.services.stores import MORNING, receive
from tests.services.test_attaching import pdf

HERE, AWAY = ("H55.242", "UBND xã Nậm Mây"), ("H55.24", "UBND xã Tả Van")
LATER = machine_list.LOOKED_AT_MS
DAY = 24 * 3600 * 1000


@pytest.fixture
def three(server, tmp_path):
    """Two counters of one commune and one of another, enrolled; each knows what it was told at enrolment."""
    server.now_ms = round(MORNING.timestamp() * 1000)
    homes = [bases.commune_in(server.base, *named) for named in (HERE, AWAY)]
    made = [
        counter(tmp_path / str(n), agency, f"QUẦY {n}", n * timedelta(hours=1))
        for n, agency in enumerate((HERE[0], HERE[0], AWAY[0]))
    ]
    offices = [one.open() for one in made]
    roads = [enrol(server, homes[n], office) for n, office in zip((0, 0, 1), offices, strict=True)]
    yield offices, roads
    for office in offices:
        office.close()


def printed(office):
    """The dossier that is received, and what a scanner reads of the paper."""
    received = receive(office)
    pdf = papers.print_receipt(office, office.session(), received.code, receipt_facts, paper="a5")
    return received, codes(pdf, 300)["qr"]


def altered(text, bit):
    """The QR with one bit of its payload another."""
    start, payload = text.split("#")
    data = bytearray(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    data[bit // 8] ^= 1 << bit % 8
    return f"{start}#{urlsafe_b64encode(data).rstrip(b'=').decode()}"


def told(office, qr):
    return lines.scan(lookup.scan(office, qr))


def test_the_list_proves_receipts_of_machines_that_were_never_met(server, three):
    (one, two, away), roads = three
    received, qr = printed(one)
    foreign, theirs = printed(away)
    assert max(map(len, (qr, theirs))) <= 200
    assert told(away, qr)["signature"] == "unknown_device"

    for office, road in ((two, roads[1]), (away, roads[2])):  # the first has sent nothing of the dossier
        syncing.sync(office, road)

    here, there, back = told(two, qr), told(away, qr), told(two, theirs)
    assert (here["signature"], here["code"]) == ("verified", received.code)
    assert "dossiers" not in here
    assert "agency" not in here
    assert (there["signature"], there["agency"], there["agency_name"]) == ("verified", *HERE)
    assert (back["signature"], back["agency"], back["code"]) == ("verified", AWAY[0], foreign.code)
    assert told(away, theirs)["machine"] == "QUẦY 2"
    assert [keeping.verify(office).faults for office in (two, away)] == [[], []]


def test_a_bit_that_is_another_makes_it_forged_and_never_two_ways(server, three):
    (one, two, away), roads = three
    _, qr = printed(one)
    for office, road in ((two, roads[1]), (away, roads[2])):
        syncing.sync(office, road)

    length = len(parse_receipt(qr)[0].code) + 8 * 8 + 120
    for bit in range(8, length * 4, 37):
        verdicts = {told(office, altered(qr, bit))["signature"] for office in (two, away)}
        log = 17 * 8 <= bit < 25 * 8
        assert verdicts == {"unknown_device" if log else "forged"}, bit
    begun, rest = qr.split(":")
    mark = ("B" if rest[0] == "A" else "A") + rest[1:]
    assert told(away, f"{begun}:{mark}")["signature"] == "forged"


def test_what_a_revoked_machine_printed_stays_true_and_says_so(server, three):
    (one, two, away), roads = three
    _, qr = printed(one)
    syncing.sync(one, roads[0])
    for office, road in ((two, roads[1]), (away, roads[2])):
        syncing.sync(office, road)
    assert not any("revoked_on" in told(office, qr) for office in (two, away))

    with server.base.writing() as connection:
        devices.revoke(connection, server.who, 1, "mất máy", server.now_ms)
    server.now_ms += LATER
    for office, road in ((two, roads[1]), (away, roads[2])):
        syncing.sync(office, road)

    day = MORNING.astimezone(VIETNAM).date()
    for office in (two, away):
        found = told(office, qr)
        assert (found["signature"], found["revoked_on"]) == ("verified", day.isoformat())
    assert issued_in_text(server).count(day.isoformat()) == 1


def test_another_program_reads_the_list_and_the_receipts_alike(server, three, spare):
    (one, _, away), roads = three
    received, qr = printed(one)
    _, theirs = printed(away)
    _, unknown = printed(spare)
    syncing.sync(away, roads[2])
    known = receipt_reader.machines(issued_in_text(server))

    second = receipt_reader.read(qr, known)
    claim = parse_receipt(qr)[0]
    assert (second["dossier"], second["code"]) == (received.dossier, received.code)
    assert (second["procedure"], second["due"]) == (claim.procedure, claim.due)
    assert (second["agency"], second["name"]) == HERE
    papers_shown = [qr, theirs, unknown, *(altered(qr, bit) for bit in range(8, 700, 61))]
    verdicts = [told(away, paper)["signature"] for paper in papers_shown]
    assert [receipt_reader.read(paper, known)["signature"] for paper in papers_shown] == verdicts
    assert set(verdicts) == {"verified", "unknown_device", "forged"}


def test_a_new_machine_waits_a_day_for_the_list_and_an_idle_district_issues_none(server, three, spare):
    (_, two, away), roads = three

    def versions():
        for office, road in ((two, roads[1]), (away, roads[2])):
            syncing.sync(office, road)
        return [office.commune().issued.highest[What.MACHINES, MACHINES] for office in (two, away)]

    first = versions()
    server.now_ms += LATER
    assert versions() == first
    with server.base.writing() as connection:
        home = devices.commune_of(connection, AWAY[0])
    enrol(server, home, spare)
    server.now_ms += LATER
    assert versions() == first
    server.now_ms += DAY
    assert versions() == [version + 1 for version in first]


def issued_in_text(server):
    with server.base.reading() as connection:
        home = devices.commune_of(connection, AWAY[0])
        return issued_in(connection, home).current[What.MACHINES, MACHINES].text


@pytest.fixture
def spare(tmp_path):
    office = counter(tmp_path / "spare", AWAY[0], "QUẦY 9").open()
    yield office
    office.close()


def faults_of(office):
    return verify_store(str(office.database.path), office.database.key).faults


def give(office, named, number="024190000123"):
    who = Collector.read("H’Loan Niê Kđăm", number)
    return handover.hand_over(office, office.session(), [named], who, asks_paper=True)


@pytest.mark.parametrize("late", ["reception", "result"])
def test_a_result_given_on_a_receipt_is_of_the_one_dossier_when_its_reception_comes(server, three, late):
    (one, two, away), roads = three
    received, qr = printed(one)
    for road, office in ((roads[1], two), (roads[2], away)):
        syncing.sync(office, road)

    calls.remind(two, two.session(), qr, "QUẦY 0", "dân đã đến")
    give(two, qr)

    line = lookup.scan(two, qr).lines[0]
    assert (line.held, line.code, line.state) == (True, received.code, "returned")
    with pytest.raises(NotAllowed) as again:
        give(two, received.code)
    assert again.value.why == "state-forbids"
    order = [(one, roads[0]), (two, roads[1])] if late == "result" else [(two, roads[1]), (one, roads[0])]
    acts.finish(one, one.session(), received.code, "Giấy khai sinh")
    for office, road in order * 2:
        syncing.sync(office, road)

    stories = [lookup.story(office, received.dossier) for office in (one, two)]
    assert stories[0].fingerprint() == stories[1].fingerprint()
    assert [(story.held, story.code, story.state, story.conflicts) for story in stories] == [
        (False, received.code, "returned", ())
    ] * 2
    assert [entry.name for entry in stories[0].entries].count("returned") == 1
    for office in (one, two):
        assert keeping.verify(office).faults == []
        assert [line.dossier for line in lookup.newest(office)] == [received.dossier]
        assert faults_of(office) == []


def test_a_held_dossier_allows_what_happens_and_leaves_the_rest_to_its_reception(server, three):
    (one, two, _), roads = three
    received, qr = printed(one)
    syncing.sync(two, roads[1])

    with pytest.raises(NotAllowed, match="reception-elsewhere"):
        acts.finish(two, two.session(), qr)
    with pytest.raises(BadInput, match="empty"):
        give(two, qr, number="")
    assert lookup.newest(two) == []
    calls.remind(two, two.session(), qr, "QUẦY 0", "dân đã đến")
    assert [line.code for line in lookup.newest(two)] == [received.code]
    refused_but_what_happens(two, received.code, qr)
    give(two, received.code)
    assert lookup.newest(two)[0].state == "returned"
    refused_but_what_happens(two, received.code, qr)


def refused_but_what_happens(office, *names):
    """Of a dossier whose reception is elsewhere, by its code and by its receipt."""
    session, law = office.session(), Ruling("Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Điều 14")
    for named in names:
        with pytest.raises(NotAllowed, match="reception-elsewhere"):
            money.pay(office, session, named, 5000)
        with pytest.raises(NotAllowed, match="reception-elsewhere"):
            attaching.attach(office, session, named, 1, [Given(pdf(1))])
        with pytest.raises(NotAllowed, match="reception-elsewhere"):
            erasing.erase(office, session, named, law, names[0])
    [told] = erasing.erase_all(office, session, names[:1], law, "1")
    assert told.fault is not None
    story = lookup.show(office, names[0])[0]
    assert not any(entry.name in ("paid", "attached", "erased") for entry in story.entries)
    offered = {act.kind for act in ACTS if act.may(story)}
    assert offered <= lifecycle.ON_RECEIPT


def test_who_names_a_dossier_by_its_receipt_is_told_of_it(server, three, monkeypatch, capsys):
    (one, two, away), roads = three
    received, qr = printed(one)
    _, foreign = printed(away)
    for office, road in ((two, roads[1]), (away, roads[2])):
        syncing.sync(office, road)

    with pytest.raises(NotFound) as alone:
        lookup.show(two, qr)
    with pytest.raises(NotAllowed, match="receipt-elsewhere"):
        lookup.show(two, foreign)
    with pytest.raises(NotAllowed, match="receipt-forged"):
        lookup.show(two, altered(qr, 300))
    monkeypatch.setattr(opening, "open_store", lambda *_: two)
    words = ["return", qr, "--to", "H’Loan Niê Kđăm", "--id-number", "024190000123"]
    done = acting.act(Context(two.places.data, parse(words)))
    line = json.loads(capsys.readouterr().out)

    assert received.code in sentence(alone.value) and "đồng bộ" in sentence(alone.value)
    assert (done, line["code"], line["state"], line["held"]) == (0, received.code, "returned", True)
    assert [story.id for story in lookup.show(two, qr)] == [received.dossier]
    assert [story.held for story in lookup.show(one, qr)] == [False]


def test_a_part_given_on_a_receipt_is_of_the_one_dossier_too_and_the_rest_waits(server, three):
    (one, two, _), roads = three
    received, qr = printed(one)
    syncing.sync(two, roads[1])
    nobody, who = (Collector.read("H’Loan Niê Kđăm", number) for number in ("", "024190000123"))
    part = ["Trích lục khai sinh"], ["Bản sao trích lục"]

    with pytest.raises(BadInput, match="empty"):
        handover.hand_partly(two, two.session(), qr, nobody, *part, asks_paper=True)
    for _ in range(2):
        handover.hand_partly(two, two.session(), qr, who, *part, asks_paper=True)
    told = lookup.story(two, received.dossier)
    assert (told.state, told.on_receipt, told.code) == ("finished", True, received.code)
    for office, road in [(two, roads[1]), (one, roads[0])] * 2:
        syncing.sync(office, road)
    stories = [lookup.story(office, received.dossier) for office in (one, two)]
    give(one, received.code)
    for office, road in [(one, roads[0]), (two, roads[1])]:
        syncing.sync(office, road)

    assert [(story.state, story.left_to_collect, story.conflicts) for story in stories] == [
        ("finished", ("Bản sao trích lục",), ())
    ] * 2
    assert [entry.name for entry in stories[0].entries].count("returned_partly") == 1
    assert lookup.story(two, received.dossier).state == "returned"
    assert faults_of(one) == faults_of(two) == []


def test_nothing_is_written_on_a_receipt_of_another_commune_a_stranger_or_a_forger(server, three, spare):
    (one, two, away), roads = three
    _, qr = printed(one)
    _, unknown = printed(spare)
    syncing.sync(two, roads[1])
    syncing.sync(away, roads[2])

    wrong = {
        "receipt-elsewhere": (away, qr),
        "receipt-of-stranger": (two, unknown),
        "receipt-forged": (two, altered(qr, 300)),
    }
    for why, (office, text) in wrong.items():
        before = keeping.verify(office).events
        with pytest.raises(NotAllowed) as refused:
            give(office, text)
        assert refused.value.why == why
        assert keeping.verify(office).events == before
    assert HERE[1] in sentence(NotAllowed("receipt-elsewhere", code="X", name=HERE[1]))
