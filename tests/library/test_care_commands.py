"""`retold library …`: what it says, and with which status."""

import json
from pathlib import Path

import pytest
import typer
from tests.library.articles import HARBOUR, ISLANDS, line, reports, write_lines
from typer.testing import CliRunner, Result

from retold.cli import app
from retold.cli.library import app as library_app
from retold.library import Library
from retold.library.words import remove_words


@pytest.fixture
def place(tmp_path: Path) -> Path:
    rows = [line(1, HARBOUR, published="2025-08-19"), line(2, HARBOUR, outlet="Veldania Post"), line(3, ISLANDS)]
    with Library(tmp_path / "talks.db") as library:
        library.add([write_lines(tmp_path / "in.jsonl", [*rows, *reports(2, start=10)])], quick=True)
    return tmp_path / "talks.db"


def run(place: Path, *arguments: str, answer: str | None = None) -> Result:
    return CliRunner().invoke(app, ["library", *arguments, "--library", str(place)], input=answer)


def articles_in(place: Path) -> int:
    with Library(place) as library:
        return library.info().articles


@pytest.mark.parametrize("command", sorted(typer.main.get_command(library_app).commands))  # type: ignore[attr-defined]
def test_help_has_an_example(command: str) -> None:
    result = CliRunner().invoke(app, ["library", command, "--help"])
    assert result.exit_code == 0
    assert f"Example: retold library {command}" in result.stdout


def test_info_shows_what_is_there(place: Path) -> None:
    result = run(place, "info")
    assert result.exit_code == 0
    rows = dict(line.strip().split(maxsplit=1) for line in result.stdout.splitlines())
    assert rows["library"] == f"{place} (SQLite, tables of revision 0001)"
    assert (rows["articles"], rows["publications"]) == ("4", "5, of 2 outlets")
    assert rows["published"] == "2025-08-19"
    told = json.loads(run(place, "info", "--json").stdout)
    assert (told["articles"], told["days"], told["unread"]) == (4, ["2025-08-19", "2025-08-19"], 4)


def test_check_tells_faults_and_mends_what_can_be_mended(place: Path) -> None:
    assert (run(place, "check").exit_code, run(place, "check").stdout) == (0, f"all is well: {place}\n")
    with Library(place) as library, library._engine.execution_options(writes=True).begin() as connection:
        remove_words(connection, "article_words", [(1, "osk")])
    result = run(place, "check")
    assert result.exit_code == 1
    assert "`retold library check --mend` makes it anew from the texts" in result.stdout
    assert result.stdout.endswith(f": {place}\n")
    row = json.loads(run(place, "check", "--json").stdout.splitlines()[0])
    assert (row["kind"], row["where"]) == ("words", "index article_words")
    mended = run(place, "check", "--mend")
    assert mended.exit_code == 0
    assert "these indexes were made anew: words" in mended.stderr
    assert mended.stdout.endswith(f"all is well: {place}\n")


def test_reread_says_what_it_did(place: Path) -> None:
    assert run(place, "reread").stdout == f"statements of 4 articles found anew: {place}\n"
    assert run(place, "reread").stdout == f"nothing has changed: {place}\n"
    told = {"statements": 0, "old readings dropped": 0, "failed": 0, "indexes renewed": []}
    assert json.loads(run(place, "reread", "--json").stdout) == told


def test_forget_says_what_would_go_and_lets_nothing_go_unasked(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    going = "3 articles and 4 publications (kept: 1 article that others published too)"
    assert run(place, "forget", "osk times", "--dry-run").stdout == f"would go: {going}: {place}\n"
    unasked = run(place, "forget", "osk times")
    assert unasked.exit_code == 2
    assert "say --yes" in unasked.stderr
    monkeypatch.setattr("retold.cli.library._is_terminal", lambda: True)
    refused = run(place, "forget", "osk times", answer="n\n")
    assert refused.exit_code == 1
    assert f"Forget {going}, in {place}? [y/N]" in refused.stderr
    assert articles_in(place) == 4
    assert f"forgotten: {going}: {place}\n" in run(place, "forget", "osk times", answer="y\n").stdout
    assert articles_in(place) == 1
    again = run(place, "forget", "osk times", "--yes")
    assert again.exit_code == 1
    assert "nothing in the library is named 'osk times'" in again.stderr


def test_vacuum_says_how_large_the_library_is(place: Path) -> None:
    result = run(place, "vacuum")
    assert result.exit_code == 0
    assert result.stdout.endswith(f" MB now: {place}\n")


@pytest.mark.parametrize("command", [["info"], ["check"], ["reread"], ["forget", "x", "--yes"], ["vacuum"]])
def test_care_begins_no_library(tmp_path: Path, command: list[str]) -> None:
    result = run(tmp_path / "none.db", *command)
    assert result.exit_code == 1
    assert "there is no library at" in result.stderr
    assert list(tmp_path.iterdir()) == []
