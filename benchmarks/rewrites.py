"""The source of a machine rewrite among all sources and hard distractors: Retold beside tf-idf and vectors alone.

Data: paragraphs of news stories and what a language model made of them on six requests (RAIDAR). Weights were chosen on
the sources whose id has an even SHA-256; the figures that count are on the odd ones. Two pools:

- plain: all sources. Neighbouring ones are of the same story.
- hard: these, the halves of each, each joined with the paragraph after it, and a rewrite of each other source. A half
  of the source, or the source joined with another paragraph, is a wrong answer.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retold.article import Article, Block, Span
from retold.language.sentences import split_sentences
from retold.language.vectors import sentence_vectors
from retold.lineage.sources import SourcePool

_PROMPT = "Rewrite this for me"  # the request whose rewrites of other sources stand in the hard pool
_NEXT = 4  # places apart at most in the stories, where one was left out between them


class Rewrite(NamedTuple):
    """A source and what was made of it."""

    id: str
    source: str
    derived: str
    prompt: str


class Candidate(NamedTuple):
    """A text of the pool. `rewrite_of`: the source that it is a rewrite of, which may not be asked for."""

    text: str
    rewrite_of: str | None = None


def read_rewrites(path: Path) -> list[Rewrite]:
    """All rewrites, in the order of the file."""
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    return [Rewrite(row["id"], row["source"], row["derived"], row["prompt"]) for row in rows]


def is_of_half(rewrite: Rewrite, half: str) -> bool:
    """Whether its source's id has an even (odd) SHA-256."""
    return (int(sha256(rewrite.id.encode()).hexdigest(), 16) % 2 == 0) == (half == "even")


def make_pool(rewrites: Sequence[Rewrite], *, hard: bool) -> list[Candidate]:
    """Every source once, and with `hard` the distractors made of them."""
    sources = {rewrite.id: rewrite.source for rewrite in rewrites}
    pool = [Candidate(text) for text in dict.fromkeys(sources.values())]
    if hard:
        known = set(sources.values())
        made = dict.fromkeys([*_halves(sources.values()), *_joined(sources)])
        pool += [Candidate(text) for text in made if text not in known]
        pool += [Candidate(each.derived, each.source) for each in rewrites if each.prompt == _PROMPT]
    return pool


def _halves(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        spans = split_sentences(text)
        if len(spans) >= 2:
            middle = spans[len(spans) // 2].start
            yield from (text[:middle].strip(), text[middle:].strip())


def _joined(sources: dict[str, str]) -> Iterator[str]:
    """Each with the next paragraph of its story."""
    places = {name: (kind, int(number)) for name in sources for kind, number in [name.rsplit("-", 1)]}
    ordered = sorted(sources, key=lambda name: places[name])
    for one, other in pairwise(ordered):
        near = places[other][1] - places[one][1] <= _NEXT
        if near and places[one][0] == places[other][0] and sources[one] != sources[other]:
            yield f"{sources[one]}\n\n{sources[other]}"


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `python -m benchmarks rewrites`."""
    parser = commands.add_parser("rewrites", help=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder with retelling/")
    parser.add_argument(
        "--half", choices=("even", "odd"), default="odd", help="even: those that weights were chosen on"
    )
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print the ids of N misses")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print how often the source comes first, in both pools."""
    rewrites = read_rewrites(options.data / "retelling" / "machine_rewrites_news.jsonl")
    asked = [rewrite for rewrite in rewrites if is_of_half(rewrite, options.half)]
    vectors = _whole_vectors([*(r.derived for r in asked), *(c.text for c in make_pool(rewrites, hard=True))])
    for name, hard in (("plain", False), ("hard", True)):
        pool = make_pool(rewrites, hard=hard)
        tools = Tools(pool, vectors)
        found = [tools.first(rewrite) for rewrite in asked]
        print(f"{name} pool: {len(pool)} texts, {len(asked)} rewrites; the source comes first for")
        for method in ("Retold", "tf-idf", "vectors"):
            right = sum(first[method] == rewrite.source for first, rewrite in zip(found, asked, strict=True))
            print(f"  {method:<8} {right / len(asked):.4f}")
        missed = [r for first, r in zip(found, asked, strict=True) if first["Retold"] != r.source]
        print("".join(f"  missed: {r.id}, asked to “{r.prompt}”\n" for r in missed[: options.show]), end="", flush=True)
    return 0


def _whole_vectors(texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
    """The vector of each text, read as if it were one sentence."""
    return {text: sentence_vectors(text, [Span(0, len(text))])[0] for text in dict.fromkeys(texts)}


class Tools:
    """A pool, and three ways to rank it."""

    def __init__(self, pool: Sequence[Candidate], vectors: dict[str, NDArray[np.float32]]) -> None:
        self._pool = pool
        self._sources = SourcePool([_read(candidate.text) for candidate in pool])
        self._vectors = vectors
        self._matrix = np.array([vectors[candidate.text] for candidate in pool])

    def first(self, rewrite: Rewrite) -> dict[str, str]:
        """By method the text that it takes for the source, rewrites of the same source left out."""
        scores = self._sources.scores(_read(rewrite.derived))
        nearness = (self._matrix @ self._vectors[rewrite.derived]).astype(np.float64)
        ranked = {"Retold": scores["score"], "tf-idf": scores["words"], "vectors": nearness}
        return {method: self._first(values, rewrite) for method, values in ranked.items()}

    def _first(self, scores: NDArray[np.float64], rewrite: Rewrite) -> str:
        candidates = (self._pool[int(place)] for place in np.argsort(-scores, kind="stable"))
        return next(one.text for one in candidates if one.rewrite_of != rewrite.source and one.text != rewrite.derived)


def _read(text: str) -> Article:
    """A paragraph as an article: it is a body, whatever it may look like by itself."""
    digest = sha256(text.encode()).hexdigest()
    body = Block(kind="body", start=0, end=len(text), reason="given", how="benchmark")
    return Article(
        id=digest[:12], input="paragraph", sha256=digest, text=text, blocks=(body,), origin=(), how="benchmark"
    )
