"""Whether the ledger stays the same when the rows of its codebook change places, and its codes their names."""

import random
from collections.abc import Sequence
from pathlib import Path

import msgspec

from benchmarks.ledger.rows import read_lines, share
from retold.ledger import Codebook, Entry, find_entries, read_codebook
from retold.pipeline import Found, find_each
from retold.reading import read_text

_SHUFFLES = 3


def shuffled(codebook: Codebook, seed: int) -> Codebook:
    """The codebook with its rows in another order."""
    issues = list(codebook.issues)
    random.Random(seed).shuffle(issues)
    return Codebook(tuple(issues))


def renamed(codebook: Codebook) -> tuple[Codebook, dict[str, str]]:
    """The codebook with other codes, in reverse order of the alphabet; and the old code of each."""
    old = {f"Z{999 - number}": issue.code for number, issue in enumerate(codebook.issues)}
    issues = [msgspec.structs.replace(issue, code=code) for code, issue in zip(old, codebook.issues, strict=True)]
    return Codebook(tuple(issues)), old


def rows_of(found: Sequence[Found], codebook: Codebook) -> list[Entry]:
    """The rows of each article."""
    return [entry for one in found for entry in find_entries([one.article], one.statements, codebook, [one.entities])]


def run(data: Path) -> None:
    """Print how many rows of fifty reports stay the same in every field."""
    texts = [row["text"] for row in read_lines(data / "stories" / "newswcl50.jsonl")]
    articles = [read_text(text, name=f"report {number}") for number, text in enumerate(texts)]
    found = [one for one in find_each(articles) if isinstance(one, Found)]
    codebook = read_codebook()
    rows = rows_of(found, codebook)
    print(f"rows of {len(found)} reports: {len(rows)}")
    for seed in range(_SHUFFLES):
        print(f"rows in another order: {_same(rows, rows_of(found, shuffled(codebook, seed))):.4f} the same")
    other, old = renamed(codebook)
    again = [msgspec.structs.replace(row, issue=old[row.issue]) for row in rows_of(found, other)]
    print(f"codes renamed: {_same(rows, again):.4f} the same")
    texts_of = {one.article.id: one.article.text for one in found}
    print(f"words equal the text at their offsets: {share(_is_pinned(row, texts_of) for row in rows):.4f}")


def _same(rows: Sequence[Entry], others: Sequence[Entry]) -> float:
    known = set(others)
    return share(row in known for row in rows) if len(rows) == len(others) else 0.0


def _is_pinned(row: Entry, texts: dict[str, str]) -> bool:
    """Whether every part of a row lies within its evidence, and says what the row says."""
    text, span, words = texts[row.evidence.article], row.evidence.span, row.words
    if words is None or not 0 <= span.start < span.end <= len(text):
        return False
    parts = [one for one in (words.actor, words.act, words.issue, words.condition, words.consequence) if one]
    told = [(row.condition, words.condition), (row.consequence, words.consequence)]
    within = all(span.start <= part.start < part.end <= span.end for part in parts)
    return within and all(said == (text[slice(*part)] if part else None) for said, part in told)
