"""Stories kept in memory: for one run over some files, and for tests."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence, Set
from itertools import count

import numpy as np
from numpy.typing import NDArray

from retold.stories.profile import Profile
from retold.stories.stream import Found


class MemoryIndex:
    """A `KeyIndex` in memory."""

    def __init__(self) -> None:
        self._articles: dict[int, set[int]] = defaultdict(set)
        self._keys: dict[int, list[int]] = {}

    def add(self, numbers: Sequence[int], keysets: Sequence[NDArray[np.uint32]]) -> None:
        for number, keys in zip(numbers, keysets, strict=True):
            self._keys[number] = keys.tolist()
            for key in self._keys[number]:
                self._articles[key].add(number)

    def remove(self, numbers: Sequence[int]) -> None:
        for number in numbers:
            for key in self._keys.pop(number):
                self._articles[key].discard(number)

    def look_up(self, keysets: Sequence[NDArray[np.uint32]], least: int) -> list[Found]:
        return [self._look_up(keys.tolist(), least) for keys in keysets]

    def _look_up(self, keys: list[int], least: int) -> Found:
        counts = Counter(number for key in keys for number in self._articles.get(key, ()))
        kept = sorted((number, shared) for number, shared in counts.items() if shared >= least)
        pairs = np.array(kept, np.int64).reshape(-1, 2)
        return Found(pairs[:, 0], pairs[:, 1])


class MemoryStore:
    """A `StoryStore` in memory."""

    def __init__(self) -> None:
        self._articles: dict[int, tuple[Profile, bytes]] = {}
        self._links: dict[int, dict[int, float]] = defaultdict(dict)
        self._story: dict[int, int] = {}
        self._members: dict[int, Set[int]] = {}
        self._ids = count(1)

    def put_article(self, number: int, profile: Profile, digest: bytes) -> None:
        self._articles[number] = (profile, digest)

    def drop_article(self, number: int) -> None:
        for other in self._links.pop(number, {}):
            del self._links[other][number]
        del self._articles[number]
        story = self._story.pop(number)
        self._members[story] = self._members[story] - {number}

    def profiles(self, numbers: Sequence[int]) -> list[Profile]:
        return [self._articles[number][0] for number in numbers]

    def digests(self, numbers: Collection[int]) -> Mapping[int, bytes]:
        return {number: self._articles[number][1] for number in numbers}

    def put_links(self, number: int, links: Mapping[int, float]) -> None:
        for other, odds in links.items():
            self._links[number][other] = self._links[other][number] = odds

    def links(self, numbers: Collection[int]) -> Mapping[int, Mapping[int, float]]:
        return {number: dict(self._links.get(number, {})) for number in numbers}

    def stories_of(self, numbers: Collection[int]) -> Mapping[int, int]:
        return {number: self._story[number] for number in numbers if number in self._story}

    def members(self, stories: Collection[int]) -> Mapping[int, Set[int]]:
        return {story: self._members[story] for story in stories}

    def all_members(self) -> Mapping[int, Set[int]]:
        """The articles of every story."""
        return dict(self._members)

    def new_story(self) -> int:
        return next(self._ids)

    def put_members(self, stories: Mapping[int, Set[int]]) -> None:
        for story, members in stories.items():
            self._members.pop(story, None)
            if members:
                self._members[story] = frozenset(members)
                self._story |= dict.fromkeys(members, story)
