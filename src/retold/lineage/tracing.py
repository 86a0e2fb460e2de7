"""The graph of derivation of any number of reports.

Two reports are related when one carries the other's own words (`kinship`). Structural arguments then say which way,
or that both must come from an original that is not there. Of all the sources a report may have, those stay that are
needed to explain its words: the nearest one, and any other that adds what the nearest does not have.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import networkx as nx

from retold.article import Article, Evidence
from retold.collation.alignment import Pairings
from retold.collation.witness import Rarity, Witness, make_witness
from retold.lineage.arguments import direct_and_told, earlier, shared_innovations, strict_parts
from retold.lineage.credits import Credit, find_credits, find_mentions
from retold.lineage.kinship import MIN_KINSHIP, Kinship, Runs, measure_kinship, own_runs
from retold.lineage.lineage import Argument, Direction, Edge, Lineage, Node

_CERTAIN = 2.0  # weight of structural arguments on one side, with none on the other, that makes a direction certain
_LIKELY = 0.8  # one strict part, or a date, or four paraphrases of quotations
_OUTWEIGHS = 3.0  # how much heavier than those against it a likely direction's arguments must be
_MIN_ADDED = 0.08  # part of a report's words that a further source must explain better than the nearest one
_TIE = 0.02  # sources that explain a report equally well within this part of its words cannot be told apart
_WEIGHTS = {"strict_part": 1.0, "credit": 2.0, "published": 0.9, "paraphrase": 0.2, "shared_innovations": 1.5}
_STRUCTURAL = frozenset({"strict_part", "credit", "shared_innovations"})


class _Pair(NamedTuple):
    """Two related reports (indexes), what each shares of the other, and the arguments for either direction."""

    a: int
    b: int
    b_of_a: Kinship
    a_of_b: Kinship
    forward: tuple[Argument, ...]
    backward: tuple[Argument, ...]


class _Derivation(NamedTuple):
    source: int
    derivative: int
    kinship: Kinship
    direction: Direction
    confidence: float
    arguments: tuple[Argument, ...]


def trace_lineage(articles: Sequence[Article]) -> Lineage:
    """Who derives from whom among `articles`, as far as their texts can prove it.

    No edge: independent, or too little in common. Raises: nothing.

    >>> from retold import read_text
    >>> report = read_text(
    ...     "The harbour board closed the northern lock on Monday after its gate had jammed twice.\\n\\n"
    ...     "“We will mend the gate before the ice comes, and we will pay the crews,” Ada Venn said.",
    ...     name="report",
    ... )
    >>> copy = read_text(
    ...     "The northern lock was closed by the harbour board on Monday after its gate jammed twice.\\n\\n"
    ...     "“We will mend the gate before the ice comes,” said Ada Venn.",
    ...     name="copy",
    ... )
    >>> [(edge.source == report.id, edge.direction) for edge in trace_lineage([report, copy]).edges]
    [(True, 'likely')]
    """
    witnesses = [make_witness(article, ()) for article in articles]
    return trace_witnesses(witnesses, Pairings())


def trace_witnesses(witnesses: Sequence[Witness], pairings: Pairings) -> Lineage:
    """The lineage of articles that are already prepared; see `trace_lineage`."""
    credited = [find_credits(witness.article) for witness in witnesses]
    rarity = Rarity(witnesses)
    runs = [own_runs(witness) for witness in witnesses]
    pairs = [
        pair
        for a, b in combinations(range(len(witnesses)), 2)
        if (pair := _pair(witnesses, credited, runs, a, b, pairings)) is not None
    ]
    pairs = _with_innovations(pairs, witnesses, rarity)
    directed = [(pair, _derivation(pair)) for pair in pairs]
    needed = _needed([found for _, found in directed if found is not None], witnesses, rarity)
    graph = nx.DiGraph([(found.source, found.derivative) for found in needed])
    open_pairs = [pair for pair, found in directed if found is None and not _explained(pair, graph)]
    nodes, edges = _originals(witnesses, credited, open_pairs)
    return Lineage(
        nodes=(*(_node(witness.article) for witness in witnesses), *nodes),
        edges=(*(_edge(found, witnesses) for found in needed), *edges),
        how="kinship and arguments",
    )


def _pair(
    witnesses: Sequence[Witness],
    credited: Sequence[Sequence[Credit]],
    runs: Sequence[Runs],
    a: int,
    b: int,
    pairings: Pairings,
) -> _Pair | None:
    one, other = witnesses[a], witnesses[b]
    b_of_a, a_of_b = (
        measure_kinship(one, other, pairings, (runs[a], runs[b])),
        measure_kinship(other, one, pairings, (runs[b], runs[a])),
    )
    if max(b_of_a.strength, a_of_b.strength) < MIN_KINSHIP:
        return None
    return _Pair(
        a,
        b,
        b_of_a,
        a_of_b,
        _arguments(one, other, credited[b]),
        _arguments(other, one, credited[a]),
    )


def _arguments(source: Witness, derivative: Witness, credited: Sequence[Credit]) -> tuple[Argument, ...]:
    return (
        *_credit_arguments(source, derivative, credited),
        *strict_parts(source, derivative),
        *direct_and_told(source, derivative),
        *earlier(source, derivative),
    )


def _credit_arguments(source: Witness, derivative: Witness, credited: Sequence[Credit]) -> tuple[Argument, ...]:
    outlet = source.article.outlet
    if not outlet or outlet == derivative.article.outlet:
        return ()
    spans = [credit.span for credit in credited if credit.name.casefold() == outlet.casefold()]
    spans += find_mentions(derivative, outlet)
    if not spans:
        return ()
    evidence = (Evidence(derivative.article.id, tuple(sorted(set(spans)))),)
    return (Argument(kind="credit", note=f"it credits {outlet}", evidence=evidence, how="credits", confidence=0.95),)


def _weight(arguments: Sequence[Argument], kinds: frozenset[str] | None = None) -> float:
    return sum(_WEIGHTS[argument.kind] for argument in arguments if kinds is None or argument.kind in kinds)


def _derivation(pair: _Pair) -> _Derivation | None:
    """Which way a pair derives; None: the texts do not tell."""
    backward = _weight(pair.backward) > _weight(pair.forward)
    arguments, against = (pair.backward, pair.forward) if backward else (pair.forward, pair.backward)
    source, derivative = (pair.b, pair.a) if backward else (pair.a, pair.b)
    kinship = pair.a_of_b if backward else pair.b_of_a
    if _weight(arguments, _STRUCTURAL) >= _CERTAIN and not against:
        return _Derivation(source, derivative, kinship, "certain", 0.97, arguments)
    if _weight(arguments) >= _LIKELY and _weight(arguments) >= _OUTWEIGHS * _weight(against):
        return _Derivation(source, derivative, kinship, "likely", 0.9, arguments)
    return None


def _with_innovations(pairs: Sequence[_Pair], witnesses: Sequence[Witness], rarity: Rarity) -> list[_Pair]:
    """The pairs with what a common source says of each: see `shared_innovations`."""
    sources: dict[int, set[int]] = defaultdict(set)
    for found in filter(None, map(_derivation, pairs)):
        sources[found.derivative].add(found.source)
    extended = []
    for pair in pairs:
        forward, backward = list(pair.forward), list(pair.backward)
        for source in sorted((sources[pair.a] & sources[pair.b]) - {pair.a, pair.b}):
            a, b = witnesses[pair.a], witnesses[pair.b]
            forward += shared_innovations(witnesses[source], a, b, rarity)
            backward += shared_innovations(witnesses[source], b, a, rarity)
        extended.append(pair._replace(forward=tuple(forward), backward=tuple(backward)))
    return extended


def _needed(
    derivations: Sequence[_Derivation], witnesses: Sequence[Witness], rarity: Rarity
) -> tuple[_Derivation, ...]:
    """For each report the sources that its words need: the nearest, then those that explain more of them."""
    chosen: list[_Derivation] = []
    graph = nx.DiGraph([(found.source, found.derivative) for found in derivations])
    for derivative in range(len(witnesses)):
        rivals = [found for found in derivations if found.derivative == derivative]
        nearness: dict[int, float] = {}
        while rivals:
            gains = [(_gain(found, nearness, witnesses, rarity), found) for found in rivals]
            top = max(gain for gain, _ in gains)
            # Of sources that explain a report equally well, the one from which the others derive is the simplest.
            equal = [found for gain, found in gains if gain >= top - _TIE]
            best = min(equal, key=lambda found: (graph.in_degree(found.source), found.source))
            if nearness and top < _MIN_ADDED:
                break
            chosen.append(best)
            rivals.remove(best)
            nearness = {
                index: max(nearness.get(index, 0.0), best.kinship.nearness.get(index, 0.0))
                for index in {*nearness, *best.kinship.nearness}
            }
    return tuple(chosen)


def _gain(found: _Derivation, nearness: dict[int, float], witnesses: Sequence[Witness], rarity: Rarity) -> float:
    """The part of the derivative's words that this source explains better than those chosen so far."""
    sentences = witnesses[found.derivative].sentences
    whole = sum(rarity.of(sentence.roots) for sentence in sentences)
    better = sum(
        max(0.0, likeness - nearness.get(index, 0.0)) * rarity.of(sentences[index].roots)
        for index, likeness in found.kinship.nearness.items()
    )
    return better / whole if whole else 0.0


