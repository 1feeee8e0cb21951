"""What came from above: put into force by the transaction that takes it in; and what of it cannot be read.

The catalogue of this machine is replaced once by each version; who imports another one afterwards keeps it
until the next. Calendars and templates are laid over those that are here whenever they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final, TypeVar

from counter_app.domain.calendar import parse_calendar
from counter_app.domain.commune import Commune
from counter_app.domain.errors import CounterError
from counter_app.domain.fee_table import parse_fees
from counter_app.domain.issued import PROCEDURES, Issue, What
from counter_app.domain.procedures import parse_catalogue
from counter_app.paper import forms
from counter_app.paper.template import Template
from counter_app.services.office import Office, commune_in
from counter_app.store import catalogue as shelf
from counter_app.store import own
from counter_app.store.writer import Writer
from counter_app.system import paths

T = TypeVar("T")
_ON: Final = "issued/catalogue"  # own: version and SHA-256 of the catalogue that was put on the shelf last
_MANY: Final = 64  # texts whose reading is kept
_FAULTS: Final = (CounterError, ArithmeticError, LookupError, TypeError, ValueError)
"""What a text of a later version may come to: it must never stop the exchange that would mend it."""


def put_on(pen: Writer) -> None:
    """Makes the catalogue that the district issued last the current one, where that was not done before.

    One that this program cannot read is left for the next that can.
    """
    issue = commune_in(pen.connection, pen.map).issued.current.get((What.CATALOGUE, PROCEDURES))
    if issue is None:
        return
    mark = f"{issue.version} {issue.sha256}"
    if own.get_text(pen.connection, _ON) == mark:
        return
    try:
        catalogue = parse_catalogue(issue.text)
    except _FAULTS:
        return
    shelf.replace(pen.connection, catalogue)
    own.put_text(pen.connection, _ON, mark)


def standing(office: Office, what: What, *names: str) -> list[Issue]:
    """The current issues of that sort; of those names, where some are given."""
    found = office.commune().issued.of(what)
    return [issue for issue in found if not names or issue.name in names]


def unreadable(known: Commune) -> list[Issue]:
    """What this program is too old for: the rules and papers of before hold on."""
    return [
        issue
        for what in (What.CATALOGUE, What.CALENDAR, What.TEMPLATE, What.FEES)
        for issue in known.issued.of(what)
        if not _is_readable(issue.what, issue.text)
    ]


@lru_cache(maxsize=_MANY)
def _is_readable(what: str, text: str) -> bool:
    try:
        _READ[what](text)
    except _FAULTS:
        return False
    return True


_READ: Final[dict[str, Callable[[str], Any]]] = {
    What.CATALOGUE: parse_catalogue,
    What.CALENDAR: parse_calendar,
    What.TEMPLATE: forms.read,
    What.FEES: parse_fees,
}


def drawn(known: Commune, form: str, draw: Callable[[list[Template]], T]) -> T:
    """What `draw` makes of the form's templates: those that were issued stand in place of their namesakes.

    Where it comes to nothing with them, it is drawn with those that ship with the program.
    """
    shipped = _shipped(form)
    issued = {issue.name: _template(issue.text) for issue in known.issued.of(What.TEMPLATE)}
    above = {name: made for name, made in issued.items() if made is not None and made.form == form}
    if above:
        try:
            return draw([*{**shipped, **above}.values()])
        except Exception:  # noqa: BLE001, S110 - a citizen waits for his paper, whatever was issued
            pass
    return draw([*shipped.values()])


@lru_cache(maxsize=_MANY)
def _template(text: str) -> Template | None:
    try:
        return forms.read(text)
    except _FAULTS:
        return None


@lru_cache(maxsize=_MANY)
def _shipped(form: str) -> dict[str, Template]:
    """Those of the program by the names of their files: the day that each came into force is in it."""
    files = sorted(paths.resource("templates").glob(f"{form}-*.json"))
    return {file.name: forms.read(file.read_text(encoding="utf-8")) for file in files}
