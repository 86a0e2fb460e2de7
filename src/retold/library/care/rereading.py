"""Finding anew what an older model or older rules found: only where these changed, and the old findings are kept."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

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

Done = Problem | None
"""What became of one article: done, or what kept it from being done."""


class Stage(NamedTuple):
    """Something that is found in articles and has a version.

    `stale`: how many articles have findings of another version than now, or none. `redo` finds them anew, each
    article in a transaction of its own, so that it goes on from where it was stopped. Both are told whether the
    smaller network will do (`fast`).
    """

    name: str
    stale: Callable[[Connection, bool], int]
    redo: Callable[[Engine, bool], Iterator[Done]]


@dataclass
class Reread:
    """What a `reread` did: how many articles each stage did again, indexes that were
    made anew, old readings that were dropped, and problems."""

    done: dict[str, int] = field(default_factory=dict)
    renewed: tuple[str, ...] = ()
    dropped: int = 0
    problems: list[Problem] = field(default_factory=list)


def reread(engine: Engine, stages: tuple[Stage, ...], tell: Tell, *, fast: bool, drop_old: bool) -> Reread:
    """Do again what is of another version than now, stage by stage."""
    result = Reread()
    with told(shown(engine.url)):
        result.renewed = tuple(index.name for index in INDEXES if _renew(engine, index, tell))
        for stage in stages:
            result.done[stage.name] = _run(engine, stage, result, tell, fast)
        if drop_old:
            result.dropped = drop_old_readings(engine)
    return result


def _renew(engine: Engine, index: Index, tell: Tell) -> bool:
    with engine.execution_options(writes=True).begin() as connection:
        return renew(connection, index, tell)


def _run(engine: Engine, stage: Stage, result: Reread, tell: Tell, fast: bool) -> int:
    with engine.connect() as connection:
        of = stage.stale(connection, fast)
    done = 0
    if not of:
        return 0
    tell(stage.name, 0, of)
    for number, problem in enumerate(stage.redo(engine, fast), 1):
        if problem is None:
            done += 1
        else:
            result.problems.append(problem)
        tell(stage.name, number, of)
    return done


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


def _count_stale(connection: Connection, fast: bool) -> int:
    return connection.execute(select(func.count()).select_from(_stale(fast).subquery())).scalar_one()


def _redo_statements(engine: Engine, fast: bool) -> Iterator[Done]:
    for read in read_each(_stale_articles(engine, fast), fast=fast):
        yield read if isinstance(read, Problem) else _keep(engine, *read)


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


def _keep(engine: Engine, article: Article, reading: Reading) -> Done:
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


STATEMENTS = Stage("statements", _count_stale, _redo_statements)
