"""How well sentences are aligned that tell the same, and what it costs.

`links`: pairs of successive versions of one report, odd places of NewsEdits, with silver sentence links; verbatim pairs
are left out on both sides. Peer: cosine of tf-idf vectors above the cut that does best on the even places.
`cost`: two reports of one story of about 800 words each, models warm: aligned and compared, and with support both ways.
"""

import argparse
import json
import math
import statistics
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate, islice
from pathlib import Path
from typing import Any, NamedTuple

from retold.article import Article, Span
from retold.collation import Collator, Shelf, Witness, find_support, make_witness
from retold.language.words import words_in
from retold.reading import read_text
from retold.statements import find_statements
from retold.statements.statement import Statement

_WORDS = 800
_ROUNDS = 3
_PAIRS = 4
_CUTS = [at / 20 for at in range(3, 16)]

Pair = tuple[int, int]


class Versions(NamedTuple):
    """The sentences of two versions; `links`: pairs of them (indexes) that tell the same."""

    old: Sequence[str]
    new: Sequence[str]
    links: frozenset[Pair]


def read_versions(path: Path, first: int) -> list[Versions]:
    """Every other row, from the `first`; links between sentences of the same words left out."""
    rows: list[dict[str, Any]] = [json.loads(line) for line in path.read_text("utf-8").splitlines()][first::2]
    return [_versions(row["old_sentences"], row["new_sentences"], row["links"]) for row in rows]


def _versions(old: Sequence[str], new: Sequence[str], links: Sequence[Sequence[int]]) -> Versions:
    kept = {(link[0], link[1]) for link in links if _norms(old[link[0]]) != _norms(new[link[1]])}
    return Versions(old, new, frozenset(kept))


def _norms(text: str) -> list[str]:
    return [word.norm for word in words_in(text, [Span(0, len(text))])]


def found_by_retold(pair: Versions) -> set[Pair]:
    """The pairs of sentences that Retold aligns, by the paragraphs they stand in."""
    witnesses = [make_witness(read_text("\n\n".join(side), name="v"), ()) for side in (pair.old, pair.new)]
    owners = [_owners(witness, side) for witness, side in zip(witnesses, (pair.old, pair.new), strict=True)]
    a, b = witnesses
    return {(owners[0][one.a], owners[1][one.b]) for found in Collator().aligned(a, b) for one in found.pairings}


def _owners(witness: Witness, paragraphs: Sequence[str]) -> list[int]:
    starts = [0, *accumulate(len(paragraph) + 2 for paragraph in paragraphs)][:-1]
    return [bisect_right(starts, sentence.span.start) - 1 for sentence in witness.sentences]


def cosines(pair: Versions) -> dict[Pair, float]:
    """The cosine of the tf-idf vectors of each two sentences."""
    counts = [[Counter(_norms(sentence)) for sentence in side] for side in (pair.old, pair.new)]
    every = [*counts[0], *counts[1]]
    seen = Counter(word for one in every for word in one)
    weights = {word: math.log(1 + len(every) / count) for word, count in seen.items()}
    vectors = [[{word: n * weights[word] for word, n in one.items()} for one in side] for side in counts]
    return {(i, j): _cosine(a, b) for i, a in enumerate(vectors[0]) for j, b in enumerate(vectors[1])}


def _cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    norm = math.sqrt(sum(v * v for v in a.values()) * sum(v * v for v in b.values()))
    return sum(value * b.get(word, 0.0) for word, value in a.items()) / norm if norm else 0.0


class Score(NamedTuple):
    """How many links were wanted, found and right."""

    wanted: int
    found: int
    right: int

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, self.wanted + self.found)

    def __str__(self) -> str:
        return (
            f"links {self.wanted}  precision {self.right / max(1, self.found):.3f}  "
            f"recall {self.right / max(1, self.wanted):.3f}  F1 {self.f1:.3f}"
        )


def score(pairs: Sequence[Versions], found: Callable[[Versions], set[Pair]]) -> Score:
    """Links found, pairs of the same words left out, against those wanted."""
    wanted = hits = said = 0
    for pair in pairs:
        own = {one for one in found(pair) if _norms(pair.old[one[0]]) != _norms(pair.new[one[1]])}
        wanted, said, hits = wanted + len(pair.links), said + len(own), hits + len(own & pair.links)
    return Score(wanted, said, hits)


def _above(cut: float) -> Callable[[Versions], set[Pair]]:
    return lambda pair: {one for one, cosine in cosines(pair).items() if cosine >= cut}


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `python -m benchmarks passages`."""
    parser = commands.add_parser("passages", help=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder with retelling/ and stories/")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print how well sentences are aligned, beside the peer, and what it costs."""
    path = options.data / "retelling" / "newsedits_versions.jsonl"
    learned, measured = read_versions(path, 0), read_versions(path, 1)
    cut = max(_CUTS, key=lambda one: score(learned, _above(one)).f1)
    print(f"{'Retold':<18} {score(measured, found_by_retold)}")
    print(f"{f'tf-idf above {cut}':<18} {score(measured, _above(cut))}")
    aligned, supported = cost(options.data / "stories" / "newswcl50.jsonl")
    print(f"two reports of {_WORDS} words: {aligned * 1000:.0f} ms compared, {supported * 1000:.0f} ms with support")
    return 0


def cost(path: Path) -> tuple[float, float]:
    """Median seconds for two reports of one story: compared, and compared with support both ways."""
    pairs = [(a, b, [find_statements(a), find_statements(b)]) for a, b in islice(_long_pairs(path), _PAIRS)]
    times = [_seconds(*pair) for _ in range(_ROUNDS) for pair in pairs][1:]  # the first warms the models up
    return statistics.median(one for one, _ in times), statistics.median(both for _, both in times)


def _long_pairs(path: Path) -> Iterator[tuple[Article, Article]]:
    """Two reports of each story that are long enough, cut to so many words."""
    stories: dict[str, list[str]] = {}
    for row in map(json.loads, path.read_text("utf-8").splitlines()):
        if len(row["text"].split()) >= _WORDS:
            stories.setdefault(row["story_id"], []).append(row["text"])
    for texts in stories.values():
        if len(texts) >= 2:
            a, b = (read_text(_cut(text), name="report") for text in texts[:2])
            yield a, b


def _cut(text: str) -> str:
    kept: list[str] = []
    for line in text.split("\n"):
        if sum(len(one.split()) for one in kept) < _WORDS:
            kept.append(line)
    return "\n".join(kept)


def _seconds(a: Article, b: Article, statements: Sequence[Sequence[Statement]]) -> tuple[float, float]:
    """From articles with their statements to their collation, and to support besides."""
    began = time.perf_counter()
    witnesses = [make_witness(article, own) for article, own in zip((a, b), statements, strict=True)]
    collator, shelf = Collator(), Shelf(witnesses)
    collator.collate(*witnesses)
    compared = time.perf_counter() - began
    for witness in witnesses:
        find_support(witness, shelf, shelf.partners(witness, 1), collator)
    return compared, time.perf_counter() - began
