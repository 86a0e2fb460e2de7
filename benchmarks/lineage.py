"""How well kinship and direction are told: versions of one report against independent reports of one event.

The thresholds were chosen on the version pairs at even places of NewsEdits and on the first 75 articles of BASIL; the
figures are on the version pairs at odd places and on the stories of the other articles.
Peer: the share of word 5-grams of the shorter text that the other holds, cut where it joins as few independent pairs.
AUC: how often a version pair looks more akin than an independent one. `--growth` measures time for more and more
reports instead, of which few share anything, and which related pairs the choice of candidates loses.
"""

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from retold.article import Article, Span
from retold.collation.alignment import Pairings
from retold.collation.witness import make_witness
from retold.language.words import words_in
from retold.lineage import trace_lineage, trace_witnesses
from retold.lineage.candidates import candidate_pairs
from retold.lineage.kinship import measure_kinship, own_runs, strength_between
from retold.lineage.relations import prepare, relate
from retold.reading import read_text

_GRAM = 5
_SIZES = (10, 20, 40, 80)  # reports, for the growth of time
_CHOSEN_ON = 75  # articles of BASIL that the thresholds were chosen on


class Pair(NamedTuple):
    """Two articles; `related` says whether the second is a later version of the first."""

    one: Article
    other: Article
    related: bool


def versions(path: Path) -> Iterator[Pair]:
    """Successive versions of one report, where they differ (NewsEdits)."""
    for row in _rows(path)[1::2]:
        texts = ["\n\n".join(row[side]) for side in ("old_sentences", "new_sentences")]
        if texts[0] != texts[1]:
            yield Pair(read_text(texts[0], name="old"), read_text(texts[1], name="new"), True)


def independent(path: Path) -> Iterator[Pair]:
    """Reports of one event by different outlets, presumed independent (BASIL)."""
    rows = _rows(path)
    seen = {row["story_id"] for row in rows[:_CHOSEN_ON]}
    stories: dict[str, list[Article]] = defaultdict(list)
    for row in rows[_CHOSEN_ON:]:
        if row["story_id"] not in seen:
            stories[row["story_id"]].append(read_text(row["text"], name=row["doc_id"]))
    for articles in stories.values():
        yield from (Pair(one, other, False) for one, other in combinations(articles, 2))


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def containment(pair: Pair) -> float:
    """The share of the shorter text's word 5-grams that the other holds."""
    grams = [_grams(article) for article in pair[:2]]
    return len(grams[0] & grams[1]) / max(1, min(len(grams[0]), len(grams[1])))


def _grams(article: Article) -> set[tuple[str, ...]]:
    norms = [word.norm for word in words_in(article.text, [Span(0, len(article.text))])]
    return {tuple(norms[at : at + _GRAM]) for at in range(len(norms) - _GRAM + 1)}


def strength(pair: Pair) -> float:
    """How akin Retold finds two articles, 0 to 1."""
    one, other = (make_witness(article, ()) for article in pair[:2])
    pairings, runs = Pairings(), (own_runs(one), own_runs(other))
    forward = measure_kinship(one, other, pairings, runs)
    return strength_between(forward, measure_kinship(other, one, pairings, runs[::-1]))


def area(scores: Sequence[float], related: Sequence[bool]) -> float:
    """The area under the ROC curve: how often a related pair scores higher than one that is not; ties count half."""
    high = [score for score, is_related in zip(scores, related, strict=True) if is_related]
    low = [score for score, is_related in zip(scores, related, strict=True) if not is_related]
    return sum((one > other) + (one == other) / 2 for one in high for other in low) / max(1, len(high) * len(low))


def verdict(pair: Pair) -> str:
    """What Retold says of a pair: "none", "unknown", or a direction and whether it is right."""
    edges = [edge for edge in trace_lineage(pair[:2]).edges if edge.share is not None]
    if not edges:
        return "none"
    if edges[0].direction == "unknown":
        return "unknown"
    return f"{edges[0].direction}, {'right' if edges[0].source == pair.one.id else 'wrong'}"


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `python -m benchmarks lineage`."""
    parser = commands.add_parser("lineage", help=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder with retelling/ and stories/")
    parser.add_argument("--growth", action="store_true", help="how time grows with the number of reports")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print how many pairs of each kind are joined, by Retold and by the peer, and what is said of directions."""
    if options.growth:
        print_growth(options.data / "stories" / "basil.jsonl")
        return 0
    pairs = [
        *versions(options.data / "retelling" / "newsedits_versions.jsonl"),
        *independent(options.data / "stories" / "basil.jsonl"),
    ]
    verdicts = [verdict(pair) for pair in pairs]
    joined = [found != "none" for found in verdicts]
    false = _count(pairs, joined, related=False)
    cut = sorted((containment(pair) for pair in pairs if not pair.related), reverse=True)[false]
    peer = [containment(pair) > cut for pair in pairs]
    for name, found in (("Retold", joined), ("5-gram containment", peer)):
        print(
            f"{name:<20} versions joined {_share(pairs, found, True)}, independent joined {_share(pairs, found, False)}"
        )
    print_areas(pairs)
    print("directions of versions:", dict(Counter(v for v, pair in zip(verdicts, pairs, strict=True) if pair.related)))
    return 0


def print_areas(pairs: Sequence[Pair]) -> None:
    """The AUC of Retold and of the peer."""
    related = [pair.related for pair in pairs]
    methods: dict[str, Callable[[Pair], float]] = {"Retold": strength, "5-gram containment": containment}
    for name, score in methods.items():
        print(f"{name:<20} AUC {area([score(pair) for pair in pairs], related):.3f}")


def print_growth(path: Path) -> None:
    """For more and more reports: seconds to prepare and to trace them, pairs compared, related pairs not compared."""
    witnesses = [make_witness(read_text(row["text"], name=row["doc_id"]), ()) for row in _rows(path)[: max(_SIZES)]]
    for size in _SIZES:
        chosen = witnesses[:size]
        started = time.perf_counter()
        for witness in chosen:
            witness.__dict__.pop("vectors", None)
            _ = witness.vectors
        prepared = time.perf_counter()
        trace_witnesses(chosen, Pairings())
        traced = time.perf_counter()
        reports = [prepare(witness) for witness in chosen]
        pairs = candidate_pairs(chosen, [report.runs for report in reports])
        print(
            f"{size:>3} reports, {size * (size - 1) // 2:>4} pairs: vectors {prepared - started:5.1f} s, "
            f"tracing {traced - prepared:5.1f} s, {len(pairs)} pairs compared"
        )
    lost = [pair for pair in combinations(range(size), 2) if pair not in pairs and relate(reports, *pair, Pairings())]
    print(f"related pairs of the {size} reports that were not compared: {len(lost)}")


def _count(pairs: Sequence[Pair], joined: Sequence[bool], *, related: bool) -> int:
    return sum(found for found, pair in zip(joined, pairs, strict=True) if pair.related == related)


def _share(pairs: Sequence[Pair], joined: Sequence[bool], related: bool) -> str:
    return f"{_count(pairs, joined, related=related)}/{sum(pair.related == related for pair in pairs)}"
