"""The commune as the fold of its own events: officers, paired stores, calendars, its name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from counter_app.domain import homes, kinds, leases, merging, revocations
from counter_app.domain.codes import Lease
from counter_app.domain.errors import BadInput
from counter_app.domain.events import Absent, Event, Header, log_name
from counter_app.domain.hlc import moment
from counter_app.domain.homes import Homes
from counter_app.domain.order import Arranged, arrange
from counter_app.domain.registers import Conflict, Registers
from counter_app.domain.revocations import End
from counter_app.domain.zone import VIETNAM

if TYPE_CHECKING:
    from counter_app.domain.issued import Issued
    from counter_app.domain.orders import Lock
    from counter_app.domain.postings import Posting
    from counter_app.domain.slips import Slip

FIRST_OFFICER = "admin"
_OF_MERGING = frozenset({"agency", "district"})  # what the commune is called and where it belongs


class Role(StrEnum):  # vai trò
    OFFICER = "officer"
    HEAD = "head"
    CASHIER = "cashier"
    ADMINISTRATOR = "administrator"
    READER = "reader"


@dataclass(frozen=True)
class Officer:  # cán bộ, công chức một cửa
    """An account of the commune, valid on each of its devices. `pin` is an argon2id hash, or empty.

    The `id` is that of homes.py: one of a commune that became a part of this one bears that one's code.
    """

    id: str
    name: str
    role: Role
    pin: str = ""
    active: bool = True

    @property
    def home(self) -> str:
        """The code of the commune that was, where the account is of one."""
        return homes.code_of(self.id)


@dataclass(frozen=True)
class Commune:
    """`trusted` holds the logs that pairing let in; `values` all registers of the commune's events; `origins`
    the commune's id that each log bears."""

    officers: Mapping[str, Officer]
    calendars: Mapping[int, Mapping[str, Any]]
    agency: str
    name: str
    paired: frozenset[bytes]  # Ed25519 public keys
    districts: frozenset[bytes]  # Ed25519 identity keys: one, unless machines were enrolled with several
    values: Mapping[str, Any]
    conflicts: tuple[Conflict, ...]
    arranged: Arranged
    homes: Homes
    origins: Mapping[bytes, bytes]

    def who(self, head: Header) -> str:
        """The id of the account that acted."""
        if head.actor in homes.NOBODY:
            return head.actor
        return self.homes.account(self.origins.get(head.log, b""), head.actor)

    def name_of(self, head: Header) -> str:
        """The name of who acted, else the id."""
        known = self.officers.get(who := self.who(head))
        return known.name if known is not None else who

    @cached_property
    def slips(self) -> Mapping[str, Slip]:
        """The pre-numbered slips by their codes in capitals, oldest first."""
        from counter_app.domain import slips  # each start asks for the officers, few for slips

        return slips.fold(self.arranged.events)

    @cached_property
    def leases(self) -> Mapping[bytes, tuple[Lease, ...]]:
        """Each log's slots, by the district's word."""
        return leases.of(self.arranged.events, merging.of(self.arranged.events).ids)

    @property
    def code_disputed(self) -> bool:
        """Whether its events name different codes, as where a merging is known in part: a slot that was
        leased under the one may be another machine's under the other."""
        sides = (side for one in self.conflicts if one.field == "agency" for side in one.sides)
        return len({side.value["agency"] for side in sides}) > 1

    @cached_property
    def limits(self) -> Mapping[bytes, frozenset[End]]:
        """Where the logs of revoked machines end, as far as they count."""
        return revocations.of(self.arranged.events)

    @cached_property
    def issued(self) -> Issued:
        """Catalogue, calendars, templates and notices, by the district's word."""
        from counter_app.domain import issued  # as above

        return issued.fold(self.arranged)

    @cached_property
    def locks(self) -> Mapping[bytes, Lock]:
        """The machines that the district has locked, by the logs that they were enrolled with."""
        from counter_app.domain import orders  # as above

        return orders.locks(self.arranged)

    @cached_property
    def postings(self) -> Mapping[bytes, Posting]:
        """On which days machines serve the commune, by the logs that they were enrolled with."""
        from counter_app.domain import postings  # as above

        return postings.of(self.arranged)

    def called(self, origin: bytes) -> tuple[str, ...]:
        """The codes under which stores of this id may have numbered, in their order, the present one last."""
        code = self.homes.codes.get(origin)
        said = [
            str(event.payload.get("agency", ""))
            for event in self.arranged.events
            if event.header.kind == "agency_named" and event.payload is not None
            if self.homes.codes.get(event.header.dossier) == code
        ]
        before = dict.fromkeys(agency for agency in said if agency and agency != self.agency)
        return (*before, self.agency)

    def opened_on(self, log: bytes) -> date | None:
        """The day in Viet Nam on which the log was begun, by its machine's clock."""
        for event in self.arranged.events:
            if event.header.kind == "log_opened" and event.header.log == log:
                return moment(event.header.hlc).astimezone(VIETNAM).date()
        return None

    @property
    def guarded(self) -> bool:
        """Whether acts need a PIN: as soon as one officer has one."""
        return any(officer.pin and officer.active for officer in self.officers.values())

    @property
    def leaderless(self) -> bool:
        """Whether no administrator's account is open: two machines that do not see each other may each shut
        the other's. Both shuttings stand; the recovery sheet opens one account again."""
        return not any(one.active and one.role is Role.ADMINISTRATOR for one in self.officers.values())

    @cached_property
    def administrators_ever(self) -> tuple[Officer, ...]:
        """Those who are or once were administrators, by their ids."""
        found = set()
        for event in self.arranged.events:
            if event.header.kind == "officer_set" and event.payload is not None:
                given = event.payload.get("set")
                if isinstance(given, Mapping) and given.get("role") == Role.ADMINISTRATOR:
                    found.add(self.account_set(event))
        return tuple(officer for id_, officer in self.officers.items() if id_ in found)

    def account_set(self, event: Event) -> str:
        """The id of the account that an event `officer_set` is about."""
        return self.homes.account(event.header.dossier, str((event.payload or {}).get("officer", "")))

    def fingerprint(self) -> list[Any]:
        return [
            [str(event.ref) for event in self.arranged.events],
            dict(sorted(self.values.items())),
            [[c.field, [str(s.event) for s in c.sides], str(c.shown)] for c in self.conflicts],
        ]


