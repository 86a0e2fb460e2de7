"""The index against a dictionary of sets, with a store in memory and random articles."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.stories import postings as postings_module
from retold.stories.postings import Chunk, Keys, Postings, Run


class MemoryStore:
    """A store that forgets nothing but what it is told to."""

    def __init__(self) -> None:
        self.highest: dict[int, int] = {}
        self.chunks: dict[int, list[Chunk]] = {}

    def runs(self) -> list[Run]:
        return [
            Run(run_id, self.highest[run_id], np.array([chunk.first for chunk in chunks], np.uint64))
            for run_id, chunks in sorted(self.chunks.items())
        ]

    def read(self, run_id: int, places: Sequence[int]) -> list[bytes]:
        assert list(places) == sorted(set(places))
        return [self.chunks[run_id][place].data for place in places]

    def create(self, highest: int) -> int:
        run_id = max(self.chunks, default=0) + 1
        self.highest[run_id], self.chunks[run_id] = highest, []
        return run_id

    def append(self, run_id: int, chunks: Sequence[Chunk]) -> None:
        self.chunks[run_id] += chunks
        assert [chunk.place for chunk in self.chunks[run_id]] == list(range(len(self.chunks[run_id])))

    def replace(self, run_id: int, place: int, data: bytes) -> None:
        self.chunks[run_id][place] = self.chunks[run_id][place]._replace(data=data)

    def drop(self, run_id: int) -> None:
        del self.chunks[run_id], self.highest[run_id]

    def values(self) -> list[int]:
        data = b"".join(chunk.data for chunks in self.chunks.values() for chunk in chunks)
        return np.frombuffer(data, np.uint64).tolist()


def keys(*values: int) -> Keys:
    return np.array(sorted(set(values)), np.uint32)


def found_in(index: Postings, asked: Sequence[Keys], **options: int) -> list[dict[int, int]]:
    found: list[dict[int, int]] = [{} for _ in asked]
    for place, number, shared in zip(*(column.tolist() for column in index.find(asked, **options)), strict=True):
        found[place][number] = shared
    return found


KEY = st.integers(0, 12) | st.sampled_from([2**31, 2**32 - 2, 2**32 - 1])
KEY_SET = st.sets(KEY, max_size=8)
STEP = st.one_of(
    st.lists(KEY_SET, min_size=1, max_size=6).map(lambda sets: ("add", sets)),
    st.just(("merge", [])),
    st.just(("open", [])),
    st.lists(st.integers(0, 200), min_size=1, max_size=3).map(lambda places: ("remove", places)),
)


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """So small that a few articles fill many chunks, and a few chunks are read at a time."""
    monkeypatch.setattr(postings_module, "CHUNK", 3)
    monkeypatch.setattr(postings_module, "_READ_TOGETHER", 2)


@settings(max_examples=300, deadline=None)
@given(st.lists(STEP, max_size=25), st.lists(KEY_SET, max_size=4), st.integers(1, 3))
def test_the_index_finds_what_a_dictionary_of_sets_finds(
    steps: list[tuple[str, list]], asked: list[set[int]], least: int
) -> None:
    store = MemoryStore()
    index = Postings(store)
    articles: dict[int, set[int]] = {}
    number = 0
    for kind, values in steps:
        if kind == "add":
            new = {number + place: each for place, each in enumerate(values, 1)}
            number += len(new)
            articles |= new
            index.add(list(new), [keys(*each) for each in new.values()])
        elif kind == "merge":
            index.merge()
        elif kind == "open":
            index = Postings(store)
            fresh = [each for each in articles if each > index.merged_to]
            index.add(fresh, [keys(*articles[each]) for each in fresh])
        else:
            gone = [each for each in dict.fromkeys(values) if each in articles]
            index.remove(gone, [keys(*articles.pop(each)) for each in gone])
    expected = []
    for each in asked:
        counts = Counter({other: len(each & held) for other, held in articles.items()})
        expected.append({other: count for other, count in counts.items() if count >= least})
    assert found_in(index, [keys(*each) for each in asked], least=least) == expected


def test_a_removed_article_has_no_posting_left_in_the_store() -> None:
    store = MemoryStore()
    index = Postings(store)
    sets = [keys(*range(number, number + 7)) for number in range(1, 9)]
    index.add(range(1, 6), sets[:5])
    index.merge()
    index.add(range(6, 9), sets[5:])
    index.remove([3, 7], [sets[2], sets[6]])
    index.merge()
    assert {value & 0xFFFFFFFF for value in store.values()} == {1, 2, 4, 5, 6, 8}
    assert len(store.values()) == 6 * 7


def test_a_key_of_very_many_articles_leads_to_the_first_of_them() -> None:
    index = Postings(MemoryStore())
    for start in range(1, 401, 100):
        index.add(range(start, start + 100), [keys(5, 6, 1000 + number) for number in range(start, start + 100)])
        index.merge()
    assert found_in(index, [keys(5, 6, 1399)], most_holders=10) == [{**dict.fromkeys(range(1, 11), 2), 399: 1}]


def test_every_posting_is_written_few_times_and_runs_stay_few() -> None:
    store = MemoryStore()
    index = Postings(store)
    for number in range(1, 257):
        index.add([number], [keys(*range(number, number + 6))])
        index.merge()
    assert len(store.runs()) <= 6
    assert len(store.values()) == 256 * 6


def test_a_number_that_was_merged_already_is_refused() -> None:
    index = Postings(MemoryStore())
    index.add([4], [keys(1)])
    index.merge()
    with pytest.raises(ValueError, match="article 4 is not above 4"):
        index.add([5, 4], [keys(1), keys(2)])


def test_an_empty_index_and_empty_questions() -> None:
    index = Postings(MemoryStore())
    index.merge()
    index.add([], [])
    assert index.merged_to == 0
    assert found_in(index, []) == []
    assert found_in(index, [keys(), keys(1)]) == [{}, {}]


def test_a_key_may_lead_to_the_newest_of_its_articles() -> None:
    index = Postings(MemoryStore())
    for start in range(1, 1201, 400):  # more chunks than are read for one key
        index.add(range(start, start + 400), [keys(5)] * 400)
        index.merge()
    index.add([1201], [keys(5, 6)])
    assert found_in(index, [keys(5)], most_holders=3, newest=True) == [dict.fromkeys(range(1199, 1202), 1)]
    assert found_in(index, [keys(5)], most_holders=3) == [dict.fromkeys(range(1, 4), 1)]
