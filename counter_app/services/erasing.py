"""The content of a dossier, or a petition, taken out of every store of the commune under an act of law."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any, Final

from counter_app.domain import erasing
from counter_app.domain.errors import BadInput, CounterError, NotAllowed
from counter_app.domain.lifecycle import OPEN
from counter_app.domain.petitions import check_step
from counter_app.domain.rights import of_act
from counter_app.services import erased_copies, unkept
from counter_app.services.acting import acting, needed
from counter_app.services.blobs import drop_erased
from counter_app.services.office import Office, Session
from counter_app.services.petition_entry import stamp
from counter_app.services.petitions import find_in, is_named
from counter_app.store.writer import Writer

LONGEST: Final = 300
"""Letters of the act's name, and of the reason."""


def erase(
    office: Office, session: Session, code: str, act_of_law: str, confirm: str, reason: str = ""
) -> dict[str, Any]:
    """Says what was erased here: `payloads`, the number of events that keep their place and nothing more.

    `code` is a dossier's, or a petition's number; `confirm` is the same once more: nobody brings back what is
    gone. The other machines and the district erase the same when they hear of it. Raises NotPermitted,
    NotFound("no-such-dossier" | "no-such-petition"), BadInput("erase-unconfirmed" | "empty" | "too-long"),
    NotAllowed("erase-while-open" | "dossier-erased"), and of petitions "petition-of-several",
    "petition-held", "petition-forbids", "petition-erased".
    """
    law, why = needed(act_of_law, "act_of_law"), reason.strip()
    for field, text in (("act_of_law", law), ("reason", why)):
        if len(text) > LONGEST:
            raise BadInput("too-long", field=field, value=text, limit=LONGEST)
    said = {"act": law, **({"reason": why} if why else {})}
    of = _petition if is_named(office, code) else _dossier
    named, pen = of(office, session, code, confirm, said)
    drop_erased(office)
    unkept.waiting(office)  # its pages that are on no paper yet go too
    with suppress(CounterError):  # the next backup writes it anew
        erased_copies.tell(office, erased_copies.folders(office, make=True))
    return {"code": named, "payloads": pen.erased}


def _dossier(
    office: Office, session: Session, code: str, confirm: str, said: dict[str, str]
) -> tuple[str, Writer]:
    with acting(office, session, code, erasing.KIND) as act:
        dossier = act.dossier
        _confirmed(confirm, dossier.codes)
        if dossier.state in OPEN:
            raise NotAllowed("erase-while-open", code=dossier.code)
        act.write(erasing.KIND, **said, **erasing.kept_of(dossier))
    return dossier.code, act.pen


def _petition(
    office: Office, session: Session, number: str, confirm: str, said: dict[str, str]
) -> tuple[str, Writer]:
    officer = session.require(of_act(erasing.KIND))
    with office.writing() as (pen, now):
        petition = find_in(pen.connection, pen.map, number)
        check_step(erasing.KIND, petition)
        _confirmed(confirm, petition.numbers)
        payload = {**said, **erasing.kept_of_petition(petition), "at": stamp(now)}
        pen.append(erasing.KIND, petition.id, payload, officer)
    return petition.number, pen


def _confirmed(confirm: str, names: Iterable[str]) -> None:
    known = {name.upper() for name in names}
    if confirm.strip().upper() not in known:
        raise BadInput("erase-unconfirmed", field="confirm", code=next(iter(names), ""))
