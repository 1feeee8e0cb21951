"""Every kind of event: fact or decision, what its payload holds, and what it writes into the fold.

A fact tells what physically happened and is never un-shown; a decision can lose. Payloads of earlier versions
are read through UPCASTERS, so the fold only knows the newest. A kind or version that is not listed here is
kept, chained, passed on and shown as "cần cập nhật".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from counter_app.domain import book_kinds, shapes
from counter_app.domain.errors import BadInput
from counter_app.domain.lifecycle import State
from counter_app.domain.shapes import Shape, day, flag, list_of, mapping, moment, record, text, whole

Payload = Mapping[str, Any]
Writes = dict[str, Any]
OWN = object()  # a register that holds the event's own name: two of them always differ


@dataclass(frozen=True)
class Kind:
    """`shape` of the payload; `writes`: payload -> the registers it sets (see fold.py)."""

    name: str
    fact: bool
    shape: Shape
    writes: Callable[[Payload], Writes] = lambda payload: {}
    version: int = 1


PARTY = record(
    kind=text,
    name=text,
    optional=dict.fromkeys(
        ("id_number", "tax_code", "birth_date", "sex", "address", "phone", "contact_via", "email"), text
    ),
)
COMPONENT = record(name=text, kind=text, count=whole, optional={"file": text, "required": flag})
# `rule`: what was applied, with where it was published; `proof`: the paper shown for the exemption.
FEE = record(
    optional={
        **{"amount": whole, "rule": text, "exemption": text},
        "proof": record(number=text, optional={"kind": text}),
    }
)
PROCEDURE = record(
    code=text, name=text, optional=dict.fromkeys(("version", "field", "result", "resubmission"), text)
)

_RECEPTION_ONE = {"procedure": PROCEDURE, "channel": text, "received_at": moment, "sets": whole}
_RECEPTION_SOME: dict[str, Shape] = {
    "due": moment,
    "promise": mapping,
    "return_by": text,
    "note": text,
    "fee": FEE,
    "components": list_of(COMPONENT),
}


def _party_writes(role: str, party: Payload | None) -> Writes:
    return {f"{role}.{name}": value for name, value in (party or {}).items()}


def _reception(state: State) -> Callable[[Payload], Writes]:
    def writes(payload: Payload) -> Writes:
        return {
            **_party_writes("applicant", payload["applicant"]),
            **_party_writes("submitter", payload.get("submitter")),
            **{name: payload[name] for name in (*_RECEPTION_ONE, *_RECEPTION_SOME) if name in payload},
            "state": state.value,
            "reception": OWN,
        }

    return writes


RECEPTION = record(
    code=text,
    agency=text,
    applicant=PARTY,
    **_RECEPTION_ONE,
    optional={
        **_RECEPTION_SOME,
        "submitter": PARTY,
        "codes": list_of(text),
        "volume": text,
        "number": whole,
        "late_reason": text,
        "entered_at": moment,
        "slip": text,
        "warnings": list_of(mapping),
        "calendar_confirmed": flag,
        "assisted_by": text,
        "decided_by": text,
        "clock_set": flag,
    },
)


def _sets(payload: Payload) -> Writes:
    return dict(payload["set"])


def _to(state: State, *fields: str) -> Callable[[Payload], Writes]:
    return lambda payload: {"state": state.value, **{f: payload[f] for f in fields if f in payload}}


_RECEIPT = record(code=text, procedure=text, due=moment)
"""What a true receipt said of a dossier whose reception was not here when the act was done on it."""


def _act(shape: Mapping[str, Shape] | None = None, /, **optional: Shape) -> Shape:
    return record(**(shape or {}), optional={"at": moment, "note": text, **optional})


# What an act says of a dossier that it found complete, and what of it the fold keeps.
_BEGINS = ("due", "promise", "received_at")
_COMPLETE: dict[str, Shape] = {
    "due": moment,
    "promise": mapping,
    "received_at": moment,
    "volume": text,
    "number": whole,
}

# The result; of which paper it was made, how much of it, and its line in a register (certification.py).
_FINISHED: dict[str, Any] = {
    "result": text,
    "negative": flag,
    "reason": text,
    **dict.fromkeys(("what", "volume"), text),
    **dict.fromkeys(("pages", "copies", "cases", "entry"), whole),
    "at_once": flag,
}

_DOSSIER = (
    Kind("received", True, RECEPTION, _reception(State.RECEIVED)),
    Kind("registered", True, RECEPTION, _reception(State.REGISTERED)),
    # `received_at`: when the clock began; the reception keeps when it was brought. `volume` and `number`: the
    # line in the register, where the reception has none since it came from above.
    Kind(
        "accepted",
        True,
        _act(**_COMPLETE),
        _to(State.RECEIVED, *_BEGINS),
    ),
    # `sha256`: of the file that went out, where it was one, such as a letter; `signed_by`: whose digital
    # signature it bears, as the certificate calls him.
    Kind(
        "printed",
        True,
        _act(
            {"form": text, "copy": whole},
            **dict.fromkeys(("reason", "paper", "about", "sha256", "signed_by"), text),
        ),
    ),
    Kind("spoiled", True, _act({"form": text}, reason=text, about=text)),
    # `reference`: the bank's name of a transfer; `statement`: told by a statement of account (payments.py).
    Kind(
        "paid",
        True,
        _act(
            {"amount": whole},
            **{"method": text, "receipt": text, "reference": text, "statement": flag},
            **{"resumes": flag, "due": moment, "promise": mapping},
        ),
        lambda p: _to(State.PROCESSING, "due", "promise")(p) if p.get("resumes") else {},
    ),
    Kind("refunded", True, _act({"amount": whole}, method=text, reason=text, receipt=text)),
    Kind("original_taken", True, _act({"component": whole}, name=text)),
    Kind("original_returned", True, _act({"component": whole}, name=text, to=text)),
    # `received_at`, `volume`, `number`: of one that was asked for papers before it was accepted.
    Kind(
        "resubmitted",
        True,
        _act(components=list_of(COMPONENT), **_COMPLETE),
        _to(State.PROCESSING, "components", *_BEGINS),
    ),
    # `due`: when that step ends, as the giver's machine reckoned it; `by`, `batch`: how, and in which pile.
    Kind(
        "passed_on",
        True,
        _act({"to": text}, frm=text, step=text, due=moment, by=text, batch=text),
        lambda p: {"holder": p["to"]},
    ),
    # `signed_by`: who signed the list, where the other side has no machine; `unannounced`: nobody was known
    # to have handed it on.
    Kind(
        "taken_over",
        True,
        _act({"to": text}, frm=text, batch=text, signed_by=text, unannounced=flag),
        lambda p: {"holder": p["to"]},
    ),
    Kind(
        "returned",
        True,
        _act(
            {"to": text},
            **dict.fromkeys(("id_number", "authority", "relation"), text),
            **{"receipt_lost": flag, "on_receipt": _RECEIPT},
        ),
        lambda p: {"state": State.RETURNED.value, "return": OWN, "open": False},
    ),
    Kind(
        "returned_partly",
        True,
        _act(
            {"to": text, "given": list_of(text), "left": list_of(text)},
            id_number=text,
            authority=text,
            relation=text,
            receipt_lost=flag,
        ),
        _to(State.FINISHED),
    ),
    Kind("collection_failed", True, _act(reason=text)),
    Kind("called", True, _act({"outcome": text}, phone=text, on=day, to=text, on_receipt=_RECEIPT)),
    # `component` counts from 1, 0 is the result; `way` how it came (attachments.py), `media` its MIME type.
    Kind(
        "attached",
        True,
        _act(
            {"component": whole, "sha256": text, "bytes": whole},
            **{"name": text, "pages": whole, "media": text, "way": text, "signed": flag},
        ),
    ),
    # What is left of a dossier whose payloads are gone (erasing.py): no word of a person.
    Kind(
        "erased",
        True,
        _act(
            {"act": text, "codes": list_of(text)},
            **{"procedure": PROCEDURE, "received_at": moment, "channel": text, "state": text, "reason": text},
            **{"dated": day, "decided_by": text},
            places=list_of(record(volume=text, number=whole)),
            registers=list_of(record(volume=text, entry=whole)),
            money=list_of(record(event=text, at=moment, amount=whole, optional={"method": text})),
            given=moment,
        ),
        lambda p: {name: p[name] for name in ("procedure", "received_at", "channel", "state") if name in p},
    ),
    Kind("refused", False, _act({"reason": text}), _to(State.REFUSED)),
    Kind(
        "step_taken",
        False,
        _act({"step": text}, holder=text),
        lambda p: {
            "state": State.PROCESSING.value,
            "step": p["step"],
            **({"holder": p["holder"]} if "holder" in p else {}),
        },
    ),
    Kind("assigned", False, _act({"holder": text}), lambda p: {"holder": p["holder"]}),
    Kind(
        "supplement_requested",
        False,
        _act({"needs": list_of(text)}, reason=text),
        _to(State.WAITING_SUPPLEMENT, "needs"),
    ),
    Kind("payment_requested", False, _act({"amount": whole}), _to(State.WAITING_PAYMENT)),
    Kind(
        "extended",
        False,
        _act({"until": moment, "reason": text}, promise=mapping, late=flag),
        lambda p: {
            "due": p["until"],
            "open": True,
            **({"promise": p["promise"]} if "promise" in p else {}),
        },
    ),
    Kind("withdrawn", False, _act({"reason": text}), _to(State.WITHDRAWN)),
    Kind("stopped", False, _act({"reason": text}, cause=text), _to(State.STOPPED)),
    Kind("finished", False, _act({}, **_FINISHED), _to(State.FINISHED, "result")),
    Kind("noted", False, _act({"text": text}, to=text, on_receipt=_RECEIPT)),
    Kind("corrected", False, _act({"set": mapping, "reason": text}), _sets),
    Kind("voided", False, _act({"set": mapping, "reason": text}, events=list_of(text)), _sets),
    Kind("resolved", False, _act({"set": mapping, "keep": list_of(text), "over": list_of(text)}), _sets),
)

# Events of the commune itself: their dossier is the commune's id.
_COMMUNE = (
    # Keys, ids, hashes and signatures are lowercase hex. `endorsed`: by the log that was left at `seq` with
    # the head `head`, under the label mc/log/1, over this log's Ed25519 key; `district`: so by the district's
    # identity key, which names a log of its own.
    Kind(
        "log_opened",
        True,
        record(
            commune=text,
            ed25519=text,
            x25519=text,
            machine=text,
            optional={
                "left": record(log=text, seq=whole, head=text, endorsed=text),
                "district": record(ed25519=text, endorsed=text),
            },
        ),
    ),
    Kind("clock_set", True, record(to=moment, frm=moment, optional={"reason": text})),
    Kind("number_unused", True, record(code=text, reason=text)),
    Kind("slips_printed", True, record(codes=list_of(text), optional={"at": moment})),
    Kind(
        "officer_set",
        False,
        record(officer=text, set=mapping),
        lambda p: {f"officer/{p['officer']}/{name}": value for name, value in p["set"].items()},
    ),
    Kind(
        "paired",
        False,
        record(commune=text, ed25519=text, x25519=text, machine=text),
        lambda p: {f"paired/{p['ed25519']}": True},
    ),
    # The store was enrolled with this district; the commune's number and the machine's are the district's.
    Kind(
        "joined",
        False,
        record(ed25519=text, x25519=text, name=text, url=text, commune=whole, device=whole),
        lambda p: {"district": {name: p[name] for name in ("ed25519", "x25519", "name", "commune")}},
    ),
    # The store's key, sealed to the district that it joined (crypto/escrow.py).
    Kind("escrowed", True, record(store=text, sealed=text)),
    # By the district: the key of another machine's store, sealed to the one that takes its place.
    Kind("released", True, record(log=text, store=text, sealed=text)),
    # Two officers destroyed the store of this log: the last that it says.
    Kind("wiped", True, record(officers=list_of(text), reason=text)),
    # By the district: the log of this key is one of the commune's machines.
    Kind(
        "enrolled",
        True,
        record(commune=text, ed25519=text, x25519=text, machine=text, device=whole),
        lambda p: {f"paired/{p['ed25519']}": True},
    ),
    # By the district: of this log that event counts and all that it has behind it, other events of the log
    # are set aside.
    Kind("revoked", False, record(log=text, seq=whole, hash=text, optional={"reason": text})),
    Kind("admitted", False, record(log=text, seq=whole, hash=text, optional={"reason": text})),
    # By the district: this log alone numbers with the slot on code dates from `first` to `last`.
    Kind("leased", True, record(log=text, slot=whole, first=day, last=day)),
    # By the district: a piece of a text that it issues; and a version of one, by the names of its pieces in
    # their order (issued.py).
    Kind("part_issued", False, record(text=text)),
    Kind(
        "issued",
        False,
        record(
            what=text,
            name=text,
            version=whole,
            sha256=text,
            parts=list_of(text),
            optional={"title": text, "source": text, "first": day, "last": day},
        ),
    ),
    # By the district: the machine that was enrolled with this log locks its counter, or opens it (orders.py).
    Kind("ordered", False, record(log=text, order=text, optional={"reason": text})),
    # By the district: the machine enrolled with this log serves the commune on these days (postings.py).
    Kind("posted", False, record(log=text, since=day, optional={"until": day, "reason": text})),
    # By the district: another commune, of these ids, is a part of this one now, which is called so. What the
    # events `over` said of agency and district counts no more, nor do the slots that were leased there.
    # `codes`: the code that each of these ids had, which its accounts bear from now on (homes.py).
    Kind(
        "merged",
        False,
        record(
            communes=list_of(text),
            agency=text,
            name=text,
            district=mapping,
            over=list_of(text),
            since=day,
            optional={"codes": mapping},
        ),
        lambda p: {"agency": {"agency": p["agency"], "name": p["name"]}, "district": dict(p["district"])},
    ),
    # `over`: the version that the district had issued of it, which this one takes the place of.
    Kind(
        "calendar_adopted",
        False,
        record(year=whole, source=text, days=list_of(mapping), optional={"over": whole}),
        lambda p: {f"calendar/{p['year']}": {"source": p["source"], "days": list(p["days"])}},
    ),
    Kind("catalogue_adopted", False, record(sha256=text, count=whole, optional={"source": text})),
    # A part of the commune's own table of fees, the `part`th of `parts`; the last one puts it into force
    # (fees_adopted.py). `over`: the version that the district had issued, which it takes the place of.
    Kind(
        "fees_adopted",
        False,
        record(
            sha256=text,
            count=whole,
            part=whole,
            parts=whole,
            text=text,
            optional={"source": text, "over": whole},
        ),
        lambda p: {"fees": p["sha256"]} if p["part"] == p["parts"] else {},
    ),
    Kind(
        "agency_named",
        False,
        record(agency=text, name=text, optional={"since": day}),
        lambda p: {"agency": {"agency": p["agency"], "name": p["name"]}},
    ),
)

# Events of a page of the office's own books (books.py): their dossier is the page's id.
_BOOKS = tuple(Kind(*row) for row in book_kinds.rows(PARTY))

KINDS: dict[str, Kind] = {kind.name: kind for kind in (*_DOSSIER, *_COMMUNE, *_BOOKS)}
OF_DOSSIER = frozenset(kind.name for kind in _DOSSIER)
OF_COMMUNE = frozenset(kind.name for kind in _COMMUNE)
OF_BOOK = frozenset(kind.name for kind in _BOOKS)
OF_DISTRICT = frozenset(
    {
        "enrolled",
        "released",
        "leased",
        "revoked",
        "admitted",
        "part_issued",
        "issued",
        "ordered",
        "posted",
        "merged",
    }
)
"""Kinds that count only where a log of the district wrote them."""

# What an officer may correct, and the shape of each value.
CORRECTABLE: dict[str, Shape] = {
    **{f"{role}.{name}": text for role in ("applicant", "submitter") for name in PARTY.fields},
    "components": list_of(COMPONENT),
    "fee": FEE,
    "due": moment,
    "return_by": text,
    "note": text,
    "sets": whole,
    "channel": text,
    "received_at": moment,
}

Upcaster = Callable[[Payload], dict[str, Any]]
UPCASTERS: dict[tuple[str, int], Upcaster] = {}  # (kind, version) -> the payload one version on


def read(
    kind: str,
    version: int,
    fact: bool,
    payload: Payload,
    *,
    kinds: Mapping[str, Kind] = KINDS,
    upcasters: Mapping[tuple[str, int], Upcaster] = UPCASTERS,
) -> tuple[Kind, Payload] | None:
    """The kind and its payload in today's form; None for a kind or version that this program is too old for.

    Raises BadInput("payload-malformed") for a payload that breaks its shape or a header whose fact bit lies.
    """
    known = kinds.get(kind)
    if known is None or version > known.version:
        return None
    try:
        for step in range(version, known.version):
            payload = upcasters[kind, step](payload)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadInput("payload-malformed", kind=kind) from error
    if fact != known.fact or not known.shape.fits(payload) or not _settable(kind, payload):
        raise BadInput("payload-malformed", kind=kind)
    return known, payload


_SETTABLE: dict[str, Shape] = {
    **CORRECTABLE,
    "state": shapes.one_of(*(state.value for state in State)),
    "reception": text,
    "return": text,
    "open": flag,
    "holder": text,
    "step": text,
    "needs": list_of(text),
    "result": text,
    "promise": mapping,
    "procedure": PROCEDURE,
}

_MAY_SET: dict[str, Mapping[str, Shape]] = {
    "corrected": CORRECTABLE,
    "voided": _SETTABLE,
    "resolved": _SETTABLE,
    "petition_settled": book_kinds.SETTLED,
}


def _settable(kind: str, payload: Payload) -> bool:
    allowed = _MAY_SET.get(kind)
    if allowed is None:
        return True
    return all(
        name in allowed and (value is None or allowed[name].fits(value))
        for name, value in payload["set"].items()
    )
