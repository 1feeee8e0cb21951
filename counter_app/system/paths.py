"""Where things lie on this computer: a store's files, and what ships with the program."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

import counter_app
from counter_app.domain.errors import CannotRead

_PACKAGE: Final = Path(counter_app.__file__).parent


def default_data() -> Path:
    """The platform's place for one user's data, such as ~/.local/share/counter-app."""
    import platformdirs

    return platformdirs.user_data_path("counter-app", appauthor=False)


def default_district_data() -> Path:
    """The platform's place for a server's data."""
    import platformdirs

    return platformdirs.user_data_path("counter-district", appauthor=False)


_TRAINING: Final = "-tap-dung"


def training_data(data: Path) -> Path:
    """The folder of the store to practise on, beside that of the real one, never in it."""
    return data if data.name.endswith(_TRAINING) else data.with_name(data.name + _TRAINING)


class Places(NamedTuple):
    """The files of one store, all inside its data folder."""

    data: Path

    @property
    def database(self) -> Path:
        return self.data / "store.db"

    @property
    def keys(self) -> Path:
        """The wraps of the store key."""
        return self.data / "keys.json"

    @property
    def marks(self) -> Path:
        """The highest number printed, a second time: it survives a database that was put back in time."""
        return self.data / "marks.json"

    @property
    def settings(self) -> Path:
        return self.data / "settings.json"

    @property
    def wiping(self) -> Path:
        """There from the moment that a wipe cannot go back to its end."""
        return self.data / "wiping.json"

    @property
    def wiped(self) -> Path:
        return self.data / "wiped.json"

    @property
    def damage(self) -> Path:
        """There from the moment that a check found the store damaged, until it was recovered."""
        return self.data / "damaged.json"

    @property
    def incoming(self) -> Path:
        """A whole store on its way into this one's place."""
        return self.data / "incoming"

    @property
    def decided(self) -> Path:
        """There from the moment that the incoming store is whole; says where the one that stands goes."""
        return self.incoming / "decided"

    @property
    def blobs(self) -> Path:
        """Scanned papers and other files of dossiers, sealed."""
        return self.data / "blobs"

    @property
    def unkept(self) -> Path:
        """Scanned pages that are on no paper yet, sealed."""
        return self.data / "unkept"

    @property
    def reserve(self) -> Path:
        """Holds nothing but room on the disk (services/room.py)."""
        return self.data / "reserve"

    @property
    def logs(self) -> Path:
        return self.data / "logs"


def resource(name: str, *, package: Path = _PACKAGE) -> Path:
    """A file or folder of resources/, by its path there; raises CannotRead("part-missing", name=...)."""
    return _part("resources", name, package)


def migrations(*, package: Path = _PACKAGE) -> Path:
    """The folder of the schema's history; raises CannotRead("part-missing", name=...)."""
    return _part("db", "", package)


def _part(folder: str, name: str, package: Path) -> Path:
    # A wheel carries both folders in the package, and so does a frozen program, whose package lies under
    # sys._MEIPASS; the source tree has them beside it.
    inside = package / f"_{folder}"
    path = (inside if inside.is_dir() else package.parent / folder) / name
    if not path.exists():
        raise CannotRead("part-missing", name=f"{folder}/{name}")
    return path
