"""The library's tables for postings, in SQLite and PostgreSQL."""

from collections.abc import Iterator

import numpy as np
import pytest
from sqlalchemy import Connection, create_engine, func, select

from retold.library.postings_store import SqlPostings
from retold.library.schema import metadata, posting_chunks, posting_runs
from retold.stories.postings import Keys, Postings

HIGH = 2**32 - 1


@pytest.fixture
def connection(library_url: str) -> Iterator[Connection]:
    engine = create_engine(library_url)
    metadata.create_all(engine, [posting_runs, posting_chunks])
    with engine.connect() as connection:
        yield connection
        connection.rollback()
    engine.dispose()


def some_keys(seed: int, count: int = 300) -> Keys:
    random = np.random.default_rng(seed)
    return np.unique(np.append(random.integers(0, 2**32, count, np.uint32), np.uint32(HIGH)))


def shared_with(index: Postings, keys: Keys) -> dict[int, int]:
    _, numbers, shared = index.find([keys])
    return dict(zip(numbers.tolist(), shared.tolist(), strict=True))


def test_what_was_merged_is_found_when_opened_anew(connection: Connection) -> None:
    index = Postings(SqlPostings(connection, "copies"))
    sets = [some_keys(seed) for seed in range(40)]
    for number, keys in enumerate(sets, 1):
        index.add([number], [keys])
        if number % 10 == 0:
            index.merge()
    connection.commit()
    again = Postings(SqlPostings(connection, "copies"))
    assert again.merged_to == 40
    assert shared_with(again, sets[16])[17] == len(sets[16])
    assert shared_with(again, np.array([HIGH], np.uint32)) == dict.fromkeys(range(1, 41), 1)


def test_a_transaction_that_is_undone_leaves_nothing(connection: Connection) -> None:
    index = Postings(SqlPostings(connection, "copies"))
    index.add([1], [some_keys(1)])
    index.merge()
    connection.commit()
    index.add([2], [some_keys(2)])
    index.merge()
    connection.rollback()
    again = Postings(SqlPostings(connection, "copies"))
    assert again.merged_to == 1
    assert shared_with(again, some_keys(2)) == {1: 1}


def test_indexes_of_different_names_do_not_mix(connection: Connection) -> None:
    for name, number in (("copies", 1), ("stories", 2)):
        index = Postings(SqlPostings(connection, name))
        index.add([number], [some_keys(1)])
        index.merge()
    assert list(shared_with(Postings(SqlPostings(connection, "copies")), some_keys(1))) == [1]
    assert list(shared_with(Postings(SqlPostings(connection, "stories")), some_keys(1))) == [2]


def test_a_removed_article_is_in_no_row(connection: Connection) -> None:
    index = Postings(SqlPostings(connection, "copies"))
    sets = [some_keys(seed, 2000) for seed in range(6)]
    index.add(range(1, 7), sets)
    index.merge()
    index.remove([4], [sets[3]])
    data = b"".join(connection.execute(select(posting_chunks.c.postings)).scalars())
    assert set((np.frombuffer(data, np.uint64) & np.uint64(HIGH)).tolist()) == {1, 2, 3, 5, 6}
    assert 4 not in shared_with(Postings(SqlPostings(connection, "copies")), sets[3])


def test_merging_leaves_no_chunk_of_the_old_runs(connection: Connection) -> None:
    index = Postings(SqlPostings(connection, "copies"))
    for number in range(1, 9):
        index.add([number], [some_keys(number, 3000)])
        index.merge()
    run_ids = set(connection.execute(select(posting_chunks.c.run_id).distinct()).scalars())
    assert run_ids == set(connection.execute(select(posting_runs.c.id)).scalars())
    size = connection.execute(select(func.sum(func.length(posting_chunks.c.postings)))).scalar_one()
    assert size == 8 * sum(len(some_keys(number, 3000)) for number in range(1, 9))


def test_an_index_that_another_has_merged_says_so(connection: Connection) -> None:
    index = Postings(SqlPostings(connection, "copies"))
    index.add([1], [some_keys(1)])
    index.merge()
    other = Postings(SqlPostings(connection, "copies"))
    other.add([2], [some_keys(2, 3000)])
    other.merge()
    with pytest.raises(LookupError, match="open the index anew"):
        index.find([some_keys(1)])
