"""A machine is brought to its district by one QR: drawn, read from the pixels, scanned at a counter."""

from __future__ import annotations

import io
import json
import re
import stat
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from counter_app.cli.main import main as counter
from counter_app.crypto.pinning import pin_of_file
from counter_app.district import address, picture
from counter_app.district.program import main as program
from counter_app.paper.barcode import qr
from counter_app.services import enrolled
from counter_app.sync.enrolment import Invitation
from tests.district import bases
from tests.district.test_tls import certificate, data, served
from tests.services.stores import OPENERS, PASSPHRASE, Counter

__all__ = ["data"]
TEXT = "mc-enrol:https://dongbo.tinh.gov.vn#K7QX-2M2P-ABCD-EFGH#" + "A" * 51 + "Q"


@pytest.fixture(autouse=True)
def keyless(monkeypatch):
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("COUNTER_PASSPHRASE", PASSPHRASE)


@pytest.fixture
def run(data, capsys):
    def run(*words):
        code = program(["--data", str(data), *map(str, words)])
        return code, capsys.readouterr()

    return run


def read(image):
    return [code.text for code in zxingcpp.read_barcodes(image)]


def drawn(svg):
    """The pixels of our own SVG: one path of rectangles on a white ground."""
    side = int(re.search(r'viewBox="0 0 (\d+) ', svg)[1])
    dots = np.full((side, side), 255, np.uint8)
    for column, row, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", svg):
        dots[int(row), int(column) : int(column) + int(length)] = 0
    return np.kron(dots, np.ones((6, 6), np.uint8))


def seen(lines):
    """The pixels of half blocks, as a terminal paints them."""
    rows = []
    for line in re.sub(r"\x1b\[[\d;]*m", "", lines).splitlines():
        rows += [[0 if sign in "▀█" else 255 for sign in line], [0 if sign in "▄█" else 255 for sign in line]]
    return np.kron(np.array(rows, np.uint8), np.ones((6, 6), np.uint8))


def test_png_svg_and_terminal_are_read_as_the_same_text():
    pattern = qr(TEXT)

    assert read(np.array(Image.open(io.BytesIO(picture.png(pattern))).convert("L"))) == [TEXT]
    assert read(drawn(picture.svg(pattern).decode())) == [TEXT]
    assert read(seen(picture.terminal(pattern))) == [TEXT]
    assert all(line.startswith("\x1b[30;107m") for line in picture.terminal(pattern).splitlines())


@pytest.mark.parametrize("name", ["qr.png", "qr.svg", "QR.PNG"])
def test_a_code_is_given_as_a_picture_that_only_its_user_reads(run, tmp_path, name):
    code, told = run(
        "device", "add", "H55.242", "QUẦY 1", "--url", "https://dongbo.tinh.gov.vn/", "--qr", tmp_path / name
    )

    made = json.loads(told.out)
    file = tmp_path / name
    image = drawn(file.read_text()) if name.endswith("svg") else np.array(Image.open(file).convert("L"))
    assert (code, read(image)) == (0, [made["scan"]])
    assert made["scan"] == f"mc-enrol:https://dongbo.tinh.gov.vn#{made['code']}"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "\x1b" not in told.err  # no terminal reads it


def test_the_address_is_told_once(run):
    first, _ = run("device", "add", "H55.242", "QUẦY 1"), None
    run("device", "add", "H55.242", "QUẦY 2", "--url", "https://a.gov.vn")
    _, told = run("device", "add", "H55.242", "QUẦY 3")

    assert "scan" not in json.loads(first[1].out)
    assert json.loads(told.out)["scan"].startswith("mc-enrol:https://a.gov.vn#")


def test_on_a_terminal_the_qr_is_drawn(run, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)

    _, told = run("device", "add", "H55.242", "QUẦY 1", "--url", "https://a.gov.vn")

    assert read(seen(told.err.partition("\n")[2])) == [json.loads(told.out)["scan"]]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--qr", "a.png"], "--url"),
        (["--url", "https://a.gov.vn", "--qr", "a.jpg"], ".png"),
        (["--url", "http://a.gov.vn"], "https"),
        (["--url", "https://a.gov.vn", "--qr", "no/such/folder/a.png"], "folder"),
    ],
)
def test_what_cannot_be_drawn_makes_no_place(run, monkeypatch, tmp_path, words, sentence):
    monkeypatch.chdir(tmp_path)
    code, told = run("device", "add", "H55.242", "QUẦY 1", *words)

    assert code in (2, 3) and sentence in told.err and told.out == ""
    assert run("device", "list")[1].out == ""
    assert list(tmp_path.glob("a.*")) == []


@pytest.fixture
def office(tmp_path):
    made = Counter(tmp_path / "counter", openers=OPENERS).make()
    return made.places.data


def enrol(office, monkeypatch, capsys, *words, typed=""):
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    capsys.readouterr()
    return counter(["--data", str(office), "enrol", *words]), capsys.readouterr()


def test_a_counter_enters_by_what_a_scanner_types(run, data, office, tmp_path, monkeypatch, capsys):
    mine, other = certificate(tmp_path, "mine"), certificate(tmp_path, "other")
    with served(data, *mine) as url:
        run("device", "add", "H55.242", "QUẦY 1", "--url", url, "--qr", tmp_path / "a.png")
    [text] = read(np.array(Image.open(tmp_path / "a.png").convert("L")))
    assert Invitation.read(text).pins == (pin_of_file(mine[0]),)
    port = url.rpartition(":")[2]

    with served(data, *other, port=port):
        refused, told = enrol(office, monkeypatch, capsys, typed=text + "\n")
        assert (refused, told.out) == (3, "")
    torn, _ = enrol(office, monkeypatch, capsys, text[:40])
    with served(data, *mine, port=port):
        entered, said = enrol(office, monkeypatch, capsys, typed=text + "\r\n")

    assert torn == 2
    assert entered == 0, said.err
    made = Counter(office, openers=OPENERS).open()
    assert enrolled.district(made).pins == (pin_of_file(mine[0]),)
    made.close()


@pytest.mark.postgres
def test_servers_that_start_at_once_keep_one_set_of_keys(tmp_path, postgres_url):
    base = bases.fresh(tmp_path, postgres_url)
    bases.Server(base)

    def start(number):
        with base.writing() as connection:
            address.keep_pins(connection, [bytes([number % 2]) * 32])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(start, range(40)))

    with base.reading() as connection:
        [pin] = address.pins(connection)
    base.close()
    assert pin in (bytes(32), b"\1" * 32)
