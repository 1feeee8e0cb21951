"""What the district issues comes to each counter whole, signed and once; an older version never wins."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date

import pytest

from counter_app.district import publishing
from counter_app.district.house import District, Places
from counter_app.district.issuing import issue, issued_in
from counter_app.domain import canonical
from counter_app.domain.errors import BadInput, NotAllowed, NotFound
from counter_app.domain.issued import PROCEDURES, Issue, What
from counter_app.services import keeping, syncing
from counter_app.services.packing import packer
from counter_app.sync.portions import LARGEST
from counter_app.system import paths
from counter_app.words.errors import sentence
from tests.district import bases
from tests.district.test_exchange import enrol
from tests.district.test_whole import verdict_of

CATALOGUE = paths.resource("catalogue/procedures.csv")
TEMPLATE = paths.resource("templates/receipt-2025-09-15.json")
KEY = (What.CATALOGUE, PROCEDURES)


@pytest.fixture
def district(server, commune, tmp_path):
    return District(server.base, server.who, Places(tmp_path / "district"))


def publish(district, what, file, *, commune="all", version=0, now_ms=bases.START_MS):
    asked = argparse.Namespace(verb=what, file=file, commune=commune, version=version)
    return list(publishing.publish(district, asked, now_ms))


def send(district, text, *, commune="all", title="", first=None, last=None, name="", now_ms=bases.START_MS):
    asked = argparse.Namespace(text=text, commune=commune, title=title, first=first, last=last, id=name)
    return list(publishing.send(district, asked, now_ms))


def withdraw(district, name, commune="all"):
    return list(publishing.withdraw(district, argparse.Namespace(id=name, commune=commune), bases.START_MS))


def standing(district, commune="all"):
    return list(publishing.standing(district, argparse.Namespace(commune=commune), bases.START_MS))


def issued_at(office):
    return office.commune().issued


def changed(tmp_path, old="Giấy khai sinh,", new="Giấy khai sinh (bản mới),"):
    text = CATALOGUE.read_text("utf-8")
    assert old in text
    file = tmp_path / "changed.csv"
    file.write_text(text.replace(old, new, 1), "utf-8")
    return file


class Counted:
    """A road that keeps the size of each answer's batch."""

    def __init__(self, road):
        self.road = road
        self.bytes = 0
        self.largest = 0

    def post(self, path, body):
        data = self.road.post(path, body)
        self.bytes += len(data)
        self.largest = max(self.largest, len(data))
        return data


def test_two_communes_and_their_counters_get_a_catalogue(server, commune, offices, district):
    other = bases.commune_in(server.base, "H55.24", "UBND xã Ea Mlung")
    roads = [enrol(server, where, office) for where, office in zip((commune, other), offices, strict=True)]
    told = publish(district, "catalogue", CATALOGUE)
    for office, road in zip(offices, roads, strict=True):
        syncing.sync(office, road)

    assert [(one["commune"], one["version"], one["new"]) for one in told] == [
        ("H55.242", 1, True),
        ("H55.24", 1, True),
    ]
    text = CATALOGUE.read_text("utf-8")
    assert [issued_at(office).current[KEY].text for office in offices] == [text, text]
    assert verdict_of(server, commune).healthy
    assert keeping.verify(offices[0]).state == verdict_of(server, commune).state


def test_it_travels_in_small_batches_and_a_changed_line_costs_little(
    server, commune, offices, district, tmp_path, record_property
):
    road = Counted(enrol(server, commune, offices[0]))
    syncing.sync(offices[0], road)
    sizes = []
    for file in (CATALOGUE, changed(tmp_path)):
        road.bytes = 0
        syncing.sync(offices[0], road)
        idle, road.bytes = road.bytes, 0
        publish(district, "catalogue", file)
        syncing.sync(offices[0], road)
        sizes.append(road.bytes - idle)
    record_property("bytes", sizes)
    print("bytes of a catalogue, and of one changed line:", sizes, "largest answer:", road.largest)

    assert issued_at(offices[0]).current[KEY].version == 2
    assert road.largest < LARGEST + 1024
    assert sizes[0] < 6_000 and sizes[1] < 1_500


def test_to_publish_the_same_once_more_writes_nothing(server, commune, district):
    publish(district, "catalogue", CATALOGUE)
    before = bases.vector(server.base, commune)

    (told,) = publish(district, "catalogue", CATALOGUE)

    assert (told["version"], told["new"]) == (1, False)
    assert bases.vector(server.base, commune) == before


def test_an_older_or_equal_version_is_refused_before_anything_is_written(server, commune, district, tmp_path):
    bases.commune_in(server.base, "H55.24", "UBND xã Ea Mlung")
    publish(district, "catalogue", CATALOGUE, commune="H55.24", version=7)

    for version in (6, 7):
        with pytest.raises(NotAllowed, match="version-not-newer") as refused:
            publish(district, "catalogue", changed(tmp_path), version=version)
        assert sentence(refused.value) == (
            f"Bản {version} không mới hơn bản 7 đã ban hành; hãy ghi số lớn hơn."
        )
    assert [one["commune"] for one in standing(district)] == ["H55.24"]
    assert [one["version"] for one in publish(district, "catalogue", changed(tmp_path))] == [1, 8]


