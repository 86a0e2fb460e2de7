"""Which pairs of many reports are worth a full comparison: those that share runs of words or sentences of like meaning.

A full comparison costs some milliseconds a pair, and of a hundred reports there are five thousand pairs. Here every
report is looked at once: an index leads from each run of its own words to the reports that have it, and one product of
matrices tells which sentences are near to which. Of the pairs that have anything to do with one another none is lost
(see `python -m benchmarks lineage --growth`).
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations

import numpy as np

from retold.collation.witness import Witness
from retold.lineage.kinship import Runs

Pair = tuple[int, int]

_FEW = 6
"""Of so few reports every pair is compared: it costs less than to choose."""

_RUNS = 2  # shared runs of four own words
_MOST_HOLDERS = 50  # a run that more reports have leads to the first of them only: it is a formula, or all are copies
_NEAR = 0.6  # cosine of two sentences that may tell the same
_NEAR_SHARE = 0.1  # part of the shorter report's sentences that must be near to one of the other


def candidate_pairs(witnesses: Sequence[Witness], runs: Sequence[Runs]) -> tuple[Pair, ...]:
    """The pairs (indexes, the smaller first) worth comparing, in order. `runs` are the `own_runs` of each."""
    if len(witnesses) <= _FEW:
        return tuple(combinations(range(len(witnesses)), 2))
    return tuple(sorted(_with_shared_runs(runs) | _with_near_sentences(witnesses)))


def _with_shared_runs(runs: Sequence[Runs]) -> set[Pair]:
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, own in enumerate(runs):
        for run in own:
            holders[run].append(index)
    counts: Counter[Pair] = Counter()
    for places in holders.values():
        counts.update(combinations(places[:_MOST_HOLDERS], 2))
    return {pair for pair, count in counts.items() if count >= _RUNS}


def _with_near_sentences(witnesses: Sequence[Witness]) -> set[Pair]:
    filled = [index for index, witness in enumerate(witnesses) if witness.sentences]
    if not filled:
        return set()
    vectors = [witnesses[index].vectors for index in filled]
    every = np.concatenate(vectors)
    starts = np.cumsum([0, *(len(part) for part in vectors[:-1])])
    found = set()
    for place, part in enumerate(vectors):
        nearest = np.maximum.reduceat(part @ every.T, starts, axis=1)  # [sentences of this report, reports]
        for other in np.flatnonzero((nearest >= _NEAR).mean(0) >= _NEAR_SHARE).tolist():
            if other != place:
                found.add((min(filled[place], filled[other]), max(filled[place], filled[other])))
    return found
