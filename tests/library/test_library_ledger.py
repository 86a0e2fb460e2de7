"""The ledger across a library: as from files, kept once found, copies one voice."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, delete, insert, select
from tests.library.articles import line, write_lines
from typer.testing import CliRunner

from retold.article import Article
from retold.cli import app
from retold.library import Library, LibraryError, Wanted, ledgers, schema
from retold.pipeline import make_ledger
from retold.reading import read_inputs

REPORTS = Path(__file__).parents[2] / "examples" / "harbour-talks" / "reports"
FEW = [str(REPORTS / name) for name in ("01-wire-original.html", "03-trimmed-copy.txt", "09-opponents-side.txt")]


@pytest.fixture
def library(library_url: str) -> Iterator[Library]:
    with Library(library_url) as library:
        library.add(FEW)
        yield library


@pytest.mark.parametrize("name", FEW)
def test_of_one_article_it_is_what_the_file_gives(library_url: str, name: str) -> None:
    # Of several it may differ: from files, articles learn from one another which country a word stands for.
    expected = make_ledger([found for found in read_inputs([name]) if isinstance(found, Article)])
    with Library(library_url) as library:
        library.add([name])
        for _ in range(2):  # as found, and as kept
            found = library.ledger()
            assert found.ledger == expected.ledger
            assert found.positions == expected.positions
            assert found.statements == expected.statements
    assert expected.ledger


def test_what_was_found_once_is_kept(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    first = library.ledger()

    def fail(*_: object) -> None:
        raise AssertionError("it was found before")

    monkeypatch.setattr(ledgers, "read_entries", fail)
    assert library.ledger().ledger == first.ledger


def test_it_can_be_asked_while_another_process_writes(library: Library) -> None:
    with library._writing():
        assert library.ledger().ledger


def test_copies_are_one_voice(library: Library) -> None:
    engine = create_engine(library.url)
    with engine.begin() as connection:
        connection.execute(delete(schema.reuse))
    apart = max(position.voices or 0 for position in library.ledger().positions)
    with engine.begin() as connection:
        one, two, three = connection.execute(select(schema.articles.c.number).order_by("number")).scalars()
        copies = [{"article": two, "other": one}, {"article": three, "other": one}]
        rows = [{**pair, "kind": "near_duplicate", "of_article": 0.9, "of_other": 0.8} for pair in copies]
        connection.execute(insert(schema.reuse), rows)
    engine.dispose()
    assert apart > 1
    assert {position.voices for position in library.ledger().positions} == {1}


def test_every_outlet_that_published_it_is_named(library_url: str, tmp_path: Path) -> None:
    text = (REPORTS / "03-trimmed-copy.txt").read_text("utf-8")
    rows = [line(1, text), line(2, text, outlet="Veldania Post")]
    with Library(library_url) as library:
        library.add([write_lines(tmp_path / "in.jsonl", rows)])
        positions = library.ledger().positions
    assert positions
    assert {position.outlets for position in positions} == {("Osk Times", "Veldania Post")}


def test_only_what_is_asked_for_is_looked_at(library: Library) -> None:
    assert len(library.ledger(Wanted(about='"outer bank"')).articles) in (1, 2, 3)
    assert not library.ledger(Wanted(until="1999-01-01")).articles
    with pytest.raises(LibraryError, match="no story"):
        library.ledger(Wanted(story="s-none"))


def test_the_command(library: Library) -> None:
    url = library.url.render_as_string(hide_password=False)
    done = CliRunner().invoke(app, ["ledger", "--library", url, "--json"])
    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) == len(library.ledger().ledger)
    both = CliRunner().invoke(app, ["ledger", "a.txt", "--library", url])
    assert both.exit_code == 2
    assert "it is about a library" in both.output
