"""How the communes stand, in one query: their machines, and what these said that they still had to send."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, and_, case, func, select

from counter_app.district.tables import agencies, communes, devices


@dataclass(frozen=True)
class Standing:
    """A commune by the code that it bears first; times in ms since 1970, None where there is none.

    What revoked machines said that waits is left out.
    """

    commune: str
    events: int
    invited: int
    enrolled: int
    revoked: int
    seen_ms: int | None
    waiting: int
    oldest_ms: int | None


def standing(connection: Connection) -> Iterator[Standing]:
    told = set[int]()
    for row in connection.execute(_STANDING):
        if row.commune in told:
            continue
        told.add(row.commune)
        yield Standing(
            commune=row.code,
            events=row.position,
            invited=int(row.invited or 0),
            enrolled=int(row.enrolled or 0),
            revoked=int(row.revoked or 0),
            seen_ms=row.seen,
            waiting=int(row.waiting or 0),
            oldest_ms=row.oldest,
        )


_VALID = devices.c.revoked_ms.is_(None)
_MACHINES = (
    select(
        devices.c.commune,
        func.sum(case((and_(_VALID, devices.c.log.is_(None)), 1), else_=0)).label("invited"),
        func.sum(case((and_(_VALID, devices.c.log.is_not(None)), 1), else_=0)).label("enrolled"),
        func.sum(case((_VALID, 0), else_=1)).label("revoked"),
        func.max(devices.c.seen_ms).label("seen"),
        func.sum(case((_VALID, devices.c.waiting), else_=0)).label("waiting"),
        func.min(case((_VALID, devices.c.oldest_ms))).label("oldest"),
    )
    .group_by(devices.c.commune)
    .subquery()
)
_STANDING = (
    select(
        communes.c.commune,
        communes.c.position,
        agencies.c.code,
        *(column for column in _MACHINES.c if column.name != "commune"),
    )
    .join(agencies, agencies.c.commune == communes.c.commune)
    .outerjoin(_MACHINES, _MACHINES.c.commune == communes.c.commune)
    .where(agencies.c.until.is_(None))
    .order_by(communes.c.commune, agencies.c.since, agencies.c.code)
)
