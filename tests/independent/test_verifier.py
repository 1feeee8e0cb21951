"""The independent verifier accepts what the program writes, and refuses it with any bit turned."""

from __future__ import annotations

import ast
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.crypto.sealing import SealingKey
from counter_app.crypto.signing import Signer
from counter_app.domain.books import petition_page
from counter_app.domain.errors import Refused
from counter_app.domain.vectors import EMPTY
from counter_app.store import log, own
from counter_app.sync import bundle
from tests.independent import verifier
from tests.independent.verifier import verify_bundle, verify_store
from tests.store.machines import KEY, Machine, dossier_id, pair

PETITION = {
    "number": "PAKN-9F3C-2026-1",
    "source": "phone",
    "subject": "Chờ lâu",
    "content": "Chờ hai giờ",
    "received_at": "2026-11-20T08:15:00+07:00",
}
OFFICE = SealingKey(bytes(range(32, 64)))
MODULE = Path(verifier.__file__)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stores")


@pytest.fixture(scope="module")
def store(folder: Path) -> Iterator[Machine]:
    """A store that has written, heard, forgotten a salt, and left a log for another."""
    one, two = pair(folder)
    first, second = one.receive(1), two.receive(2)
    one.hear(two)
    two.hear(one)
    one.write("corrected", second, {"set": {"applicant.name": "Y Thịnh Mlô", "due": None}, "reason": "nhầm"})
    two.write("step_taken", first, {"step": "thẩm định"})
    two.write("finished", first, {})
    petition = petition_page(b"c" * 16, b"petition")
    one.write("petition_received", petition, PETITION)
    two.hear(one)
    two.write("petition_answered", petition, {"answer": {"text": "Đã tăng quầy", "by": "Bình"}})
    one.hear(two)
    with one.writing() as pen:
        pen.open_log("one, restored", pen.commune)
    one.receive(3)
    one.database.fold_in()
    yield one
    two.close()
    one.close()


def pack(machine: Machine, path: Path) -> Path:
    with machine.database.reading() as connection:
        keys, where = own.keys(connection), log.read_map(connection)
    with path.open("wb") as file:
        bundle.write(
            file,
            machine.runs(EMPTY),
            signer=Signer(keys.signing),
            recipients=[OFFICE.public],
            commune=where.log_of(keys.branch).commune,
            log=where.log_of(keys.branch).log,
            made_ms=machine.now_ms,
            vector=machine.vector(),
        )
    return path


