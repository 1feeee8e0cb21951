"""Signing a stack of PDFs with a PKCS#12 file, and telling whose signatures a PDF bears."""

from __future__ import annotations

from typing import Any

from counter_app.cli.context import Context, ask_signing_passphrase, put, tell
from counter_app.crypto.pdf_checking import Checked, Verdict
from counter_app.domain.errors import CounterError, RuleBroken
from counter_app.domain.rights import Right
from counter_app.services import opening, signing
from counter_app.system import clock, files
from counter_app.words import errors
from counter_app.words.signatures import signature_words, worst


def sign(context: Context) -> int:
    """Each file that can be signed is; one that cannot is told, and the others go on."""
    asked, office = context.asked, context.office
    opening.refuse_inside(context.places, [asked.out])
    session = context.session()
    session.require(Right.SIGN)
    pen = signing.open_pen(office, session, asked.key, ask_signing_passphrase())
    files.shared_folder(asked.out)
    code = 0
    for file in asked.file:
        try:
            target, seen = signing.sign_file(pen, file, asked.out, asked.reason)
            put({"file": str(file), "signed": str(target), "signer": pen.name, "seen": seen})
        except CounterError as error:
            code = max(code, error.exit_code)
            put({"file": str(file), "error": errors.sentence(error)})
    return code


def check(context: Context) -> int:
    """Exit 0 where every signature of every file stands and is answered for by one of the roots."""
    asked = context.asked
    code = 0
    for file in asked.file:
        try:
            found = signing.check_file(file, clock.now(), asked.roots)
        except CounterError as error:
            code = max(code, error.exit_code)
            put({"file": str(file), "error": errors.sentence(error)})
            continue
        verdict = worst(found)
        code = max(code, 0 if verdict == Verdict.VERIFIED else RuleBroken.exit_code)
        put({"file": str(file), "verdict": verdict, "signatures": [_line(one) for one in found]})
        for one in found or (None,):
            tell(f"{file.name}: {signature_words(one)}")
    return code


def _line(one: Checked) -> dict[str, Any]:
    times = {"signed_at": one.signed_at, "since": one.since, "until": one.until}
    said = {name: at.isoformat() if at else None for name, at in times.items()}
    return {"verdict": one.verdict.value, "signer": one.signer, "issuer": one.issuer, **said}
