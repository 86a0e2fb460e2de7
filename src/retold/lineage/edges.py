"""What is said of two reports that are tied: which way the words went, how sure that is, and why."""

import math
from collections.abc import Sequence

from retold.article import Evidence
from retold.collation.witness import Rarity, Witness
from retold.lineage.arguments import shared_innovations
from retold.lineage.kinship import Kinship
from retold.lineage.lineage import Argument, Direction, Edge, Node
from retold.lineage.orientation import STRUCTURAL, Way, log_odds, odds_of
from retold.lineage.originals import lost_original, needs_original
from retold.lineage.relations import Related

_CERTAIN = 0.97
_LIKELY = 0.9
_STRUCTURAL_ODDS = 4.5  # of the arguments about the two themselves: two strict parts of quotations, or a credit
_LIKELY_ODDS = math.log(_LIKELY / (1 - _LIKELY))
_MERGED = "it has a part of this and a part of another that shares nothing with this, and little else"
_DESCENT = "it follows from what is known of the others: a family has one root, and each of its ties leads away from it"
_SHOWN = 3  # arguments about other reports
_SUREST = {"certain": 0.99, "likely": 0.96}


def edges_of(way: Way, ways: Sequence[Way], witnesses: Sequence[Witness]) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    """What is said of two tied reports: a directed edge, an original that both need, or an edge without direction."""
    direction = _direction(way)
    if direction != "unknown":
        return (), (_directed(way, direction, ways, witnesses),)
    if needs_original(way.pair):
        node, edges = lost_original(way.pair, witnesses)
        return (node,), edges
    return (), (_open_edge(way.pair, witnesses),)


def _direction(way: Way) -> Direction:
    """Certain is only what structural arguments about the two themselves say, and nothing speaks against."""
    sure = max(way.forward, 1 - way.forward)
    supporting, against = (way.pair.forward, way.pair.backward)[:: 1 if way.forward > 0.5 else -1]
    structural = odds_of([argument for argument in supporting if argument.kind in STRUCTURAL])
    own = log_odds(way.pair) * (1 if way.forward > 0.5 else -1)
    if min(sure, 1 / (1 + math.exp(-own))) >= _CERTAIN and structural >= _STRUCTURAL_ODDS and not against:
        return "certain"
    return "likely" if sure >= _LIKELY else "unknown"


def _directed(way: Way, direction: Direction, ways: Sequence[Way], witnesses: Sequence[Witness]) -> Edge:
    pair, forward = way.pair, way.forward > 0.5
    source, derivative = (pair.a, pair.b) if forward else (pair.b, pair.a)
    kinship = pair.b_of_a if forward else pair.a_of_b
    arguments = pair.forward if forward else pair.backward
    sure = round(min(max(way.forward, 1 - way.forward), _SUREST[direction]), 3)
    return Edge(
        source=witnesses[source].article.id,
        derivative=witnesses[derivative].article.id,
        share=round(kinship.share, 3),
        direction=direction,
        evidence=(*arguments, *_by_the_family(way, ways, witnesses), _shared_words(kinship, sure)),
        how="kinship and arguments",
        confidence=sure,
    )


def _by_the_family(way: Way, ways: Sequence[Way], witnesses: Sequence[Witness]) -> tuple[Argument, ...]:
    """What the other ties of two reports add, where what is said of the two alone would not be enough."""
    pair = way.pair
    if way.merged:
        return (_argument("merged", _MERGED, [found for both in pair.b_of_a.best for found in both]),)
    forward = way.forward > 0.5
    if log_odds(pair) * (1 if forward else -1) >= _LIKELY_ODDS:
        return ()
    source, derivative = (pair.a, pair.b) if forward else (pair.b, pair.a)
    rarity = Rarity([witnesses[source], witnesses[derivative]])
    shared = [
        argument
        for one in _sources(source, ways)
        for argument in shared_innovations(witnesses[one], witnesses[source], witnesses[derivative], rarity)
    ]
    others = [found for other in ways if other is not way for found in _arguments(other)]
    evidence = [one for argument in others[:_SHOWN] for one in argument.evidence]
    return (*shared, _argument("descent", _DESCENT, evidence)) if evidence else tuple(shared)


def _sources(report: int, ways: Sequence[Way]) -> list[int]:
    """Where a report comes from, as far as it is known."""
    ends = [
        (w.pair.a, w.pair.b)[:: 1 if w.forward > 0.5 else -1] for w in ways if abs(w.forward - 0.5) >= _LIKELY - 0.5
    ]
    return [source for source, derivative in ends if derivative == report]


def _argument(kind: str, note: str, evidence: Sequence[Evidence]) -> Argument:
    return Argument(kind=kind, note=note, evidence=tuple(evidence), how="the family", confidence=_LIKELY)


def _arguments(way: Way) -> tuple[Argument, ...]:
    """Those about two reports that agree with the direction found."""
    return way.pair.forward if way.forward > 0.5 else way.pair.backward


def _shared_words(kinship: Kinship, sure: float) -> Argument:
    return Argument(
        kind="shared_words",
        note=f"{kinship.share:.0%} of its words stand in matching sentences of the other",
        evidence=tuple(evidence for pair in kinship.best for evidence in pair),
        how="kinship",
        confidence=sure,
    )


def _open_edge(pair: Related, witnesses: Sequence[Witness]) -> Edge:
    """Two reports share words, and nothing says which way."""
    evidence = tuple(found for both in pair.b_of_a.best for found in both)
    argument = Argument(
        kind="shared_words", note="they have matching sentences", evidence=evidence, how="kinship", confidence=0.8
    )
    return Edge(
        source=witnesses[pair.a].article.id,
        derivative=witnesses[pair.b].article.id,
        share=round(pair.share, 3),
        direction="unknown",
        evidence=(argument, *pair.forward, *pair.backward),
        how="kinship",
        confidence=0.8,
    )
