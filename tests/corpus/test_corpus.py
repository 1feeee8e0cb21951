"""What version 1 wrote is read alike by the program and by the independent verifier, for ever."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from counter_app.crypto import signing
from counter_app.domain import canonical, commune, events, fold, kinds
from counter_app.domain.events import Event, Header, Ref
from counter_app.domain.shapes import Record
from tests.independent import verifier

V1 = Path(__file__).parent / "v1"


def lines_of(file: str) -> list[dict[str, Any]]:
    return [json.loads(text) for text in (V1 / file).read_text("utf-8").split("\n") if text]


LINES, DOSSIERS = lines_of("events.jsonl"), lines_of("dossiers.jsonl")
LATER_ROOMS = (
    *("district", "escrow", "wiped", "postings", "books", "fees", "hands", "feedback", "petition_papers"),
    *("days", "files", "on_receipt", "taken_in", "taken_back"),
)
OF_DISTRICT = [line for room in LATER_ROOMS for line in lines_of(f"../{room}/events.jsonl")]
LATER = 2  # the last lines, of a version from the future


def header_of(line: dict[str, str]) -> Header:
    return Header.from_bytes(bytes.fromhex(line["header"]))


def name(line: dict[str, str]) -> str:
    head = header_of(line)
    return f"{head.kind}-{head.log.hex()}-{head.seq}"


each_line = pytest.mark.parametrize("line", [*LINES, *OF_DISTRICT], ids=name)


def folded(dossier: bytes, lines: list[dict[str, Any]] = LINES) -> list[Event]:
    return [
        Event(header_of(line), bytes.fromhex(line["hash"]), canonical.decode(line["payload"].encode()))
        for line in lines
        if header_of(line).dossier == dossier
    ]


@pytest.mark.parametrize(
    ("file", "sha256"),
    [
        ("events.jsonl", "8c0628f87f53652f58ea3d3b1ad5241f50f2bf57be50e67e57c373f68d3fa716"),
        ("../district/events.jsonl", "14ee4e07838cdf3cb0802a61f08a254a6fe097a8be8419ebde9e48476bde464b"),
        ("../escrow/events.jsonl", "efcdda715b8a6199769ad3707a551849ae368487587a3f1fe741324cdcae4f05"),
        ("../wiped/events.jsonl", "1cb0fbb18c7c4b8fe619ad84b45b8c2e1102e97fbcbe68110be7cb5d0bc5922e"),
        ("../postings/events.jsonl", "1f60b96367faf2b2c0b0189408aca887bd12b8fe8242f4352678b6d82299e727"),
        ("../books/events.jsonl", "e7aef859ce5b7e386d952210c0d4919e59f7f9f605e536451f9d0bd74b802c75"),
        ("../fees/events.jsonl", "eaecef3c0363045a4f81cdd74d118043ce4a49f0391c7e40c38add7e04e92fff"),
        ("../hands/events.jsonl", "9b1e4d77fe3fed98ae37f14b32b7149f2b7bfd0e6b5ca3f5757cf7d7086475d2"),
        ("../feedback/events.jsonl", "efd04d148bd86dcfaa871e411b74b92b4ff81b7fd97a7ed19ec9b2873798e52a"),
        ("../petition_papers/events.jsonl", "a1b7f90ecf4f5f97849f213e8871db21daaac18d71ff1fd685242f1db160ee29"),
        ("../days/events.jsonl", "f2ed4cf41f76b62afa7625c4cc3159e34b6e5cae1acb3c13e206536e68b9139b"),
        ("../files/events.jsonl", "7007e1b7e6465158248c10cee1cbb4c349b83b24eebbd657eda6b985960c2891"),
        ("../on_receipt/events.jsonl", "fd3d0b73430ac498f4f56f3ad4167a961c3f58bd56b5d8ec169570d2e57fccc0"),
        ("../taken_in/events.jsonl", "b8af68350bbe3b3dd740e683afc2c19ba8b4658faa135f8cc466d7bf1cacbbb2"),
        ("../taken_back/events.jsonl", "1861494aee109d1bbdcdaafb3cd91d4cc18390986b8bb9dd8a4d81732f69306b"),
        ("dossiers.jsonl", "848fab466c28275e1ccfd34b3a8e26a9c1f9ae02e40d25ebdebe0bf07b523698"),
    ],
)
def test_the_corpus_is_never_edited(file: str, sha256: str) -> None:
    assert hashlib.sha256((V1 / file).read_bytes()).hexdigest() == sha256


def test_every_kind_of_version_1_is_in_it_with_every_optional_field() -> None:
    told: dict[str, set[str]] = {}
    for line in [*LINES[:-LATER], *OF_DISTRICT]:
        told.setdefault(header_of(line).kind, set()).update(json.loads(line["payload"]))

    assert set(kinds.KINDS) >= set(told) == set(verifier.FACTS) | set(verifier.DECISIONS)
    for kind in ("received", "log_opened", "returned", "accepted", "resubmitted"):
        shape = kinds.KINDS[kind].shape
        assert isinstance(shape, Record)
        assert told[kind] >= set(shape.fields) - {"at", "note"}


@each_line
def test_the_program_reads_the_bytes_and_would_write_them_so(line: dict[str, str]) -> None:
    header, payload = bytes.fromhex(line["header"]), line["payload"].encode()

    head = Header.from_bytes(header)

    stand_in = events.proof(events.payload_key(bytes.fromhex(line["salt"]), head.seq), payload)
    public, hash_ = bytes.fromhex(line["public"]), bytes.fromhex(line["hash"])
    signed = events.head_data(head.log, head.seq, hash_)
    assert head.to_bytes() == header
    assert canonical.encode(canonical.decode(payload)) == payload
    assert events.chain(bytes.fromhex(line["before"]), header, stand_in) == hash_
    assert events.log_name(public) == head.log
    assert signing.verify(public, signing.HEAD, signed, bytes.fromhex(line["signature"]))


@each_line
def test_the_independent_verifier_reads_the_same(line: dict[str, str]) -> None:
    header, payload = bytes.fromhex(line["header"]), line["payload"].encode()

    head = verifier.read_header(header)

    key = verifier.key_of(bytes.fromhex(line["salt"]), head.seq)
    public, hash_ = bytes.fromhex(line["public"]), bytes.fromhex(line["hash"])
    theirs = header_of(line)
    assert [getattr(head, field) for field in Header.__slots__] == [
        getattr(theirs, field) for field in Header.__slots__
    ]
    assert verifier.read_payload(payload) == canonical.decode(payload)
    assert verifier.link(bytes.fromhex(line["before"]), header, verifier.mac(key, payload)) == hash_
    assert verifier.name_of(public) == head.log
    assert verifier.head_signed(public, head.log, head.seq, hash_, bytes.fromhex(line["signature"]))


@each_line
def test_both_find_the_payload_to_be_what_its_kind_says(line: dict[str, str]) -> None:
    head, payload = header_of(line), canonical.decode(line["payload"].encode())

    known = kinds.read(head.kind, head.version, head.fact, payload) is not None

    assert known == (line not in LINES[-LATER:])
    assert verifier.reads(verifier.read_header(bytes.fromhex(line["header"])), payload) is (known or None)


@pytest.mark.parametrize("shown", DOSSIERS, ids=lambda shown: shown["code"])
def test_the_fold_makes_of_them_what_it_always_made(shown: dict[str, Any]) -> None:
    dossier = fold.fold(bytes.fromhex(shown["dossier"]), folded(bytes.fromhex(shown["dossier"])))

    assert [entry.absent for entry in dossier.entries] == [""] * shown["events"]
    assert {
        "dossier": dossier.id.hex(),
        "events": len(dossier.entries),
        "code": dossier.code,
        "state": dossier.state.value,
        "due": dossier.due.isoformat() if dossier.due else "",
        "applicant": dossier.party(),
        "paid": dossier.paid,
        "conflicts": [conflict.field for conflict in dossier.conflicts],
        "needs_update": dossier.needs_update,
        "order": [str(entry.ref) for entry in dossier.entries],
    } == shown


def test_ends_that_were_taken_back_fold_as_they_always_did() -> None:
    lines = lines_of("../taken_back/events.jsonl")
    ids = dict.fromkeys(header_of(line).dossier for line in lines)

    dossiers = [fold.fold(id_, folded(id_, lines)) for id_ in ids]

    assert [one.state.value for one in dossiers] == ["received", "waiting_supplement", "finished"]
    mistaken = [entry for one in dossiers for entry in one.entries if entry.mistaken]
    assert [entry.name for entry in mistaken] == ["refused", "withdrawn", "stopped", "finished"]
    assert all(entry.taken_back for entry in mistaken)


def test_the_commune_folds_from_its_events() -> None:
    found = commune.fold(
        event for line in LINES if line["before"] == "00" * 32 for event in folded(header_of(line).dossier)
    )

    assert (found.agency, found.name) == ("H55.242", "UBND xã Phú Lộc")
    assert found.officers["lan"].name == "Nguyễn Thị Lan"
    assert set(found.calendars) == {2026}
    assert len(found.paired) == 19
    assert found.conflicts == ()


def test_an_event_can_have_seen_sixteen_others() -> None:
    assert max(len(header_of(line).seen) for line in LINES) == events.MOST_SEEN
    assert all(isinstance(ref, Ref) for line in LINES for ref in header_of(line).seen)
