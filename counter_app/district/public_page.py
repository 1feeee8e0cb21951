"""The page that a receipt's QR opens on a telephone: one dossier, in plain words, and no name of a person."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime
from hashlib import sha256
from html import escape
from typing import Final

from counter_app.district.pages import Page
from counter_app.domain.lifecycle import RUNNING, State
from counter_app.words import dates
from counter_app.words.language import capital, on_paper
from counter_app.words.public_page import NEXT, SAID
from counter_app.words.states import STATES

_STYLE: Final = (
    "body{font:18px/1.5 system-ui,sans-serif;margin:0;background:#f4f5f2;color:#1c211d}"
    "main{max-width:34rem;margin:0 auto;padding:1.5rem 1.25rem}"
    "header{color:#4b554d}h1{font-size:1.5rem;line-height:1.25;margin:.25rem 0 1rem}"
    "dl{background:#fff;border:1px solid #d5dad3;border-radius:.5rem;margin:0;padding:.25rem 1rem}"
    "dt{color:#4b554d;font-size:.9rem;margin-top:.75rem}dd{margin:0 0 .75rem;overflow-wrap:anywhere}"
    ".state{font-size:1.25rem;font-weight:600}.next{border-left:.3rem solid #1f6b45;padding-left:.75rem}"
    "footer{color:#4b554d;font-size:.9rem}"
    "@media(prefers-color-scheme:dark){body{background:#151815;color:#e6ebe6}dl{background:#1d211d;border-color:#3a423b}"
    "header,dt,footer{color:#a9b5ab}.next{border-color:#6fc498}}"
)
HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'sha256-"
        + b64encode(sha256(_STYLE.encode()).digest()).decode()
        + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",  # the address is a secret of who holds the paper
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


@on_paper
def shown(page: Page, now: datetime) -> str:
    """The dossier's page."""
    rows = [("code", page.code), ("procedure", page.procedure)]
    rows += [
        (name, dates.moment(at)) for name, at in (("received", page.received_at), ("due", page.due)) if at
    ]
    if page.erased:
        rows, state = rows[:1], capital(SAID.say("erased"))
    else:
        state = capital(STATES.say(page.state)) if page.state is not None else ""
    said = "".join(_row(SAID.say(name), text) for name, text in rows if text)
    if state:
        said += _row(SAID.say("state"), state, "state")
    wanted = "" if page.erased else _next(page, now)
    return _document(
        page.authority,
        SAID.say("office", commune=page.commune),
        f"<dl>{said}</dl>"
        + (f'<p class="next">{escape(NEXT.say(wanted))}</p>' if wanted else "")
        + "<footer>"
        + (f"<p>{escape(SAID.say('told', at=dates.moment(page.told_at)))}</p>" if page.told_at else "")
        + f"<p>{escape(SAID.say('paper'))}</p></footer>",
    )


@on_paper
def missing(authority: str) -> str:
    """For a token that no dossier here bears."""
    return _document(authority, SAID.say("missing"), f"<p>{escape(SAID.say('missing-why'))}</p>")


@on_paper
def busy(authority: str) -> str:
    return _document(authority, SAID.say("title"), f"<p>{escape(SAID.say('busy'))}</p>")


def _next(page: Page, now: datetime) -> str:
    if page.disputed:
        return "disputed"
    if page.state is State.WAITING_SUPPLEMENT:
        return "supplement"
    if page.state is State.WAITING_PAYMENT:
        return "payment"
    if page.state is State.FINISHED:
        return "collect"
    return "late" if page.state in RUNNING and page.due is not None and page.due < now else ""


def _row(name: str, text: str, kind: str = "") -> str:
    marked = f' class="{kind}"' if kind else ""
    return f"<dt>{escape(name)}</dt><dd{marked}>{escape(text)}</dd>"


def _document(authority: str, heading: str, body: str) -> str:
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(SAID.say('title'))}</title><style>{_STYLE}</style></head>"
        f"<body><main><header>{escape(authority)}</header><h1>{escape(heading)}</h1>{body}</main></body></html>"
    )
