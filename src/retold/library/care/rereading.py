"""Finding anew what an older model or older rules found: only where these changed, and the old findings are kept."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine, Select, delete, func, select

from retold.article import Article, Problem
from retold.library import schema
from retold.library.care.indexing import INDEXES, Index, renew
from retold.library.care.walking import BATCH, Tell
from retold.library.errors import UnfitError, told
from retold.library.place import shown
from retold.library.preparing import Reading, read_each
from retold.library.records import unpack_article
from retold.library.storing import number_of, store_reading
from retold.library.versions import reading_version

_STATEMENTS = "statements"


@dataclass
class Reread:
    """What a `reread` did: of how many articles what was found anew, indexes that were made anew, old readings that
    were dropped, and problems."""

    done: dict[str, int] = field(default_factory=dict)
    renewed: tuple[str, ...] = ()
    dropped: int = 0
    problems: list[Problem] = field(default_factory=list)


def reread(engine: Engine, tell: Tell, *, fast: bool, drop_old: bool) -> Reread:
    """Do again what is of another version than now: indexes as a whole, statements article by article."""
    result = Reread()
    with told(shown(engine.url)):
        result.renewed = tuple(index.name for index in INDEXES if _renew(engine, index, tell))
        result.done[_STATEMENTS] = _redo_statements(engine, result, tell, fast)
        if drop_old:
            result.dropped = drop_old_readings(engine)
    return result


def _renew(engine: Engine, index: Index, tell: Tell) -> bool:
    with engine.execution_options(writes=True).begin() as connection:
        return renew(connection, index, tell)


def drop_old_readings(engine: Engine) -> int:
    """Delete the readings that are not current, with their statements; how many there were."""
    with engine.execution_options(writes=True).begin() as connection:
        return connection.execute(delete(schema.readings).where(~schema.readings.c.current)).rowcount


def _good_versions(fast: bool) -> tuple[str, ...]:
    """Readings of these versions stay: what the whole network found is good enough for who asks for the smaller one."""
    return (reading_version(False), reading_version(True)) if fast else (reading_version(False),)


def _stale(fast: bool) -> Select[tuple[int]]:
    columns = schema.readings.c
    current = select(columns.article).where(columns.current, columns.version.in_(_good_versions(fast)))
    return select(schema.articles.c.number).where(schema.articles.c.number.not_in(current))


def _redo_statements(engine: Engine, result: Reread, tell: Tell, fast: bool) -> int:
    """How many articles were done, each in a transaction of its own: a run that is stopped goes on from there."""
    with engine.connect() as connection:
        of = connection.execute(select(func.count()).select_from(_stale(fast).subquery())).scalar_one()
    done = 0
    if not of:
        return 0
    tell(_STATEMENTS, 0, of)
    for number, read in enumerate(read_each(_stale_articles(engine, fast), fast=fast), 1):
        problem = read if isinstance(read, Problem) else _keep(engine, *read)
        if problem is None:
            done += 1
        else:
            result.problems.append(problem)
        tell(_STATEMENTS, number, of)
    return done


def _stale_articles(engine: Engine, fast: bool) -> Iterator[Article]:
    last = -1
    columns = schema.articles.c
    found = select(columns.number, columns.text, columns.record).order_by(columns.number).limit(BATCH)
    while True:
        with engine.connect() as connection:
            later = found.where(columns.number > last, columns.number.in_(_stale(fast)))
            rows = connection.execute(later).all()
        if not rows:
            return
        for row in rows:
            yield unpack_article(row.record, row.text)
        last = rows[-1].number


def _keep(engine: Engine, article: Article, reading: Reading) -> Problem | None:
    """Keep new findings; None: they are kept."""
    try:
        with told(shown(engine.url)), engine.execution_options(writes=True).begin() as connection:
            number = number_of(connection, article.id)
            assert number is not None  # we hold the library, so nobody forgot it meanwhile
            store_reading(connection, number, article, reading)
            _drop_equal(connection, number, reading.version)
    except (UnfitError, UnicodeError) as error:
        return Problem(level="error", input=article.input, reason=f"it cannot be kept: {error}", how="library")
    return None


def _drop_equal(connection: Connection, number: int, version: str) -> None:
    """Of each version there is one reading: one that was old, and is now made again, goes."""
    columns = schema.readings.c
    same = (columns.article == number, columns.version == version, ~columns.current)
    connection.execute(delete(schema.readings).where(*same))
