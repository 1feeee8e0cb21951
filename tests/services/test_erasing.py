"""Lawful erasure: the payloads are gone on every machine, the tombstone and the chain stand, all agree."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from counter_app.domain.errors import BadInput, DiskFull, NotAllowed
from counter_app.domain.lifecycle import State
from counter_app.domain.payments import Method
from counter_app.domain.petitions import Stage
from counter_app.domain.zone import VIETNAM
from counter_app.services import (
    acts,
    backup_files,
    backups,
    blobs,
    cashbook,
    closing,
    erased_copies,
    erasing,
    handover,
    keeping,
    lookup,
    mending,
    money,
    petition_figures,
    petitions,
    register,
    taking_back,
)
from counter_app.services.erasing import Ruling
from counter_app.services.handover import Collector
from counter_app.store import numbers
from counter_app.system import files
from counter_app.words.register import register_row
from counter_app.words.story import tell
from tests.independent import verifier
from tests.services.stores import Counter, receive
from tests.services.test_attaching import PAPERS, pdf, put
from tests.services.test_exchange import carry, pair
from tests.services.test_instant import give

LAW = "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Điều 14"


@pytest.fixture
def stores(tmp_path):
    one, two = (Counter(tmp_path / n, device=n).make().open() for n in ("A", "B"))
    pair(tmp_path, one, two)
    yield one, two
    one.close()
    two.close()


def ended(office, name="Giàng A Páo Hy Hữu", phone="0912345678"):
    code = receive(office, applicant={"name": name, "phone": phone}).code
    acts.finish(office, office.session(), code)
    handover.hand_over(office, office.session(), [code], Collector(name))
    return code


def everything(office):
    """Every value of every table, as one text."""
    with office.database.reading() as connection:
        names = [
            row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        rows = [
            connection.exec_driver_sql(f"SELECT * FROM {name}").all()
            for name in names
            if "words_" not in name
        ]
        rows = [row for table in rows for row in table]
    values = (value for row in rows for value in row)
    return "\n".join(v.decode(errors="replace") if isinstance(v, bytes) else str(v) for v in values)


def erase(office, code, **more):
    return erasing.erase(office, office.session(), code, Ruling(LAW, **more), code)


def test_what_a_law_says_is_to_be_forgotten_is_gone_and_its_place_is_not(stores, tmp_path):
    one, two = stores
    other, code = ended(one, "Nông Thị Xuyến", "0900000123"), ended(one)
    carry(tmp_path, one, two)
    before = lookup.show(one, code)[0]

    told = erase(one, code, reason="theo yêu cầu của công dân")
    carry(tmp_path, one, two)
    carry(tmp_path, two, one)

    assert told == {"code": code, "payloads": len(before.entries)}
    for office in (one, two):
        now = lookup.show(office, code)[0]
        assert [entry.name for entry in now.entries][:-1] == [entry.name for entry in before.entries]
        assert (now.code, now.state, now.received_at) == (code, State.RETURNED, before.received_at)
        assert now.party() == {} and now.conflicts == () and not now.held
        assert "91/2025/QH15" in tell(now.entries[-1]) and "đã xóa" in tell(now.entries[0])
        assert lookup.find(office, "giang a pao") == [] and len(lookup.find(office, "nong thi xuyen")) == 1
        held = everything(office)
        assert "Páo" not in held and "0912345678" not in held and "'huu'" not in held and "Xuyến" in held
        assert keeping.verify(office).healthy
        assert lookup.show(office, other)[0].party()["name"] == "Nông Thị Xuyến"
    assert keeping.verify(one).state == keeping.verify(two).state
    report = verifier.verify_store(str(one.places.database), one.database.key)
    assert report.faults == [] and report.absent == len(before.entries)


def test_money_and_results_that_passed_the_counter_stay_in_the_books_of_their_day(stores, tmp_path):
    one, two = stores
    day, session = one.now().astimezone(VIETNAM).date(), one.session()
    fee = {"amount": 8000, "exemption": "", "paid": True}
    code = receive(one, applicant={"name": "Giàng A Páo"}, fee=fee).code
    money.pay(one, session, code, 5000, method="transfer", reference="FT 0077", reason="nộp thêm")
    money.refund(one, session, code, 2000, "thu thừa")
    money.pay(one, session, code, 900, reason="thử")
    taking_back.take_back(one, session, code, "ghi nhầm")
    acts.finish(one, session, code)
    handover.hand_over(one, session, [code], Collector("Giàng A Páo"))
    before, figures = cashbook.cash_book(one, day), closing.look(one, day)

    erase(one, code)
    carry(tmp_path, one, two)

    books = [cashbook.cash_book(office, day) for office in stores]
    assert before.by_method == {Method.CASH: 6000, Method.TRANSFER: 5000} and figures.returned == 1
    for book in books:
        assert (book.by_method, book.by_officer) == (before.by_method, before.by_officer)
        told = [(line.code, line.amount, line.payer, line.receipt, line.erased) for line in book.moved]
        assert sorted(told) == sorted((code, amount, "", "", True) for amount in (8000, 5000, -2000))
    assert [book.in_drawer for book in books] == [6000, 0]
    assert [closing.look(office, day).returned for office in stores] == [1, 1]
    tomb = lookup.show(two, code)[0].erased
    assert "0077" not in str(tomb.payload) and "Páo" not in str(tomb.payload)
    assert tomb.payload["given"].startswith(day.isoformat())
    assert verifier.verify_store(str(two.places.database), two.database.key).faults == []


def test_one_that_arrives_is_named_beside_the_backups_here_and_fails_no_exchange(stores, tmp_path):
    one, two = stores
    first, second = ended(one), ended(one, "Nông Thị Xuyến")
    carry(tmp_path, one, two)
    home = backup_files.home(two.places, two.settings)
    home.write_bytes(b"")  # nothing can be written there

    def named():
        every = erased_copies.told([home], two.database.key).values()
        return sorted(code for said in every for code in said["codes"])

    erase(one, first)
    carry(tmp_path, one, two)
    assert lookup.show(two, first)[0].erased is not None and named() == []

    home.unlink()
    backups.run(two)
    assert named() == [first]
    erase(one, second, decided_by="Trần Thị Kín", reason="đơn của chị Kín")
    carry(tmp_path, one, two)
    assert named() == [first, second]
    assert "decided_by" not in str(erased_copies.told([home], two.database.key))


def test_its_files_go_with_it_and_one_that_another_names_stays(stores, tmp_path):
    one, _ = stores
    codes = [receive(one, components=PAPERS).code for _ in range(2)]
    [alone] = put(one, codes[0], 1, pdf(1, "riêng"))
    [both] = put(one, codes[0], 2, pdf(1, "chung"))
    put(one, codes[1], 1, pdf(1, "chung"))
    acts.refuse(one, one.session(), codes[0], "không thuộc thẩm quyền")

    erase(one, codes[0])

    folder = blobs.blobs_of(one)
    assert not folder.path(alone.digest).exists() and folder.read(both.digest) == pdf(1, "chung")
    assert keeping.verify(one).healthy
    put(one, codes[1], 2, pdf(1, "riêng"))
    assert folder.read(alone.digest) == pdf(1, "riêng")


def test_files_that_a_power_cut_left_go_with_the_next_start(stores, tmp_path, monkeypatch):
    one, two = stores
    code = receive(one, components=PAPERS).code
    [made] = put(one, code, 1, pdf(1, "riêng"))
    acts.refuse(one, one.session(), code, "không thuộc thẩm quyền")
    carry(tmp_path, one, two)
    blobs.blobs_of(two).keep(pdf(1, "riêng"))

    def cut(path):
        raise RuntimeError("the power went")

    monkeypatch.setattr(files, "remove", cut)
    for act in (lambda: erase(one, code), lambda: carry(tmp_path, one, two)):
        with pytest.raises(RuntimeError):
            act()
    monkeypatch.undo()

    for office, device in ((one, "A"), (two, "B")):
        place = blobs.blobs_of(office).path(made.digest)
        assert lookup.show(office, code)[0].erased and place.exists()
        Counter(tmp_path / device).open().close()
        assert not place.exists()


def test_what_another_wrote_that_had_not_heard_of_it_is_erased_too(stores, tmp_path):
    one, two = stores
    code = ended(one)
    carry(tmp_path, one, two)
    mending.correct(two, two.session(), code, {"applicant.phone": "0987654321"}, "gọi lại")
    erase(one, code)
    carry(tmp_path, two, one)
    carry(tmp_path, one, two)

    for office in (one, two):
        assert "0987654321" not in everything(office) and keeping.verify(office).healthy
    assert keeping.verify(one).state == keeping.verify(two).state


def test_two_who_erase_the_same_agree_and_again_is_refused(stores, tmp_path):
    one, two = stores
    code = ended(one)
    carry(tmp_path, one, two)
    erase(one, code)
    erase(two, code)
    carry(tmp_path, one, two)
    carry(tmp_path, two, one)

    assert keeping.verify(one).state == keeping.verify(two).state
    for office in (one, two):
        assert keeping.verify(office).healthy and lookup.show(office, code)[0].code == code
        with pytest.raises(NotAllowed, match="dossier-erased"):
            erase(office, code)
        with pytest.raises(NotAllowed, match="dossier-erased"):
            mending.correct(office, office.session(), code, {"applicant.phone": "0987654321"}, "nhầm")


def test_a_petition_is_erased_by_its_number_and_still_counts(stores, tmp_path):
    one, two = stores
    sender = {"name": "Giàng A Páo", "phone": "0912345678"}
    told = {"source": "phone", "subject": "Páo chờ lâu", "content": "Chờ hai giờ", "sender": sender}
    made = petitions.receive(one, one.session(), told)
    with pytest.raises(NotAllowed, match="petition-forbids"):
        erase(one, made.number)
    petitions.answer(one, one.session(), made.number, "Đã xin lỗi ông Páo")
    carry(tmp_path, one, two)
    petitions.publish(two, two.session(), made.number, "bảng tin; ông Páo đã đọc")
    with pytest.raises(BadInput, match="erase-unconfirmed"):
        erasing.erase(one, one.session(), made.number, Ruling(LAW), made.number + "0")

    assert erase(one, made.number) == {"code": made.number, "payloads": 2}
    carry(tmp_path, one, two)
    carry(tmp_path, two, one)

    for office in (one, two):
        [left] = petitions.listing(office)
        assert (left.number, left.source, left.subject, left.held) == (made.number, "phone", "", False)
        assert (left.stage, left.received_at) == (Stage.ANSWERED, made.received_at)
        held = everything(office)
        assert "Páo" not in held and "0912345678" not in held and "xin l" not in held
        day = left.received_at.date()
        figures = petition_figures.figures(office, day, day)
        assert (figures.received, figures.answered, dict(figures.by_source)) == (1, 1, {"phone": 1})
        assert keeping.verify(office).healthy and lookup.newest(office) == []
        with pytest.raises(NotAllowed, match="petition-erased"):
            erase(office, str(UUID(bytes=made.id)))
    assert keeping.verify(one).state == keeping.verify(two).state
    report = verifier.verify_store(str(two.places.database), two.database.key)
    assert report.faults == [] and report.absent == 3 and report.dossiers == 0


def test_one_that_is_open_or_not_confirmed_is_not_erased(stores):
    one, _ = stores
    running, code = receive(one).code, ended(one)

    with pytest.raises(NotAllowed, match="erase-while-open"):
        erase(one, running)
    with pytest.raises(BadInput, match="erase-unconfirmed"):
        erasing.erase(one, one.session(), code, Ruling(LAW), running)
    with pytest.raises(BadInput, match="empty"):
        erasing.erase(one, one.session(), code, Ruling(" "), code)
    assert lookup.show(one, code)[0].erased is None


def test_its_lines_in_the_registers_stay_and_nobody_gets_their_numbers(stores, tmp_path):
    one, two = stores
    given = give(one, applicant={"name": "Giàng A Páo"})
    before = lookup.show(one, given.code)[0]
    carry(tmp_path, one, two)

    ruling = Ruling("Quyết định 12/QĐ-UBND", one.now().date(), "Chủ tịch UBND xã", "hết thời hạn lưu trữ")
    erasing.erase(one, one.session(), given.code, ruling, given.code)
    carry(tmp_path, one, two)

    for office in (one, two):
        now = lookup.show(office, given.code)[0]
        assert now.place == before.place != ("", 0) and now.register_numbers == before.register_numbers != ()
        told = tell(now.entries[-1])
        assert "12/QĐ-UBND, ngày 20/11/2026, Chủ tịch UBND xã quyết định; lý do: hết thời hạn" in told
        day = now.received_at.date()
        with register.Reading(office, register.span_of(office, day, day)) as reading:
            [row] = [row for _, rows in reading.volumes(register_row) for row in rows]
        assert (row.volume, int(row.number), row.code, row.name) == (*before.place, given.code, "")
        assert row.note == "đã xóa nội dung theo Quyết định 12/QĐ-UBND"
        with office.reading() as (connection, _):
            assert numbers.code_taken(connection, before.register_numbers[0].key)
        assert keeping.verify(office).healthy
    assert verifier.verify_store(str(two.places.database), two.database.key).faults == []


def test_several_go_under_one_act_and_what_was_cut_goes_on(stores, monkeypatch):
    one, _ = stores
    codes, running = [ended(one, f"Giàng Thử {n}") for n in range(3)], receive(one).code
    with pytest.raises(BadInput, match="erase-uncounted"):
        erasing.erase_all(one, one.session(), codes, Ruling(LAW), "2")
    monkeypatch.setattr(erasing, "_AT_ONCE", 1)
    whole, calls = erasing._one_of, []

    def cut(*given):
        calls.append(given)
        if len(calls) == 2:
            raise DiskFull("disk-full")
        return whole(*given)

    with monkeypatch.context() as patch:
        patch.setattr(erasing, "_one_of", cut)
        with pytest.raises(DiskFull):
            erasing.erase_all(one, one.session(), codes, Ruling(LAW), "3")
    assert [lookup.show(one, code)[0].erased is not None for code in codes] == [True, False, False]

    told = erasing.erase_all(one, one.session(), [*codes, running], Ruling(LAW), "4")

    assert [(bool(each.payloads), each.already) for each in told] == [
        (False, True), (True, False), (True, False), (False, False),
    ]  # fmt: skip
    assert told[3].fault.why == "erase-while-open" and "Thử" not in everything(one)
    with pytest.raises(BadInput, match="in-the-future"):
        Ruling(LAW, date(2999, 1, 1)).fields(one.now().date())


def test_a_result_that_waits_for_its_citizen_is_not_erased(stores):
    one, _ = stores
    code = receive(one).code
    acts.finish(one, one.session(), code)

    with pytest.raises(NotAllowed, match="erase-while-open"):
        erase(one, code)
