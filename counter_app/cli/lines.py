"""The JSON lines that scripts read: a dossier, its story, a scan."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from counter_app.domain.commune import Commune
from counter_app.domain.dossier import Dossier
from counter_app.domain.ends import never_stood
from counter_app.domain.entry import Entry
from counter_app.domain.errors import BadInput
from counter_app.domain.events import Ref
from counter_app.domain.hlc import moment
from counter_app.domain.registers import Conflict, Side
from counter_app.domain.zone import VIETNAM
from counter_app.services.lookup import Line, Scan
from counter_app.services.receipt_check import Verdict
from counter_app.words.fields import field_label
from counter_app.words.hands import where_words
from counter_app.words.reasoning import reasoning
from counter_app.words.story import conflict as conflict_words
from counter_app.words.story import tell


def dossier(
    line: Line, folded: Dossier, machines: Mapping[bytes, str], known: Commune, note: str = ""
) -> dict[str, Any]:
    """The line of `show`: that of `find`, and all that is known."""
    shown = line.to_json()
    first, measured = folded.first_due, folded.measured_due
    promise = folded.values.get("promise")
    shown |= {
        "codes": list(folded.codes),
        "applicant_details": folded.party(),
        "submitter": folded.party("submitter") or None,
        "channel": folded.values.get("channel"),
        "components": list(folded.values.get("components", ())),
        "fee": {
            "amount": folded.owed,
            "paid": folded.owed is not None and folded.paid >= folded.owed,
            "collected": folded.paid,
            "to_refund": folded.overpaid,
            **{name: folded.values.get("fee", {}).get(name) for name in ("rule", "exemption", "proof")},
        },
        "first_due": first.isoformat() if first else None,
        "measured_due": measured.isoformat() if measured else None,
        "promise": promise,
        "reasoning": reasoning(promise, never_stood(folded)) if promise and folded.due else None,
        "return_by": folded.values.get("return_by"),
        "warnings": list((folded.reception or {}).get("warnings", ())),
        "conflicts": [conflict(c, folded, machines, known) for c in folded.conflicts],
        "events": [event(e, machines, known) for e in folded.entries],
    }
    if folded.register_numbers:
        numbers = folded.register_numbers
        shown["register"] = [{"volume": one.volume, "number": one.number} for one in numbers]
    if where := where_words(folded):
        shown["holder"] = folded.values.get("holder", "")
        shown["whereabouts"] = where
    if note:
        shown["note"] = note
    elif folded.values.get("note"):
        shown["note"] = folded.values["note"]
    return shown


def event(entry: Entry, machines: Mapping[bytes, str], known: Commune) -> dict[str, Any]:
    head = entry.event.header
    return {
        "event": str(entry.ref),
        "kind": head.kind,
        "fact": head.fact,
        "at": _at(entry),
        "officer": known.who(head),
        "machine": machines.get(head.log, head.log.hex()),
        "text": tell(entry),
        **({"mistaken": str(entry.mistaken)} if entry.mistaken else {}),
        **({"absent": entry.absent.value} if entry.absent else {}),
        **({"needs_update": True} if entry.unknown else {}),
    }


def _at(entry: Entry) -> str:
    payload = entry.payload or {}
    said = payload.get("at") or payload.get("received_at")
    return said or moment(entry.event.header.hlc).astimezone(VIETNAM).isoformat(timespec="seconds")


def conflict(
    found: Conflict, folded: Dossier, machines: Mapping[bytes, str], known: Commune
) -> dict[str, Any]:
    sides = []
    for side in found.sides:
        entry = folded.entry(side.event)
        head = entry.event.header if entry else None
        sides.append(
            {
                "event": str(side.event),
                "value": side.value,
                "fact": side.fact,
                "officer": known.who(head) if head else "",
                "machine": machines.get(side.event.log, side.event.log.hex()),
                **_hands(found.field, folded, side, known),
            }
        )
    return {
        "field": found.field,
        "label": field_label(found.field),
        "shown": str(found.shown),
        "text": conflict_words(found),
        "sides": sides,
        **({"others": list(found.others)} if found.others else {}),
    }


def _hands(field: str, folded: Dossier, side: Side, known: Commune) -> dict[str, Any]:
    """Who collected, or who received whom: what a person needs to choose between two such acts."""
    if field not in ("return", "reception"):
        return {}
    told = folded.entry(side.event)
    # A side may be an act that settled for another: what it settled for is what is to be told.
    with suppress(BadInput, AttributeError):
        told = folded.entry(Ref.parse(side.value)) or told
    if told is None:
        return {}
    payload = told.payload or {}
    said = {"at": _at(told), "text": tell(told)}
    if field == "return":
        number = payload.get("id_number", "")
        return {**said, "to": payload.get("to"), "id_number_ends": number[-3:] or None}
    applicant = payload.get("applicant", {}).get("name")
    return {
        **said,
        "received_by": known.name_of(told.event.header),
        "code": payload.get("code"),
        "applicant": applicant,
    }


def _verdict(verdict: Verdict | None) -> dict[str, Any]:
    if verdict is None:
        return {}
    whose = {"machine": verdict.machine, "agency": verdict.agency, "agency_name": verdict.commune}
    revoked = {"revoked_on": verdict.revoked_on.isoformat()} if verdict.revoked_on else {}
    return {
        "signature": verdict.signature,
        **{name: value for name, value in whose.items() if value},
        **revoked,
    }


def scan(found: Scan) -> dict[str, Any]:
    """The line of `scan`."""
    line: dict[str, Any] = {"kind": found.kind}
    if found.card is not None:
        card = found.card
        line |= {
            "id_number": card.id_number,
            "name": card.name,
            "birth_date": card.birth_date,
            "sex": card.sex,
            "address": card.address,
            "issued": card.issued,
            "warnings": [{"code": w.code, **w.facts} for w in card.warnings],
        }
    if found.kind == "receipt":
        claim = found.claim
        if claim is not None:
            line |= {"code": claim.code, "procedure": claim.procedure, "due": claim.due.isoformat()}
        line |= _verdict(found.verdict)
    if found.lines:
        line["dossiers"] = [one.to_json() for one in found.lines]
    if found.kind == "dossier":
        line["code"] = found.lines[0].code if found.lines else found.text
    return line
