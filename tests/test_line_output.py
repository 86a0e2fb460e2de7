"""`retold statements` over bulk input: order, bad lines, interruption and going on."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from retold import pipeline
from retold.article import Article, Problem
from retold.cli import app
from retold.cli.line_output import open_lines
from retold.reading import read_text
from retold.statements.find import ArticleReading
from retold.statements.shipped import ShippedNetwork

run = CliRunner().invoke
NAMES = ("Ada", "Bea", "Teo", "Ida", "Max", "Eve", "Ole", "Una", "Kai", "Liv", "Mia", "Jan")


def write_bulk(path: Path) -> Path:
    rows = [json.dumps({"id": name, "text": f"{name} Venn said that the lock was shut."}) for name in NAMES]
    rows.insert(3, "{not json")
    path.write_text("\n".join(rows), "utf-8")
    return path


def ids(path: Path) -> list[str]:
    return [json.loads(line)["id"] for line in path.read_text("utf-8").splitlines()]


def test_order_is_kept_and_a_bad_line_costs_only_itself(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    result = run(app, ["statements", str(write_bulk(tmp_path / "in.jsonl")), "-o", str(out)])
    assert result.exit_code == 1
    assert "in.jsonl:4" in result.stderr
    assert ids(out) == list(NAMES)
    assert all(json.loads(line)["statements"] for line in out.read_text("utf-8").splitlines())


def test_resume_keeps_whole_lines_and_adds_what_is_missing(tmp_path: Path) -> None:
    bulk, out = write_bulk(tmp_path / "in.jsonl"), tmp_path / "out.jsonl"
    run(app, ["statements", str(bulk), "-o", str(out)])
    whole = out.read_bytes()
    lines = whole.splitlines(keepends=True)
    out.write_bytes(b"".join(lines[:5]) + lines[5][:20])  # stopped in the middle of a line
    result = run(app, ["statements", str(bulk), "-o", str(out), "--resume"])
    assert result.exit_code == 1, "the bad line is told again"
    assert out.read_bytes() == whole


def test_resume_of_a_finished_run_does_no_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bulk, out = write_bulk(tmp_path / "in.jsonl"), tmp_path / "out.jsonl"
    run(app, ["statements", str(bulk), "-o", str(out)])
    whole = out.read_bytes()
    monkeypatch.setattr(pipeline, "read_article", lambda *_: pytest.fail("worked"))
    run(app, ["statements", str(bulk), "-o", str(out), "--resume"])
    assert out.read_bytes() == whole


def test_resume_needs_its_file_and_knows_its_own(tmp_path: Path) -> None:
    bulk = write_bulk(tmp_path / "in.jsonl")
    assert run(app, ["statements", str(bulk), "--resume"]).exit_code == 2
    foreign = tmp_path / "notes.txt"
    foreign.write_text("my notes\n", "utf-8")
    result = run(app, ["statements", str(bulk), "-o", str(foreign), "--resume"])
    assert result.exit_code == 1
    assert "line 1" in result.stderr
    assert foreign.read_text("utf-8") == "my notes\n"


def test_two_lines_of_one_id_answer_for_two_articles(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text('{"id":"a","statements":[]}\n', "utf-8")
    with open_lines(path, resume=True) as lines:
        assert [lines.is_done("a"), lines.is_done("a"), lines.is_done("b")] == [True, False, False]


def articles(names: Sequence[str]) -> Iterator[Article]:
    for name in names:
        yield read_text(f"{name} Venn said that the lock was shut.", name=name)


def test_an_article_that_fails_is_a_problem_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    real = pipeline.read_article

    def fragile(article: Article, network: ShippedNetwork) -> ArticleReading:
        if article.input == "Teo":
            raise RuntimeError("it broke")
        return real(article, network)

    monkeypatch.setattr(pipeline, "read_article", fragile)
    found = list(pipeline.find_each(articles(NAMES)))
    assert [one.input if isinstance(one, Problem) else one[0].input for one in found] == list(NAMES)
    problems = [one for one in found if isinstance(one, Problem)]
    assert [(one.input, "it broke" in one.reason) for one in problems] == [("Teo", True)]


def test_articles_are_taken_as_they_are_needed() -> None:
    taken = 0

    def count() -> Iterator[Article]:
        nonlocal taken
        for article in articles([f"Ada{number}" for number in range(400)]):
            taken += 1
            yield article

    found = pipeline.find_each(count())
    next(found)
    assert taken < 200
    found.close()  # type: ignore[attr-defined]
