"""Commands that make, share, keep and check a store."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

from counter_app.cli.context import Context, ask_new_pin, ask_passphrase, ask_sheet, put, tell
from counter_app.cli.reading import officer_line
from counter_app.domain.errors import BadInput, Damaged
from counter_app.domain.issued import What
from counter_app.domain.rights import Right
from counter_app.services import (
    accounts,
    backups,
    erased_copies,
    erasing,
    exchange,
    issued,
    keeping,
    opening,
    rules,
)
from counter_app.services.erasing import Ruling
from counter_app.services.office import Session
from counter_app.services.opening import NewStore
from counter_app.services.sheet import sheet_writer
from counter_app.system import clock, files
from counter_app.words.errors import sentence
from counter_app.words.hands import over_words
from counter_app.words.keeping import restored
from counter_app.words.language import Words

_SAID = Words(
    {
        "compare": "Sáu từ để hai bên đọc cho nhau nghe và so: {words}",
        "set-pin": "Từ nay việc nào cũng cần mã PIN, mà “{officer}” chưa có; "
        "hãy đặt ngay: counter-app --officer {officer} officer pin.",
        "issued-catalogue": "Xã đang theo danh mục do máy chủ ban hành, bản {version}; "
        "lần ban hành sau sẽ thay danh mục vừa nhập.",
        "issued-calendar": "Năm {year} xã đang theo lịch do máy chủ ban hành, bản {version}; "
        "lần ban hành sau sẽ thay lịch vừa nhập.",
        "sheet": "Phiếu khôi phục ở {file}: in ra, cất trong két, rồi xóa tệp này.",
    }
)


def init(context: Context) -> int:
    asked = context.asked
    passphrase = os.environ.get("COUNTER_PASSPHRASE", "")
    if not passphrase and asked.recovery is None:
        passphrase = ask_passphrase()
    device = asked.device or os.environ.get("HOSTNAME", "")
    order = NewStore(
        agency=asked.agency,
        name=asked.name,
        device=device,
        catalogue=text_of(asked.catalogue),
        calendar=text_of(asked.calendar),
        passphrase=passphrase,
        sheet=(
            sheet_writer(context.places, asked.recovery, asked.name, asked.agency, device)
            if asked.recovery
            else None
        ),
    )
    office = opening.create(context.places, order, context.openers, clock.now)
    try:
        count = len(rules.catalogue(office))
    finally:
        office.close()
    put(
        {
            "agency": asked.agency,
            "device": opening.device_name(device),
            "catalogue": count,
            "recovery": str(asked.recovery) if asked.recovery else None,
        }
    )
    if asked.recovery:
        tell(_SAID.say("sheet", file=asked.recovery))
    return 0


def text_of(path: Path | None) -> str | None:
    if path is None:
        return None
    try:
        return files.read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("not-utf8", value=str(path)) from error


def officer_add(context: Context) -> int:
    asked = context.asked
    session = context.session()
    # While the acting administrator has no PIN, COUNTER_PIN can only mean the new officer's.
    own_pin = bool(session.officer and session.officer.pin)
    pin = os.environ.get("COUNTER_NEW_PIN") or ("" if own_pin else os.environ.get("COUNTER_PIN", ""))
    added = accounts.add_officer(context.office, session, asked.id, asked.name, asked.role, pin)
    put(officer_line(added.id, added.name, added.role.value, bool(added.pin), added.active))
    known = context.office.commune()
    if known.guarded and session.officer and not known.officers[session.officer.id].pin:
        tell(_SAID.say("set-pin", officer=session.officer.id))
    return 0


def officer_reset(context: Context) -> int:
    """Another officer's PIN, from COUNTER_NEW_PIN; the words of the recovery sheet from COUNTER_RECOVERY.

    Where no administrator is left the account of one is opened again by it, and nobody needs to act.
    """
    office, id_ = context.office, context.asked.id
    known = office.commune()
    reopened = known.leaderless and id_ in [one.id for one in known.administrators_ever]
    session = Session(None) if reopened else context.session()
    pin = os.environ.get("COUNTER_NEW_PIN") or ask_new_pin()
    sheet = os.environ.get("COUNTER_RECOVERY") or ask_sheet()
    if reopened:
        accounts.reopen_administrator(office, id_, pin, sheet)
    else:
        accounts.reset_pin(office, session, id_, pin, sheet)
    put({"id": id_, "pin": True})
    return 0


def unlock(context: Context) -> int:
    """The words of the recovery sheet from COUNTER_RECOVERY, or typed."""
    accounts.overrule_lock(context.office, os.environ.get("COUNTER_RECOVERY") or ask_sheet())
    put({"locked": False})
    return 0


def officer_pin(context: Context) -> int:
    """The acting officer's own PIN, from COUNTER_NEW_PIN or typed."""
    session = context.session()
    accounts.set_pin(context.office, session, os.environ.get("COUNTER_NEW_PIN") or ask_new_pin())
    put({"id": session.officer.id if session.officer else "", "pin": True})
    return 0


def pair_offer(context: Context) -> int:
    exchange.offer(context.office, context.asked.file)
    put({"file": str(context.asked.file)})
    return 0


def pair_accept(context: Context) -> int:
    asked = context.asked
    words = exchange.accept(context.office, context.session(), asked.file, asked.out)
    return _compare(words)


def pair_finish(context: Context) -> int:
    words = exchange.finish(context.office, context.session(), context.asked.file)
    return _compare(words)


