"""What is to be thought of a signature on a paper, in one sentence."""

from __future__ import annotations

from typing import Final

from counter_app.crypto.pdf_checking import Checked, Verdict
from counter_app.domain.zone import VIETNAM
from counter_app.words import dates
from counter_app.words.language import Words

UNSIGNED: Final = "unsigned"
_SAID: Final = Words(
    {
        UNSIGNED: "Tệp không có chữ ký số nào.",
        "unreadable": "Không đọc được chữ ký số trong tệp; hãy hỏi lại nơi gửi.",
        "altered": "Nội dung đã bị sửa sau khi {signer} ký; không dùng văn bản này.",
        "added": "Có phần thêm vào sau khi {signer} ký; chỉ phần trước đó là của người ký.",
        "not_for_signing": "Chữ ký của {signer} dùng chứng thư không để ký văn bản; hãy hỏi lại nơi gửi.",
        "unknown_root": (
            "Văn bản nguyên vẹn từ khi {signer} ký, nhưng chứng thư do “{issuer}” cấp, không rõ gốc; "
            "chưa chắc là người ấy."
        ),
        "not_yet": "Chứng thư của {signer} có hiệu lực từ {since}; hãy xem lại giờ của máy.",
        "expired": "Văn bản nguyên vẹn, nhưng chứng thư của {signer} đã hết hạn {until}.",
        "verified": (
            "{signer} đã ký lúc {signed_at}; văn bản nguyên vẹn, chứng thư do “{issuer}” cấp còn hạn."
        ),
    }
)
_NOBODY: Final = Words({"nobody": "một người không rõ tên", "no-time": "không rõ giờ"})


def signature_words(checked: Checked | None) -> str:
    """One signature; None is a file without any."""
    if checked is None:
        return _SAID.say(UNSIGNED)
    times = {
        name: dates.moment(moment.astimezone(VIETNAM)) if moment else _NOBODY.say("no-time")
        for name, moment in (
            ("signed_at", checked.signed_at),
            ("since", checked.since),
            ("until", checked.until),
        )
    }
    nobody = _NOBODY.say("nobody")
    return _SAID.say(
        checked.verdict.value, signer=checked.signer or nobody, issuer=checked.issuer or nobody, **times
    )


def worst(found: tuple[Checked, ...]) -> str:
    """The verdict on the whole file: `Verdict` in its order, or that it bears none."""
    order = list(Verdict)
    return min((one.verdict for one in found), key=order.index).value if found else UNSIGNED
