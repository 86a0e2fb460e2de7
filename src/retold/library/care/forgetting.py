"""Forgetting: an article, or what an outlet published, gone from every table and index."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Row, delete, func, select, update

from retold.article import Article
from retold.library import schema
from retold.library.errors import LibraryError
from retold.library.indexes import Indexes
from retold.library.records import days_of, pack_article, unpack_article
from retold.library.storing import date_article, retire_readings
from retold.library.words import remove_words, roots_of

_SHOWN = 5  # of what may be meant
_SHORTEST = 4  # hex digits that name an article: fewer are rather a word


class Forgotten(NamedTuple):
    """What goes, or would go: articles, and publications; `kept`: articles that others published too, which stay."""

    articles: int
    publications: int
    kept: int


class Going(NamedTuple):
    """The numbers of what is to go. `kept`: articles of which only publications go."""

    articles: tuple[int, ...]
    publications: tuple[int, ...]
    kept: tuple[int, ...]

    @property
    def counted(self) -> Forgotten:
        return Forgotten(len(self.articles), len(self.publications), len(self.kept))


def find_going(connection: Connection, what: str) -> Going:
    """What is named: an article by its id or a unique beginning of it, an address, or an outlet by its whole name.

    Raises LibraryError: nothing is named so, or more than one thing.
    """
    articles = _articles_named(connection, what)
    publications = _publications_named(connection, what)
    if len(articles) > 1 or (articles and publications):
        choice = ", ".join([*(f"article {identity}" for _, identity in articles), *["an outlet"] * bool(publications)])
        raise LibraryError(f"{what!r} may be {choice}: give more of the id")
    if articles:
        own = select(schema.publications.c.number).where(schema.publications.c.article == articles[0][0])
        return Going((articles[0][0],), tuple(connection.execute(own).scalars()), ())
    if not publications:
        raise LibraryError(f"nothing in the library is named {what!r}: give an article's id, an address or an outlet")
    return _only_there(connection, publications)


def _articles_named(connection: Connection, what: str) -> Sequence[tuple[int, str]]:
    if not re.fullmatch(f"[0-9a-f]{{{_SHORTEST},12}}", what):
        return ()
    found = select(schema.articles.c.number, schema.articles.c.id).where(schema.articles.c.id.startswith(what))
    return connection.execute(found.limit(_SHOWN)).all()


def _publications_named(connection: Connection, what: str) -> Sequence[tuple[int, int]]:
    """The publications (and their articles) at this address, or of this outlet, however it is capitalized."""
    columns = schema.publications.c
    # Upper and lower case are left to Python: SQLite knows those of ASCII only.
    outlets = connection.execute(select(columns.outlet).where(columns.outlet.is_not(None)).distinct()).scalars()
    names = [name for name in outlets if name.casefold() == what.strip().casefold()]
    found = select(columns.number, columns.article)
    if names:
        return connection.execute(found.where(columns.outlet.in_(names))).all()
    return connection.execute(found.where(columns.url == what)).all()


def _only_there(connection: Connection, publications: Sequence[tuple[int, int]]) -> Going:
    """Articles that were published nowhere else go with these publications."""
    going = Counter(article for _, article in publications)
    article = schema.publications.c.article
    counts = connection.execute(select(article, func.count()).group_by(article))
    kept = {number for number, count in counts if number in going and count > going[number]}
    return Going(tuple(sorted(going.keys() - kept)), tuple(number for number, _ in publications), tuple(sorted(kept)))


def forget(connection: Connection, going: Going, indexes: Indexes, advance: Callable[[], None]) -> None:
    """Take it out of every table and index, in the transaction of the caller, told of each article."""
    for number in going.articles:
        _forget_article(connection, number, indexes)
        advance()
    for number in going.publications:
        connection.execute(delete(schema.publications).where(schema.publications.c.number == number))
    for number in going.kept:
        _name_another(connection, number)
        advance()


def _forget_article(connection: Connection, number: int, indexes: Indexes) -> None:
    article = _article(connection, number)
    retire_readings(connection, number, article)
    remove_words(connection, "article_words", [(number, roots_of(article))])
    indexes.remove(number, article.id)
    connection.execute(delete(schema.articles).where(schema.articles.c.number == number))  # its rows go with it


def _article(connection: Connection, number: int) -> Article:
    columns = schema.articles.c
    row = connection.execute(select(columns.record, columns.text).where(columns.number == number)).one()
    return unpack_article(row.record, row.text)


def _name_another(connection: Connection, number: int) -> None:
    """Let an article's record tell of the first publication that stays, and no more of one that went."""
    columns = schema.publications.c
    first = connection.execute(
        select(schema.publications).where(columns.article == number).order_by(columns.number).limit(1)
    ).one()
    article = _republished(_article(connection, number), first)
    row = update(schema.articles).where(schema.articles.c.number == number)
    connection.execute(row.values(record=pack_article(article)))
    date_article(connection, number)


def _republished(article: Article, row: Row[Any]) -> Article:
    """The article as another input brought it: the way back into the first input is gone with it."""
    facts: dict[str, Any] = {
        name: getattr(row, name) for name in ("outlet", "author", "title", "url", "given_id", "input", "sha256")
    }
    if article.sha256 != row.sha256:
        facts["origin"] = ()
    if days_of(article) != (row.published_from, row.published_until):
        # The text is the same, so another day came from what the input says of it.
        facts |= _dated(row.published_from, row.published_until)
    return msgspec.structs.replace(article, **facts)


def _dated(first: str | None, last: str | None) -> dict[str, Any]:
    return {
        "published": first if first == last else None,
        "published_range": (first, last) if first and last and first != last else None,
        "published_basis": "metadata" if first else "unknown",
        "published_evidence": (),
        "published_by": (),
    }
