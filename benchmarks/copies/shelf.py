"""Retold's index of copies in an SQLite file, as a library keeps it: fingerprints in a table, postings in theirs."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    create_engine,
    event,
    func,
    insert,
    select,
)

from retold.library.postings_store import SqlPostings
from retold.library.schema import metadata, posting_chunks, posting_runs
from retold.stories.postings import Keys, Postings
from retold.stories.reuse import LEAST_SHARED, Reuse, find_reuse

_TOGETHER = 10_000  # numbers in one question to the database
_FINGERPRINTS = Table(
    "benchmark_fingerprints", MetaData(), Column("number", Integer, primary_key=True), Column("keys", LargeBinary)
)


class Shelf:
    """Articles numbered from 1 on. `cpu`: seconds of this process by what they were spent on."""

    def __init__(self, path: Path) -> None:
        self.cpu = {"lookup": 0.0, "insert": 0.0}
        self._engine = _open(path)
        metadata.create_all(self._engine, [posting_runs, posting_chunks])
        _FINGERPRINTS.create(self._engine, checkfirst=True)
        self._connection = self._engine.connect()
        self._index = Postings(SqlPostings(self._connection, "copies"))
        self._last = 0

    def add(self, key_sets: Sequence[Keys]) -> range:
        """Keep more articles, in a transaction; their numbers."""
        with self._timed("insert"):
            numbers = range(self._last + 1, self._last + 1 + len(key_sets))
            rows = [{"number": n, "keys": keys.tobytes()} for n, keys in zip(numbers, key_sets, strict=True)]
            self._connection.execute(insert(_FINGERPRINTS), rows)
            self._index.take_in(numbers, key_sets)
            self._connection.commit()
            self._last += len(key_sets)
        return numbers

    def find(self, key_sets: Sequence[Keys], own: Sequence[int] = ()) -> list[tuple[Reuse, ...]]:
        """For each set of keys the articles that share text with the one that has it, but for these articles' own."""
        with self._timed("lookup"):
            hits = self._index.find(key_sets, least=LEAST_SHARED)
            hits = hits.apart_from(own) if own else hits
            return find_reuse([len(keys) for keys in key_sets], hits, self._sizes(hits.numbers))

    def _sizes(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many keys each of these articles has."""
        wanted = np.unique(numbers).tolist()
        table = _FINGERPRINTS.c
        found: list[int] = []
        for start in range(0, len(wanted), _TOGETHER):
            chosen = table.number.in_(wanted[start : start + _TOGETHER])
            query = select(func.length(table["keys"])).where(chosen).order_by(table.number)
            found += self._connection.execute(query).scalars().all()
        return np.array(found, np.int64)[np.searchsorted(wanted, numbers)] // 4

    @contextmanager
    def _timed(self, what: str) -> Iterator[None]:
        started = time.process_time()
        yield
        self.cpu[what] += time.process_time() - started

    def megabytes(self) -> float:
        """What the file takes, in millions of bytes, with pages that are free for later."""
        pages, size = (
            self._connection.exec_driver_sql(f"PRAGMA {of}").scalar_one() for of in ("page_count", "page_size")
        )
        return float(pages * size / 1e6)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
        self._engine.dispose()


def _open(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def _prepare(connection: Connection, _record: object) -> None:
        connection.execute("PRAGMA journal_mode = WAL")  # type: ignore[call-overload]
        connection.execute("PRAGMA synchronous = NORMAL")  # type: ignore[call-overload]
        connection.execute("PRAGMA journal_size_limit = 0")  # type: ignore[call-overload]

    return engine
