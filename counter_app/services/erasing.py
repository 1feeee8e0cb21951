"""The content of a dossier, or a petition, taken out of every store of the commune under an act of law."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from counter_app.domain import erasing, remains
from counter_app.domain.errors import BadInput, NotAllowed, RuleBroken
from counter_app.domain.lifecycle import ENDED
from counter_app.domain.names import clean_line
from counter_app.domain.petitions import check_step
from counter_app.domain.rights import of_act
from counter_app.domain.zone import VIETNAM
from counter_app.services import unkept
from counter_app.services.acting import Act, acting, begin, find_one, needed
from counter_app.services.blobs import drop_erased
from counter_app.services.office import Office, Session
from counter_app.services.petition_entry import stamp
from counter_app.services.petitions import find_in, is_named
from counter_app.store.writer import Writer

LONGEST: Final = 300
"""Letters of the act's name, of who decided it, and of the reason."""
_AT_ONCE: Final = 20  # dossiers of one commit: others wait for it no longer than for an import


@dataclass(frozen=True)
class Ruling:  # văn bản quyết định
    """Under which act something is erased: its name or number, its day, who decided it, and why."""

    act: str
    dated: date | None = None
    decided_by: str = ""
    reason: str = ""

    def fields(self, today: date) -> dict[str, str]:
        """For an event's payload; raises BadInput("empty" | "too-long" | "in-the-future")."""
        given = {"act": needed(self.act, "act_of_law"), "decided_by": self.decided_by, "reason": self.reason}
        said = {name: line for name, text in given.items() if (line := clean_line(text))}
        for name, text in said.items():
            if len(text) > LONGEST:
                field = "act_of_law" if name == "act" else name
                raise BadInput("too-long", field=field, value=text, limit=LONGEST)
        if self.dated is not None and self.dated > today:
            raise BadInput("in-the-future", field="dated", value=self.dated.isoformat())
        return said | ({"dated": self.dated.isoformat()} if self.dated else {})


def erase(office: Office, session: Session, code: str, under: Ruling, confirm: str) -> dict[str, Any]:
    """Says what was erased here: `payloads`, the number of events that keep their place and nothing more.

    `code` is a dossier's, or a petition's number; `confirm` is the same once more: nobody brings back what is
    gone. The other machines and the district erase the same when they hear of it. Raises NotPermitted,
    NotFound("no-such-dossier" | "no-such-petition"), BadInput("erase-unconfirmed") and as `Ruling.fields`,
    NotAllowed("erase-while-open" | "dossier-erased"), and of petitions "petition-of-several",
    "petition-held", "petition-forbids", "petition-erased".
    """
    said = under.fields(office.now().astimezone(VIETNAM).date())
    of = _petition if is_named(office, code) else _dossier
    named, pen = of(office, session, code, confirm, said)
    _follow(office)
    return {"code": named, "payloads": pen.erased}


@dataclass(frozen=True)
class Erased:
    """What became of one dossier of several: the payloads that went, or that it had been erased `already`, or
    the `fault` that forbids it."""

    named: str
    payloads: int = 0
    already: bool = False
    fault: RuleBroken | None = None


def erase_all(
    office: Office, session: Session, codes: Iterable[str], under: Ruling, confirm: str
) -> list[Erased]:
    """Several dossiers, by code or id, under one act: a tombstone for each, those that may not go are told.

    `confirm` is how many they are, in digits. A few go with each commit: what was cut half-way is given again
    whole, and goes on where it ended. Raises NotPermitted, BadInput("erase-uncounted"), as `Ruling.fields`.
    """
    officer = session.require(of_act(erasing.KIND))
    said = under.fields(office.now().astimezone(VIETNAM).date())
    wanted = list(dict.fromkeys(codes))
    if confirm.strip() != str(len(wanted)):
        raise BadInput("erase-uncounted", field="confirm", n=len(wanted))
    told: list[Erased] = []
    try:
        for first in range(0, len(wanted), _AT_ONCE):
            office.breathe()
            with office.writing() as (pen, now):
                some = [_one_of(pen, now, officer, code, said) for code in wanted[first : first + _AT_ONCE]]
            told += some
    finally:
        _follow(office)
    return told


def _one_of(pen: Writer, now: datetime, officer: str, code: str, said: dict[str, str]) -> Erased:
    try:
        dossier = find_one(pen.connection, pen.map, code)
        if dossier.erased is not None:
            return Erased(dossier.code, already=True)
        _bury(begin(pen, dossier, erasing.KIND, now, officer), said)
    except RuleBroken as fault:
        return Erased(code, fault=fault)
    return Erased(dossier.code, sum(entry.payload is not None for entry in dossier.entries))


def _follow(office: Office) -> None:
    """What was made of erased content goes."""
    drop_erased(office)
    unkept.waiting(office)  # its pages that are on no paper yet go too


def _dossier(
    office: Office, session: Session, code: str, confirm: str, said: dict[str, str]
) -> tuple[str, Writer]:
    with acting(office, session, code, erasing.KIND) as act:
        _confirmed(confirm, act.dossier.codes)
        _bury(act, said)
    return act.dossier.code, act.pen


def _bury(act: Act, said: dict[str, str]) -> None:
    """Its tombstone: what goes goes with the commit."""
    if act.dossier.state not in ENDED:
        raise NotAllowed("erase-while-open", code=act.dossier.code)
    act.write(erasing.KIND, **said, **remains.kept_of(act.dossier))


def _petition(
    office: Office, session: Session, number: str, confirm: str, said: dict[str, str]
) -> tuple[str, Writer]:
    officer = session.require(of_act(erasing.KIND))
    with office.writing() as (pen, now):
        petition = find_in(pen.connection, pen.map, number)
        check_step(erasing.KIND, petition)
        _confirmed(confirm, petition.numbers)
        payload = {**said, **remains.kept_of_petition(petition), "at": stamp(now)}
        pen.append(erasing.KIND, petition.id, payload, officer)
    return petition.number, pen


def _confirmed(confirm: str, names: Iterable[str]) -> None:
    known = {name.upper() for name in names}
    if confirm.strip().upper() not in known:
        raise BadInput("erase-unconfirmed", field="confirm", code=next(iter(names), ""))
