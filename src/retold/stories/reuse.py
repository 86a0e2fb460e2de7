"""From keys that two articles share to what the one has of the other: typed text reuse.

Containment counts, not likeness: a copy within a longer page is contained in it, however little of the page it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from retold.stories.postings import Hits

ReuseKind = Literal["near_duplicate", "contains", "contained", "part"]

LEAST_SHARED = 3
"""Keys; with fewer nothing is said. `Postings.find` need not look further."""

# Chosen on the articles whose SHA-256 is even (a Markov model fitted on them; 3,000 articles and five copies of each
# against 20,000 unrelated ones), the first 75 articles of BASIL and the version pairs at even places of NewsEdits:
# 15 of 60 million unrelated pairs pass, 98 of 100 copies with a third of the words changed, 89 of 100 version pairs (of
# 200 words) and none of 75 pairs of independent reports of one event, words in quotation marks left out.
# With four keys and a tenth it is twice the unrelated pairs.
_ENOUGH = ((3, 0.20), (5, 0.10))  # shared keys, and the part of the shorter fingerprint that they are

_MOST_OF = 0.5  # three words in a row survive in this part when a fifth of the words are changed


@dataclass(frozen=True, slots=True)
class Reuse:
    """What an article shares with another one.

    `shared`: keys in both; `of_this`, `of_other`: the part of either's fingerprint that they are, 0 to 1, which
    estimates the part of its runs of three words. `kind`: near_duplicate (half of either and more is in the other),
    contains (half of the other one is in this), contained (half of this is in the other), part (less of both).
    """

    number: int
    shared: int
    of_this: float
    of_other: float
    kind: ReuseKind


def find_reuse(sizes: Sequence[int], hits: Hits, other_sizes: NDArray[np.int64]) -> list[tuple[Reuse, ...]]:
    """For each article asked for the articles that share text with it, the one with most of it first.

    `sizes`: how many keys each of the articles asked for has; `other_sizes`: how many the article in each row of `hits`
    has. Works from some 45 words on: of shorter texts many have fewer than three keys, and even a true copy is not
    seen. Empty: nothing shared but what chance and formulas share. Raises: nothing.
    """
    own_sizes = np.array(sizes, np.int64)[hits.places]
    smaller = np.minimum(own_sizes, other_sizes)
    passed = np.zeros(len(hits.shared), bool)
    for least, part in _ENOUGH:
        passed |= (hits.shared >= least) & (hits.shared >= part * smaller)
    found: list[list[Reuse]] = [[] for _ in sizes]
    rows = [column[passed].tolist() for column in (*hits, own_sizes, other_sizes)]
    for place, number, shared, size, other in zip(*rows, strict=True):
        found[place].append(_reuse(number, shared, size, other))
    return [
        tuple(sorted(each, key=lambda reuse: (-max(reuse.of_this, reuse.of_other), reuse.number))) for each in found
    ]


def _reuse(number: int, shared: int, size: int, other: int) -> Reuse:
    of_this, of_other = shared / size, shared / other
    return Reuse(number, shared, of_this, of_other, _kind(of_this, of_other))


def _kind(of_this: float, of_other: float) -> ReuseKind:
    if min(of_this, of_other) >= _MOST_OF:
        return "near_duplicate"
    if max(of_this, of_other) < _MOST_OF:
        return "part"
    return "contained" if of_this > of_other else "contains"
