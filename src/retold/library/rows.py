"""Rows by their numbers, which every part of a library asks for."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from sqlalchemy import Connection, select

from retold.article import Article
from retold.library import schema
from retold.library.records import unpack_article

_TOGETHER = 500
"""Rows that are asked for by number at once."""

_Item = TypeVar("_Item")


def in_parts(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    """Items so many at a time as may stand in one query."""
    for start in range(0, len(items), _TOGETHER):
        yield items[start : start + _TOGETHER]


def listed(numbers: Iterable[int]) -> str:
    """Numbers as they stand in a query that is written as text, each once; NULL, which is no number, for none."""
    return ",".join(str(int(number)) for number in sorted(set(numbers))) or "NULL"


def load_articles(connection: Connection, numbers: Iterable[int]) -> dict[int, Article]:
    """The articles of these numbers, as they were added."""
    columns = schema.articles.c
    found = {}
    for some in in_parts(sorted(set(numbers))):
        query = select(columns.number, columns.record, columns.text).where(columns.number.in_(some))
        found.update({row.number: unpack_article(row.record, row.text) for row in connection.execute(query)})
    return found
