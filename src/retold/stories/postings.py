"""An index from keys to the articles that have them, kept in sorted runs on disk and a small fresh part in memory.

A posting is one number: key << 32 | article's number. A run is a sorted array of postings, cut into chunks that a store
keeps wherever the articles are kept. New postings go to the fresh part; when that is full it becomes a run, together
with the runs that are not much larger (a log-structured merge: O'Neil et al. 1996). So every posting is written again
a few times only, however many there are, and a look-up reads one chunk of each of a few runs for a key.

Nothing here knows what a key means: near-duplicates are found by sampled runs of words, stories by rare names.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint32]
_Postings = NDArray[np.uint64]
_Places = NDArray[np.int64]

CHUNK = 1024
"""Postings in a chunk of a new run: 8 KiB. With twice as many a look-up of one article takes a quarter longer."""

FRESH_MOST = 1 << 19
"""Postings in the fresh part, when it is due to be merged: 4 MiB, those of about 8,000 articles."""

_GROWTH = 3  # a new run takes the older ones with it that are less than so many times its size
_COUNT_TOGETHER = 512  # sets of keys whose hits are sorted at once: a few million in the worst case
_READ_TOGETHER = 256  # chunks: 4 MiB
_WIDEST = 16  # chunks that are read at the most for one key
_STORED = np.dtype("<u8")
_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)


class Run(NamedTuple):
    """What is known of a run without reading it. `firsts`: a value for each chunk that none in it is below, and that
    all in the chunk before it are below. `highest`: no article in it has a higher number.
    """

    id: int
    highest: int
    firsts: _Postings


class Chunk(NamedTuple):
    """A chunk of a run: its place in the run from 0 on, its first posting, and its postings, 8 bytes each."""

    place: int
    first: int
    data: bytes


class PostingStore(Protocol):
    """Keeps the runs of one index. What it writes must become visible, or be undone, together with the articles."""

    def runs(self) -> list[Run]:
        """All runs, the oldest first."""

    def read(self, run_id: int, places: Sequence[int]) -> list[bytes]:
        """The chunks at these places, which rise. Raises LookupError when one is gone: another has merged the run."""

    def create(self, highest: int) -> int:
        """Begin a run; its id, higher than that of any other."""

    def append(self, run_id: int, chunks: Sequence[Chunk]) -> None:
        """Add chunks to the end of a run."""

    def replace(self, run_id: int, place: int, data: bytes) -> None:
        """Give a chunk other postings, perhaps none."""

    def drop(self, run_id: int) -> None:
        """Forget a run and its chunks."""


class _Holders(NamedTuple):
    """The articles that have a key of a list: where in `numbers` they begin, and how many they are."""

    numbers: _Postings
    starts: _Places
    counts: _Places


class Hits(NamedTuple):
    """Articles that share keys with sets that were asked for, one row for a set and an article: the place of the set,
    the article's number, and how many keys they share. By rising place, then number.
    """

    places: _Places
    numbers: _Places
    shared: _Places

    def apart_from(self, own: Sequence[int]) -> "Hits":
        """Without the article that each set is of: `own` are their numbers."""
        others = self.numbers != np.array(own, np.int64)[self.places]
        return Hits(self.places[others], self.numbers[others], self.shared[others])


class Postings:
    """The index. It holds what the store held when it was opened: open it anew after a transaction was undone."""

    def __init__(self, store: PostingStore) -> None:
        """Open the index. Articles whose number is above `merged_to` must then be added again: none keeps them."""
        self._store = store
        self._runs = store.runs()
        self._fresh: list[_Postings] = []

    @property
    def merged_to(self) -> int:
        """The highest number of an article in the runs; 0 when there is no run."""
        return max((run.highest for run in self._runs), default=0)

    @property
    def is_full(self) -> bool:
        """Whether the fresh part is due to be merged."""
        return sum(map(len, self._fresh)) >= FRESH_MOST

    def add(self, numbers: Sequence[int], key_sets: Sequence[Keys]) -> None:
        """Add articles, each with its keys (each key once). Numbers rise from merge to merge, up to 2**32 - 1.

        Raises ValueError for a number not above `merged_to`.
        """
        if numbers and min(numbers) <= self.merged_to:
            raise ValueError(
                f"article {min(numbers)} is not above {self.merged_to}, which the index has merged already"
            )
        new = _postings(numbers, key_sets)
        new.sort()
        while self._fresh and len(self._fresh[-1]) < 2 * len(new):  # so there are few parts, and each is sorted seldom
            new = np.concatenate([self._fresh.pop(), new])
            new.sort()
        self._fresh.append(new)

    def take_in(self, numbers: Sequence[int], key_sets: Sequence[Keys]) -> None:
        """Add articles, within the owner's transaction, and merge the fresh part when that is due."""
        self.add(numbers, key_sets)
        if self.is_full:
            self.merge()

    def merge(self) -> None:
        """Make a run of the fresh part, within the owner's transaction. Without a fresh part nothing happens."""
        fresh = np.concatenate([*self._fresh, np.empty(0, np.uint64)])
        if not len(fresh):
            return
        fresh.sort()
        merged, size = [], len(fresh)
        while self._runs and len(self._runs[-1].firsts) * CHUNK < _GROWTH * size:
            merged.append(self._runs.pop())
            size += len(merged[-1].firsts) * CHUNK
        highest = max([int((fresh & _LOW).max()), *(run.highest for run in merged)])
        self._runs.append(self._write(highest, _merge_sorted([*map(self._blocks, merged), iter([fresh])])))
        for run in merged:
            self._store.drop(run.id)
        self._fresh = []

    def _write(self, highest: int, blocks: Iterable[_Postings]) -> Run:
        run_id = self._store.create(highest)
        firsts: list[int] = []
        for block in _recut(blocks, _READ_TOGETHER * CHUNK):
            parts = [block[start : start + CHUNK] for start in range(0, len(block), CHUNK)]
            chunks = [
                Chunk(place, int(part[0]), part.astype(_STORED).tobytes())
                for place, part in enumerate(parts, len(firsts))
            ]
            self._store.append(run_id, chunks)
            firsts += [chunk.first for chunk in chunks]
        return Run(run_id, highest, np.array(firsts, np.uint64))

    def _blocks(self, run: Run) -> Iterator[_Postings]:
        """All postings of a run, in arrays that are not empty."""
        for start in range(0, len(run.firsts), _READ_TOGETHER):
            block = self._read(run, range(start, min(start + _READ_TOGETHER, len(run.firsts))))
            if len(block):
                yield block

    def _read(self, run: Run, places: Sequence[int]) -> _Postings:
        return np.frombuffer(b"".join(self._store.read(run.id, places)), _STORED)

    def remove(self, numbers: Sequence[int], key_sets: Sequence[Keys]) -> None:
        """Take articles out, given the keys that they were added with. What is not there is passed over."""
        gone = _postings(numbers, key_sets)
        self._fresh = [_without(part, gone) for part in self._fresh]
        for run in self._runs:
            places = np.unique(_chunks_of(run, gone, gone))
            for start in range(0, len(places), _READ_TOGETHER):
                self._rewrite_without(gone, run, places[start : start + _READ_TOGETHER].tolist())

    def _rewrite_without(self, gone: _Postings, run: Run, places: Sequence[int]) -> None:
        for place, data in zip(places, self._store.read(run.id, places), strict=True):
            chunk = np.frombuffer(data, _STORED)
            kept = _without(chunk, gone)
            if len(kept) < len(chunk):
                self._store.replace(run.id, place, kept.astype(_STORED).tobytes())

    def find(self, key_sets: Sequence[Keys], *, least: int = 1, most_holders: int = 64, newest: bool = False) -> Hits:
        """For each set of keys the articles that share at least `least` of them.

        A key that more than `most_holders` articles have leads to those of them with the lowest numbers, or the
        highest where the `newest` are wanted (to fewer, perhaps, when some were removed): a formula costs no more than
        that, and of an article's hundreds of copies the same ones are found by every key. Empty: no keys, or none
        shares so many. Raises LookupError when another process has merged runs since the index was opened.
        """
        asked = _postings(range(len(key_sets)), key_sets)
        asked.sort()
        keys, _, asking = _groups(asked >> _HALF)
        holders = self._holders(keys, _Cap(most_holders, newest))
        by_set = ((asked & _LOW) << _HALF) | np.repeat(np.arange(len(keys), dtype=np.uint64), asking)
        by_set.sort()
        cuts = np.searchsorted(by_set, np.arange(0, len(key_sets) + _COUNT_TOGETHER, _COUNT_TOGETHER) << 32).tolist()
        found = [_count(by_set[start:end], holders, least) for start, end in pairwise(cuts)]
        return Hits(*map(np.concatenate, zip(*found, strict=True))) if found else Hits(*np.empty((3, 0), np.int64))

    def _holders(self, keys: _Postings, cap: "_Cap") -> _Holders:
        """The articles that have each of the keys, which rise."""
        low, high = keys << _HALF, (keys << _HALF) | _LOW
        parts = [_between(part, low, high, cap) for part in self._fresh]
        for run in self._runs:
            parts += self._holders_in(run, low, high, cap)
        held = np.concatenate([*parts, np.empty(0, np.uint64)])
        held.sort()
        places, starts, counts = _groups(held >> _HALF)
        of_key = np.zeros((2, len(keys)), np.int64)
        of_key[:, places.astype(np.int64)] = cap.of(starts, counts)
        return _Holders(held & _LOW, of_key[0], of_key[1])

    def _holders_in(self, run: Run, low: _Postings, high: _Postings, cap: "_Cap") -> Iterator[_Postings]:
        if not len(low):
            return
        first, last = _chunks_of(run, low, high)
        first, wide = _Cap(_WIDEST + 1, cap.newest).of(first, last - first + 1)
        last = first + wide - 1
        not_before = last - np.maximum(first - 1, np.append(-1, last[:-1]))  # chunks that no key before needed
        needed = np.cumsum(not_before)
        cuts = np.searchsorted(needed, np.arange(0, needed[-1] + _READ_TOGETHER, _READ_TOGETHER), side="right")
        for start, end in pairwise(cuts.tolist()):
            keys = slice(start, end)
            places = np.unique(_ranges(first[keys], last[keys] - first[keys] + 1))
            found = _between(self._read(run, places.tolist()), low[keys], high[keys], cap)
            yield found + (np.uint64(start) << _HALF)


