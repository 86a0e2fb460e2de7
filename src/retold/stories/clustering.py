"""From links between articles to stories: the same links give the same stories, in whatever order they came.

Articles are put together by average linkage (Sokal and Michener 1958): the two groups whose articles are most akin
become one, again and again, until no two are akin enough. One article that touches two events cannot chain them, as
the mean of all links between two groups counts.

How akin two articles must be depends on their surroundings (after Zelnik-Manor and Perona 2004, "Self-tuning spectral
clustering"): from the log-odds of a link a share of the level of both ends is taken, the level of an article being the
mean of its strongest links. Where articles are linked very strongly, as two dozen reports of one fight are, weaker links
lead to another fight of the same boxer.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Links = Mapping[int, Mapping[int, float]]
"""The log-odds of each article's links, by the other end's number; both ends have each link."""

UNLINKED = -4.0
"""Log-odds of two articles that are not linked, and the least of a link that is kept."""

STRONGEST = 6.0
"""Log-odds beyond which a link counts no more: copies must not drown the rest."""

CANDIDATES = 64
"""Articles that one is compared with at most, those that share most with it."""

_LEVEL_LINKS = 3  # strongest links whose mean is the level of an article
_LEVEL_SHARE = 0.5  # of the mean level of both ends, which is taken from a link
_LEAST = -2.5  # akinness from which on two groups are one story
# These five were chosen together on ECB+ (scores crossed over topics), NewsWCL50 and 24 events of BASIL.


class Kin(NamedTuple):
    """Articles and how they are linked. `order` is theirs by content, which settles ties."""

    order: Sequence[int]
    links: Links
    levels: Mapping[int, float]


def level(links: Mapping[int, float]) -> float:
    """The level of an article with these links: how strongly it is linked where it belongs; 0 for hardly at all."""
    strongest = sorted(links.values(), reverse=True)[:_LEVEL_LINKS]
    missing = _LEVEL_LINKS - len(strongest)
    total = sum(min(one, STRONGEST) for one in strongest) + UNLINKED * missing
    return max(total / _LEVEL_LINKS, 0.0)


def akinness(odds: float, one_level: float, other_level: float) -> float:
    """What a link between two articles of these levels counts."""
    return min(odds, STRONGEST) - _LEVEL_SHARE * (one_level + other_level) / 2


def joins(akin: float) -> bool:
    """Whether two single articles that are so akin would be one story."""
    return akin >= _LEAST


def mean_akinness(akin: Sequence[float], articles: int) -> float:
    """How akin an article is to a group of so many `articles`, with some of which it is linked."""
    counted = max(min(articles, CANDIDATES), len(akin))
    return (sum(akin) + UNLINKED * (counted - len(akin))) / counted


def cluster(kin: Kin) -> list[frozenset[int]]:
    """The stories of articles, in the order of their first members. Links to articles outside do not count.

    The time grows with the cube of the number of articles, the memory with its square: some 10 ms for 200.
    """
    groups = _Groups(kin)
    while (pair := groups.nearest()) is not None:
        groups.merge(*pair)
    return groups.members()


class _Groups:
    """Groups of articles, and between each two of them the sum and the number of the links."""

    def __init__(self, kin: Kin) -> None:
        count = len(kin.order)
        self._members = [[number] for number in kin.order]
        self._sizes = np.ones(count)
        self._sums = np.zeros((count, count))
        self._counts = np.zeros((count, count))
        places = {number: place for place, number in enumerate(kin.order)}
        for number, place in places.items():
            for other, odds in kin.links[number].items():
                if other in places:
                    self._sums[place, places[other]] = akinness(odds, kin.levels[number], kin.levels[other])
                    self._counts[place, places[other]] = 1
        self._means = np.full((count, count), -np.inf)
        for place in range(count):
            self._measure(place)

    def nearest(self) -> tuple[int, int] | None:
        """The two groups that are most akin, the first of them in the order for equals; None: none is akin enough."""
        if not len(self._means):
            return None
        first, second = divmod(int(self._means.argmax()), len(self._means))
        return (min(first, second), max(first, second)) if joins(self._means[first, second]) else None

    def merge(self, first: int, second: int) -> None:
        """Put the second group into the first."""
        self._members[first] += self._members[second]
        self._members[second] = []
        for matrix in (self._sums, self._counts):
            matrix[first] += matrix[second]
            matrix[:, first] = matrix[first]
        self._sizes[first] += self._sizes[second]
        self._sizes[second] = 0
        self._means[second] = self._means[:, second] = -np.inf
        self._measure(first)

    def _measure(self, place: int) -> None:
        """Set the means between a group and all others.

        Pairs without a link count as UNLINKED, but only so many as can have been compared, or no story could grow
        beyond some hundred articles.
        """
        pairs = np.minimum(self._sizes * self._sizes[place], CANDIDATES * np.minimum(self._sizes, self._sizes[place]))
        counted = np.maximum(pairs, self._counts[place])
        sums = self._sums[place] + UNLINKED * (counted - self._counts[place])
        means: NDArray[np.float64] = np.where(self._sizes > 0, sums / np.maximum(counted, 1), -np.inf)
        means[place] = -np.inf
        self._means[place] = self._means[:, place] = means

    def members(self) -> list[frozenset[int]]:
        """The groups that are left."""
        return [frozenset(group) for group in self._members if group]
