"""Groups of statements that report one utterance, over any number of articles."""

from collections.abc import Mapping, Sequence

from retold.article import Article
from retold.collation.collation import Link, Retelling
from retold.statements.statement import Statement


def group_retellings(
    links: Sequence[Link], statements: Sequence[Statement], articles: Sequence[Article]
) -> tuple[Retelling, ...]:
    """Group the statements that `links` join, in the order in which they stand in the articles.

    Statements that nothing joins are in no group. The fullest telling is the one with most words, direct before
    indirect; the earliest is named only when every telling is in a dated article and one is alone on the first day.
    """
    import networkx as nx  # takes longer to import than all of collation: who compares two tellings needs it not

    graph = nx.Graph()
    graph.add_edges_from((link.fuller, link.other) for link in links)
    order = {statement.id: index for index, statement in enumerate(statements)}
    known = {statement.id: statement for statement in statements}
    published = {article.id: article.published for article in articles}
    groups = [sorted(group, key=order.__getitem__) for group in nx.connected_components(graph)]
    return tuple(_retelling(group, links, known, published) for group in sorted(groups, key=lambda g: order[g[0]]))


def _retelling(
    group: Sequence[str], links: Sequence[Link], known: Mapping[str, Statement], published: Mapping[str, str | None]
) -> Retelling:
    inside = set(group)
    own = tuple(link for link in links if link.fuller in inside)
    return Retelling(
        id="r-" + group[0],
        statements=tuple(group),
        earliest=_earliest(group, known, published),
        fullest=max(group, key=lambda name: _fullness(known[name])),
        links=own,
        how="links",
        confidence=min(link.confidence for link in own),
    )


def _fullness(statement: Statement) -> tuple[int, bool]:
    return (sum(end - start for start, end in statement.content), statement.kind == "direct")


def _earliest(group: Sequence[str], known: Mapping[str, Statement], published: Mapping[str, str | None]) -> str | None:
    days = [(published[known[name].article], name) for name in group]
    dated = sorted((day, name) for day, name in days if day)
    if len(dated) < len(days) or (len(dated) > 1 and dated[0][0] == dated[1][0]):
        return None
    return dated[0][1]
