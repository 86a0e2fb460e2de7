"""Which sentences of two witnesses tell the same: many to many, in any order, by their words and by what they mean."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from retold.collation.witness import MOST_HOLDERS, Rarity, Sentence, Witness

# Chosen on the version pairs at even places of NewsEdits, of whose silver sentence links (verbatim ones left out) these
# values find .92, together with the first 75 articles of BASIL, where sentences should mostly stay apart and .16 are
# joined. `python -m benchmarks lineage` shows what comes of them on the other pairs.
MIN_LIKENESS = 0.32
MIN_COVER = 0.66
MIN_PLAIN = 2
MIN_NEW_COVER = 0.2

# Log-odds that two sentences tell the same: a logistic regression on the sentence pairs of NewsEdits' even places
# (silver links) and of machine rewrites put together to reports. In five-fold cross-validation (whole reports held out)
# a probability of .5 gives precision .78 and recall .95 on NewsEdits where words alone give .73 and .94; among
# independent reports (BASIL) it joins as many sentences as words alone.
_WEIGHTS = {"nearness": 5.39, "likeness": 1.3, "cover": 1.42, "plain": 0.15}
_BIAS = -5.57
_MOST_PLAIN = 6

# Each by far the nearest of the other: of 93 such pairs of machine rewrites that share hardly a word all were the same,
# of NewsEdits' (whose silver links ask for words) 2 of 16.
_NEAREST = 0.5
_FAR = 0.15
_NEAREST_OF_ALL = 0.7  # or so near that it need not be by far
_NEAREST_ODDS = 0.85
_PART_OF_BEST = 0.8  # with it, precision on NewsEdits' even places rises from .73 to .74 at the same recall
_HELD = 0.8  # part of a sentence's words that another has when it merges it with more, or is split off from it
_CHANCE = 0.3  # two sentences of one story that tell nothing in common
_NEAR = 0.45  # pairs less near than this that share no content word are not looked at


@dataclass(frozen=True)
class Pairing:
    """Sentence `a` of one witness beside sentence `b` of the other (indexes), and how much they share.

    `likeness` is the Dice coefficient of their weighted content roots, `cover_a` and `cover_b` the parts of each
    that the other has; all 0 to 1. `nearness` is the cosine of their vectors, -1 to 1; `lead` by how much it is greater
    than that of either with any other sentence, negative where one of them has a nearer one.
    """

    a: int
    b: int
    likeness: float
    cover_a: float
    cover_b: float
    shared: frozenset[str]
    nearness: float
    lead: float

    @property
    def mutual(self) -> bool:
        """Whether each is the nearest of the other."""
        return self.lead >= 0

    @property
    def strength(self) -> float:
        """By how much they are alike, for putting the best first."""
        return (self.likeness + self.nearness) / 2


def pair_up(a: Witness, b: Witness, rarity: Rarity) -> tuple[Pairing, ...]:
    """Every pair of sentences that share a content word or are near in meaning, best first."""
    nearness = a.vectors @ b.vectors.T
    leads = _leads(nearness)
    weights_a = [rarity.of(sentence.roots) for sentence in a.sentences]
    weights_b = [rarity.of(sentence.roots) for sentence in b.sentences]
    pairings = []
    for index_a, index_b in _candidates(a, b, nearness):
        shared = a.sentences[index_a].roots & b.sentences[index_b].roots
        weight = rarity.of(shared)
        pairings.append(
            Pairing(
                index_a,
                index_b,
                _part(2 * weight, weights_a[index_a] + weights_b[index_b]),
                _part(weight, weights_a[index_a]),
                _part(weight, weights_b[index_b]),
                shared,
                float(nearness[index_a, index_b]),
                float(leads[index_a, index_b]),
            )
        )
    return tuple(sorted(pairings, key=_best_first))


def _candidates(a: Witness, b: Witness, nearness: NDArray[np.float32]) -> Iterator[tuple[int, int]]:
    for index_b, sentence in enumerate(b.sentences):
        near = np.flatnonzero(nearness[:, index_b] >= _NEAR)[:MOST_HOLDERS].tolist()
        for index_a in sorted({*near, *(index for root in sentence.roots for index in a.holders.get(root, ()))}):
            yield index_a, index_b


def _leads(nearness: NDArray[np.float32]) -> NDArray[np.float32]:
    """By how much each value is greater than all others of its row and its column."""
    if not nearness.size:
        return nearness
    return np.minimum(_over_others(nearness), _over_others(nearness.T).T)


def _over_others(nearness: NDArray[np.float32]) -> NDArray[np.float32]:
    """By how much each value is greater than all others of its row; alone in it, than nearness by chance."""
    ordered = np.sort(np.pad(nearness, ((0, 0), (1, 0)), constant_values=_CHANCE), axis=1)
    first, second = ordered[:, -1:], ordered[:, -2:-1]
    over: NDArray[np.float32] = nearness - np.where(nearness == first, second, first)
    return over


def _part(of: float, whole: float) -> float:
    return of / whole if whole else 0.0


class Pairings:
    """The paired sentences of any two witnesses, worked out when first asked for and then kept.

    How rare a word is depends on the two alone: what is found about them is the same in any company.
    """

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], tuple[Pairing, ...]] = {}
        self._rarities: dict[frozenset[str], Rarity] = {}

    def rarity(self, a: Witness, b: Witness) -> Rarity:
        """How much a word says that the two share."""
        key = frozenset((a.article.id, b.article.id))
        if key not in self._rarities:
            self._rarities[key] = Rarity([a] if a is b else [a, b])
        return self._rarities[key]

    def between(self, a: Witness, b: Witness) -> tuple[Pairing, ...]:
        """Every pair of sentences of `a` and `b` that share a content word or are near in meaning, best first."""
        key = (a.article.id, b.article.id)
        if key not in self._found:
            backward = self._found.get((key[1], key[0]))
            self._found[key] = pair_up(a, b, self.rarity(a, b)) if backward is None else _turned(backward)
        return self._found[key]


def _turned(pairings: Sequence[Pairing]) -> tuple[Pairing, ...]:
    turned = (Pairing(p.b, p.a, p.likeness, p.cover_b, p.cover_a, p.shared, p.nearness, p.lead) for p in pairings)
    return tuple(sorted(turned, key=_best_first))


def _best_first(pairing: Pairing) -> tuple[float, int, int]:
    return (-pairing.strength, pairing.b, pairing.a)


def shares_words(pairing: Pairing, a: Sentence, b: Sentence) -> bool:
    """Whether two sentences share enough words to tell the same thing. Names alone are not enough: a report repeats
    them."""
    if a.heading != b.heading and pairing.likeness < MIN_COVER:
        return False
    if a.roots == b.roots:
        return bool(a.roots)
    if len(a.plain & b.plain) < MIN_PLAIN and pairing.likeness < MIN_COVER:
        return False
    return pairing.likeness >= MIN_LIKENESS or max(pairing.cover_a, pairing.cover_b) >= MIN_COVER


def sureness(pairing: Pairing, a: Sentence, b: Sentence) -> float:
    """The probability that two sentences tell the same thing."""
    if a.roots == b.roots and a.roots:
        return 1.0
    odds = _BIAS + _WEIGHTS["nearness"] * pairing.nearness + _WEIGHTS["likeness"] * pairing.likeness
    odds += _WEIGHTS["cover"] * (pairing.cover_a + pairing.cover_b)
    odds += _WEIGHTS["plain"] * min(_MOST_PLAIN, len(a.plain & b.plain))
    by_far = pairing.lead >= _FAR and pairing.nearness >= _NEAREST
    if by_far or (pairing.lead >= 0 and pairing.nearness >= _NEAREST_OF_ALL):
        odds = max(odds, _NEAREST_ODDS)
    return 1 / (1 + math.exp(-odds))


def is_passage(pairing: Pairing, a: Sentence, b: Sentence) -> bool:
    """Whether two sentences tell the same thing, rather than not."""
    if a.heading != b.heading and pairing.likeness < MIN_COVER:
        return False
    return sureness(pairing, a, b) >= _EVEN


_EVEN = 0.5


def align(a: Witness, b: Witness, pairings: Pairings) -> tuple[tuple[tuple[Pairing, ...], int], ...]:
    """For each sentence of `b` that retells `a`: its pairings with the sentences of `a` it retells, best first.

    A second sentence of `a` belongs to it when it bears out words that the first does not; a sentence that has a much
    better partner elsewhere does not, unless the other holds all it tells.
    Returns (pairings, index into b.sentences) in b's order. Empty: nothing is told in both.
    """
    alike = [one for one in pairings.between(a, b) if is_passage(one, a.sentences[one.a], b.sentences[one.b])]
    best_a, best_b = _best(alike, "a"), _best(alike, "b")
    rarity = pairings.rarity(a, b)
    chosen: dict[int, list[Pairing]] = defaultdict(list)
    for one in alike:
        rival = max(best_a[one.a] if one.cover_b < _HELD else 0.0, best_b[one.b] if one.cover_a < _HELD else 0.0)
        if one.strength >= _PART_OF_BEST * rival and _adds(one, chosen[one.b], b.sentences[one.b], rarity):
            chosen[one.b].append(one)
    return tuple((tuple(chosen[index]), index) for index in range(len(b.sentences)) if chosen[index])


def _best(pairings: Sequence[Pairing], end: Literal["a", "b"]) -> dict[int, float]:
    """The strength of the best pairing of each sentence at one end."""
    best: dict[int, float] = {}
    for one in pairings:  # best first
        best.setdefault(one.a if end == "a" else one.b, one.strength)
    return best


def _adds(pairing: Pairing, before: Sequence[Pairing], sentence: Sentence, rarity: Rarity) -> bool:
    if not before:
        return True
    told = frozenset().union(*(earlier.shared for earlier in before))
    return rarity.of(pairing.shared - told) >= MIN_NEW_COVER * rarity.of(sentence.roots)
