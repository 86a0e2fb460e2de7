"""Care: what is whole passes, what is damaged is found, what is forgotten is gone, only what changed is done again."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from secrets import token_hex

import msgspec
import pytest
from sqlalchemy import Connection, create_engine, delete, func, insert, select, text, update
from tests.library.articles import HARBOUR, ISLANDS, line, reports, write_lines
from tests.library.contents import contents_of
from tests.library.postgres import Server

from retold.library import Library, LibraryError, schema
from retold.library.records import pack_statement, unpack_article, unpack_statement
from retold.library.words import INDEXES, add_words

ROWS = [
    line(1, HARBOUR, title="Cash for the harbour"),
    line(2, ISLANDS, outlet="Veldania Post"),
    line(3, HARBOUR, outlet="Veldania Post", author="Ines Quill"),
]
"""Two texts; that of the harbour is published by two outlets."""


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with what is added to `library`."""
    folder = tmp_path_factory.mktemp("inputs")
    write_lines(folder / "in.jsonl", ROWS)
    write_lines(folder / "more.jsonl", reports(2, start=10))
    return folder


def fill(url: str, inputs: Path) -> str:
    with Library(url) as made:
        made.add([str(inputs / "in.jsonl")])
        made.add([str(inputs / "more.jsonl")], quick=True)
    return url


@pytest.fixture(scope="module")
def filled_file(inputs: Path) -> Path:
    fill(str(inputs / "filled.db"), inputs)
    return inputs / "filled.db"


@pytest.fixture(scope="module")
def filled_database(postgresql_server: Server, inputs: Path) -> Iterator[str]:
    with postgresql_server.database() as url:
        yield fill(url, inputs).rpartition("/")[2]


@pytest.fixture(params=["sqlite", "postgresql"])
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a library of ROWS and of two articles more, of which no statements were found."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("filled_file"), tmp_path / "library.db")
        yield f"sqlite:///{tmp_path / 'library.db'}"
    else:
        server = request.getfixturevalue("postgresql_server")
        with server.database(request.getfixturevalue("filled_database")) as url:
            yield url


def change(url: str, *statements: object) -> None:
    """Change tables behind the back of the library, constraints or not."""
    engine = create_engine(url)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET session_replication_role = replica"))
        for statement in statements:
            connection.execute(text(statement) if isinstance(statement, str) else statement)  # type: ignore[call-overload]
    engine.dispose()


def found_in(url: str) -> list[tuple[str, str, str]]:
    with Library(url) as library:
        return [(one.kind, one.where, one.what) for one in library.check()]


def number_of(url: str, article_text: str) -> int:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = select(schema.articles.c.number).where(schema.articles.c.text == article_text)
        number = connection.execute(found).scalar_one()
    engine.dispose()
    return int(number)


def counts(url: str) -> dict[str, int]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in schema.metadata.sorted_tables
        }
        for index in INDEXES:
            name = f"{index}_docsize" if connection.dialect.name == "sqlite" else index
            found[index] = connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()
    engine.dispose()
    return found


def test_what_is_whole_passes_and_is_described(library: str) -> None:
    assert found_in(library) == []
    with Library(library) as opened:
        info = opened.info()
    assert (info.articles, info.publications, info.outlets) == (4, 5, 2)
    assert sum(info.readings.values()) == 2
    assert info.unread == 2
    assert info.statements == counts(library)["statements"] > 0
    assert info.bytes > 10_000


