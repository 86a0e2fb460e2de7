"""Stories as a stream: articles come and go, and stories follow.

An article that arrives is compared with those that share telling terms with it, and what is likely enough is kept as
links. Then the stories that the new links touch are made again from their links. The outcome is the same as if all
links were clustered at once: two groups can become one only through a link that would join its two ends alone, so what
no such link reaches stays as it is.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence, Set
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from retold.stories.changes import Regrouping, StoryChange, name_groups, tell_changes
from retold.stories.clustering import CANDIDATES, UNLINKED, Kin, akinness, cluster, joins, level, mean_akinness
from retold.stories.likeness import log_odds
from retold.stories.profile import Profile

SHARED_KEYS = 2
"""Keys that two articles must share to be compared."""

MOST_REGROUPED = 300
"""Articles that are clustered again for one that arrives. Where more would be touched, it joins what is there."""


Comparer = Callable[[Profile, Sequence[Profile]], NDArray[np.float64]]
"""The log-odds [others] that one article and each of others report one event."""


class Found(NamedTuple):
    """Articles that share keys with one, and how many each."""

    numbers: NDArray[np.int64]
    counts: NDArray[np.int64]


class KeyIndex(Protocol):
    """Which articles have which keys."""

    def add(self, numbers: Sequence[int], keysets: Sequence[NDArray[np.uint32]]) -> None: ...

    def remove(self, numbers: Sequence[int]) -> None: ...

    def look_up(self, keysets: Sequence[NDArray[np.uint32]], least: int) -> Sequence[Found]:
        """For each set of keys the articles that have at least `least` of them."""
        ...


class StoryStore(Protocol):
    """Where profiles, links and stories are kept. What is asked for is there, unless said otherwise."""

    def put_article(self, number: int, profile: Profile, digest: bytes) -> None:
        """Keep an article. `digest`: of the profile's content."""
        ...

    def drop_article(self, number: int) -> None:
        """Forget an article, its links at both ends and its membership."""
        ...

    def profiles(self, numbers: Sequence[int]) -> list[Profile]: ...

    def digests(self, numbers: Collection[int]) -> Mapping[int, bytes]: ...

    def put_links(self, number: int, links: Mapping[int, float]) -> None:
        """Keep the links of a new article, at both ends."""
        ...

    def links(self, numbers: Collection[int]) -> Mapping[int, Mapping[int, float]]:
        """The links of each; an empty mapping for an article without any."""
        ...

    def stories_of(self, numbers: Collection[int]) -> Mapping[int, int]:
        """The story of each; an article that is in none yet is left out."""
        ...

    def members(self, stories: Collection[int]) -> Mapping[int, Set[int]]: ...

    def new_story(self) -> int:
        """An id that no story had yet."""
        ...

    def put_members(self, stories: Mapping[int, Set[int]]) -> None:
        """Set the articles of each story; one without articles is no more."""
        ...


