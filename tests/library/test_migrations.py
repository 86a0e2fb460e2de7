"""The migrations make the tables that the code reads and writes."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from retold.library import Library
from retold.library.opening import HEAD, MIGRATIONS
from retold.library.schema import metadata
from retold.library.words import INDEXES


def test_the_migrations_make_the_tables_of_the_schema(library_url: str) -> None:
    with Library(library_url) as library:
        library.add([])
    engine = create_engine(library_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)
    engine.dispose()
    # Each database keeps its indexes of words in tables of its own.
    assert [one for one in differences if not any(index in repr(one) for index in INDEXES)] == []


def test_the_newest_migration_is_the_one_that_the_code_knows() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == HEAD
