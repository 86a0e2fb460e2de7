"""Lineage: who derives from whom, as far as the texts can prove it."""

from retold.lineage.lineage import Argument, Edge, Lineage, Node
from retold.lineage.tracing import trace_lineage, trace_witnesses

__all__ = ["Argument", "Edge", "Lineage", "Node", "trace_lineage", "trace_witnesses"]
