"""Returned twice while two counters did not see each other: settled by key presses alone on a real screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from counter_app.services import acts, enrolled, keeping, lookup, opening, syncing
from counter_app.services.handover import Collector, hand_over
from counter_app.services.office import Office
from counter_app.services.opening import NewStore, Openers
from counter_app.services.roads import FirstRoad, road_to
from counter_app.system import clock
from counter_app.system.paths import Places
from tests.desk.screen import PASSPHRASE, Screen, need_tools, until
from tests.district.serving import Serving, district
from tests.services.stores import receive
from tests.vaults import OpenVault

pytestmark = pytest.mark.xvfb
PEOPLE = ("Thạch Sa Rết", "Giàng A Páo")
COLLECTORS = {"QUẦY 1": "Thạch Thị Na", "QUẦY 2": "Thạch Minh"}


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Serving]:
    district(tmp_path / "district", "init", "--name", "Trung tâm mẫu")
    district(tmp_path / "district", "commune", "add", "H55.242", "UBND xã Nậm Mây")
    made = Serving(tmp_path / "district")
    yield made
    made.kill()


def open_counter(folder: Path) -> Office:
    return opening.open_store(Places(folder), Openers(OpenVault(), lambda: PASSPHRASE), clock.now)


def enrol(tmp_path: Path, device: str, url: str) -> Path:
    """A new store of that counter, one of the district's machines."""
    folder = tmp_path / device
    order = NewStore("H55.242", "UBND xã Nậm Mây", device=device, passphrase=PASSPHRASE)
    office = opening.create(Places(folder), order, Openers(OpenVault()), clock.now)
    code = district(tmp_path / "district", "device", "add", "H55.242", device)["code"]
    with FirstRoad(url) as road:
        syncing.enrol(office, office.session(), road, url, code, road.confirm)
    exchange(office)
    office.close()
    return folder


def exchange(office: Office) -> None:
    known = enrolled.district(office)
    assert known is not None
    with road_to(known) as road:
        syncing.sync(office, road)


def returned_twice(one: Office, two: Office) -> list[bytes]:
    """The same results, given out by both while neither saw the other; the district has both."""
    got = [receive(one, applicant={"name": name, "phone": "0900000123"}) for name in PEOPLE]
    for dossier in got:
        acts.finish(one, one.session(), dossier.code)
    for office in (one, two, one):
        exchange(office)
    for office, who in zip((one, two), COLLECTORS.values(), strict=True):
        for dossier in got:
            hand_over(office, office.session(), [dossier.code], Collector.read(who, "", ""))
    for office in (one, two):
        exchange(office)
    return [dossier.dossier for dossier in got]


def opened(screen: Screen) -> str:
    """Whose dossier stands beside the list."""
    return next(name for name in PEOPLE if name in screen.seen().split("\n"))


def sides(screen: Screen) -> list[str]:
    """Who collected it, as its two sides tell, from the top."""
    said = "\n".join(screen.seen().split("Hai máy ghi khác nhau", 1)[1:])
    return re.findall(r"^Trả kết quả cho (.+)\.$", said, re.MULTILINE)[:2]


def test_an_officer_settles_what_was_returned_twice_by_keyboard(serving: Serving, tmp_path: Path) -> None:
    need_tools()
    folders = [enrol(tmp_path, device, serving.url) for device in COLLECTORS]
    one, two = map(open_counter, folders)
    dossiers = returned_twice(one, two)
    assert keeping.conflict_count(one) == 0  # it has not heard of the other's yet
    one.close()
    (tmp_path / "home").mkdir()
    kept: dict[str, str] = {}
    screen = Screen(folders[0], tmp_path / "home", {"COUNTER_PASSPHRASE": PASSPHRASE})
    try:
        screen.find_window()
        screen.see("An toàn trên máy chủ: 2/2", seconds=120)
        screen.key("F8")
        screen.see("Hai máy ghi việc trả kết quả khác nhau")
        screen.key("Return")
        screen.see("Giữ bên này")
        first = opened(screen)
        kept[first] = sides(screen)[0]
        screen.shoot(tmp_path / "before.png")
        screen.key("ctrl+1")
        until(lambda: "Giữ bên này" not in screen.seen(), 60, screen.told)
        screen.see("focus: Hồ sơ chưa yên")
        screen.key("Return")
        until(lambda: first not in screen.seen() and "Giữ bên này" in screen.seen(), 60, screen.told)
        kept[opened(screen)] = sides(screen)[1]
        screen.key("ctrl+2")
        screen.see("Mọi hồ sơ đều an toàn trên máy chủ", seconds=120)
        screen.see("An toàn: máy chủ có đủ hồ sơ này.")
        screen.shoot(tmp_path / "after.png")
    finally:
        said = screen.end()
    assert "Traceback" not in said

    exchange(two)
    one = open_counter(folders[0])
    told = district(tmp_path / "district", "verify")
    assert {keeping.verify(office).state for office in (one, two)} == {told["state"]}
    assert [keeping.conflict_count(office) for office in (one, two)] == [told["conflicts"], 0] == [0, 0]
    for dossier, name in zip(dossiers, PEOPLE, strict=True):
        story = lookup.story(two, dossier)
        gave = [entry for entry in story.entries if entry.name == "returned"]
        assert sorted(str((entry.payload or {})["to"]) for entry in gave) == sorted(COLLECTORS.values())
        assert [(entry.payload or {})["to"] for entry in gave if entry.mistaken is None] == [kept[name]]
    one.close()
    two.close()
    pictures = [tmp_path / name for name in ("before.png", "after.png")]
    seen = []
    for picture in pictures:
        with Image.open(picture) as shown:
            assert shown.size == (1366, 768)
            seen.append(shown.convert("RGB").tobytes())
    assert seen[0] != seen[1]
