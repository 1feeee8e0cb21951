"""A dossier (hồ sơ) as its events make it, and what is read off it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from counter_app.domain import charges, erasing, money_disputes
from counter_app.domain.certification import RegisterNumber
from counter_app.domain.entry import Entry, counting, moment
from counter_app.domain.events import Absent, Ref
from counter_app.domain.kinds import Payload
from counter_app.domain.lifecycle import FRUITLESS, NATIONAL_STATUS, State
from counter_app.domain.order import Arranged
from counter_app.domain.payments import Payment, told_again
from counter_app.domain.registers import Conflict
from counter_app.domain.settling import RECEPTIONS, settled

TAKEN_IN: Final = ("received", "accepted", "resubmitted")


@dataclass(frozen=True)
class Dossier:  # hồ sơ
    """What is known of one dossier; `values` are the shown registers by name.

    `claim` is what a true receipt says of it (code, procedure, due) to whom does not have its reception.
    """

    id: bytes
    entries: tuple[Entry, ...]
    values: Mapping[str, Any]
    conflicts: tuple[Conflict, ...]
    arranged: Arranged
    claim: Mapping[str, str] = field(default_factory=dict)

    def _of(self, *names: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.name in names and entry.payload is not None]

    @property
    def reception(self) -> Payload | None:
        """The first reception in order, as it was entered."""
        found = self._of(*RECEPTIONS)
        return found[0].payload if found else None

    @property
    def place(self) -> tuple[str, int]:
        """Volume and number in the register: of the first reception, of one from above where it was
        taken in."""
        return next(iter(self.places), ("", 0))

    @property
    def places(self) -> tuple[tuple[str, int], ...]:
        """The same of each reception, or what its tombstone kept of them."""
        found = [e.payload for e in self._of(*RECEPTIONS, "accepted", "resubmitted") if e.payload]
        kept = [one for e in self._of(erasing.KIND) if e.payload for one in e.payload.get("places", ())]
        lines = [(str(p.get("volume", "")), p["number"]) for p in (*found, *kept) if "number" in p]
        return tuple(dict.fromkeys(lines))

    @property
    def taken_in(self) -> bool:
        """Whether it was once found complete: one that is registered has not been yet."""
        return any(entry.counts for entry in self._of(*TAKEN_IN))

    @property
    def held(self) -> bool:
        """Whether acts are here whose reception is not: shown, and completed when it comes."""
        return not any(e.name in RECEPTIONS and e.absent is not Absent.ASIDE for e in self.entries)

    @property
    def on_receipt(self) -> bool:
        """Whether its true receipt alone is here, and its result, or the rest of it, may go out on it."""
        return self.held and bool(self.claim) and self.state in (State.REGISTERED, State.FINISHED)

    @property
    def needs_update(self) -> bool:
        return any(entry.unknown for entry in self.entries)

    @cached_property
    def state(self) -> State:
        return State(self.values.get("state", State.REGISTERED.value))

    @property
    def national_status(self) -> int:
        return NATIONAL_STATUS[self.state]

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The printed codes of every reception, then the numbers that other systems gave; of one that is
        held, the code on its receipt."""
        receptions = [e.payload for e in self._of(*RECEPTIONS) if e.payload]
        own = [p["code"] for p in receptions] or ([self.claim["code"]] if self.claim else [])
        left = [code for e in self._of(erasing.KIND) if e.payload for code in e.payload["codes"]]
        return tuple(
            dict.fromkeys([*own, *(alias for p in receptions for alias in p.get("codes", ())), *left])
        )

    @property
    def erased(self) -> Entry | None:
        """The tombstone, where the dossier was erased."""
        return next(iter(self._of(erasing.KIND)), None)

    @property
    def code(self) -> str:
        return self.codes[0] if self.codes else ""

    @property
    def register_numbers(self) -> tuple[RegisterNumber, ...]:
        """Its lines in the certification registers; a mistaken entry keeps its own, which explains it."""
        found = [RegisterNumber.of(e.payload) for e in self._of("finished") if e.payload]
        left = [one for e in self._of(erasing.KIND) if e.payload for one in e.payload.get("registers", ())]
        found += map(RegisterNumber.of, left)
        return tuple(dict.fromkeys(number for number in found if number is not None))

    @property
    def due(self) -> datetime | None:
        """The current appointment (hẹn trả)."""
        return moment(self.values.get("due"))

    @property
    def first_due(self) -> datetime | None:
        """The appointment that was promised first, when the dossier was taken in as complete."""
        begun = (e.payload for e in self._of(*RECEPTIONS, "accepted", "resubmitted") if e.payload)
        return next((moment(p["due"]) for p in begun if "due" in p), None)

    @property
    def measured_due(self) -> datetime | None:
        """The appointment that lateness is measured by: the first, moved by pauses and by no extension."""
        if not self.extensions:
            return self.due
        first = self.values.get("promise", {}).get("first", {}).get("due")
        return moment(first) or self.first_due

    @property
    def extensions(self) -> int:
        """Times that a new appointment was given, entries marked as mistaken left out."""
        return sum(entry.counts for entry in self._of("extended"))

    def before(self, act: Ref, name: str) -> Any:
        """What the last act that counts before that one of the story had written of a value."""
        value = None
        for entry in self.entries:
            if entry.ref == act:
                break
            if entry.counts:
                value = entry.writes.get(name, value)
        return value

    def without(self, acts: Collection[Ref]) -> Mapping[str, Any]:
        """The values had these acts never been, nor any that was marked as mistaken."""
        out = [place for place, entry in enumerate(self.entries) if entry.mistaken or entry.ref in acts]
        return settled(self.arranged, self.entries, out)[0]

    def due_before(self, act: Ref) -> datetime | None:
        """The appointment as it stood before that act of the story."""
        return moment(self.before(act, "due"))

    @property
    def received_at(self) -> datetime | None:
        return moment(self.values.get("received_at"))

    @property
    def owed(self) -> int | None:
        """The fee in đồng, with what was charged later; None while nobody knows the amount."""
        return charges.owed(counting(self.entries), fee_of(self.values))

    @property
    def charged(self) -> int:
        """Đồng that the dossier waits for: of the last charge what was not paid, or given back, since."""
        return charges.left(counting(self.entries))

    def charged_without(self, act: Ref) -> int:
        """The same, had that act never been."""
        return charges.left(counting(entry for entry in self.entries if entry.ref != act))

    @property
    def acts_as(self) -> State:
        """The state that acts go by: a dossier that waits for money goes on once all of it is there, also
        where it was paid by who had not seen that it was asked for."""
        paid_up = self.state is State.WAITING_PAYMENT and not self.charged
        return State.PROCESSING if paid_up else self.state

    @property
    def last_paid_at(self) -> datetime | None:
        """When the last money came that counts."""
        return max((e.happened_at for e in self._of("paid") if e.counts), default=None)

    @property
    def paid(self) -> int:
        """Đồng collected less đồng given back, entries marked as mistaken left out."""
        return money_disputes.total(self.entries, "paid") - money_disputes.total(self.entries, "refunded")

    @property
    def unpaid(self) -> int:
        """Đồng still owed, as far as the fee is known; nothing where it ended without a result."""
        return 0 if self.state in FRUITLESS else max(0, (self.owed or 0) - self.paid)

    @property
    def overpaid(self) -> int:
        """Đồng to be given back, as far as the fee is known: all of it where the entry was a mistake, nothing
        while it is disputed whether it is there at all."""
        if any(conflict.field == money_disputes.SAME for conflict in self.conflicts):
            return 0
        if self.state is State.VOIDED:
            return max(0, self.paid)
        return max(0, self.paid - self.owed) if self.owed is not None else 0

    def knows_of(self, payment: Payment) -> bool:
        """Whether the same money is told of here, so that this would count for nothing."""
        told = payments_of(self.entries)
        with_it = told_again({**told, len(self.entries): payment.fields()})
        return len(self.entries) in with_it or len(with_it) > len(told_again(told))

    @property
    def left_to_collect(self) -> tuple[str, ...]:
        """What the last part that was given out left here; empty where no part was."""
        parts = [entry for entry in self._of("returned_partly") if entry.counts and entry.payload]
        return tuple(parts[-1].payload["left"]) if parts and parts[-1].payload else ()

    @property
    def supplements(self) -> int:
        """Times that papers were asked for; a second makes the dossier late in index 766."""
        return sum(entry.counts for entry in self._of("supplement_requested"))

    @property
    def prints(self) -> list[Entry]:
        return self._of("printed")

    def party(self, role: str = "applicant") -> dict[str, Any]:
        start = role + "."
        return {name[len(start) :]: value for name, value in self.values.items() if name.startswith(start)}

    def entry(self, ref: Ref) -> Entry | None:
        return next((entry for entry in self.entries if entry.ref == ref), None)

    def fingerprint(self) -> list[Any]:
        """What two machines compare: order, story and shown state, as plain values."""
        return [
            [
                [str(e.ref), e.absent.value, e.kind is None, str(e.mistaken) if e.mistaken else None]
                for e in self.entries
            ],
            dict(self.values),
            # What is disputed with other dossiers follows from theirs too.
            [
                [c.field, [str(s.event) for s in c.sides], str(c.shown)]
                for c in self.conflicts
                if not c.others
            ],
        ]


def fee_of(values: Mapping[str, Any]) -> int | None:
    """The fee in đồng that the registers name; None while nobody knows it."""
    known = values.get("fee", {}).get("amount")
    return known if isinstance(known, int) else None


def payments_of(entries: Iterable[Entry]) -> dict[int, Payload]:
    """What the payments say that no one marked as mistaken, by their places."""
    return {
        place: entry.payload
        for place, entry in enumerate(entries)
        if entry.name == "paid" and entry.payload is not None and entry.mistaken is None
    }
