"""Lineage: who derives from whom, as far as the texts can prove it."""

from retold.lineage.dating import Dating, date_articles, infer_publications
from retold.lineage.lineage import Argument, Edge, Lineage, Node
from retold.lineage.tracing import trace_lineage, trace_witnesses

__all__ = [
    "Argument",
    "Dating",
    "Edge",
    "Lineage",
    "Node",
    "date_articles",
    "infer_publications",
    "trace_lineage",
    "trace_witnesses",
]
