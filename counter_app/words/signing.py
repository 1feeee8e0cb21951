"""Why a paper was not signed, or a signature not looked at."""

from __future__ import annotations

from typing import Final

NOT_SIGNED: Final = {
    "not-a-pdf": "Tệp này không phải PDF đọc được; hãy chọn tệp khác, hoặc xuất lại thành PDF.",
    "pdf-too-large": "Tệp PDF lớn hơn {limit} MB nên không ký ở đây được; hãy chia nhỏ tệp.",
    "pdf-encrypted": "Tệp PDF đặt mật khẩu nên không ký, không kiểm được; hãy lưu lại không mật khẩu.",
    "pdf-forbids-signature": "Tệp PDF này không cho ký thêm; hãy xuất lại tệp từ nơi soạn rồi ký.",
    "not-a-pkcs12": "Tệp chứng thư này không phải PKCS#12; hãy chọn tệp .p12 hoặc .pfx.",
    "pkcs12-without-key": "Tệp chứng thư không có khóa để ký; hãy xuất lại tệp .p12 kèm khóa bí mật.",
    "wrong-pkcs12-passphrase": "Mật khẩu của tệp chứng thư không đúng; hãy gõ lại (biến COUNTER_P12).",
    "no-signing-file": "Chưa chọn tệp chứng thư để ký; hãy chọn tệp .p12 (dòng lệnh: --with).",
    "certificate-not-yet": (
        "Chứng thư của {name} có hiệu lực từ {since}, máy đang chỉ {now}; hãy xem lại giờ của máy."
    ),
    "certificate-expired": (
        "Chứng thư của {name} hết hạn {until}; hãy gia hạn, hoặc chỉnh giờ của máy (đang chỉ {now})."
    ),
    "certificate-not-for-signing": (
        "Chứng thư của {name} không dùng để ký văn bản; hãy chọn chứng thư chữ ký số."
    ),
    "not-certificates": "Tệp chứng thư gốc không đọc được; hãy chọn tệp PEM (.pem, .crt).",
    "letter-lost": (
        "Hồ sơ {code} đã hẹn lại, nhưng thư xin lỗi chưa ghi ra được; hãy in lại từ hồ sơ (Ctrl+P)."
    ),
    "not-late-yet": "Hồ sơ {code} chưa sắp trễ hẹn; hãy ghi cả --until và --reason nếu vẫn gửi thư xin lỗi.",
    "which-apologies": "Chưa ghi gửi thư xin lỗi cho hồ sơ nào; hãy ghi --codes và các mã, hoặc --all.",
}
