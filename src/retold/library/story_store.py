"""Stories in the library's tables: profiles, links and members, within the transaction that keeps the articles."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Column, ColumnElement, Connection, delete, insert, select

from retold.library import schema
from retold.library.postings_store import SqlPostings
from retold.library.rows import in_parts
from retold.stories import Postings, Profile
from retold.stories.stream import Found

_MOST_HOLDERS = 1_000
"""Articles that one key leads to, the newest: of a name that is in all the news the last ones are of its story."""


class SqlKeyIndex:
    """A `KeyIndex`: which articles have which keys, by an index of postings."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._postings = Postings(SqlPostings(connection, "stories"))
        numbers, profiles = self._profiles(schema.profiles.c.article > self._postings.merged_to)
        self._postings.add(numbers, [profile.keys for profile in profiles])

    def _profiles(self, which: ColumnElement[bool]) -> tuple[list[int], list[Profile]]:
        columns = schema.profiles.c
        rows = self._connection.execute(select(columns.article, columns.data).where(which).order_by(columns.article))
        found = [(row.article, Profile.from_bytes(row.data)) for row in rows]
        return [number for number, _ in found], [profile for _, profile in found]

    def add(self, numbers: Sequence[int], keysets: Sequence[NDArray[np.uint32]]) -> None:
        self._postings.take_in(numbers, keysets)

    def remove(self, numbers: Sequence[int]) -> None:
        known, profiles = self._profiles(schema.profiles.c.article.in_(numbers))
        self._postings.remove(known, [profile.keys for profile in profiles])

    def look_up(self, keysets: Sequence[NDArray[np.uint32]], least: int) -> list[Found]:
        hits = self._postings.find(keysets, least=least, most_holders=_MOST_HOLDERS, newest=True)
        cuts = np.searchsorted(hits.places, np.arange(len(keysets) + 1))
        return [Found(hits.numbers[start:end], hits.shared[start:end]) for start, end in pairwise(cuts.tolist())]


class SqlStoryStore:
    """A `StoryStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put_article(self, number: int, profile: Profile, digest: bytes) -> None:
        row = {"article": number, "digest": digest, "data": profile.to_bytes()}
        self._connection.execute(insert(schema.profiles), [row])

    def drop_article(self, number: int) -> None:
        links = schema.links
        self._connection.execute(delete(links).where((links.c.article == number) | (links.c.other == number)))
        for table in (schema.members, schema.profiles):
            self._connection.execute(delete(table).where(table.c.article == number))

    def profiles(self, numbers: Sequence[int]) -> list[Profile]:
        columns = schema.profiles.c
        found = {}
        for some in in_parts(numbers):
            query = select(columns.article, columns.data).where(columns.article.in_(some))
            found.update({row.article: Profile.from_bytes(row.data) for row in self._connection.execute(query)})
        return [found[number] for number in numbers]

    def digests(self, numbers: Collection[int]) -> Mapping[int, bytes]:
        columns = schema.profiles.c
        return dict(self._pairs(columns.article, columns.digest, columns.article, numbers))

    def put_links(self, number: int, links: Mapping[int, float]) -> None:
        both = [pair for other, odds in links.items() for pair in ((number, other, odds), (other, number, odds))]
        if both:
            rows = [{"article": one, "other": other, "odds": odds} for one, other, odds in both]
            self._connection.execute(insert(schema.links), rows)

    def links(self, numbers: Collection[int]) -> Mapping[int, Mapping[int, float]]:
        columns = schema.links.c
        found: dict[int, dict[int, float]] = {number: {} for number in numbers}
        for some in in_parts(list(numbers)):
            query = select(columns.article, columns.other, columns.odds).where(columns.article.in_(some))
            for one, other, odds in self._connection.execute(query):
                found[one][other] = odds
        return found

    def stories_of(self, numbers: Collection[int]) -> Mapping[int, int]:
        columns = schema.members.c
        return dict(self._pairs(columns.article, columns.story, columns.article, numbers))

    def members(self, stories: Collection[int]) -> Mapping[int, Set[int]]:
        columns = schema.members.c
        return _grouped(self._pairs(columns.story, columns.article, columns.story, stories))

    def _pairs(
        self, one: Column[Any], other: Column[Any], which: Column[Any], wanted: Collection[int]
    ) -> Iterator[tuple[int, Any]]:
        for some in in_parts(list(wanted)):
            for row in self._connection.execute(select(one, other).where(which.in_(some))):
                yield row[0], row[1]

    def all_members(self) -> Mapping[int, Set[int]]:
        """The articles of every story."""
        columns = schema.members.c
        rows = self._connection.execute(select(columns.story, columns.article))
        return _grouped((row[0], row[1]) for row in rows)

    def new_story(self) -> int:
        key = self._connection.execute(insert(schema.stories), [{}]).inserted_primary_key
        assert key is not None  # a story has nothing but its number
        return int(key[0])

    def put_members(self, stories: Mapping[int, Set[int]]) -> None:
        members, numbers = schema.members, [number for group in stories.values() for number in group]
        for some in in_parts(numbers):
            self._connection.execute(delete(members).where(members.c.article.in_(some)))
        rows = [{"article": number, "story": story} for story, group in stories.items() for number in group]
        if rows:
            self._connection.execute(insert(members), rows)
        ended = [story for story, group in stories.items() if not group]
        for some in in_parts(ended):
            self._connection.execute(delete(schema.stories).where(schema.stories.c.number.in_(some)))


def _grouped(pairs: Iterable[tuple[int, int]]) -> Mapping[int, Set[int]]:
    """The second of the pairs by the first."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
    return found
