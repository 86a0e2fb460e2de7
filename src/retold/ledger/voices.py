"""Voices: reports that derive from one another are one, however many there are."""

from collections.abc import Iterable

import networkx as nx

from retold.lineage.lineage import Lineage


class Voices:
    """Which articles are one voice: those that the edges of a lineage join, also by an original that is not there.

    None: no lineage is known, and every article is a voice of its own.
    """

    def __init__(self, lineage: Lineage | None) -> None:
        graph = nx.Graph()
        names = {node.id: node.article or node.id for node in lineage.nodes} if lineage else {}
        for edge in lineage.edges if lineage else ():
            graph.add_edge(names.get(edge.source, edge.source), names.get(edge.derivative, edge.derivative))
        self._voice = {
            article: number for number, joined in enumerate(nx.connected_components(graph)) for article in joined
        }

    def count(self, articles: Iterable[str]) -> int:
        """How many voices these articles (by their ids) are."""
        return len({self._voice.get(article, article) for article in articles})
