"""The network is back: heard once, from a fake and from the system itself, which may be wrong."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation

from counter_app.desk.network import Network

Reach = QNetworkInformation.Reachability
# In a network of its own, where a device and a way out appear half a second after it was asked to listen.
ALONE = """
import subprocess, sys
from PySide6.QtCore import QCoreApplication, QTimer
from counter_app.desk import network
app = QCoreApplication([])
heard = network.here(app)
heard.came_back.connect(lambda: (print("back", flush=True), app.quit()))
def plug_in():
    for words in sys.argv[1:]:
        subprocess.run(words.split(), check=True)
QTimer.singleShot(500, plug_in)
QTimer.singleShot(15_000, app.quit)
app.exec()
"""
PLUG_IN = (
    "ip link set lo up",
    "ip tuntap add dev t0 mode tun",
    "ip addr add 10.9.8.7/24 dev t0",
    "ip link set t0 up",
    "ip route add default via 10.9.8.1",
)


class Wire(QObject):
    reachabilityChanged = Signal(object)
    isBehindCaptivePortalChanged = Signal(bool)

    def __init__(self, reach):
        super().__init__()
        self.reach, self.captive = reach, False

    def reachability(self):
        return self.reach

    def isBehindCaptivePortal(self):
        return self.captive

    def turn(self, reach, captive=False):
        changed = captive is not self.captive
        self.reach, self.captive = reach, captive
        if changed:
            self.isBehindCaptivePortalChanged.emit(captive)
        self.reachabilityChanged.emit(reach)


def heard(wire):
    network, times = Network(wire), []
    network.came_back.connect(lambda: times.append(wire.reach))
    return network, times


@pytest.mark.parametrize("before", [Reach.Unknown, Reach.Disconnected, Reach.Local, Reach.Site])
def test_a_network_that_comes_back_is_heard_once(before, app):
    wire = Wire(before)
    _held, times = heard(wire)

    for reach in (Reach.Local, Reach.Online, Reach.Online):
        wire.turn(reach)

    assert times == [Reach.Online]


def test_one_that_wants_a_login_first_is_back_only_after_it(app):
    wire = Wire(Reach.Disconnected)
    _held, times = heard(wire)

    wire.turn(Reach.Online, captive=True)
    assert times == []
    wire.turn(Reach.Online, captive=False)

    assert len(times) == 1


def test_one_that_was_there_all_the_time_is_no_news(app):
    wire = Wire(Reach.Online)
    _held, times = heard(wire)

    wire.turn(Reach.Online)

    assert times == []


def test_where_the_system_says_nothing_nothing_is_heard(app):
    network = Network(None)

    assert not network._is_open()


def test_the_system_itself_tells_it():
    if sys.platform != "linux" or os.geteuid() or not os.path.exists("/dev/net/tun"):
        pytest.skip("the system's own word of the network was NOT heard: it takes root and /dev/net/tun")
    quiet = {name: value for name, value in os.environ.items() if name != "DBUS_SESSION_BUS_ADDRESS"}

    done = subprocess.run(
        ["unshare", "-n", sys.executable, "-c", ALONE, *PLUG_IN],
        env=quiet,
        capture_output=True,
        text=True,
        timeout=240,
    )

    assert (done.stdout, done.returncode) == ("back\n", 0), done.stderr
