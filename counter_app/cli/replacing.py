"""Commands that put a machine in the place of another, and that end one."""

from __future__ import annotations

import dataclasses
from functools import cache

from counter_app.cli import syncing
from counter_app.cli.context import Context, ask_passphrase, put, tell
from counter_app.domain.rights import Right
from counter_app.services import recovering, wiping
from counter_app.services import salvage as salvaging
from counter_app.services.enrolled import district
from counter_app.services.roads import road_to
from counter_app.system import clock
from counter_app.system.lock import single_window
from counter_app.words import recovering as words
from counter_app.words.language import Words

_SAID = Words(
    {
        "unconfirmed": "Kho đã xóa, nhưng máy chủ chưa biết; hãy báo nơi quản lý máy chủ.",
    }
)


def salvage(context: Context) -> int:
    found = salvaging.salvage(context.office, context.session(), context.asked.folder, context.openers)
    put(found)
    return 2 if found["refused"] else 0


def replace(context: Context) -> int:
    """Enrols, fetches what is safe at the district, adds what the old disk still holds, and delivers it."""
    session = context.session()
    session.require(Right.PAIR)
    session.require(Right.KEEP_STORE)
    if district(context.office) is None:
        syncing.enrol(context)
    code = syncing.sync(context)
    if context.asked.folder is not None:
        code = salvage(context) or syncing.sync(context) or code
    return code


def recover(context: Context) -> int:
    """Each step on standard error; the store's officers need not act: nothing is changed that was written."""
    openers = dataclasses.replace(context.openers, ask_passphrase=cache(ask_passphrase))
    with single_window(context.places.data / "window.lock"):
        found, office = recovering.recover(
            context.places, openers, clock.now, lambda step: tell(words.step(step)), recovering.from_above
        )
        office.close()
    put(
        {
            "damage": found.damage,
            "set_aside": str(found.aside) if found.aside else None,
            "backup": str(found.backup) if found.backup else None,
            "unusable": [{"file": str(file), "why": why} for file, why in found.unusable],
            "events": found.events,
            "dossiers": found.dossiers,
            "salvaged": found.salvaged,
            "fetched": found.fetched,
            "pending": found.pending or None,
            "missing": list(found.missing),
            "accesses_lost": found.accesses_lost,
            **found.files.to_json(),
        }
    )
    if not found.damage:
        tell(words.done(found))
    return 0


def wipe(context: Context) -> int:
    asked = context.asked
    first, second = context.session(), context.second(asked.second)
    vault = context.openers.vault
    done = wiping.wipe(context.office, first, second, asked.confirm, asked.reason, vault, road_to, asked.seal)
    said = {"delivered": done.delivered, "sealed": done.sealed, "confirmed": done.confirmed}
    put({**said, "files": done.files})
    if not done.confirmed:
        tell(_SAID.say("unconfirmed"))
    return 0
