"""Rows in and out of the tables: one article with all that belongs to it, in the transaction of the caller."""

from enum import Enum
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from retold.article import Article
from retold.library import schema
from retold.library.moments import now
from retold.library.preparing import Reading
from retold.library.records import (
    days_of,
    folded,
    pack_article,
    pack_entities,
    pack_statement,
    publication_key,
    unpack_statement,
)
from retold.library.words import add_words, remove_words, roots_of, statement_roots
from retold.statements.statement import Statement


class Outcome(Enum):
    """What became of an article that was brought to a library."""

    NEW = "new"  # a text that was not there
    VERSION = "version"  # a new text of a publication that was there
    PUBLICATION = "publication"  # a known text, published elsewhere too
    KNOWN = "known"


def number_of(connection: Connection, article: str) -> int | None:
    """The number of the article of this id; None: it is not there."""
    found = select(schema.articles.c.number).where(schema.articles.c.id == article)
    number = connection.execute(found).scalar()
    return None if number is None else int(number)


def store(connection: Connection, article: Article, reading: Reading | None) -> tuple[int, Outcome]:
    """Keep an article whose text is not there yet; its number, and whether it is a new version of a known one."""
    number = _insert(
        connection, schema.articles, id=article.id, text=article.text, record=pack_article(article), added=now()
    )
    add_words(connection, "article_words", [(number, roots_of(article))])
    version = store_publication(connection, number, article)
    if reading is not None:
        store_reading(connection, number, article, reading)
    return number, Outcome.NEW if version == 1 else Outcome.VERSION


def store_publication(connection: Connection, number: int, article: Article) -> int:
    """Note where an article was published; which version of that publication it is, from 1."""
    key, columns = publication_key(article), schema.publications.c
    last = connection.execute(select(func.max(columns.version)).where(columns.key == key)).scalar() or 0
    days = days_of(article)
    _insert(
        connection,
        schema.publications,
        article=number,
        key=key,
        version=last + 1,
        outlet=article.outlet,
        author=article.author,
        title=article.title,
        url=article.url,
        given_id=article.given_id,
        input=article.input,
        sha256=article.sha256,
        published_from=days[0],
        published_until=days[1],
        added=now(),
    )
    date_article(connection, number)
    return int(last) + 1


def date_article(connection: Connection, number: int) -> None:
    """An article is of the day on which it was first published anywhere; of unknown days, if none is known."""
    columns = schema.publications.c
    dated = select(columns.published_from, columns.published_until).where(
        columns.article == number, columns.published_from.is_not(None)
    )
    first = connection.execute(dated.order_by(columns.published_from, columns.published_until).limit(1)).first()
    days = {"published_from": first[0], "published_until": first[1]} if first else _UNDATED
    connection.execute(update(schema.articles).where(schema.articles.c.number == number).values(**days))


_UNDATED = {"published_from": None, "published_until": None}


def is_published(connection: Connection, number: int, article: Article) -> bool:
    """Whether it is known that this text was published here: at this address, or else by this outlet."""
    columns = schema.publications.c
    own = select(columns.number).where(columns.article == number)
    if article.url:
        own = own.where(columns.url == article.url)
    elif article.outlet:
        own = own.where(columns.outlet == article.outlet)
    return connection.execute(own.limit(1)).first() is not None


def store_reading(connection: Connection, number: int, article: Article, reading: Reading) -> None:
    """Keep findings as the current ones; those of an older version stay, but are searched no more."""
    retire_readings(connection, number, article)
    row = _insert(
        connection,
        schema.readings,
        article=number,
        version=reading.version,
        current=True,
        entities=pack_entities(reading.entities),
        vectors=reading.vectors,
        added=now(),
    )
    indexed = []
    for place, statement in enumerate(reading.statements):
        kept = _store_statement(connection, row, number, place, statement)
        indexed.append((kept, statement_roots(article.text, statement)))
    add_words(connection, "statement_words", indexed)


def _store_statement(connection: Connection, reading: int, article: int, place: int, statement: Statement) -> int:
    number = _insert(
        connection,
        schema.statements,
        reading=reading,
        article=article,
        id=statement.id,
        place=place,
        said_on=statement.said_on,
        record=pack_statement(statement),
    )
    names = [speaker.name for speaker in statement.speakers if speaker.name]
    if names:
        rows = [
            {"statement": number, "place": i, "name": name, "folded": folded([name])} for i, name in enumerate(names)
        ]
        connection.execute(insert(schema.speakers), rows)
    return number


def retire_readings(connection: Connection, number: int, article: Article) -> None:
    """Take the current findings of an article out of the index of words, and call them old."""
    columns = schema.readings.c
    current = connection.execute(select(columns.number).where(columns.article == number, columns.current)).scalar()
    if current is None:
        return
    remove_statement_words(connection, int(current), article)
    connection.execute(update(schema.readings).where(columns.number == current).values(current=False))


def remove_statement_words(connection: Connection, reading: int, article: Article) -> None:
    """Take what the statements of a reading say out of the index of words."""
    columns = schema.statements.c
    rows = connection.execute(select(columns.number, columns.record).where(columns.reading == reading)).all()
    indexed = [(number, statement_roots(article.text, unpack_statement(record))) for number, record in rows]
    remove_words(connection, "statement_words", indexed)


def _insert(connection: Connection, table: Any, **values: object) -> int:
    """The number of the new row."""
    key = connection.execute(insert(table), values).inserted_primary_key
    assert key is not None  # every one of these tables has a number
    return int(key[0])
