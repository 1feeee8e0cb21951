"""The demonstration: a sample commune and a month of its work, through the public command line alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, TypeVar

from counter_app.cli.context import Context, put, tell
from counter_app.domain.calendar import WorkCalendar, parse_calendar
from counter_app.domain.errors import NotAllowed
from counter_app.domain.zone import VIETNAM
from counter_app.services.sample import feedback
from counter_app.services.sample import given as at_once
from counter_app.services.sample import month as sample
from counter_app.system import clock, files, paths, processes
from counter_app.words.language import Words

PASSPHRASE: Final = "xã mẫu, không có thật"  # noqa: S105  nothing real is behind it
PAPERS: Final = Path("demo-papers")
_T = TypeVar("_T")
_R = TypeVar("_R")
AGENCY, NAME = "H55.242", "UBND xã mẫu Nậm Mây"
DISTRICT: Final = "Trung tâm Phục vụ hành chính công mẫu"
OFFICER: Final = "mai"
OF_EACH: Final = 3  # receipts of each paper kind that are left to be looked at

_SAID = Words(
    {
        "begins": "Dựng xã mẫu ở {data}; mọi người và số trong đó đều là bịa.",
        "receives": "Tiếp nhận {n} hồ sơ của một tháng ở quầy và trên máy xách tay.",
        "gives": "Trả ngay {n} việc: bản sao chứng thực, chữ ký, trích lục.",
        "acts": "Giải quyết, trả kết quả, yêu cầu bổ sung: {n} việc.",
        "meets": "Hai máy đồng bộ với máy chủ cho tới khi giống nhau.",
        "done": "Đã nhận {received} hồ sơ, trả ngay {given_at_once} việc, {overdue} hồ sơ quá hạn, "
        "{conflicts} chỗ hai máy ghi khác nhau; hai kho và máy chủ giống nhau và kiểm tra "
        "tốt. Giấy mẫu ở {papers}; mất {seconds} giây.",
        "differ": "Hai kho và máy chủ mẫu không giống nhau hoặc không qua kiểm tra; hãy xem tệp {log}.",
        "no-server": "Máy chủ mẫu không chạy được; hãy xem cổng mạng của máy này.",
        "no-display": "Máy này không có màn hình, nên cửa sổ không mở; ảnh chụp cửa sổ ở {picture}.",
        "picture": "Ảnh chụp cửa sổ ở {picture}.",
        "no-picture": "Không chụp được ảnh cửa sổ trên máy này.",
        "again": "Mở lại: counter-app --data {data} (mật khẩu của kho: {passphrase}).",
    }
)


class _ChildFailed(Exception):
    def __init__(self, code: int, said: str) -> None:
        super().__init__(said)
        self.code, self.said = code, said


@dataclass(frozen=True)
class _Machine:
    """One computer of the sample commune, worked by real processes."""

    data: Path
    bytecode: Path
    program: tuple[str, ...] = ()  # that of a counter, if nothing else is said

    def command(self, *words: object) -> list[str]:
        return [*(self.program or processes.own_command()), "--data", str(self.data), *map(str, words)]

    def __call__(self, *words: object, feed: Sequence[object] = ()) -> list[dict[str, Any]]:
        """Runs one command; its JSON lines. Raises _ChildFailed with what it said."""
        done = subprocess.run(  # noqa: S603
            self.command(*words),
            input="".join(json.dumps(line, ensure_ascii=False) + "\n" for line in feed),
            capture_output=True,
            encoding="utf-8",
            env=_environment(self.bytecode),
        )
        if done.returncode:
            raise _ChildFailed(done.returncode, done.stderr.strip())
        return [json.loads(line) for line in done.stdout.splitlines()]


def _environment(bytecode: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COUNTER_")}
    # The sample commune leaves no secret in the user's keyring, and does not wait for a locked one.
    kept.pop("DBUS_SESSION_BUS_ADDRESS", None)
    # A hundred processes that may write no bytecode would each compile the program again.
    if kept.pop("PYTHONDONTWRITEBYTECODE", ""):
        kept["PYTHONPYCACHEPREFIX"] = str(bytecode)
    package = str(Path(paths.__file__).parents[2])
    road = os.pathsep.join(filter(None, (package, kept.get("PYTHONPATH", ""))))
    return {**kept, "COUNTER_PASSPHRASE": passphrase(), "PYTHONIOENCODING": "utf-8", "PYTHONPATH": road}


def passphrase() -> str:
    """What opens the sample stores: the user's own where the environment has one."""
    return os.environ.get("COUNTER_PASSPHRASE") or PASSPHRASE


