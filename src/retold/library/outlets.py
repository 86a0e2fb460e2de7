"""By which outlets, and under which names, an article was published."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Connection, select

from retold.library import schema
from retold.library.rows import in_parts


def outlets_of(connection: Connection, numbers: Sequence[int]) -> dict[int, list[str]]:
    """The outlets that published each of these articles, the first one first; an article without a known one is left
    out."""
    return named_by(connection, numbers, schema.publications.c.outlet)


def named_by(connection: Connection, numbers: Sequence[int], column: Column[Any]) -> dict[int, list[str]]:
    """What the publications of each article have in a column, each once, the first publication first."""
    columns = schema.publications.c
    found: defaultdict[int, list[str]] = defaultdict(list)
    for some in in_parts(numbers):
        query = select(columns.article, column).where(columns.article.in_(some), column.is_not(None))
        for article, name in connection.execute(query.order_by(columns.number)):
            if name not in found[article]:
                found[article].append(name)
    return dict(found)
