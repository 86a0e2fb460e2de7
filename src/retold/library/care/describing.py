"""What is in a library, in numbers."""

import msgspec
from sqlalchemy import Connection, Engine, Table, func, select

from retold.library import schema
from retold.library.care.compacting import size_of
from retold.library.care.walking import snapshot
from retold.library.opening import HEAD
from retold.library.place import shown


class Info(msgspec.Struct, frozen=True):
    """What `retold library info` tells.

    `days`: the first and the last day of publication; None: none is known. `statements` are the current ones,
    `readings` the articles by the version of the models and rules that found these; `unread`: articles without (added
    `--quick`); `old_readings`: findings of versions before.
    """

    place: str
    database: str
    revision: str
    bytes: int
    articles: int
    publications: int
    outlets: int
    days: tuple[str, str] | None
    statements: int
    readings: dict[str, int]
    unread: int
    old_readings: int


def describe(engine: Engine) -> Info:
    """The numbers of a library as it is at this moment."""
    readings, publications = schema.readings.c, schema.publications.c
    with snapshot(engine) as connection:
        articles = _count(connection, schema.articles)
        versions = select(readings.version, func.count()).where(readings.current).group_by(readings.version)
        by_version: dict[str, int] = dict(connection.execute(versions.order_by(readings.version)).all())
        said = select(func.count()).select_from(schema.statements).join(schema.readings).where(readings.current)
        first, last = connection.execute(
            select(func.min(publications.published_from), func.max(publications.published_until))
        ).one()
        return Info(
            place=shown(engine.url),
            database="SQLite" if engine.dialect.name == "sqlite" else "PostgreSQL",
            revision=HEAD,
            bytes=size_of(engine),
            articles=articles,
            publications=_count(connection, schema.publications),
            outlets=connection.execute(select(func.count(publications.outlet.distinct()))).scalar_one(),
            days=(first, last) if first and last else None,
            statements=connection.execute(said).scalar_one(),
            readings=by_version,
            unread=articles - sum(by_version.values()),
            old_readings=_count(connection, schema.readings) - sum(by_version.values()),
        )


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()