def run(context: Context) -> int:
    """Makes the commune, lives its month, prints the summary, shows the window."""
    asked = context.asked
    data = (asked.data or Path(tempfile.mkdtemp(prefix="counter-demo-")) / "counter").resolve()
    if PAPERS.resolve().is_relative_to(data):
        raise NotAllowed("inside-data-folder", path=PAPERS)
    started = time.monotonic()
    papers = files.shared_folder(PAPERS.resolve())
    tell(_SAID.say("begins", data=data))
    with ExitStack() as closing:
        work = Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="counter-demo-")))
        bytecode = work / "bytecode"
        counter, laptop = _Machine(data, bytecode), _Machine(data.with_name(f"{data.name}-laptop"), bytecode)
        district = _Machine(
            data.with_name(f"{data.name}-district"), bytecode, tuple(processes.district_command())
        )
        try:
            _server(district, closing)
            summary = _month(counter, laptop, district, work, papers)
        except _ChildFailed as failure:
            tell(failure.said)
            return failure.code
        return _show(context, data, papers, started, summary)


def _show(context: Context, data: Path, papers: Path, started: float, summary: dict[str, Any]) -> int:
    """The summary, the picture, the window; the server runs until the window is shut."""
    asked, screen = context.asked, context.screen
    picture = None
    window = bool(screen and screen.there() and not asked.headless)
    if screen and not window:
        target = papers / "cua-so.png"
        picture = target if screen.picture(data, target, passphrase()) else None
    seconds = round(time.monotonic() - started, 1)
    put(
        {
            **summary,
            "papers": str(papers),
            "screenshot": str(picture) if picture else None,
            "seconds": seconds,
        }
    )
    if not summary["equal"]:
        tell(_SAID.say("differ", log=paths.Places(data).logs))
        return 3
    tell(_SAID.say("done", **{**summary, "papers": papers, "seconds": seconds}))
    tell(_SAID.say("again", data=data, passphrase=passphrase()))
    if screen and window:
        return screen.window(data, passphrase())
    if screen:
        word = "no-picture" if picture is None else "picture" if asked.headless else "no-display"
        tell(_SAID.say(word, picture=picture))
    return 0


def _server(district: _Machine, closing: ExitStack) -> None:
    """The district's server, made and serving until `closing`; where it does is kept beside its data."""
    district("init", "--name", DISTRICT)
    district("commune", "add", AGENCY, NAME)
    serving = subprocess.Popen(  # noqa: S603
        district.command("serve", "--port", "0"),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        env=_environment(district.bytecode),
    )
    closing.callback(serving.wait)
    closing.callback(serving.terminate)
    assert serving.stdout is not None
    told = serving.stdout.readline()
    if not told:
        raise _ChildFailed(serving.wait(), _SAID.say("no-server"))
    (district.data / "url").write_text(json.loads(told)["url"], "utf-8")


def _month(
    counter: _Machine, laptop: _Machine, district: _Machine, work: Path, papers: Path
) -> dict[str, Any]:
    _found(counter, laptop, district, work, papers)
    calendar, now = _calendar(), clock.now()
    lines = sample.dossiers(calendar, now)
    tell(_SAID.say("receives", n=len(lines)))
    accepted = _receive(counter, laptop, lines, work, papers)
    acts_now = at_once.given(calendar, clock.now())
    tell(_SAID.say("gives", n=len(acts_now)))
    works: list[Callable[[], object]] = [
        lambda: laptop("sync"),
        lambda: counter("instant", "-", "--officer", OFFICER, feed=acts_now),
    ]
    _at_once(lambda work: work(), works)
    counter("sync")
    chains = sample.acts(accepted, calendar, clock.now())
    tell(_SAID.say("acts", n=sum(map(len, chains))))
    counter("acts", "-", "--officer", OFFICER, feed=[_words(act) for chain in chains for act in chain])
    _feedback(counter)
    tell(_SAID.say("meets"))
    _disagree(counter, laptop, accepted[-1].code)
    for machine in (laptop, counter, laptop):
        machine("sync")
    return _summary(counter, laptop, district, len(acts_now))


def _feedback(counter: _Machine) -> None:
    """What people say of the counter: petitions, one of them answered, and a day's survey slips."""
    acting = ("--officer", OFFICER)
    told = counter("petition", "add", "-", *acting, feed=feedback.petitions(clock.now()))
    number = told[0]["number"]
    counter("petition", "answer", number, "--text", feedback.ANSWER, *acting)
    counter("petition", "publish", number, "--where", feedback.PUBLISHED_AT, *acting)
    counter("survey", "add", "-", *acting, feed=feedback.slips())


def _words(deed: sample.Deed) -> list[str]:
    """As the command line takes it."""
    words = [deed.verb, deed.code]
    for name, value in deed.given.items():
        if name == "changes":
            words += [f"{field}={text}" for field, text in value.items()]
        elif isinstance(value, list):
            words += [f"--{name}", *value]
        else:
            text = value.isoformat() if isinstance(value, date) else str(value)
            words += [f"--{name.replace('_', '-')}", text]
    return words


