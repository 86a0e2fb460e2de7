"""Retold and its peers over the same documents, in their order: what each finds, and the CPU time that it takes.

Every detector gets the documents in batches and knows no later one. Peers get the runs of three words of the text in
lower case, 128 permutations, and a threshold of likeness (Jaccard).
"""

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from datasketch import MinHash, MinHashLSH, MinHashLSHEnsemble
from rensa import CMinHash, RMinHash, RMinHashLSH

from benchmarks.copies.cases import Pair
from benchmarks.copies.shelf import Shelf
from retold.stories.fingerprints import fingerprint

_BATCH = 1000  # documents that are handed over together
_PERMUTATIONS = 128
_SEED = 1


class Outcome(NamedTuple):
    """Pairs found, and seconds of CPU time for sketches, for looking up, and for putting into the index."""

    pairs: set[Pair]
    sketch: float
    lookup: float
    insert: float


Detector = Callable[[Sequence[str]], Outcome]


class Clock:
    """CPU time between calls."""

    def __init__(self) -> None:
        self._last = time.process_time()

    def lap(self) -> float:
        last, self._last = self._last, time.process_time()
        return self._last - last


def run_retold(texts: Sequence[str], batch: int = _BATCH) -> Outcome:
    """Retold, with its index in an SQLite file."""
    pairs: set[Pair] = set()
    sketch = 0.0
    with TemporaryDirectory() as folder:
        shelf = Shelf(Path(folder) / "copies.sqlite")
        for start in range(0, len(texts), batch):
            clock = Clock()
            key_sets = fingerprint(texts[start : start + batch])
            sketch += clock.lap()
            numbers = shelf.add(key_sets)
            for number, found in zip(numbers, shelf.find(key_sets, numbers), strict=True):
                pairs |= {(reuse.number - 1, number - 1) for reuse in found if reuse.number < number}
        shelf.close()
    return Outcome(pairs, sketch, shelf.cpu["lookup"], shelf.cpu["insert"])


def run_retold_singly(texts: Sequence[str]) -> Outcome:
    """The same, each article fingerprinted, kept and looked up by itself."""
    return run_retold(texts, batch=1)


def run_datasketch(texts: Sequence[str], threshold: float) -> Outcome:
    """MinHash and MinHashLSH of datasketch, in memory."""
    index = MinHashLSH(threshold=threshold, num_perm=_PERMUTATIONS)
    pairs: set[Pair] = set()
    sketch = lookup = insert = 0.0
    clock = Clock()
    for start in range(0, len(texts), _BATCH):
        tokens = [[run.encode() for run in runs_of(text)] for text in texts[start : start + _BATCH]]
        sketches = MinHash.bulk(tokens, num_perm=_PERMUTATIONS, seed=_SEED)
        sketch += clock.lap()
        for place, made in enumerate(sketches, start):
            pairs |= {(other, place) for other in index.query(made)}
            lookup += clock.lap()
            index.insert(place, made, check_duplication=False)
            insert += clock.lap()
    return Outcome(pairs, sketch, lookup, insert)


def run_ensemble(texts: Sequence[str], threshold: float) -> Outcome:
    """MinHashLSHEnsemble of datasketch, for containment. It can be filled once only, so every document is in it
    before the first is looked up: it could not be kept up from day to day.
    """
    index = MinHashLSHEnsemble(threshold=threshold, num_perm=_PERMUTATIONS)
    clock = Clock()
    tokens = [[run.encode() for run in set(runs_of(text))] for text in texts]
    sketches = MinHash.bulk(tokens, num_perm=_PERMUTATIONS, seed=_SEED)
    sketch = clock.lap()
    sizes = [max(1, len(each)) for each in tokens]
    index.index(zip(range(len(texts)), sketches, sizes, strict=True))
    insert = clock.lap()
    pairs: set[Pair] = set()
    for place, (made, size) in enumerate(zip(sketches, sizes, strict=True)):
        pairs |= {(min(other, place), max(other, place)) for other in index.query(made, size) if other != place}
    return Outcome(pairs, sketch, clock.lap(), insert)


def run_rensa(texts: Sequence[str], threshold: float) -> Outcome:
    """RMinHash and RMinHashLSH of rensa, in memory."""
    index = RMinHashLSH(threshold=threshold, num_perm=_PERMUTATIONS, num_bands=_bands(threshold))
    pairs: set[Pair] = set()
    sketch = lookup = insert = 0.0
    clock = Clock()
    for start in range(0, len(texts), _BATCH):
        tokens = [list(runs_of(text)) for text in texts[start : start + _BATCH]]
        sketches = RMinHash.from_token_sets(tokens, _PERMUTATIONS, _SEED)
        sketch += clock.lap()
        for place, made in enumerate(sketches, start):
            pairs |= {(other, place) for other in index.query(made)}
            lookup += clock.lap()
            index.insert(place, made)
            insert += clock.lap()
    return Outcome(pairs, sketch, lookup, insert)


def sketch_with_cminhash(texts: Sequence[str]) -> float:
    """CPU seconds of rensa's other sketch, for which it has no index."""
    clock = Clock()
    for start in range(0, len(texts), _BATCH):
        CMinHash.from_token_sets([list(runs_of(text)) for text in texts[start : start + _BATCH]], _PERMUTATIONS, _SEED)
    return clock.lap()


def _bands(threshold: float) -> int:
    """The number of bands whose curve rises nearest to the threshold: (1 / bands) ** (bands / permutations)."""
    return min((8, 16, 32, 64), key=lambda bands: abs((1 / bands) ** (bands / _PERMUTATIONS) - threshold))


def runs_of(text: str) -> Iterator[str]:
    """Runs of three words, for peers."""
    words = text.lower().split()
    return map(" ".join, zip(words, words[1:], words[2:], strict=False))
