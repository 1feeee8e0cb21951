"""What a receipt's QR opens on a telephone: the dossier as it stands, no name, nothing for who guesses."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import anyio
import httpx
import pytest
from sqlalchemy import insert, select, update

from counter_app.district import app, merging, public_page
from counter_app.district.identity import current
from counter_app.district.pages import Page, Pages
from counter_app.district.tables import dossiers, logs, stale
from counter_app.domain.lifecycle import State
from counter_app.domain.receipt_code import parse_receipt, token_of
from counter_app.services import acts, enrolled, erasing, lookup, papers, syncing
from counter_app.services.erasing import Ruling
from counter_app.store import own
from counter_app.words.receipt import receipt_facts
from tests.district import bases
from tests.district.test_exchange import enrol
from tests.paper.reading import codes
from tests.services.stores import receive

NAME = "Vàng Thị Dợ"
PUBLIC = "https://motcua.nammay.example"
EVERY = select(dossiers.c.commune, dossiers.c.dossier)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def printed(office, paper="a5", **fields):
    """The dossier that is received, and what a scanner reads of its paper."""
    code = receive(office, applicant={"name": NAME, "phone": "0912345678"}, **fields).code
    pdf = papers.print_receipt(office, office.session(), code, receipt_facts, paper=paper)
    return code, codes(pdf, 300)["qr"]


def token(qr):
    return parse_receipt(qr)[1]


def pages(server):
    return Pages(server.base, "Sở mẫu")


def asked(server, *wanted):
    """The answers to these requests, as (method, token)."""

    async def ask():
        transport = httpx.ASGITransport(app.make(server.exchange))
        async with httpx.AsyncClient(transport=transport, base_url="http://server") as client:
            return [await client.request(method, f"/r/{token}") for method, token in wanted]

    return anyio.run(ask)


@pytest.fixture
def counter(server, offices):
    home = bases.commune_in(server.base)
    return offices[0], enrol(server, home, offices[0]), home


def test_a_page_follows_its_dossier_once_the_commune_has_sent_it(server, counter):
    office, road, _ = counter
    code, qr = printed(office)
    looked = pages(server)

    assert looked.find(token(qr)) is None
    syncing.sync(office, road)
    received = looked.find(token(qr))
    acts.finish(office, office.session(), code)
    syncing.sync(office, road)
    finished = looked.find(token(qr))

    assert (received.code, received.commune) == (code, "UBND xã Nậm Mây")
    assert "khai sinh" in received.procedure
    assert received.due == parse_receipt(qr)[0].due and not received.erased
    assert (received.state, finished.state) == (State.RECEIVED, State.FINISHED)
    assert looked.find(os.urandom(10)) is None


def test_an_erased_dossiers_page_says_no_more_than_that(server, counter):
    office, road, _ = counter
    code, qr = printed(office)
    syncing.sync(office, road)
    assert pages(server).find(token(qr)).code == code

    acts.refuse(office, office.session(), code, "không thuộc thẩm quyền")
    erasing.erase(office, office.session(), code, Ruling("QĐ 12/QĐ-UBND"), code)
    syncing.sync(office, road)
    page = pages(server).find(token(qr))

    assert page is not None and page.erased
    assert "khai sinh" not in public_page.shown(page, NOW).lower()


def test_the_page_is_there_still_when_its_commune_has_become_a_part_of_another(server, counter):
    office, road, home = counter
    code, qr = printed(office)
    syncing.sync(office, road)
    assert pages(server).find(token(qr)).code == code
    into = bases.commune_in(server.base, "H55.24", "UBND xã Tả Van")
    with server.base.writing() as connection:
        merging.merge(connection, current(connection, server.who), home, into, server.now_ms)

    page = pages(server).find(token(qr))

    assert (page.code, page.commune) == (code, "UBND xã Tả Van")


def test_what_a_strangers_log_alone_tells_is_no_erased_dossier(server, counter):
    office, road, _ = counter
    _, qr = printed(office)
    syncing.sync(office, road)
    assert pages(server).find(token(qr)) is not None
    with server.base.writing() as connection:
        connection.execute(update(logs).where(logs.c.trust == "trusted").values(trust="aside"))
        connection.execute(insert(stale).from_select(["commune", "dossier"], EVERY))

    assert pages(server).find(token(qr)) is None


def test_over_http_it_names_nobody_and_lets_nothing_else_in(server, counter):
    office, road, _ = counter
    code, qr = printed(office)
    syncing.sync(office, road)
    path = qr.removeprefix("mc:").split("#")[0]
    guesses = ("AAAAAAAAAAAAAA", "x", path[:-1], path + "A", "%00" * 14)

    posted, shown, *missing = asked(
        server, ("POST", path), ("GET", path), *(("GET", guess) for guess in guesses)
    )

    assert shown.status_code == 200 and code in shown.text and 'lang="vi"' in shown.text
    assert "đã tiếp nhận" in shown.text.lower()
    assert not any(word in shown.text for word in (*NAME.split(), "0912345678", "912345678"))
    assert [one.status_code for one in missing] == [404] * 5
    assert all(code not in one.text for one in missing)
    assert shown.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert (shown.headers["Referrer-Policy"], shown.headers["Cache-Control"]) == ("no-referrer", "no-store")
    assert posted.status_code == 405


def test_what_others_wrote_is_text_on_the_page_and_no_markup():
    page = Page(
        "<b>Sở", 'Xã & "x"', "H1<script>", "<img src=x>", State.PROCESSING, False, False, NOW, NOW, NOW
    )

    shown = public_page.shown(page, NOW)

    assert not any(tag in shown for tag in ("<b>", "<script", "<img"))
    assert "H1&lt;script&gt;" in shown and "Xã &amp; &quot;x&quot;" in shown


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"state": State.WAITING_SUPPLEMENT}, "nộp thêm giấy tờ"),
        ({"state": State.WAITING_PAYMENT}, "nộp phí"),
        ({"state": State.FINISHED}, "nhận kết quả."),
        ({"due": NOW - timedelta(minutes=1)}, "Đã quá ngày hẹn trả"),
        ({"disputed": True}, "đang được đối chiếu"),
        ({"state": State.RETURNED, "due": NOW - timedelta(days=9)}, ""),
        ({}, ""),
    ],
)
def test_it_says_what_to_do_where_there_is_something_to_do(changed, said):
    page = Page(
        "Sở", "Xã", "H1", "Khai sinh", State.PROCESSING, False, False, NOW, NOW + timedelta(days=2), NOW
    )

    shown = public_page.shown(replace(page, **changed), NOW)

    assert ('<p class="next">' in shown) == bool(said)
    assert said in shown


def at_address(office, url):
    """The counter as if it had been enrolled there."""
    with office.database.writing() as connection:
        known = replace(enrolled.district_in(connection), url=url)
        own.put_text(connection, enrolled.DISTRICT, known.to_json())


@pytest.mark.parametrize("paper", ["a5", "a4", "80mm"])
def test_an_enrolled_counters_receipts_bear_the_public_address_and_prove_as_before(server, counter, paper):
    office, road, _ = counter
    at_address(office, PUBLIC)

    code, qr = printed(office, paper)
    syncing.sync(office, road)

    assert qr.startswith(f"{PUBLIC}/r/")
    assert lookup.scan(office, qr).verdict.signature == "verified"
    path = qr.removeprefix(f"{PUBLIC}/r/").split("#")[0]
    assert pages(server).find(token_of(path)).code == code


@pytest.mark.parametrize("url", ["http://localhost:8470", f"https://{'a' * 60}.{'b' * 60}.example"])
def test_where_no_telephone_could_open_it_the_receipt_bears_the_token_alone(counter, url):
    office, _, _ = counter
    at_address(office, url)

    assert printed(office)[1].startswith("mc:")