def _explained(pair: _Pair, graph: nx.DiGraph) -> bool:
    """Whether two reports are joined already: by a way from one to the other, or by a source of both."""
    if pair.a not in graph or pair.b not in graph:
        return False
    above = [nx.ancestors(graph, end) | {end} for end in (pair.a, pair.b)]
    return bool(above[0] & above[1])


def _node(article: Article) -> Node:
    label = article.outlet or article.title or article.input
    return Node(id=article.id, article=article.id, label=label, evidence=(), how="input")


def _edge(found: _Derivation, witnesses: Sequence[Witness]) -> Edge:
    words = Argument(
        kind="shared_words",
        note=f"{found.kinship.share:.0%} of its words stand in matching sentences of the other",
        evidence=tuple(evidence for pair in found.kinship.best for evidence in pair),
        how="kinship",
        confidence=found.confidence,
    )
    return Edge(
        source=witnesses[found.source].article.id,
        derivative=witnesses[found.derivative].article.id,
        share=round(found.kinship.share, 3),
        direction=found.direction,
        evidence=(*found.arguments, words),
        how="kinship and arguments",
        confidence=found.confidence,
    )


def _originals(
    witnesses: Sequence[Witness], credited: Sequence[Sequence[Credit]], open_pairs: Sequence[_Pair]
) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    """Credited originals that are not among the inputs, and the undirected or lost-original edges of open pairs."""
    nodes: dict[str, Node] = {}
    edges: list[Edge] = []
    known = {witness.article.outlet.casefold() for witness in witnesses if witness.article.outlet}
    for witness, credits_ in zip(witnesses, credited, strict=True):
        for credit in credits_:
            if credit.name.casefold() not in known:
                argument = _credited(witness.article, credit)
                name = "original-" + credit.name.casefold().replace(" ", "-")
                node = nodes.get(name) or Node(id=name, article=None, label=credit.name, evidence=(), how=credit.rule)
                evidence = (*node.evidence, argument)
                nodes[name] = Node(id=name, article=None, label=node.label, evidence=evidence, how=credit.rule)
                edges.append(_credit_edge(name, witness.article, argument))
    for pair in open_pairs:
        if _weight(pair.forward, _STRUCTURAL) and _weight(pair.backward, _STRUCTURAL):
            node, ways = _lost_original(pair, witnesses)
            nodes[node.id] = node
            edges += ways
        else:
            edges.append(_open_edge(pair, witnesses))
    return tuple(nodes.values()), tuple(edges)


