"""The lineage as GraphML, for Gephi and networkx.

GraphML has directed and undirected edges, but Gephi drops an undirected edge of a directed graph (its
ImportContainerImpl: "Bad_Edge_Type"), and networkx refuses the whole file. So a pair whose direction is unknown is
written as networkx turns an undirected edge into directed ones: two edges, one each way, with the same attributes.
Whoever overlooks `direction` then still sees no direction that the texts do not tell.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import networkx as nx

from retold.dossier.dossier import Dossier
from retold.dossier.labels import headline_of, node_kind, one_line, own_word_count, visible
from retold.exports.days import published
from retold.exports.naming import Names, safe_name
from retold.lineage.lineage import Argument, Edge, Node

_QUOTED_CHARS = 240
"""Characters of the words shown with an argument; the offsets beside them lead to all of them."""
_LEAST_WEIGHT = 0.01
"""Gephi removes an edge of weight 0, so one whose share is nothing, or cannot be measured, has this."""
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document can hold, not even escaped (production 2, Char)."""


def to_graphml(dossier: Dossier) -> bytes:
    """The lineage of `dossier` as UTF-8 GraphML; the same dossier gives the same bytes.

    Every field is described in docs/exports.md. Characters that XML forbids are shown as their pictures (␀).
    No lineage: a graph without edges. Raises: nothing that a dossier can cause.
    """
    return graphml_bytes(lineage_graph(dossier))


def graphml_bytes(graph: nx.Graph) -> bytes:
    """`graph` as UTF-8 GraphML. No attribute of its nodes may have the name of one of its edges."""
    buffer = BytesIO()
    # Keys are named by their attributes: of networkx's own d0, d1, … Gephi takes d3 and d7 for yEd's labels.
    nx.write_graphml_lxml(graph, buffer, named_key_ids=True)
    return buffer.getvalue().rstrip() + b"\n"


def known_attributes(attributes: dict[str, Any]) -> dict[str, Any]:
    """The attributes that are known and not empty, their text such as XML can hold."""
    made = {name: _xml(value) if isinstance(value, str) else value for name, value in attributes.items()}
    return {name: value for name, value in made.items() if value not in (None, "")}


def lineage_graph(dossier: Dossier) -> nx.MultiDiGraph:
    """The lineage of `dossier` as a networkx graph: edges run from source to derivative.

    Attributes are text and numbers; what is unknown is absent. A pair without a direction has an edge each way.
    """
    names = Names(dossier)
    graph = nx.MultiDiGraph()
    for node in dossier.lineage.nodes:
        graph.add_node(safe_name(node.id), **known_attributes(_node(node, names)))
    for number, edge in enumerate(dossier.lineage.edges, start=1):
        known = known_attributes(_edge(edge, names))
        source, derivative = safe_name(edge.source), safe_name(edge.derivative)
        graph.add_edge(source, derivative, key=f"e{number}", **known)
        if edge.direction == "unknown":
            graph.add_edge(derivative, source, key=f"e{number}-back", **known)
    return graph


def _node(node: Node, names: Names) -> dict[str, Any]:
    common = {"label": names.full(node), "kind": node_kind(node)}
    if node.article is None:
        return {**common, "basis": "\n".join(_arguments(node.evidence, names)), "node_confidence": node.confidence}
    article = names.labels[node.article].article
    return {
        **common,
        "title": headline_of(article),
        "outlet": article.outlet,
        "author": article.author,
        "url": article.url,
        "published": published(article),
        "published_basis": article.published_basis,
        "genre": article.genre,
        "words": own_word_count(article),
        "node_confidence": node.confidence,
    }


def _edge(edge: Edge, names: Names) -> dict[str, Any]:
    """The attributes of an edge. No name is one of a node's: the keys of a file share one name space."""
    share = "" if edge.share is None else f"{round(100 * edge.share)} % · "
    return {
        "edgelabel": share + edge.direction,
        "direction": edge.direction,
        "relation": names.derivation(edge),
        "share": None if edge.share is None else float(edge.share),
        "confidence": float(edge.confidence),
        "how": edge.how,
        "evidence": "\n".join(_arguments(edge.evidence, names)),
        "weight": max(_LEAST_WEIGHT, edge.share or 0.0),
    }


def _arguments(arguments: tuple[Argument, ...], names: Names) -> Iterator[str]:
    """A line for each argument, and below it one for each of the words that it rests on."""
    for argument in arguments:
        yield f"{argument.kind}: {one_line(argument.note)}"
        yield from (f"  {names.quoted(words, _QUOTED_CHARS)}" for words in argument.evidence)


def _xml(text: str) -> str:
    return _NO_XML.sub("\ufffd", visible(text))
