"""The few settings of one machine that are no events: what papers print of the office, and how."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from counter_app.domain.errors import BadInput, CannotRead, CounterError, Damaged
from counter_app.system import files

PAPERS: Final = ("a5", "a4", "80mm")
LANGUAGES: Final = ("vi", "en")
USES: Final = ("receipts", "labels", "slips")
LABEL_STOCKS: Final = ("80mm", "a4")
"""A roll, or sheets of 24 labels of 70 × 37 mm."""


@dataclass(frozen=True)
class Queue:
    """What was chosen once for one queue: its paper, and how wide its head really prints (80mm only)."""

    paper: str = "a5"
    printable_mm: int = 72
    """72 on an 80 mm roll, 48 on a 58 mm one."""

    def __post_init__(self) -> None:
        if self.paper not in PAPERS:
            raise BadInput("setting-unknown", field="paper", value=self.paper)
        if type(self.printable_mm) is not int:
            raise BadInput("setting-type", field="printable_mm", value=self.printable_mm)
        if not 40 <= self.printable_mm <= 120:
            raise BadInput("setting-range", field="printable_mm", value=self.printable_mm, least=40, most=120)


@dataclass(frozen=True)
class Settings:
    """What an office may change without a trace in the log; `other` keeps what a later version wrote."""

    office: str = ""
    """The receiving office (Bộ phận Một cửa) as papers name it."""
    address: str = ""
    hotline: str = ""
    head_title: str = ""
    """As what the head of the authority signs (Thủ trưởng cơ quan), where he signs a paper."""
    head_name: str = ""
    hours: str = ""
    """When the counter is open, in words."""
    bank: str = ""
    """The office's bank, by the six digits that NAPAS gave it; with `account`, where transfers go."""
    account: str = ""
    payee: str = ""
    """The name that the account bears, as a bank's app shows it."""
    district: str = ""
    """What the screen calls the other end of a sync."""
    sync_hours: str = ""
    """The hours in which it synchronises by itself, as `domain/sync_hours` reads them; "" is always."""
    file_mb_a_day: int = 0
    """Megabytes of scanned files that it sends in a day at the most; 0 for as many as there are."""
    files_keep_days: int = 0
    """So many days after its dossier's last act a file that is safe leaves this machine; 0 for never."""
    files_keep_free_mb: int = 1000
    """With less than so many megabytes free on the disk, files of ended dossiers leave, oldest first."""
    paper: str = "a5"
    slip_width_mm: int = 72
    """How wide the slip printer's head really prints: 72 on an 80 mm roll, 48 on a 58 mm one."""
    lock_minutes: int = 10
    """After so long without a touch the window asks for the officer's PIN again, where he has one."""
    max_extensions: int = 1
    """How often a dossier may get a new appointment: NĐ 61/2018 said once, NĐ 118/2025 is not known."""
    apology_days: int = 3
    """How many working days later an apology proposes, counted from the appointment that is missed."""
    apology_reason: str = "hồ sơ cần thêm thời gian để thẩm tra, xác minh"
    """What an apology gives as its reason until somebody words it."""
    acknowledge_hours: int = 2
    """Within how many hours of work who is handed a dossier in the program says that he has it (Nghị định
    63/2024/NĐ-CP, Điều 7)."""
    petition_rule: str = ""
    """A rule of `resources/feedback` whose stricter limits hold for petitions; "" is that of every office."""
    survey_scale: str = ""
    """The levels that citizens are asked by, of `resources/feedback`; "" is the first scale there."""
    survey_url: str = ""
    """The survey's page, for the QR on papers; `{code}` in it stands for the dossier's. "" prints none."""
    language: str = "vi"
    """What the window speaks from its next start on; papers are Vietnamese."""
    queues: Mapping[str, Queue] = field(default_factory=lambda: MappingProxyType({}))
    """What was chosen for each queue, by its name; for others `paper` and `slip_width_mm` hold."""
    receipts: str = ""
    """The queue that receipts go to; the computer's default one where none is named."""
    labels: str = ""
    slips: str = ""
    """The queue of the pads of pre-numbered slips."""
    label_stock: str = "80mm"
    backup_folder: str = ""
    """Where this machine's own backups lie; "" is beside the store's folder."""
    backup_second: str = ""
    """A folder on a second disk or a stick that is given each backup, whenever it is there; "" is none."""
    backup_all_files: bool = False
    """Whether backups hold scanned files that the district has; those that it lacks they always do."""
    backup_days: int = 4
    """A backup older than so many days is complained of."""
    drill_days: int = 92
    """So many days after the last backup was restored as a drill, another drill is asked for."""
    disk_warn_mb: int = 500
    """With less than so many megabytes free on the store's disk the officer is told."""
    access_days: int = 730
    """Days for which it is kept who looked at which dossier; 0 is for ever. No text was found that names a
    term of it [unsure]; of system logs NĐ 53/2022/NĐ-CP is reported to ask for twelve months at least."""
    close_hour: int = 16
    """From this hour on, in Viet Nam, a day whose book is not closed is told of."""
    signing_file: str = ""
    """Where the PKCS#12 file lies that papers were last signed with; it is read there, never copied."""
    scan_dpi: int = 200
    """Dots an inch that scanned pages are kept at, at the most (TT 02/2019/TT-BNV asks for 200 at least)."""
    scan_quality: int = 45
    """Of the JPEGs that pages are kept as, 1 to 95."""
    scan_colour: bool = True
    """Whether a page with colours keeps them; one without is grey anyhow."""
    scan_device: str = ""
    """The scanner that was last used, as the system names it."""
    scan_camera: str = ""
    """The camera that pages were last taken with, as it calls itself."""
    scan_folder: str = ""
    """Where a scanner of the office puts its files, which are taken from there; "" watches none."""
    other: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        for one in fields(self):
            value = getattr(self, one.name)
            if one.name in ("other", "queues"):
                continue
            if type(value) is not type(one.default):
                raise BadInput("setting-type", field=one.name, value=value)
            if isinstance(value, str):
                object.__setattr__(self, one.name, unicodedata.normalize("NFC", value))
        if self.sync_hours:
            from counter_app.domain import sync_hours  # the first paint reads the settings, and not this

            object.__setattr__(self, "sync_hours", str(sync_hours.read(self.sync_hours)))
        if self.survey_url:
            from counter_app.domain.surveys import check_page

            check_page(self.survey_url)
        if self.bank or self.account:
            from counter_app.domain.vietqr import Account

            account = Account.read(self.bank, self.account)
            object.__setattr__(self, "bank", account.bank)
            object.__setattr__(self, "account", account.number)
        if self.paper not in PAPERS:
            raise BadInput("setting-unknown", field="paper", value=self.paper)
        if self.language not in LANGUAGES:
            raise BadInput("setting-unknown", field="language", value=self.language)
        if not 30 <= self.slip_width_mm <= 120:
            raise BadInput(
                "setting-range", field="slip_width_mm", value=self.slip_width_mm, least=30, most=120
            )
        if self.label_stock not in LABEL_STOCKS:
            raise BadInput("setting-unknown", field="label_stock", value=self.label_stock)
        for name, least, most in (
            ("lock_minutes", 1, 240),
            ("max_extensions", 0, 20),
            ("apology_days", 1, 60),
            ("acknowledge_hours", 1, 80),
            ("backup_days", 1, 60),
            ("drill_days", 7, 400),
            ("disk_warn_mb", 50, 1_000_000),
            ("access_days", 0, 3650),
            ("close_hour", 11, 23),
            ("scan_dpi", 100, 600),
            ("scan_quality", 10, 95),
            ("file_mb_a_day", 0, 100_000),
            ("files_keep_days", 0, 3650),
            ("files_keep_free_mb", 0, 1_000_000),
        ):
            if not least <= (value := getattr(self, name)) <= most:
                raise BadInput("setting-range", field=name, value=value, least=least, most=most)

    def queue_for(self, use: str) -> str:
        """The queue that papers of a `use` go to, "" for the computer's default one."""
        named = {"receipts": self.receipts, "labels": self.labels, "slips": self.slips}
        return named[use]

    def queue(self, name: str) -> Queue:
        """What was chosen for a queue, or what holds for every one."""
        return self.queues.get(name) or Queue(self.paper, max(40, self.slip_width_mm))

    def with_queue(self, name: str, chosen: Queue) -> Settings:
        return replace(self, queues=MappingProxyType({**self.queues, name: chosen}))


