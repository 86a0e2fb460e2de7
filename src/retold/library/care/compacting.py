"""Giving back the room of what is gone, and leaving nothing of it behind."""

from pathlib import Path

from sqlalchemy import Engine, text

from retold.library import schema
from retold.library.place import is_file
from retold.library.words import INDEXES


def compact(engine: Engine) -> None:
    """Write the tables and indexes anew, without what was deleted, and tell the database how much of what there is.

    Of a file no byte stays as it was: pages that are free may hold words of texts that are gone, so may the log. It
    takes as long as copying the file, and for that time as much room again.
    """
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        if is_file(engine.url):
            # The copy that VACUUM makes would stand in memory otherwise.
            for step in (
                "PRAGMA temp_store = FILE",
                "PRAGMA secure_delete = ON",
                *(f"INSERT INTO {index} ({index}) VALUES ('optimize')" for index in INDEXES),
                "VACUUM",
                "PRAGMA optimize = 0x10002",  # of all tables, also of those that were not asked
                "PRAGMA wal_checkpoint(TRUNCATE)",
            ):
                connection.execute(text(step)).close()
        else:
            for table in (*schema.metadata.tables, *INDEXES):
                connection.execute(text(f"VACUUM (FULL, ANALYZE) {table}"))


def size_of(engine: Engine) -> int:
    """The bytes that a library takes on disk: the file with its companions, or the database."""
    if is_file(engine.url):
        files = (Path(f"{engine.url.database}{ending}") for ending in ("", "-wal", "-shm"))
        return sum(file.stat().st_size for file in files if file.exists())
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())
