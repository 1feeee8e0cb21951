"""`counter-district commune` and `device`: which communes there are, and which machines serve them."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from counter_app.district import address, devices, identity, merging, picture, posting
from counter_app.district.house import District
from counter_app.district.ordering import order
from counter_app.domain.errors import BadInput, NotAllowed
from counter_app.domain.orders import Order
from counter_app.domain.postings import Posting
from counter_app.paper.barcode import qr
from counter_app.sync.enrolment import Invitation
from counter_app.words.language import Words

_SAID = Words({"code": "Mã ghi danh, dùng một lần trong 7 ngày: {code}"})
_HELP = Words(
    {
        "commune add": "thêm một xã",
        "commune merge": "nhập một xã vào xã khác từ hôm nay: hồ sơ và máy của hai xã thành một",
        "device add": "thêm một máy của xã, cho mã ghi danh dùng một lần",
        "device replaces": "số của máy hỏng mà máy này thay: máy này được mở kho trên đĩa cũ",
        "device also": "số của máy này ở xã khác: một máy phục vụ nhiều xã, mỗi xã một kho riêng",
        "device post": "đặt lại ngày đầu và ngày cuối một máy phục vụ xã",
        "device revoke": "thu hồi một máy ở mọi xã: dữ liệu nó gửi sau này được giữ riêng",
        "device admit": "nhận dữ liệu giữ riêng mà máy bị thu hồi đã gửi tới nay",
        "device lock": "khóa quầy của một máy từ lần đồng bộ tới; dữ liệu trên máy vẫn còn nguyên",
        "device unlock": "mở lại quầy đã khóa",
        "device list": "các máy và lần đồng bộ cuối",
        "since": "ngày đầu máy phục vụ xã, như 2026-12-01; không ghi thì từ hôm nay",
        "until": "ngày cuối máy phục vụ xã, như 2026-12-31; không ghi thì không hạn",
    }
)
Lines = Iterator[dict[str, Any]]


def add_commands(kinds: Any, everywhere: argparse.ArgumentParser) -> None:
    """The commands of this file, under the program's."""
    commune = kinds.add_parser("commune").add_subparsers(dest="verb", required=True)
    made = commune.add_parser("add", help=_HELP.say("commune add"), parents=[everywhere])
    made.add_argument("code")
    made.add_argument("name")
    merged = commune.add_parser("merge", help=_HELP.say("commune merge"), parents=[everywhere])
    merged.add_argument("source", metavar="CODE")
    merged.add_argument("into", metavar="INTO")
    device = kinds.add_parser("device").add_subparsers(dest="verb", required=True)
    more = device.add_parser("add", help=_HELP.say("device add"), parents=[everywhere])
    more.add_argument("commune")
    more.add_argument("name")
    more.add_argument("--url", default="", metavar="URL")
    more.add_argument("--qr", type=Path, metavar="FILE")
    more.add_argument("--replaces", type=int, metavar="N", help=_HELP.say("device replaces"))
    more.add_argument("--also", type=int, metavar="N", help=_HELP.say("device also"))
    ruled = [device.add_parser("post", help=_HELP.say("device post"), parents=[everywhere])]
    for dated in (more, *ruled):
        dated.add_argument("--since", type=_day, metavar="DAY", help=_HELP.say("since"))
        dated.add_argument("--until", type=_day, metavar="DAY", help=_HELP.say("until"))
    for verb in ("revoke", "admit", *Order):
        ruled.append(device.add_parser(verb, help=_HELP.say(f"device {verb}"), parents=[everywhere]))
    for one in ruled:
        one.add_argument("number", type=int)
        one.add_argument("--reason", default="")
    device.add_parser("list", help=_HELP.say("device list"), parents=[everywhere])


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput("not-a-day", field="date", value=text) from error


def add_commune(district: District, asked: argparse.Namespace, now_ms: int) -> Lines:
    with district.base.writing() as connection:
        since = posting.day(now_ms).isoformat()
        number = devices.add_commune(connection, asked.code, asked.name, since, os.urandom)
    yield {"commune": number, "code": asked.code.upper(), "name": asked.name}


def merge(district: District, asked: argparse.Namespace, now_ms: int) -> Lines:
    with district.base.writing() as connection:
        source, into = (devices.commune_of(connection, code) for code in (asked.source, asked.into))
        who = identity.current(connection, district.who)
        told = merging.merge(connection, who, source, into, now_ms)
    district.drop_erased()
    yield told


def add(district: District, asked: argparse.Namespace, now_ms: int) -> Lines:
    posted = Posting.set_on(posting.day(now_ms), asked.since, asked.until)
    with district.base.writing() as connection:
        commune = devices.commune_of(connection, asked.commune)
        url = address.keep_url(connection, asked.url) if asked.url else address.url(connection)
        if asked.qr and not url:
            raise BadInput("address-not-told", field="url")
        number, code = devices.invite(
            connection, commune, asked.name, now_ms, asked.replaces, posted, asked.also
        )
        invited = Invitation(url, code, address.pins(connection))
        if asked.qr:  # before the code counts: one that cannot be drawn was never made
            picture.write(qr(invited.text), asked.qr)
    yield {"device": number, "code": code.text, **({"scan": invited.text} if url else {})}
    sys.stderr.write(f"{_SAID.say('code', code=code.text)}\n")
    if url and sys.stderr.isatty():
        sys.stderr.write(picture.terminal(qr(invited.text)))


def post(district: District, asked: argparse.Namespace, now_ms: int) -> Lines:
    """Days that are not named stay as they are.

    Raises NotAllowed("posting-unchanged") where both stay, and "posting-revoked": a revoked machine, also one
    whose days ended more than a month ago, enters anew.
    """
    if asked.since is None and asked.until is None:
        raise NotAllowed("posting-unchanged", device=asked.number)
    with district.base.writing() as connection:
        who = identity.current(connection, district.who)
        row, ledger = devices.locked(connection, asked.number)
        today = posting.day(now_ms)
        if row.revoked_ms is not None:
            raise NotAllowed("posting-revoked", device=asked.number)
        before = posting.kept(connection, row.commune, row.device) or Posting(today)
        posted = Posting.set_on(today, asked.since or before.since, asked.until or before.until)
        posting.post(ledger, who, row.device, row.log, posted, asked.reason, now_ms)
        ledger.finish()
    yield from _line(district, asked.number)


def revoke(district: District, asked: argparse.Namespace, now_ms: int) -> Lines:
    with district.base.writing() as connection:
        devices.revoke(connection, district.who, asked.number, asked.reason, now_ms)
    yield from _line(district, asked.number)


def admit(district: District, asked: argparse.Namespace, now_ms: int) -> Lines:
    with district.base.writing() as connection:
        devices.admit(connection, district.who, asked.number, asked.reason, now_ms)
    yield from _line(district, asked.number)


def ordered(district: District, asked: argparse.Namespace, now_ms: int) -> Lines:
    with district.base.writing() as connection:
        who = identity.current(connection, district.who)
        told = order(connection, who, asked.number, Order(asked.verb), asked.reason, now_ms)
    yield told


def listed(district: District, asked: argparse.Namespace, now_ms: int) -> Lines:
    with district.base.reading() as connection:
        yield from devices.lines(connection)


def _line(district: District, number: int) -> Lines:
    with district.base.reading() as connection:
        yield next(line for line in devices.lines(connection) if line["device"] == number)


OF_DEVICES: Final[dict[str, Callable[[District, argparse.Namespace, int], Lines]]] = {
    "add": add,
    "post": post,
    "list": listed,
    "revoke": revoke,
    "admit": admit,
    **{verb.value: ordered for verb in Order},
}
