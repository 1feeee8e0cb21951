"""The board of procedures for a screen: one page that needs no network, searched without tones."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import Final

from counter_app.domain.names import words as folded
from counter_app.domain.zone import VIETNAM
from counter_app.services.disclosing import PostOrder
from counter_app.words import dates
from counter_app.words.disclosure import HEADINGS, fee_brief, parts, time_words
from counter_app.words.language import Words, on_paper

_WORDS: Final = Words(
    {
        "title": "Thủ tục hành chính tiếp nhận tại {office}",
        "find": "Tìm thủ tục: gõ tên không cần dấu, hoặc mã",
        "none": "Không thấy thủ tục nào khớp; hãy bớt chữ, hoặc hỏi cán bộ tại quầy.",
        "count": "{n} thủ tục",
        "made": "Theo danh mục ngày {day}",
        "hotline": "Đường dây nóng, phản ánh, kiến nghị: {hotline}",
    }
)
_STYLE: Final = """
:root { color: #17232b; background: #f3f5f6; font: 18px/1.45 "Source Sans 3", "Segoe UI", sans-serif }
body { max-width: 60rem; margin: 0 auto; padding: 1.2rem }
h1 { font-size: 1.5rem; margin: 0 0 .8rem }
input { width: 100%; box-sizing: border-box; font: inherit; font-size: 1.2rem; padding: .6rem .8rem;
  border: 2px solid #75858f; border-radius: 4px }
input:focus, summary:focus { outline: 3px solid #12588c; outline-offset: 1px }
p { color: #47565f; margin: .5rem 0 }
details { background: #fff; border: 1px solid #c9d2d8; border-radius: 4px; margin: .4rem 0 }
summary { padding: .6rem .9rem; cursor: pointer; display: grid; gap: .2rem 1rem;
  grid-template-columns: 1fr 15rem }
summary b { font-weight: 600 } summary small { color: #47565f }
dl { margin: 0; padding: 0 .9rem .9rem } dt { font-weight: 600; margin-top: .6rem } dd { margin: 0 }
@media (max-width: 40rem) { summary { grid-template-columns: 1fr } }
"""
# Letters lose their tones as in the program (domain/names): đ is d, all marks go.
_SCRIPT: Final = """
const box = document.querySelector("input"), all = [...document.querySelectorAll("details")];
const none = document.getElementById("none"), count = document.getElementById("count");
const fold = text => text.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/[\\u0300-\\u036f]/g, "");
function look() {
  const asked = fold(box.value).split(/\\s+/).filter(Boolean);
  let n = 0;
  for (const one of all) {
    const fits = asked.every(word => one.dataset.words.includes(word));
    one.hidden = !fits;
    n += fits;
  }
  none.hidden = n > 0;
  count.textContent = count.dataset.words.replace("{n}", n);
}
box.addEventListener("input", look);
box.value = decodeURIComponent(location.hash.slice(1));  // a link may ask for something
look();
box.focus();
"""


@on_paper
def board_html(order: PostOrder) -> str:
    """The page; nothing on it is fetched from elsewhere, and its policy forbids it to."""
    office = order.agency_name
    ranked = sorted(order.procedures, key=lambda one: (one.field, one.name, one.code))
    items = []
    for one in ranked:
        search = " ".join((*folded(f"{one.name} {one.field}"), one.code))
        told = "".join(
            f"<dt>{escape(HEADINGS.say(part))}</dt><dd>{'<br>'.join(map(escape, texts))}</dd>"
            for part, texts in parts(one, order)
        )
        brief = f"{escape(time_words(one, brief=True))}<br><small>{escape(fee_brief(one, order))}</small>"
        items.append(
            f'<details data-words="{escape(search)}"><summary><span><b>{escape(one.name)}</b><br>'
            f"<small>{escape(one.code)} · {escape(one.field)}</small></span><span>{brief}</span></summary>"
            f"<dl>{told}</dl></details>"
        )
    hotline = order.settings.hotline
    foot = [_WORDS.say("made", day=dates.day(order.now.astimezone(VIETNAM).date()))]
    if hotline:
        foot.append(_WORDS.say("hotline", hotline=hotline))
    title = escape(_WORDS.say("title", office=office))
    find = escape(_WORDS.say("find"))
    policy = f"default-src 'none'; style-src {_hash(_STYLE)}; script-src {_hash(_SCRIPT)}"
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"><style>{_STYLE}</style></head>'
        f'<body><h1>{title}</h1><input aria-label="{find}" placeholder="{find}">'
        f'<p id="count" data-words="{escape(_WORDS.say("count", n="{n}"))}"></p>'
        f'<p id="none" hidden>{escape(_WORDS.say("none"))}</p>{"".join(items)}'
        f"<p>{escape(' · '.join(foot))}</p><script>{_SCRIPT}</script></body></html>"
    )


def _hash(text: str) -> str:
    """How a page's policy names the one text that it allows (CSP 3)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
