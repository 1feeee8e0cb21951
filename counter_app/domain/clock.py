"""A dossier's clock: when it begins, and how it goes on after the dossier waited for the citizen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from counter_app.domain.calendar import ONE_DAY, WorkCalendar
from counter_app.domain.dossier import Dossier
from counter_app.domain.lifecycle import State
from counter_app.domain.limits import Resubmission, TimeLimit, Unit
from counter_app.domain.promise import Skipped, local, promise, runs_of
from counter_app.domain.zone import VIETNAM

Fields = Mapping[str, Any]  # of `Promise.to_fields`

SUPPLEMENT: Final = "supplement"
PAYMENT: Final = "payment"
_WAITS: Final = {
    State.WAITING_SUPPLEMENT: ("supplement_requested", SUPPLEMENT),
    State.WAITING_PAYMENT: ("payment_requested", PAYMENT),
}
_OF_THE_LIMIT: Final = ("number", "unit", "cutoff", "confidence", "verification")
_RUNS_ON: Final = frozenset({Unit.DAY, Unit.MONTH})  # through rest days


def limit_alone(said: Fields) -> dict[str, Any]:
    """What a promise says of the limit: pinned while the clock has not begun."""
    return {name: said[name] for name in _OF_THE_LIMIT if name in said}


def begun(said: Fields, at: datetime, calendar: WorkCalendar) -> dict[str, Any]:
    """The promise when the limit that `said` holds begins at that time."""
    cutoff = said.get("cutoff")
    limit = TimeLimit(said["number"], Unit(said["unit"]), time.fromisoformat(cutoff) if cutoff else None)
    return {**promise(limit, at, calendar).to_fields(), **limit_alone(said)}


def after_wait(dossier: Dossier, back: datetime, calendar: WorkCalendar) -> dict[str, Any] | None:
    """The promise with which a dossier that waits goes on at `back`; None where it has no date.

    The waiting is subtracted (QĐ 766), or the limit begins anew where the procedure says so: practice varies
    by sector, so each dossier keeps the rule that it was received under. A dossier whose papers were asked
    for before it was accepted is complete now: its clock begins (a limit runs from a complete dossier).
    """
    stands = standing(dossier)
    entered = dossier.reception or {}
    pinned = entered.get("promise") or {}
    if stands is None:
        return begun(pinned, back, calendar) if "unit" in pinned else None
    kind, why = _WAITS.get(dossier.state, ("supplement_requested", SUPPLEMENT))
    stood_still = _since(dossier, kind)
    if stood_still is None:
        return stands
    anew = why == SUPPLEMENT and entered.get("procedure", {}).get("resubmission") == Resubmission.RESTART
    first = stands.pop("first", None)
    asked, since = stood_still
    if first is None:
        if anew and "unit" in pinned:
            return restarted(stands, pinned, since, back, calendar)
        return resumed(stands, since, back, calendar, why)
    if anew and "unit" in pinned:
        first = restarted(first, pinned, asked, back, calendar)
    else:
        first = resumed(first, asked, back, calendar, why)
    # The later appointment was an officer's day, which no limit begins anew.
    stands = resumed(stands, since, back, calendar, why)
    return {**(first if _due(first) > _due(stands) else stands), "first": first}


def standing(dossier: Dossier) -> dict[str, Any] | None:
    """The promise as it stands; of an appointment that was corrected only its day. None without a date."""
    if dossier.due is None:
        return None
    said = dict(dossier.values.get("promise") or {})
    due = dossier.due.isoformat()
    if said.get("due") == due:
        return said
    return {"due": due, "starts": dossier.due.date().isoformat()}


def past_due(dossier: Dossier, at: datetime) -> bool:
    """Whether the date has passed at that time; one that waits stands as when its clock stood still."""
    if dossier.due is None:
        return False
    kind, _ = _WAITS.get(dossier.state, ("", ""))
    stood_still = _since(dossier, kind) if kind else None
    return (stood_still[1] if stood_still else at) > dossier.due


def extended(dossier: Dossier, new: Fields) -> dict[str, Any]:
    """The promise of a new appointment, beside the one by which lateness goes on being measured."""
    before = standing(dossier)
    return dict(new) if before is None else {**new, "first": before.get("first", before)}


def restarted(
    said: Fields, pinned: Fields, since: datetime, back: datetime, calendar: WorkCalendar
) -> dict[str, Any]:
    """The whole limit from `back` on; an appointment that lies later stands."""
    anew = begun(pinned, back, calendar)
    if _due(anew) <= _due(said):
        return dict(said)
    waited = [*said.get("paused", ()), _waited(said, since, back, SUPPLEMENT)]
    return {**anew, "paused": waited, "restarted": local(back).date().isoformat()}


def resumed(
    said: Fields, since: datetime, back: datetime, calendar: WorkCalendar, why: str = SUPPLEMENT
) -> dict[str, Any]:
    """The promise with as much left at `back` as there was `since` the clock stood still.

    What is left is counted as the limit is: working hours; working days after the day of the pause; days of
    the calendar, where rest only moves the last one. An officer's own day is counted in working days. On the
    day of the pause itself nothing changes, unless the counter has closed, or the cut-off of a same-day
    result is past. What was late at the pause stays late: its date stands.
    """
    since, back = local(since), local(back)
    left = _Left(said, since, back, calendar)
    if since > left.due:
        return dict(said)
    unit = said.get("unit")
    due, moved_from = (
        left.hours() if unit == Unit.HOUR else left.days() if unit in _RUNS_ON else left.working_days()
    )
    ends = moved_from.isoformat() if moved_from else None
    # Where rest takes up the waiting, the date is the same, and the limit ends later.
    if due < left.due or (due == left.due and ends == said.get("moved_from")):
        return dict(said)
    rest = [*_before(said, since.date()), *_rest(calendar, moved_from or back.date(), due.date())]
    years = {year for year in range(back.year, due.year + 1) if not calendar.knows(year)}
    changed = {
        **said,
        "due": due.isoformat(),
        "paused": [*said.get("paused", ()), _waited(said, since, back, why)],
        "moved_from": ends,
        "skipped": rest,
        "unknown_years": sorted({*said.get("unknown_years", ()), *years}),
    }
    return {name: value for name, value in changed.items() if value not in (None, [])}


@dataclass
class _Left:
    """What a promise had left when the clock stood still, counted on from the return."""

    said: Fields
    since: datetime
    back: datetime
    calendar: WorkCalendar

    @property
    def due(self) -> datetime:
        return _due(self.said)

    def working_days(self) -> tuple[datetime, None]:
        day, left = self.back.date(), self.calendar.counting(self.since.date(), self.due.date())
        if left == 0 and (not self.calendar.counts(day) or self._day_is_over()):
            left = 1
        return datetime.combine(self.calendar.after(day, left), self.due.timetz()), None

    def days(self) -> tuple[datetime, date | None]:
        moved = self.said.get("moved_from")
        end = date.fromisoformat(moved) if moved else self.due.date()
        # On a rest day at the end of the limit, what is left is the working day after it.
        least = ONE_DAY if self.due.date() > self.since.date() else timedelta()
        last = self.back.date() + max(end - self.since.date(), least)
        if last == self.back.date() and self._day_is_over():
            last += ONE_DAY
        day = last if self.calendar.counts(last) else self.calendar.next_counting(last)
        return datetime.combine(day, self.due.timetz()), last if day != last else None

    def hours(self) -> tuple[datetime, None]:
        left = timedelta()
        for opens, closes in self._office(self.since):
            if opens >= self.due:
                break
            left += min(closes, self.due) - opens
        for opens, closes in self._office(self.back):
            if opens + left <= closes:
                return opens + left, None
            left -= closes - opens
        raise AssertionError("office hours never end")

    def _office(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The stretches of office hours from `start` on, on days that count."""
        day = start.date()
        while True:
            if self.calendar.counts(day):
                for opens, closes in self.calendar.hours.spans:
                    begins, ends = (datetime.combine(day, at, VIETNAM) for at in (opens, closes))
                    if max(begins, start) < ends:
                        yield max(begins, start), ends
            day += ONE_DAY

    def _day_is_over(self) -> bool:
        cutoff = self.said.get("cutoff") if self.said.get("unit") == Unit.SAME_DAY else None
        past = cutoff is not None and self.back.time() > time.fromisoformat(cutoff)
        return past or self.back >= self.calendar.closing(self.back.date())