class Stories:
    """The stories of the articles in a store, kept as articles arrive and go."""

    def __init__(self, store: StoryStore, index: KeyIndex, compare: Comparer = log_odds) -> None:
        self._store = store
        self._index = index
        self._compare = compare

    def add(self, number: int, profile: Profile) -> tuple[StoryChange, ...]:
        """Take in an article under a number that is not in use; what it changes.

        Its links are those to the CANDIDATES articles that share most keys with it, as far as they are likely enough.
        """
        found = self._index.look_up([profile.keys], SHARED_KEYS)[0]
        strongest = np.lexsort((found.numbers, -found.counts))[:CANDIDATES]
        candidates = [int(other) for other in found.numbers[strongest]]
        odds = self._compare(profile, self._store.profiles(candidates))
        links = {other: float(one) for other, one in zip(candidates, odds, strict=True) if one > UNLINKED}
        self._index.add([number], [profile.keys])
        self._store.put_article(number, profile, hashlib.sha256(profile.to_bytes()).digest())
        return self.add_linked(number, links)

    def add_linked(self, number: int, links: Mapping[int, float]) -> tuple[StoryChange, ...]:
        """Take in an article of the store whose links (log-odds by the other's number) are known; what it changes."""
        self._store.put_links(number, links)
        moved = {other for other, theirs in self._store.links(links).items() if _moves(theirs, number)}
        region = _Region(self._store)
        if region.reach({number} | moved):
            return self._settle(number, region.stories(), cluster(region.kin()))
        return self._join(number, links)

    def remove(self, number: int) -> tuple[StoryChange, ...]:
        """Forget an article; what that changes. Raises KeyError where it is not there."""
        story = self._store.stories_of([number])[number]
        former = frozenset(self._store.members([story])[story])
        linked = self._store.links([number])[number]
        moved = {other for other, theirs in self._store.links(linked).items() if _moves(theirs, number)}
        self._index.remove([number])
        self._store.drop_article(number)
        region = _Region(self._store)
        if region.reach((former | moved) - {number}):
            return self._settle(number, {**region.stories(), story: former}, cluster(region.kin()))
        return self._settle(number, {story: former}, [former - {number}])

    def _join(self, number: int, links: Mapping[int, float]) -> tuple[StoryChange, ...]:
        """Put an article into the story that it is most akin to, or into one of its own, and leave all others."""
        region = _Region(self._store)
        members = self._store.members(set(self._store.stories_of(links).values()))
        kinships = {story: region.kinship(number, articles) for story, articles in members.items()}
        story = max(kinships, key=lambda one: (kinships[one], -one), default=None)
        if story is None or not joins(kinships[story]):
            return self._settle(number, {}, [frozenset({number})])
        return self._settle(number, {story: members[story]}, [members[story] | {number}])

    def _settle(
        self, cause: int, before: Mapping[int, Set[int]], groups: Sequence[Set[int]]
    ) -> tuple[StoryChange, ...]:
        """Name the groups, keep them as stories, and tell what is new."""
        digests = self._store.digests({number for group in groups for number in group})
        names = name_groups(before, groups, sorted(digests, key=lambda number: (digests[number], number)))
        named = zip(names, groups, strict=True)
        after = {self._store.new_story() if name is None else name: group for name, group in named}
        ended: dict[int, Set[int]] = {story: frozenset() for story in before if story not in after}
        self._store.put_members({**ended, **{one: group for one, group in after.items() if before.get(one) != group}})
        return tell_changes(Regrouping(before, after), cause)


def _moves(links: Mapping[int, float], number: int) -> bool:
    """Whether one of an article's links moves its level."""
    return level(links) != level({other: odds for other, odds in links.items() if other != number})


class _Region:
    """The articles that may have to be grouped anew, with their links and levels."""

    def __init__(self, store: StoryStore) -> None:
        self._store = store
        self._inside: set[int] = set()
        self._links: dict[int, Mapping[int, float]] = {}
        self._levels: dict[int, float] = {}

    def reach(self, start: Set[int]) -> bool:
        """Take in whole stories from `start` on, along links that would join two single articles.

        False: they are more than MOST_REGROUPED articles, and the region is left unfinished.
        """
        front = set(start)
        while front:
            members = self._store.members(set(self._store.stories_of(front).values()))
            front = front.union(*members.values()) - self._inside
            self._inside |= front
            if len(self._inside) > MOST_REGROUPED:
                return False
            front = self._next_to(front) - self._inside
        return True

    def _next_to(self, front: Set[int]) -> set[int]:
        self._load(front)
        near = [(one, other) for one in front for other, odds in self._links[one].items() if joins(odds)]
        self._load({other for _, other in near})
        return {other for one, other in near if joins(self._akinness(one, other))}

    def _load(self, numbers: Set[int]) -> None:
        found = self._store.links(numbers - self._links.keys())
        self._links |= found
        self._levels |= {number: level(links) for number, links in found.items()}

    def _akinness(self, one: int, other: int) -> float:
        return akinness(self._links[one][other], self._levels[one], self._levels[other])

    def stories(self) -> Mapping[int, Set[int]]:
        """The stories of the articles in the region, as they are kept."""
        return self._store.members(set(self._store.stories_of(self._inside).values()))

    def kin(self) -> Kin:
        """What `cluster` needs of the region."""
        digests = self._store.digests(self._inside)
        return Kin(sorted(digests, key=lambda number: (digests[number], number)), self._links, self._levels)

    def kinship(self, number: int, articles: Set[int]) -> float:
        """How akin one article is to a story."""
        self._load({number})
        linked = articles & self._links[number].keys()
        self._load(linked)
        return mean_akinness([self._akinness(number, other) for other in linked], len(articles))
