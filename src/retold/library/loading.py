"""Articles out of a library again, with what was found in them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select

from retold.article import Article, Problem
from retold.library import schema
from retold.library.records import unpack_entities, unpack_statement
from retold.library.rows import in_parts, load_articles
from retold.pipeline import Found, find_each
from retold.statements.statement import Statement


class Kept(NamedTuple):
    """An article of a library with what it says. `reading`: whose findings these are; None: they were left for later,
    and found just now."""

    number: int
    reading: int | None
    found: Found


class Loaded(NamedTuple):
    """Articles of a library, in the order in which they were asked for, and what failed."""

    kept: tuple[Kept, ...]
    problems: tuple[Problem, ...]

    @property
    def found(self) -> list[Found]:
        return [one.found for one in self.kept]


def load(connection: Connection, numbers: Sequence[int]) -> Loaded:
    """Articles with what they say. Statements that were left for later are found here, and not kept."""
    articles = load_articles(connection, numbers)
    kept = {one.number: one for some in in_parts(numbers) for one in _load_readings(connection, articles, some)}
    missing = [number for number in numbers if number not in kept]
    problems = []
    for number, found in zip(missing, find_each(articles[number] for number in missing), strict=True):
        if isinstance(found, Problem):
            problems.append(found)
        else:
            kept[number] = Kept(number, None, found)
    return Loaded(tuple(kept[number] for number in numbers if number in kept), tuple(problems))


def _load_readings(connection: Connection, articles: dict[int, Article], numbers: Sequence[int]) -> Iterator[Kept]:
    columns = schema.readings.c
    query = select(columns.number, columns.article, columns.entities)
    rows = connection.execute(query.where(columns.current, columns.article.in_(numbers))).all()
    statements = _load_statements(connection, [row.number for row in rows])
    for row in rows:
        found = Found(articles[row.article], tuple(statements[row.number]), unpack_entities(row.entities))
        yield Kept(row.article, row.number, found)


def _load_statements(connection: Connection, readings: Sequence[int]) -> defaultdict[int, list[Statement]]:
    columns = schema.statements.c
    query = select(columns.reading, columns.record).where(columns.reading.in_(readings)).order_by(columns.number)
    found: defaultdict[int, list[Statement]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.reading].append(unpack_statement(row.record))
    return found
