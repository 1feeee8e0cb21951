"""Commands that meet the district's server."""

from __future__ import annotations

import sys

from counter_app.cli.context import Context, put, tell
from counter_app.domain.errors import NotAllowed, Refused
from counter_app.domain.rights import Right
from counter_app.services import enrolled, safety, syncing, waiting
from counter_app.services.roads import FirstRoad, road_to
from counter_app.sync.courier import check_address
from counter_app.sync.enrolment import Invitation
from counter_app.words import errors as words
from counter_app.words.language import Words

_SAID = Words(
    {
        "enrolled": "Máy này đã ghi danh với {name}; hãy đồng bộ: counter-app sync.",
        "scan": "Hãy quét mã QR ghi danh.",
    }
)


def enrol(context: Context) -> int:
    told = context.asked.url or _scanned()
    invited = Invitation.read(told)
    code = context.asked.code if invited is None else invited.code.text
    url = check_address(told if invited is None else invited.url)
    session = context.session()
    session.require(Right.PAIR)
    with FirstRoad(url, invited.pins if invited else ()) as road:
        found = syncing.enrol(context.office, session, road, url, code, road.confirm, anew=context.asked.anew)
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
    done = syncing.Synced()
    if not context.asked.status:
        with road_to(known) as road:
            done = syncing.sync(office, road)
    found = waiting.tally(office)
    put(syncing.to_line(done, safety.counts(office), found.conflicts) | found.to_json())
    if done.revoked:
        raise Refused("device-revoked")
    for _, why in done.refused:
        tell(words.reason(why))
    return 2 if done.refused else 0
