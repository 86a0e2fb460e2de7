"""Which statements quote, and what: an earlier telling where the lineage names it, else the utterance itself."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, get_args

from retold.collation.collation import Link, Relation, Retelling
from retold.dossier.dossier import Dossier
from retold.lineage.lineage import Edge
from retold.statements.statement import Statement

_MILDEST_FIRST: tuple[Relation, ...] = get_args(Relation)


class Earlier(NamedTuple):
    """The telling that a statement was quoted from: the link of the two, and the edge between their articles."""

    statement: Statement
    link: Link
    edge: Edge


class Quotation(NamedTuple):
    """A statement that has words in quotation marks, and where they come from.

    `utterance` is the id of its retelling, or its own id where it is told once; `fullest` the telling with most words.
    `earlier` is None where the lineage gives no source that tells it as fully.
    """

    statement: Statement
    utterance: str
    fullest: Statement
    earlier: Earlier | None


def find_quotations(dossier: Dossier) -> Iterator[Quotation]:
    """The direct and mixed statements of `dossier`, in its order, each with every earlier telling it derives from.

    An earlier telling is one of an article from which the statement's article derives (certain or likely), and has
    all that the statement has: nobody can quote what his source did not have.
    """
    statements = {statement.id: statement for statement in dossier.statements}
    retold = {name: retelling for retelling in dossier.retellings for name in retelling.statements}
    earlier = _earlier(dossier, statements)
    for statement in dossier.statements:
        if statement.kind == "indirect":
            continue
        utterance, fullest = _utterance(statement, retold, statements)
        for found in earlier.get(statement.id) or (None,):
            yield Quotation(statement, utterance, fullest, found)


def _utterance(
    statement: Statement, retold: Mapping[str, Retelling], statements: Mapping[str, Statement]
) -> tuple[str, Statement]:
    retelling = retold.get(statement.id)
    if retelling is None:
        return statement.id, statement
    return retelling.id, statements.get(retelling.fullest, statement)


def _earlier(dossier: Dossier, statements: Mapping[str, Statement]) -> dict[str, list[Earlier]]:
    """The earlier tellings of each statement (id): of each source article the one that it is nearest to."""
    article_of = {node.id: node.article for node in dossier.lineage.nodes}
    edges = {
        (article_of.get(edge.source), article_of.get(edge.derivative)): edge
        for edge in dossier.lineage.edges
        if edge.direction != "unknown"
    }
    nearest: dict[tuple[str, str], Earlier] = {}
    links = [link for retelling in dossier.retellings for link in retelling.links]
    for link in sorted(links, key=lambda link: (_MILDEST_FIRST.index(link.relation), -link.confidence)):
        for source, derivative in _ways(link):
            one, other = statements.get(source), statements.get(derivative)
            edge = edges.get((one.article, other.article)) if one and other else None
            if one and other and edge:
                nearest.setdefault((other.id, one.article), Earlier(one, link, edge))
    found: dict[str, list[Earlier]] = {}
    for (derivative, _), earlier in nearest.items():
        found.setdefault(derivative, []).append(earlier)
    return found


def _ways(link: Link) -> tuple[tuple[str, str], ...]:
    """Which statement may have been quoted from which: from the fuller; where both have the same words, either."""
    forward = (link.fuller, link.other)
    return (forward, forward[::-1]) if link.relation == "verbatim" else (forward,)
