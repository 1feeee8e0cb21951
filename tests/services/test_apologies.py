"""Apologies: who is on the head's list, and that an extension and its letter are one thing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from counter_app.crypto.pdf_checking import Verdict, check
from counter_app.domain.errors import CannotWrite, NotPermitted
from counter_app.domain.zone import VIETNAM
from counter_app.services import accounts, acts, apologies, lookup, preferences, signing
from counter_app.services.apologies import Wanted
from counter_app.services.boards import Group
from counter_app.services.office import Office
from counter_app.system import files
from counter_app.words.letters import letter_facts
from counter_app.words.story import tell
from tests.crypto import authority
from tests.paper.reading import pages, squeezed
from tests.services.stores import Counter, Wall, receive

FRIDAY = datetime(2026, 11, 20, 8, 15, tzinfo=VIETNAM)
SOON = {"procedure": "1.004884"}  # 5 working days
COPY = {"procedure": "2.000635"}  # the same day


@pytest.fixture
def wall() -> Wall:
    return Wall(FRIDAY)


@pytest.fixture
def office(tmp_path: Path, wall: Wall) -> Iterator[Office]:
    opened = Counter(tmp_path / "kho", wall).make().open()
    yield opened
    opened.close()


@pytest.fixture
def pen(office: Office, tmp_path: Path) -> signing.Pen:
    (tmp_path / "head.p12").write_bytes(authority.p12(authority.ECDSA))
    return signing.open_pen(office, office.session(), tmp_path / "head.p12", authority.PASSPHRASE)


def listed(office: Office) -> list[tuple[str, Group]]:
    return [(one.code, one.group) for one in apologies.drafts(office, office.now()).found]


def events(office: Office, code: str) -> list[str]:
    return [entry.name for entry in lookup.show(office, code)[0].entries]


def issued(office: Office, folder: Path, *wanted: Wanted, pen: signing.Pen | None = None):
    return list(apologies.issue(office, office.session(), wanted, folder, letter_facts, pen))


def wanted(office: Office) -> list[Wanted]:
    found = apologies.drafts(office, office.now()).found
    return [Wanted(one.code, one.until, one.reason) for one in found]


def test_who_will_miss_the_date_is_listed_with_who_holds_it_and_since_when(
    office: Office, wall: Wall
) -> None:
    due_today = receive(office, **COPY).code
    later = receive(office, **SOON)
    done = receive(office, **COPY).code
    acts.finish(office, office.session(), done)
    acts.process(office, office.session(), later.code, "thẩm tra", "Địa chính")

    assert listed(office) == [(due_today, Group.TODAY)]

    taken = wall.now
    wall.now = later.due - timedelta(days=1)
    last, late = apologies.drafts(office, office.now()).found
    assert (last.code, last.group, last.holder) == (later.code, Group.TOMORROW, "Địa chính")
    assert last.since is not None and abs(last.since - taken) < timedelta(minutes=1)
    assert (late.code, late.group) == (due_today, Group.LATE)
    # Three working days after the appointment, or after today where that has passed.
    assert last.until > later.due.date() and late.until > wall.now.date()
    assert last.reason == office.settings.apology_reason


def test_what_waits_for_the_citizen_is_not_listed_and_what_was_moved_on_its_eve_alone(
    office: Office, wall: Wall, tmp_path: Path
) -> None:
    moved, waiting = (receive(office, **COPY).code for _ in range(2))
    acts.ask_supplement(office, office.session(), waiting, ["tờ khai"])
    preferences.change(office, office.session(), max_extensions=2)
    (draft,) = apologies.drafts(office, office.now()).found
    assert draft.code == moved
    issued(office, tmp_path / "out", Wanted(moved, draft.until, "vì"))
    due = lookup.show(office, moved)[0].due

    listed_on = []
    while wall.now < due:
        listed_on += [wall.now.date()] if apologies.drafts(office, office.now()).found else []
        wall.now += timedelta(days=1)

    eve = due.date() - timedelta(days=1)
    assert listed_on[0] == eve and set(listed_on) <= {eve, due.date()}


def test_a_stack_is_extended_and_signed_each_letter_with_its_event(
    office: Office, tmp_path: Path, pen: signing.Pen
) -> None:
    codes = [receive(office, **COPY).code for _ in range(2)]
    out = tmp_path / "out"

    done = issued(office, out, *wanted(office), pen=pen)

    assert [(one.code, one.error, one.seen) for one in done] == [(code, None, True) for code in codes]
    for one in done:
        pdf = one.file.read_bytes()
        (checked,) = check(pdf, office.now(), [authority.root()])
        assert (checked.verdict, checked.signer) == (Verdict.VERIFIED, authority.SIGNER)
        dossier = lookup.show(office, one.code)[0]
        assert events(office, one.code)[-2:] == ["extended", "printed"]
        assert dossier.prints[-1].payload["sha256"] == hashlib.sha256(pdf).hexdigest()
        assert f"có chữ ký số của {authority.SIGNER}." in tell(dossier.prints[-1])
        until = f"{dossier.due.day:02d} tháng {dossier.due.month}"
        said = squeezed(pages(pdf)[0])
        assert squeezed(until) in said and said.count(squeezed(authority.SIGNER)) == 1
        assert checked.signed_at == dossier.prints[-1].happened_at
    assert sorted(out.iterdir()) == sorted(one.file for one in done)
    again = Wanted(codes[0], date(2026, 12, 30), "x")
    assert [one.error.why for one in issued(office, out, again)] == ["file-there"]
    assert [one.error.why for one in issued(office, tmp_path / "other", again)] == ["extended-enough"]
    assert not apologies.drafts(office, office.now()).found


def test_what_the_rules_forbid_is_told_and_the_others_go_on(office: Office, tmp_path: Path) -> None:
    good, bad = (receive(office, **COPY).code for _ in range(2))
    acts.finish(office, office.session(), bad)
    day = date(2026, 12, 1)

    done = issued(
        office, tmp_path / "out", Wanted(bad, day, "vì"), Wanted("H1-1", day, "vì"), Wanted(good, day, "vì")
    )

    assert [one.error and one.error.why for one in done] == ["state-forbids", "no-such-dossier", None]
    assert "extended" not in events(office, bad)
    assert "Lýdo:vì." in squeezed(pages(done[2].file.read_bytes())[0])


def test_only_a_head_may(office: Office, tmp_path: Path) -> None:
    code = receive(office, **COPY).code
    accounts.add_officer(office, office.session(), "hoa", "Hoa", "officer", "135790")
    session = office.session("hoa", lambda: "135790")

    with pytest.raises(NotPermitted, match="role-lacks-right"):
        list(
            apologies.issue(office, session, [Wanted(code, date(2026, 12, 1), "vì")], tmp_path, letter_facts)
        )

    assert "extended" not in events(office, code)


def test_a_letter_that_cannot_be_written_extends_nothing(
    office: Office, tmp_path: Path, pen: signing.Pen
) -> None:
    code = receive(office, **COPY).code
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / f"{code}-xin-loi.pdf").write_bytes(b"old")
    (tmp_path / "shut").write_bytes(b"no folder")

    (told,) = issued(office, tmp_path / "out", *wanted(office), pen=pen)
    with pytest.raises(CannotWrite):
        issued(office, tmp_path / "shut" / "in", *wanted(office), pen=pen)

    assert told.error.why == "file-there"
    assert "extended" not in events(office, code) and "printed" not in events(office, code)
    assert [one.name for one in (tmp_path / "out").iterdir()] == [f"{code}-xin-loi.pdf"]


def test_a_power_cut_between_event_and_letter_is_put_right(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (receive(office, **COPY).code for _ in range(2))
    out = tmp_path / "out"
    asked = wanted(office)

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(files, "move_into_place", cut)
        for one in asked:
            with pytest.raises(KeyboardInterrupt):
                issued(office, out, one)
    assert not list(out.glob("*.pdf")) and events(office, first)[-1] == "printed"
    made = sorted(out.iterdir())
    lost = next(one for one in made if squeezed(second) in squeezed(pages(one.read_bytes())[0]))
    lost.unlink()

    (told,) = apologies.settle(office)

    assert told.code == second and told.error.why == "letter-lost"
    assert [one.name for one in out.iterdir()] == [f"{first}-xin-loi.pdf"]
    assert apologies.settle(office) == []