def test_it_shares_no_code_with_the_program() -> None:
    tree = ast.parse(MODULE.read_text("utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {
        "." * node.level + (node.module or "") for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
    }

    rooms = {name.partition(".")[0] for name in imported} - set(sys.stdlib_module_names)

    assert rooms == {"sqlcipher3", "cryptography", "msgpack", "zstandard"}


def test_a_store_that_wrote_and_heard_holds(store: Machine) -> None:
    report = verify_store(str(store.path), KEY)

    assert report.faults == []
    assert (report.logs, report.events, report.dossiers, report.missing) == (3, 13, 3, 0)


def test_all_that_two_stores_know_of_each_other_holds(tmp_path: Path) -> None:
    one, two = pair(tmp_path)
    for number in range(6):
        dossier = (one, two)[number % 2].receive(number)
        one.hear(two)
        two.hear(one)
        one.write("corrected", dossier, {"set": {"applicant.name": "Một"}, "reason": "nhầm"})
        two.write("corrected", dossier, {"set": {"applicant.name": "Hai"}, "reason": "nhầm"})
    one.hear(two)
    two.hear(one)

    reports = [verify_store(str(machine.path), KEY) for machine in (one, two)]

    assert [report.faults for report in reports] == [[], []]
    assert [report.disputed for report in reports] == [6, 6]


def test_a_cloned_store_is_accepted_as_a_fork_wherever_it_is_heard(tmp_path: Path) -> None:
    one, two = pair(tmp_path)
    clone = one.clone(tmp_path / "clone.db")
    three = Machine.new(tmp_path / "three.db", 3)
    for machine, start in ((one, 10), (clone, 20)):
        for number in range(start, start + 3):
            machine.receive(number)
        two.hear(machine)
        three.hear(machine)
    one.hear(clone)

    reports = [verify_store(str(machine.path), KEY) for machine in (one, two, three)]

    assert [(report.faults, report.forks) for report in reports] == [([], 1)] * 3


def test_the_wrong_key_is_told(store: Machine) -> None:
    assert verify_store(str(store.path), bytes(32)).faults == ["file-unreadable"]


COLUMNS = [
    ("events", "header"),
    ("events", "payload"),
    ("events", "hash"),
    ("events", "dossier"),
    ("events", "seq"),
    ("events", "branch_id"),
    ("salts", "salt"),
    ("signatures", "signature"),
    ("signatures", "seq"),
    ("logs", "log"),
    ("logs", "public"),
    ("logs", "sealing"),
    ("logs", "commune"),
    ("branches", "from_seq"),
    ("branches", "log_id"),
]


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=".".join)
@given(data=st.data())
@settings(max_examples=12, deadline=None)
def test_a_turned_bit_in_the_store_is_refused(
    store: Machine, folder: Path, table: str, column: str, data: st.DataObject
) -> None:
    damaged = Machine(Path(shutil.copy(store.path, folder / "damaged.db")))
    key = "dossier" if table == "salts" else "id" if table in ("events", "logs", "branches") else "signature"
    row, value = data.draw(
        st.sampled_from([(row[0], row[1]) for row in rows(damaged, f"SELECT {key}, {column} FROM {table}")])
    )
    if isinstance(value, int):
        turned: int | bytes = value ^ 1 << data.draw(st.integers(0, 5))
    else:
        at = data.draw(st.integers(0, len(value) * 8 - 1))
        turned = bytes(byte ^ (1 << at % 8 if place == at // 8 else 0) for place, byte in enumerate(value))

    try:
        damaged.change(
            f"UPDATE OR IGNORE {table} SET {column}=? WHERE {key}=? AND {column}=?", turned, row, value
        )
        changed = value not in [
            r[1] for r in rows(damaged, f"SELECT {key}, {column} FROM {table}") if r[0] == row
        ]
        report = verify_store(str(damaged.path), KEY)
    finally:
        damaged.close()

    assert bool(report.faults) == changed


def rows(machine: Machine, statement: str) -> list[tuple[int | bytes, int | bytes]]:
    raw = machine.database.raw()
    try:
        return list(raw.execute(statement).fetchall())
    finally:
        raw.close()


@pytest.mark.parametrize(
    ("fault", "statement"),
    [
        ("dossier-differs", "UPDATE dossiers SET state='returned' WHERE state='received'"),
        ("dossier-differs", "UPDATE dossiers SET applicant='Người khác'"),
        ("dossier-differs", "UPDATE dossiers SET due='2026-11-28T17:00:00+07:00' WHERE due<>''"),
        ("dossier-differs", "UPDATE dossiers SET code='H55.242-261122-9999'"),
        ("dossier-not-listed", "DELETE FROM dossiers"),
        ("trust-unfounded", "UPDATE logs SET trust='aside' WHERE trust='trusted'"),
        ("end-not-signed", "DELETE FROM signatures WHERE seq=(SELECT max(seq) FROM signatures)"),
        (
            "signature-without-event",
            "UPDATE signatures SET seq=seq+100 WHERE seq=(SELECT max(seq) FROM signatures)",
        ),
        ("seq-has-a-gap", "DELETE FROM events WHERE seq=2"),
        ("salt-missing", "DELETE FROM salts"),
        ("key-size", "UPDATE events SET key=x'00'"),
        ("chain-broken", "UPDATE events SET key=zeroblob(32)"),
        ("absence-unexplained", "UPDATE events SET payload=NULL"),
        ("absence-contradicted", "UPDATE events SET absent='unreadable'"),
        ("absence-contradicted", "UPDATE events SET proof=zeroblob(32)"),
        ("proof-size", "UPDATE events SET payload=NULL, absent='erased'"),
        (
            "fork-of-one",
            "INSERT INTO branches SELECT 99, 1, 1, max(seq) + 1, zeroblob(32), NULL"
            " FROM events WHERE branch_id=1",
        ),
        ("log-without-one-root", "INSERT INTO branches VALUES (99, 1, NULL, 1, NULL, NULL)"),
        ("branches-in-a-ring", "UPDATE branches SET parent_id=id"),
    ],
)
def test_a_store_that_was_tampered_with_is_refused(
    store: Machine, tmp_path: Path, fault: str, statement: str
) -> None:
    damaged = Machine(Path(shutil.copy(store.path, tmp_path / "damaged.db")))
    damaged.change(statement)
    damaged.close()

    report = verify_store(str(damaged.path), KEY)

    assert any(found.startswith(fault) for found in report.faults), report.faults


def test_a_payload_that_was_left_out_or_erased_still_verifies(store: Machine, tmp_path: Path) -> None:
    less = Machine(Path(shutil.copy(store.path, tmp_path / "less.db")))
    for id_, salt, seq, payload in rows(less, ERASABLE):  # type: ignore[misc]
        key = verifier.key_of(salt, seq)
        less.change(
            "UPDATE events SET payload=NULL, absent='erased', proof=? WHERE id=?",
            verifier.mac(key, payload),
            id_,
        )
    less.change("DELETE FROM dossiers WHERE dossier=?", dossier_id(3))
    less.close()

    report = verify_store(str(less.path), KEY)

    assert report.absent == 1
    assert [found for found in report.faults if not found.startswith("dossier-")] == []


ERASABLE = """SELECT events.id, salt, seq, payload FROM events JOIN salts USING (branch_id, dossier)
              WHERE dossier = x'0190a000000070008000000000000003'"""


def test_a_bundle_holds_alone_where_it_carries_whole_logs(store: Machine, tmp_path: Path) -> None:
    report = verify_bundle(str(pack(store, tmp_path / "all.bundle")), OFFICE.private)

    assert report.faults == []
    assert (report.logs, report.events, report.unanchored) == (3, 13, 0)


def test_a_fork_in_a_bundle_is_seen(tmp_path: Path) -> None:
    one = Machine.new(tmp_path / "one.db")
    clone = one.clone(tmp_path / "clone.db")
    one.receive(1)
    clone.receive(2)
    one.hear(clone)

    report = verify_bundle(str(pack(one, tmp_path / "forked.bundle")), OFFICE.private)

    assert (report.faults, report.forks) == ([], 1)


@given(data=st.data())
@settings(max_examples=80, deadline=None)
def test_a_turned_bit_in_a_bundle_is_refused_by_both(
    store: Machine, folder: Path, data: st.DataObject
) -> None:
    path = folder / "whole.bundle"
    whole = path.read_bytes() if path.exists() else pack(store, path).read_bytes()
    at = data.draw(st.integers(0, len(whole) * 8 - 1))
    turned = bytearray(whole)
    turned[at // 8] ^= 1 << at % 8
    (folder / "turned.bundle").write_bytes(turned)

    report = verify_bundle(str(folder / "turned.bundle"), OFFICE.private)

    assert report.faults != []
    with pytest.raises(Refused):
        list(bundle.read(io.BytesIO(turned), OFFICE)[1])


def test_a_bundle_for_another_is_told(store: Machine, tmp_path: Path) -> None:
    path = pack(store, tmp_path / "sealed.bundle")

    assert verify_bundle(str(path), bytes(range(32))).faults == ["container-not-for-this-key"]


def test_it_runs_as_a_program_of_its_own(store: Machine, tmp_path: Path) -> None:
    path = pack(store, tmp_path / "some.bundle")

    told = [
        subprocess.run(
            [sys.executable, str(MODULE), *arguments], capture_output=True, text=True, cwd=tmp_path
        )
        for arguments in (
            ["store", str(store.path), "--key", KEY.hex()],
            ["store", str(store.path), "--key", bytes(32).hex()],
            [
                "bundle",
                str(path),
                "--private",
                OFFICE.private.hex(),
                "--store",
                str(store.path),
                "--key",
                KEY.hex(),
            ],
            ["bundle", str(path), "--private", KEY.hex()],
        )
    ]

    assert [answer.returncode for answer in told] == [0, 1, 0, 1]
    assert [json.loads(answer.stdout)["healthy"] for answer in told] == [True, False, True, False]
