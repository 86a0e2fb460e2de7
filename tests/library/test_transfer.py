"""Out and in: an export gives the same library again, in either database, or says what is wrong with it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text, update
from tests.library.articles import HARBOUR, ISLANDS, line, reports, write_lines
from tests.library.filled import HOSTILE, fill, hits_of, opened, rows_of
from typer.testing import CliRunner

from retold.cli import app
from retold.library import Library, LibraryError, Outcome, schema
from retold.library.derived import own_tables
from retold.library.transfer.columns import PACKINGS
from retold.library.transfer.files import chunks
from retold.library.transfer.manifest import FORMS, Form

ROOT = Path(__file__).parents[2]


@pytest.fixture
def filled(library_url: str, tmp_path: Path) -> str:
    fill(library_url, tmp_path)
    return library_url


def file_url(path: Path) -> str:
    return f"sqlite:///{path}"


def export(url: str, folder: Path, form: Form = "jsonl") -> Path:
    with Library(url) as library:
        library.export(folder, form=form)
    return folder


def import_(url: str, folder: Path) -> None:
    with Library(url) as library:
        library.import_(folder)


def quick(url: str, path: Path, count: int, start: int = 0) -> None:
    with Library(url) as library:
        library.add([write_lines(path, reports(count, start))], quick=True)


# Round trips


@pytest.mark.parametrize("form", FORMS)
def test_an_export_gives_the_same_library(filled: str, form: Form, tmp_path: Path) -> None:
    copy = file_url(tmp_path / "copy.db")
    import_(copy, export(filled, tmp_path / "out", form))
    assert rows_of(copy) == rows_of(filled)
    assert all(rows_of(copy).values())  # every table has rows
    assert any(row["text"] == HOSTILE for row in rows_of(copy)["articles"])


def test_it_goes_round_both_databases_and_both_forms(tmp_path: Path, postgresql_url: str) -> None:
    first, last = file_url(tmp_path / "first.db"), file_url(tmp_path / "last.db")
    fill(first, tmp_path)
    import_(postgresql_url, export(first, tmp_path / "a", "jsonl"))
    import_(last, export(postgresql_url, tmp_path / "b", "parquet"))
    assert rows_of(first) == rows_of(postgresql_url) == rows_of(last)
    assert hits_of(first) == hits_of(last)
    found, in_postgresql = hits_of(first), hits_of(postgresql_url)  # ranks differ between the databases
    assert {asked: sorted(hits[1]) for asked, hits in found.items()} == {
        asked: sorted(hits[1]) for asked, hits in in_postgresql.items()
    }
    assert found["article_words", "harbour"][0] > 0
    assert found["statement_words", "price"][0] > 0


def test_searches_find_the_same(filled: str, tmp_path: Path, library_url: str) -> None:
    folder = export(filled, tmp_path / "out")
    before = hits_of(filled)
    with opened(filled).begin() as connection:
        for name in reversed(own_tables()):
            connection.execute(schema.metadata.tables[name].delete())
        for index in ("article_words", "statement_words"):
            rest = f"INSERT INTO {index} ({index}) VALUES ('delete-all')"
            connection.execute(text(rest if filled.startswith("sqlite") else f"DELETE FROM {index}"))
    import_(library_url, folder)
    assert hits_of(library_url) == before


def test_more_rows_than_are_held_at_a_time(library_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quick(library_url, tmp_path / "in.jsonl", 5)
    monkeypatch.setattr("retold.library.transfer.files.CHUNK_ROWS", 2)
    for form in FORMS:
        copy = file_url(tmp_path / f"{form}.db")
        import_(copy, export(library_url, tmp_path / form, form))
        assert rows_of(copy) == rows_of(library_url)


def test_few_long_rows_are_held_or_many_short_ones() -> None:
    assert [len(chunk) for chunk in chunks({"text": "x" * 700_000} for _ in range(7))] == [3, 3, 1]
    assert [len(chunk) for chunk in chunks({"number": number} for number in range(5000))] == [2000, 2000, 1000]
    assert list(chunks(())) == []


def test_an_empty_library_is_exported_too(library_url: str, tmp_path: Path) -> None:
    with Library(library_url) as library:
        library.add([])
        manifest = library.export(tmp_path / "out", form="parquet")
    assert {table.name for table in manifest.tables if table.rows} == {"indexes"}
    import_(file_url(tmp_path / "copy.db"), tmp_path / "out")


def test_an_imported_library_goes_on(library_url: str, tmp_path: Path) -> None:
    source = file_url(tmp_path / "source.db")
    quick(source, tmp_path / "in.jsonl", 3)
    import_(library_url, export(source, tmp_path / "out"))
    with Library(library_url) as library:
        added = library.add([write_lines(tmp_path / "in.jsonl", reports(5))], quick=True)
    assert (added.skipped, added.counts[Outcome.NEW]) == (3, 2)
    assert [row["number"] for row in rows_of(library_url)["articles"]] == [1, 2, 3, 4, 5]


def test_what_is_added_meanwhile_is_not_exported(library_url: str, tmp_path: Path) -> None:
    quick(library_url, tmp_path / "in.jsonl", 3)
    before = rows_of(library_url)
    added: list[str] = []

    def add_one(_what: str, _done: int, _of: int) -> None:
        if not added:
            added.append("one")
            quick(library_url, tmp_path / "more.jsonl", 1, start=100)

    with Library(library_url) as library:
        library.export(tmp_path / "out", progress=add_one)
    assert len(rows_of(library_url)["articles"]) == 4
    import_(file_url(tmp_path / "copy.db"), tmp_path / "out")
    assert rows_of(file_url(tmp_path / "copy.db")) == before


# What the files hold


def test_records_can_be_read(filled: str, tmp_path: Path) -> None:
    folder = export(filled, tmp_path / "out")
    for table, column in PACKINGS:
        for written in (folder / f"{table}.jsonl").read_bytes().splitlines():
            assert '"how"' in json.dumps(json.loads(written)[column]), table
    article = json.loads((folder / "articles.jsonl").read_bytes().splitlines()[0])
    assert [block["kind"] for block in article["record"]["blocks"]] == ["body", "body"]


def test_parquet_is_typed(filled: str, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    articles = pq.read_table(export(filled, tmp_path / "out", "parquet") / "articles.parquet")
    types = {field.name: str(field.type) for field in articles.schema}
    assert (types["number"], types["text"], types["record"]) == ("int64", "string", "string")
    assert json.loads(articles["record"][0].as_py())["blocks"]
    readings = pq.read_schema(tmp_path / "out" / "readings.parquet")
    assert (str(readings.field("current").type), str(readings.field("vectors").type)) == ("bool", "binary")


@pytest.mark.parametrize("form", FORMS)
def test_a_record_that_was_packed_in_another_way_is_kept_as_it_is(library_url: str, form: Form, tmp_path: Path) -> None:
    fill(library_url, tmp_path)
    packed = rows_of(library_url)["statements"][0]["record"]
    assert packed[0] == 0xDE  # a map, its size in 16 bits
    longer = b"\xdf\0\0" + packed[1:]  # the same map, its size in 32
    with opened(library_url).begin() as connection:
        connection.execute(update(schema.statements).where(schema.statements.c.number == 1).values(record=longer))
    import_(file_url(tmp_path / "copy.db"), export(library_url, tmp_path / "out", form))
    assert rows_of(file_url(tmp_path / "copy.db")) == rows_of(library_url)


@pytest.mark.parametrize(("table", "column"), PACKINGS)
def test_a_record_that_cannot_be_read_is_exported_and_told_by_an_import(
    library_url: str, table: str, column: str, tmp_path: Path
) -> None:
    fill(library_url, tmp_path)
    with opened(library_url).begin() as connection:
        connection.execute(update(schema.metadata.tables[table]).values({column: b"\xc1 no record"}))
    folder = export(library_url, tmp_path / "out")
    with pytest.raises(LibraryError, match=rf"{table}\.jsonl, line 1: the record cannot be read"):
        import_(file_url(tmp_path / "copy.db"), folder)


def test_only_its_own_files_are_replaced(library_url: str, tmp_path: Path) -> None:
    quick(library_url, tmp_path / "in.jsonl", 1)
    folder = export(library_url, tmp_path / "out", "jsonl")
    (folder / "notes.txt").write_text("mine")
    quick(library_url, tmp_path / "in.jsonl", 2)
    export(library_url, folder, "jsonl")
    assert len((folder / "articles.jsonl").read_bytes().splitlines()) == 2
    assert (folder / "notes.txt").read_text() == "mine"
    assert {path.name for path in folder.iterdir()} == {
        "notes.txt", "library.json", *(f"{name}.jsonl" for name in own_tables())
    }  # fmt: skip


def test_what_is_derived_is_left_out_and_made_anew(library_url: str, tmp_path: Path) -> None:
    quick(library_url, tmp_path / "in.jsonl", 3)
    folder = export(library_url, tmp_path / "out")
    assert not (folder / "posting_chunks.jsonl").exists()
    copy = file_url(tmp_path / "copy.db")
    import_(copy, folder)
    with Library(copy) as library:
        assert list(library.check()) == []
        (story,) = library.stories(least=2).stories
        library.add([write_lines(tmp_path / "more.jsonl", reports(1, start=9))], quick=True)
        (grown,) = library.stories(least=2).stories
    assert len(grown.articles) == len(story.articles) + 1  # found through the index


# Stopped half-way


def test_a_stopped_export_leaves_the_one_before(library_url: str, tmp_path: Path) -> None:
    quick(library_url, tmp_path / "in.jsonl", 1)
    folder = export(library_url, tmp_path / "out")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    quick(library_url, tmp_path / "in.jsonl", 2)
    with Library(library_url) as library, pytest.raises(KeyboardInterrupt):
        library.export(folder, progress=_interrupt)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def _interrupt(what: str, _done: int, _of: int) -> None:
    if what == "publications":
        raise KeyboardInterrupt


def test_a_stopped_import_leaves_nothing_and_begins_anew(library_url: str, tmp_path: Path) -> None:
    source = file_url(tmp_path / "source.db")
    quick(source, tmp_path / "in.jsonl", 3)
    folder = export(source, tmp_path / "out")
    with Library(library_url) as library, pytest.raises(KeyboardInterrupt):
        library.import_(folder, progress=_interrupt)
    if library_url.startswith("sqlite"):
        assert not (tmp_path / "library.db").exists()
    else:
        assert not any(rows for name, rows in rows_of(library_url).items() if name != "indexes")
    import_(library_url, folder)
    assert rows_of(library_url) == rows_of(source)


_KILLED = """
import os, signal, sys
from retold.library import Library
def die(what, done, of):
    if what == "publications":
        os.kill(os.getpid(), signal.SIGKILL)
