"""Whether a library is whole: its file, its rows, what they say, and its indexes."""

from collections.abc import Callable, Iterator
from typing import Literal

import msgspec
from sqlalchemy import Engine, inspect, select, text

from retold.library import schema
from retold.library.care.walking import Tell, snapshot
from retold.library.errors import LibraryError, told
from retold.library.place import shown
from retold.library.words import INDEXES

Kind = Literal["file", "rows", "record", "words", "copies", "stories"]


class Finding(msgspec.Struct, frozen=True):
    """Something that is not as it should be. `where` in the library, `what` it is, and how to `mend` it."""

    kind: Kind
    where: str
    what: str
    mend: str


Check = Callable[[Engine, Tell], Iterator[Finding]]
"""One thing to look at. What it raises as LibraryError is a finding too."""

COPY = "put back a copy, or import an export into a new library"
_ROWS = 1000  # read at once
REBUILD = "`retold library check --mend` makes it anew from the texts"


def run_checks(engine: Engine, checks: tuple[tuple[str, Check], ...], tell: Tell) -> Iterator[Finding]:
    """What the checks find, each named; one that cannot go on stops no other."""
    for name, check in checks:
        tell(name, 0, 0)
        try:
            with told(shown(engine.url)):
                yield from check(engine, tell)
        except LibraryError as error:
            yield Finding("file", name, "cannot be checked to the end", str(error))


def check_file(engine: Engine, _: Tell) -> Iterator[Finding]:
    """The pages of a file, as SQLite itself checks them; of PostgreSQL the other checks read every row."""
    if engine.dialect.name != "sqlite":
        return
    with snapshot(engine) as connection:
        for (message,) in connection.execute(text("PRAGMA integrity_check")):
            if message != "ok":
                yield Finding("file", shown(engine.url), str(message), COPY)


def check_tables(engine: Engine, tell: Tell) -> Iterator[Finding]:
    """That every table is there, and every row can be read."""
    found = set(inspect(engine).get_table_names())
    for name in sorted({*schema.metadata.tables, *INDEXES} - found):
        yield Finding("file", f"table {name}", "it is not there", COPY)
    tables = [table for table in schema.metadata.sorted_tables if table.name in found]
    for number, table in enumerate(tables):
        tell("tables", number, len(tables))
        try:
            with told(f"table {table.name}"), snapshot(engine) as connection:
                for _ in connection.execution_options(yield_per=_ROWS).execute(select(table)):
                    pass
        except LibraryError as error:
            yield Finding("file", f"table {table.name}", "cannot be read to the end", str(error))
