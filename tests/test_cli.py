"""The commands as a person runs them: what they print, write, and say of bad input."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import validate
from typer.testing import CliRunner

from retold.cli import app
from retold.cli.formats import ExportName
from retold.dossier.as_json import shipped_schema
from retold.exports import EXPORTS

EXAMPLES = Path(__file__).parents[1] / "examples" / "harbour-talks" / "reports"
WIRE, REWRITE = str(EXAMPLES / "01-wire-original.html"), str(EXAMPLES / "04-rewrite.txt")
run = CliRunner().invoke


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_report_writes_a_page_and_valid_json(tmp_path: Path) -> None:
    result = run(app, ["report", WIRE, REWRITE, "-o", str(tmp_path)])
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout, "plain when piped"
    assert "Tarnwick" in result.stdout
    validate(json.loads((tmp_path / "dossier.json").read_text("utf-8")), json.loads(shipped_schema()))
    assert (tmp_path / "dossier.html").read_text("utf-8").startswith("<!doctype html>")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dossier.html", "dossier.json"]


def test_report_as_json_writes_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(app, ["report", WIRE, "--json"])
    assert json.loads(result.stdout)["format"] == "retold-dossier/1"
    assert list(tmp_path.iterdir()) == []


def test_the_same_run_twice_gives_the_same_rows() -> None:
    """In two processes: sets of strings come in another order in each."""
    command = [sys.executable, "-m", "retold", "report", str(EXAMPLES), "--json"]
    runs = [
        subprocess.run(command, capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    ]
    dossiers = [json.loads(run) for run in runs]
    for dossier in dossiers:
        del dossier["made"]
    assert dossiers[0] == dossiers[1]


def test_statements_of_bulk_input_keep_the_given_ids(tmp_path: Path) -> None:
    bulk = tmp_path / "two.jsonl"
    rows = [
        {"id": "first", "text": "“We will dredge,” Ada Venn said.\n\nNobody else on the quay said a word."},
        {"id": 7, "text": "The board said the lock was closed. It gave no reason for that."},
    ]
    bulk.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    result = run(app, ["statements", str(bulk), "--json"])
    assert [line["id"] for line in lines(result.stdout)] == ["first", "7"]
    for line, row in zip(lines(result.stdout), rows, strict=True):
        for statement in line["statements"]:  # type: ignore[attr-defined]
            assert all(str(row["text"])[start:end] for start, end in statement["content"])


def test_clean_shows_the_article_and_says_what_was_set_aside() -> None:
    result = run(app, ["clean", str(EXAMPLES / "02-aggregator-copy.txt")])
    assert "Barges lie three abreast" not in result.stdout
    assert "Six hours of talks" in result.stdout
    assert "caption" in result.stderr
    assert "Barges lie" in result.stderr
    line = json.loads(run(app, ["clean", WIRE, "--json"]).stdout)
    assert set(line) == {"id", "text", "blocks"}


def test_compare_gives_a_line_for_each_pair() -> None:
    third = str(EXAMPLES / "03-trimmed-copy.txt")
    result = run(app, ["compare", WIRE, REWRITE, third, "--json"])
    assert len(lines(result.stdout)) == 3
    assert run(app, ["compare", WIRE]).exit_code == 2
    assert "relation" in run(app, ["compare", WIRE, REWRITE]).stdout


def test_a_bad_input_is_told_and_the_rest_is_done(tmp_path: Path) -> None:
    bad = {
        "empty.txt": b"",
        "binary.txt": bytes(range(256)) * 40,
        "page.html": b"<html><body><nav>Home</nav></body></html>",
    }
    for name, data in bad.items():
        (tmp_path / name).write_bytes(data)
    inputs = [str(tmp_path / name) for name in (*bad, "missing.txt")]
    result = run(app, ["report", *inputs, REWRITE, REWRITE, "--json"])
    dossier = json.loads(result.stdout)
    assert result.exit_code == 1
    assert len(dossier["articles"]) == 1
    problems = [(problem["level"], Path(problem["input"]).name) for problem in dossier["problems"]]
    assert problems == [*(("error", name) for name in (*bad, "missing.txt")), ("note", "04-rewrite.txt")]
    assert all("\n" not in problem["reason"] for problem in dossier["problems"])


def test_only_bad_input_writes_nothing(tmp_path: Path) -> None:
    result = run(app, ["report", str(tmp_path / "missing.txt"), "-o", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert not (tmp_path / "out").exists()


def test_a_note_alone_is_no_failure() -> None:
    assert run(app, ["statements", REWRITE, REWRITE, "--json"]).exit_code == 0


def test_a_bad_codebook_stops_before_any_work(tmp_path: Path) -> None:
    codebook = tmp_path / "issues.tsv"
    codebook.write_text("code\tlabel\nA\n", "utf-8")
    result = run(app, ["report", REWRITE, "--codebook", str(codebook), "-o", str(tmp_path / "out")])
    assert result.exit_code == 2
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    result = run(app, ["report", REWRITE, "-o", str(tmp_path / "file")])
    assert result.exit_code == 1
    assert "choose another folder" in result.stderr


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dossier of two reports, with every export beside it that can be made here."""
    out = tmp_path_factory.mktemp("dossier")
    wanted = [option for name in EXPORTS if EXPORTS[name].available for option in ("--export", name)]
    result = run(app, ["report", WIRE, REWRITE, "-o", str(out), *wanted])
    assert result.exit_code == 0
    assert "lineage.graphml, lineage.prov.json" in " ".join(result.stdout.split())
    return out


