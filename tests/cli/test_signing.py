"""`sign` and `check-signature`: a stack of papers, each signed or told why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_app.paper.page import Paper
from tests.cli.conftest import Here, deliver
from tests.crypto import authority
from tests.crypto.test_pdf_signing import NOW


@pytest.fixture
def key(tmp_path: Path) -> Path:
    (tmp_path / "head.p12").write_bytes(authority.p12(authority.ECDSA))
    (tmp_path / "root.pem").write_bytes(authority.pem(authority.root()))
    return tmp_path / "head.p12"


def paper(path: Path) -> Path:
    made = Paper(title="Giấy", author="UBND", made=NOW)
    made.page(200, 200)
    path.write_bytes(made.finish())
    return path


def test_a_stack_is_signed_and_what_cannot_be_is_told(store: Here, key: Path, tmp_path: Path) -> None:
    good, bad, out = paper(tmp_path / "a.pdf"), tmp_path / "b.pdf", tmp_path / "out"
    bad.write_bytes(b"hello")
    before = good.read_bytes()
    asked = ("sign", bad, good, "--out", out)

    assert store.run(*asked, COUNTER_P12=authority.PASSPHRASE).code == 2 and not out.exists()  # which key?
    wrong = store.run(*asked, "--with", key, COUNTER_P12="sai")
    assert wrong.code == 2 and "Mật khẩu của tệp chứng thư" in wrong.sentence and not out.exists()
    done = store.run(*asked, "--with", key, COUNTER_P12=authority.PASSPHRASE)

    assert done.code == 2 and "không phải PDF" in done.lines[0]["error"]
    assert done.lines[1] == {
        "file": str(good),
        "signed": str(out / "a.pdf"),
        "signer": authority.SIGNER,
        "seen": False,
    }
    assert good.read_bytes() == before and [one.name for one in out.iterdir()] == ["a.pdf"]
    # The path is remembered, the passphrase is not; nothing that stands is written over.
    again = store.run("sign", good, "--out", out, COUNTER_P12=authority.PASSPHRASE)
    assert again.code == 2 and "Đã có tệp" in again.lines[0]["error"]
    held = b"".join(one.read_bytes() for one in store.data.rglob("*") if one.is_file())
    assert str(key).encode() in held and authority.PASSPHRASE.encode() not in held


def test_only_a_head_signs_and_nobody_else_changes_the_key_that_is_remembered(
    store: Here, key: Path, tmp_path: Path
) -> None:
    opened = {"COUNTER_P12": authority.PASSPHRASE}
    asked = ("sign", paper(tmp_path / "a.pdf"), "--out", tmp_path / "out")
    store.ok("officer", "pin", COUNTER_NEW_PIN="9999")
    for id_, role in (("mai", "head"), ("lan", "officer"), ("doc", "reader")):
        person = ("officer", "add", id_, "--name", id_, "--role", role, "--officer", "admin")
        store.ok(*person, COUNTER_PIN="9999", COUNTER_NEW_PIN="1111")
    other = tmp_path / "other.p12"
    other.write_bytes(key.read_bytes())
    by = ("--officer", "mai")
    store.ok(*asked, "--with", key, *by, COUNTER_PIN="1111", **opened)

    for who in ((), ("--officer", "lan"), ("--officer", "doc")):
        told = store.run(*asked, "--with", other, *who, COUNTER_PIN="1111", **opened)
        assert told.code == 2 and told.lines == [] and "hãy" in told.sentence.lower()

    other.unlink()
    again = store.run(*asked, *by, COUNTER_PIN="1111", **opened)  # with the head's own, still
    assert "Đã có tệp" in again.lines[0]["error"]


def test_a_signature_is_told_in_a_sentence(store: Here, key: Path, tmp_path: Path) -> None:
    plain = paper(tmp_path / "a.pdf")
    store.ok("sign", plain, "--with", key, "--out", tmp_path / "out", COUNTER_P12=authority.PASSPHRASE)
    made = tmp_path / "out" / "a.pdf"

    known = store.run("check-signature", made, "--roots", tmp_path / "root.pem")
    unknown = store.run("check-signature", made)
    none = store.run("check-signature", plain, made)

    assert known.code == 0 and known.line["verdict"] == "verified"
    assert known.line["signatures"][0]["signer"] == authority.SIGNER
    assert "Nguyễn Văn Bình đã ký lúc" in known.said
    assert unknown.code == 2 and "không rõ gốc" in unknown.said
    assert none.code == 2 and [line["verdict"] for line in none.lines] == [
        "unsigned",
        "unknown_root",
    ]
    assert "không có chữ ký số" in none.said


def test_apologies_are_listed_then_issued_and_signed(store: Here, key: Path, tmp_path: Path) -> None:
    code = deliver(store, procedure="2.000635", applicant={"name": "Lò Thị Pâng"})
    store.ok("process", code, "--step", "thẩm tra", "--holder", "Địa chính")

    (draft,) = store.ok("apologies").lines
    assert (draft["code"], draft["holder"], draft["obstacle"]) == (code, "Địa chính", None)
    out = tmp_path / "out"
    asked = ("apologies", "--out", out)
    assert store.run(*asked).code == 2
    wrong = store.run(*asked, "--all", "--with", key, COUNTER_P12="sai")
    assert wrong.code == 2 and store.ok("show", code).line["due"] == draft["due"]
    done = store.ok(*asked, "--all", "--with", key, "--reason", "mất điện", COUNTER_P12=authority.PASSPHRASE)

    assert done.line["file"] == str(out / f"{code}-xin-loi.pdf")
    told = store.run("check-signature", done.line["file"], "--roots", tmp_path / "root.pem")
    assert told.code == 0 and told.line["verdict"] == "verified"
    assert store.ok("show", code).line["due"][:10] == draft["until"]
    assert store.ok("apologies").lines == []
