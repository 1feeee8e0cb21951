"""Windows' scanners, by WIA's automation objects as PowerShell speaks to them.

WIA 2.0 (Microsoft, "Windows Image Acquisition Automation Layer"): no page is written to the disk, each comes
in base64 on the program's output. It was written to that page and has not been run.
"""

from __future__ import annotations

import subprocess
from base64 import b64decode
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from counter_app.domain.errors import CannotRead
from counter_app.system.scanner import Device, Order

_SHELL: Final = ("powershell.exe", "-NoProfile", "-NonInteractive", "-Command")
_LIST: Final = """
$m = New-Object -ComObject WIA.DeviceManager
foreach ($d in $m.DeviceInfos) {
  if ($d.Type -eq 1) { $d.DeviceID + "`t" + $d.Properties.Item("Name").Value }
}
"""
# WIA_IPS_DOCUMENT_HANDLING_SELECT 3088: 1 feeder, 2 flatbed, 4 both sides; 6146 intent: 1 colour, 2 grey;
# 6147 and 6148 dots an inch; the JPEG's format. 0x80210003 is an empty feeder, 0x80210002 a jam, ..05 off,
# ..06 busy, ..16 an open cover.
_SCAN: Final = """
$ErrorActionPreference = "Stop"
$m = New-Object -ComObject WIA.DeviceManager
$i = $m.DeviceInfos | Where-Object {{ $_.DeviceID -eq '{device}' }}
if (-not $i) {{ "fault`t80210015"; exit }}
$d = $i.Connect(); $n = 0
function Set-One($p, $k, $v) {{ try {{ $p.Item("$k").Value = $v }} catch {{ }} }}
Set-One $d.Properties 3088 {source}
while ($true) {{
  try {{
    $s = $d.Items.Item(1)
    Set-One $s.Properties 6146 {intent}; Set-One $s.Properties 6147 {dpi}; Set-One $s.Properties 6148 {dpi}
    $f = $s.Transfer("{{B96B3CAE-0728-11D3-9D7B-0000F81EF32E}}")
    "page`t" + [Convert]::ToBase64String($f.FileData.BinaryData); $n++
  }} catch {{ "fault`t" + ("{{0:X8}}" -f $_.Exception.HResult); exit }}
  if (-not {feeds}) {{ exit }}
}}
"""
_EMPTY: Final = "80210003"
_FAULTS: Final = {
    "80210002": "scanner-jammed",
    "80210005": "scanner-gone",
    "80210006": "scanner-busy",
    "80210015": "scanner-gone",
    "80210016": "scanner-open",
}

Lines = Callable[[Sequence[str]], Iterator[str]]
"""Runs a command and gives what it prints, line by line, as it comes."""


class WiaScanner:
    """`run` stands in for PowerShell in tests."""

    def __init__(self, run: Lines | None = None) -> None:
        self._run = run or _run

    def devices(self) -> list[Device]:
        rows = (line.rstrip().split("\t", 1) for line in self._run((*_SHELL, _LIST)) if "\t" in line)
        return [Device(name, label) for name, label in rows]

    def scan(self, device: str, order: Order) -> Iterator[bytes]:
        script = _SCAN.format(
            device=device.replace("'", "''"),
            source=(1 if order.feeder else 2) + (4 if order.both_sides else 0),
            intent=1 if order.colour else 2,
            dpi=order.dpi,
            feeds="$true" if order.feeder else "$false",
        )
        count = 0
        for line in self._run((*_SHELL, script)):
            sort, _, rest = line.rstrip().partition("\t")
            if sort == "page":
                count += 1
                yield b64decode(rest)
            elif sort == "fault" and not (rest == _EMPTY and count):
                why = "scanner-empty" if rest == _EMPTY else _FAULTS.get(rest, "scanner-failed")
                raise CannotRead(why, pages=count)


def _run(words: Sequence[str]) -> Iterator[str]:
    try:
        process = subprocess.Popen(  # noqa: S603
            words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
    except OSError as error:
        raise CannotRead("no-scanner-program") from error
    assert process.stdout is not None
    try:
        yield from process.stdout
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
