"""A file near the largest goes in, onto the screen, into a backup and back, and nothing holds the whole."""

from __future__ import annotations

import errno
import json
import os
import random
import subprocess
import sys
from itertools import accumulate
from pathlib import Path
from types import SimpleNamespace
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.crypto.sealing import FRAME
from counter_app.domain.errors import DiskFull
from counter_app.system.spool import Spool

MB: Final = 1024 * 1024
LITTLE: Final = 24 * MB
"""Bytes of memory above what the same process took for a small file; the file has 60 MB."""
_CHILD: Final = """
import json, sys
from pathlib import Path
from counter_app.domain.attachments import Way
from counter_app.services import attaching, backups, digitised, drill, electronic, keeping, opening, unkept
from counter_app.services.attaching import Given
from counter_app.services.contents import pieces_of
from counter_app.services.opening import NewStore, Openers
from counter_app.system import files
from tests.district.scans import PAPERS
from tests.services.stores import Counter, receive
from tests.vaults import NoVault

place, sheet = Path(sys.argv[1]), []
counter = Counter(place / "kho")  # opened by a keyring: a passphrase costs 64 MB of its own
new = NewStore("H55.242", "UBND", device="QUẦY 1", passphrase="", sheet=sheet.append)
office = opening.create(counter.places, new, counter.openers, counter.wall)


def peak():
    # Of this program alone: ru_maxrss begins with that of the process which started it.
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) * 1024


def attach(name):
    code, content = receive(office, components=PAPERS).code, attaching.content_of(office, place / name)
    [made] = attaching.attach(office, office.session(), code, 1, [Given(content)], way=Way.ELECTRONIC)
    return code, content


def step(what, done):
    took[what] = peak() - idle
    return done


took, idle = {}, 0
attach("small.pdf")
idle = peak()
code, content = step("attached", attach("large.pdf"))
page = step("first page", electronic.first_page(content, office.now()))[0]
pile = unkept.Unkept("1", page, Way.ELECTRONIC, "a", 1, whole=content)
step("in the pile", unkept.keep(office, receive(office).dossier, [pile]))
one = next(one for paper in digitised.of_dossier(office, code).papers for one in paper.files)
shown = digitised.read(office, office.session(), one)
step("looked at", electronic.first_page(shown, office.now()))
step("exported", files.write_parts(place / "out.pdf", pieces_of(shown)))
done = step("backed up", backups.run(office))
assert step("drilled", drill.drill(office, done.backup.path, [])).is_good
other = Counter(place / "other", openers=Openers(NoVault(), recovery=sheet[0]))
told = step("restored", keeping.restore(other.places, done.backup.path, other.openers, other.wall))
assert (told["files"], told["pages"], told["files_missing"], told["pages_missing"]) == (2, 1, [], [])
office.close()
print(json.dumps(took))
"""


def pdf_of(size: int) -> bytes:
    """A page with as much behind it as makes so many bytes."""
    rest = random.Random(size).randbytes(MB)
    parts = [
        b"1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n",
        b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n",
        b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>\nendobj\n",
        b"4 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n"
        % (size, (rest * (size // MB + 1))[:size]),
    ]
    made, places = bytearray(b"%PDF-1.4\n"), []
    for part in parts:
        places.append(len(made))
        made += part
    table = b"".join(b"%010d 00000 n \n" % at for at in places)
    tail = b"xref\n0 5\n0000000000 65535 f \n%strailer\n<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(made) + tail % (table, len(made))


def test_a_file_of_60_megabytes_goes_all_its_ways_in_little_memory(tmp_path: Path) -> None:
    (tmp_path / "small.pdf").write_bytes(pdf_of(3 * MB))
    (tmp_path / "large.pdf").write_bytes(pdf_of(60 * MB))

    ran = subprocess.run(
        [sys.executable, "-c", _CHILD, tmp_path], capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stderr
    above = {what: f"{size / MB:.1f} MB" for what, size in json.loads(ran.stdout).items()}
    assert max(json.loads(ran.stdout).values()) < LITTLE, above
    assert (tmp_path / "out.pdf").read_bytes() == (tmp_path / "large.pdf").read_bytes()


@given(
    parts=st.lists(st.sampled_from([0, 1, 1000, FRAME - 1, FRAME, FRAME + 1, 3 * FRAME]), max_size=5),
    data=st.data(),
)
def test_what_is_on_its_way_is_read_anywhere_as_it_was_written(
    parts: list[int], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    spool, plain = Spool(tmp_path_factory.getbasetemp()), random.Random(1).randbytes(sum(parts))
    for part, end in zip(parts, accumulate(parts), strict=True):
        spool.write(plain[end - part : end])
    at = data.draw(st.integers(0, len(plain) + 1))
    size = data.draw(st.sampled_from([0, 1, FRAME, FRAME + 1, 4 * FRAME]))

    assert spool.tell() == len(plain) and spool.piece(at, size) == plain[at : at + size]
    with spool.open() as file:
        assert (file.seek(at), file.read(size), file.seek(0), file.read()) == (
            at,
            plain[at : at + size],
            0,
            plain,
        )


def test_nothing_of_it_can_be_read_on_the_disk_and_it_leaves_with_its_reader(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    for _ in range(40):
        spool.write(b"Giang A Pao" * 6000)
    # The file has no name: its bytes are in reach of this process alone.
    [number] = [one for one in os.listdir("/proc/self/fd") if str(tmp_path) in _target(one)]

    assert list(tmp_path.iterdir()) == []
    lying = Path(f"/proc/self/fd/{number}").read_bytes()
    assert len(lying) > MB and b"Giang A Pao" not in lying
    del spool
    assert not any(str(tmp_path) in _target(one) for one in os.listdir("/proc/self/fd"))


def _target(number: str) -> str:
    try:
        return os.readlink(f"/proc/self/fd/{number}")
    except OSError:
        return ""


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    spool = Spool(tmp_path)
    monkeypatch.setattr(spool, "_file", SimpleNamespace(seek=full, write=full, close=lambda: None))
    with pytest.raises(DiskFull):
        spool.write(bytes(2 * FRAME))