def _compare(words: str) -> int:
    put({"words": words})
    tell(_SAID.say("compare", words=words))
    return 0


def backup(context: Context) -> int:
    target = context.asked.file
    if target is not None:
        opening.refuse_inside(context.places, [target])
        put(keeping.backup(context.office, target))
        return 0
    made = backups.run(context.office)
    put(
        {
            "file": str(made.backup.path),
            "bytes": made.size,
            "second": str(made.second) if made.second else None,
            **made.files.to_json(),
        }
    )
    if made.fault is not None:
        raise made.fault
    return 0


def listed_backups(context: Context) -> int:
    """Every copy of the store that is known, and which may still hold what was erased."""
    for one in erased_copies.copies(context.office):
        made = one.made.isoformat() if one.made is not None else None
        line = {"place": one.place, "file": str(one.path), "made": made, "there": one.there}
        put({**line, "holds_erased": one.holds, **(one.files.to_json() if one.files else {})})
    return 0


def drill(context: Context) -> int:
    """By COUNTER_RECOVERY or COUNTER_PASSPHRASE where given, else by the key that the store is open with."""
    from counter_app.services.drill import drill

    done = drill(context.office, context.asked.file, [context.openers])
    put(
        {
            "file": str(done.file),
            "made": done.made.isoformat(),
            "events": done.verdict.events,
            "dossiers": done.verdict.dossiers,
            "chain": done.verdict.chain,
            "integrity": done.verdict.integrity,
            "missing": done.missing,
            "opened": done.opened,
            "files": done.files,
            "pages": done.pages,
            "files_damaged": len(done.bad),
            "files_missing": done.files_lacking,
        }
    )
    done.require_good()
    return 0


def restore(context: Context) -> int:
    asked = context.asked
    # The store that stands there and the backup mostly have one passphrase: it is asked once.
    openers = replace(context.openers, ask_passphrase=cache(ask_passphrase))
    told = keeping.restore(
        context.places, asked.file, openers, clock.now, replace=asked.replace, who=context.session_in
    )
    put(told)
    for line in restored(told):
        tell(line)
    return 0


def erase(context: Context) -> int:
    asked = context.asked
    under = Ruling(asked.act, asked.dated, asked.decided_by, asked.reason)
    if len(asked.code) == 1:
        put(erasing.erase(context.office, context.session(), asked.code[0], under, asked.confirm))
        return 0
    failed = False
    for one in erasing.erase_all(context.office, context.session(), asked.code, under, asked.confirm):
        failed = failed or one.fault is not None
        why = {"error": sentence(one.fault)} if one.fault else {"already": True} if one.already else {}
        put({"code": one.named, "payloads": one.payloads} | why)
    return 2 if failed else 0


def verify(context: Context) -> int:
    verdict = keeping.verify(context.office)
    put(
        {
            "events": verdict.events,
            "dossiers": verdict.dossiers,
            "chain": verdict.chain,
            "integrity": verdict.integrity,
            "differences": verdict.differences,
            "conflicts": verdict.conflicts,
            "forks": verdict.forks,
            "aside": verdict.aside,
            "state": verdict.state,
        }
    )
    if not verdict.healthy:
        raise Damaged("store-does-not-verify", chain=verdict.chain, integrity=verdict.integrity)
    return 0


def rebuild(context: Context) -> int:
    context.session().require(Right.CARRY)
    put({"dossiers": keeping.rebuild(context.office)})
    return 0


def import_catalogue(context: Context) -> int:
    text = text_of(context.asked.file) or ""
    put(rules.import_catalogue(context.office, context.session(), text))
    for one in issued.standing(context.office, What.CATALOGUE):
        tell(_SAID.say("issued-catalogue", version=one.version))
    for procedure in rules.over_limit(context.office):
        tell(over_words(procedure))
    return 0


def import_calendar(context: Context) -> int:
    text = text_of(context.asked.file) or ""
    told = rules.import_calendar(context.office, context.session(), text)
    put(told)
    for one in issued.standing(context.office, What.CALENDAR, *map(str, told["years"])):
        tell(_SAID.say("issued-calendar", year=one.name, version=one.version))
    return 0


def propose_calendar(context: Context) -> int:
    """The one answer that is no JSON: a CSV for people to correct and import."""
    sys.stdout.write(rules.propose_year(context.asked.year))
    return 0


def keys_list(context: Context) -> int:
    return _wraps(opening.list_wraps(context.places))


def keys_add(context: Context) -> int:
    asked = context.asked
    context.session().require(Right.KEEP_STORE)
    sheet = None
    if asked.kind == "recovery":
        if asked.out is None:
            raise BadInput("missing", field="out")
        office = context.office
        known = office.commune()
        sheet = sheet_writer(context.places, asked.out, known.name, known.agency)
    new = os.environ.get("COUNTER_NEW_PASSPHRASE", "") if asked.kind == "passphrase" else ""
    return _wraps(
        opening.add_wrap(context.places, context.openers, clock.now, asked.kind, passphrase=new, sheet=sheet)
    )


def keys_drop(context: Context) -> int:
    context.session().require(Right.KEEP_STORE)
    return _wraps(opening.drop_wrap(context.places, context.asked.id))


def _wraps(rows: list[dict[str, object]]) -> int:
    for row in rows:
        put(row)
    return 0


def clock_set(context: Context) -> int:
    context.office.set_clock(context.session(), context.asked.time)
    put({"now": context.office.now().isoformat()})
    return 0
