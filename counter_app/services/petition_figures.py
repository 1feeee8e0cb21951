"""What a period's petitions add up to, as communes publish it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from counter_app.domain.petitions import Stage, late_on
from counter_app.domain.zone import VIETNAM
from counter_app.services.office import Office
from counter_app.services.petitions import listing


@dataclass(frozen=True)
class Figures:
    """A period's petitions as communes publish them, by the day on which they came; `late` are those answered
    after their day, or not answered though it is over."""

    received: int
    answered: int
    in_time: int
    refused: int
    waiting: int
    late: int
    published: int
    by_source: Mapping[str, int]

    @property
    def handled_percent(self) -> float | None:
        """Answered or refused, of those received; two decimals."""
        return round(100 * (self.answered + self.refused) / self.received, 2) if self.received else None


def figures(office: Office, first: date, last: date) -> Figures:
    """What came from the day `first` to `last`; a mistaken entry counts nowhere."""
    today = office.now().astimezone(VIETNAM).date()
    came = [
        one
        for one in listing(office)
        if one.stage is not Stage.VOIDED
        and one.received_at is not None
        and first <= one.received_at.astimezone(VIETNAM).date() <= last
    ]
    answered = [one for one in came if one.stage in (Stage.ANSWERED, Stage.PUBLISHED)]
    late = [one for one in came if late_on(one, today)]
    sources = [str((one.reception or {}).get("source", "")) for one in came]
    return Figures(
        received=len(came),
        answered=len(answered),
        in_time=sum(not late_on(one, today) for one in answered),
        refused=sum(one.stage is Stage.REFUSED for one in came),
        waiting=sum(one.stage in (Stage.RECEIVED, Stage.ASKED) for one in came),
        late=len(late),
        published=sum(one.stage is Stage.PUBLISHED for one in came),
        by_source=Counter(sorted(sources)),
    )