def _credited(article: Article, credit: Credit) -> Argument:
    evidence = (Evidence(article.id, (credit.span,)),)
    note = f"it credits {credit.name} ({credit.rule})"
    return Argument(kind="credit", note=note, evidence=evidence, how=credit.rule, confidence=0.9)


def _credit_edge(original: str, article: Article, argument: Argument) -> Edge:
    return Edge(
        source=original,
        derivative=article.id,
        share=None,
        direction="certain",
        evidence=(argument,),
        how="credits",
        confidence=0.9,
    )


def _lost_original(pair: _Pair, witnesses: Sequence[Witness]) -> tuple[Node, tuple[Edge, Edge]]:
    """Each of two reports has in full what the other has in part: neither can be the other's only source."""
    ids = [witnesses[end].article.id for end in (pair.a, pair.b)]
    name = f"lost-{ids[0]}-{ids[1]}"
    note = "each has quotations in full that the other has only in part: both derive from a text that is not here"
    spans = tuple(e for found in (*pair.forward, *pair.backward) for e in found.evidence)
    argument = Argument(kind="lost_original", note=note, evidence=spans, how="quotations", confidence=0.8)
    node = Node(id=name, article=None, label="lost original", evidence=(argument,), how="quotations", confidence=0.8)
    ways = [
        Edge(
            source=name,
            derivative=end,
            share=None,
            direction="likely",
            evidence=(argument,),
            how="quotations",
            confidence=0.8,
        )
        for end in ids
    ]
    return node, (ways[0], ways[1])


def _open_edge(pair: _Pair, witnesses: Sequence[Witness]) -> Edge:
    """Two reports share words, and nothing says which way."""
    evidence = tuple(found for both in pair.b_of_a.best for found in both)
    argument = Argument(
        kind="shared_words", note="they have matching sentences", evidence=evidence, how="kinship", confidence=0.8
    )
    return Edge(
        source=witnesses[pair.a].article.id,
        derivative=witnesses[pair.b].article.id,
        share=round(max(pair.b_of_a.share, pair.a_of_b.share), 3),
        direction="unknown",
        evidence=(argument, *pair.forward, *pair.backward),
        how="kinship",
        confidence=0.8,
    )