def _at_once(work: Callable[[_T], _R], items: Iterable[_T]) -> list[_R]:
    """The answers in their order; as many processes at a time as the machine has cores."""
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as lanes:
        return list(lanes.map(work, items))


def _found(counter: _Machine, laptop: _Machine, district: _Machine, work: Path, papers: Path) -> None:
    """Two stores of one commune, enrolled with the server."""

    def init(machine: _Machine, device: str, sheet: str) -> None:
        made = work / sheet
        machine("init", "--agency", AGENCY, "--name", NAME, "--device", device, "--recovery", made)
        shutil.move(made, papers / sheet)

    machines = (
        (counter, "QUẦY 1", "phieu-khoi-phuc-quay.pdf"),
        (laptop, "MÁY XÁCH TAY", "phieu-khoi-phuc-may.pdf"),
    )
    _at_once(lambda one: init(*one), machines)
    counter("officer", "add", OFFICER, "--name", "Vàng Thị Mai", "--role", "head")
    url = (district.data / "url").read_text("utf-8")
    for machine, device, _ in machines:
        (invited,) = district("device", "add", AGENCY, device)
        machine("enrol", url, "--code", invited["code"])
    for machine in (counter, laptop, counter):
        machine("sync")


def _receive(
    counter: _Machine, laptop: _Machine, lines: list[sample.Line], work: Path, papers: Path
) -> list[sample.Accepted]:
    """Most at the counter on A5, some on slips, a few on A4, and those collected at home on the laptop."""
    home = [{**line, "channel": "home", "return_by": "home"} for line in lines[7::14]]
    rest = [line for n, line in enumerate(lines) if n % 14 != 7]
    parts = [(counter, rest[5::6], "80mm"), (counter, rest[:OF_EACH], "a4"), (laptop, home, "80mm")]
    taken = {id(line) for _, part, _ in parts for line in part}
    parts.insert(0, (counter, [line for line in rest if id(line) not in taken], "a5"))
    return [one for part in _at_once(lambda part: _receive_part(*part, work, papers), parts) for one in part]


def _receive_part(
    machine: _Machine, part: list[sample.Line], paper: str, work: Path, papers: Path
) -> list[sample.Accepted]:
    name = f"{machine.data.name}-{paper}"
    to = ["--papers", work / name, "--paper", paper, "--officer", OFFICER]
    answers = machine("receive", "-", *to, feed=part)
    for n, answer in enumerate(answers[:OF_EACH], start=1):
        shutil.copy(answer["papers"][0], papers / f"giay-hen-{name}-{n}.pdf")
    return [_accepted(line, answer) for line, answer in zip(part, answers, strict=True)]


def _accepted(line: sample.Line, answer: dict[str, Any]) -> sample.Accepted:
    received, due = (datetime.fromisoformat(answer[name]) for name in ("received_at", "due"))
    return sample.Accepted(answer["code"], received, due, line["applicant"])


def _calendar() -> WorkCalendar:
    sheets = sorted(paths.resource("calendar").glob("*.csv"))
    return WorkCalendar.of(year for sheet in sheets for year in parse_calendar(sheet.read_text("utf-8")))


def _disagree(counter: _Machine, laptop: _Machine, code: str) -> None:
    """Two officers correct one phone number, and neither knows of the other."""

    def correct(machine: _Machine, phone: str) -> None:
        reason = "Người nộp đọc lại số điện thoại"
        machine("correct", code, f"applicant.phone={phone}", "--reason", reason, "--officer", OFFICER)

    _at_once(lambda one: correct(*one), [(counter, "0900012345"), (laptop, "0900012354")])


def _summary(counter: _Machine, laptop: _Machine, district: _Machine, given: int) -> dict[str, Any]:
    today = clock.now().astimezone(VIETNAM).date().isoformat()
    (ours,), (theirs,), (above,), found, late, soon, (safe,) = _at_once(
        lambda one: one[0](*one[1]),
        [
            (counter, ("verify",)),
            (laptop, ("verify",)),
            (district, ("verify",)),
            (counter, ("find", "--all")),
            (counter, ("due", "--overdue")),
            (counter, ("due", "--on", today)),
            (counter, ("sync", "--status")),
        ],
    )
    return {
        "data": str(counter.data),
        "laptop": str(laptop.data),
        "commune": NAME,
        "received": len(found) - given,
        "given_at_once": given,
        "states": dict(sorted(Counter(line["state"] for line in found).items())),
        "overdue": sum(line["state"] != "finished" for line in late),
        "due_today": len(soon),
        "conflicts": ours["conflicts"],
        "events": ours["events"],
        "verify": [ours, theirs, above],
        "equal": ours["state"] == theirs["state"] == above["state"],
        "acknowledged": safe["acknowledged"],
        "pending": safe["pending"],
    }
