"""A dossier's content taken out of every store of the commune under an act of law; its tombstone stays."""

from __future__ import annotations

from typing import Any, Final

from counter_app.domain import erasing
from counter_app.domain.errors import BadInput, NotAllowed
from counter_app.domain.lifecycle import OPEN
from counter_app.services.acting import acting, needed
from counter_app.services.blobs import drop_erased
from counter_app.services.office import Office, Session

LONGEST: Final = 300
"""Letters of the act's name, and of the reason."""


def erase(
    office: Office, session: Session, code: str, act_of_law: str, confirm: str, reason: str = ""
) -> dict[str, Any]:
    """Says what was erased here: `payloads`, the number of events that keep their place and nothing more.

    `confirm` is the dossier's code once more: nobody brings back what is gone. The other machines and the
    district erase the same when they hear of it. Raises NotPermitted, NotFound("no-such-dossier"),
    BadInput("erase-unconfirmed" | "empty" | "too-long"), NotAllowed("erase-while-open" | "dossier-erased").
    """
    law, why = needed(act_of_law, "act_of_law"), reason.strip()
    for field, text in (("act_of_law", law), ("reason", why)):
        if len(text) > LONGEST:
            raise BadInput("too-long", field=field, value=text, limit=LONGEST)
    with acting(office, session, code, erasing.KIND) as act:
        dossier = act.dossier
        if confirm.strip().upper() not in {one.upper() for one in dossier.codes}:
            raise BadInput("erase-unconfirmed", field="confirm", code=dossier.code)
        if dossier.state in OPEN:
            raise NotAllowed("erase-while-open", code=dossier.code)
        act.write(erasing.KIND, act=law, reason=why, **erasing.kept_of(dossier))
        pen = act.pen
    drop_erased(office)
    return {"code": dossier.code, "payloads": pen.erased}
