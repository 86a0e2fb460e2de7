"""Where a library is: a file of SQLite, or a database of PostgreSQL by its URL."""

import os
from pathlib import Path

from platformdirs import user_data_path
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from retold.library.errors import LibraryError

VARIABLE = "RETOLD_LIBRARY"
"""The environment variable that names the library where none is given."""


def find_place(given: str | os.PathLike[str] | None = None) -> URL:
    """The URL of a library: of a path or URL, else of the environment's RETOLD_LIBRARY, else of the user's own.

    Raises LibraryError for a URL of another database, or one that cannot be read.
    """
    name = os.fspath(given) if given else os.environ.get(VARIABLE) or str(default_file())
    if "://" not in name:
        return URL.create("sqlite", database=str(Path(name).expanduser().absolute()))
    try:
        url = make_url(name)
    except ArgumentError:
        raise LibraryError(f"{name!r} is no URL of a library: {_EXPECTED}") from None
    if url.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite" and url.database not in (None, "", ":memory:"):
        return url.set(database=str(Path(str(url.database)).expanduser().absolute()))
    raise LibraryError(f"a library cannot be kept in {url.render_as_string()!r}: {_EXPECTED}")


_EXPECTED = "a file, sqlite:///FILE or postgresql://USER@HOST/DATABASE was expected"


def default_file() -> Path:
    """The file of the user's own library; it need not exist."""
    return user_data_path("retold", appauthor=False) / "library.db"


def shown(url: URL) -> str:
    """How a library is named to its user: the path of a file, a URL without its password."""
    return str(url.database) if is_file(url) else url.render_as_string(hide_password=True)


def is_file(url: URL) -> bool:
    """Whether the library is a file of SQLite."""
    return url.get_backend_name() == "sqlite"
