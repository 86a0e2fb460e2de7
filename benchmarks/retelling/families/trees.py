"""Families of articles of known descent."""

from collections.abc import Callable, Iterator
from itertools import cycle, islice
from random import Random
from typing import NamedTuple

from benchmarks.retelling.families.derive import (
    Derivation,
    Paragraphs,
    append,
    as_text,
    merge,
    paraphrase,
    reorder,
    trim,
    update_number,
)
from benchmarks.retelling.families.material import Material
from benchmarks.retelling.words import Words

Pairs = frozenset[tuple[str, str]]


class Family(NamedTuple):
    """Articles by name, the edges (source, derivative) between those that are given, and who is kin to whom.

    `kin`: pairs (both ways round) that share an ancestor, given or lost, or descend from each other.
    """

    name: str
    shape: str
    articles: dict[str, str]
    edges: Pairs
    kin: Pairs

    @property
    def descents(self) -> Pairs:
        """Every (ancestor, descendant), however far."""
        found = set(self.edges)
        while more := {(a, d) for a, b in found for c, d in found if b == c} - found:
            found |= more
        return frozenset(found)


class Sources(NamedTuple):
    """What one family is made of: a root, an independent report, a second root of the same story (merge)."""

    root: Paragraphs
    independent: Paragraphs
    words: Words
    rng: Random

    def derive(self, article: Paragraphs, *steps: Derivation) -> Paragraphs:
        """The article after the steps, one after the other."""
        for step in steps:
            article = step(article, self.words, self.rng)
        return article


Made = tuple[dict[str, Paragraphs], set[tuple[str, str]]]


def _chain(s: Sources) -> Made:
    a = s.derive(s.root, trim, paraphrase)
    b = s.derive(a, reorder, paraphrase)
    return {"root": s.root, "a": a, "b": b}, {("root", "a"), ("a", "b")}


def _long_chain(s: Sources) -> Made:
    a = s.derive(s.root, paraphrase)
    b = s.derive(a, trim)
    c = s.derive(b, paraphrase, trim)
    return {"root": s.root, "a": a, "b": b, "c": c}, {("root", "a"), ("a", "b"), ("b", "c")}


def _siblings(s: Sources) -> Made:
    a = s.derive(s.root, trim, paraphrase)
    b = s.derive(s.root, reorder, trim, paraphrase)
    return {"root": s.root, "a": a, "b": b}, {("root", "a"), ("root", "b")}


def _lost(s: Sources) -> Made:
    made, _ = _siblings(s)
    return {"a": made["a"], "b": made["b"]}, set()


def _tree(s: Sources) -> Made:
    made, edges = _siblings(s)
    made |= {"c": s.derive(made["a"], paraphrase, trim), "d": s.derive(made["b"], update_number, trim)}
    return made, edges | {("a", "c"), ("b", "d")}


def _update(s: Sources) -> Made:
    later = update_number(append(s.root, s.independent, s.rng), s.words, s.rng)
    a = s.derive(later, trim, paraphrase)
    return {"root": s.root, "later": later, "a": a}, {("root", "later"), ("later", "a")}


def _merge(s: Sources) -> Made:
    merged = s.derive(merge(s.root, s.independent, s.rng), paraphrase)
    a = s.derive(merged, trim)
    made = {"root": s.root, "second": s.independent, "merged": merged, "a": a}
    return made, {("root", "merged"), ("second", "merged"), ("merged", "a")}


_SHAPES: dict[str, Callable[[Sources], Made]] = {
    "chain": _chain,
    "siblings": _siblings,
    "merge": _merge,
    "lost original": _lost,
    "long chain": _long_chain,
    "update": _update,
    "tree": _tree,
}
_WITH_INDEPENDENT = {"chain", "siblings", "lost original", "long chain", "tree"}
_SAME_STORY = {"merge", "update"}
SHAPES = (*_SHAPES, "machine")


def make_families(material: Material, words: Words, count: int, rng: Random) -> Iterator[Family]:
    """`count` families, the shapes in turn; a shape for which there are no texts left is passed over."""
    kept = sum(shape in _SAME_STORY for _, shape in zip(range(count), cycle(SHAPES), strict=False))
    same, stories = iter(material.stories[:kept]), iter(material.stories[kept:])
    singles, rewritten = iter(material.singles), iter(material.rewritten)
    for number, shape in zip(range(count), cycle(SHAPES), strict=False):
        name = f"family-{number + 1}"
        if shape == "machine":
            document, other = next(rewritten, None), next(rewritten, None)
            if document and other:
                yield _machine(name, document.source, document.derived, other.source, rng)
            continue
        reports = next(same if shape in _SAME_STORY else stories, None)
        if shape not in _SAME_STORY and not reports:
            reports = list(islice(singles, 2))
        if reports and len(reports) >= 2:
            yield _family(name, shape, Sources(reports[0], reports[1], words, rng))


def _family(name: str, shape: str, sources: Sources) -> Family:
    made, edges = _SHAPES[shape](sources)
    kin = _kin(list(made), {("root", "second")} if shape == "merge" else set())
    if shape in _WITH_INDEPENDENT:
        made |= {"independent": sources.independent}
    names = sources.rng.sample(list(made), len(made))
    return Family(name, shape, {each: as_text(made[each]) for each in names}, frozenset(edges), kin)


def _kin(names: list[str], strangers: set[tuple[str, str]]) -> Pairs:
    pairs = {(one, other) for one in names for other in names if one != other}
    return frozenset(pairs - strangers - {(other, one) for one, other in strangers})


def _machine(name: str, source: str, derived: dict[str, str], stranger: str, rng: Random) -> Family:
    """A document, two machine rewrites of it under different prompts, and another document."""
    one, other = rng.sample(sorted(derived), 2)
    articles = {"a": derived[one], "root": source, "independent": stranger, "b": derived[other]}
    edges = frozenset({("root", "a"), ("root", "b")})
    return Family(name, "machine", articles, edges, _kin(["root", "a", "b"], set()))
