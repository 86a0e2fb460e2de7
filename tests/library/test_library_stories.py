"""The stories of a library: found as articles come, in whatever order, with copies as one voice."""

import json
import random
from pathlib import Path

import pytest
from tests.library.articles import HARBOUR, ISLANDS, line, write_lines
from typer.testing import CliRunner

from retold.cli import app
from retold.library import Library, LibraryError, Wanted

REPORTS = Path(__file__).parents[2] / "examples" / "harbour-talks" / "reports"
STRIKE = (
    "Nurses in Quellmouth walked out of three hospitals on Thursday in a quarrel over night shifts. "
    "Their union, the Bedside League, said that 900 members stayed away from work.\n\n"
    "The hospitals of Quellmouth cancelled 40 operations, and ambulances were sent to Dormer."
)


def add(place: object, path: Path, rows: list[dict[str, str]]) -> None:
    with Library(str(place)) as library:
        library.add([write_lines(path, rows)], quick=True)


def groups(place: object) -> set[frozenset[str]]:
    with Library(str(place)) as library:
        return {frozenset(one.id for one in story.articles) for story in library.stories().stories}


def test_reports_of_one_event_are_one_story_and_others_are_not(library_url: str, tmp_path: Path) -> None:
    add(library_url, tmp_path / "in.jsonl", [line(1, STRIKE), line(2, ISLANDS)])
    with Library(library_url) as library:
        library.add([str(REPORTS)], quick=True)
        found = library.stories(least=2)
    assert [len(story.articles) for story in found.stories] == [10]
    assert (found.total, found.smaller) == (1, 2)
    assert found.stories[0].voices < 10  # some of them copy others
    assert (found.stories[0].since, found.stories[0].until) == ("2026-03-12", "2026-03-14")


def test_any_order_gives_the_same_stories(tmp_path: Path) -> None:
    reports = sorted(map(str, REPORTS.iterdir()))
    found = []
    for seed in range(3):
        random.Random(seed).shuffle(reports)
        with Library(tmp_path / f"{seed}.db") as library:
            for report in reports:  # each in a run of its own: the indexes are opened anew
                library.add([report], quick=True)
        found.append(groups(tmp_path / f"{seed}.db"))
    assert found[0] == found[1] == found[2]


def test_a_story_tells_what_became_of_it(library_url: str) -> None:
    with Library(library_url) as library:
        library.add([str(REPORTS)], quick=True)
        story = library.story(library.stories().stories[0].id)
    kinds = [change.kind for change in story.changes]
    assert kinds[0] == "created"
    assert (
        kinds.count("joined")
        + len(story.changes[0].articles)
        + sum(len(change.articles) for change in story.changes if change.kind == "moved")
        >= 8
    )
    assert {change.cause for change in story.changes} <= {one.id for one in story.articles}


def test_what_two_outlets_copy_is_one_voice(library_url: str, tmp_path: Path) -> None:
    copy = STRIKE.replace("walked out of", "left").replace("Dormer", "Dormer, it is said")
    rows = [line(1, STRIKE), line(2, STRIKE, outlet="Veldania Post"), line(3, copy, outlet="Dormer Echo")]
    add(library_url, tmp_path / "in.jsonl", rows)
    with Library(library_url) as library:
        (story,) = library.stories().stories
    assert len(story.articles) == 2
    assert story.voices == 1
    assert story.outlets == ("Osk Times", "Veldania Post", "Dormer Echo") or set(story.outlets) == {
        "Osk Times",
        "Veldania Post",
        "Dormer Echo",
    }


def test_stories_are_asked_for_by_day_and_words(library_url: str, tmp_path: Path) -> None:
    rows = [line(1, STRIKE, published="2031-05-04"), line(2, HARBOUR, published="2031-06-01")]
    add(library_url, tmp_path / "in.jsonl", rows)
    with Library(library_url) as library:
        titles = {
            name: [story.since for story in library.stories(wanted).stories]
            for name, wanted in {
                "all": Wanted(),
                "late": Wanted(since="2031-05-05"),
                "early": Wanted(until="2031-05-05"),
                "words": Wanted(about="nurses"),
                "none": Wanted(about="zeppelin"),
            }.items()
        }
    assert titles == {
        "all": ["2031-06-01", "2031-05-04"],
        "late": ["2031-06-01"],
        "early": ["2031-05-04"],
        "words": ["2031-05-04"],
        "none": [],
    }


def test_a_dossier_of_a_story(library_url: str, tmp_path: Path) -> None:
    few = [str(REPORTS / name) for name in ("01-wire-original.html", "03-trimmed-copy.txt")]
    with Library(library_url) as library:
        library.add(few)
        story = library.stories().stories[0]
        dossier = library.report(story.id)
    assert {article.id for article in dossier.articles} == {one.id for one in story.articles}
    assert len(dossier.articles) == 2
    assert dossier.lineage.edges
    done = CliRunner().invoke(app, ["report", "--story", story.id, "--library", library_url, "-o", str(tmp_path / "d")])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "d" / "dossier.html").exists()


def test_stories_of_files_without_a_library(tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "in.jsonl", [line(7, STRIKE), line(8, ISLANDS), line(9, STRIKE + " More later.")])
    done = CliRunner().invoke(app, ["stories", lines, "--json"])
    assert done.exit_code == 0
    given = [[one["given_ids"] for one in json.loads(row)["articles"]] for row in done.stdout.splitlines()]
    assert sorted(sorted(name for names in story for name in names) for story in given) == [["a7", "a9"], ["a8"]]
    missing = CliRunner().invoke(app, ["stories", lines, str(tmp_path / "none.txt")])
    assert missing.exit_code == 1
    assert "1 story of 2 articles or more; 1 smaller ones" in missing.stdout


@pytest.mark.parametrize(("given", "said"), [("s999", "no story s999"), ("x", "no id of a story"), ("s-1", "no id")])
def test_a_story_that_is_not_there(library_url: str, tmp_path: Path, given: str, said: str) -> None:
    add(library_url, tmp_path / "in.jsonl", [line(1, STRIKE)])
    with Library(library_url) as library, pytest.raises(LibraryError, match=said):
        library.story(given)


def test_the_command(library_url: str, tmp_path: Path) -> None:
    add(library_url, tmp_path / "in.jsonl", [line(1, STRIKE, title="[red]Nurses\x1b[2J walk out")])
    shown = CliRunner().invoke(app, ["stories", "--least", "1", "--library", library_url])
    assert shown.exit_code == 0
    assert "[red]Nurses" in shown.output
    assert "\x1b" not in shown.output
    rows = CliRunner().invoke(app, ["stories", "--least", "1", "--json", "--library", library_url])
    assert rows.stdout.count('"voices":1') == 1


def test_exports_of_a_story(library_url: str, tmp_path: Path) -> None:
    with Library(library_url) as library:
        library.add([write_lines(tmp_path / "in.jsonl", [line(1, HARBOUR)])])
        story = library.stories().stories[0].id
    run = CliRunner().invoke
    for form, expected in (
        ("json-ld", "NewsArticle"),
        ("annotations", "TextQuoteSelector"),
        ("prov", "prov:Quotation"),
    ):
        done = run(app, ["export", "--story", story, "--library", library_url, "--to", form])
        assert done.exit_code == 0
        assert expected in done.stdout
    assert run(app, ["export", "--to", "prov"]).exit_code == 2
    assert run(app, ["export", str(tmp_path), "--story", story, "--to", "prov"]).exit_code == 2
