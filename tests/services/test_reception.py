"""What a reception says is on the disk, even where something beside it fails."""

import pytest

from counter_app.domain.errors import BadInput, DiskFull
from counter_app.services import lookup
from counter_app.words.errors import sentence
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


def test_an_id_that_tells_of_something_else_is_no_retry(tmp_path):
    office = Counter(tmp_path / "store").make().open()
    id_ = "019aa5b2-c3d4-7000-8011-2233445566ff"
    first = receive(office, id=id_)

    assert receive(office, id=id_).again
    for said in ({"applicant": {"name": "Y Thao Niê"}}, {"procedure": "1.001193"}, {"note": "gấp"}):
        with pytest.raises(BadInput, match="told-otherwise") as told:
            receive(office, id=id_, **said)
        assert first.code in sentence(told.value)
    assert len(lookup.show(office, first.code)[0].entries) == 1
    office.close()
