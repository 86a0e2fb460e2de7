"""`retold ledger` as a person runs it."""

import csv
import json
import sqlite3
from io import StringIO
from pathlib import Path

import networkx as nx
import pytest
from typer.testing import CliRunner

from retold.cli import app
from retold.cli.formats import LedgerFormat

run = CliRunner().invoke

FIRST = """Veldania rejects ceasefire

Veldania on Monday rejected a ceasefire. “We will not accept a truce,” President Odo Brenn of Veldania said.

The foreign minister of Marenia, Ada Korr, demanded sanctions against Veldania.
"""
SECOND = """Marenia offers to lift sanctions

Marenia offered to lift sanctions if Veldania accepts a ceasefire, Foreign Minister Ada Korr of Marenia said on Friday.
"""


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    bulk = tmp_path / "reports.jsonl"
    rows = [
        {"id": "a", "text": FIRST, "published": "2031-05-05", "outlet": "The Courier"},
        {"id": "b", "text": SECOND, "published": "2031-05-09", "outlet": "The Tide"},
    ]
    bulk.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return bulk


def ledger(*arguments: object) -> str:
    result = run(app, ["ledger", *map(str, arguments)])
    assert result.exit_code == 0, result.stderr
    return result.stdout


def rows_of(*arguments: object) -> list[dict[str, object]]:
    return [json.loads(line) for line in ledger(*arguments, "--json").splitlines()]


def test_the_table_shows_positions_acts_and_timeline(reports: Path) -> None:
    shown = ledger(reports)
    assert shown.index("Where they stand") < shown.index("What they did and said") < shown.index("Timeline")
    assert "Veldania" in shown
    assert "\x1b" not in shown, "plain when piped"


def test_each_row_of_json_rests_on_its_words(reports: Path) -> None:
    texts = {"rejected a ceasefire": FIRST, "offered to lift sanctions": SECOND}
    rows = rows_of(reports)
    told = [text[slice(*row["evidence"]["span"])] for row in rows for text in texts.values()]  # type: ignore[index]
    assert all(any(words in one for one in told) for words in texts)


def test_positions_and_timeline_can_be_asked_for_alone(reports: Path) -> None:
    assert all("value" in row for row in rows_of(reports, "--show", "positions"))
    assert all("when" in row for row in rows_of(reports, "--show", "timeline"))


@pytest.mark.parametrize(
    ("options", "field", "allowed"),
    [
        (("--actor", "veldania"), "organization", {"Veldania"}),
        (("--issue", "SANCTIONS"), "issue", {"SANCTIONS"}),
        (("--issue", "ceasefire", "--issue", "SANCTIONS"), "issue", {"CEASEFIRE", "SANCTIONS"}),
        (("--since", "2031-05-06"), "issue", {"SANCTIONS", "CEASEFIRE"}),
        (("--until", "2031-05-01"), "issue", set()),
    ],
)
def test_only_what_is_asked_for(reports: Path, options: tuple[str, ...], field: str, allowed: set[str]) -> None:
    rows = rows_of(reports, *options)
    assert {row[field] for row in rows} - {None} <= allowed
    assert bool(rows) is bool(allowed)


def test_every_format_can_be_read_by_its_tools(reports: Path, tmp_path: Path) -> None:
    rows = list(csv.DictReader(StringIO(ledger(reports, "--format", "csv"))))
    assert {row["actor"] for row in rows} >= {"Veldania"}
    assert ledger(reports, "-f", "dna").startswith('"statement_id";"time"')
    database = tmp_path / "talks.dna"
    ledger(reports, "-f", "dna-sqlite", "-o", database)
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT count(*) FROM STATEMENTS").fetchone()[0] > 0
    for form in (LedgerFormat.GRAPHML, LedgerFormat.CONGRUENCE, LedgerFormat.CONFLICT):
        out = tmp_path / f"{form}.graphml"
        ledger(reports, "-f", form, "-o", out)
        assert len(nx.read_graphml(out)) > 0
    assert all(json.loads(line)["event_type"] for line in ledger(reports, "-f", "plover").splitlines())


def test_a_table_can_go_into_a_file(reports: Path, tmp_path: Path) -> None:
    out = tmp_path / "ledger.txt"
    assert ledger(reports, "-o", out) == ""
    assert "Where they stand" in out.read_text("utf-8")


def test_a_codebook_of_ones_own_names_its_issues(reports: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("- {code: X1, label: Silence of the guns, cue words: [ceasefire, truce]}\n", "utf-8")
    assert {row["issue"] for row in rows_of(reports, "--codebook", own)} == {"X1"}


@pytest.mark.parametrize(
    ("option", "name", "text", "message"),
    [
        ("--codebook", "own.tsv", "code\tlabel\tcue words\nA\ta\tx\nA\tb\ty\n", "line 3: the code 'A' is used twice"),
        ("--codebook", "own.tsv", "code\tlabel\nA\ta\n", "lacks the column cue words"),
        ("--codebook", "own.yml", "- [", "no YAML"),
        ("--codebook", "gone.tsv", None, "No such file"),
        ("--actors", "own.tsv", "name\tkind\nA\tship\n", "line 2: expected a kind"),
        ("--actors", "gone.tsv", None, "No such file"),
    ],
)
def test_bad_lists_stop_before_any_work(tmp_path: Path, option: str, name: str, text: str | None, message: str) -> None:
    path = tmp_path / name
    if text is not None:
        path.write_text(text, "utf-8")
    result = run(app, ["ledger", "no-such-report.txt", option, str(path)])
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.replace("│", " ").split())
    assert "no-such-report" not in result.stderr


def test_what_cannot_be_read_is_told_and_the_rest_is_done(reports: Path) -> None:
    result = run(app, ["ledger", str(reports), "no-such-report.txt", "--json"])
    assert result.exit_code == 1
    assert "no-such-report.txt" in result.stderr
    assert result.stdout
