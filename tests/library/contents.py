"""What a library holds, with names in place of numbers, so that two libraries can be compared."""

from typing import Any

from sqlalchemy import Select, create_engine, select

from retold.library import schema

Contents = dict[str, list[tuple[object, ...]]]


def contents_of(url: str) -> Contents:
    """All rows of the tables that an `add` fills, but for the moments at which it did; sorted."""
    a, p, r, s, n = (
        getattr(schema, table).c for table in ("articles", "publications", "readings", "statements", "speakers")
    )
    f, u, m, g = (getattr(schema, table).c for table in ("fingerprints", "reuse", "members", "story_changes"))
    x, y = schema.profiles.c, schema.links.c
    other, fellow = schema.articles.alias(), schema.members.alias()
    own = [column for column in p if column.name not in ("number", "article", "added")]
    asked: dict[str, Select[Any]] = {
        "articles": select(a.id, a.text, a.record, a.published_from, a.published_until),
        "publications": select(a.id, *own).join(schema.publications, p.article == a.number),
        "readings": select(a.id, r.version, r.current, r.entities, r.vectors).join(
            schema.readings, r.article == a.number
        ),
        "statements": select(a.id, r.version, s.id, s.place, s.said_on, s.record)
        .join(schema.readings, r.article == a.number)
        .join(schema.statements, s.reading == r.number),
        "fingerprints": select(a.id, f.size, f.hashes).join(schema.fingerprints, f.article == a.number),
        "copies": select(a.id, other.c.id, u.kind, u.of_article, u.of_other)
        .join(schema.reuse, u.article == a.number)
        .join(other, u.other == other.c.number),
        "fellows in a story": select(a.id, other.c.id)
        .join(schema.members, m.article == a.number)
        .join(fellow, fellow.c.story == m.story)
        .join(other, fellow.c.article == other.c.number),
        "profiles": select(a.id, x.data).join(schema.profiles, x.article == a.number),
        "links": select(a.id, other.c.id, y.odds)
        .join(schema.links, y.article == a.number)
        .join(other, y.other == other.c.number),
        "what became of stories": select(g.kind, g.cause, g.articles),
        "speakers": select(s.id, r.version, n.place, n.name, n.folded)
        .join(schema.readings, s.reading == r.number)
        .join(schema.speakers, n.statement == s.number),
    }
    engine = create_engine(url)
    with engine.connect() as connection:
        found = {name: sorted(map(tuple, connection.execute(query)), key=repr) for name, query in asked.items()}
    engine.dispose()
    return found