def _due(said: Fields) -> datetime:
    return datetime.fromisoformat(said["due"]).astimezone(VIETNAM)


def _since(dossier: Dossier, kind: str) -> tuple[datetime, datetime] | None:
    """When the clock stood still, and since when for an appointment that was given meanwhile."""
    asked = since = None
    for entry in dossier.entries:
        if not entry.counts:
            continue
        if entry.name == kind:
            asked = since = entry.happened_at
        elif asked is not None and (
            entry.name == "extended" or "due" in (entry.payload or {}).get("set", ())
        ):
            since = entry.happened_at
    return (asked, since) if asked is not None and since is not None else None


def _waited(said: Fields, since: datetime, back: datetime, why: str) -> list[str]:
    """Days alone, where days are counted: two machines say the same of one day."""
    since, back = local(since), local(back)
    if said.get("unit") == Unit.HOUR:
        return [since.isoformat(), back.isoformat(), why]
    return [since.date().isoformat(), back.date().isoformat(), why]


def _before(said: Fields, since: date) -> list[list[str]]:
    """The stretches of rest that had been passed over when the clock stood still."""
    if said.get("unit") in _RUNS_ON:
        return []
    return [list(run) for run in said.get("skipped", ()) if date.fromisoformat(run[1]) <= since]


def _rest(calendar: WorkCalendar, first: date, last: date) -> list[list[str]]:
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    off = [(day, calendar.why_off(day)) for day in days]
    skipped = [Skipped(day, why.why, why.note) for day, why in off if why is not None]
    return [
        [run.first.isoformat(), run.last.isoformat(), run.why.value, run.note] for run in runs_of(skipped)
    ]
