"""Petitions and survey slips in stores: numbers, days, stacks, two machines, and what verify says."""

from __future__ import annotations

import json
import shutil
import sqlite3
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from counter_app.domain import books
from counter_app.domain.errors import BadInput, NotAllowed, NotFound
from counter_app.domain.petitions import Stage, sharing
from counter_app.domain.zone import VIETNAM
from counter_app.services import (
    drafts,
    exchange,
    feedback_papers,
    keeping,
    lookup,
    papers,
    petition_figures,
    petition_files,
    petitions,
    preferences,
    surveys,
)
from counter_app.services.json_lines import numbered_lines
from counter_app.services.office import new_dossier_id, to_ms
from counter_app.services.surveys import Slip
from counter_app.store import own
from counter_app.words import story
from counter_app.words.errors import sentence
from counter_app.words.feedback_papers import petition_facts
from counter_app.words.receipt import receipt_facts
from tests.paper.test_feedback_papers import qrs
from tests.services.stores import Counter, receive

WAIT = {"source": "phone", "subject": "Chờ lâu ở quầy", "content": "Sáng nay chờ hai giờ"}


@pytest.fixture
def office(tmp_path):
    office = Counter(tmp_path / "store").make().open()
    yield office
    office.close()


@pytest.fixture
def two(tmp_path):
    """Two paired counters."""
    one, two = (Counter(tmp_path / n, device=n).make().open() for n in ("QUẦY 1", "QUẦY 2"))
    exchange.offer(two, tmp_path / "offer")
    exchange.accept(one, one.session(), tmp_path / "offer", tmp_path / "reply")
    exchange.finish(two, two.session(), tmp_path / "reply")
    yield one, two
    one.close()
    two.close()


def carry(tmp_path, *offices):
    for source in offices:
        for target in offices:
            if source is not target:
                exchange.export(source, source.session(), tmp_path / "bundle")
                exchange.bring_in(target, target.session(), tmp_path / "bundle")


def today(office):
    return office.now().astimezone(VIETNAM).date()


def enter(office, **fields: Any):
    return petitions.receive(office, office.session(), {**WAIT, **fields})


def test_one_draft_makes_one_petition_however_often_it_is_given(office):
    draft = drafts.Draft(new_dossier_id(to_ms(office.now())), {"typed/subject": "Chờ lâu"})
    drafts.keep(office, draft, drafts.PETITION)
    made = petitions.receive(office, office.session(), WAIT, draft.id)

    again = petitions.receive(office, office.session(), WAIT, draft.id)

    assert (again.id, again.number, len(again.entries)) == (made.id, made.number, 1)
    assert drafts.kept(office, drafts.PETITION).drafts == []
    other = petitions.receive(office, office.session(), WAIT, new_dossier_id(to_ms(office.now())))
    assert other.number != made.number and len(petitions.listing(office)) == 2


def test_an_id_that_a_line_bears_makes_one_petition_however_often_it_is_given(office):
    line = {"id": "6ba7b810-9dad-11d1-80b4-00c04fd430c8"}
    beside = {"id": "6ba7b811-9dad-11d1-80b4-00c04fd430c8"}  # as one machine draws them: version 1
    session = office.session()

    made = petitions.enter(office, session, {**WAIT, **line})
    again = petitions.enter(office, session, {**WAIT, **line})
    other = petitions.enter(office, session, {**WAIT, **beside})

    assert (made[1], again[1], other[1]) == (False, True, False)
    assert again[0].id == made[0].id != other[0].id and len(petitions.listing(office)) == 2
    for said in ({"subject": "Thiếu ghế"}, {"sender": {"name": "Y Thao Niê"}}):
        with pytest.raises(BadInput, match="told-otherwise") as told:
            petitions.enter(office, session, {**WAIT, **line, **said})
        assert made[0].number in sentence(told.value)
    with pytest.raises(BadInput, match="not-an-id"):
        enter(office, id="mot")


class Cut(Exception):
    """The program is killed."""


def add_file(office, file, until=99):
    """As `petition add` does, cut short after so many lines."""
    with file.open("rb") as given, petition_files.ids_for(office, given) as id_of:
        for number, raw in numbered_lines(given):
            if number > until:
                raise Cut
            yield petitions.enter(office, office.session(), json.loads(raw), id_of(number))[1]


