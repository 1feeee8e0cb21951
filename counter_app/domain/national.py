"""What a dossier says in the fields of the national exchange, under names of our own.

The fields are those that systems send the national portal (NĐ 118/2025, TT 03/2025/TT-VPCP as far as seen);
how each is spelt, and which value stands for what, is a table's to say (mapping.py). What the store does not
know is None, or said so in the table; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from counter_app.domain import digitising
from counter_app.domain.attachments import RESULT, Way
from counter_app.domain.digitising import Paper
from counter_app.domain.dossier import Dossier
from counter_app.domain.entry import Entry
from counter_app.domain.events import Ref
from counter_app.domain.lifecycle import NATIONAL_STATUS, State
from counter_app.domain.payments import Method, method_of
from counter_app.domain.people import ORG, PERSON
from counter_app.domain.procedures import PaperKind

Value = str | int | bool | datetime | None
Facts = Mapping[str, Any]
"""Value by field; of COMPONENTS and RESULTS a list of such mappings."""

COMPONENTS: Final = "component"
RESULTS: Final = "result"

_FLAG: Final = ("true", "false")
_PAPERS: Final = ("citizen", "old_citizen", "passport", "tax_code", "none")
_PARTY: Final = {
    "kind": (PERSON, ORG),
    "name": (),
    "id_kind": _PAPERS,
    "id_number": (),
    "birth_date": (),
    "sex": (),
    "address": (),
    "phone": (),
    "email": (),
}
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "code": (),
    "other_codes": (),
    "procedure": (),
    "procedure_name": (),
    "agency": (),
    "channel": ("counter", "home", "post", "online"),
    "status": tuple(sorted({str(status) for status in NATIONAL_STATUS.values()}, key=int)),
    **{f"owner.{name}": choices for name, choices in _PARTY.items()},
    "authorised": _FLAG,
    **{f"grantee.{name}": choices for name, choices in _PARTY.items()},
    "submitted_at": (),
    "received_at": (),
    "due": (),
    "finished_at": (),
    "returned_at": (),
    "refused_at": (),
    "return_by": ("counter", "home", "post"),
    "scanned": _FLAG,
    "fee": (),
    "exemption": (),
    "exemption_proof": (),
    "paid": (),
    "paid_online": ("portal", "none"),
    "paid_when": ("reception", "supplement", "return", "none"),
    f"{COMPONENTS}.number": (),
    f"{COMPONENTS}.name": (),
    f"{COMPONENTS}.count": (),
    f"{COMPONENTS}.kind": tuple(kind.value for kind in PaperKind),
    f"{COMPONENTS}.scanned": _FLAG,
    f"{COMPONENTS}.reused": _FLAG,
    f"{RESULTS}.name": (),
    f"{RESULTS}.file": (),
    f"{RESULTS}.negative": _FLAG,
}
"""Every field, and the values that it can have where these are a list."""
MOMENTS: Final = frozenset(("submitted_at", "received_at", "due", "finished_at", "returned_at", "refused_at"))
WHOLE: Final = frozenset(("status", "fee", "paid", f"{COMPONENTS}.number", f"{COMPONENTS}.count"))

_WITH_RESULT: Final = frozenset({State.FINISHED, State.RETURNED})


def facts(dossier: Dossier) -> Facts:
    """The dossier as it stands."""
    said, owner, grantee = dossier.values, dossier.party(), dossier.party("submitter")
    entered = dossier.reception or {}
    procedure = said.get("procedure", {})
    counted = [entry for entry in dossier.entries if entry.counts]
    papers = digitising.papers(dossier)
    components = [_component(*one) for one in zip(said.get("components") or (), papers, strict=False)]
    charged = said.get("fee", {})
    return {
        "code": dossier.code,
        "other_codes": "; ".join(dossier.codes[1:]),
        "procedure": procedure.get("code"),
        "procedure_name": procedure.get("name"),
        "agency": entered.get("agency"),
        "channel": said.get("channel"),
        "status": dossier.national_status,
        **_party("owner", owner),
        "authorised": bool(grantee),
        **_party("grantee", grantee),
        "submitted_at": _moment(entered.get("received_at")),
        "received_at": dossier.received_at if dossier.taken_in else None,
        # What lateness is measured by: an apology makes no late dossier one in time (QĐ 766/QĐ-TTg).
        "due": dossier.measured_due,
        "finished_at": _last(counted, "finished") if dossier.state in _WITH_RESULT else None,
        "returned_at": _last(counted, "returned") if dossier.state is State.RETURNED else None,
        "refused_at": _last(counted, "refused") if dossier.state is State.REFUSED else None,
        "return_by": said.get("return_by"),
        "scanned": any(one[f"{COMPONENTS}.scanned"] for one in components),
        "fee": dossier.owed,
        "exemption": charged.get("exemption"),
        "exemption_proof": " ".join(filter(None, map((charged.get("proof") or {}).get, ("kind", "number")))),
        "paid": dossier.paid,
        **_paid(dossier),
        COMPONENTS: components,
        RESULTS: _results(dossier, counted, papers),
    }


def _component(said: Mapping[str, Any], paper: Paper) -> Facts:
    ways = {one.way for one in paper.files if one.counts}
    return {
        f"{COMPONENTS}.number": paper.number,
        f"{COMPONENTS}.name": paper.name,
        f"{COMPONENTS}.count": said["count"],
        f"{COMPONENTS}.kind": said["kind"],
        f"{COMPONENTS}.scanned": bool(ways - {Way.REUSED}),
        f"{COMPONENTS}.reused": Way.REUSED in ways,
    }


def _party(role: str, party: Mapping[str, Any]) -> dict[str, Value]:
    known: dict[str, Value] = {f"{role}.{name}": party.get(name) for name in _PARTY}
    number, tax = str(party.get("id_number") or ""), party.get("tax_code")
    kind = "none"
    if number:
        kind = "passport" if not number.isdigit() else "old_citizen" if len(number) == 9 else "citizen"
    elif tax:
        kind, number = "tax_code", str(tax)
    shown = {f"{role}.id_kind": kind, f"{role}.id_number": number or None} if party else {}
    return {**known, **shown}


def _results(dossier: Dossier, counted: list[Entry], papers: tuple[Paper, ...]) -> list[Facts]:
    if dossier.state not in _WITH_RESULT:
        return []
    last = next((entry.payload for entry in reversed(counted) if entry.name == "finished"), None) or {}
    name = last.get("result") or dossier.values.get("procedure", {}).get("result")
    files = [file for one in papers if one.number == RESULT for _, file in one.file_names(dossier.code)]
    return [
        {
            f"{RESULTS}.name": name,
            f"{RESULTS}.file": "; ".join(files),
            f"{RESULTS}.negative": bool(last.get("negative")),
        }
    ]


def _paid(dossier: Dossier) -> dict[str, Value]:
    """Over which road, and at which point of its life, the money came that was not given back.

    What was told of twice came once, when it was first told of, and over the portal where either says so.
    """
    when, asked, finished = "none", False, False
    kept = portal = 0
    told = [(entry, entry.payload) for entry in dossier.entries if entry.payload and entry.mistaken is None]
    paid = [(entry, said) for entry, said in told if entry.name == "paid"]
    sums = {entry.ref: said["amount"] for entry, said in paid}
    online = {_money(entry) for entry, said in paid if method_of(said) is Method.PORTAL}
    for entry, said in told:
        asked = asked or entry.name in ("supplement_requested", "payment_requested")
        finished = finished or entry.name == "finished"
        if entry.name == "paid":
            amount, by_portal = sums.pop(_money(entry), 0), _money(entry) in online
        elif entry.name == "refunded":
            amount, by_portal = -said["amount"], method_of(said) is Method.PORTAL
        else:
            continue
        kept += amount
        portal = min(portal + (amount if by_portal else 0), kept)
        if kept <= 0:
            when = "none"
        elif when == "none":
            when = "return" if finished else "supplement" if asked else "reception"
    return {"paid_online": "portal" if portal > 0 else "none", "paid_when": when}


def _money(entry: Entry) -> Ref:
    """The payment that counts where several tell of the same money."""
    return entry.told_by or entry.ref


def _last(counted: list[Entry], kind: str) -> datetime | None:
    return next((entry.happened_at for entry in reversed(counted) if entry.name == kind), None)


def _moment(text: Any) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None
