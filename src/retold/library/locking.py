"""One process writes to a library, many read it: what is kept in memory of its indexes holds for one writer only."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Engine, text

from retold.library.errors import LibraryError, told
from retold.library.place import is_file, shown

_KEY = 0x5E70_1D  # of PostgreSQL's advisory lock; each database has its own


@contextmanager
def locked(engine: Engine) -> Iterator[None]:
    """Hold a library for writing. A process that is killed holds it no longer.

    Raises LibraryError: another process writes to it.
    """
    name = shown(engine.url)
    busy = LibraryError(f"another process is writing to {name}: wait until it is done; reading goes on meanwhile")
    if is_file(engine.url):
        lock = FileLock(Path(f"{engine.url.database}.lock"))
        with told(name):
            try:
                lock.acquire(timeout=0)
            except Timeout:  # an OSError too, of which others say more
                raise busy from None
        try:
            yield
        finally:
            lock.release()
        return
    with told(name), engine.connect() as connection:
        if not connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": _KEY}).scalar():
            raise busy
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _KEY})
