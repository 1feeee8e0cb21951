"""What a period's petitions add up to, as communes publish it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from counter_app.domain.petition_limits import Act
from counter_app.domain.petitions import Stage, missed
from counter_app.domain.zone import VIETNAM
from counter_app.services.office import Office
from counter_app.services.petitions import listing


@dataclass(frozen=True)
class Figures:
    """A period's petitions as communes publish them, by the day on which they came.

    `late` are those of which a limit was missed, `late_by` how many missed that of each act; `in_time` those
    answered within theirs."""

    received: int
    answered: int
    in_time: int
    refused: int
    waiting: int
    late: int
    published: int
    late_by: Mapping[Act, int]
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
    late = {one.id: missed(one, today) for one in came}
    sources = [one.source for one in came]
    return Figures(
        received=len(came),
        answered=len(answered),
        in_time=sum(Act.ANSWER not in late[one.id] for one in answered),
        refused=sum(one.stage is Stage.REFUSED for one in came),
        waiting=sum(one.stage in (Stage.RECEIVED, Stage.ASKED) for one in came),
        late=sum(map(bool, late.values())),
        published=sum(one.stage is Stage.PUBLISHED for one in came),
        late_by={act: sum(act in acts for acts in late.values()) for act in Act},
        by_source=Counter(sorted(sources)),
    )
