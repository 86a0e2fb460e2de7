import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest
from benchmarks.__main__ import main
from benchmarks.statements import (
    Document,
    Marked,
    Scores,
    error_kinds,
    kind_of,
    read_documents,
    read_predictions,
    reliability_rows,
    score,
)

SHARED = Path(__file__).parents[2].parent / "shared"
TEXT = "Ada Venn said that ports close. “They open,” Teo Holt replied."
GOLD = [
    Marked([(0, 8)], [(9, 13)], [(14, 30)]),
    Marked([(45, 53)], [(54, 61)], [(32, 44)]),
]


def scored(*found: Marked) -> Scores:
    return score([Document("a", TEXT, GOLD)], {"a": list(found)})


def test_the_gold_itself_scores_a_hundred() -> None:
    scores = scored(*GOLD)
    assert scores.linked.f1 == scores.linked_all.f1 == scores.exact.f1 == scores.pieces["cue"].f1 == 100
    assert scores.recall_of == {"direct": 100, "mixed": 0, "indirect": 100}


def test_half_of_the_letters_link_but_are_not_exact() -> None:
    scores = scored(Marked([(0, 8)], [(9, 13)], [(19, 30)]))
    assert (scores.linked.precision, scores.linked.recall) == (100, 50)
    assert scores.exact.f1 == 0
    assert scores.pieces["source"].recall == 50


def test_nothing_found_scores_nothing() -> None:
    assert scored().linked.f1 == 0
    assert score([Document("a", TEXT, GOLD)], {}).linked.recall == 0


def test_one_attribution_found_twice_counts_once() -> None:
    assert scored(GOLD[0], GOLD[0]).linked.precision == 50


@pytest.mark.parametrize(
    ("text", "kind"), [("“They open,”", "direct"), ("that “they” open", "mixed"), ("that they open", "indirect")]
)
def test_kinds(text: str, kind: str) -> None:
    assert kind_of(text, Marked([], [], [(0, len(text))])) == kind


def the_shared_scorer() -> ModuleType:
    path = SHARED / "scoring" / "score_statements.py"
    spec = importlib.util.spec_from_file_location("score_statements", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.seeds
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared")
@pytest.mark.parametrize("peer", ["ggt_dev", "textacy_dev"])
def test_agrees_with_the_shared_scorer(peer: str) -> None:
    folder = SHARED / "data" / "statements"
    documents = read_documents(folder / "polnear_dev.jsonl")
    predictions = read_predictions(folder / "peers" / f"{peer}.jsonl")
    ours = score(documents, predictions)
    scorer = the_shared_scorer()
    counts = scorer.score(
        {one.id: [mark._asdict() for mark in one.gold] for one in documents},
        {name: [mark._asdict() for mark in marks] for name, marks in predictions.items()},
        {one.id: one.text for one in documents},
    )
    figures = {
        ("iou50", "S+C"): ours.linked,
        ("iou50", "ALL"): ours.linked_all,
        ("ex", "ALL"): ours.exact,
        **{("pc", role): ours.pieces[role] for role in ("source", "cue", "content")},
    }
    for (key, role), figure in figures.items():
        expected = scorer.prf(counts[key, role, "tp"], counts[key, role, "p"], counts[key, role, "g"])
        assert (figure.precision, figure.recall, figure.f1) == pytest.approx(expected), (key, role)


def test_the_command_prints_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = {"doc_id": "a", "text": TEXT, "attributions": [mark._asdict() for mark in GOLD]}
    (tmp_path / "gold.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    (tmp_path / "peers").mkdir()
    (tmp_path / "peers" / "perfect.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    assert main(["statements", "--data", str(tmp_path / "gold.jsonl"), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["perfect"]["linked"]["f1"] == 100
    assert printed["retold"]["linked"]["f1"] == 100
    assert main(["statements", "--data", str(tmp_path / "gold.jsonl")]) == 0
    assert "perfect" in capsys.readouterr().out


def test_errors_are_told_by_kind() -> None:
    document = Document("a", TEXT, GOLD)
    assert error_kinds(document, GOLD) == {}
    half = [Marked([(0, 8)], [(9, 13)], [(26, 30)]), Marked([(0, 3)], [(32, 36)], [(37, 40)])]
    assert error_kinds(document, half) == {
        "cue found, content differs": 1,
        "cue not found": 1,
        "found, but nobody marked its cue": 1,
    }


def test_reliability_is_told_by_fifths() -> None:
    judged = [(0.1, False), (0.9, True), (1.0, True), (0.95, False)]
    assert reliability_rows(judged) == [
        ("0.0–0.2", 1, 0.1, 0.0),
        ("0.8–1.0", 3, pytest.approx(0.95), pytest.approx(2 / 3)),
    ]
