"""What the district issues to the communes: why a text is not issued."""

from __future__ import annotations

from counter_app.words.language import Words

NOT_ISSUED = Words(
    {
        "no-communes": "Máy chủ chưa có xã nào; hãy thêm xã trước: commune add MÃ TÊN.",
        "no-such-notice": "Không có thông báo mã {id}; hãy xem lại bằng lệnh issued.",
        "version-not-newer": "Bản {version} không mới hơn bản {highest} đã ban hành; hãy ghi số lớn hơn.",
        "issue-too-long": "Tệp {path} dài quá {most} KB nên chưa ban hành được; hãy bỏ bớt phần thừa.",
    }
)
