"""What every command needs: the store, who acts, and the two streams."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from counter_app.domain.errors import CounterError, NotPermitted
from counter_app.services import opening
from counter_app.services.accesses import Why, note
from counter_app.services.office import Office, Session
from counter_app.services.opening import Openers
from counter_app.system import clock, files, settings
from counter_app.system.paths import Places
from counter_app.system.secrets import KeyringVault
from counter_app.words.errors import sentence
from counter_app.words.language import Words

_TOLD = Words(
    {
        "put-back": "Kho này là bản cũ hơn các giấy đã in: hồ sơ in sau bản này không còn trong kho; "
        "hãy nhập lại theo giấy, hoặc nhận từ máy khác.",
        "pin-waits": "Gõ sai mã PIN nhiều lần: chờ {seconds} giây…",
    }
)
_PROMPTS = Words(
    {
        "passphrase": "Mật khẩu của kho: ",
        "signing": "Mật khẩu của tệp chứng thư: ",
        "pin": "Mã PIN của {officer}: ",
        "new-pin": "Mã PIN mới: ",
        "sheet": "Các từ trên phiếu khôi phục: ",
    }
)


class Screen(Protocol):
    """The window as the command line may use it, which itself knows of no window."""

    def there(self) -> bool: ...
    def window(self, data: Path, passphrase: str) -> int: ...
    def picture(self, data: Path, target: Path, passphrase: str) -> bool: ...


class Context:
    """The command as asked, with the store opened when it is first needed."""

    def __init__(self, data: Path, asked: argparse.Namespace, screen: Screen | None = None) -> None:
        self.places = Places(data)
        self.asked = asked
        self.screen = screen
        self.settings_fault: CounterError | None = None
        """Why the defaults stand for the settings; told once, as soon as the store is open."""
        self._office: Office | None = None

    def outgoing(self, *targets: Path) -> None:
        """These files may be written, and can be: what is said of a paper is said of one that is there.

        Raises NotAllowed("inside-data-folder"), CannotWrite, DiskFull.
        """
        opening.refuse_inside(self.places, targets)
        for target in targets:
            files.prove_writable(target)

    @property
    def openers(self) -> Openers:
        return Openers(KeyringVault(), ask_passphrase, os.environ.get("COUNTER_RECOVERY", ""))

    @property
    def office(self) -> Office:
        if self._office is None:
            chosen, fault = settings.load_or_defaults(self.places.settings)
            self._office = opening.open_store(self.places, self.openers, clock.now, chosen)
            self._office.settings_fault = self.settings_fault = fault
            if fault is not None:
                tell(sentence(fault))
            if self._office.put_back:
                tell(_TOLD.say("put-back"))
        return self._office

    def session(self) -> Session:
        return self.session_in(self.office)

    def session_in(self, office: Office) -> Session:
        """The acting officer; his PIN from COUNTER_PIN, else asked on the terminal.

        After wrong PINs this waits first: a command of its own cannot wait between two tries otherwise.
        """
        officer = self.asked.officer or ""
        if (left := office.wait(officer)) > 0:
            tell(_TOLD.say("pin-waits", seconds=int(left) + 1))
            time.sleep(left)
        return office.session(officer, lambda: os.environ.get("COUNTER_PIN") or _ask("pin", officer=officer))

    def looks_at(self, dossiers: Iterable[bytes], why: Why) -> None:
        """For the access log: who gave his PIN looks at these, else nobody that is known."""
        session = None
        if not self.asked.officer or "COUNTER_PIN" in os.environ:
            with suppress(NotPermitted):
                session = self.session()
        note(self.office, session, dossiers, why)

    def second(self, officer: str) -> Session:
        """Another officer beside the acting one; his PIN from COUNTER_PIN2, else asked on the terminal."""
        pin = os.environ.get("COUNTER_PIN2")
        return self.office.session(officer, lambda: pin or _ask("pin", officer=officer))

    def close(self) -> None:
        if self._office is not None:
            self._office.close()


def ask_new_pin() -> str:
    return _ask("new-pin")


def ask_sheet() -> str:
    return _ask("sheet")


def ask_passphrase() -> str:
    return os.environ.get("COUNTER_PASSPHRASE") or _ask("passphrase")


def ask_signing_passphrase() -> str:
    """That of the PKCS#12 file: from COUNTER_P12, else asked on the terminal."""
    return os.environ.get("COUNTER_P12") or _ask("signing")


def _ask(what: str, **facts: object) -> str:
    if not sys.stdin.isatty():
        return ""
    return getpass.getpass(_PROMPTS.say(what, **facts))


def put(line: dict[str, Any]) -> None:
    """One JSON line on standard output."""
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def tell(sentence: str) -> None:
    """Words for people, on standard error."""
    print(sentence, file=sys.stderr, flush=True)
