"""A library out to files: as it was at one moment, a chunk of rows at a time, each file whole or not at all."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, func, select

from retold.library import schema
from retold.library.care.walking import Tell
from retold.library.derived import own_tables
from retold.library.errors import LibraryError, told
from retold.library.moments import now
from retold.library.place import is_file, shown
from retold.library.transfer.columns import fields_of
from retold.library.transfer.files import FETCHED, check_form, chunks, open_writer
from retold.library.transfer.manifest import MANIFEST, Form, Manifest, TableFile, to_json


def export_tables(engine: Engine, folder: Path, form: Form, progress: Tell) -> Manifest:
    """Write every table that is not derived into `folder`, and `library.json` last.

    Files of an earlier export of the same form are replaced, when all new ones are written; nothing else in the folder
    is touched. Raises LibraryError: the library cannot be read, or the folder not be written.
    """
    check_form(form)
    parts: dict[Path, Path] = {}  # where a file will be: where it is being written
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with told(shown(engine.url)), _snapshot(engine) as connection:
            manifest = _count(connection, form)
            done = 0
            for table in manifest.tables:
                path = manifest.file(folder, table.name)
                parts[path] = _part(path)
                for rows in _write_table(connection, schema.metadata.tables[table.name], parts[path], form):
                    done += rows
                    progress(table.name, done, manifest.rows)
        _put_in_place(folder, parts, manifest)
    except OSError as error:
        raise LibraryError(f"cannot write into {folder} ({error.strerror or error}): choose another folder") from error
    finally:
        for part in parts.values():
            with suppress(OSError):
                part.unlink(missing_ok=True)
    return manifest


@contextmanager
def _snapshot(engine: Engine) -> Iterator[Connection]:
    """The library as it is now, whatever is added meanwhile."""
    with engine.connect() as connection:
        if is_file(engine.url):
            # Every page is read once: mapping and keeping them would only take memory.
            for setting in ("mmap_size = 0", f"cache_size = -{_CACHE_KIB}"):
                connection.connection.cursor().execute(f"PRAGMA {setting}")
        else:
            connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


_CACHE_KIB = 2048


def _count(connection: Connection, form: Form) -> Manifest:
    tables = []
    for name in own_tables():
        rows = connection.execute(select(func.count()).select_from(schema.metadata.tables[name])).scalar_one()
        tables.append(TableFile(name=name, rows=rows))
    return Manifest(form=form, made=now(), tables=tuple(tables))


def _write_table(connection: Connection, table: Table, part: Path, form: Form) -> Iterator[int]:
    """Write a table; yields how many rows were written each time."""
    writer = open_writer(part, fields_of(table), form)
    try:
        rows = connection.execute(select(table).order_by(*table.primary_key), execution_options={"yield_per": FETCHED})
        for chunk in chunks(dict(row) for row in rows.mappings()):
            writer.write(chunk)
            yield len(chunk)
    finally:
        writer.close()


def _put_in_place(folder: Path, parts: Mapping[Path, Path], manifest: Manifest) -> None:
    """Give all files their names. `library.json` is there only while the files beside it are those that it tells of."""
    part = _part(folder / MANIFEST)
    part.write_bytes(to_json(manifest))
    for each in (*parts.values(), part):
        _sync(each)
    (folder / MANIFEST).unlink(missing_ok=True)
    for path, written in parts.items():
        os.replace(written, path)
    os.replace(part, folder / MANIFEST)


def _part(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