def test_a_file_that_was_cut_short_is_given_again_and_doubles_nothing(office, tmp_path):
    file = tmp_path / "petitions.jsonl"
    file.write_text("\n".join(json.dumps(WAIT) for _ in range(4)))
    with pytest.raises(Cut):
        list(add_file(office, file, until=2))

    assert list(add_file(office, file)) == [True, True, False, False]
    assert len(petitions.listing(office)) == 4, "four citizens who said the same"
    assert list(add_file(office, file)) == [False] * 4, "and four more on another day"
    with office.reading() as (connection, _):
        assert own.beginning(connection, "petition-file/") == []


def test_two_copies_of_a_store_give_one_number_twice_and_each_petition_has_a_name(two, tmp_path):
    one, third = two
    shutil.copytree(one.places.data, tmp_path / "copy")
    copy = Counter(tmp_path / "copy").open()
    mine, theirs = enter(one), enter(copy, subject="Thiếu ghế")
    carry(tmp_path, one, third)
    carry(tmp_path, copy, third)
    carry(tmp_path, one, third)
    assert mine.number == theirs.number and sharing(petitions.listing(one)) == {
        mine.id: [theirs.id],
        theirs.id: [mine.id],
    }

    with pytest.raises(NotAllowed, match="petition-of-several") as told:
        petitions.answer(one, one.session(), mine.number, "Đã mở thêm quầy")
    names = told.value.facts["choices"].split(", ")
    assert sorted(names) == sorted(str(UUID(bytes=page)) for page in (mine.id, theirs.id))
    with pytest.raises(NotAllowed, match="petition-of-several"):
        petitions.find(one, mine.id.hex()[:12])
    for name, page in ((names[0].upper(), UUID(names[0]).bytes), (theirs.id.hex()[:20], theirs.id)):
        assert petitions.find(one, name).id == page
    with pytest.raises(NotFound):
        petitions.find(one, receive_dossier_id(one))
    petitions.answer(one, one.session(), theirs.id.hex(), "Đã thêm ghế")
    petitions.answer(third, third.session(), mine.id.hex(), "Đã mở thêm quầy")
    carry(tmp_path, one, third)
    copy.close()

    for office in two:
        assert petitions.find(office, theirs.id.hex()).answer == "Đã thêm ghế"
        assert petitions.find(office, mine.id.hex()).answer == "Đã mở thêm quầy"
        assert keeping.verify(office).healthy


def receive_dossier_id(office):
    """A dossier's id, which names no petition."""
    return str(UUID(bytes=receive(office).dossier))


def test_a_print_is_told_in_the_story_and_forbids_no_earlier_time(two, tmp_path):
    one, other = two
    session, number = one.session(), enter(one).number
    for _ in range(2):
        feedback_papers.print_petition(one, session, number, "receipt", petition_facts)
    with pytest.raises(NotAllowed, match="no-such-paper-yet"):
        feedback_papers.print_petition(one, session, number, "answer", petition_facts)
    received = petitions.find(one, number).received_at
    petitions.answer(one, session, number, "Đã mở thêm quầy", at=received)
    carry(tmp_path, one, other)

    told = petitions.find(other, number)
    assert [story.tell(entry) for entry in told.entries][1:3] == [
        "In phiếu tiếp nhận phản ánh.",
        "In lại phiếu tiếp nhận phản ánh, lần in thứ 2.",
    ]
    assert len(told.entries) == 4 and told.entries[1].payload["about"] == str(told.entries[0].ref)
    assert lookup.newest(other) == [] and keeping.verify(other).dossiers == 0


def test_a_petition_has_a_number_and_its_days_and_nobody_s_name_unless_given(office):
    first, second = (
        enter(office),
        enter(office, sender={"name": "H’Loan Niê Kđăm"}, about={"officer": "quầy 2"}),
    )

    assert first.number.startswith("PAKN-") and first.number.endswith("-2026-1")
    assert second.number == first.number[:-1] + "2"
    assert "sender" not in first.reception and second.reception["sender"]["name"] == "H’Loan Niê Kđăm"
    # 20 November is a Friday, the 24th a holiday.
    assert first.due.date() == date(2026, 12, 14)
    assert [first.due_for(act).date() for act in ("refuse", "ask")] == [
        date(2026, 11, 25),
        date(2026, 11, 30),
    ]
    assert [one.number for one in petitions.listing(office)] == [second.number, first.number]
    assert petitions.find(office, "2").id == second.id


