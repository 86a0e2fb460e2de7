"""Opening a library: its database, made or brought up to date where it may be written."""

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
    if is_file(url) and not Path(str(url.database)).exists():
        raise LibraryError(f"there is no library at {shown(url)}: start one with `retold add`, or name it: --library")
    with told(shown(url)):
        engine = connect(url, kept=True)
        found = revision(engine)
    if found is None:
        raise LibraryError(f"there is no library in {shown(url)} yet: start one with `retold add`")
    if found != HEAD:
        _refuse_newer(engine, found)
        raise LibraryError(f"{shown(url)} was made by an older Retold: `retold library upgrade` brings it up to date")
    return engine


def open_for_writing(url: URL) -> Engine:
    """The database of a library, made where there is none, and brought up to date where an older Retold made it."""
    with told(shown(url)):
        if is_file(url):
            Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
        engine = connect(url)
        found = revision(engine)
        if found != HEAD:
            if found is not None:
                _refuse_newer(engine, found)
            _migrate(engine)
    return engine


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
        engine = create_engine(url, poolclass=QueuePool if kept else NullPool, connect_args={"timeout": _WAIT_SECONDS})
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    try:
        # An answer takes several questions; all are asked of the library as it is at the first of them.
        isolation = "REPEATABLE READ" if kept else "READ COMMITTED"
        return create_engine(url, pool_pre_ping=True, isolation_level=isolation)
    except ModuleNotFoundError:
        raise LibraryError("PostgreSQL needs psycopg: pip install 'retold[postgres]'") from None


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
    try:
        connection.execute("PRAGMA journal_mode = WAL")  # readers go on while one writes
    except Exception as error:  # a file that can only be read keeps the mode that it has
        if "readonly" not in str(error) and "unable to open" not in str(error):
            raise


def _begin_sqlite(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def close(engine: Engine) -> None:
    """Give back what an engine holds; an error of a database that is gone is none any more."""
    try:
        engine.dispose()
    except DBAPIError:
        return
