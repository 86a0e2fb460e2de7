"""Which articles of a library are asked for."""

from typing import NamedTuple

from sqlalchemy import Connection, and_, func, or_, select

from retold.library import schema
from retold.library.errors import LibraryError
from retold.library.query import read_query
from retold.library.words import find_words


class Wanted(NamedTuple):
    """What articles are asked for; None: any.

    `about` is a search (see `query.py`); `since` and `until` are ISO days of publication, both included, and leave out
    articles of an unknown day; `story` is the id of a story, or a beginning that no other has.
    """

    about: str | None = None
    since: str | None = None
    until: str | None = None
    story: str | None = None


_ALL = 1 << 31  # more than a library holds


def select_articles(connection: Connection, wanted: Wanted) -> list[int]:
    """The numbers of the articles asked for, in the order in which they came. Raises LibraryError: no such story."""
    columns = schema.articles.c
    query = select(columns.number).order_by(columns.number)
    if wanted.since is not None:
        query = query.where(columns.published_until >= wanted.since)
    if wanted.until is not None:
        query = query.where(columns.published_from <= wanted.until)
    if wanted.story is not None:
        story = story_number(connection, wanted.story)
        query = query.join(schema.members, schema.members.c.article == columns.number)
        query = query.where(schema.members.c.story == story)
    numbers = list(connection.execute(query).scalars())
    if wanted.about is None:
        return numbers
    about = set(find_words(connection, "article_words", read_query(wanted.about), _ALL))
    return [number for number in numbers if number in about]


def story_number(connection: Connection, given: str) -> int:
    """The story of this id, or of the one id that begins so. Raises LibraryError: there is none, or more than one."""
    columns = schema.stories.c
    begins = and_(columns.id >= given, func.substr(columns.id, 1, len(given)) == given)
    found = connection.execute(select(columns.number, columns.id).where(or_(columns.id == given, begins))).all()
    exact = [row.number for row in found if row.id == given]
    if exact or len(found) == 1:
        return int(exact[0] if exact else found[0].number)
    many = f"{len(found)} stories have ids that begin with" if found else "there is no story"
    raise LibraryError(f"{many} {given!r}: `retold stories` lists them")
