"""What Prometheus reads: counted to the event, per commune from the database, and nothing of a person."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from counter_app.district import devices, upgrade
from counter_app.district.meter import Meter
from counter_app.domain.errors import Unreachable
from counter_app.services import syncing
from counter_app.sync.batch import FORMAT
from counter_app.sync.message import AGAIN, Facts, read_request
from tests.district.liars import Liar
from tests.district.serving import Serving, Talker, district
from tests.district.test_exchange import enrol, server
from tests.district.test_processes import communes, invited, opened
from tests.services.stores import Counter, receive
from tests.store.machines import dossier_id

__all__ = ["server"]  # on SQLite and on PostgreSQL
HERE = "counter_district_"
MIGRATIONS = Path(__file__).parents[2] / "db" / "district"


def samples(text):
    """Each sample of the text by its name and labels, as a parser reads it."""
    return {
        (one.name.removeprefix(HERE), *one.labels.values()): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


def told(server):
    return samples(generate_latest(server.exchange.meter.registry).decode())


@pytest.fixture
def watched(server):
    server.exchange.meter.watch_database(server.base)
    return server


def got(url):
    at = urlsplit(url)
    line = HTTPConnection(at.hostname, at.port, timeout=30)
    line.request("GET", at.path)
    answer = line.getresponse()
    text = answer.read().decode()
    line.close()
    return answer.status, answer.headers.get("Content-Type"), text


def test_exchanges_refusals_runs_and_events_are_counted(watched, commune):
    liar = Liar(watched, commune).enrol()
    other = Liar(watched, commune, seed=8)
    liar.author.add("noted", dossier_id(1), {"text": "x"})
    whole = liar.author.run()

    assert liar.say(whole).agreed
    liar.ask(whole, nonce=bytes(8))
    liar.ask(agreed=bytes(range(8)))
    liar.ask(batch=b"\x07nonsense")
    liar.hear(other.request())
    forged = bytearray(liar.request())
    forged[-1] ^= 1
    liar.hear(bytes(forged))
    watched.exchange.enrol(b"\x02" + bytes(200))

    found = told(watched)
    assert found["exchanges_total", "taken"] == 1
    assert found["exchanges_total", "again"] == found["exchanges_total", "lost"] == 1
    assert found["exchanges_total", "refused"] == 3
    refusals = {key[1]: count for key, count in found.items() if key[0] == "refusals_total"}
    assert len(refusals) == 3 and set(refusals.values()) == {1} and "device-unknown" in refusals
    assert found["enrolments_total", "taken"] == found["enrolments_total", "district-older"] == 1
    assert found["events_total", "in"] == 1
    assert found["events_total", "out"] >= 3  # the district's own: it opened its log, enrolled, leased


def test_a_run_that_proves_nothing_is_counted_by_its_reason(watched, commune):
    liar = Liar(watched, commune).enrol()
    liar.author.add("noted", dossier_id(1), {"text": "x"})
    run = liar.author.run()
    false = replace(run, signature=bytes(64))

    answer = liar.ask(false)

    [why] = {one.why for one in answer.refused}
    assert told(watched)["refused_runs_total", why] == 1


def test_a_commune_tells_its_machines_its_last_exchange_and_what_waits(watched, commune):
    one, two = (Liar(watched, commune, seed).enrol() for seed in (7, 8))
    Liar(watched, commune, 9).invited()
    one.ask(facts=Facts(waiting=5, oldest=90))
    two.ask(facts=Facts(waiting=2, oldest=600))
    before = told(watched)
    with watched.base.writing() as connection:
        devices.revoke(connection, watched.who, 2, "", watched.now_ms)

    after = told(watched)

    now = watched.now_ms / 1000
    states = ("invited", "enrolled", "revoked")
    assert [before["devices", "H55.242", state] for state in states] == [1, 2, 0]
    assert [after["devices", "H55.242", state] for state in states] == [1, 1, 1]
    assert before["commune_waiting_events", "H55.242"] == 7
    assert after["commune_waiting_events", "H55.242"] == 5
    assert before["commune_oldest_waiting_timestamp_seconds", "H55.242"] == now - 600 * 60
    assert after["commune_oldest_waiting_timestamp_seconds", "H55.242"] == now - 90 * 60
    assert after["commune_last_exchange_timestamp_seconds", "H55.242"] == now
    assert after["commune_events", "H55.242"] > 2
    assert after["database_reachable",] == 1


def test_what_came_with_the_request_waits_no_longer(watched, commune, offices):
    road = enrol(watched, commune, offices[0])
    receive(offices[0])
    syncing.sync(offices[0], road)

    found = told(watched)

    assert found["commune_waiting_events", "H55.242"] == 0
    assert ("commune_oldest_waiting_timestamp_seconds", "H55.242") not in found


def test_a_counter_tells_for_how_long_its_oldest_event_has_waited(watched, commune, tmp_path):
    machine = Counter(tmp_path / "QUẦY 3").make()
    office = machine.open()
    road = enrol(watched, commune, office)
    syncing.sync(office, road)
    receive(office)
    machine.wall.now += timedelta(hours=3)
    receive(office)

    asked = []
    post = road.post
    road.post = lambda path, body: asked.append(body) or post(path, body)
    syncing.sync(office, road)

    facts = [syncing_facts(body) for body in asked]
    assert facts[0].waiting >= 2 and facts[0].oldest in (180, 181)
    syncing.sync(office, road)
    office.close()
    assert syncing_facts(asked[-1]) == Facts(reads=FORMAT)


def syncing_facts(body):
    return read_request(body).request.facts


def test_a_commune_that_bears_two_codes_is_told_once_and_one_without_machines_too(watched, commune):
    with watched.base.writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO agencies (commune, code, since) VALUES (1, 'H55.001', '2026-01-01')"
        )
        devices.add_commune(connection, "H55.300", "UBND xã khác", "2026-01-01", bytes)

    found = told(watched)

    assert {key[1] for key in found if key[0] == "commune_events"} == {"H55.242", "H55.300"}
    assert found["devices", "H55.300", "enrolled"] == found["commune_waiting_events", "H55.300"] == 0
    assert ("commune_last_exchange_timestamp_seconds", "H55.300") not in found


def test_a_database_that_does_not_answer_is_told_and_the_counts_stay(watched, commune):
    class Away:
        @contextmanager
        def reading(self):
            raise Unreachable("database-unreachable")
            yield

    watched.exchange = replace(watched.exchange, meter=Meter())
    watched.exchange.meter.watch_database(Away())
    watched.exchange.meter.exchanged(AGAIN)

    found = told(watched)

    assert found["database_reachable",] == 0
    assert found["exchanges_total", "again"] == 1
    assert not [key for key in found if key[0].startswith("commune_")]


def test_a_serving_process_tells_it_at_an_address_of_its_own(tmp_path):
    folder = tmp_path / "district"
    district(folder, "init", "--name", "Sở mẫu")
    with opened(folder) as base:
        code = invited(base, communes(base, 1)[0])
    serving = Serving(folder, "--metrics-port", "0")
    try:
        talker = Talker(1, dossier_id(0xC0000001))
        talker.enrol(serving.url, code)
        assert talker.talk(serving.url)
        beside = got(serving.url + "/metrics")
        status, kind, text = got(serving.told["metrics"])
        plain = Serving(folder)
        words = plain.told
        plain.kill()
    finally:
        serving.kill()

    found = samples(text)
    assert (status, kind) == (200, "text/plain; version=0.0.4; charset=utf-8")
    assert urlsplit(serving.told["metrics"]).hostname == "127.0.0.1"
    assert beside[0] == 404 and "metrics" not in words
    assert found["exchange_seconds_count",] == 2  # the enrolment and one exchange
    assert found["exchange_seconds_bucket", "+Inf"] == 2
    assert found["bytes_total", "up"] > 200 and found["bytes_total", "down"] > 200
    assert found["under_way_exchanges",] == found["queued_exchanges",] == 0
    assert found["devices", "H55.11", "enrolled"] == 1
    assert not {"MÁY", "UBND", "Sở mẫu"} & set(text.split('"'))


def test_the_code_knows_the_whole_history():
    revisions = sorted(path.name.split("_")[0] for path in MIGRATIONS.glob("0*.py"))

    assert tuple(revisions) == upgrade.HISTORY
