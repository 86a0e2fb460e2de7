"""What a writer holds in memory while it writes: the indexes through which copies and stories are found."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, insert, select

from retold.library import schema
from retold.library.copies import CopyIndex
from retold.library.moments import now
from retold.library.preparing import Prepared
from retold.library.story_store import SqlKeyIndex, SqlStoryStore
from retold.library.versions import fingerprint_version, profile_version
from retold.stories import Stories, StoryChange


class Indexes:
    """Copies and stories of a library. Opened anew after a transaction was undone: they hold what is there no more."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._copies = CopyIndex(connection, fingerprint_version())
        self._stories = Stories(SqlStoryStore(connection, profile_version()), SqlKeyIndex(connection))

    def add(self, number: int, prepared: Prepared) -> None:
        """Find the copies and the story of an article that was stored."""
        self._copies.add(number, prepared.fingerprint)
        self._note(prepared.article.id, self._stories.add(number, prepared.profile))

    def remove(self, number: int, article: str) -> None:
        """Take an article out of both; its rows are the caller's."""
        self._copies.remove(number)
        self._note(article, self._stories.remove(number))

    def _note(self, cause: str, changes: Sequence[StoryChange]) -> None:
        """Keep what became of stories, with the ids of the articles: numbers say nothing to anybody."""
        numbers = {number for change in changes for number in change.articles}
        columns = schema.articles.c
        rows = self._connection.execute(select(columns.number, columns.id).where(columns.number.in_(numbers)))
        ids = {row.number: row.id for row in rows}
        noted = [
            {
                "kind": change.kind,
                "story": change.story,
                "cause": cause,
                "others": msgspec.json.encode(change.others).decode(),
                "articles": msgspec.json.encode([ids[one] for one in change.articles if one in ids]).decode(),
                "at": now(),
            }
            for change in changes
        ]
        if noted:
            self._connection.execute(insert(schema.story_changes), noted)
