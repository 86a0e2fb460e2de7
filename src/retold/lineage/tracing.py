"""The graph of derivation of any number of reports.

Two reports are related when one carries the other's own words, or tells the same in the same order (`kinship`); only
pairs that share anything are compared (`candidates`). Of related pairs those stay tied that no third report stands
between (`between`). Arguments then say which way the words went (`orientation`), or that both must come from an
original that is not there (`originals`).
"""

from collections.abc import Sequence

from retold.article import Article
from retold.collation.alignment import Pairings
from retold.collation.witness import Witness, make_witness
from retold.lineage.between import grams_of, without_explained
from retold.lineage.candidates import candidate_pairs
from retold.lineage.edges import edges_of
from retold.lineage.lineage import Lineage, Node
from retold.lineage.orientation import orient
from retold.lineage.originals import credited_originals
from retold.lineage.relations import prepare, relate


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
    reports = [prepare(witness) for witness in witnesses]
    pairs = candidate_pairs(witnesses, [report.runs for report in reports])
    related = [found for a, b in pairs if (found := relate(reports, a, b, pairings))]
    grams = {index: grams_of(witnesses[index]) for pair in related for index in (pair.a, pair.b)}
    ways = orient(without_explained(related, grams), related, grams)
    nodes, edges = credited_originals(reports)
    for way in ways:
        new_nodes, new_edges = edges_of(way, ways, witnesses)
        nodes, edges = (*nodes, *new_nodes), (*edges, *new_edges)
    directed = [edge for edge in edges if edge.share is not None and edge.direction != "unknown"]
    return Lineage(
        nodes=(*(_node(witness.article) for witness in witnesses), *nodes),
        edges=(*directed, *(edge for edge in edges if edge not in directed)),
        how="kinship and arguments",
    )


def _node(article: Article) -> Node:
    label = article.outlet or article.title or article.input
    return Node(id=article.id, article=article.id, label=label, evidence=(), how="input")
