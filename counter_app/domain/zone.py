"""The time of Viet Nam: UTC+7 all the year, since 1975 (IANA, Asia/Ho_Chi_Minh)."""

from __future__ import annotations

from datetime import timedelta, timezone
from typing import Final

VIETNAM: Final = timezone(timedelta(hours=7))
