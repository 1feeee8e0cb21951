"""A thin link between two network namespaces: delay, a rate and loss each way, real TCP over it.

The kernel need not know netem: this process carries the IP packets between two TUN devices. Linux, root.
`python -m benchmarks.linkemu A B [seed [every for]]` says "ready", and ends by SIGTERM with what it carried;
it is cut for so many seconds at the end of every so many.
"""

from __future__ import annotations

import ctypes
import fcntl
import heapq
import json
import os
import random
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Final

RTT_S: Final = 0.6
RATE: Final = 64_000  # bits a second, each way
LOSS: Final = 0.05  # of the packets, each way
NEAR, FAR = "10.77.0.1", "10.77.0.2"
_QUEUE: Final = 24  # packets that wait before others are dropped
_MTU: Final = 1400
_DEVICE: Final = "thin0"
_TUNSETIFF, _TUN_NO_PI = 0x400454CA, 0x1001
_NEW_NET: Final = 0x40000000
_CONGESTION: Final = Path("/proc/sys/net/ipv4/tcp_congestion_control")


def possible() -> bool:
    """Whether this machine lets us make such a link."""
    return sys.platform == "linux" and os.geteuid() == 0 and Path("/dev/net/tun").exists()


@contextmanager
def link() -> Iterator[tuple[list[str], list[str]]]:
    """The words that run a program at its near end (NEAR) and at its far end (FAR), while it carries."""
    ends = "counter-near", "counter-far"
    program = [sys.executable, "-m", "benchmarks.linkemu", *ends]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as carrier:
        try:
            assert carrier.stdout is not None
            if carrier.stdout.readline().strip() != "ready":
                raise RuntimeError("no link")
            near, far = (["ip", "netns", "exec", end] for end in ends)
            yield near, far
        finally:
            carrier.terminate()
            carrier.communicate()  # it says what it carried


def _tun(name: str, mine: str, peer: str) -> int:
    """A TUN device inside a new namespace; its descriptor works from here."""
    _ip("netns", "add", name)
    _ip("netns", "exec", name, "ip", "link", "set", "lo", "up")
    libc = ctypes.CDLL(None, use_errno=True)
    home = os.open("/proc/self/ns/net", os.O_RDONLY)
    there = os.open(f"/var/run/netns/{name}", os.O_RDONLY)
    if libc.setns(there, _NEW_NET):
        raise OSError(ctypes.get_errno(), "setns")
    device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(device, _TUNSETIFF, struct.pack("16sH", _DEVICE.encode(), _TUN_NO_PI))
    _CONGESTION.write_text("reno")  # each namespace has its own; the host's may be one that no client runs
    libc.setns(home, _NEW_NET)
    _ip("-n", name, "addr", "add", mine, "peer", peer, "dev", _DEVICE)
    _ip("-n", name, "link", "set", _DEVICE, "mtu", str(_MTU), "up")
    return device


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True)


def main(near: str, far: str, seed: int = 1, every_s: float = 0.0, for_s: float = 0.0) -> None:
    for name in (near, far):
        subprocess.run(["ip", "netns", "del", name], stderr=subprocess.DEVNULL, check=False)
    ends = [_tun(near, NEAR, FAR), _tun(far, FAR, NEAR)]
    stopped: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: stopped.append(number))
    print("ready", flush=True)
    try:
        told = _carry(ends, random.Random(seed), stopped, every_s, for_s)
        print(json.dumps(told), flush=True)
    finally:
        for name in (near, far):
            _ip("netns", "del", name)


def _carry(
    ends: list[int], draw: random.Random, stopped: list[int], every_s: float, for_s: float
) -> dict[str, int]:
    """Bytes that came up from the near end and down to it, packets that got lost, cuts."""
    began = time.monotonic()
    told = {"up": 0, "down": 0, "lost": 0, "cuts": 0}
    free = [0.0, 0.0]  # when each way's line is free again
    on_the_way: list[tuple[float, int, int, bytes]] = []
    numbers = count()
    while not stopped:
        wait = min(0.25, max(0.0, on_the_way[0][0] - time.monotonic())) if on_the_way else 0.25
        for end in select.select(ends, [], [], wait)[0]:
            way = ends.index(end)
            while packet := _read(end):
                now = time.monotonic()
                told["cuts"] = int((now - began) / every_s) if every_s else 0
                if every_s and (now - began) % every_s >= every_s - for_s:
                    continue
                if packet[0] >> 4 != 4 or free[way] - now > _QUEUE * _MTU * 8 / RATE:
                    continue
                free[way] = max(free[way], now) + len(packet) * 8 / RATE
                told["down" if way else "up"] += len(packet)
                if draw.random() < LOSS:
                    told["lost"] += 1
                else:
                    arrives = free[way] + RTT_S / 2
                    heapq.heappush(on_the_way, (arrives, next(numbers), ends[1 - way], packet))
        while on_the_way and on_the_way[0][0] <= time.monotonic():
            _, _, target, packet = heapq.heappop(on_the_way)
            os.write(target, packet)
    return told


def _read(end: int) -> bytes:
    try:
        return os.read(end, 65_536)
    except BlockingIOError:
        return b""


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:4]), *map(float, sys.argv[4:]))