def _postings(numbers: Sequence[int], key_sets: Sequence[Keys]) -> _Postings:
    """key << 32 | number for each key of each article, in no order."""
    sizes = np.fromiter(map(len, key_sets), np.int64, len(key_sets))
    keys = np.concatenate([*key_sets, np.empty(0, np.uint32)]).astype(np.uint64)
    return (keys << _HALF) | np.repeat(np.array(numbers, np.uint64), sizes)


def _chunks_of(run: Run, low: _Postings, high: _Postings) -> NDArray[np.int64]:
    """[2, values]: the places of the first and the last chunk that may hold postings from `low` to `high`."""
    places = np.searchsorted(run.firsts, np.stack([low, high]), side="right") - 1
    return np.maximum(places, 0)


class _Cap(NamedTuple):
    """How many of a list are looked at: the first ones, or the last."""

    most: int
    newest: bool

    def of(self, starts: _Places, counts: _Places) -> tuple[_Places, _Places]:
        """Where what is left of each list begins, and how long it is."""
        kept = np.minimum(counts, self.most)
        return (starts + counts - kept if self.newest else starts), kept


def _between(postings: _Postings, low: _Postings, high: _Postings, cap: _Cap) -> _Postings:
    """Of each range of values the postings that the cap leaves, as place of the range << 32 | number."""
    starts = np.searchsorted(postings, low)
    starts, counts = cap.of(starts, np.searchsorted(postings, high, side="right") - starts)
    places = np.repeat(np.arange(len(low), dtype=np.uint64), counts)
    return (places << _HALF) | (postings[_ranges(starts, counts)] & _LOW)


