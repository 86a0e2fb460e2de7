"""An export into a new library: all of it, or nothing.

A file of SQLite is made beside its place, and put there when it is whole; PostgreSQL does it in one transaction. So a
killed import leaves no library, or the empty one that was there, and can be started anew.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Table, delete, event, func, insert, select, text
from sqlalchemy.exc import SQLAlchemyError

from retold.library import schema
from retold.library.care.walking import Tell
from retold.library.derived import own_tables, rebuild_derived
from retold.library.errors import LibraryError, told
from retold.library.locking import locked
from retold.library.opening import bring_up_to_date, close, connect, open_for_writing
from retold.library.place import is_file, shown
from retold.library.transfer.columns import fields_of
from retold.library.transfer.files import Row, check_form, chunks, read_rows, where
from retold.library.transfer.manifest import Manifest, read_manifest


def import_library(url: URL, folder: Path, progress: Tell) -> Manifest:
    """Make the library at `url` of the export in `folder`; what the export is.

    Raises LibraryError: the library has articles already, it cannot be written, or the export is damaged, of a newer
    Retold, or none at all; the message names the file and the line.
    """
    manifest = read_manifest(folder)
    check_form(manifest.form)
    _check_tables(manifest, folder)
    with told(shown(url)), _new_library(url) as connection:
        _import_tables(connection, folder, manifest, progress)
    return manifest


def _check_tables(manifest: Manifest, folder: Path) -> None:
    found, expected = {table.name for table in manifest.tables}, set(own_tables())
    if found != expected:
        unlike = ", ".join(sorted(found ^ expected))
        raise LibraryError(f"{folder}: the export is not one of all tables ({unlike}): make it anew")


@contextmanager
def _new_library(url: URL) -> Iterator[Connection]:
    """A library without a row, in a transaction; it is there when all went well."""
    if is_file(url):
        with _new_file(url) as connection:
            yield connection
        return
    engine = open_for_writing(url)
    try:
        with locked(engine):
            bring_up_to_date(engine)
            with engine.begin() as connection:
                _check_empty(connection)
                yield connection
    finally:
        close(engine)


@contextmanager
def _new_file(url: URL) -> Iterator[Connection]:
    path = Path(str(url.database))
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f".{path.name}.importing")
    with locked(connect(url)):
        if path.exists():
            _check_unused(url)
        else:
            _remove(path)  # what a deleted library left beside it would be taken for changes to the new one
        _remove(made)
        engine = open_for_writing(url.set(database=str(made)))
        try:
            bring_up_to_date(engine)
            event.listen(engine, "connect", _without_a_journal)
            with engine.begin() as connection:
                yield connection
            close(engine)
            _sync(made)
            os.replace(made, path)
            _sync(path.parent)
        finally:
            close(engine)
            _remove(made)


def _without_a_journal(connection: object, _record: object) -> None:
    # A failed import leaves nothing that could be rolled back to. The pages go to the file when the cache is full.
    for setting in ("journal_mode = OFF", "synchronous = OFF", "mmap_size = 0"):
        connection.execute(f"PRAGMA {setting}")  # type: ignore[attr-defined]


def _check_unused(url: URL) -> None:
    """Raises LibraryError: the library has rows, or someone has it open."""
    engine = open_for_writing(url)
    try:
        bring_up_to_date(engine)
        with engine.begin() as connection:
            _check_empty(connection)
    finally:
        close(engine)
    if Path(f"{url.database}-wal").exists():  # the last one who closes it takes it away
        raise LibraryError(f"another program has {shown(url)} open: close it, and try again")


def _check_empty(connection: Connection) -> None:
    for table in schema.metadata.sorted_tables:
        if table is schema.indexes:  # says which rules are to fill the indexes, which may be empty
            continue
        if connection.execute(select(func.count()).select_from(select(table).limit(1).subquery())).scalar():
            raise LibraryError(
                f"{shown(connection.engine.url)} is not empty: an import makes a new library, so name another place; "
                "`retold add` brings articles into one that is there"
            )


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _import_tables(connection: Connection, folder: Path, manifest: Manifest, progress: Tell) -> None:
    rows = {table.name: table.rows for table in manifest.tables}
    connection.execute(delete(schema.indexes))  # the export tells which rules filled them
    done = 0
    for name in own_tables():
        table, path = schema.metadata.tables[name], manifest.file(folder, name)
        found = 0
        for chunk in chunks(read_rows(path, fields_of(table), manifest.form)):
            _insert(connection, table, path, found + 1, chunk)
            found += len(chunk)
            progress(name, done + found, manifest.rows)
        if found != rows[name]:
            raise LibraryError(f"{path}: {found} rows came, {rows[name]} were written: it was cut short, or changed")
        done += found
        _go_on_counting(connection, table)
    progress("indexes", done, manifest.rows)
    rebuild_derived(connection)


def _insert(connection: Connection, table: Table, path: Path, first: int, chunk: list[Row]) -> None:
    """Put rows into a table, of which this is the `first` one's number. Raises LibraryError: which do not fit."""
    check = _CHECKS.get(table.name)
    for number, row in enumerate(chunk, start=first):
        problem = (check(row) if check else None) or _unfit(connection, row)
        if problem:
            raise LibraryError(f"{where(path, number)}: {problem}")
    try:
        connection.execute(insert(table), chunk)
    except (SQLAlchemyError, OverflowError) as error:
        reason = " ".join(str(getattr(error, "orig", error)).split())
        raise LibraryError(
            f"{where(path, first)} to {first + len(chunk) - 1}: the database does not take them ({reason})"
        ) from error


def _check_article(row: Row) -> str | None:
    """What is wrong with an article; None: nothing. Its id is of its text."""
    digest = hashlib.sha256(row["text"].encode("utf-8", "surrogatepass")).hexdigest()
    return (
        None if digest[:_ID_CHARS] == row["id"] else f"the text is not the one of article {row['id']}: it was changed"
    )


_ID_CHARS = 12  # of the digest: see article.Article
_CHECKS: dict[str, Callable[[Row], str | None]] = {"articles": _check_article}


def _unfit(connection: Connection, row: Row) -> str | None:
    """Why this database cannot hold a row that another could; None: it can."""
    if not is_file(connection.engine.url) and any(isinstance(value, str) and "\0" in value for value in row.values()):
        return "a text has a NUL character, which PostgreSQL cannot hold; SQLite can"
    return None


def _go_on_counting(connection: Connection, table: Table) -> None:
    """New rows are to have new numbers; SQLite sees to that itself."""
    column = table.autoincrement_column
    if column is not None and connection.dialect.name == "postgresql":
        connection.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('{table.name}', '{column.name}'), "
                f"coalesce(max({column.name}), 0) + 1, false) FROM {table.name}"
            )
        )
