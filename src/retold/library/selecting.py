"""Which articles of a library are asked for."""

from typing import NamedTuple

from sqlalchemy import Connection, select

from retold.library import schema
from retold.library.errors import LibraryError
from retold.library.query import read_query
from retold.library.words import find_words


class Wanted(NamedTuple):
    """What articles are asked for; None: any.

    `about` is a search (see `query.py`); `since` and `until` are ISO days of publication, both included, and leave out
    articles of an unknown day; `story` is the id of a story.
    """

    about: str | None = None
    since: str | None = None
    until: str | None = None
    story: str | None = None


ALL_ROWS = 1 << 31
"""More rows than a library holds."""


def select_articles(connection: Connection, wanted: Wanted) -> list[int]:
    """The numbers of the articles asked for, in the order in which they came. Raises LibraryError: no such story."""
    columns = schema.articles.c
    query = select(columns.number).order_by(columns.number)
    if wanted.since is not None:
        query = query.where(columns.published_until >= wanted.since)
    if wanted.until is not None:
        query = query.where(columns.published_from <= wanted.until)
    if wanted.story is not None:
        story = story_number(wanted.story)
        query = query.join(schema.members, schema.members.c.article == columns.number)
        query = query.where(schema.members.c.story == story)
    numbers = list(connection.execute(query).scalars())
    if wanted.story is not None and not numbers and not wanted.since and not wanted.until:
        raise LibraryError(f"there is no story {wanted.story!r}: `retold stories` lists them")
    if wanted.about is None:
        return numbers
    about = set(find_words(connection, "article_words", read_query(wanted.about), ALL_ROWS))
    return [number for number in numbers if number in about]


def story_number(given: str) -> int:
    """The number of the story that is named so ("s12", or 12). Raises LibraryError: it is no id of a story."""
    digits = given.removeprefix("s")
    if not digits.isascii() or not digits.isdigit() or int(digits) >= ALL_ROWS:
        raise LibraryError(f"{given!r} is no id of a story, as s12 is: `retold stories` lists them")
    return int(digits)
