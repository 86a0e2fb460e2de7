"""What a careful reader marks in the two seeds, as offsets and hashes: the texts themselves are not ours to keep."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from retold.article import Article
from retold.reading import read_bytes
from retold.statements import Statement, find_statements

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
EXPECTED: list[dict[str, Any]] = json.loads(Path(__file__).with_name("seed_statements.json").read_text("utf-8"))

pytestmark = [pytest.mark.seeds, pytest.mark.skipif(not SEEDS.is_dir(), reason="needs ../shared/seeds")]


def digest(words: str | None) -> str | None:
    return None if words is None else hashlib.sha256(words.encode()).hexdigest()[:12]


@cache
def read_seed(name: str) -> tuple[Article, tuple[Statement, ...]]:
    article = read_bytes((SEEDS / name).read_bytes(), name=name)
    return article, find_statements(article)


def cases() -> list[Any]:
    """One case per marked statement; those that are known to fail say why."""
    return [
        pytest.param(
            seed,
            marked,
            id=f"{seed['seed'][:3]}-{marked['content'][0][0]}",
            marks=[pytest.mark.xfail(reason=marked["fails"], strict=True)] if "fails" in marked else [],
        )
        for seed in EXPECTED
        for marked in seed["statements"]
    ]


@pytest.mark.parametrize(("seed", "marked"), cases())
def test_finds_what_a_careful_reader_marks(seed: dict[str, Any], marked: dict[str, Any]) -> None:
    article, statements = read_seed(seed["seed"])
    assert digest(article.text) == seed["text"], "the reader gives another text: mark the seeds anew"
    content = [tuple(span) for span in marked["content"]]
    assert digest(" ".join(article.text[start:end] for start, end in content)) == marked["words"]
    found = [one for one in statements if list(one.content) == content]
    assert len(found) == 1
    assert list(found[0].source) == [tuple(span) for span in marked["source"]]
    assert [digest(speaker.name) for speaker in found[0].speakers] == marked["speakers"]


@pytest.mark.parametrize("seed", EXPECTED, ids=lambda seed: seed["seed"][:3])
def test_finds_little_else(seed: dict[str, Any]) -> None:
    """Of what the tagger is sure; below, it also tells of attitudes that a reader may or may not mark."""
    _, statements = read_seed(seed["seed"])
    assert sum(one.confidence >= 0.6 for one in statements) <= 1.5 * len(seed["statements"])


@pytest.mark.parametrize("seed", EXPECTED, ids=lambda seed: seed["seed"][:3])
def test_no_caption_teaser_or_counter_is_a_statement(seed: dict[str, Any]) -> None:
    article, statements = read_seed(seed["seed"])
    own = [(block.start, block.end) for block in article.own_blocks()]
    for one in statements:
        for start, end in (*one.source, *one.cue, *one.content):
            assert any(first <= start and end <= last for first, last in own)
