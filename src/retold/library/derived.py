"""What a library can make anew from the rest of it: indexes. They are left out of an export, and made by an import."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, select

from retold.library import schema
from retold.library.records import unpack_article, unpack_statement
from retold.library.words import add_words, roots_of, statement_roots

_ROWS = 500  # read and indexed at a time: a few megabytes of text


class Derived(NamedTuple):
    """Something derived: the tables of the schema that hold it, and what fills them, empty before, from the others."""

    tables: frozenset[str]
    rebuild: Callable[[Connection], None]


def rebuild_words(connection: Connection) -> None:
    """Index the words of all articles and of all current statements. The indexes must be empty."""
    articles = schema.articles.c
    for rows in _chunks(connection, select(articles.number, articles.text, articles.record).order_by(articles.number)):
        texts = ((row.number, roots_of(unpack_article(row.record, row.text))) for row in rows)
        add_words(connection, "article_words", list(texts))
    statements = schema.statements.c
    current = (
        select(statements.number, statements.record, articles.text)
        .join(schema.readings, schema.readings.c.number == statements.reading)
        .join(schema.articles, articles.number == statements.article)
        .where(schema.readings.c.current)
        .order_by(statements.number)
    )
    for rows in _chunks(connection, current):
        texts = ((row.number, statement_roots(row.text, unpack_statement(row.record))) for row in rows)
        add_words(connection, "statement_words", list(texts))


DERIVED: tuple[Derived, ...] = (
    Derived(frozenset(), rebuild_words),  # each database has tables of its own for these
)
"""All that is derived, in the order in which it is made anew."""


def own_tables() -> tuple[str, ...]:
    """The tables whose rows cannot be made from others, those first that others refer to."""
    derived = frozenset().union(*(each.tables for each in DERIVED))
    return tuple(str(table.name) for table in schema.metadata.sorted_tables if table.name not in derived)


def rebuild_derived(connection: Connection) -> None:
    """Make anew all that is derived. It must be empty."""
    for each in DERIVED:
        each.rebuild(connection)


def _chunks(connection: Connection, query: Select[Any]) -> Iterator[Sequence[Row[Any]]]:
    """The rows of a query, so many at a time, however many there are."""
    yield from connection.execute(query, execution_options={"yield_per": _ROWS}).partitions()
