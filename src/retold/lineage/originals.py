"""Originals that are not among the reports: those that a report credits, and those that two reports need."""

from collections.abc import Sequence

from retold.article import Article, Evidence
from retold.collation.witness import Witness
from retold.lineage.credits import Credit
from retold.lineage.lineage import Argument, Edge, Node
from retold.lineage.orientation import STRUCTURAL
from retold.lineage.relations import Related, Report


def credited_originals(reports: Sequence[Report]) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    """A node for each original that is credited and not given, in the order of their first credit, and its edges."""
    nodes: dict[str, Node] = {}
    edges: list[Edge] = []
    outlets = (report.witness.article.outlet for report in reports)
    known = {outlet.casefold() for outlet in outlets if outlet}
    for report in reports:
        for credit in report.credited:
            if credit.name.casefold() not in known:
                argument = _credited(report.witness.article, credit)
                name = "original-" + credit.name.casefold().replace(" ", "-")
                node = nodes.get(name) or Node(id=name, article=None, label=credit.name, evidence=(), how=credit.rule)
                evidence = (*node.evidence, argument)
                nodes[name] = Node(id=name, article=None, label=node.label, evidence=evidence, how=credit.rule)
                edges.append(_credit_edge(name, report.witness.article, argument))
    return tuple(nodes.values()), tuple(edges)


def needs_original(pair: Related) -> bool:
    """Whether each of two reports has in full what the other has in part: neither can be the other's only source."""
    return all(any(a.kind in STRUCTURAL for a in arguments) for arguments in (pair.forward, pair.backward))


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


def lost_original(pair: Related, witnesses: Sequence[Witness]) -> tuple[Node, tuple[Edge, Edge]]:
    """The original that two reports need (see `needs_original`), and the edges to both."""
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
