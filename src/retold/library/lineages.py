"""What a library knows of who copied whom, as a lineage: for where voices are counted without a full comparison."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from retold.library.voices import joined, read_reuse, read_sources

if TYPE_CHECKING:  # it takes longer to import than stories take to list
    from retold.lineage import Edge, Lineage


def voices_of(connection: Connection, numbers: Sequence[int]) -> Mapping[int, int]:
    """The voice of each article, a number that its copies and the versions of its text have too."""
    return joined(read_sources(connection, numbers), read_reuse(connection, numbers))


def lineage_of(connection: Connection, ids: Mapping[int, str]) -> "Lineage":
    """A lineage in which the articles of one voice hang together; no direction is claimed.

    `ids` are those of the articles, by their numbers. An edge has a share where the two share words themselves.
    """
    from retold.lineage import Lineage, Node

    reuse = read_reuse(connection, ids)
    shares = {frozenset((one.article, one.other)): max(one.of_article, one.of_other) for one in reuse}
    voices: defaultdict[int, list[int]] = defaultdict(list)
    for number, voice in joined(read_sources(connection, ids), reuse).items():
        voices[voice].append(number)
    edges = [
        _edge(ids[group[0]], ids[other], shares.get(frozenset((group[0], other))))
        for group in voices.values()
        for other in group[1:]
    ]
    nodes = [Node(id=one, article=one, label=one, evidence=(), how="library") for one in ids.values()]
    return Lineage(nodes=tuple(nodes), edges=tuple(edges), how="library")


def _edge(source: str, derivative: str, share: float | None) -> "Edge":
    from retold.lineage import Edge

    return Edge(
        source=source,
        derivative=derivative,
        share=None if share is None else round(min(1.0, share), 3),
        direction="unknown",
        evidence=(),
        how="fingerprints",
        confidence=0.9,
    )
