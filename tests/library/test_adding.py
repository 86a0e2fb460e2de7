"""Adding: the same twice is one, a changed text a new version, one bad article stops nothing."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select
from tests.library.articles import HARBOUR, ISLANDS, line, reports, write_lines

from retold.library import Library, LibraryError, Outcome, schema
from retold.library.adding import Added


def add(url: str, path: Path, rows: list[dict[str, str]], *, quick: bool = True) -> Added:
    with Library(url) as library:
        return library.add([write_lines(path, rows)], quick=quick)


def rows_of(url: str, table: str) -> list[dict[str, object]]:
    with create_engine(url).connect() as connection:
        return [dict(row) for row in connection.execute(select(schema.metadata.tables[table])).mappings()]


def test_the_same_twice_is_one(library_url: str, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    first = add(library_url, path, reports(3))
    again = add(library_url, path, reports(4))
    assert first.counts == {Outcome.NEW: 3}
    assert again.counts == {Outcome.NEW: 1}
    assert again.skipped == 3  # they were not even read
    assert len(rows_of(library_url, "articles")) == 4
    assert len(rows_of(library_url, "publications")) == 4


def test_a_changed_text_is_a_new_version_and_the_old_one_stays(library_url: str, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    add(library_url, path, [line(1, HARBOUR)])
    changed = add(library_url, path, [line(1, HARBOUR + " Venn left on Wednesday.")])
    assert changed.counts == {Outcome.VERSION: 1}
    assert [row["version"] for row in rows_of(library_url, "publications")] == [1, 2]
    assert {row["text"] for row in rows_of(library_url, "articles")} >= {HARBOUR}


def test_a_text_that_two_outlets_publish_is_one_article_with_two_publications(library_url: str, tmp_path: Path) -> None:
    rows = [line(1, HARBOUR), line(2, HARBOUR, outlet="Veldania Post"), line(3, ISLANDS)]
    added = add(library_url, tmp_path / "in.jsonl", rows)
    assert added.counts == {Outcome.NEW: 2, Outcome.PUBLICATION: 1}
    assert {row["outlet"] for row in rows_of(library_url, "publications")} == {"Osk Times", "Veldania Post"}
    assert add(library_url, tmp_path / "in.jsonl", rows).skipped == 3


def test_ids_of_two_files_are_not_taken_for_versions_of_one_article(library_url: str, tmp_path: Path) -> None:
    add(library_url, tmp_path / "monday.jsonl", [{"id": "1", "text": HARBOUR}])
    other = add(library_url, tmp_path / "tuesday.jsonl", [{"id": "1", "text": ISLANDS}])
    assert other.counts == {Outcome.NEW: 1}


def test_statements_are_kept_with_their_speakers(library_url: str, tmp_path: Path) -> None:
    add(library_url, tmp_path / "in.jsonl", [line(1, HARBOUR), line(2, ISLANDS)], quick=False)
    names = {row["name"] for row in rows_of(library_url, "speakers")}
    assert {"Ada Venn", "Tomas Brock"} <= names
    readings = rows_of(library_url, "readings")
    assert [row["current"] for row in readings] == [True, True]
    kept = rows_of(library_url, "statements")
    assert len(b"".join(row["vectors"] for row in readings)) == 48 * len(kept)  # type: ignore[misc]


def test_a_bad_article_stops_nothing(library_url: str, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    write_lines(path, [line(1, HARBOUR), line(2, " "), line(3, ISLANDS)])
    path.write_text(path.read_text("utf-8") + "{no json\n", "utf-8")
    with Library(library_url) as library:
        added = library.add([str(path), str(tmp_path / "missing.txt")], quick=True)
    assert added.counts == {Outcome.NEW: 2}
    assert [problem.level for problem in added.problems] == ["error"] * 3


def test_a_text_that_the_database_cannot_hold_stops_nothing(library_url: str, tmp_path: Path) -> None:
    rows = [line(1, HARBOUR), line(2, ISLANDS.replace("offer", "of\0fer")), line(3, ISLANDS)]
    added = add(library_url, tmp_path / "in.jsonl", rows)
    kept = {row["text"] for row in rows_of(library_url, "articles")}
    assert {HARBOUR, ISLANDS} <= kept
    assert len(kept) + len(added.problems) == 3


def test_an_article_that_fails_half_way_leaves_nothing(
    library_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(library_url, tmp_path / "in.jsonl", [line(1, HARBOUR)])

    def fail(*_: object) -> None:
        raise LibraryError("the disk is full")

    monkeypatch.setattr("retold.library.storing.store_publication", fail)
    with pytest.raises(LibraryError, match="disk is full"):
        add(library_url, tmp_path / "in.jsonl", [line(2, ISLANDS)])
    assert len(rows_of(library_url, "articles")) == 1
    monkeypatch.undo()
    assert add(library_url, tmp_path / "in.jsonl", [line(2, ISLANDS)]).counts == {Outcome.NEW: 1}


def test_a_library_that_is_not_there_is_not_made_by_a_question(tmp_path: Path) -> None:
    with Library(tmp_path / "none.db") as library, pytest.raises(LibraryError, match="start one with `retold add`"):
        _ = library._engine
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("url", ["mysql://localhost/x", "http://localhost", "sqlite:///:memory:", "sqlite://"])
def test_a_library_is_kept_in_sqlite_or_postgresql(url: str) -> None:
    with pytest.raises(LibraryError, match="postgresql://USER@HOST/DATABASE was expected"):
        Library(url)


def test_tables_of_something_else_are_left_alone(library_url: str, tmp_path: Path) -> None:
    with create_engine(library_url).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE recipes (name TEXT)")
    with pytest.raises(LibraryError, match="recipes"):
        add(library_url, tmp_path / "in.jsonl", [line(1, HARBOUR)])


def test_the_indexes_of_words_hold_what_the_tables_hold(library_url: str, tmp_path: Path) -> None:
    add(library_url, tmp_path / "in.jsonl", [line(1, HARBOUR), line(2, ISLANDS)], quick=False)
    column = "rowid" if library_url.startswith("sqlite") else "number"
    with create_engine(library_url).connect() as connection:
        for index, table in (("article_words", "articles"), ("statement_words", "statements")):
            indexed = connection.exec_driver_sql(f"SELECT {column} FROM {index} ORDER BY 1").scalars().all()
            assert indexed == [row["number"] for row in rows_of(library_url, table)]
            counted = select(func.count()).select_from(schema.metadata.tables[table])
            assert connection.execute(counted).scalar() == len(indexed)


def test_an_article_is_of_the_day_of_its_first_publication(library_url: str, tmp_path: Path) -> None:
    rows = [
        line(1, HARBOUR, published="2031-05-04"),
        line(2, HARBOUR, outlet="Veldania Post", published="2031-05-02"),
        line(3, HARBOUR, outlet="Quarra Sun"),
    ]
    add(library_url, tmp_path / "in.jsonl", rows)
    assert [row["published_from"] for row in rows_of(library_url, "articles")] == ["2031-05-02"]
    with Library(library_url) as library:
        assert list(library.check()) == []
        library.forget("Veldania Post")
        assert list(library.check()) == []
    assert [row["published_from"] for row in rows_of(library_url, "articles")] == ["2031-05-04"]
