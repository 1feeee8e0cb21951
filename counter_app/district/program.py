"""`counter-district`: makes the server, serves, and keeps its communes and machines."""

from __future__ import annotations

import argparse
import getpass
import io
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NoReturn

from counter_app.crypto.pinning import pin_of_file
from counter_app.district import (
    address,
    conflicts,
    devices,
    house,
    identity,
    keeping_files,
    lines,
    machines,
    parcels,
    publishing,
    registering,
    statements,
    uploads,
)
from counter_app.district.carried import Carrier
from counter_app.district.check import check
from counter_app.district.exchange import Exchange
from counter_app.district.filing import Filing
from counter_app.district.house import District, Places
from counter_app.district.ledger import CommuneLedger
from counter_app.district.references import References
from counter_app.domain.errors import BadInput, CannotRead, CounterError, Damaged, Unforeseen
from counter_app.services.opening import Openers
from counter_app.services.packing import packer
from counter_app.system import clock
from counter_app.system.logs import Log
from counter_app.system.paths import default_district_data
from counter_app.system.processes import forbid_core_dumps
from counter_app.system.secrets import KeyringVault
from counter_app.words import errors as words
from counter_app.words.language import Words

BUG, STOPPED = 1, 130

_SAID = Words(
    {
        "serves": "Máy chủ chạy ở {url}; dừng bằng Ctrl+C.",
        "part": "{file}: {why}",
        "untaken": "{n} tệp không được nhận vì máy chủ không có việc đính kèm, hoặc hồ sơ đã xóa; "
        "hãy xem hồ sơ ấy ở xã.",
        "passphrase": "Mật khẩu của máy chủ: ",
    }
)
_HELP = Words(
    {
        "": "Máy chủ đồng bộ phía trên các xã.",
        "init": "tạo máy chủ mới",
        "serve": "chạy máy chủ",
        "dossiers": "các hồ sơ của một xã, hoặc mọi xã",
        "conflicts": "những gì ghi khác nhau, và mã giao dịch dùng ở hai hồ sơ hay hai xã: ở đâu, cần làm gì",
        "register": "chuyển hồ sơ trực tuyến xuống một xã, mỗi dòng JSON một hồ sơ có mã đã cấp",
        "register file": "tệp các dòng JSON như của receive, thêm code; dấu - là đọc từ đầu vào chuẩn",
        "paid": "ghi các khoản đã nộp theo sao kê: dòng JSON hoặc CSV gồm code, amount, reference",
        "paid file": "tệp, thêm được at và method (transfer, portal); dấu - là đọc từ đầu vào chuẩn",
        "verify": "kiểm tra mọi sổ của mọi xã",
        "take": "nhận tệp mà máy ở xã niêm phong cho máy chủ, cả tệp quét trong đó",
        "bundle": "trao đổi với máy ở xã bằng USB",
        "bundle import": "nhận những gì máy ở xã chép ra USB",
        "bundle import file": "thư mục trên USB, hoặc một tệp của nó",
        "bundle import out": "nơi ghi câu trả lời mang về xã; có thể là chính thư mục ấy",
        "restored": "báo rằng dữ liệu máy chủ vừa được khôi phục từ bản sao cũ",
    }
)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise BadInput("usage", usage=self.format_usage().strip().removeprefix("usage: "), detail=message)