library = Library(sys.argv[2])
{"export": library.export, "import": library.import_}[sys.argv[1]](sys.argv[3], progress=die)
"""


def _killed(*arguments: str) -> int:
    paths = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    done = subprocess.run([sys.executable, "-c", _KILLED, *arguments], env={**os.environ, "PYTHONPATH": paths})
    return done.returncode


def test_a_killed_import_leaves_nothing_and_begins_anew(library_url: str, tmp_path: Path) -> None:
    source = file_url(tmp_path / "source.db")
    quick(source, tmp_path / "in.jsonl", 3)
    folder = export(source, tmp_path / "out")
    assert _killed("import", library_url, str(folder)) == -signal.SIGKILL
    with Library(library_url) as library:
        if library_url.startswith("sqlite"):
            with pytest.raises(LibraryError, match="there is no library"):
                _ = library._engine
        else:
            assert not any(rows for name, rows in rows_of(library_url).items() if name != "indexes")
    import_(library_url, folder)
    assert rows_of(library_url) == rows_of(source)
    assert not [path for path in tmp_path.iterdir() if "importing" in path.name]


def test_a_killed_export_leaves_no_file_under_its_name(library_url: str, tmp_path: Path) -> None:
    quick(library_url, tmp_path / "in.jsonl", 3)
    folder = tmp_path / "out"
    assert _killed("export", library_url, str(folder)) == -signal.SIGKILL
    assert all(path.name.endswith(".part") for path in folder.iterdir())
    with pytest.raises(LibraryError, match=r"there is no library\.json in .*cut short"):
        import_(file_url(tmp_path / "copy.db"), folder)
    export(library_url, folder)
    assert not [path for path in folder.iterdir() if path.name.endswith(".part")]


# What is refused


def test_a_library_that_has_articles_is_not_imported_into(library_url: str, tmp_path: Path) -> None:
    quick(library_url, tmp_path / "in.jsonl", 2)
    folder = export(library_url, tmp_path / "out")
    before = rows_of(library_url)
    with pytest.raises(LibraryError, match="is not empty: an import makes a new library"):
        import_(library_url, folder)
    assert rows_of(library_url) == before


def test_a_library_that_is_there_and_empty_is_filled(library_url: str, tmp_path: Path) -> None:
    source = file_url(tmp_path / "source.db")
    quick(source, tmp_path / "in.jsonl", 2)
    with Library(library_url) as library:
        library.add([])
        assert library._engine
        library.import_(export(source, tmp_path / "out"))
    assert rows_of(library_url) == rows_of(source)


def test_a_file_that_another_program_has_open_is_not_replaced(tmp_path: Path) -> None:
    source, target = file_url(tmp_path / "source.db"), file_url(tmp_path / "target.db")
    quick(source, tmp_path / "in.jsonl", 1)
    folder = export(source, tmp_path / "out")
    with Library(target) as library:
        library.add([])
        with library._engine.connect() as connection:
            connection.execute(text("SELECT count(*) FROM articles"))
            with pytest.raises(LibraryError, match="another program has"):
                import_(target, folder)


def test_what_a_deleted_library_left_is_not_taken_for_changes_to_the_new_one(tmp_path: Path) -> None:
    source, gone = file_url(tmp_path / "source.db"), tmp_path / "gone.db"
    quick(source, tmp_path / "in.jsonl", 3)
    quick(file_url(gone), tmp_path / "in.jsonl", 1)
    with opened(file_url(gone)).connect() as reader:
        reader.execute(text("SELECT count(*) FROM articles"))
        quick(file_url(gone), tmp_path / "in.jsonl", 2)
        left = Path(f"{gone}-wal").read_bytes()
    gone.unlink()
    Path(f"{gone}-wal").write_bytes(left)
    import_(file_url(gone), export(source, tmp_path / "out"))
    assert left
    assert rows_of(file_url(gone)) == rows_of(source)


def change(name: str, edit: Callable[[dict[str, object]], object], at: int = 1) -> Callable[[Path], None]:
    """Edit the row of a line of a file; what comes of it is written, as it is where it is text."""

    def damage(folder: Path) -> None:
        lines = (folder / name).read_text("utf-8").split("\n")
        made = edit(json.loads(lines[at]))
        lines[at] = made if isinstance(made, str) else json.dumps(made)
        (folder / name).write_text("\n".join(lines), "utf-8")

    return damage


def manifest(**fields: object) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        told = json.loads((folder / "library.json").read_text())
        (folder / "library.json").write_text(json.dumps({**told, **fields}))

    return damage


def drop_last_line(folder: Path) -> None:
    lines = (folder / "articles.jsonl").read_bytes().splitlines(keepends=True)
    (folder / "articles.jsonl").write_bytes(b"".join(lines[:-1]))


DAMAGES: list[tuple[Callable[[Path], None], str]] = [
    (change("articles.jsonl", lambda row: json.dumps(row)[:50]), r"articles\.jsonl, line 2: .*damaged"),
    (change("articles.jsonl", lambda row: {**row, "number": "two"}), r"articles\.jsonl, line 2: .*number.*damaged"),
    (change("articles.jsonl", lambda _: {"number": 2}), r"articles\.jsonl, line 2: .*missing required field"),
    (change("articles.jsonl", lambda row: {**row, "record": {}}), r"articles\.jsonl, line 2: .*missing required field"),
    (change("articles.jsonl", lambda row: {**row, "record": {"base64": "?"}}), r"articles\.jsonl, line 2: "),
    (change("articles.jsonl", lambda row: {**row, "text": "Lies."}), r"articles\.jsonl, line 2: .*it was changed"),
    (change("articles.jsonl", lambda row: {**row, "number": 1}), r"articles\.jsonl, line 1 to 3: .*does not take"),
    (change("articles.jsonl", lambda row: {**row, "number": 2**70}), r"articles\.jsonl, line"),
    (change("publications.jsonl", lambda row: {**row, "article": 77}), r"publications\.jsonl, line 1 to 3"),
    (change("publications.jsonl", lambda _: "garbage"), r"publications\.jsonl, line 2: "),
    (drop_last_line, r"articles\.jsonl: 2 rows came, 3 were written: it was cut short"),
    (lambda folder: (folder / "publications.jsonl").unlink(), r"publications\.jsonl is missing"),
    (lambda folder: (folder / "articles.jsonl").write_bytes(b"\xff\xfe"), r"articles\.jsonl, line 1: "),
    (lambda folder: (folder / "library.json").write_text("{"), r"library\.json: .*damaged"),
    (lambda folder: (folder / "library.json").write_text('{"name": "x"}'), r"library\.json: .*no export"),
    (manifest(format="other/1"), r"library\.json: its format is 'other/1'.*no export of a library"),
    (manifest(format="retold-library/2", tables=7), r"newer Retold.*upgrade Retold"),
    (manifest(revision="9999", version="7.0"), r"newer Retold, 7\.0 .*upgrade Retold"),
    (manifest(revision="0000"), r"older Retold.*import it with that version"),
    (manifest(tables=[]), r"not one of all tables"),
]


@pytest.mark.parametrize(("damage", "told"), DAMAGES)
def test_a_damaged_or_foreign_export_is_told_by_file_and_line(
    library_url: str, damage: Callable[[Path], None], told: str, tmp_path: Path
) -> None:
    source = file_url(tmp_path / "source.db")
    quick(source, tmp_path / "in.jsonl", 3)
    folder = export(source, tmp_path / "out")
    damage(folder)
    with pytest.raises(LibraryError, match=told):
        import_(library_url, folder)
    if library_url.startswith("sqlite"):
        assert not (tmp_path / "library.db").exists()
    assert not [path for path in tmp_path.iterdir() if "importing" in path.name]


def test_damaged_parquet_is_told_by_its_file(tmp_path: Path) -> None:
    source = file_url(tmp_path / "source.db")
    quick(source, tmp_path / "in.jsonl", 3)
    folder = export(source, tmp_path / "out", "parquet")
    file = folder / "articles.parquet"
    whole = file.read_bytes()
    for damaged in (whole[:100], b"no parquet", whole[: len(whole) // 2] + b"\0" * 9 + whole[len(whole) // 2 + 9 :]):
        file.write_bytes(damaged)
        with pytest.raises(LibraryError, match=r"articles\.parquet"):
            import_(file_url(tmp_path / "copy.db"), folder)
    (folder / "publications.parquet").replace(file)
    with pytest.raises(LibraryError, match=r"articles\.parquet, row 1: .*missing required field"):
        import_(file_url(tmp_path / "copy.db"), folder)


def test_a_text_that_only_sqlite_can_hold_is_named(postgresql_url: str, tmp_path: Path) -> None:
    source = file_url(tmp_path / "source.db")
    with Library(source) as library:
        rows = [line(1, HARBOUR), line(2, ISLANDS.replace("offer", "of\0fer"))]
        library.add([write_lines(tmp_path / "in.jsonl", rows)], quick=True)
    with pytest.raises(LibraryError, match=r"articles\.jsonl, line 2: .*NUL character"):
        import_(postgresql_url, export(source, tmp_path / "out"))


# The commands


def test_the_commands_export_and_import(tmp_path: Path) -> None:
    source, copy = tmp_path / "source.db", tmp_path / "new" / "copy.db"
    quick(file_url(source), tmp_path / "in.jsonl", 2)
    run = CliRunner().invoke
    for form in FORMS:
        out = ["library", "export", "--library", str(source), "--to", form, "-o", str(tmp_path / form), "--json"]
        told = json.loads(run(app, out).stdout)
        assert (told["format"], told["form"], told["tables"][0]) == (
            "retold-library/1", form, {"name": "articles", "rows": 2}
        )  # fmt: skip
    done = run(app, ["library", "import", str(tmp_path / "parquet"), "--library", str(copy)])
    assert (done.exit_code, done.stdout) == (
        0,
        f"{sum(map(len, rows_of(file_url(source)).values()))} rows of {len(own_tables())} tables: {copy}\n",
    )
    again = run(app, ["library", "import", str(tmp_path / "jsonl"), "--library", str(copy)])
    assert again.exit_code == 1
    assert "is not empty" in again.stderr


def test_parquet_without_its_package_is_refused_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick(file_url(tmp_path / "source.db"), tmp_path / "in.jsonl", 1)
    monkeypatch.setattr("retold.library.transfer.files.find_spec", lambda _: None)
    with pytest.raises(LibraryError, match=r"pip install 'retold\[parquet\]'"):
        export(file_url(tmp_path / "source.db"), tmp_path / "out", "parquet")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    quick(file_url(tmp_path / "source.db"), tmp_path / "in.jsonl", 1)
    (tmp_path / "out").write_text("a file")
    with pytest.raises(LibraryError, match="cannot write into"):
        export(file_url(tmp_path / "source.db"), tmp_path / "out")
