"""What is known of who derives from whom: a graph of articles and of the originals they credit."""

from typing import Literal

from retold.article import Evidence, Record

Direction = Literal["certain", "likely", "unknown"]


class Argument(Record, frozen=True, kw_only=True):
    """One reason for a node or an edge, in words, with the words of the articles that it rests on."""

    kind: str
    note: str
    evidence: tuple[Evidence, ...]


class Node(Record, frozen=True, kw_only=True):
    """An article, or (`article` None) an original that is credited or needed but not among the inputs."""

    id: str
    article: str | None
    label: str
    evidence: tuple[Argument, ...]


class Edge(Record, frozen=True, kw_only=True, rename={"source": "from", "derivative": "to"}):
    """The words of `derivative` derive from the text that `source` carries (node ids).

    `share` (0 to 1) is the part of the derivative's words that does; None where the source is not among the inputs,
    so that nothing can be measured. With direction "unknown" the two share words but the texts do not tell which
    way: it is drawn undirected.
    """

    source: str
    derivative: str
    share: float | None
    direction: Direction
    evidence: tuple[Argument, ...]


class Lineage(Record, frozen=True, kw_only=True):
    """Nodes in input order, credited originals last; edges from source to derivative."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