def _parser() -> _Parser:
    everywhere = _Parser(add_help=False)
    everywhere.add_argument("--data", type=Path, metavar="DIR", default=None)
    top = _Parser(prog="counter-district", description=_HELP.say(""))
    top.add_argument("--data", type=Path, dest="data_first", metavar="DIR")
    kinds = top.add_subparsers(dest="command", required=True, parser_class=_Parser)
    init = kinds.add_parser("init", help=_HELP.say("init"), parents=[everywhere])
    init.add_argument("--database", default="", metavar="URL")
    init.add_argument("--name", default="Máy chủ đồng bộ")
    serve = kinds.add_parser("serve", help=_HELP.say("serve"), parents=[everywhere])
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8470)
    serve.add_argument("--tls-cert", type=Path, metavar="FILE")
    serve.add_argument("--tls-key", type=Path, metavar="FILE")
    serve.add_argument("--metrics-port", type=int, metavar="PORT")
    serve.add_argument("--metrics-host", default="127.0.0.1", metavar="HOST")
    seen = kinds.add_parser("dossiers", help=_HELP.say("dossiers"), parents=[everywhere])
    seen.add_argument("--commune", default="", metavar="CODE")
    unsettled = kinds.add_parser("conflicts", help=_HELP.say("conflicts"), parents=[everywhere])
    unsettled.add_argument("--commune", default="", metavar="CODE")
    handed = kinds.add_parser("register", help=_HELP.say("register"), parents=[everywhere])
    handed.add_argument("commune", metavar="COMMUNE")
    handed.add_argument("file", help=_HELP.say("register file"))
    settled = kinds.add_parser("paid", help=_HELP.say("paid"), parents=[everywhere])
    settled.add_argument("file", help=_HELP.say("paid file"))
    settled.add_argument("--commune", default="", metavar="CODE")
    kinds.add_parser("verify", help=_HELP.say("verify"), parents=[everywhere])
    carried = kinds.add_parser("take", help=_HELP.say("take"), parents=[everywhere])
    carried.add_argument("file", type=Path)
    bundles = kinds.add_parser("bundle", help=_HELP.say("bundle")).add_subparsers(
        dest="verb", required=True, parser_class=_Parser
    )
    on_stick = bundles.add_parser("import", help=_HELP.say("bundle import"), parents=[everywhere])
    on_stick.add_argument("file", type=Path, help=_HELP.say("bundle import file"))
    on_stick.add_argument(
        "--out", type=Path, required=True, metavar="ACK", help=_HELP.say("bundle import out")
    )
    kinds.add_parser("restored", help=_HELP.say("restored"), parents=[everywhere])
    machines.add_commands(kinds, everywhere)
    publishing.add_commands(kinds, everywhere)
    keeping_files.add_commands(kinds, everywhere)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; exit codes as those of counter-app."""
    forbid_core_dumps()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    places = Places(default_district_data())
    try:
        asked = _parser().parse_args(argv)
        places = Places(asked.data or asked.data_first or places.data)
        return _COMMANDS[asked.command, getattr(asked, "verb", "")](places, asked)
    except CounterError as error:
        print(words.sentence(error), file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return STOPPED
    except Exception as error:  # a bug of ours: told without the data that it met
        log = places.logs
        if places.data.is_dir():
            Log(log, now=clock.now).failure("command-failed", error)
        print(words.sentence(Unforeseen("bug", log=log)), file=sys.stderr)
        if os.environ.get("COUNTER_TRACE"):
            raise
        return BUG


def _openers() -> Openers:
    return Openers(KeyringVault(), _passphrase)


def _passphrase() -> str:
    told = os.environ.get("COUNTER_PASSPHRASE", "")
    return told or (getpass.getpass(_SAID.say("passphrase")) if sys.stdin.isatty() else "")


def _init(places: Places, asked: argparse.Namespace) -> int:
    now = clock.now()
    made = house.create(places, asked.name, asked.database, _openers(), now.isoformat(timespec="seconds"))
    made.close()
    _put({"district": made.who.name, "key": made.who.signing.public.hex()})
    return 0


def _opened(act: Callable[[District, argparse.Namespace], int]) -> Callable[..., int]:
    def run(places: Places, asked: argparse.Namespace) -> int:
        district = house.open_district(places, _openers())
        try:
            return act(district, asked)
        finally:
            district.close()

    return run


def _serve(district: District, asked: argparse.Namespace) -> int:
    from counter_app.district.serving import Addresses, serve

    notes = Log(district.places.logs, now=clock.now)
    pins = (_pin(asked.tls_cert),) if asked.tls_cert else ()
    with district.base.writing() as connection:
        address.keep_pins(connection, pins)
    exchange = Exchange(
        district.base, district.who, packer(), _now_ms, pins, notes, erased=district.drop_erased
    )
    tls = (asked.tls_cert, asked.tls_key) if asked.tls_key else None
    at = Addresses(asked.host, asked.port, tls, asked.metrics_host, asked.metrics_port)

    def told(url: str, metrics: str) -> None:
        _put({"url": url, **({"metrics": metrics} if metrics else {})})
        print(_SAID.say("serves", url=url), file=sys.stderr, flush=True)

    exchange.sweep()
    filing = None
    if district.depot is not None:
        filing = Filing(
            district.base, district.who, district.depot, _now_ms, notes=notes, meter=exchange.meter
        )
    serve(exchange, at, told, filing)
    return 0


def _pin(certificate: Path) -> bytes:
    """Of the certificate that devices will see: this server's, or that of the proxy before it."""
    try:
        return pin_of_file(certificate)
    except (OSError, ValueError) as error:
        raise CannotRead("certificate-unreadable", path=certificate) from error


def _dossiers(district: District, asked: argparse.Namespace) -> int:
    with district.base.reading() as connection:
        only = devices.commune_of(connection, asked.commune) if asked.commune else None
        chosen = [(n, code) for n, code in lines.numbers(connection) if only in (None, n)]
    for commune, _ in chosen:
        lines.bring_up_to_date(district.base, commune)
        shared = References()
        with district.base.reading() as connection:
            shared.read_on(connection, of=commune)
            for line in lines.of_commune(connection, commune, shared.disputes(connection, commune)):
                _put(line)
    return 0


def _conflicts(district: District, asked: argparse.Namespace) -> int:
    for line in conflicts.listing(district, asked.commune):
        _put(line)
    return 0


