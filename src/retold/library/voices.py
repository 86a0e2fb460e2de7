"""Which articles of a library are one voice: copies of one text, however many there are."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, or_, select

from retold.library import schema
from retold.library.loading import in_parts
from retold.lineage import Edge, Lineage, Node

MOST_OF = 0.5
"""From which part of either's own words on the one is a copy of the other, or both are copies of a third."""


class Copy(NamedTuple):
    """Two articles (numbers) of which one has much of the other's own words; both parts 0 to 1."""

    article: int
    other: int
    of_article: float
    of_other: float

    @property
    def share(self) -> float:
        return max(self.of_article, self.of_other)


def copies_among(connection: Connection, numbers: Sequence[int]) -> list[Copy]:
    """The pairs among these articles that are copies."""
    columns = schema.reuse.c
    wanted = set(numbers)
    enough = or_(columns.of_article >= MOST_OF, columns.of_other >= MOST_OF)
    query = select(columns.article, columns.other, columns.of_article, columns.of_other).where(enough)
    rows = [
        Copy(*row)
        for some in in_parts(sorted(wanted))
        for row in connection.execute(query.where(columns.article.in_(some)).order_by(columns.article, columns.other))
    ]
    return [row for row in rows if row.other in wanted]


def lineage_of(connection: Connection, numbers: Sequence[int], ids: Sequence[str]) -> Lineage:
    """What a library knows of who copied whom, without a full comparison; no direction is claimed.

    `ids` are those of the articles of these numbers.
    """
    known = dict(zip(numbers, ids, strict=True))
    edges = [
        Edge(
            source=known[copy.other],
            derivative=known[copy.article],
            share=round(copy.share, 3),
            direction="unknown",
            evidence=(),
            how="fingerprints",
            confidence=round(copy.share, 2),
        )
        for copy in copies_among(connection, numbers)
    ]
    nodes = [Node(id=one, article=one, label=one, evidence=(), how="library") for one in ids]
    return Lineage(nodes=tuple(nodes), edges=tuple(edges), how="library")