A, S = schema.articles, schema.statements
DAMAGE: dict[str, tuple[list[object], str, str]] = {
    "a text that changed": ([update(A).where(A.c.number == 1).values(text=HARBOUR + "!")], "article", "not the one"),
    "a record of noise": ([update(A).where(A.c.number == 1).values(record=b"noise")], "article", "damaged"),
    "a day that differs": ([update(A).where(A.c.number == 1).values(published_from="2025-08-19")], "article", "day"),
    "a statement of noise": ([update(S).where(S.c.number == 1).values(record=b"\xc1")], "statement", "damaged"),
    "another statement's id": ([update(S).where(S.c.number == 1).values(id="0-s9")], "statement", "of statement"),
    "another address": (
        [update(schema.publications).where(schema.publications.c.number == 1).values(url="http://elsewhere")],
        "publication 1",
        "what it is known by",
    ),
    "too few vectors": ([update(schema.readings).values(vectors=b"")], "reading", "vectors"),
    "a speaker who is gone": ([delete(schema.speakers)], "statement", "speakers"),
    "no publication": ([delete(schema.publications)], "article", "no publication"),
    "an orphan": (
        [insert(schema.speakers).values(statement=999, place=0, name="Nobody", folded="nobody")],
        "speakers.statement",
        "not there (the first: 999)",
    ),
    "two current readings": (
        [
            insert(schema.readings).values(article=1, version="x", current=True, entities=b"", vectors=b"", added=""),
            insert(schema.readings).values(article=1, version="y", current=True, entities=b"", vectors=b"", added=""),
        ],
        "article",
        "are current",
    ),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_to_rows_is_found(library: str, damage: str) -> None:
    statements, where, what = DAMAGE[damage]
    change(library, *statements)
    assert any(where in one[1] and what in one[2] for one in found_in(library)), found_in(library)


def test_words_outside_of_the_text_are_found(library: str) -> None:
    engine = create_engine(library)
    with engine.begin() as connection:
        row = connection.execute(select(S).order_by(S.c.number).limit(1)).one()
        statement = unpack_statement(row.record)
        beyond = msgspec.structs.replace(statement, content=((0, 10_000),))  # type: ignore[arg-type]
        connection.execute(update(S).where(S.c.number == row.number).values(record=pack_statement(beyond)))
    engine.dispose()
    assert any("outside" in what for _, _, what in found_in(library))


def _replace_article(connection: Connection, number: int, words: str) -> None:
    """Put other words into the index in place of those of an article."""
    if connection.dialect.name == "sqlite":
        article = connection.execute(select(A).where(A.c.number == number)).one()
        from retold.library.words import remove_words, roots_of

        remove_words(connection, "article_words", [(number, roots_of(unpack_article(article.record, article.text)))])
    else:
        connection.execute(text(f"DELETE FROM article_words WHERE number = {number}"))
    if words:
        add_words(connection, "article_words", [(number, words)])


def same_number_of_words(connection: Connection) -> None:
    from retold.library.words import roots_of

    article = connection.execute(select(A).where(A.c.number == 1)).one()
    count = len(roots_of(unpack_article(article.record, article.text)).split())
    _replace_article(connection, 1, " ".join(["sugar"] * count))


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        (lambda connection: _replace_article(connection, 1, ""), "1 articles are missing (the first: 1)"),
        (lambda connection: _replace_article(connection, 1, "sugar"), "1 articles have other words"),
        (same_number_of_words, "words"),
        (lambda connection: add_words(connection, "article_words", [(99, "sugar")]), "1 entries are of nothing"),
        (lambda connection: add_words(connection, "statement_words", [(999, "sugar")]), "1 entries are of nothing"),
    ],
    ids=["missing", "other", "as many", "beyond", "statement"],
)
def test_an_index_that_differs_from_the_texts_is_found_and_mended(
    library: str, damage: Callable[[Connection], None], what: str
) -> None:
    engine = create_engine(library)
    with engine.begin() as connection:
        damage(connection)
    engine.dispose()
    assert [kind for kind, _, told in found_in(library) if what in told] == ["words"]
    with Library(library) as opened:
        assert opened.mend(list(opened.check()))
    assert found_in(library) == []
    with Library(library) as opened:
        assert not opened.mend([])