def _paid(district: District, asked: argparse.Namespace) -> int:
    return _line_by_line(statements.pay(district, asked.file, asked.commune, clock.now))


def _register(district: District, asked: argparse.Namespace) -> int:
    return _line_by_line(registering.register(district, asked.commune, asked.file, clock.now))


def _line_by_line(answers: Iterator[dict[str, Any]]) -> int:
    bad = False
    for line in answers:
        if "error" in line:
            bad = True
            print(line["error"], file=sys.stderr, flush=True)
        _put(line)
    return 2 if bad else 0


def _verify(district: District, asked: argparse.Namespace) -> int:
    with district.base.reading() as connection:
        communes = lines.numbers(connection)
    bad = ""
    for commune, code in communes:
        with district.base.reading() as connection:
            verdict = check(CommuneLedger(connection, commune))
            kept = uploads.of_commune(connection, commune)
        lost = sum(not district.depot.has(digest) for digest, _ in kept) if district.depot else 0
        _put(
            {
                "commune": code,
                "events": verdict.events,
                "dossiers": verdict.dossiers,
                "chain": verdict.chain,
                "integrity": district.base.integrity(),
                "differences": verdict.differences,
                "conflicts": verdict.conflicts,
                "state": verdict.state,
                "files": len(kept),
                "files_lost": lost,
            }
        )
        if lost or not verdict.healthy or district.base.integrity() != "ok":
            bad = code
    if bad:
        raise Damaged("district-does-not-verify", code=bad)
    return 0


def _take(district: District, asked: argparse.Namespace) -> int:
    found = parcels.take_whole(district.base, district.who, _filing(district), asked.file)
    district.drop_erased()
    _put(found)
    return 2 if found["refused"] else 0


def _bring(district: District, asked: argparse.Namespace) -> int:
    carrier, bad = _carrier(district), False
    carrier.refuse_out((), asked.out)

    def fault(path: Path, error: CounterError) -> None:
        nonlocal bad
        bad = True
        print(_SAID.say("part", file=path.name, why=words.sentence(error)), file=sys.stderr, flush=True)

    brought = carrier.bring(asked.file, fault)
    carrier.refuse_out(brought, asked.out)
    for one in brought:
        _put({**one.to_json(), "answers": [str(path) for path in carrier.answer(one, asked.out)]})
        if unknown := [why for why in one.untaken.values() if why == "file-unknown"]:
            print(_SAID.say("untaken", n=len(unknown)), file=sys.stderr, flush=True)
    return 2 if bad or any(one.refused or one.untaken for one in brought) else 0


def _carrier(district: District) -> Carrier:
    notes = Log(district.places.logs, now=clock.now)
    exchange = Exchange(
        district.base, district.who, packer(), _now_ms, notes=notes, erased=district.drop_erased
    )
    return Carrier(exchange, _filing(district))


def _filing(district: District) -> Filing | None:
    """None where the server keeps no files."""
    if district.depot is None:
        return None
    notes = Log(district.places.logs, now=clock.now)
    return Filing(district.base, district.who, district.depot, _now_ms, notes=notes)


def _restored(district: District, asked: argparse.Namespace) -> int:
    with district.base.writing() as connection:
        who = identity.renew(connection, district.who, _now_ms())
    _put({"epoch": who.epoch.hex()})
    return 0


def _told(
    act: Callable[[District, argparse.Namespace, int], Iterator[dict[str, Any]]],
) -> Callable[..., int]:
    def run(district: District, asked: argparse.Namespace) -> int:
        for line in act(district, asked, _now_ms()):
            _put(line)
        return 0

    return _opened(run)


def _now_ms() -> int:
    return round(clock.now().timestamp() * 1000)


def _put(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


_COMMANDS: Final[dict[tuple[str, str], Callable[[Places, argparse.Namespace], int]]] = {
    ("init", ""): _init,
    ("serve", ""): _opened(_serve),
    ("commune", "add"): _told(machines.add_commune),
    ("commune", "merge"): _told(machines.merge),
    **{("device", verb): _told(act) for verb, act in machines.OF_DEVICES.items()},
    ("dossiers", ""): _opened(_dossiers),
    ("conflicts", ""): _opened(_conflicts),
    ("register", ""): _opened(_register),
    ("paid", ""): _opened(_paid),
    ("verify", ""): _opened(_verify),
    ("restored", ""): _opened(_restored),
    ("take", ""): _opened(_take),
    ("bundle", "import"): _opened(_bring),
    ("files", "where"): _told(keeping_files.where),
    ("files", "use"): _told(keeping_files.use),
    ("files", "move"): _told(keeping_files.move),
    **{("publish", what.value): _told(publishing.publish) for what in publishing.OF_FILES},
    ("notice", "send"): _told(publishing.send),
    ("notice", "withdraw"): _told(publishing.withdraw),
    ("issued", ""): _told(publishing.standing),
}


if __name__ == "__main__":
    sys.exit(main())
