"""Which of what is mounted somebody has plugged in."""

from __future__ import annotations

from pathlib import Path

from counter_app.system.drives import drives


def test_what_people_mount_and_what_is_removable_is_a_drive_and_nothing_else(tmp_path: Path) -> None:
    here, card, gone = tmp_path / "USB của tôi", tmp_path / "card", tmp_path / "gone"
    here.mkdir()
    card.mkdir()
    blocks = tmp_path / "block"
    for disk, removable in (("sda", "0"), ("sdb", "1"), ("sdc", "1")):
        (tmp_path / "devices" / disk / f"{disk}1").mkdir(parents=True)
        (tmp_path / "devices" / disk / "removable").write_text(removable + "\n", "ascii")
        blocks.mkdir(exist_ok=True)
        (blocks / f"{disk}1").symlink_to(tmp_path / "devices" / disk / f"{disk}1")
    mounts = tmp_path / "mounts"
    lines = [
        "/dev/sda1 / ext4 rw 0 0",
        f"/dev/sdb1 {str(here).replace(' ', chr(92) + '040')} vfat rw 0 0",
        f"/dev/sdb1 {card} vfat rw 0 0",
        f"/dev/sdc1 {gone} vfat rw 0 0",
        "proc /proc proc rw 0 0",
    ]
    mounts.write_text("\n".join(lines) + "\n", "utf-8")

    found = drives(mounts, blocks)

    assert [one.path for one in found] == [here, card]
    assert found[0].name == "USB của tôi" and found[0].free > 0
    assert drives(tmp_path / "nothing", blocks) == []
