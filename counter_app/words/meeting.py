"""Sentences for what stands between a machine and its district; errors.py says them with all others."""

from __future__ import annotations

from counter_app.words.language import Words

_NEWER = "Máy chủ chạy phiên bản mới hơn máy này; hãy cập nhật phần mềm trên máy này rồi đồng bộ lại."

MEETING = Words(
    {
        "not-an-invitation": "Mã QR ghi danh đọc không trọn; hãy quét lại, hoặc gõ địa chỉ và mã ghi danh.",
        "message-newer": _NEWER,
        "batch-newer": _NEWER,
        "district-older": (
            "Máy này chạy phiên bản mới hơn máy chủ; hãy báo nơi quản lý máy chủ cập nhật,"
            " hồ sơ vẫn an toàn trên máy này."
        ),
        "address-not-told": (
            "Chưa biết địa chỉ mà các máy dùng để đến máy chủ; hãy thêm --url https://tên-máy-chủ."
        ),
        "not-a-picture-name": "Tên tệp ảnh {path} phải kết thúc bằng .png hoặc .svg; hãy đặt lại tên.",
        "posting-not-begun": (
            "Máy này được giao nhận hồ sơ của xã từ ngày {since}; trước ngày đó hãy nhận ở máy khác của xã."
        ),
        "posting-over": (
            "Máy này được giao nhận hồ sơ của xã đến hết ngày {until}; hãy nhận ở máy khác,"
            " hoặc xin gia hạn rồi đồng bộ."
        ),
        "posting-ends-first": "Ngày cuối {until} đứng trước ngày đầu {since}; hãy ghi lại hai ngày.",
        "posting-unchanged": "Chưa ghi ngày nào cho máy số {device}; hãy thêm --since hoặc --until.",
        "posting-revoked": (
            "Máy số {device} đã bị thu hồi, không gia hạn được; hãy thêm lại bằng device add,"
            " rồi trên máy đó chạy counter-app enrol --again."
        ),
        "commune-gone": (
            "Xã đó vừa được nhập vào xã khác; hãy chạy lại lệnh, chỉ phần chưa làm mới được làm tiếp."
        ),
        "merge-into-itself": "Hai mã là của cùng một xã; hãy ghi mã xã được sáp nhập, rồi mã xã nhận.",
        "merge-not-whole": "Chưa nhập được trọn sổ của xã {code}; hãy gửi tệp nhật ký cho bên hỗ trợ.",
    }
)
