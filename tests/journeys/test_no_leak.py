"""No name, number, phone or address lies readable in any byte that the program leaves behind.

What a command is given as arguments stands in the process list while it runs; that is the caller's to avoid
(`receive -` reads standard input), and is not looked at here.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from counter_app.services import acts, entry, exchange, opening, reception, rules
from counter_app.services.opening import Openers
from counter_app.system import clock
from counter_app.system.paths import Places
from tests.journeys.command import PASSPHRASE, PROGRAM, Store, json_lines
from tests.seized.searching import Search, forms_of, leaks
from tests.vaults import NoVault

pytestmark = pytest.mark.usefixtures("true_start")

# Letters and digits that nothing else has; long enough not to arise by chance in encrypted bytes.
SECRETS = (
    "Khuất Duệ Quỳnhxa",
    "Mạc Thuỵ Đoanqua",
    "019288471653",
    "0917346285",
    "xóm Khuổi Ngoạ Đồng",
    "anh Trưởng Sĩ Pằng",
    "quynhxa@khuatdue.vn",
    "3502764981",
    "Vì bố là Chẩu A Dảo",
)
ENTRY = {
    "procedure": "2.000815",
    "applicant": {
        "name": SECRETS[0],
        "id_number": SECRETS[2],
        "phone": SECRETS[3],
        "address": SECRETS[4],
        "contact_via": SECRETS[5],
        "email": SECRETS[6],
    },
    "submitter": {"kind": "org", "name": SECRETS[1], "tax_code": SECRETS[7]},
    "note": SECRETS[8],
}


SEARCH = Search(forms_of(SECRETS))


@contextmanager
def watched(*folders: Path) -> Iterator[set[str]]:
    """Looks into the folders all the while: the leaks of files that come and go, and each file's name."""
    found: set[str] = set()
    done = threading.Event()

    def look_into(folder: Path) -> None:
        for path in folder.rglob("*"):
            try:
                data = path.read_bytes() if path.is_file() else b""
            except OSError:
                continue
            found.add(path.name)
            found.update(f"readable: {said}" for said in SEARCH.found(data))

    def look() -> None:
        while not done.is_set():
            for folder in folders:
                with suppress(FileNotFoundError):  # a folder that went while it was listed: the next look
                    look_into(folder)
            time.sleep(0.01)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield found
    finally:
        done.set()
        thread.join()


@pytest.fixture
def quiet(store: Store, tmp_path: Path) -> Store:
    """A store whose commands have a temporary folder, home and caches of their own."""
    for name in ("tmp", "home"):
        (tmp_path / name).mkdir()
    home = {"HOME": str(tmp_path / "home"), "PYTHONDONTWRITEBYTECODE": "1"}
    temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(tmp_path / "tmp"))
    return Store(store.data, {**store.environment, **home, **temporary})


def test_a_dossiers_whole_life_leaves_nothing_readable_behind(quiet: Store, tmp_path: Path) -> None:
    places = (quiet.data, tmp_path / "tmp", tmp_path / "home")
    papers = tmp_path / "papers"
    without = {n: v for n, v in quiet.environment.items() if n != "COUNTER_RECOVERY"}
    other = Store(tmp_path / "other", without)
    other.init()
    other.ok("pair", "offer", tmp_path / "offer")
    quiet.ok("pair", "accept", tmp_path / "offer", "--out", tmp_path / "reply")
    other.ok("pair", "finish", tmp_path / "reply")

    with watched(*places) as seen:
        (answer,) = quiet.receive(ENTRY, words=("--papers", papers))
        code = answer["code"]
        bad = ENTRY | {"procedure": SECRETS[0]}
        assert quiet.run("receive", "-", stdin=json_lines([bad])).code == 2
        assert quiet.run("receive", tmp_path / "nowhere" / SECRETS[0]).code == 2
        quiet.ok("find", SECRETS[0])
        quiet.ok("print", code, "--form", "receipt", "--reason", SECRETS[8], "--out", papers / "again.pdf")
        quiet.ok("correct", code, f"applicant.address={SECRETS[4]}", "--reason", SECRETS[8])
        quiet.ok("finish", code)
        quiet.ok("return", code, "--to", SECRETS[1], "--id-number", SECRETS[2], "--authority", SECRETS[8])
        assert quiet.run("return", code, "--to", SECRETS[1]).code == 2
        quiet.ok("bundle", "export", tmp_path / "bundle")
        quiet.ok("backup", tmp_path / "backup")
        other.ok("bundle", "import", tmp_path / "bundle")
        quiet.ok("rebuild")
        quiet.ok("verify")

    assert "store.db-wal" in seen
    assert [said for said in seen if said.startswith("readable")] == []
    assert list((tmp_path / "tmp").iterdir()) == []
    assert leaks(SEARCH, *places, other.data, tmp_path / "bundle", tmp_path / "backup") == []
    assert other.ok("show", code).line["applicant_details"]["name"] == SECRETS[0]


def test_a_killed_reception_leaves_nothing_readable_behind(quiet: Store, tmp_path: Path) -> None:
    places = (quiet.data, tmp_path / "tmp", tmp_path / "home")
    environment = {**os.environ, **quiet.environment}
    for wait in (5, 20):
        process = subprocess.Popen(
            [PROGRAM, "--data", quiet.data, "receive", "-", "--papers", tmp_path / "papers"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(json_lines([ENTRY] * 200).encode())
        process.stdin.flush()
        for _ in range(wait):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        process.communicate()

        assert (quiet.data / "store.db-wal").stat().st_size > 0
        assert leaks(SEARCH, *places) == []
    assert quiet.ok("verify").line["dossiers"] >= 25


def test_a_bug_is_logged_without_the_people_it_met(quiet: Store, tmp_path: Path) -> None:
    # A bug made on purpose, in a process of its own: what is written fails with the person in its message.
    broken = """
import sys
from counter_app.services import reception
def broken(office, session, form, **more):
    try:
        raise KeyError(form.applicant.name, form.applicant.phone)
    except KeyError as error:
        raise RuntimeError(f"{form.applicant} {form.note}") from error
reception.receive = broken
from counter_app.cli.main import main
sys.exit(main(sys.argv[1:]))
"""
    done = subprocess.run(
        [PROGRAM.with_name("python"), "-c", broken, "--data", quiet.data, "receive", "-"],
        input=json_lines([ENTRY]).encode(),
        env={**os.environ, **quiet.environment},
        capture_output=True,
        check=False,
    )

    assert done.returncode == 1
    assert b"RuntimeError" in (quiet.data / "logs" / "counter.log").read_bytes()
    assert list(SEARCH.deep(done.stderr + done.stdout)) == []
    assert leaks(SEARCH, quiet.data, tmp_path / "tmp", tmp_path / "home") == []


def test_an_open_store_keeps_its_journals_unreadable_too(quiet: Store, tmp_path: Path) -> None:
    openers = Openers(NoVault(), lambda: PASSPHRASE)
    office = opening.open_store(Places(quiet.data), openers, clock.now)
    try:
        session = office.session()
        for _ in range(50):
            form = entry.read_form(ENTRY, rules.catalogue(office), office.now())
            code = reception.receive(office, session, form).code
            acts.finish(office, session, code, SECRETS[8])
        with pytest.raises(Exception, match="nobody-paired"):
            exchange.export(office, session, tmp_path / "bundle")

        assert (quiet.data / "store.db-wal").stat().st_size > 0
        assert leaks(SEARCH, quiet.data) == []
    finally:
        office.close()
