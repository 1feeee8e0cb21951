"""Commands that meet the district's server."""

from __future__ import annotations

import sys

from counter_app.cli.context import Context, put, tell
from counter_app.domain.errors import NotAllowed, Refused
from counter_app.domain.issued import What
from counter_app.domain.rights import Right
from counter_app.services import enrolled, evicting, filing, issued, joining, rules, safety, syncing, waiting
from counter_app.services import notices as above
from counter_app.services.carrying import Carried, carry
from counter_app.services.roads import road_to
from counter_app.words import errors as words
from counter_app.words import issuing
from counter_app.words.hands import over_words
from counter_app.words.language import Words

_SAID = Words(
    {
        "enrolled": "Máy này đã ghi danh với {name}; hãy đồng bộ: counter-app sync.",
        "scan": "Hãy quét mã QR ghi danh.",
    }
)


def enrol(context: Context) -> int:
    told = context.asked.url or _scanned()
    session = context.session()
    session.require(Right.PAIR)
    found = joining.join(context.office, session, told, context.asked.code, anew=context.asked.anew)
    put({"district": found.name, "commune": found.commune, "device": found.device})
    tell(_SAID.say("enrolled", name=found.name))
    return 0


def _scanned() -> str:
    """What a scanner types."""
    if sys.stdin.isatty():
        tell(_SAID.say("scan"))
    return sys.stdin.readline()


def sync(context: Context) -> int:
    office = context.office
    known = enrolled.district(office)
    if known is None:
        raise NotAllowed("not-enrolled")
    carried = Carried()
    if not context.asked.status:
        with road_to(known) as road:
            carried = carry(office, road)
        evicting.tidy(office)
    done, found = carried.events, waiting.tally(office)
    line = syncing.to_line(done, safety.counts(office), found.conflicts) | found.to_json()
    put({**line, "files": filing.to_line(carried.files.files, filing.tally(office))})
    if done.revoked:
        raise Refused("device-revoked")
    refused = [*(why for _, why in done.refused), *carried.files.refused]
    for why in dict.fromkeys(refused):
        tell(words.reason(why))
    return 2 if refused else 0


def notices(context: Context) -> int:
    """Those that stand today, the newest first; on standard error what this program is too old for, and what
    of a catalogue from above does not fit its own limits."""
    office = context.office
    if context.asked.read:
        above.read(office, context.asked.read)
    for one in above.standing(office):
        put(above.to_line(one))
    for issue in above.news(office).unreadable:
        tell(issuing.unreadable(issue))
    if issued.standing(office, What.CATALOGUE):
        for procedure in rules.over_limit(office):
            tell(over_words(procedure))
    return 0
