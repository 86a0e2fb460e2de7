"""Which way the words went between reports that are tied to one another, from what speaks for it in the whole family.

A family has one root, and from there on every tie leads away from it: where one tie shows its direction, those behind
it have theirs too. So every report is tried as the root, and is the likelier, the more of the arguments agree with it.
The exception are merged reports. Two sources of one report that have nothing to do with one another show by it: each
has much that the merged one lacks, and together they explain it.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import networkx as nx

from retold.lineage.between import Grams
from retold.lineage.kinship import Kinship
from retold.lineage.lineage import Argument
from retold.lineage.relations import Related

Pair = tuple[int, int]

# Log-odds that one argument adds, and the most that several of a kind do. Chosen on the families of
# `python -m benchmarks retelling --half mend` and the version pairs at even places of NewsEdits.
_ODDS = {
    "strict_part": (2.4, 4.8),
    "credit": (4.8, 4.8),
    "published": (2.2, 2.2),
    "paraphrase": (0.5, 2.4),
    "one_sided": (3.0, 3.0),
    "longer_words": (3.0, 3.0),
    "version": (2.2, 2.2),
}
_MOSTLY_TOLD = 0.9  # part of a derivative's words in sentences of which its source has a telling
_OF_A_THIRD = 0.6  # what a strict part still says where less is
STRUCTURAL = frozenset({"strict_part", "credit"})
"""Kinds of arguments without which no direction is certain."""

_MERGED_ODDS = 2.6
_PARTLY_ODDS = 1.5  # where much of the report is in neither: it may be the source of both
_MOST_OF = 0.85  # part of a source's words that a merged report tells, at most: it takes from either
_MERGED_UNTOLD = (0.1, 0.4)  # part of a merged report's sentences of which neither source has a telling, at most
_MERGED_GAIN = 0.1  # part of them that each source adds to the other


_TWINS = 10  # words and pairs of words that one of two reports has and the other not


class Way(NamedTuple):
    """A tie with the probability that `pair.a` is the source of `pair.b`; `merged`: it is one of two sources."""

    pair: Related
    forward: float
    merged: bool = False


def orient(ties: Sequence[Related], related: Iterable[Related], grams: Mapping[int, Grams]) -> tuple[Way, ...]:
    """The ties with their directions, in their order.

    `related` are all pairs that share words, tied or not; `grams` those of each report (index), see `between`.
    """
    kin = {(pair.a, pair.b) for pair in related}
    merged = _merged(ties, kin)
    rest = [pair for pair in ties if (pair.a, pair.b) not in merged]
    roots = {pair.b if forward > 0.5 else pair.a for pair in ties if (forward := merged.get((pair.a, pair.b)))}
    found = _rooted(rest, roots)
    for pair in rest:  # of two reports that hardly differ, which hangs on a third and which on the other is chance
        if len(grams[pair.a] ^ grams[pair.b]) <= _TWINS:
            found[pair.a, pair.b] = _sigmoid(_family_odds(pair))
    return tuple(
        Way(pair, merged[key], True) if (key := (pair.a, pair.b)) in merged else Way(pair, found[key]) for pair in ties
    )


def log_odds(pair: Related) -> float:
    """What the arguments about a pair say by themselves: above 0 for `a` as the source."""
    return _family_odds(pair) + odds_of(_versions(pair.forward)) - odds_of(_versions(pair.backward))


def _versions(arguments: Sequence[Argument]) -> list[Argument]:
    return [argument for argument in arguments if argument.kind == "version"]


def _family_odds(pair: Related) -> float:
    """The same without what editors do to a report: where others have it too, it is mostly others who changed it."""
    return _odds(pair.forward, pair.b_of_a) - _odds(pair.backward, pair.a_of_b)


def _odds(arguments: Sequence[Argument], derived: Kinship) -> float:
    """A part of a quotation cannot be the source of the whole; but where a report has much that the other lacks,
    both may have it from a third."""
    arguments = [argument for argument in arguments if argument.kind != "version"]
    if derived.told >= _MOSTLY_TOLD:
        return odds_of(arguments)
    parts = [argument for argument in arguments if argument.kind == "strict_part"]
    return odds_of(arguments) - (1 - _OF_A_THIRD) * odds_of(parts)


def odds_of(arguments: Sequence[Argument]) -> float:
    """What arguments for one direction add up to."""
    kinds = [argument.kind for argument in arguments]
    return sum(min(most, each * kinds.count(kind)) for kind, (each, most) in _ODDS.items())


def _sigmoid(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def _merged(ties: Sequence[Related], kin: set[Pair]) -> dict[Pair, float]:
    """The ties that lead into a merged report, with the probability that `a` is the source."""
    by_end: dict[int, list[Related]] = defaultdict(list)
    for pair in ties:
        by_end[pair.a].append(pair)
        by_end[pair.b].append(pair)
    found: dict[Pair, float] = {}
    for end, pairs in by_end.items():
        for one, other in combinations(pairs, 2):
            sources = tuple(sorted(pair.a if pair.b == end else pair.b for pair in (one, other)))
            odds = None if sources in kin else _explained(one, other, end)
            into = [_family_odds(pair) * (1 if pair.b == end else -1) + (odds or 0) for pair in (one, other)]
            if odds and min(into) > 0:  # what is said of the two themselves does not contradict
                for pair, sure in zip((one, other), into, strict=True):
                    found.setdefault((pair.a, pair.b), _sigmoid(sure if pair.b == end else -sure))
    return found


def _explained(one: Related, other: Related, end: int) -> float | None:
    """How much says that a report is made of two others: it has a part of each. None: it does not look so."""
    of_end = [pair.b_of_a if pair.b == end else pair.a_of_b for pair in (one, other)]
    of_sources = [pair.a_of_b if pair.b == end else pair.b_of_a for pair in (one, other)]
    untold = len(set(of_end[0].untold) & set(of_end[1].untold)) / max(1, of_end[0].sentences)
    gain = min(len(kinship.untold) for kinship in of_end) / max(1, of_end[0].sentences) - untold
    if gain < _MERGED_GAIN or max(kinship.told for kinship in of_sources) > _MOST_OF or untold > _MERGED_UNTOLD[1]:
        return None
    return _MERGED_ODDS if untold <= _MERGED_UNTOLD[0] else _PARTLY_ODDS


def _rooted(ties: Sequence[Related], roots: set[int]) -> dict[Pair, float]:
    """For each tie the probability that it leads from `a` to `b`, over all reports that may be the root.

    `roots`: reports known to be the root of what else hangs on them.
    """
    graph = nx.Graph((pair.a, pair.b) for pair in ties)
    found: dict[Pair, float] = {}
    for component in nx.connected_components(graph):
        inner = [pair for pair in ties if pair.a in component]
        found |= _directions(inner, sorted(component & roots or component), graph)
    return found


def _directions(ties: Sequence[Related], roots: Sequence[int], graph: nx.Graph) -> dict[Pair, float]:
    measure = log_odds if len(ties) == 1 else _family_odds
    odds = {(pair.a, pair.b): measure(pair) for pair in ties}
    away = [_away_from(root, odds, graph) for root in roots]
    scores = [sum(math.log(_sigmoid(odds[pair] * way)) for pair, way in ways.items()) for ways in away]
    weights = [math.exp(score - max(scores)) for score in scores]
    found = {}
    for pair, own in odds.items():
        led = (_sigmoid(own) if ways[pair] == 0 else float(ways[pair] > 0) for ways in away)
        found[pair] = math.fsum(map(math.prod, zip(weights, led, strict=True))) / math.fsum(weights)
    return found


def _away_from(root: int, ties: Iterable[Pair], graph: nx.Graph) -> dict[Pair, int]:
    """For each tie 1 where it leads from `a` to `b`, seen from the root, -1 where from `b` to `a`, 0: neither."""
    steps = nx.single_source_shortest_path_length(graph, root)
    return {(a, b): (steps[b] > steps[a]) - (steps[b] < steps[a]) for a, b in ties}
