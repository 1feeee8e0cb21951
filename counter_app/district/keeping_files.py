"""`counter-district files`: where whole files lie, in which bucket new ones go, and what moves there."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from counter_app.district import house, lines, uploads
from counter_app.district.house import District
from counter_app.domain.errors import Damaged, NotAllowed, NotFound
from counter_app.services.blobs import Blobs
from counter_app.words.language import Words

_HELP = Words(
    {
        "files": "nơi chứa các tệp của xã: thư mục của máy chủ, hoặc bucket S3",
        "files where": "các tệp đang nằm ở đâu",
        "files use": "từ nay cất tệp vào một bucket; tệp cũ ở thư mục vẫn đọc được",
        "files move": "chuyển các tệp ở thư mục vào bucket; bị ngắt thì chạy lại để làm tiếp",
        "url": "địa chỉ nơi chứa, như https://s3.example.vn; không ghi thì là Amazon S3",
        "prefix": "phần đầu tên của mọi tệp trong bucket",
        "region": "vùng của bucket, nếu nơi chứa đòi",
    }
)
Lines = Iterator[dict[str, Any]]


def add_commands(kinds: Any, everywhere: argparse.ArgumentParser) -> None:
    """The commands of this file, under the program's."""
    made = kinds.add_parser("files", help=_HELP.say("files")).add_subparsers(dest="verb", required=True)
    made.add_parser("where", help=_HELP.say("files where"), parents=[everywhere])
    use = made.add_parser("use", help=_HELP.say("files use"), parents=[everywhere])
    use.add_argument("bucket", metavar="BUCKET")
    for name in ("url", "prefix", "region"):
        use.add_argument(f"--{name}", default="", metavar=name.upper(), help=_HELP.say(name))
    made.add_parser("move", help=_HELP.say("files move"), parents=[everywhere])


def where(district: District, asked: argparse.Namespace, now_ms: int) -> Lines:
    """One line: how many files and bytes there are, and how many of them lie in the folder."""
    sizes, folder = _every(district), _folder(district)
    found = house.settings(district.places).get("files")
    here = sum(folder.has(digest) for digest in sizes)
    yield {**(found or {}), "files": len(sizes), "bytes": sum(sizes.values()), "in_folder": here}


def use(district: District, asked: argparse.Namespace, now_ms: int) -> Lines:
    """New files go into the bucket, once it has proven that it takes, gives and drops them.

    Raises BadInput, Surroundings, NotAllowed("files-not-in-bucket") where the district would then miss some.
    """
    from counter_app.district.bucket import Bucket, Place  # lazily: botocore takes a third of a second

    place = Place(asked.bucket, asked.url.rstrip("/"), asked.prefix.strip("/"), asked.region)
    Bucket(place, district.key, district.places.waits).prove()
    then = house.depot_at(district.places, district.key, place.to_json())
    if lost := sum(not then.has(digest) for digest in _every(district)):
        raise NotAllowed("files-not-in-bucket", bucket=place.bucket, n=lost)
    said = house.settings(district.places)
    house.write_settings(district.places, {**said, "files": place.to_json()})
    yield from where(district, asked, now_ms)


def move(district: District, asked: argparse.Namespace, now_ms: int) -> Lines:
    """What lies in the folder is put into the bucket, verified on the way, and leaves the folder then.

    Raises NotFound("no-bucket"), Surroundings; what was moved by then is, and the next call goes on. Raises
    Damaged("files-damaged") at the end where some of the folder's are so: they stay there.
    """
    from counter_app.district.bucket import Bucket, Place

    place = house.settings(district.places).get("files")
    if place is None:
        raise NotFound("no-bucket")
    bucket, folder = Bucket(Place(**place), district.key, district.places.waits), _folder(district)
    moved = damaged = 0
    for digest in _every(district):
        with suppress(NotFound):  # it lies in the bucket
            try:
                bucket.put(digest, folder.parts(digest))
            except Damaged:
                damaged += 1
                continue
            folder.drop(digest)
            moved += 1
    yield {"moved": moved, "damaged": damaged}
    if damaged:
        raise Damaged("files-damaged", n=damaged)


def _every(district: District) -> dict[bytes, int]:
    """Size by digest of all communes' files."""
    with district.base.reading() as connection:
        return {
            digest: size
            for commune, _ in lines.numbers(connection)
            for digest, size in uploads.of_commune(connection, commune)
        }


def _folder(district: District) -> Blobs:
    return Blobs(district.places.files, district.key)
