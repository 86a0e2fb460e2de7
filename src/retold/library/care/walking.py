"""Going through all that is kept, in batches: however large a library is, only a batch is in memory."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, select

from retold.library import schema

Tell = Callable[[str, int, int], None]
"""Told of the work: what is done, how much of it is done, and of how much; 0: it is not known."""

BATCH = 200  # articles: with their statements some megabytes


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """What is kept at one moment, whatever is written meanwhile."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            yield connection
    else:
        with engine.execution_options(isolation_level="REPEATABLE READ").connect() as connection:
            yield connection


def article_batches(connection: Connection, what: str, tell: Tell) -> Iterator[Sequence[Row[Any]]]:
    """All articles (their whole rows), by number."""
    columns, last, done = schema.articles.c, -1, 0
    of = connection.execute(select(func.count()).select_from(schema.articles)).scalar_one()
    tell(what, 0, of)
    while True:
        found = select(schema.articles).where(columns.number > last).order_by(columns.number).limit(BATCH)
        rows = connection.execute(found).all()
        if not rows:
            return
        yield rows
        last, done = rows[-1].number, done + len(rows)
        tell(what, done, of)


def statements_of(connection: Connection, articles: Sequence[Row[Any]]) -> Sequence[Row[Any]]:
    """The statements of a batch of articles, with `current`: whether they are of the current findings."""
    columns = schema.statements.c
    found = select(schema.statements, schema.readings.c.current).join(schema.readings)
    found = found.where(columns.article.between(articles[0].number, articles[-1].number)).order_by(columns.number)
    return connection.execute(found).all()
