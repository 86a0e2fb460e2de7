"""The care of a library: what is checked, forgotten and done again, of all that it keeps.

What keeps tables or indexes of its own names itself here once.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import Engine

from retold.library.checking import Check, Finding, check_file, check_tables, run_checks
from retold.library.checking_rows import check_records, check_rows
from retold.library.checking_words import check_words
from retold.library.compacting import compact
from retold.library.errors import told
from retold.library.forgetting import Forgotten, Hook, find_going, forget
from retold.library.indexes import Indexes
from retold.library.indexing import rebuild_words, renew_words
from retold.library.place import shown
from retold.library.rereading import STATEMENTS, Reread, Stage, reread
from retold.library.walking import Tell, snapshot

CHECKS: tuple[tuple[str, Check], ...] = (
    ("file", check_file),
    ("tables", check_tables),
    ("rows", check_rows),
    ("records", check_records),
    ("words", check_words),
)
"""In the order in which they are made: what is damaged below makes what stands on it look damaged."""

STAGES: tuple[Stage, ...] = (STATEMENTS,)
"""What `reread` does again, in this order."""

HOOKS: tuple[Hook, ...] = (lambda connection: Indexes(connection).remove,)
"""What `forget` takes an article out of, beside the tables whose rows go with it."""


def check(engine: Engine, tell: Tell) -> Iterator[Finding]:
    """All that is not as it should be, while it is found."""
    return run_checks(engine, CHECKS, tell)


def mend(engine: Engine, findings: Sequence[Finding], tell: Tell) -> bool:
    """Make anew what is made of the rest, the indexes of words, where they are not as they should be; whether any."""
    if not any(finding.kind == "words" for finding in findings):
        return False
    with told(shown(engine.url)), engine.execution_options(writes=True).begin() as connection:
        rebuild_words(connection, tell)
    return True


def would_forget(engine: Engine, what: str) -> Forgotten:
    """What `forget_named` would take out."""
    with told(shown(engine.url)), snapshot(engine) as connection:
        return find_going(connection, what).counted


def forget_named(engine: Engine, what: str, tell: Tell) -> Forgotten:
    """Take out what is named, all of it or nothing, and then leave no trace of it."""
    with told(shown(engine.url)):
        with engine.execution_options(writes=True).begin() as connection:
            renew_words(connection, tell)
            going = find_going(connection, what)
            done, of = iter(range(1, of_all(going.counted) + 1)), of_all(going.counted)
            forget(connection, going, HOOKS, lambda: tell("forgetting", next(done), of))
        tell("wiping", 0, 0)
        compact(engine)
    return going.counted


def of_all(counted: Forgotten) -> int:
    """How many articles are touched."""
    return counted.articles + counted.kept


def reread_all(engine: Engine, tell: Tell, *, fast: bool, drop_old: bool) -> Reread:
    """See `rereading.reread`; all stages."""
    return reread(engine, STAGES, tell, fast=fast, drop_old=drop_old)
