"""What is posted of a procedure for everybody to read (công khai, niêm yết): its twelve parts."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Part(StrEnum):
    """In the order in which a procedure is published on the national portal."""

    NAME = "name"  # tên thủ tục
    STEPS = "steps"  # trình tự thực hiện
    WAYS = "ways"  # cách thức thực hiện
    COMPONENTS = "components"  # thành phần, số lượng hồ sơ
    TIME = "time"  # thời hạn giải quyết
    APPLICANTS = "applicants"  # đối tượng thực hiện
    AGENCY = "agency"  # cơ quan thực hiện
    RESULT = "result"  # kết quả
    FEE = "fee"  # phí, lệ phí
    FORMS = "forms"  # tên mẫu đơn, tờ khai
    CONDITIONS = "conditions"  # yêu cầu, điều kiện
    LEGAL_BASIS = "legal_basis"  # căn cứ pháp lý


STATUTORY_LIMIT: Final = "statutory_limit"
"""The limit that the law sets, where the commune has promised a shorter one."""
LINK: Final = "link"
"""Where the procedure is published, if not where all others are."""
COLUMNS: Final = (
    *(
        part.value
        for part in (
            Part.STEPS,
            Part.WAYS,
            Part.APPLICANTS,
            Part.AGENCY,
            Part.FORMS,
            Part.CONDITIONS,
            Part.LEGAL_BASIS,
        )
    ),
    STATUTORY_LIMIT,
    LINK,
)
"""Further columns of a catalogue, which say what nothing else of a procedure does; `;` between the items."""
