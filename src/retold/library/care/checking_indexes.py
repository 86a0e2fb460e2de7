"""Whether copies and stories are those of the articles that are kept."""

from collections.abc import Iterator
from hashlib import sha256

import numpy as np
from sqlalchemy import Connection, Engine, Table, func, select

from retold.library import schema
from retold.library.care.checking import REBUILD, Finding, Kind
from retold.library.care.walking import Tell, snapshot
from retold.library.errors import undamaged

_STORED = np.dtype("<u8")
_MIX = np.uint64(0x9E3779B97F4A7C15)  # odd and without a pattern: sums of products with it are equal by chance only


def check_indexes(engine: Engine, _: Tell) -> Iterator[Finding]:
    """That each article has a fingerprint, a profile and a story; that links have two ends; that the index of
    fingerprints holds what the fingerprints say."""
    with snapshot(engine) as connection:
        for table in (schema.fingerprints, schema.profiles, schema.members):
            yield from _complete(connection, table)
        yield from _two_ended(connection)
        yield from _unreadable(connection)
        yield from _postings(connection)


def _complete(connection: Connection, table: Table) -> Iterator[Finding]:
    known = select(table.c.article)
    missing = select(func.count()).select_from(schema.articles).where(schema.articles.c.number.not_in(known))
    count = connection.execute(missing).scalar_one()
    if count:
        kind: Kind = "copies" if table is schema.fingerprints else "stories"
        yield Finding(kind, table.name, f"{count:,} articles are not there", REBUILD)


def _two_ended(connection: Connection) -> Iterator[Finding]:
    other = schema.links.alias()
    both = select(func.count()).select_from(schema.links)
    both = both.join(other, (other.c.article == schema.links.c.other) & (other.c.other == schema.links.c.article))
    count = connection.execute(select(func.count()).select_from(schema.links)).scalar_one()
    lost = count - connection.execute(both).scalar_one()
    if lost:
        yield Finding("stories", "links", f"{lost:,} links have one end only", REBUILD)


def _unreadable(connection: Connection) -> Iterator[Finding]:
    """Profiles that cannot be read, or are not those of which the digest was made."""
    columns = schema.profiles.c
    query = select(columns.article, columns.digest, columns.data).execution_options(yield_per=500)
    damaged = sum(sha256(row.data).digest() != row.digest for row in connection.execute(query))
    if damaged:
        yield Finding("stories", "profiles", f"{damaged:,} are not what they were", REBUILD)


def _postings(connection: Connection) -> Iterator[Finding]:
    """Whether the runs of the index hold the fingerprints of all articles up to the last one that was merged."""
    runs = schema.posting_runs.c
    own = select(func.max(runs.highest)).where(runs.index_name == "copies")
    merged_to = connection.execute(own).scalar() or 0
    with undamaged("an index of copies"):
        same = _sum_of_runs(connection) == _sum_of_fingerprints(connection, merged_to)
    if not same:
        yield Finding("copies", "posting_chunks", "it does not hold what the fingerprints say", REBUILD)


def _sum_of_runs(connection: Connection) -> tuple[int, int]:
    """How many postings there are, and a sum over them."""
    chunks, runs = schema.posting_chunks.c, schema.posting_runs.c
    query = select(chunks.postings).join(schema.posting_runs, runs.id == chunks.run_id)
    count, total = 0, np.uint64(0)
    for (data,) in connection.execute(query.where(runs.index_name == "copies").execution_options(yield_per=500)):
        postings = np.frombuffer(data, _STORED)
        count += len(postings)
        total += (postings * _MIX).sum(dtype=np.uint64)
    return count, int(total)


def _sum_of_fingerprints(connection: Connection, merged_to: int) -> tuple[int, int]:
    columns = schema.fingerprints.c
    query = select(columns.article, columns.hashes).where(columns.article <= merged_to)
    count, total = 0, np.uint64(0)
    for number, hashes in connection.execute(query.execution_options(yield_per=500)):
        keys = np.frombuffer(hashes, "<u4").astype(np.uint64)
        count += len(keys)
        total += (((keys << np.uint64(32)) | np.uint64(number)) * _MIX).sum(dtype=np.uint64)
    return count, int(total)
