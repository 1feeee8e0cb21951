"""Over the intake's bands where a reception is keyed in later: when it really was, and why not then."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import Any, Final

from PySide6.QtWidgets import QLineEdit, QWidget

from counter_app.desk import theme
from counter_app.desk.lines import Lines
from counter_app.desk.pages.band import Band
from counter_app.desk.pages.controls import Controls
from counter_app.desk.pages.days import read_day
from counter_app.desk.parts import Field, KeyButton, typed
from counter_app.desk.theme import styled
from counter_app.domain.errors import BadInput
from counter_app.domain.zone import VIETNAM
from counter_app.services.entry import OLDEST
from counter_app.words import dates

_HOUR: Final = re.compile(r"(\d{1,2})(?: ?[:.hg] ?(\d{2})?)?", re.ASCII | re.IGNORECASE)


class LateBand(Band):
    """Hidden until it is asked for; while it stands, the date is reckoned from the true time."""

    def __init__(self) -> None:
        super().__init__(None, self.tr("Nhập sau (phiếu dự phòng, mất điện)"))
        self.is_on = False
        self.day, self.hour, self.why, self.slip = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.leave = KeyButton(self.tr("Thôi nhập sau"), "Ctrl+Shift+N", "link")
        row = Lines()
        hint = self.tr("như: mất điện, máy hỏng")
        row.add(Field(self.tr("Ngày nhận thật"), self.day, self.tr("ngày/tháng")), 3)
        row.add(Field(self.tr("Giờ nhận thật"), self.hour, self.tr("giờ:phút")), 2)
        row.add(Field(self.tr("Lý do nhập sau"), self.why, hint), 5)
        row.add(Field(self.tr("Mã phiếu dự phòng, nếu có"), self.slip), 5)
        self.content.addLayout(row)
        self.beside.addWidget(self.leave)
        for field in (self.day, self.hour, self.why, self.slip):
            field.textChanged.connect(self._on_changed)
        self.hide()

    def set_on(self, on: bool, now: datetime, slip: str = "") -> None:
        """Begins or ends it; a `slip` of paper gives its code and the reason."""
        if not (on and self.is_on):
            self.day.setText(dates.day(now.date()) if on else "")
            self.hour.clear()
            self.why.clear()
        self.is_on = on
        self.notice.say("")
        self.setVisible(on)
        self.slip.setText(slip)
        if slip and not typed(self.why):
            self.why.setText(self.tr("nhập từ phiếu dự phòng"))
        self.changed.emit()

    def wants(self, slip: str) -> bool:
        """Whether a slip that is scanned now belongs to what is being keyed in."""
        return self.is_on and typed(self.slip) in ("", slip)

    # what it holds

    def moment(self, now: datetime) -> datetime | None:
        """When it was received; None while the band is off. Raises BadInput for what cannot be the time."""
        if not self.is_on:
            return None
        day = read_day(typed(self.day), now.date(), past=True)
        if day is None:
            raise BadInput("not-a-day" if typed(self.day) else "missing", field="on", value=typed(self.day))
        found = _HOUR.fullmatch(typed(self.hour))
        if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
            why = "not-an-hour" if typed(self.hour) else "missing"
            raise BadInput(why, field="received_at", value=typed(self.hour))
        moment = datetime.combine(day, time(int(found[1]), int(found[2] or 0)), VIETNAM)
        shown = f"{moment:%H:%M} {dates.day(day)}"
        if moment > now:
            raise BadInput("in-the-future", field="received_at", value=shown)
        if moment < now - OLDEST + timedelta(minutes=1):
            raise BadInput("too-long-ago", field="received_at", value=shown)
        return moment

    def check(self, now: datetime) -> None:
        """Raises BadInput for the first thing that is missing or wrong."""
        if self.moment(now) is not None and not typed(self.why):
            raise BadInput("missing", field="late_reason")

    def fields(self, now: datetime) -> dict[str, Any]:
        """Its part of the entry; empty while it is off."""
        moment = self.moment(now)
        if moment is None:
            return {}
        slip = {"slip": typed(self.slip)} if typed(self.slip) else {}
        return {"received_at": moment.isoformat(), "late_reason": typed(self.why), **slip}

    def controls(self) -> Controls:
        """What a draft keeps of this band."""
        return {name: getattr(self, name) for name in ("day", "hour", "why", "slip")}

    # as a band

    def is_done(self) -> bool:
        return not self.is_on or bool(typed(self.hour) and typed(self.why))

    def summary(self) -> tuple[str, list[str]]:
        if not self.is_on:
            return "", []
        slip = self.tr("Phiếu {}").format(typed(self.slip)) if typed(self.slip) else ""
        when = self.tr("Nhận lúc {} ngày {}").format(typed(self.hour) or "…", typed(self.day) or "…")
        return "", [fact for fact in (when, typed(self.why), slip) if fact]

    def refresh(self) -> None:
        super().refresh()
        self._step.setPixmap(theme.pixmap("soon", theme.SURFACE if self.is_open else theme.INK))

    def steps(self) -> list[QWidget]:
        return [self.day, self.hour, self.why, self.slip]

    def skips(self, step: QWidget) -> bool:
        if step is self.day:  # today stands in it, which may be wrong
            return bool(typed(self.hour))
        return step is self.slip or super().skips(step)

    def step_of(self, field: str) -> QWidget | None:
        return {"on": self.day, "received_at": self.hour, "late_reason": self.why, "slip": self.slip}.get(
            field
        )

    def _on_changed(self, *_: object) -> None:
        sender = self.sender()
        if isinstance(sender, QWidget):
            styled(sender, wrong=False)
        self.notice.say("")
        self.changed.emit()
