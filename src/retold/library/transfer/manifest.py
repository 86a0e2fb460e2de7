"""`library.json`: what an export is, and how many rows each of its files has. It is written last, and read first."""

from pathlib import Path
from typing import Literal, get_args

import msgspec

from retold import __version__
from retold.library.errors import LibraryError
from retold.library.opening import HEAD

Form = Literal["jsonl", "parquet"]
FORMS: tuple[Form, ...] = get_args(Form)
MANIFEST = "library.json"
FORMAT = "retold-library/1"


class TableFile(msgspec.Struct, frozen=True, kw_only=True):
    """A table of the export, and how many rows its file has."""

    name: str
    rows: int


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What an export is: its format, the Retold and the revision of the tables that wrote it, and when (UTC)."""

    format: str = FORMAT
    version: str = __version__
    revision: str = HEAD
    form: Form
    made: str
    tables: tuple[TableFile, ...]

    @property
    def rows(self) -> int:
        """The rows of all tables."""
        return sum(table.rows for table in self.tables)

    def file(self, folder: Path, table: str) -> Path:
        """The file of a table."""
        return folder / f"{table}.{self.form}"


def to_json(manifest: Manifest) -> bytes:
    return msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"


def read_manifest(folder: Path) -> Manifest:
    """What the export in `folder` is. Raises LibraryError: there is none, it is damaged, or of another version."""
    path = folder / MANIFEST
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise LibraryError(
            f"there is no {MANIFEST} in {folder}: it is no export of a library, or one that was cut short; "
            "make it anew with `retold library export`"
        ) from None
    except OSError as error:
        raise LibraryError(f"{path}: {error.strerror}: check the path and its permissions") from None
    try:
        told = msgspec.json.decode(data, type=_Told)
        if told.format == FORMAT and told.revision == HEAD:
            return msgspec.json.decode(data, type=Manifest)
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise LibraryError(f"{path}: {error}: it is no export of a library, or a damaged one") from None
    raise LibraryError(f"{path}: {_unlike(told)}")


class _Told(msgspec.Struct):
    """What every version of the format tells."""

    format: str
    version: str = "unknown"
    revision: str = ""


def _unlike(told: _Told) -> str:
    name, _, number = told.format.rpartition("/")
    if name != FORMAT.partition("/")[0]:
        return f"its format is {told.format!r}, not {FORMAT!r}: it is no export of a library"
    if number != FORMAT.rpartition("/")[2] or told.revision > HEAD:
        return (
            f"it was written by a newer Retold, {told.version} (format {told.format}, tables of revision "
            f"{told.revision}; this one, {__version__}, knows {FORMAT} and {HEAD}): upgrade Retold"
        )
    return (
        f"it was written by an older Retold, {told.version} (tables of revision {told.revision}, this one has {HEAD}): "
        "import it with that version; this one then brings the library up to date"
    )
