"""What the pages of the office's own books hold: counted drawers, closed days, survey slips, petitions.

Of each event: its name, whether it is a fact, the shape of its payload, and what it writes, if anything, into
the fold of its page (petitions.py); `kinds` makes them kinds like all others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from counter_app.domain import shapes
from counter_app.domain.shapes import Shape, day, list_of, mapping, moment, record, text, whole

Payload = Mapping[str, Any]
Writes = dict[str, Any]
Row = tuple[str, bool, Shape] | tuple[str, bool, Shape, Callable[[Payload], Writes]]

RECEIVED, ASKED, REFUSED = "received", "asked", "refused"
ANSWERED, PUBLISHED, VOIDED = "answered", "published", "voided"

SLIP: Final = record(answer=text, optional={"procedure": text, "dossier": text, "remark": text, "id": text})
"""One citizen's answer: a level of the scale, and what he told beside it. Nobody's name has a place here.
`id` is a UUID that its giver drew for it; one id counts once."""
ABOUT: Final = record(optional={"procedure": text, "officer": text, "dossier": text})
ANSWER: Final = record(text=text, by=text)
PUBLICATION: Final = record(where=text, on=day)
_ACT: Final[Mapping[str, Shape]] = {"at": moment, "note": text}

SETTLED: Final[Mapping[str, Shape]] = {
    "state": shapes.one_of(RECEIVED, ASKED, REFUSED, ANSWERED, PUBLISHED, VOIDED),
    "holder": text,
    "needs": list_of(text),
    "reason": text,
    "due": moment,
    "answer": ANSWER,
    "published": PUBLICATION,
}
"""The registers of a petition that a person may settle, and the shape of each value."""


def rows(party: Shape) -> tuple[Row, ...]:
    """Every event of these books; `party` is the shape of a person or an organisation."""
    return (
        # The cash of one machine's drawer was counted, in đồng: what lay there, and what its payments made.
        (
            "cash_counted",
            True,
            record(day=day, counted=whole, expected=whole, at=moment, optional={"note": text}),
        ),
        # A day was closed at a machine, with what was known there then: dossiers of the commune, money of the
        # day in đồng, `expected` and `counted` of the machine's drawer, numbers that the machine gave out and
        # those of them that stand nowhere (`missing`), dossiers that `waiting` to be sent, since `oldest`.
        (
            "day_closed",
            True,
            record(
                day=day,
                at=moment,
                **dict.fromkeys(
                    ("received", "returned", "cash", "transfer", "portal", "expected", "given", "missing"),
                    whole,
                ),
                **dict.fromkeys(("unprinted", "unpaid"), whole),
                optional={"counted": whole, "waiting": whole, "oldest": moment, "note": text},
            ),
        ),
        # Survey slips of one day, typed in as a stack: `scale` names the levels that answers are of,
        # `channel` is paper, qr or spoken.
        (
            "surveyed",
            True,
            record(day=day, channel=text, scale=text, slips=list_of(SLIP), at=moment),
        ),
        ("survey_voided", False, record(events=list_of(text), optional={**_ACT, "reason": text})),
        # A petition (phản ánh, kiến nghị). `limits`: by which rule each act is due, as was reckoned then.
        (
            "petition_received",
            True,
            record(
                number=text,
                source=text,
                subject=text,
                content=text,
                received_at=moment,
                optional={
                    "sender": party,
                    "about": ABOUT,
                    "due": moment,
                    "limits": mapping,
                    "entered_at": moment,
                },
            ),
            _of("state", RECEIVED, "due"),
        ),
        ("petition_assigned", False, _act(to=text), lambda p: {"holder": p["to"]}),
        ("petition_asked", False, _act(needs=list_of(text)), _of("state", ASKED, "needs")),
        # What was asked for came: `due` where waiting for it has moved the day.
        (
            "petition_supplied",
            True,
            record(text=text, optional={**_ACT, "due": moment}),
            _of("state", RECEIVED, "due"),
        ),
        ("petition_refused", False, _act(reason=text), _of("state", REFUSED, "reason")),
        # `publish_by`: the day by which the answer is to be published.
        (
            "petition_answered",
            True,
            record(answer=ANSWER, optional={**_ACT, "publish_by": moment}),
            _of("state", ANSWERED, "answer"),
        ),
        (
            "petition_published",
            True,
            record(published=PUBLICATION, optional=_ACT),
            _of("state", PUBLISHED, "published"),
        ),
        ("petition_voided", False, _act(reason=text), lambda p: {"state": VOIDED}),
        # A paper about the act `about` was made; the `copy` is counted from 1.
        (
            "petition_printed",
            True,
            record(form=text, copy=whole, optional={**_ACT, "about": text, "paper": text, "reason": text}),
        ),
        (
            "petition_settled",
            False,
            _act(set=mapping, keep=list_of(text), over=list_of(text)),
            lambda p: dict(p["set"]),
        ),
    )


def _act(**must: Shape) -> Shape:
    return record(**must, optional=_ACT)


def _of(name: str, value: str, *fields: str) -> Callable[[Payload], Writes]:
    return lambda payload: {name: value, **{field: payload[field] for field in fields if field in payload}}
