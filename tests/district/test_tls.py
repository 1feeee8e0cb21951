"""TLS to a server that is known by its key: neither dates nor names are asked, another key is refused."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from counter_app.domain.errors import Unreachable
from counter_app.services import enrolled, safety, syncing
from counter_app.services.roads import FirstRoad, road_to
from tests.services.stores import receive

DISTRICT = [sys.executable, "-m", "counter_app.district"]
ENVIRONMENT = {**os.environ, "COUNTER_PASSPHRASE": "mật khẩu dài"}


def certificate(folder, name):
    """Of a key of its own, for a name that is nobody's, and long expired."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    day = datetime(2001, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(day)
        .not_valid_after(day + timedelta(days=1))
        .sign(key, SHA256())
    )
    paths = folder / f"{name}.pem", folder / f"{name}.key"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    paths[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, *form))
    return paths


def run(data, *words):
    done = subprocess.run(
        [*DISTRICT, "--data", data, *words],
        env=ENVIRONMENT,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return json.loads(done.stdout)


@contextmanager
def served(data, cert, key, port=0):
    command = [*DISTRICT, "--data", data, "serve", "--port", str(port), "--tls-cert", cert, "--tls-key", key]
    serving = subprocess.Popen(
        command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
    )
    try:
        yield json.loads(serving.stdout.readline())["url"]
    finally:
        serving.terminate()
        serving.wait()
        serving.stdout.close()


@cache
def made():
    """A district's folder that every test copies: its passphrase is slow, as it should be."""
    folder = TemporaryDirectory()
    atexit.register(folder.cleanup)
    data = Path(folder.name) / "district"
    run(data, "init", "--name", "Sở mẫu")
    run(data, "commune", "add", "H55.242", "UBND xã Nậm Mây")
    return data


@pytest.fixture
def data(tmp_path):
    return shutil.copytree(made(), tmp_path / "district")


def test_the_key_of_the_enrolment_is_found_again_and_no_other_one(data, offices, tmp_path):
    office = offices[0]
    mine, other = certificate(tmp_path, "mine"), certificate(tmp_path, "other")
    code = run(data, "device", "add", "H55.242", "QUẦY 1")["code"]
    with served(data, *mine) as url:
        with FirstRoad(url) as road:
            known = syncing.enrol(office, office.session(), road, url, code, road.confirm)
        receive(office)
        with road_to(known) as road:
            syncing.sync(office, road)
        assert safety.counts(office).pending == 0

    receive(office)
    with (
        served(data, *other, port=url.rpartition(":")[2]),
        road_to(known) as road,
        pytest.raises(Unreachable, match="district-key-wrong"),
    ):
        syncing.sync(office, road)

    assert safety.counts(office).pending > 0


def test_who_answers_an_enrolment_with_a_key_that_is_not_the_districts_is_found_out(data, offices, tmp_path):
    """Somebody between the two, who hands the messages on: he sees the first one, and no other."""
    mine, other = certificate(tmp_path, "mine"), certificate(tmp_path, "other")
    code = run(data, "device", "add", "H55.242", "QUẦY 1")["code"]
    with served(data, *mine) as honest, served(data, *other) as between:

        class HandedOn(FirstRoad):
            def post(self, path, body):
                super().post(path, body)
                with FirstRoad(honest) as behind:
                    return behind.post(path, body)

        with HandedOn(between) as road, pytest.raises(Unreachable, match="district-key-wrong"):
            syncing.enrol(offices[0], offices[0].session(), road, between, code, road.confirm)

    assert enrolled.district(offices[0]) is None
