"""`retold trace`, `quotes` and `search` as their users see them."""

import json
from pathlib import Path

import pytest
from tests.library.tellings import Report, copies, keep
from typer.testing import CliRunner

from retold.cli import app

run = CliRunner().invoke
WORDS = "we were able to win the following concession"
FIRST = Report(
    "{“We were able to win the following concession from Veldania,”} <Ada Venn> told reporters in the capital.",
    "Osk Times",
    "2025-08-18",
)
COPY = Report(
    "{“We were able to win the following concession from Veldania,”} <Ada Venn> told reporters.",
    "Veldania Post",
    "2025-08-19",
)
UNDATED = Report("{“We were able to win the following concession,”} <the minister> said.", "Pier [red]News\x1b[31m")


@pytest.fixture
def library(tmp_path: Path) -> str:
    place = str(tmp_path / "talks.db")
    first, copy, _ = keep(place, [FIRST, COPY, UNDATED])
    copies(f"sqlite:///{place}", copy, first)
    return place


def shown(arguments: list[str]) -> str:
    result = run(app, arguments, env={"COLUMNS": "160"})
    assert result.exit_code == 0, result.output
    return result.output


def test_a_trace_says_who_copied_whom_and_what_changed(library: str) -> None:
    output = shown(["trace", WORDS, "--library", library])
    assert "3 tellings in 3 articles, 2 voices, oldest first" in output
    assert "»We were able to win the following concession«" in output.replace("\n", " ")
    assert "copied from 1" in output
    assert "word for word as 1" in output
    assert "2, cut short (which was first is unknown)" in " ".join(output.split()) or "cut short" in output
    assert "undated" in output
    assert "“the minister”" in output


def test_what_is_shown_cannot_act_on_the_terminal(library: str) -> None:
    output = shown(["trace", WORDS, "--library", library])
    assert "\x1b" not in output
    assert "[red]News" in output


def test_json_is_an_object_a_telling_with_its_places(library: str) -> None:
    lines = [json.loads(line) for line in shown(["trace", WORDS, "--library", library, "--json"]).splitlines()]
    assert [line["origin"] for line in lines] == ["source", "copy", "own"]
    assert lines[1]["of"] == lines[0]["source"]["article"]
    assert lines[1]["departure"]["other"] == lines[0]["id"]
    assert lines[0]["passage"]["spans"] == [[0, 61]]


def test_nothing_found_is_said_and_is_no_failure(library: str) -> None:
    assert shown(["trace", "a dragon was seen over the northern castle", "--library", library]).startswith("Nothing")
    assert shown(["search", "dragon", "--library", library]).startswith("0 of 3 articles")
    assert shown(["quotes", "--speaker", "dragon", "--library", library]).startswith("No statement")


def test_quotes_count_copies_once_and_say_what_has_no_day(library: str) -> None:
    output = shown(["quotes", "--about", "concession", "--since", "2025-08-01", "--library", library])
    assert output.startswith("2 statements, copies together in 1 row; 1 more fit but for their day, which is unknown")
    assert "in 2 outlets, 1 voice" in " ".join(output.split())
    assert "»concession«" in output


def test_a_search_says_of_how_many_and_marks_what_it_found(library: str) -> None:
    output = shown(["search", "reporters -capital", "--library", library])
    assert output.startswith("1 of 3 articles, the best first")
    assert "»reporters«" in output
    (line,) = shown(["search", "reporters -capital", "--library", library, "--json"]).splitlines()
    assert json.loads(line)["source"]["publications"][0]["outlet"] == "Veldania Post"


@pytest.mark.parametrize("command", [["trace", WORDS], ["quotes"], ["search", "harbour"]])
def test_a_library_that_is_not_there_is_told(command: list[str], tmp_path: Path) -> None:
    result = run(app, [*command, "--library", str(tmp_path / "none.db")])
    assert result.exit_code == 1
    assert "start one with `retold add`" in result.output


def test_words_that_cannot_be_searched_for_are_told(library: str) -> None:
    result = run(app, ["search", "the of", "--library", library])
    assert (result.exit_code, "can be searched for" in result.output) == (1, True)
