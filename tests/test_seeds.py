"""The two reports for which Retold was made, where they are at hand; what is expected stands as offsets and hashes."""

import time
from hashlib import sha256
from pathlib import Path

import pytest

from retold.article import OWN_WORDS
from retold.dossier.dossier import Dossier
from retold.pipeline import report

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
REWRITE, COPY = "000_b05852728fcba114.txt", "001_471a8bf50cb60de0.txt"

pytestmark = [
    pytest.mark.seeds,
    pytest.mark.skipif(not SEEDS.is_dir(), reason=f"the seed reports are not here ({SEEDS})"),
]


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return report([SEEDS / REWRITE, SEEDS / COPY])


def words_changed(dossier: Dossier) -> dict[str, set[str]]:
    """By kind of change: short hashes of the words on either side, of sure changes."""
    articles = {article.id: article for article in dossier.articles}
    found: dict[str, set[str]] = {}
    for change in (change for passage in dossier.passages for change in passage.changes if change.confidence >= 0.6):
        for evidence in filter(None, (change.before, change.after)):
            text = articles[evidence.article].text
            hashes = {sha256(text[start:end].encode()).hexdigest()[:12] for start, end in evidence.spans}
            found.setdefault(change.kind, set()).update(hashes)
    return found


CHANGES = [
    ("strength", {"7dd3708559c8", "1e7fd2b7529f", "e1cd6404847f"}),  # the offer that became a compulsion
    ("attribution_dropped", {"517fa9b5a79d", "ad3c5d9477b4"}),  # the banking system
    ("added", {"55655963ae52"}),  # what was put into the crux
    ("strength", {"699b2b88b282"}),  # the weight given to a concession
    ("attribution_dropped", {"b9aca78e330a"}),  # whose word "concession" was
    ("omitted", {"8b22f7217e8b"}),  # the lost second half of a quotation
]


@pytest.mark.parametrize(("kind", "hashes"), CHANGES)
def test_every_change_of_the_rewrite_is_found(dossier: Dossier, kind: str, hashes: set[str]) -> None:
    assert hashes <= words_changed(dossier)[kind]


def test_the_invented_comparison_is_not_found_elsewhere(dossier: Dossier) -> None:
    rewrite = dossier.articles[0].id
    unsupported = {row.span for row in dossier.support if row.article == rewrite and row.verdict == "unsupported"}
    assert (3010, 3167) in unsupported


RELATIONS = [
    ("verbatim", 520, 717),  # a quotation kept whole
    ("trimmed", 3505, 2147),  # one that lost its second half
    ("reworded", 660, 892),  # direct speech turned indirect
    ("altered", 5002, 1938),  # what the crux was said to be
    ("reworded", 4810, 2774),  # a quotation of which two words stay in marks
]


@pytest.mark.parametrize(("relation", "start_in_copy", "start_in_rewrite"), RELATIONS)
def test_each_retelling_has_its_relation(
    dossier: Dossier, relation: str, start_in_copy: int, start_in_rewrite: int
) -> None:
    rewrite, copy = (article.id for article in dossier.articles)
    starts = {(s.article, s.content[0].start): s.id for s in dossier.statements}
    pair = {starts[copy, start_in_copy], starts[rewrite, start_in_rewrite]}
    links = [link for retelling in dossier.retellings for link in retelling.links]
    assert [link.relation for link in links if {link.fuller, link.other} == pair] == [relation]


def test_the_rewrite_derives_from_the_copy_or_its_source(dossier: Dossier) -> None:
    rewrite, copy = (article.id for article in dossier.articles)
    original = next(node for node in dossier.lineage.nodes if node.article is None)
    ways = {(edge.source, edge.derivative): edge.direction for edge in dossier.lineage.edges}
    assert ways == {(copy, rewrite): "certain", (original.id, copy): "certain"}


def test_captions_teasers_and_counters_are_nobody_s_words(dossier: Dossier) -> None:
    for article in dossier.articles:
        aside = [block for block in article.blocks if block.kind not in OWN_WORDS]
        rows = [span for s in dossier.statements if s.article == article.id for span in s.content]
        rows += [
            span
            for p in dossier.passages
            for a, spans in ((p.a, p.a_spans), (p.b, p.b_spans))
            for span in spans
            if a == article.id
        ]
        assert rows
        assert not any(span.start < block.end and block.start < span.end for span in rows for block in aside)


def test_the_copy_has_no_date_of_its_own_and_the_rewrite_has(dossier: Dossier) -> None:
    assert [(a.published, a.published_basis) for a in dossier.articles] == [("2025-08-19", "text"), (None, "unknown")]


def test_both_are_reported_in_seconds() -> None:
    started = time.perf_counter()
    report([SEEDS / REWRITE, SEEDS / COPY])
    assert time.perf_counter() - started < 5
