"""Every failure that the program knows by name, and whose turn it is to act.

    CounterError
    ├── RuleBroken                 the rules say no, or what was given is wrong: exit 2, the user mends it
    │   ├── BadInput               one field or line cannot be read or accepted
    │   │   └── BadLine            the same, in a file, with the line's number
    │   ├── NotFound               no dossier, procedure or officer of that name
    │   ├── NotAllowed             the state of the dossier forbids the act
    │   ├── Disputed               the dossier is in conflict; a person must settle it first
    │   ├── NotPermitted           no officer, a wrong PIN, or a role without the right
    │   ├── ClockWrong             the wall clock is behind what this machine has already written
    │   ├── Refused                a bundle, offer or reply that proves nothing or belongs elsewhere
    │   └── AlreadyThere           a store, a file or an account stands where a new one was asked for
    ├── Surroundings               the machine or the medium fails: exit 3
    │   ├── DiskFull
    │   ├── CannotRead / CannotWrite
    │   ├── NoKey                  neither keyring, passphrase nor sheet opens the store
    │   ├── Damaged                the store does not verify
    │   ├── NewerStore             written by a later version of the program
    │   ├── Unreachable            the server or its database does not answer, or is none
    │   └── Busy                   another process holds the store
    └── Unforeseen                 a bug of ours, where it leaves the program: exit 1

Anything else that is raised is a bug of ours and is caught nowhere below that edge.
Errors carry facts (`why`, a stable word, and named values); `counter_app.words` alone makes sentences.
"""

from __future__ import annotations


class CounterError(Exception):
    """A failure with a stable reason word and the facts that a sentence about it needs."""

    exit_code = 1

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why, facts)
        self.why = why
        self.facts = facts

    def __str__(self) -> str:
        # Facts may be personal data: the text form, which may reach a log, has the reason only.
        return f"{type(self).__name__}: {self.why}"


class RuleBroken(CounterError):
    exit_code = 2


class BadInput(RuleBroken):
    """`why` names the rule; `field` where; `value` what was given (never logged)."""


class BadLine(BadInput):
    """A bad line of a file; `line` counts from 1."""


class NotFound(RuleBroken):
    pass


class NotAllowed(RuleBroken):
    pass


class Disputed(RuleBroken):
    pass


class NotPermitted(RuleBroken):
    pass


class ClockWrong(RuleBroken):
    pass


class Refused(RuleBroken):
    pass


class AlreadyThere(RuleBroken):
    pass


class Surroundings(CounterError):
    exit_code = 3


class DiskFull(Surroundings):
    pass


class CannotRead(Surroundings):
    pass


class CannotWrite(Surroundings):
    pass


class NoKey(Surroundings):
    pass


class Damaged(Surroundings):
    pass


class NewerStore(Surroundings):
    pass


class Unreachable(Surroundings):
    pass


class Busy(Surroundings):
    pass


class Unforeseen(CounterError):
    """A bug of ours: logged without the data that it met, and told in words; `log` is where to read of it."""
