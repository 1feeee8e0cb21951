"""Words of the page that a receipt's QR opens on a telephone."""

from __future__ import annotations

from counter_app.words.language import Words

SAID = Words(
    {
        "title": "Tra cứu hồ sơ",
        "office": "Bộ phận Một cửa {commune}",
        "code": "Mã hồ sơ",
        "procedure": "Thủ tục",
        "received": "Ngày nhận",
        "due": "Hẹn trả",
        "state": "Tình trạng",
        "told": "Theo tin nhận từ xã lúc {at}.",
        "paper": "Trang này không thay giấy tiếp nhận hồ sơ; khi đến nhận kết quả, hãy mang theo giấy.",
        "missing": "Chưa có hồ sơ này trên máy chủ",
        "missing-why": (
            "Xã có thể chưa gửi lên vì mất mạng. Giấy tiếp nhận vẫn có giá trị; hãy xem lại sau, "
            "hoặc hỏi nơi nộp."
        ),
        "erased": "nội dung đã xóa theo quy định",
        "busy": "Máy chủ đang bận; hãy mở lại trang này sau ít phút.",
    }
)
NEXT = Words(
    {
        "supplement": "Cần nộp thêm giấy tờ; hãy xem phiếu yêu cầu bổ sung, hoặc hỏi nơi nộp.",
        "payment": "Cần nộp phí, lệ phí; hãy hỏi nơi nộp.",
        "collect": "Hãy mang giấy tiếp nhận đến nơi nộp để nhận kết quả.",
        "late": "Đã quá ngày hẹn trả; hãy hỏi nơi nộp.",
        "disputed": "Hồ sơ đang được đối chiếu giữa các máy; hãy hỏi nơi nộp.",
    }
)
