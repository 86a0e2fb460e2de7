"""`retold library export` and `import`: every table of a library out to files, and in again."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from retold.cli.options import AsJson, LibraryPlace
from retold.cli.problems import told_library
from retold.cli.progress import progress_bar
from retold.cli.writing import write_line


class TableForm(StrEnum):
    """The forms in which tables are written."""

    JSONL = "jsonl"
    PARQUET = "parquet"


def export_library(
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="The folder that the files go into.")],
    to: Annotated[TableForm, typer.Option("--to", help="See the table above.")] = TableForm.JSONL,
    place: LibraryPlace = None,
    as_json: AsJson = False,
) -> None:
    """Write every table of a library, a file each: articles, publications, statements, acts, stories …

    \b
    jsonl           a JSON object a line: for jq, scripts, and any import
    parquet         typed columns: for pandas, DuckDB, Polars (needs pyarrow)

    The files are those of one moment, whatever is added meanwhile, and each is written whole or not at all. `retold
    library import` makes the same library of them, in SQLite or PostgreSQL. With --json the contents of library.json,
    which says what is there. The exports of one story are those of `retold export`.
    """
    from retold.library import Library

    with told_library(), Library(place) as library, progress_bar() as progress:
        manifest = library.export(out, form=to.value, progress=progress)
    if as_json:
        write_line(manifest)
    else:
        typer.echo(f"{manifest.rows:,} rows of {len(manifest.tables)} tables: {out / 'library.json'}")


def import_library(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="What `retold library export` wrote.")],
    place: LibraryPlace = None,
    as_json: AsJson = False,
) -> None:
    """Make a new library of an export: the same articles, statements and stories, found by the same words.

    The library must not be there yet, or be empty; `retold add` brings articles into one that is there. All of the
    export is taken, or nothing: a run that is stopped leaves no library, and the same command begins anew. What is
    damaged is told by its file and line.
    """
    from retold.library import Library

    with told_library(), Library(place) as library, progress_bar() as progress:
        manifest = library.import_(folder, progress=progress)
        name = library.name
    if as_json:
        write_line(manifest)
    else:
        typer.echo(f"{manifest.rows:,} rows of {len(manifest.tables)} tables: {name}")