def fold(
    events: Iterable[Event],
    above: Collection[bytes] = (),
    origins: Mapping[bytes, bytes] | None = None,
) -> Commune:
    """The commune that these events make (those of all its aliases together).

    `above` names the district's logs: in another log its kinds say nothing. `origins` are of all logs whose
    acts are to be named; without them, of those that wrote these events.
    """
    arranged = arrange(
        event for event in events if event.header.kind not in kinds.OF_DISTRICT or event.header.log in above
    )
    registers = Registers(arranged)
    at_home = homes.of(arranged.events)
    over = merging.outdated(arranged)
    for place, event in enumerate(arranged.events):
        if event.absent is not Absent.NO or event.payload is None:
            continue
        head = event.header
        try:
            found = kinds.read(head.kind, head.version, head.fact, event.payload)
        except BadInput:
            continue
        if found and found[0].name in kinds.OF_COMMUNE:
            payload = found[1]
            if head.kind == "officer_set":
                payload = {**payload, "officer": at_home.account(head.dossier, payload["officer"])}
            written = found[0].writes(payload)
            if event.hash in over:
                written = {name: value for name, value in written.items() if name not in _OF_MERGING}
            registers.write(place, written)
    values, conflicts = registers.settle()
    agency = values.get("agency", {})
    return Commune(
        officers=_officers(values),
        calendars={int(n[9:]): v for n, v in values.items() if n.startswith("calendar/")},
        agency=agency.get("agency", ""),
        name=agency.get("name", ""),
        paired=frozenset(bytes.fromhex(n[7:]) for n in values if n.startswith("paired/") and _is_key(n[7:])),
        districts=_districts(arranged),
        values=values,
        conflicts=conflicts,
        arranged=arranged,
        homes=at_home,
        origins=origins or {event.header.log: event.header.dossier for event in arranged.events},
    )


def _officers(values: Mapping[str, Any]) -> dict[str, Officer]:
    fields: dict[str, dict[str, Any]] = {}
    for name, value in values.items():
        room, _, rest = name.partition("/")
        if room == "officer":
            officer, _, field = rest.rpartition("/")
            fields.setdefault(officer, {})[field] = value
    officers = {}
    for officer, known in sorted(fields.items()):
        role = known.get("role")
        officers[officer] = Officer(
            officer,
            str(known.get("name", officer)),
            Role(role) if isinstance(role, str) and role in set(Role) else Role.READER,
            str(known.get("pin", "")),
            known.get("active", True) is True,
        )
    return officers


def _districts(arranged: Arranged) -> frozenset[bytes]:
    # Each of them, and not the last one alone: a second enrolment elsewhere takes back nothing.
    named = (e.payload.get("ed25519") for e in arranged.events if e.header.kind == "joined" and e.payload)
    return frozenset(bytes.fromhex(key) for key in named if isinstance(key, str) and _is_key(key))


def _is_key(text: str) -> bool:
    try:
        return len(bytes.fromhex(text)) == 32
    except ValueError:
        return False


def logs(commune: Commune) -> frozenset[bytes]:
    """The names of the paired logs."""
    return frozenset(log_name(public) for public in commune.paired)
