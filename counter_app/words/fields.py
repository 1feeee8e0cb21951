"""What people call the fields of a dossier, of a published table and of a setting."""

from __future__ import annotations

import re

from counter_app.words.language import Words, capital

_ROLES = Words(
    {
        "applicant": "{part} của người nộp",
        "submitter": "{part} của người nộp thay",
        "sender": "{part} của người phản ánh",
    }
)
_PART_OF_ROLE = Words(
    {
        "kind": "loại (cá nhân hay tổ chức)",
        "name": "tên",
        "id_number": "số định danh",
        "tax_code": "mã số thuế",
        "birth_date": "ngày sinh",
        "sex": "giới tính",
        "address": "địa chỉ",
        "phone": "số điện thoại",
        "contact_via": "người liên hệ giúp",
        "email": "thư điện tử",
    }
)
_PART_OF_COMPONENT = Words(
    {
        "": "giấy tờ số {number}",
        "name": "tên của giấy tờ số {number}",
        "kind": "loại của giấy tờ số {number}",
        "count": "số bản của giấy tờ số {number}",
        "file": "tệp của giấy tờ số {number}",
    }
)
FIELDS = Words(
    {
        # a dossier
        "dossier": "hồ sơ",
        "id": "mã nội bộ của hồ sơ",
        "applicant": "người nộp",
        "submitter": "người nộp thay",
        "procedure": "thủ tục",
        "card_qr": "mã trên thẻ căn cước",
        "channel": "cách nộp",
        "received_at": "giờ tiếp nhận",
        "sets": "số bộ hồ sơ",
        "components": "thành phần hồ sơ",
        "component": "số thứ tự của giấy tờ",
        "fee": "phí, lệ phí",
        "fee.amount": "số tiền phí, lệ phí",
        "fee.paid": "ô đã thu phí",
        "fee.exemption": "lý do miễn, giảm phí",
        "fee.proof": "giấy chứng minh được miễn, giảm",
        "fee.late": "ô đăng ký quá hạn",
        "proof": "giấy chứng minh được miễn, giảm",
        "amount": "số tiền",
        "exemption": "lý do miễn, giảm phí",
        "method": "hình thức thu",
        "counted": "số tiền đếm được",
        "receipt": "số biên lai, chứng từ",
        "reference": "số tham chiếu",
        "mistaken": "việc ghi nhầm",
        "act_of_law": "căn cứ pháp lý",
        "confirm": "mã gõ lại để xác nhận",
        "dated": "ngày của văn bản",
        "year": "năm",
        "years": "thời hạn lưu trữ",
        "counted_from": "cách tính thời hạn",
        "checked": "ô đã đối chiếu",
        "of": "thủ tục, sổ hoặc lĩnh vực",
        "decided_by": "người quyết định",
        "bank": "mã ngân hàng",
        "account": "số tài khoản",
        "return_by": "cách nhận kết quả",
        "slip": "số trên phiếu in sẵn",
        "codes": "số hồ sơ của hệ thống khác",
        "late_reason": "lý do nhập muộn",
        "due": "ngày hẹn trả",
        "due_reason": "lý do của ngày hẹn",
        "calendar_confirmed": "ô xác nhận lịch nghỉ",
        "note": "ghi chú",
        "code": "mã hồ sơ",
        "state": "trạng thái",
        "reception": "việc tiếp nhận",
        "return": "việc trả kết quả",
        "payment": "việc thu phí",
        "refund": "việc hoàn phí",
        "transfer": "khoản chuyển khoản",
        "same": "khoản cán bộ ghi và khoản sao kê ghi",
        "charge": "phí, lệ phí yêu cầu nộp",
        "promise": "cách tính ngày hẹn",
        "open": "việc hồ sơ còn hay đã kết thúc",
        "holder": "người đang giữ hồ sơ",
        "step": "bước xử lý",
        "needs": "giấy tờ cần bổ sung",
        "result": "kết quả",
        # an act
        "to": "người nhận kết quả",
        "id_number": "số định danh",
        "birth_date": "ngày sinh",
        "name": "tên",
        "address": "địa chỉ",
        "phone": "số điện thoại",
        "tax_code": "mã số thuế",
        "email": "thư điện tử",
        "authority": "giấy ủy quyền hoặc giấy chứng minh quan hệ",
        "relation": "quan hệ với chủ hồ sơ",
        "given": "phần đã đưa",
        "left": "phần còn lại",
        "reason": "lý do",
        "at": "giờ làm việc này",
        "on": "ngày",
        "until": "ngày hẹn mới",
        "keep": "việc được giữ lại",
        "need": "giấy tờ cần bổ sung",
        "field": "mục cần sửa",
        "set": "nội dung sửa",
        "text": "nội dung",
        "outcome": "kết quả cuộc gọi",
        "limit": "số dòng muốn xem",
        "count": "số lượng",
        "time": "giờ đúng",
        "form": "mẫu giấy",
        "reprint": "lý do in lại",
        # a petition, a survey slip
        "petition": "phản ánh, kiến nghị",
        "source": "nguồn phản ánh",
        "subject": "tóm tắt phản ánh",
        "content": "nội dung phản ánh",
        "sender": "người phản ánh",
        "about": "phản ánh về việc gì",
        "about.procedure": "thủ tục bị phản ánh",
        "about.officer": "người bị phản ánh",
        "about.dossier": "hồ sơ bị phản ánh",
        "answer": "câu trả lời",
        "answered_by": "người trả lời",
        "where": "nơi công khai",
        "slips": "số phiếu",
        "remark": "ý kiến khác",
        "days": "số ngày",
        "survey_url": "trang khảo sát",
        # a store and its people
        "agency": "mã cơ quan",
        "officer": "mã cán bộ",
        "officer.name": "tên cán bộ",
        "role": "vai trò",
        "pin": "mã PIN",
        "passphrase": "mật khẩu của kho",
        "recovery": "phiếu khôi phục",
        "slot": "số của máy",
        "first": "ngày bắt đầu",
        "last": "ngày kết thúc",
        "day": "ngày",
        # published tables
        "date": "ngày",
        "version": "số phiên bản",
        "kind": "loại",
        "name_vi": "tên thủ tục",
        "time_limit": "thời hạn",
        "time_unit": "đơn vị của thời hạn",
        "verification": "thời hạn khi phải xác minh",
        "cutoff": "giờ chốt trong ngày",
        "inner_steps": "các bước nội bộ",
        "by": "cách giao",
        "within": "thời hạn của bước",
        "fee_vnd": "mức phí",
        "valid_from": "ngày có hiệu lực",
        "valid_to": "ngày hết hiệu lực",
        "pages": "số trang",
        "copies": "số bản",
        "cases": "số việc",
        # what is given at once
        "what": "tên giấy tờ",
        "paid": "ô đã thu phí",
        "register": "số chứng thực",
        "register.volume": "quyển sổ chứng thực",
        "register.number": "số chứng thực",
        # settings and papers
        "office": "tên Bộ phận Một cửa",
        "hotline": "đường dây nóng",
        "giver": "bên giao",
        "out": "tên tệp",
        "head_title": "chức danh người đứng đầu cơ quan",
        "head_name": "họ tên người đứng đầu cơ quan",
        "hours": "giờ làm việc",
        "district": "tên nơi đồng bộ",
        "sync_hours": "giờ đồng bộ",
        "lock_minutes": "số phút trước khi tự khóa quầy",
        "max_extensions": "số lần được hẹn lại",
        "paper": "khổ giấy",
        "language": "ngôn ngữ của cửa sổ",
        "slip_width_mm": "bề rộng in của máy in phiếu",
        "printable_mm": "bề rộng in của máy in phiếu",
        "label_stock": "loại nhãn",
        "stock": "loại nhãn",
        "use": "loại giấy",
        "start": "nhãn còn trống đầu tiên",
        "qr_text": "nội dung mã QR",
    }
)

_COMPONENT = re.compile(r"components?[.\[](\d+)\]?(?:\.(\w+))?")


def field_words(field: str) -> str:
    """`applicant.phone` as "số điện thoại của người nộp"; a name that is not ours as it stands, in quotes."""
    if found := _COMPONENT.fullmatch(field):
        part = found[2] or ""
        if part in _PART_OF_COMPONENT:
            return _PART_OF_COMPONENT.say(part, number=int(found[1]))
    if field in FIELDS:
        return FIELDS.say(field)
    role, _, part = field.partition(".")
    if role in _ROLES and part in _PART_OF_ROLE:
        return _ROLES.say(role, part=_PART_OF_ROLE.say(part))
    return f"“{field}”"


def field_label(field: str) -> str:
    """The same as a heading: "Số điện thoại của người nộp"."""
    return capital(field_words(field))
