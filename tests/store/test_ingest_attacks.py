"""Runs that lie: each is refused with its reason or kept aside, the good ones of the same import go in."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.crypto.signing import HEAD, LOG, Signer
from counter_app.domain import canonical, commune, hlc, kinds
from counter_app.domain.errors import BadInput
from counter_app.domain.events import (
    Header,
    head_data,
    payload_key,
)
from counter_app.domain.runs import Run
from counter_app.domain.vectors import Vector
from counter_app.store import checking, log, own
from counter_app.store.commune import commune_events_in
from counter_app.store.ingest import ingest
from counter_app.sync.taking import Taken
from tests.domain.acts import RECEPTION
from tests.independent.verifier import verify_store
from tests.store.authors import COMMUNE, SALT, Author
from tests.store.machines import KEY, Machine, dossier_id, pair

A, B = dossier_id(0xA), dossier_id(0xB)


def reasons(taken: Taken) -> list[str]:
    return [why for _, _, why in taken.refused]


def holds(machine: Machine) -> None:
    """Both verifiers find the store whole, and caches built anew say the same."""
    verdict = checking.check(machine.database)
    assert (verdict.healthy, verdict.faults, verdict.differences) == (True, [], 0)
    assert verify_store(str(machine.path), KEY).faults == []


@pytest.fixture
def here(tmp_path: Path) -> Machine:
    return Machine.new(tmp_path / "here.db")


# Runs of a trusted machine that were changed on the road.


@pytest.fixture(scope="module")
def met(tmp_path_factory: pytest.TempPathFactory) -> tuple[Machine, Run, Run, list[Run]]:
    """A store, two runs that it lacks one behind the other, and a good run of another log."""
    folder = tmp_path_factory.mktemp("met")
    here, there = pair(folder)
    other = Machine.new(folder / "other.db", 3)
    here.trust(other)
    there.trust(here)
    here.hear(there)
    before = there.vector()
    dossier = there.receive(1)
    with there.writing() as pen:
        pen.append("step_taken", dossier, {"step": "thẩm định"}, "lan")
        pen.append("finished", dossier, {"result": "Giấy khai sinh"}, "lan")
    first = own_run(there, before)
    middle = there.vector()
    there.write("returned", dossier, {"to": "Y Thịnh Mlô"})
    there.receive(2)
    second = own_run(there, middle)
    other.receive(3)
    return here, first, second, other.runs()


def own_run(machine: Machine, known: Vector) -> Run:
    [run] = [run for run in machine.runs(known) if run.log == machine.log]
    return run


def event(run: Run, at: int, **fields: Any) -> Run:
    events = list(run.events)
    events[at] = events[at]._replace(**fields)
    return replace(run, events=tuple(events))


def turned(data: bytes, bit: int) -> bytes:
    return bytes(byte ^ (1 << bit % 8 if at == bit // 8 else 0) for at, byte in enumerate(data))


def header(run: Run, at: int, place: int, new: bytes) -> Run:
    old = run.events[at].header
    return event(run, at, header=old[:place] + new + old[place + len(new) :])


Change = Callable[[Run, Run], Run]
CHANGES: dict[str, tuple[Change, str]] = {
    "a turned bit in a header": (
        lambda a, b: event(a, 1, header=turned(a.events[1].header, 150)),
        "run-not-proven",
    ),
    "a turned bit in a payload": (
        lambda a, b: event(a, 1, payload=turned(a.events[1].payload or b"", 60)),
        "run-not-proven",
    ),
    "an emptied payload": (lambda a, b: event(a, 1, payload=b""), "run-not-proven"),
    "a payload that became null": (lambda a, b: event(a, 1, payload=None), "run-incomplete"),
    "a payload left out, with a false proof": (
        lambda a, b: event(a, 1, payload=None, proof=bytes(32)),
        "run-not-proven",
    ),
    "a payload left out, with a short proof": (
        lambda a, b: event(a, 1, payload=None, proof=b""),
        "run-unreadable",
    ),
    "swapped payloads": (
        lambda a, b: event(event(a, 1, payload=a.events[2].payload), 2, payload=a.events[1].payload),
        "run-not-proven",
    ),
    "swapped headers": (
        lambda a, b: event(event(a, 1, header=a.events[2].header), 2, header=a.events[1].header),
        "run-unreadable",
    ),
    "reordered events": (lambda a, b: replace(a, events=a.events[::-1]), "run-unreadable"),
    "an event twice": (lambda a, b: replace(a, events=(*a.events, a.events[-1])), "run-unreadable"),
    "an event left out": (lambda a, b: replace(a, events=a.events[:1] + a.events[2:]), "run-unreadable"),
    "a cut end": (lambda a, b: replace(a, events=a.events[:-1]), "run-not-proven"),
    "a cut beginning": (lambda a, b: replace(a, events=a.events[1:], first=a.first + 1), "run-has-a-gap"),
    "no events": (lambda a, b: replace(a, events=()), "run-unreadable"),
    "a gap before": (lambda a, b: b, "run-has-a-gap"),
    "events of the next run": (
        lambda a, b: replace(a, events=a.events + b.events, salts={**b.salts, **a.salts}),
        "run-not-proven",
    ),
    "a first that is too early": (lambda a, b: replace(a, first=a.first - 1), "run-unreadable"),
    "a first of 1": (lambda a, b: replace(a, first=1), "run-unreadable"),
    "a first of 0": (lambda a, b: replace(a, first=0), "run-unreadable"),
    "a first of 2**63": (lambda a, b: replace(a, first=2**63), "run-unreadable"),
    "a seq of 2**63": (
        lambda a, b: replace(header(a, 0, 9, b"\x80" + bytes(7)), first=2**63),
        "run-unreadable",
    ),
    "a seq of 2**64 - 1": (
        lambda a, b: replace(header(a, 0, 9, b"\xff" * 8), first=2**64 - 1),
        "run-unreadable",
    ),
    "a seq of 0": (lambda a, b: replace(header(a, 0, 9, bytes(8)), first=0), "run-unreadable"),
    "a clock of 2**63": (lambda a, b: header(a, 0, 17, b"\x80" + bytes(7)), "run-unreadable"),
    "a clock of next year": (lambda a, b: header(a, 0, 17, b"\x02"), "run-not-proven"),
    "another header format": (lambda a, b: header(a, 0, 0, b"\x02"), "run-unreadable"),
    "an unknown flag": (lambda a, b: header(a, 0, 41, b"\x03"), "run-unreadable"),
    "the other fact bit": (lambda a, b: header(a, 0, 41, b"\x00"), "run-not-proven"),
    "a header with a tail": (lambda a, b: event(a, 0, header=a.events[0].header + b"\0"), "run-unreadable"),
    "half a header": (lambda a, b: event(a, 0, header=a.events[0].header[:30]), "run-unreadable"),
    "an empty header": (lambda a, b: event(a, 0, header=b""), "run-unreadable"),
    "another log's name": (lambda a, b: replace(a, log=bytes(8)), "run-unreadable"),
    "another log's name in all headers": (
        lambda a, b: replace(
            a,
            log=bytes(8),
            events=tuple(e._replace(header=e.header[:1] + bytes(8) + e.header[9:]) for e in a.events),
        ),
        "log-unknown",
    ),
    "a wrong salt": (
        lambda a, b: replace(a, salts={d: turned(s, 3) for d, s in a.salts.items()}),
        "run-not-proven",
    ),
    "a salt with a zero behind": (
        lambda a, b: replace(a, salts={d: s + b"\0" for d, s in a.salts.items()}),
        "run-unreadable",
    ),
    "an empty salt": (lambda a, b: replace(a, salts=dict.fromkeys(a.salts, b"")), "run-unreadable"),
    "no salts": (lambda a, b: replace(a, salts={}), "run-incomplete"),
    "the salt of another dossier": (
        lambda a, b: replace(a, salts={dossier_id(9): s for s in a.salts.values()}),
        "run-incomplete",
    ),
    "a wrong key": (lambda a, b: event(a, 1, key=bytes(32)), "run-not-proven"),
    "a key with a zero behind": (
        lambda a, b: event(a, 0, key=payload_key(next(iter(a.salts.values())), a.first) + b"\0"),
        "run-unreadable",
    ),
    "a turned bit in the signature": (
        lambda a, b: replace(a, signature=turned(a.signature, 100)),
        "run-not-proven",
    ),
    "an empty signature": (lambda a, b: replace(a, signature=b""), "run-not-proven"),
    "the signature of another run": (lambda a, b: replace(a, signature=b.signature), "run-not-proven"),
    "the signature of a stranger": (
        lambda a, b: replace(a, signature=Signer(bytes(32)).sign(HEAD, head_data(a.log, a.last, bytes(32)))),
        "run-not-proven",
    ),
}


@pytest.mark.parametrize("lie", CHANGES)
def test_a_changed_run_is_refused_and_leaves_nothing_and_the_good_ones_go_in(
    met: tuple[Machine, Run, Run, list[Run]], tmp_path: Path, lie: str
) -> None:
    original, first, second, others = met
    change, why = CHANGES[lie]
    here, twin = original.clone(tmp_path / "here.db"), original.clone(tmp_path / "twin.db")

    taken = here.take([change(first, second), *others])
    twin.take(others)

    assert taken.refused == ((change(first, second).log.hex(), change(first, second).first, why),)
    assert taken.new == 2
    assert here.content() == twin.content()
    assert (here.take([first, second]).new, reasons(twin.take([second, first]))) == (5, ["run-has-a-gap"])
    holds(here)


@given(data=st.data())
@settings(max_examples=120, deadline=None)
def test_any_turned_bit_in_a_run_is_refused(
    met: tuple[Machine, Run, Run, list[Run]], data: st.DataObject
) -> None:
    here, run, _, _ = met
    before = here.content()
    places = [("signature", 0)]
    places += [(part, at) for at in range(len(run.events)) for part in ("header", "payload")]
    places += [("salt", 0), ("log", 0)]
    part, at = data.draw(st.sampled_from(places))
    if part == "signature":
        changed = replace(run, signature=turned(run.signature, data.draw(st.integers(0, 511))))
    elif part == "log":
        changed = replace(run, log=turned(run.log, data.draw(st.integers(0, 63))))
    elif part == "salt":
        bit = data.draw(st.integers(0, 127))
        changed = replace(run, salts={d: turned(s, bit) for d, s in run.salts.items()})
    else:
        old = getattr(run.events[at], part)
        changed = event(run, at, **{part: turned(old, data.draw(st.integers(0, len(old) * 8 - 1)))})

    taken = here.take([changed])

    assert taken.new == 0
    assert len(taken.refused) == 1
    assert here.content() == before


def test_what_was_taken_in_once_changes_nothing_a_second_time(
    met: tuple[Machine, Run, Run, list[Run]], tmp_path: Path
) -> None:
    original, first, second, others = met
    here = original.clone(tmp_path / "here.db")
    here.take([first, second, *others])
    once = here.content()

    taken = here.take([*others, second, first, first])

    assert (taken.new, taken.known, taken.forks, taken.refused) == (0, 5 + 3 + 2, 0, ())
    assert here.content() == once


# Strangers.


def test_events_of_another_commune_are_kept_aside_and_passed_on(here: Machine, tmp_path: Path) -> None:
    there = Machine.new(tmp_path / "there.db", 2)
    dossier = there.receive(1)

    taken = here.hear(there)

    assert (taken.new, taken.refused) == (2, ())
    with here.database.reading() as connection:
        where = log.read_map(connection)
        assert [row.trust for row in where.logs.values()] == [log.OWN, log.ASIDE]
        assert all(e.payload is None for e in log.dossier_events(connection, dossier, where))
    assert there.log in {run.log for run in here.runs()}
    holds(here)


STRANGERS: dict[str, Callable[[], Run]] = {
    "one who does not introduce himself": lambda: Author().add("received", A, RECEPTION).run(),
    "one who begins in the middle": lambda: replace(
        Author().open().add("received", A, RECEPTION).run(), first=2
    ),
    "one whose opening is not canonical": lambda: Author().add("log_opened", COMMUNE, b"{ }").run(),
    "one whose opening is a list": lambda: Author().add("log_opened", COMMUNE, b"[]").run(),
    "one without keys": lambda: Author().add("log_opened", COMMUNE, {"machine": "MÁY LẠ"}).run(),
    "one with another's key": lambda: Author().open(ed25519=Signer(bytes(32)).public.hex()).run(),
    "one with a key of a letter": lambda: Author().open(ed25519="x").run(),
    "one with a key that is a number": lambda: Author().open(ed25519=1).run(),
    "one with a short sealing key": lambda: Author().open(x25519="00").run(),
    "one with no commune": lambda: Author().open(commune="").run(),
    "one whose commune is not that of his event": lambda: Author().open(commune="00" * 16).run(),
    "one whose machine has no name": lambda: Author().open(machine=None).run(),
    "one who opens nothing": lambda: replace(Author().run(), events=()),
}


@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_who_does_not_say_who_he_is_is_refused(here: Machine, tmp_path: Path, who: str) -> None:
    before = here.content()

    taken = here.take([STRANGERS[who]()])

    assert reasons(taken) in (["log-unknown"], ["run-unreadable"])
    assert here.content() == before


def test_a_stranger_cannot_take_a_dossier_off_the_list_by_calling_it_his_commune(here: Machine) -> None:
    dossier = here.receive(1)

    here.take([Author().open(dossier, commune=dossier.hex()).run()])
    here.write("finished", dossier, {})

    assert [row[6] for row in here.rows("dossiers")] == ["finished"]
    holds(here)


def test_a_stranger_who_came_first_cannot_either(here: Machine) -> None:
    here.take([Author().open(dossier_id(1), commune=dossier_id(1).hex()).run()])
    here.receive(1)

    assert [row[6] for row in here.rows("dossiers")] == ["received"]
    holds(here)


def test_a_stranger_cannot_endorse_himself(here: Machine) -> None:
    author = Author()
    endorsed = author.signer.sign(LOG, author.signer.public).hex()
    for named in (author.log, here.log):
        stranger = Author(seed=named[0])
        left = {"log": named.hex(), "seq": 1, "head": "00" * 32, "endorsed": endorsed}

        assert here.take([stranger.open(left=left).add("received", A, RECEPTION).run()]).new == 2
    lies: list[Any] = [[], "x", {"log": 1}, {"log": "zz", "endorsed": None}]
    for nonsense in lies:
        here.take([Author(seed=len(str(nonsense))).open(left=nonsense).run()])

    assert {row[6] for row in here.rows("logs")} == {log.OWN, log.ASIDE}
    holds(here)


# Those who are let in and lie: what they sign is kept, the store stays whole.


def test_a_clock_of_the_far_future_is_kept_and_not_believed(here: Machine) -> None:
    author = Author().open().paired_with(here)

    here.take([author.add("received", A, RECEPTION, at=hlc.LARGEST).run()])
    written = here.write("step_taken", A, {"step": "x"})

    assert hlc.wall_ms(written.header.hlc) == here.now_ms
    assert [row[6] for row in here.rows("dossiers")] == ["processing"]
    holds(here)


def test_a_run_longer_than_a_carrier_can_cut_is_refused(here: Machine) -> None:
    author = Author().open().paired_with(here)
    here.take([author.run()])
    note = {"text": "a" * 8000}

    taken = here.take([author.add("noted", A, note).add("noted", A, note).add("noted", A, note).run()])

    assert reasons(taken) == ["run-too-long"]
    holds(here)


def test_an_author_who_changes_his_salt_does_not_break_the_store(here: Machine, tmp_path: Path) -> None:
    author = Author().open().paired_with(here)
    here.take([author.run()])

    here.take([author.add("received", A, RECEPTION).run()])
    here.take([author.add("finished", A, {}, salt=bytes(16)).run()])

    holds(here)
    assert Machine.new(tmp_path / "next.db", 2).hear(here).refused == ()


def test_a_carrier_cannot_slip_in_a_salt_that_proved_nothing(here: Machine) -> None:
    author = Author().open().paired_with(here)
    here.take([author.run()])
    run = author.add("received", A, RECEPTION).run()
    bare = event(run, 0, payload=None, proof=run.events[0].proved(SALT, run.first), absent="not_carried")
    keyed = event(run, 0, key=payload_key(SALT, run.first))

    for told in (bare, keyed):
        here.take([replace(told, salts={A: bytes(16)})])
    here.take([author.add("finished", A, {}).run()])

    assert bytes(16) not in {row[2] for row in here.rows("salts")}
    holds(here)


def test_a_payload_that_one_carrier_left_out_comes_with_another(here: Machine) -> None:
    author = Author().open().paired_with(here)
    run = author.add("received", A, RECEPTION).run()
    bare = event(
        run, 1, payload=None, proof=run.events[1].proved(SALT, 2), absent="not_carried", key=bytes(32)
    )
    here.take([bare])
    holds_without = [row[6] for row in here.rows("dossiers")]

    here.take([run])
    whole = here.content()
    here.take([bare])

    assert holds_without == ["registered"]
    assert [row[6] for row in here.rows("dossiers")] == ["received"]
    assert here.content() == whole
    holds(here)


def test_two_first_events_under_one_key_are_a_fork(here: Machine) -> None:
    one, other = Author().open().paired_with(here), Author().open(machine="BẢN SAO")
    here.take([one.add("received", A, RECEPTION).run()])

    taken = here.take([other.add("received", B, RECEPTION).run()])

    assert (taken.new, taken.forks, taken.refused) == (2, 1, ())
    holds(here)


def test_forks_of_forks_are_kept_in_whatever_order_they_come(here: Machine, tmp_path: Path) -> None:
    runs: list[Run] = []
    for cut in (2, 3, 2, 4):
        author = Author().open()
        for number in range(2, 6):
            salt = SALT if number <= cut else bytes([len(runs)]) * 16
            author.add(
                "noted", dossier_id(number), {"text": "x" if number <= cut else str(len(runs))}, salt=salt
            )
        runs.append(author.run())
    Author().paired_with(here)
    there = here.clone(tmp_path / "there.db")

    taken = [here.take([run]) for run in runs]
    there.take(reversed(runs))
    next_one = Machine.new(tmp_path / "next.db", 2)

    assert [(t.new, t.forks, t.refused) for t in taken] == [(5, 0, ()), (3, 1, ()), (3, 1, ()), (2, 1, ())]
    assert next_one.hear(here).refused == ()
    for machine in (here, there, next_one):
        holds(machine)
    assert states(here) == states(there)


def states(machine: Machine) -> list[tuple[Any, ...]]:
    return sorted(row[1:] for row in machine.rows("dossiers"))


def test_a_fork_between_two_signatures_is_passed_on(here: Machine, tmp_path: Path) -> None:
    there = Machine.new(tmp_path / "there.db", 2)
    twin = there.clone(tmp_path / "twin.db")
    for machine, number in ((there, 1), (twin, 10)):
        machine.receive(number)
        machine.receive(number + 1)
    here.hear(there)  # one run: only its end is signed
    here.hear(twin)

    next_one = Machine.new(tmp_path / "next.db", 3)
    taken = next_one.hear(here)

    assert taken.refused == ()
    assert len(next_one.rows("events")) == len(here.rows("events")) + 1
    holds(here)
    holds(next_one)


def test_a_store_whose_own_log_went_on_elsewhere_takes_a_new_one_and_can_write_on(
    here: Machine, tmp_path: Path
) -> None:
    twin = here.clone(tmp_path / "twin.db")
    twin.receive(1)

    with here.writing() as pen:
        pen.append("noted", B, {"text": "trước"}, "lan")
        before = pen.log
    here.hear(twin)
    with here.writing() as pen:
        taken = pen.append("noted", B, {"text": "sau"}, "lan")
    with here.database.reading() as connection:
        renew = own.get_text(connection, own.RENEW)

    assert (taken.header.log, renew) == (before, "forked")
    holds(here)


def test_a_store_that_hears_its_own_lost_events_takes_a_new_log(here: Machine, tmp_path: Path) -> None:
    restored = here.clone(tmp_path / "restored.db")
    here.receive(1)

    with restored.writing() as pen:
        ingest(pen, here.runs())
        pen.append("noted", A, {"text": "trong cùng một lần"}, "lan")
    with restored.database.reading() as connection:
        renew = own.get_text(connection, own.RENEW)

    assert renew == "forked"
    holds(restored)


def test_an_account_whose_role_is_nonsense_only_reads(here: Machine) -> None:
    author = Author().open().paired_with(here)
    nonsense = {"officer": "lan", "set": {"name": [], "role": [], "pin": {}, "active": 1}}

    taken = here.take([author.add("officer_set", COMMUNE, nonsense).run()])
    here.take([Author(8).open().run()])  # asks again who is let in
    with here.database.reading() as connection:
        known = commune.fold(commune_events_in(connection, log.read_map(connection)))

    assert taken.refused == ()
    assert (known.officers["lan"].role, known.officers["lan"].active) == (commune.Role.READER, False)
    holds(here)


# Payloads of those who are let in, in all shapes.

CORPUS = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "corpus" / "v1" / "events.jsonl").read_text("utf-8").split("\n")
    if line
]
SAMPLES = {
    Header.from_bytes(bytes.fromhex(line["header"])).kind: json.loads(line["payload"]) for line in CORPUS
}
ODD = ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "٢٠٢٦-01-01T00:00+07:00", "\0", "state"]
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(max_size=8)
    | st.sampled_from(ODD),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc./", max_size=4), inner),
    max_leaves=6,
)


@st.composite
def payloads(draw: st.DrawFn) -> tuple[str, dict[str, Any] | bytes]:
    """A sample of any kind with one of its values, or all of it, made something else."""
    kind = draw(st.sampled_from(sorted(SAMPLES)))
    value = json.loads(json.dumps(SAMPLES[kind]))
    at = value
    while isinstance(at, dict) and at:
        name = draw(st.sampled_from(sorted(at)))
        if isinstance(at[name], dict) and draw(st.booleans()):
            at = at[name]
            continue
        at[name] = draw(JSON)
        break
    try:
        return kind, canonical.encode(value)
    except BadInput:
        return kind, draw(st.binary(max_size=40))


@given(acts=st.lists(payloads(), min_size=1, max_size=6), to_commune=st.booleans())
@settings(max_examples=30, deadline=None)
def test_no_payload_of_a_trusted_log_breaks_an_import(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, dict[str, Any] | bytes]], to_commune: bool
) -> None:
    here = Machine.new(tmp_path_factory.getbasetemp() / "fuzzed.db")
    author = Author().open().paired_with(here)
    for kind, payload in acts:
        fact = kinds.KINDS[kind].fact if kind in kinds.KINDS else True
        author.add(kind, COMMUNE if to_commune else A, payload, fact=fact)

    taken = here.take([author.run(), Author(8).open().paired_with(here).add("received", B, RECEPTION).run()])

    assert taken.refused == () or reasons(taken) == ["run-too-long"]
    assert B in {row[1] for row in here.rows("dossiers")}
    holds(here)
    here.close()
