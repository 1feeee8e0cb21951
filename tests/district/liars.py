"""Machines of a commune that hold their keys and sign whatever they like."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from counter_app.district import devices
from counter_app.domain.runs import Run
from counter_app.services.packing import packer
from counter_app.sync import enrolment
from counter_app.sync.agreed import NOTHING, Claim, Tip
from counter_app.sync.enrolment import OneTimeCode
from counter_app.sync.message import Answer, Request, read_answer
from tests.district import bases
from tests.store.authors import COMMUNE, Author


class Liar:
    """An enrolled device without a program: its messages are made by hand."""

    def __init__(
        self, server: bases.Server, commune: int, seed: int = 7, home: bytes = COMMUNE, **said: Any
    ) -> None:
        self.server = server
        self.commune = commune
        self.author = Author(seed).open(home, commune=home.hex(), **said)
        self.first = self.author.run()
        self.nonce = bytes(8)
        self.counter = 0
        self.agreed = NOTHING

    def enrol(self) -> Liar:
        code = self.invited()
        sent = self.entry(code)
        self.nonce = enrolment.read_answer(self.server.exchange.enrol(sent), code, sent).nonce
        return self

    def invited(self) -> OneTimeCode:
        with self.server.base.writing() as connection:
            return devices.invite(connection, self.commune, "MÁY", self.server.now_ms)[1]

    def entry(self, code: OneTimeCode) -> bytes:
        batch = packer().pack([self.first])
        return enrolment.request(code, self.server.now_ms, batch, self.author.signer)

    def request(self, *runs: Run, **fields: Any) -> bytes:
        self.counter += 1
        made = Request(self.author.log, self.nonce, self.counter, self.server.now_ms, self.agreed.name)
        if runs:
            made = replace(made, batch=packer().pack(list(runs)))
        return replace(made, **fields).to_bytes(self.author.signer, self.server.who.signing.public)

    def ask(self, *runs: Run, **fields: Any) -> Answer:
        """The server's answer to a request that is signed as it should be."""
        return self.hear(self.request(*runs, **fields))

    def hear(self, request: bytes) -> Answer:
        answer = read_answer(self.server.exchange.answer(request)).answer
        if any(answer.nonce):
            self.nonce = answer.nonce
        return answer

    def say(self, *runs: Run) -> Answer:
        """As `ask`, and keeps what is agreed on as a device of good will does."""
        answer = self.ask(*runs)
        whole = {tip.claim: tip for tip in self._tips()}
        self.agreed = self.agreed.moved(whole[claim] for claim in answer.agreed)
        return answer

    def _tips(self) -> set[Tip]:
        known = bases.vector(self.server.base, self.commune).samples
        return {
            Tip(log, seq, hash_)
            for log, places in known.items()
            for seq, hashes in places.items()
            for hash_ in hashes
        }


def made_up(number: int) -> Claim:
    return Claim(number.to_bytes(8, "big"), number + 1, bytes(8))