def test_a_rule_of_the_place_makes_the_day_earlier(office):
    from dataclasses import replace

    office.settings = replace(office.settings, petition_rule="local")

    found = enter(office)

    assert found.due.date() == date(2026, 12, 7)
    assert found.reception["limits"]["answer"]["rule"] == "local"


def test_a_number_that_stands_on_a_petition_here_is_passed_by(office):
    first = enter(office).number
    with office.database.writing() as connection:  # as an older copy of this store left it
        own.put_text(connection, f"petitions/{writer_of(office).hex()}/2026", "0")

    assert enter(office).number == first[:-1] + "2"


def test_the_receipt_leads_to_the_survey_of_its_dossier(office):
    session, code = office.session(), receive(office).code
    assert link_of(office, session, code) == []
    preferences.change(office, session, survey_url="https://khaosat.vn/p?ma={code}")

    assert link_of(office, session, code) == [f"https://khaosat.vn/p?ma={code}"]


def writer_of(office):
    with office.reading() as (connection, where):
        return where.log_of(own.keys(connection).branch).log


def link_of(office, session, code):
    pdf = papers.print_receipt(office, session, code, receipt_facts, paper="a5", reason="thử")
    return [text for text in qrs(pdf, dpi=150) if "khaosat" in text]


def test_from_reception_to_publication_each_act_once(office):
    session, number = office.session(), enter(office).number

    petitions.assign(office, session, number, "Nguyễn Văn An")
    petitions.ask(office, session, number, ["giờ đến quầy"])
    with pytest.raises(NotAllowed, match="petition-forbids"):
        petitions.ask(office, session, number, ["nữa"])
    petitions.supply(office, session, number, "7 giờ 30")
    answered = petitions.answer(office, session, number, "Đã mở thêm một quầy")
    with pytest.raises(NotAllowed, match="petition-forbids"):
        petitions.refuse(office, session, number, "muộn")
    with pytest.raises(BadInput, match="published-before-answer"):
        petitions.publish(office, session, number, "bảng tin", today(office) - timedelta(days=1))
    published = petitions.publish(office, session, number, "bảng tin")

    assert answered.publish_by.date() == date(2026, 11, 25)
    assert published.stage is Stage.PUBLISHED and published.values["holder"] == "Nguyễn Văn An"
    assert published.next_due is None
    told = petition_figures.figures(office, today(office), today(office))
    assert (told.received, told.answered, told.in_time, told.late, told.published) == (1, 1, 1, 0, 1)
    assert set(told.late_by.values()) == {0}
    assert told.handled_percent == 100.0


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"subject": " "}, "empty"),
        ({"content": "x" * 4001}, "too-long"),
        ({"source": "smoke"}, "not-one-of"),
        ({"colour": "red"}, "unknown-field"),
        ({"about": {"colour": "red"}}, "unknown-field"),
        ({"about": "officer"}, "not-an-object"),
        ({"sender": {"name": "A", "phone": "12"}}, "not-a-phone"),
        ({"received_at": "2027-01-01T08:00:00+07:00"}, "in-the-future"),
        ({"received_at": "2020-01-01T08:00:00+07:00"}, "too-long-ago"),
    ],
)
def test_bad_input_writes_nothing(office, fields, why):
    with pytest.raises(BadInput, match=why) as refused:
        enter(office, **fields)
    assert "ngày sinh" not in sentence(refused.value)
    assert petitions.listing(office) == [] and enter(office).number.endswith("-1")


def test_what_is_not_there_or_too_short_a_number_is_refused(two, tmp_path):
    one, other = two
    with pytest.raises(NotFound, match="no-such-petition"):
        petitions.find(one, "PAKN-1")
    enter(one)
    enter(other)
    carry(tmp_path, one, other)

    with pytest.raises(NotAllowed, match="petition-of-several"):
        petitions.find(one, "1")


