"""What a library can make anew from the rest of it: indexes. They are left out of an export, and made by an import."""

from sqlalchemy import Connection

from retold.library import schema
from retold.library.care.indexing import WORDS, fill_postings, rebuild

DERIVED = frozenset({schema.posting_runs.name, schema.posting_chunks.name})
"""Tables that hold nothing but an index. Each database has tables of its own for the indexes of words."""


def own_tables() -> tuple[str, ...]:
    """The tables whose rows cannot be made from others, those first that others refer to."""
    return tuple(str(table.name) for table in schema.metadata.sorted_tables if table.name not in DERIVED)


def rebuild_derived(connection: Connection) -> None:
    """Make anew all that is derived. It must be empty."""
    rebuild(connection, WORDS, lambda *_: None)
    fill_postings(connection)
