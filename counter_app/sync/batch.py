"""Runs as they travel: by columns, and compressed with a dictionary that both ends hold.

batch   = format | number of the dictionary | a zstd frame (RFC 8878) of the columns, with its content's size

format 03  weaving.py; with dictionary 2 or later
format 02  older.py; with dictionary 1. Every program reads it: 03 is sent to who has told that he reads it
format 01  is read for ever
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import zstandard

from counter_app.domain.errors import BadInput, Refused
from counter_app.domain.runs import Run
from counter_app.sync import older
from counter_app.sync.limits import LARGEST
from counter_app.sync.unweaving import runs_in
from counter_app.sync.weaving import woven

FORMAT: Final = 3
COMMON: Final = 2
"""The format that programs of every version read."""
_DICTIONARIES: Final = {COMMON: 1, FORMAT: 2}  # what each is written with
_LEVEL: Final = 15
"""Of zstd: 19 would take three times as long, and save one byte in a hundred."""
_BLOCK: Final = 400  # bytes of a group, from which on tables of its own are worth while
_READ: Final[dict[int, Callable[[bytes], list[Run]]]] = {
    older.FIRST: lambda data: older.runs_in(data, older.FIRST),
    COMMON: lambda data: older.runs_in(data, COMMON),
    FORMAT: runs_in,
}


@dataclass(frozen=True)
class Dictionary:
    """What zstd knows beforehand; `number` names it for ever."""

    number: int
    data: bytes


class Packer:
    """Opens and closes batches with the dictionaries that this program knows."""

    def __init__(self, dictionaries: Sequence[Dictionary]) -> None:
        self._known = {one.number: zstandard.ZstdCompressionDict(one.data) for one in dictionaries}
        self._squeezes = threading.local()  # zstd's contexts are one thread's each: shared, they crash

    @property
    def newest(self) -> int:
        """The newest format that this program reads."""
        return max(form for form, number in _DICTIONARIES.items() if number in self._known)

    def pack(self, runs: Sequence[Run], form: int = COMMON) -> bytes:
        """The batch in one of the formats that are written: COMMON, FORMAT."""
        groups = woven(runs) if form == FORMAT else [older.columns(runs)]
        squeeze = self._squeeze(_DICTIONARIES[form]).compressobj(size=sum(map(len, groups)))
        found = [bytes((form, _DICTIONARIES[form]))]
        for group in groups[:-1]:
            found.append(squeeze.compress(group))
            if len(group) >= _BLOCK:
                found.append(squeeze.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK))
        return b"".join((*found, squeeze.compress(groups[-1]), squeeze.flush()))

    def _squeeze(self, number: int) -> zstandard.ZstdCompressor:
        made: dict[int, zstandard.ZstdCompressor] = self._squeezes.__dict__.setdefault("made", {})
        if number not in made:
            made[number] = zstandard.ZstdCompressor(
                level=_LEVEL, dict_data=self._known[number], write_dict_id=False
            )
        return made[number]

    def unpack(self, batch: bytes) -> list[Run]:
        """The runs of a batch; raises Refused("batch-newer" | "batch-damaged")."""
        if len(batch) < 2:
            raise Refused("batch-damaged")
        if batch[0] not in _READ or batch[1] not in self._known:
            raise Refused("batch-newer")
        frame = batch[2:]
        try:
            size = zstandard.get_frame_parameters(frame).content_size
            if size > LARGEST:
                raise Refused("batch-damaged")
            grow = zstandard.ZstdDecompressor(dict_data=self._known[batch[1]])
            data = grow.decompress(frame, max_output_size=LARGEST, allow_extra_data=False)
            return _READ[batch[0]](data)
        except (zstandard.ZstdError, ValueError, LookupError, OverflowError, BadInput) as error:
            raise Refused("batch-damaged") from error