def test_there_is_a_choice_for_each_export() -> None:
    assert {name.value for name in ExportName} == set(EXPORTS)


@pytest.mark.parametrize("name", [name for name in EXPORTS if EXPORTS[name].available])
def test_an_export_is_the_same_from_the_folder_the_file_and_the_report(name: str, folder: Path, tmp_path: Path) -> None:
    beside = (folder / EXPORTS[name].file_name).read_bytes()
    assert run(app, ["export", str(folder), "--to", name]).stdout_bytes == beside
    piped = run(app, ["export", "-", "--to", name, "-o", "-"], input=(folder / "dossier.json").read_bytes())
    assert piped.stdout_bytes == beside
    out = tmp_path / "new" / "out"
    assert run(app, ["export", str(folder / "dossier.json"), "--to", name, "-o", str(out)]).stdout == ""
    assert out.read_bytes() == beside


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (None, "cannot be read (No such file or directory)"),
        (b"<!doctype html>", "is no JSON"),
        (b"\xff\xfe\x00", "is no JSON"),
        (b"[1, 2]", "holds JSON, but no dossier"),
        (b'{"id": "a", "text": "b"}', "holds JSON, but no dossier"),
        (b'{"format": "retold-dossier/2"}', "reads 'retold-dossier/1'"),
        (b'{"format": 7}', "has the format 7"),
        (b'{"format": "retold-dossier/1", "made": 3}', "breaks its format retold-dossier/1"),
    ],
)
def test_what_is_no_dossier_is_told_in_one_line(data: bytes | None, told: str, tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    if data is not None:
        path.write_bytes(data)
    result = run(app, ["export", str(path), "--to", "prov"])
    assert result.exit_code == 1
    assert result.stdout == ""
    assert told in result.stderr
    assert "retold report" in result.stderr, "what to do"
    assert result.stderr.count("\n") == 1


def test_a_dossier_that_names_reports_it_lacks_is_told(folder: Path, tmp_path: Path) -> None:
    dossier = json.loads((folder / "dossier.json").read_text("utf-8"))
    lost = dossier["articles"].pop()["id"]
    (tmp_path / "dossier.json").write_text(json.dumps(dossier), "utf-8")
    result = run(app, ["export", str(tmp_path), "--to", "graphml"])
    assert result.exit_code == 1
    assert f"it names the article {lost}" in result.stderr


def test_an_export_needs_a_known_format_and_a_folder_to_write_into(folder: Path, tmp_path: Path) -> None:
    assert run(app, ["export", str(folder), "--to", "gexf"]).exit_code == 2
    assert run(app, ["export", str(folder)]).exit_code == 2
    assert run(app, ["report", WIRE, "--json", "--export", "prov"]).exit_code == 2
    assert run(app, ["export", str(tmp_path), "--to", "prov"]).exit_code == 1, "a folder without a dossier"


@pytest.fixture
def desk(folder: Path, tmp_path: Path) -> Path:
    """A copy of the dossier that may be written into."""
    copy = tmp_path / "desk"
    copy.mkdir()
    for name in ("dossier.json", "dossier.html"):
        (copy / name).write_bytes((folder / name).read_bytes())
    return copy


def read_json(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return read


def test_a_correction_is_written_shown_and_survives_a_new_run(desk: Path) -> None:
    before = read_json(desk / "dossier.json")
    row = before["positions"][0]["statements"][0]
    done = run(app, ["correct", str(desk), row, "--reject", "--note", "A <b>joke</b>.", "--by", "AM"])
    assert done.exit_code == 0, done.stderr
    corrected = read_json(desk / "dossier.json")
    assert [(c["id"], c["verdict"], c["by"]) for c in corrected["corrections"]] == [(row, "reject", "AM")]
    assert corrected["corrections"][0]["at"].endswith("+00:00")
    assert not any(row in position["statements"] for position in corrected["positions"])
    assert "A &lt;b&gt;joke&lt;/b&gt;." in (desk / "dossier.html").read_text("utf-8")
    assert run(app, ["report", WIRE, REWRITE, "-o", str(desk)]).exit_code == 0
    again = read_json(desk / "dossier.json")
    assert {**again, "made": None} == {**corrected, "made": None}


def test_a_correction_is_taken_back(desk: Path) -> None:
    before = read_json(desk / "dossier.json")
    for row in (before["findings"][0]["id"], before["ledger"][0]["id"]):
        assert run(app, ["correct", str(desk / "dossier.json"), row, "--accept"]).exit_code == 0
        assert read_json(desk / "dossier.json")["positions"] == before["positions"], "they are derived as before"
        undone = run(app, ["correct", str(desk), row, "--undo"])
        assert "stands as it was found" in undone.stdout
        assert read_json(desk / "dossier.json") == before


def test_corrections_are_listed(desk: Path) -> None:
    assert "No row is corrected" in run(app, ["correct", str(desk)]).stdout
    row = read_json(desk / "dossier.json")["ledger"][0]["id"]
    run(app, ["correct", str(desk), row, "--set", "act=demand", "--set", "agreement=for"])
    shown = " ".join(run(app, ["correct", str(desk)], env={"COLUMNS": "200"}).stdout.split())
    assert f"{row} ledger row edited act = demand; agreement = for" in shown
    (line,) = lines(run(app, ["correct", str(desk), "--json"]).stdout)
    assert line["set"] == {"act": "demand", "agreement": True}


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["f-", "--accept"], 1, "rows begin with 'f-'"),
        (["nobody", "--accept"], 1, "no row has the id 'nobody'; the nearest are"),
        (["LEDGER", "--set", "act=refuse"], 1, "act: 'refuse' came; allowed: offer, accept"),
        (["LEDGER", "--set", "act"], 1, "expected is FIELD=VALUE"),
        (["LEDGER", "--undo"], 1, "no correction that could be taken back"),
        (["LEDGER"], 2, "say what is right"),
        (["LEDGER", "--accept", "--reject"], 2, "it is one of them"),
        (["LEDGER", "--undo", "--note", "x"], 2, "leaves no note"),
        (["--reject"], 2, "needs the row"),
    ],
)
def test_a_correction_that_cannot_be_made_is_told(arguments: list[str], status: int, told: str, desk: Path) -> None:
    row = read_json(desk / "dossier.json")["ledger"][0]["id"]
    before = (desk / "dossier.json").read_bytes()
    command = ["correct", str(desk), *(row if each == "LEDGER" else each for each in arguments)]
    result = run(app, command, env={"COLUMNS": "300"})
    assert result.exit_code == status
    assert told in result.stderr
    assert (desk / "dossier.json").read_bytes() == before
    assert not (desk / "corrections.jsonl").exists()


