"""What a writer holds in memory while it writes: the indexes through which copies and stories are found."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, insert, select, update

from retold.library import schema
from retold.library.copies import CopyIndex
from retold.library.errors import undamaged
from retold.library.moments import now
from retold.library.preparing import Prepared
from retold.library.story_store import SqlKeyIndex, SqlStoryStore
from retold.stories import Stories, StoryChange

_INDEX = "an index of copies or stories"


class Indexes:
    """Copies and stories of a library. Opened anew after a transaction was undone: they hold what is there no more."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        with undamaged(_INDEX):
            self._copies = CopyIndex(connection)
            self._stories = Stories(SqlStoryStore(connection), SqlKeyIndex(connection))

    def add(self, number: int, prepared: Prepared) -> None:
        """Find the copies and the story of an article that was stored."""
        with undamaged(_INDEX):
            self._copies.add(number, prepared.fingerprint)
            changes = self._stories.add(number, prepared.profile)
        note_changes(self._connection, changes, prepared.article.id)

    def remove(self, number: int, article: str) -> None:
        """Take an article out of both, and its name out of what became of stories; its other rows are the caller's."""
        with undamaged(_INDEX):
            self._copies.remove(number)
            changes = self._stories.remove(number)
        _forget_name(self._connection, article)
        note_changes(self._connection, [_without(change, number) for change in changes], "")


def _without(change: StoryChange, number: int) -> StoryChange:
    left = tuple(one for one in change.articles if one != number)
    return msgspec.structs.replace(change, articles=left)


def _forget_name(connection: Connection, article: str) -> None:
    """Let what became of stories tell no more of an article."""
    columns = schema.story_changes.c
    connection.execute(update(schema.story_changes).where(columns.cause == article).values(cause=""))
    naming = select(columns.number, columns.articles).where(columns.articles.contains(article))
    for row in connection.execute(naming).all():
        left = [one for one in msgspec.json.decode(row.articles) if one != article]
        changed = update(schema.story_changes).where(columns.number == row.number)
        connection.execute(changed.values(articles=msgspec.json.encode(left).decode()))


def note_changes(connection: Connection, changes: Sequence[StoryChange], cause: str) -> None:
    """Keep what became of stories, with the ids of the articles: numbers say nothing to anybody.

    `cause`: the id of the article that came; empty: one that was taken away, or none.
    """
    numbers = {number for change in changes for number in change.articles}
    columns = schema.articles.c
    rows = connection.execute(select(columns.number, columns.id).where(columns.number.in_(numbers)))
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
        connection.execute(insert(schema.story_changes), noted)
