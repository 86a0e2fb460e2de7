"""Runs of postings in the library's own tables, within the transaction that keeps the articles."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from sqlalchemy import Connection, bindparam, delete, insert, select, update

from retold.library.schema import posting_chunks, posting_runs
from retold.stories.postings import Chunk, Run

_SIGN = 1 << 63  # SQL knows signed numbers of 64 bits only


# Built once: SQLAlchemy takes longer to build it for each question than SQLite takes to answer it.
_READ = (
    select(posting_chunks.c.postings)
    .where(posting_chunks.c.run_id == bindparam("run_id"))
    .where(posting_chunks.c.place.in_(bindparam("places", expanding=True)))
    .order_by(posting_chunks.c.place)
)


class SqlPostings:
    """A `PostingStore` for the index of this name."""

    def __init__(self, connection: Connection, index_name: str) -> None:
        self._connection = connection
        self._name = index_name

    def runs(self) -> list[Run]:
        table = posting_runs.c
        rows = self._connection.execute(
            select(table.id, table.highest).where(table.index_name == self._name).order_by(table.id)
        ).all()
        firsts = self._firsts([row.id for row in rows])
        return [Run(row.id, row.highest, np.array(firsts[row.id], np.int64).view(np.uint64)) for row in rows]

    def _firsts(self, run_ids: Sequence[int]) -> defaultdict[int, list[int]]:
        found: defaultdict[int, list[int]] = defaultdict(list)
        table = posting_chunks.c
        query = select(table.run_id, table.first).where(table.run_id.in_(run_ids)).order_by(table.run_id, table.place)
        for run_id, first in self._connection.execute(query):
            found[run_id].append(first)
        return found

    def read(self, run_id: int, places: Sequence[int]) -> list[bytes]:
        found = list(self._connection.execute(_READ, {"run_id": run_id, "places": places}).scalars().all())
        if len(found) != len(places):
            raise LookupError(
                f"index {self._name}: run {run_id} has {len(found)} of the {len(places)} chunks asked for; "
                "another process has merged it: open the index anew"
            )
        return found

    def create(self, highest: int) -> int:
        values = {"index_name": self._name, "highest": highest}
        made = self._connection.execute(insert(posting_runs).values(values)).inserted_primary_key
        return int(made[0]) if made else 0

    def append(self, run_id: int, chunks: Sequence[Chunk]) -> None:
        rows = [
            {"run_id": run_id, "place": chunk.place, "first": _signed(chunk.first), "postings": chunk.data}
            for chunk in chunks
        ]
        self._connection.execute(insert(posting_chunks), rows)

    def replace(self, run_id: int, place: int, data: bytes) -> None:
        table = posting_chunks.c
        changed = update(posting_chunks).where(table.run_id == run_id, table.place == place)
        self._connection.execute(changed.values(postings=data))

    def drop(self, run_id: int) -> None:
        self._connection.execute(delete(posting_chunks).where(posting_chunks.c.run_id == run_id))
        self._connection.execute(delete(posting_runs).where(posting_runs.c.id == run_id))


def _signed(value: int) -> int:
    return value - 2 * _SIGN if value >= _SIGN else value