def test_a_file_of_corrections_that_cannot_be_read_stops_before_any_work(desk: Path) -> None:
    (desk / "corrections.jsonl").write_text("{\n", "utf-8")
    before = (desk / "dossier.json").read_bytes()
    for command in (["report", REWRITE, "-o", str(desk)], ["correct", str(desk)]):
        result = run(app, command)
        assert result.exit_code == 1
        assert "corrections.jsonl, line 1: it is no correction" in result.stderr
    assert (desk / "dossier.json").read_bytes() == before


def test_a_lost_row_is_a_note_and_no_failure(desk: Path) -> None:
    line = '{"id": "gone", "verdict": "accept", "at": "2031-03-14T09:00:00+00:00"}\n'
    (desk / "corrections.jsonl").write_text(line, "utf-8")
    result = run(app, ["report", REWRITE, "-o", str(desk)])
    assert result.exit_code == 0
    assert "correction of gone" in " ".join(result.stdout.split())
    assert (desk / "corrections.jsonl").read_text("utf-8") == line


def test_standard_input_has_no_place_for_corrections() -> None:
    assert run(app, ["correct", "-"], input="{}").exit_code == 2


def test_an_export_that_lacks_its_package_is_refused_before_any_work(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking = EXPORTS["ledger-parquet"]._replace(package="no_such_package")
    monkeypatch.setattr("retold.exports.EXPORTS", {**EXPORTS, "ledger-parquet": lacking})
    for command in (["export", str(folder), "--to"], ["report", WIRE, "-o", str(tmp_path / "out"), "--export"]):
        result = run(app, [*command, "ledger-parquet"])
        assert result.exit_code == 2
        assert "pip install 'retold[parquet]'" in " ".join(result.stderr.replace("│", " ").split())
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["report", "statements", "clean", "compare", "export", "correct"])
def test_help_has_an_example(command: str) -> None:
    result = run(app, [command, "--help"])
    assert result.exit_code == 0
    assert f"Example: retold {command}" in result.stdout


def test_wrong_usage_is_2() -> None:
    assert run(app, ["report"]).exit_code == 2
    assert run(app, ["reprot", "a.txt"]).exit_code == 2


def test_a_reader_that_goes_away_is_no_crash() -> None:
    command = f"{sys.executable} -m retold statements {EXAMPLES} --json | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