def _without(postings: _Postings, gone: _Postings) -> _Postings:
    places = np.searchsorted(postings, gone)
    inside = places < len(postings)
    places, gone = places[inside], gone[inside]
    return np.delete(postings, places[postings[places] == gone])


def _groups(values: _Postings) -> tuple[_Postings, _Places, _Places]:
    """The different ones among sorted values, where each begins, and how often it occurs."""
    is_first = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=is_first[1:])
    starts = np.flatnonzero(is_first)
    return values[starts], starts, np.diff(starts, append=len(values))


def _ranges(starts: _Places, counts: _Places) -> _Places:
    """start, start + 1 … of each range, one range after the other."""
    ends = np.cumsum(counts)
    return np.repeat(starts - (ends - counts), counts) + np.arange(ends[-1] if len(ends) else 0)


def _count(asked: _Postings, holders: _Holders, least: int) -> Hits:
    """`asked`: place of a set << 32 | place of a key of it in the list of keys."""
    key = (asked & _LOW).astype(np.int64)
    counts = holders.counts[key]
    pairs = np.repeat(asked & ~_LOW, counts) | holders.numbers[_ranges(holders.starts[key], counts)]
    pairs.sort()
    found, _, shared = _groups(pairs)
    enough = shared >= least
    found = found[enough]
    return Hits((found >> _HALF).astype(np.int64), (found & _LOW).astype(np.int64), shared[enough])


def _merge_sorted(streams: Iterable[Iterator[_Postings]]) -> Iterator[_Postings]:
    """Streams of sorted arrays, none of them empty, as one such stream, with an array of each in memory."""
    heads = [(head, stream) for stream in streams if (head := next(stream, None)) is not None]
    while heads:
        bound = min(head[-1] for head, _ in heads)
        cuts = [int(np.searchsorted(head, bound, side="right")) for head, _ in heads]
        merged = np.concatenate([head[:cut] for (head, _), cut in zip(heads, cuts, strict=True)])
        merged.sort()
        yield merged
        rests = [
            (head[cut:] if cut < len(head) else next(stream, None), stream)
            for (head, stream), cut in zip(heads, cuts, strict=True)
        ]
        heads = [(head, stream) for head, stream in rests if head is not None]


def _recut(arrays: Iterable[_Postings], size: int) -> Iterator[_Postings]:
    """The same values in arrays of `size` each, but for the last."""
    held: list[_Postings] = []
    for array in arrays:
        held.append(array)
        while sum(map(len, held)) >= size:
            whole = np.concatenate(held)
            yield whole[:size]
            held = [whole[size:]]
    rest = np.concatenate([*held, np.empty(0, np.uint64)])
    if len(rest):
        yield rest
