"""What stops the saving of an intake: the first thing that is missing or wrong, band by band."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from counter_app.desk.pages.band import Band
from counter_app.domain.errors import BadInput, NotAllowed
from counter_app.domain.zone import VIETNAM
from counter_app.words.errors import sentence

if TYPE_CHECKING:
    from counter_app.desk.pages.intake_form import IntakeForm


@dataclass(frozen=True)
class Obstacle:
    """Why it cannot be saved yet: the band, the words, the fault where a field has one."""

    band: Band
    words: str
    fault: BadInput | None = None


class Obstacles(QObject):
    """Of one form, as its bands stand now."""

    def __init__(self, form: IntakeForm) -> None:
        super().__init__(form)
        self._form = form

    def first(self) -> Obstacle | None:
        """The first thing that stops the saving."""
        try:
            if (posting := self._form.rules.posting) is not None:
                posting.require(self._form.received_at().astimezone(VIETNAM).date())
        except NotAllowed as refused:
            return Obstacle(self._form.person, sentence(refused))
        found = (self.in_band(band) for band in self._form.area.walked)
        first = next((obstacle for obstacle in found if obstacle is not None), None)
        if first is None and self._form.desk.session.officer is None:
            words = self.tr("Chọn cán bộ ở góc dưới trước khi lưu")
            return Obstacle(self._form.fee, words)
        return first

    def in_band(self, band: Band) -> Obstacle | None:
        form = self._form
        try:
            if band is form.late:
                form.late.check(form.desk.now())
            elif band is form.person:
                if not form.person.fields().get("name"):
                    fault = BadInput("empty", field="applicant.name")
                    return Obstacle(band, self.tr("Quét thẻ căn cước, hoặc gõ tên người nộp"), fault)
                form.person.party(form.desk.now().date())
            elif band is form.procedure:
                if form.chosen is None:
                    return Obstacle(band, self.tr("Chọn thủ tục ở mục 2"))
            elif band is form.components:
                missing = len(form.components.missing())
                if missing:
                    return Obstacle(band, self.tr("Còn thiếu {} giấy ở mục 3").format(missing))
            elif form.chosen is not None:
                form.fee.money()
                form.fee.less.check("fee.proof")
                found = form.fee.promise(form.received_at(), form.rules.calendar)
                if found.unknown_years and not form.fee.confirmed.isChecked():
                    return Obstacle(band, self.tr("Xem lịch nghỉ rồi xác nhận ngày hẹn ở mục 4"))
        except BadInput as fault:
            return Obstacle(band, sentence(fault), fault)
        return None
