"""The examples against their truth: floors that may only rise, and laws that no row may break."""

import pytest
from benchmarks.examples import Scene, all_scores, load

from retold.article import Evidence, Span

# Alterations and "not found" trade a little precision for recall since sentences are aligned by meaning too (F1 .69 and
# .67, before .69 and .70): of what is "not found" and not in the truth, most is news of a later version.
# Measured on the day each was last raised (`python -m benchmarks examples`), less a little for harmless changes.
FLOORS = {
    "words set aside F1": 0.93,
    "statements F1": 0.70,
    "speakers right": 0.96,
    "retelling pairs F1": 0.80,
    "relations right": 0.85,
    "alterations recall": 0.69,
    "alterations precision": 0.67,
    "not found recall": 0.88,
    "not found precision": 0.47,
    "directed edges F1": 0.93,
    "independent pairs kept apart": 1.0,
    "ledger recall": 0.42,
    "ledger precision": 0.70,
}


@pytest.fixture(scope="module")
def scene() -> Scene:
    return load()


@pytest.fixture(scope="module")
def scores(scene: Scene) -> dict[str, float]:
    return all_scores(scene)


@pytest.mark.parametrize("name", FLOORS)
def test_no_figure_falls_below_its_floor(scores: dict[str, float], name: str) -> None:
    assert scores[name] >= FLOORS[name]


def test_every_figure_has_a_floor(scores: dict[str, float]) -> None:
    assert set(scores) == set(FLOORS)


def test_all_words_of_the_truth_are_in_the_articles(scene: Scene) -> None:
    lost = [name for name, (_, content) in scene.wanted.items() if not content]
    assert lost == []


def test_all_ten_reports_are_read(scene: Scene) -> None:
    assert len(scene.dossier.articles) == 10
    assert scene.dossier.problems == ()


def test_the_copy_without_a_date_is_dated_by_what_the_others_tell(scene: Scene) -> None:
    [copy] = [article for article in scene.dossier.articles if article.input.endswith("02-aggregator-copy.txt")]
    assert (copy.published_basis, copy.published) == ("inferred", None)
    assert copy.published_range is not None
    assert copy.published_range[0] <= "2026-03-12" <= copy.published_range[1]  # the day of what it was copied from
    assert copy.published_by


def test_every_row_rests_on_words(scene: Scene) -> None:
    texts = {article.id: article.text for article in scene.dossier.articles}

    def holds(article: str, spans: tuple[Span, ...]) -> bool:
        return bool(spans) and all(texts[article][start:end].strip() for start, end in spans)

    dossier = scene.dossier
    assert all(holds(s.article, s.content) for s in dossier.statements)
    assert all(holds(p.a, p.a_spans) and holds(p.b, p.b_spans) for p in dossier.passages)
    assert all(holds(row.article, (row.span,)) for row in dossier.support)
    assert all(holds(e.evidence.article, (e.evidence.span,)) for e in dossier.ledger)
    pinned: list[Evidence] = [e for f in dossier.findings for e in f.evidence]
    pinned += [e for edge in dossier.lineage.edges for a in edge.evidence for e in a.evidence]
    assert all(holds(e.article, e.spans) for e in pinned)


def test_rows_name_rows_that_exist(scene: Scene) -> None:
    dossier = scene.dossier
    known = {row.id for rows in (dossier.statements, dossier.passages, dossier.support, dossier.ledger) for row in rows}
    known |= {row.id for row in dossier.quotations}
    known |= {article.id for article in dossier.articles} | {node.id for node in dossier.lineage.nodes}
    assert {row for finding in dossier.findings for row in finding.rows} <= known
    assert {s for retelling in dossier.retellings for s in retelling.statements} <= known
    assert {s.parent for s in dossier.statements if s.parent} <= known
    assert {name for position in dossier.positions for name in position.statements} <= known


def test_ids_are_unique(scene: Scene) -> None:
    dossier = scene.dossier
    for rows in (dossier.articles, dossier.statements, dossier.passages, dossier.support, dossier.ledger):
        ids = [row.id for row in rows]
        assert len(ids) == len(set(ids))
