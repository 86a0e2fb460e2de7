"""A library with rows in every table, whichever tables there are, and what must be equal in two libraries."""

from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Column, Engine, Float, Integer, LargeBinary, Table, create_engine, insert, select
from sqlalchemy.pool import NullPool
from tests.exports.invented_ledgers import entry
from tests.library.articles import HARBOUR, ISLANDS, line, write_lines

from retold.ledger import ArticleEntries
from retold.ledger.actors import Actor
from retold.ledger.identities import Roster
from retold.library import Library, schema
from retold.library.derived import own_tables
from retold.library.query import read_query
from retold.library.records import pack_entries
from retold.library.words import INDEXES, count_words, find_words

HOSTILE = ISLANDS + ' “He said: "<b>&amp;</b>\u2028\u2029\u0085\\n\\u0000🚢” =1+2 ﷽ a\u0301 \ufeff'
SEARCHES = ("harbour", "cash OR islands", '"northern islands" -cash', "price", "nowhere")


def opened(url: str) -> Engine:
    """The database; nothing of it stays open after a question."""
    return create_engine(url, poolclass=NullPool)


def fill(url: str, folder: Path) -> None:
    """Add articles with their statements, one of them in two versions, then rows of our own where there are none."""
    rows = [line(1, HARBOUR), line(2, ISLANDS), line(3, HOSTILE), line(4, HARBOUR, outlet="Veldania Post")]
    with Library(url) as library:
        library.add([write_lines(folder / "first.jsonl", rows)])
        library.add([write_lines(folder / "second.jsonl", [line(1, HARBOUR + " She left.")])], quick=True)
    with opened(url).begin() as connection:
        for name in own_tables():
            table = schema.metadata.tables[name]
            if connection.execute(select(table).limit(1)).first() is None:
                connection.execute(insert(table), [_row(table, 1), _row(table, 2)])


def _row(table: Table, number: int) -> dict[str, Any]:
    return {column.name: _value(table, column, number) for column in table.columns}


def _value(table: Table, column: Column[Any], number: int) -> Any:
    if column.foreign_keys or (column.primary_key and isinstance(column.type, Integer)):
        return number
    if (table.name, column.name) == ("ledgers", "record"):
        told = entry(number, "Ana Brusk", None, "toll", number == 1, condition="“if”")
        person = (Actor("Ana Brusk", None), number)
        return pack_entries(ArticleEntries((told,), Roster((person,), {"mayor": (person[0],)})))
    if isinstance(column.type, LargeBinary):
        return bytes([0, 255, number, 128]) * number
    if isinstance(column.type, Boolean):
        return number == 1
    if isinstance(column.type, Float):
        return 1 / 3 if number == 1 else 1.0
    if isinstance(column.type, Integer):
        return number * 2**31  # more than 32 bits hold
    return None if column.nullable and number == 1 else f"é{number}"


def rows_of(url: str) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table that is not derived."""
    with opened(url).connect() as connection:
        found = {}
        for name in own_tables():
            table = schema.metadata.tables[name]
            rows = connection.execute(select(table).order_by(*table.primary_key)).mappings()
            found[name] = [dict(row) for row in rows]
        return found


def hits_of(url: str) -> dict[tuple[str, str], tuple[int, list[int]]]:
    """What searches find: how many, and which, the best first."""
    with opened(url).connect() as connection:
        return {
            (index, words): (
                count_words(connection, index, read_query(words)),
                find_words(connection, index, read_query(words), 100),
            )
            for index in INDEXES
            for words in SEARCHES
        }
