"""What a reception says is on the disk, even where something beside it fails."""

from counter_app.domain.errors import DiskFull
from counter_app.services import lookup
from tests.services.stores import Counter, receive


def test_a_fault_after_the_commit_is_a_warning_and_not_a_dossier_that_was_not_saved(tmp_path, monkeypatch):
    office = Counter(tmp_path / "store").make().open()

    def full(*given):
        raise DiskFull("disk-full")

    monkeypatch.setattr("counter_app.services.marks.add", full)
    received = receive(office)

    assert [w["code"] for w in received.warnings] == ["number-not-marked"]
    assert [line.code for line in lookup.newest(office)] == [received.code]
    office.close()
