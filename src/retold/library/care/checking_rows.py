"""Whether rows belong to each other, and whether what they hold can be read and points into its text."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, ForeignKey, Row, exists, func, select

from retold.article import Article, Span
from retold.library import schema
from retold.library.care.checking import COPY, Finding
from retold.library.care.walking import Tell, article_batches, snapshot, statements_of
from retold.library.codes import CODE_BYTES
from retold.library.errors import DamagedError
from retold.library.records import unpack_article, unpack_entities, unpack_entries, unpack_statement
from retold.statements.statement import Statement

_AGAIN = "`retold library forget` it, and add it again"
_REREAD = "`retold library forget` the article, and add it again"


def check_rows(engine: Engine, _: Tell) -> Iterator[Finding]:
    """That each row has the rows it hangs on, each article a publication, and at most one current reading."""
    with snapshot(engine) as connection:
        for table in schema.metadata.sorted_tables:
            for key in sorted(table.foreign_keys, key=lambda key: key.parent.name):
                yield from _orphans(connection, key)
        yield from _unpublished(connection)
        yield from _read_twice(connection)


def _orphans(connection: Connection, key: ForeignKey) -> Iterator[Finding]:
    child, parent = key.parent.table, key.column.table.alias()
    lost = select(func.count(), func.min(key.parent)).select_from(child)
    lost = lost.where(key.parent.is_not(None), ~exists().where(parent.c[key.column.name] == key.parent))
    count, first = connection.execute(lost).one()
    if count:
        what = f"{count:,} rows are of a row of {parent.element.name} that is not there (the first: {first})"  # type: ignore[attr-defined]
        yield Finding("rows", f"{child.name}.{key.parent.name}", what, COPY)


def _unpublished(connection: Connection) -> Iterator[Finding]:
    columns = schema.articles.c
    alone = select(columns.id).where(~exists().where(schema.publications.c.article == columns.number))
    for (article,) in connection.execute(alone.order_by(columns.number)):
        yield Finding("rows", f"article {article}", "it has no publication", _AGAIN)


def _read_twice(connection: Connection) -> Iterator[Finding]:
    article = schema.readings.c.article
    twice = select(schema.articles.c.id, func.count()).join(schema.readings, schema.articles.c.number == article)
    twice = twice.where(schema.readings.c.current).group_by(schema.articles.c.id).having(func.count() > 1)
    for identity, count in connection.execute(twice.order_by(schema.articles.c.id)):
        yield Finding("rows", f"article {identity}", f"{count} of its readings are current", _REREAD)


def check_records(engine: Engine, tell: Tell) -> Iterator[Finding]:
    """That articles, readings, statements, speakers, entities and acts can be read, and say what their columns say."""
    with snapshot(engine) as connection:
        for rows in article_batches(connection, "records", tell):
            for row in rows:
                yield from _in_article(row)
            yield from _in_publications(connection, rows)
            yield from _in_readings(connection, rows)


def _in_article(row: Row[Any]) -> Iterator[Finding]:
    where = f"article {row.id}"
    if hashlib.sha256(row.text.encode("utf-8", "surrogatepass")).hexdigest()[:12] != row.id:
        yield Finding("record", where, "its text is not the one that its id was made of", _AGAIN)
    try:
        article = unpack_article(row.record, row.text)
    except DamagedError as error:
        yield Finding("record", where, str(error), _AGAIN)
        return
    if article.id != row.id:
        yield Finding("record", where, f"its record is of article {article.id}", _AGAIN)
    if not _fit(_spans_of_article(article), row.text):
        yield Finding("record", where, "its blocks point outside of its text", _AGAIN)


def _in_publications(connection: Connection, articles: Sequence[Row[Any]]) -> Iterator[Finding]:
    """A publication says twice by what it is known; an article is of the day of its first publication."""
    columns = schema.publications.c
    between = columns.article.between(articles[0].number, articles[-1].number)
    days: dict[int, tuple[str, str]] = {}
    for row in connection.execute(select(schema.publications).where(between).order_by(columns.number)):
        fits = row.key == f"url:{row.url}" if row.url else row.key.endswith(row.given_id or "")
        if not fits:
            yield Finding("record", f"publication {row.number}", f"it is not what it is known by, {row.key!r}", _REREAD)
        if row.published_from:
            days[row.article] = min(days.get(row.article, _NEVER), (row.published_from, row.published_until))
    for row in articles:
        if (row.published_from, row.published_until) != days.get(row.number, (None, None)):
            what = "its day is not that of its first publication"
            yield Finding("record", f"article {row.id}", what, _AGAIN)


_NEVER = ("~", "~")  # behind every day


def _spans_of_article(article: Article) -> list[Span]:
    return [*(block.span for block in article.blocks), *article.published_evidence]


def _in_readings(connection: Connection, articles: Sequence[Row[Any]]) -> Iterator[Finding]:
    first, last = articles[0].number, articles[-1].number
    by_number = {row.number: row for row in articles}
    said = statements_of(connection, articles)
    names = _names(connection, first, last)
    for row in said:
        if row.article in by_number:  # else it is an orphan
            yield from _in_statement(row, by_number[row.article], names[row.number])
    places: dict[int, list[int]] = defaultdict(list)
    for row in said:
        places[row.reading].append(row.place)
    readings = select(schema.readings).where(schema.readings.c.article.between(first, last))
    for row in connection.execute(readings.order_by(schema.readings.c.number)):
        count = len(places[row.number])
        where = f"reading {row.number} of article {by_number[row.article].id}" if row.article in by_number else ""
        if where and (sorted(places[row.number]) != list(range(count)) or len(row.vectors) != count * CODE_BYTES):
            yield Finding("record", where, "its vectors are not those of its statements", _REREAD)
    yield from _in_ledgers(connection, first, last)


def _names(connection: Connection, first: int, last: int) -> dict[int, list[str]]:
    """The names of the speakers of each statement of these articles."""
    columns = schema.speakers.c
    found = select(columns.statement, columns.name).join(schema.statements)
    found = found.where(schema.statements.c.article.between(first, last)).order_by(columns.statement, columns.place)
    names: dict[int, list[str]] = defaultdict(list)
    for statement, name in connection.execute(found):
        names[statement].append(name)
    return names


def _in_statement(row: Row[Any], article: Row[Any], names: list[str]) -> Iterator[Finding]:
    where = f"statement {row.id} of article {article.id}"
    try:
        statement = unpack_statement(row.record)
    except DamagedError as error:
        yield Finding("record", where, str(error), _REREAD)
        return
    if (statement.id, statement.article, statement.said_on) != (row.id, article.id, row.said_on):
        yield Finding("record", where, f"its record is of statement {statement.id}", _REREAD)
    if [speaker.name for speaker in statement.speakers if speaker.name] != names:
        yield Finding("record", where, "its speakers are not those of its record", _REREAD)
    if not _fit(_spans_of_statement(statement), article.text):
        yield Finding("record", where, "its words lie outside of the article's text", _REREAD)


def _spans_of_statement(statement: Statement) -> list[Span]:
    single = (statement.channel_words, statement.addressee_words, statement.said_on_words)
    mentions = (speaker.mention for speaker in statement.speakers)
    spans = [*statement.source, *statement.cue, *statement.content]
    return [*spans, *(span for span in (*single, *mentions) if span is not None)]


def _fit(spans: Iterable[Span], text: str) -> bool:
    return all(0 <= start <= end <= len(text) for start, end in spans)


def _in_ledgers(connection: Connection, first: int, last: int) -> Iterator[Finding]:
    """What was found of a reading beside its statements: whom it names, and what they do."""
    read, columns = schema.readings.c, schema.ledgers.c
    ledgers = select(columns.reading, columns.record).join(schema.readings, read.number == columns.reading)
    entities = select(read.number, read.entities)
    for query, unpack in ((entities, unpack_entities), (ledgers, unpack_entries)):
        for reading, record in connection.execute(query.where(read.article.between(first, last))):
            try:
                unpack(record)
            except DamagedError as error:
                yield Finding("record", f"reading {reading}", str(error), _REREAD)
