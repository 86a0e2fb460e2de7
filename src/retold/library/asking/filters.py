"""Which statements and articles are asked about: by outlet, by day, by speaker."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, func, literal, select

from retold.library import schema
from retold.library.records import folded


def of_outlet(connection: Connection, article: ColumnElement[int], outlet: str) -> ColumnElement[bool]:
    """Published by an outlet, whose name is given in any case."""
    outlets = select(schema.publications.c.outlet).distinct()
    names = [name for name in connection.execute(outlets).scalars() if name and _plain(name) == _plain(outlet)]
    column = schema.publications.c
    return exists(select(literal(1)).where(column.article == article, column.outlet.in_(names)))


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def by_speaker(connection: Connection, statement: ColumnElement[int], name: str) -> ColumnElement[bool]:
    """Said by somebody whose name has all these words, in any case, with or without accents."""
    column = schema.speakers.c
    # Of a million statements there are some thousand speakers: their names are looked through once each.
    names = select(column.folded).distinct().subquery().c.folded
    padded = literal(" ") + names + literal(" ")
    whole = [padded.contains(f" {word} ", autoescape=True) for word in folded([name]).split()]
    known = connection.execute(select(names).where(*whole)).scalars().all()
    return statement.in_(select(column.statement).where(column.folded.in_(known)))


def on_days(
    first: ColumnElement[Any], last: ColumnElement[Any], since: str | None, until: str | None
) -> Iterable[ColumnElement[bool]]:
    """Surely from the one day on and up to the other; what has no known day is neither."""
    if since:
        yield first >= since
    if until:
        yield func.coalesce(last, first) <= until
