"""`retention`: what need not be kept any longer, or what ended in a year; nothing is erased by it."""

from __future__ import annotations

from counter_app.cli.context import Context, put, tell
from counter_app.cli.keeping import text_of
from counter_app.domain.rights import Right
from counter_app.domain.zone import VIETNAM
from counter_app.services import opening, retention
from counter_app.system import files
from counter_app.words import retention as words


def retention_list(context: Context) -> int:
    """A JSON line each, or with --out a CSV or XLSX for the archive; words about them on standard error."""
    asked, office = context.asked, context.office
    if asked.terms is not None:
        put({"terms": retention.adopt(office, context.session(), text_of(asked.terms) or "")})
        return 0
    if asked.out is not None:
        context.session().require(Right.CARRY)
        opening.refuse_inside(context.places, [asked.out])
    if asked.ended_in is not None:
        found = retention.ended_in(office, asked.ended_in)
    else:
        found = retention.expired(office, asked.as_of or office.now().astimezone(VIETNAM).date())
    if asked.out is not None:
        rows = [words.row(number, one) for number, one in enumerate(found.rows, start=1)]
        made = retention.table(office, asked.out, words.headings(), rows)
        files.write_atomically(asked.out, made)
        put({"file": str(asked.out), "dossiers": len(found.rows)})
    else:
        for one in found.rows:
            put(one.to_json())
    for line in words.told(found, asked.ended_in):
        tell(line)
    return 0