def test_two_machines_number_apart_and_dispute_answers_until_one_is_settled(two, tmp_path):
    one, other = two
    number = enter(one).number
    mine, theirs = [enter(one).number for _ in range(3)], [enter(other).number for _ in range(3)]
    carry(tmp_path, one, other)
    petitions.answer(one, one.session(), number, "Đã mở thêm một quầy")
    petitions.answer(other, other.session(), number, "Sẽ xem xét")
    carry(tmp_path, one, other)

    assert len({number, *mine, *theirs}) == 7 == len(petitions.listing(one))
    sides = [petitions.find(office, number) for office in two]
    assert sides[0].fingerprint() == sides[1].fingerprint()
    assert [found.field for found in sides[0].conflicts] == ["answer"]
    kept = next(side for side in sides[0].conflicts[0].sides if side.value["text"] == "Sẽ xem xét")

    petitions.settle(one, one.session(), number, str(kept.event))
    carry(tmp_path, one, other)

    for office in two:
        found = petitions.find(office, number)
        assert found.conflicts == () and found.answer == "Sẽ xem xét"
        told = keeping.verify(office)
        assert told.healthy and told.dossiers == 0
    with pytest.raises(NotFound, match="no-such-event"):
        petitions.settle(one, one.session(), number, "ffff")


def test_pages_of_feedback_are_no_dossiers_and_stand_beside_them(office):
    code = receive(office).code
    enter(office)
    surveys.add(office, office.session(), today(office), "paper", [{"answer": "1"}])

    assert [line.code for line in lookup.newest(office)] == [code]
    assert keeping.rebuild(office) == 1 and keeping.verify(office).healthy
    assert len(petitions.listing(office)) == 1


def test_ids_of_petitions_are_on_one_shelf_that_no_time_reaches(office):
    found = [enter(office).id for _ in range(3)]

    assert len({one[: books.SHELF] for one in found}) == 1 and len(set(found)) == 3
    assert all(one[0] & 0x80 for one in found)


def test_a_stack_is_one_event_and_a_remark_one_of_its_own(office):
    session, day = office.session(), today(office)
    slips = [{"answer": "1"}] * 20 + [{"answer": "2"}] * 79 + [{"answer": "3", "remark": "Chờ lâu"}]

    saved = surveys.add(office, session, day, "paper", slips)

    assert [len(one.slips) for one in saved] == [99, 1]
    told = surveys.figures(office, day, day)
    assert (told.slips, told.content) == (100, 99.0)
    assert [(s.level, s.count) for s in told.shares] == [
        ("very_content", 20),
        ("content", 79),
        ("not_content", 1),
    ]
    assert surveys.slips_of(saved[1]) == [Slip(day, "paper", "three", "not_content", remark="Chờ lâu")]


def test_the_last_stack_is_taken_back_whole_and_the_one_before_stays(office):
    session, day = office.session(), today(office)
    surveys.add(office, session, day, "paper", [{"answer": "1"}] * 3)
    surveys.add(office, session, day, "qr", [{"answer": "2"}, {"answer": "3", "remark": "x"}])

    surveys.take_back(office, session, surveys.last_here(office, day))

    assert surveys.figures(office, day, day).slips == 3
    assert [one.taken_back for one in surveys.stacks_of(office, day, day)] == [False, True, True]
    surveys.take_back(office, session, surveys.last_here(office, day))
    with pytest.raises(NotAllowed, match="nothing-to-take-back"):
        surveys.take_back(office, session, surveys.last_here(office, day))


@pytest.mark.parametrize("told", [{}, {"remark": "Chờ lâu, hỏi không ai trả lời"}])
def test_a_stack_that_is_too_long_for_an_event_is_saved_and_taken_back_as_one(office, told):
    session, day = office.session(), today(office)
    surveys.add(office, session, day, "paper", [{"answer": "3"}])
    slips = [{"answer": str(1 + n % 3), "procedure": "1.004884", **told} for n in range(surveys.MOST)]

    saved = surveys.add(office, session, day, "paper", slips)

    assert sum(len(one.slips) for one in saved) == surveys.MOST
    assert len(saved) == (surveys.MOST if told else 2) and len({one.at for one in saved}) == 1
    assert surveys.figures(office, day, day).slips == surveys.MOST + 1
    assert {one.ref for one in surveys.last_here(office, day)} == {one.ref for one in saved}

    surveys.take_back(office, session, surveys.last_here(office, day), "nhập hai lần")
    assert surveys.figures(office, day, day).slips == 1
    assert keeping.verify(office).healthy


