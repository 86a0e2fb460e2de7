"""What a library holds, with names in place of numbers, so that two libraries can be compared."""

from typing import Any

from sqlalchemy import Select, create_engine, select

from retold.library import schema

Contents = dict[str, list[tuple[object, ...]]]


def contents_of(url: str) -> Contents:
    """All rows of the tables that an `add` fills, but for the moments at which it did; sorted."""
    a, p, r, s, n = (
        schema.articles.c,
        schema.publications.c,
        schema.readings.c,
        schema.statements.c,
        schema.speakers.c,
    )
    own = [column for column in p if column.name not in ("number", "article", "added")]
    asked: dict[str, Select[Any]] = {
        "articles": select(a.id, a.text, a.record, a.published_from, a.published_until),
        "publications": select(a.id, *own).join(schema.publications, p.article == a.number),
        "readings": select(a.id, r.version, r.current, r.vectors).join(schema.readings, r.article == a.number),
        "statements": select(a.id, r.version, s.id, s.place, s.said_on, s.record)
        .join(schema.readings, r.article == a.number)
        .join(schema.statements, s.reading == r.number),
        "speakers": select(s.id, r.version, n.place, n.name, n.folded)
        .join(schema.readings, s.reading == r.number)
        .join(schema.speakers, n.statement == s.number),
    }
    other = schema.articles.alias()
    for table, column in ((schema.reuse, schema.reuse.c.of_article), (schema.links, schema.links.c.odds)):
        pairs = select(a.id, other.c.id, column).join(table, table.c.article == a.number)
        asked[table.name] = pairs.join(other, table.c.other == other.c.number)
    for table, column in (
        (schema.fingerprints, schema.fingerprints.c.hashes),
        (schema.profiles, schema.profiles.c.data),
    ):
        asked[table.name] = select(a.id, column).join(table, table.c.article == a.number)
    engine = create_engine(url)
    with engine.connect() as connection:
        found = {name: sorted(map(tuple, connection.execute(query)), key=repr) for name, query in asked.items()}
    engine.dispose()
    return found
