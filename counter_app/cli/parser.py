"""The commands and their arguments; `--data` and `--officer` stand before or after the command."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

from counter_app.domain.commune import Role
from counter_app.domain.errors import BadInput
from counter_app.domain.zone import VIETNAM
from counter_app.services.papers import PAPERS


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise BadInput("usage", usage=self.format_usage().strip().removeprefix("usage: "), detail=message)


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Raises BadInput("usage") for arguments that are no command."""
    asked = _parser().parse_args(argv)
    for name in ("data", "officer"):
        setattr(asked, name, getattr(asked, name, None) or getattr(asked, f"{name}_first", None))
    return asked


def _parser() -> _Parser:
    everywhere = _Parser(add_help=False)
    everywhere.add_argument("--data", type=Path, metavar="DIR")
    everywhere.add_argument("--officer", metavar="ID")
    top = _Parser(prog="counter-app", description="Bộ phận Một cửa cấp xã")
    top.add_argument("--data", type=Path, dest="data_first", metavar="DIR")
    top.add_argument("--officer", dest="officer_first", metavar="ID")
    kinds = top.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)

    def command(name: str, text: str) -> _Parser:
        return kinds.add_parser(name, help=text, description=text, parents=[everywhere])

    def deep(name: str, text: str) -> argparse._SubParsersAction[_Parser]:
        made = kinds.add_parser(name, help=text, description=text)
        return made.add_subparsers(dest="verb", required=True, metavar="VERB", parser_class=_Parser)

    def verb(under: argparse._SubParsersAction[_Parser], name: str, text: str) -> _Parser:
        return under.add_parser(name, help=text, description=text, parents=[everywhere])

    demo = command("demo", "làm một xã mẫu và một tháng hồ sơ")
    demo.add_argument("--headless", action="store_true")

    init = command("init", "tạo kho của máy này")
    init.add_argument("--agency", required=True)
    init.add_argument("--name", required=True)
    init.add_argument("--device", default="")
    init.add_argument("--catalogue", type=Path)
    init.add_argument("--calendar", type=Path)
    init.add_argument("--recovery", type=Path)

    officers = deep("officer", "cán bộ")
    add = verb(officers, "add", "thêm cán bộ")
    add.add_argument("id")
    add.add_argument("--name", required=True)
    add.add_argument("--role", required=True, metavar="|".join(role.value for role in Role))
    verb(officers, "pin", "đặt mã PIN của chính mình (COUNTER_NEW_PIN)")
    verb(officers, "list", "danh sách cán bộ")

    receive = command("receive", "tiếp nhận hồ sơ, mỗi dòng JSON một hồ sơ")
    receive.add_argument("file")
    receive.add_argument("--papers", type=Path)
    receive.add_argument("--paper", choices=PAPERS, default="a5")

    _by_code(command("show", "xem một hồ sơ"))
    find = command("find", "tìm hồ sơ")
    find.add_argument("text", nargs="?", default="")
    find.add_argument("--limit", type=_count, default=50)
    find.add_argument("--all", action="store_true")
    due = command("due", "hồ sơ đến hạn")
    due.add_argument("--on", type=_day)
    due.add_argument("--overdue", action="store_true")
    command("scan", "một mã đã quét nghĩa là gì").add_argument("text")

    def act(name: str, text: str, *, timed: bool = True) -> _Parser:
        made = _by_code(command(name, text))
        if timed:
            made.add_argument("--at", type=_time)
        return made

    act("supplement", "yêu cầu bổ sung").add_argument("--need", nargs="+", required=True)
    act("resubmit", "đã nộp bổ sung")
    process = act("process", "ghi bước giải quyết")
    process.add_argument("--step", required=True)
    process.add_argument("--holder", default="")
    extend = act("extend", "hẹn lại ngày trả")
    extend.add_argument("--until", type=_day, required=True)
    extend.add_argument("--reason", required=True)
    for name, text in (("refuse", "từ chối"), ("stop", "dừng giải quyết"), ("withdraw", "cho rút hồ sơ")):
        act(name, text).add_argument("--reason", required=True)
    act("finish", "đã có kết quả").add_argument("--result", default="")
    back = act("return", "trả kết quả")
    back.add_argument("--to", required=True)
    back.add_argument("--id-number", default="")
    back.add_argument("--authority", default="")
    act("pay", "thu phí").add_argument("--amount", type=_amount, required=True)
    correct = act("correct", "sửa thông tin", timed=False)
    correct.add_argument("changes", nargs="+", metavar="FIELD=VALUE")
    correct.add_argument("--reason", required=True)
    act("void", "huỷ hồ sơ ghi nhầm", timed=False).add_argument("--reason", required=True)
    act("resolve", "chọn bên đúng khi các máy ghi khác nhau", timed=False).add_argument(
        "--keep", required=True, metavar="EVENT"
    )

    many = command("acts", "nhiều việc trên hồ sơ, mỗi dòng JSON một việc")
    many.add_argument("file")

    paper = _by_code(command("print", "in giấy"))
    paper.add_argument("--form", choices=["receipt"], required=True)
    paper.add_argument("--paper", choices=PAPERS, default="")
    paper.add_argument("--reason", default="")
    paper.add_argument("--out", type=Path, required=True)

    bundles = deep("bundle", "gói dữ liệu mang tay")
    out = verb(bundles, "export", "xuất gói cho máy khác")
    out.add_argument("file", type=Path)
    out.add_argument("--to", default="", metavar="DEVICE")
    verb(bundles, "import", "nhận gói của máy khác").add_argument("file", type=Path)

    pairs = deep("pair", "ghép hai máy của một xã")
    verb(pairs, "offer", "máy mới xin ghép").add_argument("file", type=Path)
    accept = verb(pairs, "accept", "máy cũ nhận ghép")
    accept.add_argument("file", type=Path)
    accept.add_argument("--out", type=Path, required=True)
    verb(pairs, "finish", "máy mới hoàn tất ghép").add_argument("file", type=Path)

    command("backup", "sao lưu").add_argument("file", type=Path)
    restore = command("restore", "khôi phục từ bản sao lưu")
    restore.add_argument("file", type=Path)
    restore.add_argument("--replace", action="store_true")
    command("verify", "kiểm tra toàn bộ kho")
    command("rebuild", "dựng lại các bảng tra")

    verb(deep("catalogue", "danh mục thủ tục"), "import", "nhập từ tệp CSV").add_argument("file", type=Path)
    calendars = deep("calendar", "lịch nghỉ")
    verb(calendars, "import", "nhập từ tệp CSV").add_argument("file", type=Path)
    verb(calendars, "propose", "đề xuất lịch một năm, để so rồi nhập").add_argument("year", type=_count)

    keys = deep("keys", "cách mở kho")
    verb(keys, "list", "liệt kê")
    more = verb(keys, "add", "thêm cách mở")
    more.add_argument("kind", choices=["keyring", "passphrase", "recovery"])
    more.add_argument("--out", type=Path)
    verb(keys, "drop", "bỏ một cách mở").add_argument("id")

    command("clock", "đặt giờ khi đồng hồ máy sai").add_argument(
        "--set", type=_time, required=True, dest="time", metavar="TIME"
    )
    return top


def _by_code(made: _Parser) -> _Parser:
    made.add_argument("code")
    return made


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput("not-a-day", field="date", value=text) from error


def _time(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadInput("not-a-time", field="time", value=text) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)


def _count(text: str) -> int:
    return _whole(text, "limit")


def _amount(text: str) -> int:
    return _whole(text, "amount")


def _whole(text: str, field: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 12:
        raise BadInput("not-a-whole-number", field=field, value=text)
    return int(text)
