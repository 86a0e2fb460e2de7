"""Opening a library: its database, made or brought up to date where it may be written."""

import os
import sqlite3
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, QueuePool

from retold import __version__
from retold.library.errors import LibraryError, told
from retold.library.place import is_file, shown

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "0001"
"""The revision of the tables that this version of Retold reads and writes (migrations/versions)."""

_WAIT_SECONDS = 10.0  # for a lock that another process holds
_CACHE_KIB = 64 * 1024
_MAPPED_BYTES = 1 << 30


def open_for_reading(url: URL) -> Engine:
    """The database of a library that is there. Raises LibraryError: none is there, or it is of another version."""
    engine, found = _open_existing(url)
    if found != HEAD:
        _refuse_newer(engine, found)
        raise LibraryError(f"{shown(url)} was made by an older Retold: `retold library vacuum` brings it up to date")
    return engine


def require_library(url: URL) -> None:
    """Raises LibraryError: no library is there, of whatever version."""
    engine, _ = _open_existing(url)
    close(engine)


def _open_existing(url: URL) -> tuple[Engine, str]:
    """The database of a library that is there, and the revision of its tables."""
    if is_file(url) and not Path(str(url.database)).exists():
        raise LibraryError(f"there is no library at {shown(url)}: start one with `retold add`, or name it: --library")
    with told(shown(url)):
        engine = connect(url, kept=True)
        found = revision(engine)
    if found is None:
        raise LibraryError(f"there is no library in {shown(url)} yet: start one with `retold add`")
    return engine, found


def open_for_writing(url: URL) -> Engine:
    """The database where a library is or is to be. Nothing is in it yet, or perhaps of another version: lock it, and
    bring it up to date."""
    with told(shown(url)):
        if is_file(url):
            Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
        return connect(url)


def bring_up_to_date(engine: Engine) -> None:
    """Make the tables where there are none, and change those of an older Retold. Raises LibraryError: a newer one's."""
    with told(shown(engine.url)):
        found = revision(engine)
        if found is not None and found != HEAD:
            _refuse_newer(engine, found)
        _log_ahead(engine)
        if found != HEAD:
            _migrate(engine)


def _log_ahead(engine: Engine) -> None:
    """Readers go on while one writes. The file remembers it; a copy made by other tools may have forgotten."""
    if is_file(engine.url):
        with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text("PRAGMA journal_mode = WAL"))


def revision(engine: Engine) -> str | None:
    """The revision of a library's tables; None: it has none yet. Raises LibraryError: the tables are not Retold's."""
    with engine.connect() as connection:
        names = set(engine.dialect.get_table_names(connection))
        if "alembic_version" in names:
            found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            return None if found is None else str(found)
    if names:
        raise LibraryError(f"{shown(engine.url)} holds tables of something else ({min(names)}): name another place")
    return None


def _refuse_newer(engine: Engine, found: str) -> None:
    if found > HEAD:
        raise LibraryError(
            f"{shown(engine.url)} was written by a newer Retold (its tables are of revision {found}, this one, "
            f"{__version__}, knows {HEAD}): upgrade Retold; nothing was changed"
        )


def _migrate(engine: Engine) -> None:
    # Alembic takes longer to import than a search takes, and is needed only here.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, HEAD)


def connect(url: URL, *, kept: bool = False) -> Engine:
    """An engine for a library; nothing is opened yet. `kept`: connections are used again, and what they have read of a
    file with them: a question over a new one takes twice as long."""
    if is_file(url):
        engine = create_engine(
            url, poolclass=QueuePool if kept else NullPool, creator=partial(_open_file, str(url.database))
        )
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    try:
        # An answer takes several questions; all are asked of the library as it is at the first of them.
        isolation = "REPEATABLE READ" if kept else "READ COMMITTED"
        return create_engine(url, pool_pre_ping=True, isolation_level=isolation)
    except ModuleNotFoundError:
        raise LibraryError("PostgreSQL needs psycopg: pip install 'retold[postgres]'") from None


def _open_file(file: str) -> sqlite3.Connection:
    """A file that may be read only in a folder that may be read only is opened as one that nobody writes: readers of
    a write-ahead log need a file of their own beside it."""
    path, log = Path(file), Path(f"{file}-wal")
    frozen = path.exists() and not os.access(path.parent, os.W_OK) and not (log.exists() and log.stat().st_size)
    name = f"{path.as_uri()}?immutable=1" if frozen else path.as_uri()
    return sqlite3.connect(name, uri=True, timeout=_WAIT_SECONDS, check_same_thread=False)


def _set_up_sqlite(connection: Any, _record: object) -> None:
    # The driver would begin transactions itself, and too late: see SQLAlchemy's notes on pysqlite.
    connection.isolation_level = None
    for setting in (
        "foreign_keys = ON",
        "synchronous = FULL",  # what was said to be added is there after a power cut too
        f"cache_size = -{_CACHE_KIB}",
        f"mmap_size = {_MAPPED_BYTES}",
        "temp_store = MEMORY",
    ):
        connection.execute(f"PRAGMA {setting}")


def _begin_sqlite(connection: Any) -> None:
    options = connection.get_execution_options()
    if options.get("isolation_level") != "AUTOCOMMIT":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")


def close(engine: Engine) -> None:
    """Give back what an engine holds; an error of a database that is gone is none any more."""
    try:
        engine.dispose()
    except DBAPIError:
        return
