"""What a receipt's token leads to: a dossier as whoever holds its paper may see it; it names nobody."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import bindparam, func, select

from counter_app.district import lines
from counter_app.district.database import Base
from counter_app.district.tables import communes, devices, dossiers, pages, stale
from counter_app.domain.lifecycle import State
from counter_app.domain.zone import VIETNAM

_PATIENCE_S: Final = 3.0
"""How long a reader waits for what came to the server and was not yet looked at."""


@dataclass(frozen=True)
class Page:
    """`told_at`: when a machine of the commune last spoke to this server."""

    authority: str
    commune: str
    code: str
    procedure: str
    state: State | None
    erased: bool
    disputed: bool
    received_at: datetime | None
    due: datetime | None
    told_at: datetime | None


class Pages:
    """Finds pages. Lines are folded when somebody looks: a token that is not known sets that going, once."""

    def __init__(
        self, base: Base, authority: str, failed: Callable[[BaseException], object] = lambda error: None
    ) -> None:
        self._base = base
        self._authority = authority
        self._failed = failed
        self._lock = threading.Lock()
        self._folding: threading.Thread | None = None

    def find(self, token: bytes) -> Page | None:
        """None where no receipt bore it, or its commune has not sent it yet. Raises Surroundings."""
        found = self._read(token)
        if found is None or found[1]:
            self._fold().join(_PATIENCE_S)
            found = self._read(token)
        return found[0] if found is not None else None

    def _read(self, token: bytes) -> tuple[Page, bool] | None:
        """With whether the line is older than its events."""
        with self._base.reading() as connection:
            row = connection.execute(_PAGE, {"token": token}).first()
        if row is None or row.line is None:  # known by its receipt, and counting for nothing now
            return None
        return self._page(row), row.waits is not None

    def _page(self, row: Any) -> Page:
        told = json.loads(row.line)
        state = str(told.get("state", ""))
        return Page(
            self._authority,
            row.name,
            str(told.get("code", "")),
            str(told.get("procedure_name", "")),
            State(state) if state in set(State) else None,
            "note" in told,
            bool(told.get("conflicts")) or "needs_update" in told,
            _moment(told.get("received_at")),
            _moment(told.get("due")),
            datetime.fromtimestamp(row.told_ms / 1000, UTC) if row.told_ms is not None else None,
        )

    def _fold(self) -> threading.Thread:
        """The thread that folds what has changed; one at a time, however many ask."""
        with self._lock:
            if self._folding is None or not self._folding.is_alive():
                self._folding = threading.Thread(target=self._fold_all, name="pages", daemon=True)
                self._folding.start()
            return self._folding

    def _fold_all(self) -> None:
        try:
            while (commune := self._waiting()) is not None:
                lines.refresh_some(self._base, commune)
        except Exception as error:  # noqa: BLE001 - told without the data that it met; the next reader tries again
            self._failed(error)

    def _waiting(self) -> int | None:
        with self._base.reading() as connection:
            found: int | None = connection.execute(_WAITING).scalar()
        return found


def _moment(text: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=VIETNAM)


_TOLD = select(func.max(devices.c.seen_ms)).where(devices.c.commune == pages.c.commune).scalar_subquery()
_PAGE = (
    select(communes.c.name, dossiers.c.line, stale.c.dossier.label("waits"), _TOLD.label("told_ms"))
    .select_from(
        pages.join(communes, communes.c.commune == pages.c.commune)
        .outerjoin(
            dossiers, (dossiers.c.commune == pages.c.commune) & (dossiers.c.dossier == pages.c.dossier)
        )
        .outerjoin(stale, (stale.c.commune == pages.c.commune) & (stale.c.dossier == pages.c.dossier))
    )
    .where(pages.c.token == bindparam("token"))
)
_WAITING = select(stale.c.commune).limit(1)
