"""The demonstration: a sample commune and a month of its work."""

from __future__ import annotations

from counter_app.cli.context import Context


def run(context: Context) -> int:
    raise NotImplementedError