def test_slips_with_ids_are_given_again_on_any_day_and_counted_once(two, tmp_path):
    one, other = two
    session, day = one.session(), today(one)
    slips = [{"answer": "1", "id": str(UUID(int=n))} for n in (1, 2)]
    slips += [{"answer": "3", "remark": "chậm", "id": str(UUID(int=3))}, {"answer": "1"}]

    def added(office, given, on=day):
        saved = surveys.add(office, office.session(), on, "paper", given)
        return [slip for stack in saved for slip in stack.slips]

    assert len(added(one, [*slips, slips[0]])) == 4  # the same line twice
    assert added(one, slips[:3], day - timedelta(days=1)) == []
    assert len(added(one, slips)) == 1  # whose line bears no id is another slip
    with pytest.raises(BadInput, match="slip-told-otherwise"):
        added(one, [{**slips[0], "answer": "3"}])
    surveys.take_back(one, session, surveys.stacks_of(one, day, day))
    assert len(added(one, slips)) == 4, "what was taken back may be entered again"
    assert len(added(other, slips[:3])) == 3  # another machine that was given the file too
    carry(tmp_path, one, other)
    assert [surveys.figures(office, day, day).slips for office in two] == [4, 4]


def test_a_slip_names_a_dossier_by_what_looks_like_a_code_and_an_unknown_one_is_said(office):
    code, day = receive(office).code, today(office)
    slips = [{"answer": "1", "dossier": one} for one in (code, "H55.243-261120-1001")]

    surveys.add(office, office.session(), day, "paper", slips)

    assert surveys.unknown_dossiers(office, slips) == ["H55.243-261120-1001"]


@pytest.mark.parametrize(
    ("slips", "channel", "days", "why"),
    [
        ([{"answer": "4"}], "paper", 0, "not-a-level"),
        ([], "paper", 0, "out-of-range"),
        ([{"answer": "1", "name": "Lan"}], "paper", 0, "unknown-field"),
        ([{"answer": "1"}], "pigeon", 0, "not-one-of"),
        ([{"answer": "1", "dossier": "KHÔNG CÓ MÃ NÀY"}], "paper", 0, "not-a-code"),
        ([{"answer": "1", "id": "mot"}], "paper", 0, "not-an-id"),
        ([{"answer": "1", "remark": "x" * 501}], "paper", 0, "too-long"),
        ([{"answer": "1"}], "paper", 1, "in-the-future"),
        ([{"answer": "1"}, {"answer": "x"}], "paper", 0, "not-a-level"),
    ],
)
def test_a_bad_slip_saves_none_of_its_stack(office, slips, channel, days, why):
    day = today(office)
    with pytest.raises(BadInput, match=why):
        surveys.add(office, office.session(), day + timedelta(days=days), channel, slips)
    assert surveys.stacks_of(office, day, day) == []


def test_slips_of_two_machines_add_up_and_each_takes_back_its_own(two, tmp_path):
    one, other = two
    day = today(one)
    surveys.add(one, one.session(), day, "paper", [{"answer": "1"}] * 2)
    surveys.add(other, other.session(), day, "qr", [{"answer": "2"}] * 3)
    carry(tmp_path, one, other)

    assert [surveys.figures(office, day, day).slips for office in two] == [5, 5]
    assert [len(surveys.last_here(office, day)[0].slips) for office in two] == [2, 3]


def test_no_word_of_a_sender_lies_open_on_the_disk(tmp_path):
    counter = Counter(tmp_path / "store").make()
    office = counter.open()
    enter(office, sender={"name": "Nguyễn Thị Phản Ánh", "phone": "0912345678"})
    office.close()

    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(counter.places.database).execute("SELECT * FROM events")
    kept = b"".join(file.read_bytes() for file in counter.folder.rglob("*") if file.is_file())
    assert "Phản Ánh".encode() not in kept and b"0912345678" not in kept
