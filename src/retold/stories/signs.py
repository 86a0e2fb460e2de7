"""In what two articles are alike: the signs from which `retold.stories.likeness` tells whether they report one event."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retold.stories.profile import Profile
from retold.stories.terms import CALENDAR, LEAD, MONTH, NAME, NUMBER, WEEKDAY, YEAR

Numbers = NDArray[np.float64]

SIGNS = {
    "words": "cosine of all words, names and numbers, by what each tells",
    "names": "cosine of names alone",
    "plain": "cosine of words that are no names",
    "numbers": "cosine of numbers",
    "lead": "cosine of the words in headline and lead of both",
    "meaning": "cosine of the vectors of headline and lead",
    "told": "share of one's words that the other has: mean of both ways",
    "told_least": "the same: the lesser of both ways",
    "lead_names_told": "share of the names in one's lead that the other has: mean of both ways",
    "lead_names_least": "the same: the lesser of both ways",
    "lead_numbers_told": "share of the numbers in one's lead that the other has: mean of both ways",
    "weekdays": "the leads name the same weekdays (.5), others (-.5), or one names none (0)",
    "months": "the same of months, anywhere",
    "years": "the same of years, anywhere",
    "time": "1 for the same day, 0 for three days apart, less for more, at least -3; 0 where a day is unknown",
}
"""The signs, in the order of the columns of `read_signs`, with what they mean."""

_FURTHEST = -3.0  # 255 days: what is further apart is as unlikely
_NEUTRAL_GAP = 3  # days after which the news of an event is mostly told


def read_signs(one: Profile, others: Sequence[Profile]) -> Numbers:
    """The signs [others, SIGNS] of one article with each of others. The same either way round.

    Terms of all others are looked up among those of the one at once.
    """
    shared = _Shared(one, others)
    lead_names = shared.told(LEAD | NAME)
    told = shared.told(0)
    columns = {
        "words": shared.cosine(0),
        "names": shared.cosine(NAME),
        "plain": shared.cosine(0, without=NAME | NUMBER),
        "numbers": shared.cosine(NUMBER),
        "lead": shared.cosine(LEAD),
        "meaning": _meaning(one, others),
        "told": told.mean(0),
        "told_least": told.min(0),
        "lead_names_told": lead_names.mean(0),
        "lead_names_least": lead_names.min(0),
        "lead_numbers_told": shared.told(LEAD | NUMBER).mean(0),
        "weekdays": shared.agreement(WEEKDAY),
        "months": shared.agreement(MONTH),
        "years": shared.agreement(YEAR),
        "time": np.array([_nearness(one, other) for other in others]),
    }
    return np.stack([columns[name] for name in SIGNS], axis=1)


class _Shared:
    """The terms of one profile and of others, and which of them are the same."""

    def __init__(self, one: Profile, others: Sequence[Profile]) -> None:
        self._count = len(others)
        self._one = _Terms(np.zeros(len(one.terms), np.intp), one.weights.astype(float), one.kinds)
        owners = np.repeat(np.arange(len(others)), [len(other.terms) for other in others])
        weights = np.concatenate([other.weights for other in others]).astype(float)
        self._others = _Terms(owners, weights, np.concatenate([other.kinds for other in others]))
        terms = np.concatenate([other.terms for other in others])
        places = np.searchsorted(one.terms, terms)
        places[places == len(one.terms)] = 0
        found = np.flatnonzero(one.terms[places] == terms) if len(one.terms) else np.array([], np.intp)
        self._mine = self._one.at(places[found])
        self._theirs = self._others.at(found)

    def cosine(self, kind: int, without: int = 0) -> Numbers:
        """Of the terms that have all bits of `kind` in both, and none of `without` and of the calendar."""
        both = _chosen(self._mine, kind, without) & _chosen(self._theirs, kind, without)
        products = np.where(both, self._mine.weights * self._theirs.weights, 0.0)
        shared = np.bincount(self._theirs.owners, products, self._count)
        norms = _sums(self._one, kind, without, 1, power=2) * _sums(self._others, kind, without, self._count, power=2)
        return _divided(shared, np.sqrt(norms))

    def told(self, kind: int) -> Numbers:
        """The share [2, others] of the one's terms of a kind that each other has, and the other way round."""
        mine = np.where(_chosen(self._mine, kind), self._mine.weights, 0.0)
        theirs = np.where(_chosen(self._theirs, kind), self._theirs.weights, 0.0)
        return np.stack(
            [
                _divided(np.bincount(self._theirs.owners, mine, self._count), _sums(self._one, kind, 0, 1)),
                _divided(
                    np.bincount(self._theirs.owners, theirs, self._count), _sums(self._others, kind, 0, self._count)
                ),
            ]
        )

    def agreement(self, kind: int) -> Numbers:
        """.5 where both name the same words of the calendar, -.5 where they name others, 0 where one names none."""
        both = (self._mine.kinds & self._theirs.kinds & kind) > 0
        shared = np.bincount(self._theirs.owners, both, self._count)
        mine = np.count_nonzero(self._one.kinds & kind)
        theirs = np.bincount(self._others.owners, (self._others.kinds & kind) > 0, self._count)
        product = mine * theirs
        return np.where(product > 0, _divided(shared, np.sqrt(product)) - 0.5, 0.0)


class _Terms(NamedTuple):
    """Terms, whose they are, what they tell and what they are."""

    owners: NDArray[np.intp]
    weights: Numbers
    kinds: NDArray[np.uint8]

    def at(self, places: NDArray[np.intp]) -> "_Terms":
        return _Terms(self.owners[places], self.weights[places], self.kinds[places])


def _chosen(terms: _Terms, kind: int, without: int = 0) -> NDArray[np.bool_]:
    return (terms.kinds & (kind | without | CALENDAR)) == kind


def _sums(terms: _Terms, kind: int, without: int, count: int, power: int = 1) -> Numbers:
    weights = np.where(_chosen(terms, kind, without), terms.weights**power, 0.0)
    return np.bincount(terms.owners, weights, count)


def _divided(values: Numbers, by: Numbers) -> Numbers:
    """0 where it would be divided by 0."""
    return np.divide(values, by, out=np.zeros(np.broadcast_shapes(values.shape, by.shape)), where=by > 0)


def _meaning(one: Profile, others: Sequence[Profile]) -> Numbers:
    mine = one.vector.astype(float)
    theirs = np.stack([other.vector for other in others]).astype(float)
    return _divided(theirs @ mine, np.linalg.norm(mine) * np.linalg.norm(theirs, axis=1))


def _nearness(one: Profile, other: Profile) -> float:
    if one.days is None or other.days is None:
        return 0.0
    gap = max(one.days[0] - other.days[1], other.days[0] - one.days[1], 0)
    return max(float(1 - np.log1p(gap) / np.log1p(_NEUTRAL_GAP)), _FURTHEST)
