"""Which function does which command; its module is imported only when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from counter_app.cli.context import Context

_ACTS: Final = (
    *("supplement", "resubmit", "accept", "charge", "process", "extend", "refuse", "stop", "withdraw"),
    *("finish", "return", "collection-failed", "pay", "refund", "take-back", "correct", "void"),
    "resolve",
)
_PETITION_ACTS: Final = ("assign", "ask", "supply", "refuse", "answer", "publish", "void", "settle")
_ALL: Final[dict[tuple[str, str], tuple[str, str]]] = {
    ("demo", ""): ("demo", "run"),
    ("init", ""): ("keeping", "init"),
    ("officer", "add"): ("keeping", "officer_add"),
    ("officer", "pin"): ("keeping", "officer_pin"),
    ("officer", "reset"): ("keeping", "officer_reset"),
    ("officer", "list"): ("reading", "officers"),
    ("receive", ""): ("receiving", "receive"),
    ("instant", ""): ("giving", "instant"),
    ("show", ""): ("reading", "show"),
    ("find", ""): ("reading", "find"),
    ("due", ""): ("reading", "due"),
    ("scan", ""): ("reading", "scan"),
    ("accesses", ""): ("reading", "looked"),
    **{(name, ""): ("acting", "act") for name in _ACTS},
    ("hand-over", ""): ("hands", "hand_over"),
    ("take-over", ""): ("hands", "take_over"),
    ("waiting", ""): ("hands", "waiting"),
    ("acts", ""): ("acting", "acts_of_file"),
    ("cash", ""): ("cash", "cash"),
    ("day", ""): ("day", "day"),
    ("petition", "add"): ("feedback", "petition_add"),
    ("petition", "list"): ("feedback", "petition_list"),
    ("petition", "show"): ("feedback", "petition_show"),
    **{("petition", verb): ("feedback", "petition_act") for verb in _PETITION_ACTS},
    ("petition", "figures"): ("feedback", "petition_sums"),
    ("petition", "print"): ("feedback", "petition_print"),
    ("survey", "print"): ("feedback", "survey_print"),
    ("survey", "add"): ("feedback", "survey_add"),
    ("survey", "undo"): ("feedback", "survey_undo"),
    ("survey", "list"): ("feedback", "survey_list"),
    ("survey", "figures"): ("feedback", "survey_sums"),
    ("print", ""): ("printing", "print_paper"),
    ("export", ""): ("exporting", "export"),
    ("slips", ""): ("printing", "slips"),
    ("attach", ""): ("attaching", "attach"),
    ("detach", ""): ("attaching", "detach"),
    ("erase", ""): ("keeping", "erase"),
    ("retention", ""): ("retention", "retention_list"),
    ("attachments", ""): ("attaching", "listed"),
    ("digitise", ""): ("attaching", "digitise"),
    ("separators", ""): ("attaching", "separators"),
    ("scanners", ""): ("attaching", "scanners"),
    ("digitised", ""): ("attaching", "counts"),
    ("sign", ""): ("signing", "sign"),
    ("check-signature", ""): ("signing", "check"),
    ("apologies", ""): ("apologies", "apologies"),
    ("bundle", "export"): ("bundles", "bundle_export"),
    ("bundle", "import"): ("bundles", "bundle_import"),
    ("pair", "offer"): ("keeping", "pair_offer"),
    ("pair", "accept"): ("keeping", "pair_accept"),
    ("pair", "finish"): ("keeping", "pair_finish"),
    ("enrol", ""): ("syncing", "enrol"),
    ("sync", ""): ("syncing", "sync"),
    ("notices", ""): ("syncing", "notices"),
    ("unlock", ""): ("keeping", "unlock"),
    ("replace", ""): ("replacing", "replace"),
    ("salvage", ""): ("replacing", "salvage"),
    ("wipe", ""): ("replacing", "wipe"),
    ("backup", ""): ("keeping", "backup"),
    ("backups", ""): ("keeping", "listed_backups"),
    ("drill", ""): ("keeping", "drill"),
    ("restore", ""): ("keeping", "restore"),
    ("recover", ""): ("replacing", "recover"),
    ("verify", ""): ("keeping", "verify"),
    ("rebuild", ""): ("keeping", "rebuild"),
    ("catalogue", "import"): ("keeping", "import_catalogue"),
    ("fees", "import"): ("tariff", "import_fees"),
    ("fees", "list"): ("tariff", "list_fees"),
    ("calendar", "import"): ("keeping", "import_calendar"),
    ("calendar", "propose"): ("keeping", "propose_calendar"),
    ("keys", "list"): ("keeping", "keys_list"),
    ("keys", "add"): ("keeping", "keys_add"),
    ("keys", "drop"): ("keeping", "keys_drop"),
    ("clock", ""): ("keeping", "clock_set"),
}


def run(context: Context) -> int:
    """The command's exit code; failures are raised."""
    asked = context.asked
    module, name = _ALL[asked.command, getattr(asked, "verb", "") or ""]
    code: int = getattr(import_module(f"counter_app.cli.{module}"), name)(context)
    return code