def test_an_index_of_other_rules_is_made_anew(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite can take out a text only by the roots by which it came in: other rules would leave them there."""
    monkeypatch.setattr("retold.library.words.term", lambda word: word.norm + "x")
    monkeypatch.setattr("retold.library.care.indexing.words_version", lambda: "another")
    assert [kind for kind, _, _ in found_in(library)] == ["words"]
    with Library(library) as opened:
        opened.forget("Veldania Post")
        assert list(opened.check()) == []
        assert not opened.reread().renewed


def test_an_article_that_is_forgotten_is_gone_from_every_table(library: str) -> None:
    before = counts(library)
    with Library(library) as opened:
        identity = next(row[0] for row in contents_of(library)["articles"] if row[1] == HARBOUR)
        would = opened.would_forget(str(identity)[:6])
        assert opened.forget(str(identity)[:6]) == would
    assert (would.articles, would.publications, would.kept) == (1, 2, 0)
    after = counts(library)
    for table in ("articles", "article_words"):
        assert after[table] == before[table] - 1
    for table in ("statements", "speakers", "statement_words"):
        assert 0 < after[table] < before[table]
    assert after["publications"] == before["publications"] - 2
    assert identity not in repr(contents_of(library))
    assert found_in(library) == []


def test_of_an_outlet_goes_what_nobody_else_published(library: str) -> None:
    with Library(library) as opened:
        forgotten = opened.forget("VELDANIA post")
    assert (forgotten.articles, forgotten.publications, forgotten.kept) == (1, 2, 1)
    assert "Veldania Post" not in repr(contents_of(library))
    assert found_in(library) == []


def test_an_article_that_stays_tells_no_more_of_the_outlet_that_went(library: str) -> None:
    with Library(library) as opened:
        assert opened.forget("https://news.example/1").kept == 1
    row = next(row for row in contents_of(library)["articles"] if row[1] == HARBOUR)
    article = unpack_article(row[2], HARBOUR)  # type: ignore[arg-type]
    assert (article.outlet, article.author, article.title) == ("Veldania Post", "Ines Quill", None)
    assert article.url == "https://news.example/3"
    assert found_in(library) == []


def test_what_is_forgotten_can_be_added_again(library: str, inputs: Path) -> None:
    before = contents_of(library)
    with Library(library) as opened:
        opened.forget("Osk Times")
        opened.forget("Veldania Post")
        assert opened.info().articles == 0
    fill(library, inputs)
    after = contents_of(library)
    history = "what became of stories"  # is told for as long as there is a library, without naming what is gone
    assert len(after.pop(history)) > len(before.pop(history))
    assert after == before


@pytest.mark.parametrize("what", ["", "Osk", "ffff", "osk times %", "f" * 12])
def test_what_is_not_there_is_not_forgotten(library: str, what: str) -> None:
    before = counts(library)
    with Library(library) as opened, pytest.raises(LibraryError, match="nothing in the library is named"):
        opened.forget(what)
    assert counts(library) == before


def test_a_beginning_that_may_be_two_is_refused(library: str, tmp_path: Path) -> None:
    identity = str(contents_of(library)["articles"][0][0])
    with Library(library) as opened:
        opened.add([write_lines(tmp_path / "one.jsonl", [line(7, "Ships came.", outlet=identity[:4])])], quick=True)
        with pytest.raises(LibraryError, match=f"article {identity}, an outlet: give more of the id"):
            opened.forget(identity[:4])


def test_no_word_of_what_is_forgotten_stays_in_the_files(tmp_path: Path) -> None:
    rare = "Zyxwvutia"
    rows = [line(0, f"{rare} will pay for the bridge, said Quorvath of {rare}."), *reports(60, start=1)]
    with Library(tmp_path / "talks.db") as library:
        library.add([write_lines(tmp_path / "first.jsonl", rows[:1])])
        library.add([write_lines(tmp_path / "rest.jsonl", rows[1:])], quick=True)
        leave_in_free_pages(tmp_path / "talks.db", rare * 3000)
        assert files_of(tmp_path).count(b"zyxwvut") > 1000
        library.forget("https://news.example/0")
        files = files_of(tmp_path)
        assert files
        for word in (rare, "Quorvath", "news.example/0"):
            assert word.lower().encode() not in files
        assert library.info().articles == 60
        assert list(library.check()) == []


def leave_in_free_pages(file: Path, words: str) -> None:
    """As merged indexes and dropped readings leave words behind, where SQLite is not built to wipe what it frees."""
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA secure_delete = OFF")
    for title in (words, None):
        connection.execute("UPDATE publications SET title = ? WHERE number = 1", (title,))
        connection.commit()
    connection.close()


def files_of(folder: Path) -> bytes:
    """The bytes of all files of the library there, in lower case."""
    return b"".join(path.read_bytes().lower() for path in folder.glob("talks.db*"))


def test_a_vacuum_gives_back_room_and_keeps_everything(library: str) -> None:
    before = contents_of(library)
    titled = update(schema.publications).where(schema.publications.c.number == 1)
    change(library, titled.values(title=token_hex(300_000)))  # which no database can make small
    change(library, titled.values(title=ROWS[0]["title"]))
    with Library(library) as opened:
        full, small = opened.vacuum()
    assert small < full - 100_000
    assert contents_of(library) == before
    assert found_in(library) == []


def test_what_was_left_out_is_found_later(library: str, inputs: Path, tmp_path: Path) -> None:
    with Library(f"sqlite:///{tmp_path / 'other.db'}") as other:
        other.add([str(inputs / "in.jsonl"), str(inputs / "more.jsonl")])
    with Library(library) as opened:
        result = opened.reread()
        assert (result.done, result.problems) == ({"statements": 2}, [])
        assert opened.info().unread == 0
        assert opened.reread().done == {"statements": 0}
    assert contents_of(library) == contents_of(f"sqlite:///{tmp_path / 'other.db'}")


def test_after_a_change_of_rules_only_what_changed_is_done_and_the_old_findings_stay(
    library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = contents_of(library)
    monkeypatch.setattr("retold.library.care.rereading.reading_version", lambda fast=False: f"newer {fast}")
    monkeypatch.setattr("retold.library.preparing.reading_version", lambda fast=False: f"newer {fast}")
    with Library(library) as opened:
        assert opened.reread().done == {"statements": 4}
        info = opened.info()
    assert (info.readings, info.old_readings) == ({"newer False": 4}, 2)
    assert {row[:2] for row in old["readings"]} <= {row[:2] for row in contents_of(library)["readings"]}
    assert found_in(library) == []
    with Library(library) as opened:
        assert opened.reread(fast=True).done == {"statements": 0}  # what the whole network found is good enough
        monkeypatch.undo()
        assert opened.reread().done == {"statements": 4}  # back again: one reading of each version, not two
        assert len(contents_of(library)["readings"]) == 8
        assert opened.reread(drop_old=True).dropped == 4
    kept = contents_of(library)
    assert [row for row in kept["readings"] if row in old["readings"]] == old["readings"]
    assert len(kept["readings"]) == 4
    assert found_in(library) == []


def test_a_reread_that_is_cut_short_goes_on(library: str) -> None:
    done: list[int] = []

    def stop(what: str, count: int, _: int) -> None:
        if what == "statements" and count:
            done.append(count)
            raise KeyboardInterrupt

    with Library(library) as opened:
        with pytest.raises(KeyboardInterrupt):
            opened.reread(stop)
        assert opened.reread().done == {"statements": 1}
    assert done == [1]
    assert found_in(library) == []