_NAMES: Final = frozenset(one.name for one in fields(Settings)) - {"other"}


def load(path: Path) -> Settings:
    """The file's settings, the defaults where there is none; Damaged("settings-damaged") or CannotRead."""
    try:
        data = files.read_bytes(path)
    except CannotRead as failure:
        if failure.why == "file-missing":
            return Settings()
        raise
    try:
        content = json.loads(data)
        known = {name: value for name, value in content.items() if name in _NAMES}
        if "queues" in known:
            known["queues"] = _read_queues(known["queues"])
        other = {name: value for name, value in content.items() if name not in _NAMES}
        return Settings(**known, other=MappingProxyType(other))
    except (ValueError, TypeError, AttributeError, RecursionError, BadInput) as error:
        raise Damaged("settings-damaged", path=path) from error


def load_or_defaults(path: Path) -> tuple[Settings, CounterError | None]:
    """As `load`; where the file cannot be read the defaults, and what is wrong with it."""
    try:
        return load(path), None
    except (Damaged, CannotRead) as fault:
        return Settings(), fault


def save(path: Path, settings: Settings) -> None:
    """Raises DiskFull or CannotWrite; the old file then still stands."""
    content = {**settings.other, **{name: getattr(settings, name) for name in _NAMES}}
    content["queues"] = {name: asdict(queue) for name, queue in settings.queues.items()}
    text = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True)
    files.write_atomically(path, text.encode() + b"\n")


def _read_queues(content: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Queue]:
    wanted = [one.name for one in fields(Queue)]
    return MappingProxyType(
        {
            name: Queue(**{key: given[key] for key in wanted if key in given})
            for name, given in content.items()
        }
    )
