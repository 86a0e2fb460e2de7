"""The lineage in words, and which of its edges are drawn."""

from collections.abc import Iterable, Mapping

from retold.dossier.labels import NodeKind, node_kind, one_line, published_words
from retold.dossier.views.scope import Scope
from retold.dossier.views.view import ArgumentView, CurveKind, EdgeView
from retold.lineage.lineage import Argument, Edge, Node

MOST_SOURCES_DRAWN = 3
"""Incoming arrows drawn for one report; with more the picture is a thicket, and the list below it has them all."""


def node_name(scope: Scope, node: Node) -> str:
    """ "A · The Harrow Courier" for a report, the label of the node for a credited original."""
    return scope.labels[node.article].both if node.article else one_line(node.label)


def short_name(scope: Scope, node: Node) -> str:
    """ "A" for a report, the label of the node for a credited original."""
    return scope.labels[node.article].letter if node.article else one_line(node.label)


def node_lines(scope: Scope, node: Node) -> tuple[str, ...]:
    """What stands under the name of a node: the date of a report, or that it is not among the reports."""
    if node.article is None:
        return ("credited", "not among the reports") if node_kind(node) == "original" else ("named by no report",)
    date, _, basis = published_words(scope.article(node.article)).partition(", ")
    return (date, basis) if basis else (date,)


def curve_kind(edge: Edge, source: Node) -> CurveKind:
    kinds: Mapping[NodeKind, CurveKind] = {"article": edge.direction, "original": "credited", "lost": "lost"}
    return kinds[node_kind(source)]


def edge_label(edge: Edge, source: Node) -> str:
    """The few words beside an edge: "67 % · certain", "credited", "18 % shared". What else there is the line says."""
    if edge.share is None:
        return "credited" if node_kind(source) == "original" else edge.direction
    if edge.direction == "unknown":
        return f"{percent(edge.share)} shared"
    return f"{percent(edge.share)} · {edge.direction}"


def percent(share: float) -> str:
    return f"{round(100 * share)} %"


def edge_sentence(scope: Scope, edge: Edge, nodes: dict[str, Node]) -> str:
    """One derivation as a sentence filled from its row."""
    source, derivative = nodes[edge.source], nodes[edge.derivative]
    one, other = node_name(scope, source), node_name(scope, derivative)
    share = "" if edge.share is None else f"{percent(edge.share)} of the words of {short_name(scope, derivative)}"
    if edge.direction == "unknown":
        part = f" ({share})" if share else ""
        return f"{one} and {other} carry the same words{part}; nothing tells which way they went."
    if node_kind(source) == "lost":
        return f"{other} derives from an original that no report names."
    if source.article is None:
        return f"{other} carries words of {one}, which is not among the reports."
    return f"{other} derives from {one}, or from its source" + (f": {share}." if share else ".")


def strength(edge: Edge) -> float:
    """The share, for ranking; 0 where it could not be measured."""
    return edge.share or 0.0


def edge_views(scope: Scope) -> tuple[EdgeView, ...]:
    """Every edge in words, the directed first, then by share."""
    nodes = {node.id: node for node in scope.dossier.lineage.nodes}
    edges = sorted(scope.dossier.lineage.edges, key=lambda edge: (edge.direction == "unknown", -strength(edge)))
    return tuple(
        EdgeView(edge_sentence(scope, edge, nodes), edge.direction, _arguments(scope, edge.evidence)) for edge in edges
    )


def original_views(scope: Scope) -> tuple[EdgeView, ...]:
    """The originals that are not among the reports, with the words that credit or demand them."""
    originals = (node for node in scope.dossier.lineage.nodes if node.article is None)
    return tuple(
        EdgeView(_original_sentence(node), "", _arguments(scope, node.evidence), scope.tag(node.id, node))
        for node in originals
    )


def _original_sentence(node: Node) -> str:
    if node_kind(node) == "lost":
        return "No report names this original: the texts of two reports need it."
    return f"{one_line(node.label)} is credited, but not among the reports."


def _arguments(scope: Scope, arguments: Iterable[Argument]) -> tuple[ArgumentView, ...]:
    return tuple(
        ArgumentView(one_line(each.note), tuple(scope.words(words) for words in each.evidence)) for each in arguments
    )


def drawn_edges(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """The edges worth a line: the strongest arrows into each report, and of the undirected ones a spanning forest.

    Twenty reports that all share a few words have 190 undirected pairs; the forest keeps the strongest that still
    joins what belongs together.
    """
    ranked = sorted(edges, key=lambda edge: (edge.direction == "unknown", -strength(edge)))
    group: dict[str, str] = {}
    arrows: dict[str, int] = {}
    drawn = []
    for edge in ranked:
        roots = _root(group, edge.source), _root(group, edge.derivative)
        if edge.direction != "unknown":
            arrows[edge.derivative] = arrows.get(edge.derivative, 0) + 1
        if arrows.get(edge.derivative, 0) > MOST_SOURCES_DRAWN if edge.direction != "unknown" else roots[0] == roots[1]:
            continue
        drawn.append(edge)
        group[roots[0]] = roots[1]
    return tuple(drawn)


def _root(group: dict[str, str], node: str) -> str:
    while group.get(node, node) != node:
        group[node] = group.get(group[node], group[node])
        node = group[node]
    return node
