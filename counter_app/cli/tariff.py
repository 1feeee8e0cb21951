"""`fees import` and `fees list`: the commune's table of fees and exemptions."""

from __future__ import annotations

from typing import Any

from counter_app.cli.context import Context, put, tell
from counter_app.cli.keeping import text_of
from counter_app.domain.fee_table import FeeLine
from counter_app.domain.fees import CHANNELS
from counter_app.domain.issued import What
from counter_app.domain.procedures import by_code
from counter_app.domain.zone import VIETNAM
from counter_app.services import fee_tables, issued, rules
from counter_app.words.language import Words

_SAID = Words(
    {
        "issued": "Xã đang theo bảng phí do máy chủ ban hành, bản {version}; "
        "lần ban hành sau sẽ thay bảng vừa nhập.",
        "unmatched": "Dòng {line}: danh mục chưa có thủ tục hay lĩnh vực nào như thế; hãy xem lại.",
    }
)


def import_fees(context: Context) -> int:
    text = text_of(context.asked.file) or ""
    told = fee_tables.import_fees(context.office, context.session(), text)
    put(told)
    for line in told["unmatched"]:
        tell(_SAID.say("unmatched", line=line))
    for one in issued.standing(context.office, What.FEES):
        tell(_SAID.say("issued", version=one.version))
    return 0


def list_fees(context: Context) -> int:
    """The lines in force; of a procedure those that hold for it today, of which no closer one stands."""
    office, code = context.office, context.asked.procedure
    table = office.fees()
    if not code:
        lines = list(table.lines)
    else:
        today = office.now().astimezone(VIETNAM).date()
        lines = table.posted(by_code(code, rules.catalogue(office), today), today)
    for line in lines:
        put(_shown(line))
    return 0


def _shown(line: FeeLine) -> dict[str, Any]:
    days = {"valid_from": line.valid_from, "valid_to": line.valid_to}
    return {
        "line": line.line,
        "procedure": line.scope,
        "version": line.version,
        "channels": sorted(line.channels) if line.channels != CHANNELS else [],
        "exemption": line.group.name if line.group else "",
        "proof": line.group.proof if line.group else "",
        "fee_vnd": line.fee.text,
        **{name: day.isoformat() if day else None for name, day in days.items()},
        "source": line.source,
    }
