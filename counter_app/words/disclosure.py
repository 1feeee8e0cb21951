"""What is posted of procedures, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from counter_app.domain.disclosure import LINK, STATUTORY_LIMIT, Part
from counter_app.domain.fee_table import FeeLine
from counter_app.domain.fees import CHANNELS, DIRECT, ONLINE, FeeRule
from counter_app.domain.names import clean_line
from counter_app.domain.procedures import Component, Procedure
from counter_app.domain.zone import VIETNAM
from counter_app.paper.posting import ListFacts, SheetFacts
from counter_app.services.disclosing import PostOrder
from counter_app.words import dates
from counter_app.words.language import Words, capital, on_paper
from counter_app.words.reasoning import catalogue_limit
from counter_app.words.receipt import office_words, place_words
from counter_app.words.states import CHANNELS as _CHANNELS
from counter_app.words.states import paper_kind_words

_WORDS: Final = Words(
    {
        "elsewhere": "Theo nội dung công bố trên Cổng dịch vụ công (quét mã)",
        "no-limit-brief": "Ghi trên giấy hẹn",
        "no-limit": "Theo quy định của từng hồ sơ; cán bộ ghi ngày hẹn trên giấy tiếp nhận",
        "cut": "{limit} (đã cắt giảm; theo quy định: {law})",
        "verified": "trường hợp phải xác minh: {limit}",
        "no-fee": "Theo quy định của Hội đồng nhân dân tỉnh; cán bộ thông báo khi tiếp nhận",
        "paper": "{name} ({kind}, số lượng {n})",
        "free": "Không thu",
        "sets": "Số lượng hồ sơ: 01 bộ",
        "other": "Lĩnh vực khác",
        "online": "Nộp trực tuyến",
        "direct": "Nộp trực tiếp",
        "line": "[{who}: ]{fee}[, xuất trình {proof}][ ({source})]",
    }
)


HEADINGS: Final = Words(
    {
        Part.STEPS: "Trình tự thực hiện",
        Part.WAYS: "Cách thức thực hiện",
        Part.COMPONENTS: "Thành phần, số lượng hồ sơ",
        Part.TIME: "Thời hạn giải quyết",
        Part.APPLICANTS: "Đối tượng thực hiện",
        Part.AGENCY: "Cơ quan thực hiện",
        Part.RESULT: "Kết quả",
        Part.FEE: "Phí, lệ phí",
        Part.FORMS: "Mẫu đơn, tờ khai",
        Part.CONDITIONS: "Yêu cầu, điều kiện",
        Part.LEGAL_BASIS: "Căn cứ pháp lý",
    }
)
"""Of the parts after the name."""
_LONG_NUMBER: Final = re.compile(r"(?<![\d.,/])\d{4,}(?![\d.,/]*\d{4})")


@on_paper
def sheet_facts(order: PostOrder) -> Sequence[SheetFacts]:
    """What each procedure's sheet says."""
    return [
        SheetFacts(
            authority=order.agency_name.upper(),
            office=office_words(order.settings),
            place=place_words(order.agency_name),
            dated=order.now.astimezone(VIETNAM),
            code=one.code,
            name=one.name,
            field=one.field,
            parts=tuple((part.value, items) for part, items in parts(one, order)),
            link=dict(one.posted).get(LINK, ""),
            hotline=order.settings.hotline,
        )
        for one in order.procedures
    ]


@on_paper
def list_facts(order: PostOrder) -> ListFacts:
    """All procedures, field by field."""
    ranked = sorted(order.procedures, key=lambda one: (one.field, one.name, one.code))
    return ListFacts(
        authority=order.agency_name.upper(),
        office=office_words(order.settings),
        place=place_words(order.agency_name),
        dated=order.now.astimezone(VIETNAM),
        rows=tuple(
            (
                field or _WORDS.say("other"),
                tuple(
                    (one.code, one.name, time_words(one, brief=True), fee_brief(one, order)) for one in some
                ),
            )
            for field, some in groupby(ranked, key=lambda one: one.field)
        ),
        hotline=order.settings.hotline,
    )


def parts(procedure: Procedure, order: PostOrder) -> Iterator[tuple[Part, tuple[str, ...]]]:
    """The parts after the name, each with its items; what the catalogue does not say is on the portal."""
    said = dict(procedure.posted)
    known = {
        Part.COMPONENTS: (*(_component(one) for one in procedure.components), _WORDS.say("sets")),
        Part.TIME: (time_words(procedure),),
        Part.AGENCY: (order.agency_name,),
        Part.RESULT: _items(procedure.result),
        Part.FEE: fee_items(procedure, order),
    }
    for part in list(Part)[1:]:
        own = _items(said.get(part.value, ""))
        yield part, own or known.get(part, ()) or (_WORDS.say("elsewhere"),)


@on_paper
def parts_shown(procedure: Procedure, order: PostOrder) -> list[tuple[str, tuple[str, ...]]]:
    """The parts after the name under their headings, as they are posted."""
    return [(HEADINGS.say(part), items) for part, items in parts(procedure, order)]


def time_words(procedure: Procedure, *, brief: bool = False) -> str:
    """The limit, and that of the law where the commune has promised a shorter one."""
    limit = procedure.limit
    if limit is None:
        return _WORDS.say("no-limit-brief" if brief else "no-limit")
    words = capital(catalogue_limit(limit))
    if limit.verification is not None:
        longer = catalogue_limit(limit, verification=True)
        words = f"{words}; {_WORDS.say('verified', limit=longer)}"
    law = dict(procedure.posted).get(STATUTORY_LIMIT, "")
    return _WORDS.say("cut", limit=words, law=law) if law else words


def fee_brief(procedure: Procedure, order: PostOrder) -> str:
    """What is taken at the counter from who is not exempt."""
    return fee_text(order.tariff.applied(procedure, order.now.astimezone(VIETNAM).date()).rule)


def fee_items(procedure: Procedure, order: PostOrder) -> tuple[str, ...]:
    """The lines of the table of fees that hold today, and the catalogue's where these leave somebody out."""
    lines = order.tariff.posted(procedure, order.now.astimezone(VIETNAM).date())
    covered = {channel for line in lines if line.group is None for channel in line.channels}
    own = () if covered >= CHANNELS else (fee_text(procedure.fee),)
    return (*own, *map(_fee_line, lines))


def _fee_line(line: FeeLine) -> str:
    who = [line.group.name] if line.group else []
    if line.channels <= ONLINE or line.channels == DIRECT:
        who.append(_WORDS.say("online" if line.channels <= ONLINE else "direct"))
    elif line.channels != CHANNELS:
        who += [capital(_CHANNELS.say(channel)) for channel in sorted(line.channels)]
    proof = line.group.proof if line.group else ""
    return _WORDS.say("line", who=", ".join(who), fee=fee_text(line.fee), proof=proof, source=line.source)


def fee_text(fee: FeeRule) -> str:
    """The fee as published, thousands apart."""
    said = clean_line(fee.text)
    if said == "0":
        return _WORDS.say("free")
    if said.isdecimal():
        return dates.money(int(said))
    return capital(_LONG_NUMBER.sub(lambda n: f"{int(n[0]):,}".replace(",", "."), said)) or _WORDS.say(
        "no-fee"
    )


def _component(one: Component) -> str:
    return _WORDS.say("paper", name=one.name, kind=paper_kind_words(one.kind), n=f"{one.count:02d}")


def _items(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())