@pytest.mark.parametrize(
    ("what", "text", "said"),
    [
        (
            "catalogue",
            "code,name_vi,field_vi,level,time_limit,time_unit,fee_vnd,components,result_vi\n1,x,,,,,,,\n",
            "Dòng 2: mã thủ tục “1” không đúng; hãy ghi như 1.001193.",
        ),
        (
            "calendar",
            "date,kind,note\n2027-13-01,holiday,\n",
            "Dòng 2: ngày “2027-13-01” không đọc được; hãy ghi như 2026-04-27.",
        ),
        ("template", "{}", "Mẫu giấy sai ở chỗ “form”; hãy dùng lại mẫu gốc kèm phần mềm."),
        ("template", "{", "Mẫu giấy sai ở chỗ “json”; hãy dùng lại mẫu gốc kèm phần mềm."),
    ],
)
def test_what_a_counter_could_not_read_is_not_issued(server, district, tmp_path, what, text, said):
    file = tmp_path / "bad"
    file.write_text(text, "utf-8")

    with pytest.raises(BadInput) as refused:
        publish(district, what, file)

    assert sentence(refused.value) == said
    assert standing(district) == []


def test_a_calendar_is_issued_year_by_year_as_it_is_read(district, tmp_path):
    file = tmp_path / "years.csv"
    file.write_text(
        "# Thông báo 1\ndate,kind,note\n2027-01-01,holiday,Tết\n2028-01-03,compensatory,\n", "utf-8"
    )

    told = publish(district, "calendar", file)

    assert [(one["name"], one["version"]) for one in told] == [("2027", 1), ("2028", 1)]
    with district.base.reading() as connection:
        years = issued_in(connection, 1).of(What.CALENDAR)
    assert years[0].text == "# Thông báo 1\ndate,kind,note\n2027-01-01,holiday,Tết\n"
    assert years[0].source == "Thông báo 1"


def test_a_template_is_named_by_what_it_says(district):
    assert publish(district, "template", TEMPLATE)[0]["name"] == "receipt-2025-09-15.json"


def test_a_notice_is_sent_once_changed_and_withdrawn(district):
    first, last = date(2026, 11, 20), date(2026, 11, 22)
    (sent,) = send(district, " Mai nghỉ\nbão. ", title="Nghỉ bão", first=first, last=last)
    (again,) = send(district, "Mai nghỉ\nbão.", title="Nghỉ bão", first=first, last=last)
    (other,) = send(district, "Mai làm bù.", name=sent["name"])

    assert (again["new"], again["name"]) == (False, sent["name"])
    assert (other["name"], other["version"]) == (sent["name"], 2)
    assert withdraw(district, sent["name"])[0]["version"] == 3
    assert withdraw(district, sent["name"])[0]["new"] is False
    with district.base.reading() as connection:
        assert issued_in(connection, 1).of(What.NOTICE) == []


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (lambda d: send(d, "  "), "empty"),
        (lambda d: send(d, "x" * 2001), "too-long"),
        (lambda d: send(d, "x", first=date(2026, 2, 1), last=date(2026, 1, 1)), "ends-before-it-begins"),
        (lambda d: withdraw(d, "none"), "no-such-notice"),
        (lambda d: send(d, "x", commune="H55.999"), "no-such-commune"),
    ],
)
def test_a_notice_that_cannot_be_is_refused_with_a_sentence(district, act, why):
    with pytest.raises((BadInput, NotFound), match=why) as refused:
        act(district)
    assert "{" not in sentence(refused.value)


def test_a_district_that_was_put_back_learns_what_it_issued_and_goes_on_above_it(
    server, commune, offices, district, tmp_path
):
    road = enrol(server, commune, offices[0])
    syncing.sync(offices[0], road)
    copy = bases.kept(server.base)
    publish(district, "catalogue", CATALOGUE, version=5)
    syncing.sync(offices[0], road)
    bases.put_back(server.base, copy)
    syncing.sync(offices[0], road)
    district = replace(district, base=server.base)

    (told,) = publish(district, "catalogue", CATALOGUE)
    (newer,) = publish(district, "catalogue", changed(tmp_path))
    syncing.sync(offices[0], road)

    assert (told["version"], told["new"], newer["version"]) == (5, False, 6)
    assert issued_at(offices[0]).current[KEY].version == 6


def test_a_part_of_the_longest_lines_fits_a_batch(district, server, commune):
    text = "".join(f"{number} " + "ố" * 1400 for number in range(40))
    one = Issue(What.NOTICE, "long", 0, text)
    with server.base.writing() as connection:
        issue(connection, server.who, commune, one, bases.START_MS)

    runs = bases.runs(server.base, commune)

    assert all(len(packer().pack([run])) < LARGEST for run in runs)
    assert all(canonical.decode(event.payload) for run in runs for event in run.events)
    with server.base.reading() as connection:
        assert issued_in(connection, commune).current[What.NOTICE, "long"].text == text
