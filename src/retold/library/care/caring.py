"""The care of a library: what is checked, mended and forgotten, of all that it keeps.

What keeps tables or indexes of its own names its check here once.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import Engine

from retold.library.care.checking import Check, Finding, check_file, check_tables, run_checks
from retold.library.care.checking_indexes import check_indexes
from retold.library.care.checking_rows import check_records, check_rows
from retold.library.care.checking_words import check_words
from retold.library.care.compacting import compact
from retold.library.care.forgetting import Forgotten, find_going, forget
from retold.library.care.indexing import INDEXES, WORDS, rebuild, renew
from retold.library.care.walking import Tell, snapshot
from retold.library.errors import told
from retold.library.indexes import Indexes
from retold.library.place import shown

CHECKS: tuple[tuple[str, Check], ...] = (
    ("file", check_file),
    ("tables", check_tables),
    ("rows", check_rows),
    ("records", check_records),
    ("words", check_words),
    ("indexes", check_indexes),
)
"""In the order in which they are made: what is damaged below makes what stands on it look damaged."""


def check(engine: Engine, tell: Tell) -> Iterator[Finding]:
    """All that is not as it should be, while it is found."""
    return run_checks(engine, CHECKS, tell)


def mend(engine: Engine, findings: Sequence[Finding], tell: Tell) -> tuple[str, ...]:
    """Make anew the indexes that are not as they should be; their names."""
    damaged = [index for index in INDEXES if any(finding.kind == index.name for finding in findings)]
    for index in damaged:
        with told(shown(engine.url)), engine.execution_options(writes=True).begin() as connection:
            rebuild(connection, index, tell)
    return tuple(index.name for index in damaged)


def would_forget(engine: Engine, what: str) -> Forgotten:
    """What `forget_named` would take out."""
    with told(shown(engine.url)), snapshot(engine) as connection:
        return find_going(connection, what).counted


def forget_named(engine: Engine, what: str, tell: Tell) -> Forgotten:
    """Take out what is named, all of it or nothing, and then leave no trace of it."""
    with told(shown(engine.url)):
        with engine.execution_options(writes=True).begin() as connection:
            renew(connection, WORDS, tell)
            going = find_going(connection, what)
            done, of = iter(range(1, of_all(going.counted) + 1)), of_all(going.counted)
            forget(connection, going, Indexes(connection), lambda: tell("forgetting", next(done), of))
        tell("wiping", 0, 0)
        compact(engine)
    return going.counted


def of_all(counted: Forgotten) -> int:
    """How many articles are touched."""
    return counted.articles + counted.kept
