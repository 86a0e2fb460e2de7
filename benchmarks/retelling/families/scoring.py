"""Edges found against edges made: by Retold and by a peer."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from benchmarks.lineage import Pair, containment
from benchmarks.retelling.families.trees import SHAPES, Family
from retold.article import Article
from retold.lineage import Lineage, trace_lineage
from retold.pipeline import make_dossier
from retold.reading import read_text

PEER_JOINS_FROM = 0.1


class Found(NamedTuple):
    """An edge between two given articles, by name. `direction`: "certain", "likely" or "unknown"."""

    source: str
    derivative: str
    direction: str


class Traced(NamedTuple):
    """A family with the edges that were found."""

    family: Family
    found: list[Found]


class Tally(NamedTuple):
    """Counts over families. `ancestor`: directed edges from an ancestor, the direct ones among them.

    `sideways`: directed between kin of whom neither descends from the other. `undirected`: kin joined without a
    direction. `joined`: edges made whose ends are joined at all. `strangers`: joins, directed or not, of articles
    that share nothing.
    """

    true: int
    directed: int
    right: int
    ancestor: int
    backwards: int
    sideways: int
    undirected: int
    joined: int
    strangers: int

    @property
    def precision(self) -> float | None:
        """Direct edges among those said; None: none was said."""
        return self.right / self.directed if self.directed else None

    @property
    def lenient_precision(self) -> float | None:
        """Edges from any ancestor among those said; None: none was said."""
        return self.ancestor / self.directed if self.directed else None

    @property
    def recall(self) -> float | None:
        """Direct edges said among those made; None: none was made."""
        return self.right / self.true if self.true else None


def read_family(family: Family) -> dict[str, Article]:
    """The articles by name; none has a date."""
    return {name: read_text(text, name=name) for name, text in family.articles.items()}


def trace(family: Family, *, by_text: bool = False) -> Traced:
    """What Retold finds; `by_text`: from the texts alone, without statements."""
    articles = read_family(family)
    given = list(articles.values())
    lineage = trace_lineage(given) if by_text else make_dossier(given).lineage
    return Traced(family, list(_between(lineage, {article.id: name for name, article in articles.items()})))


def _between(lineage: Lineage, names: dict[str, str]) -> Iterator[Found]:
    """The edges between given articles; credited originals that are not given are left out."""
    nodes = {node.id: names[node.article] for node in lineage.nodes if node.article in names}
    for edge in lineage.edges:
        if edge.source in nodes and edge.derivative in nodes:
            yield Found(nodes[edge.source], nodes[edge.derivative], edge.direction)


def trace_peer(family: Family) -> Traced:
    """For every article the one that shares most 5-grams with it, if enough; the longer one is the source."""
    articles = read_family(family)
    found = set()
    for name, article in articles.items():
        shared = {other: containment(Pair(article, articles[other], True)) for other in articles if other != name}
        nearest = max(shared, key=lambda other: shared[other])
        if shared[nearest] >= PEER_JOINS_FROM:
            pair = sorted((name, nearest), key=lambda each: (-len(articles[each].text), each))
            found.add(Found(pair[0], pair[1], "likely"))
    return Traced(family, sorted(found))


def tally(traced: Sequence[Traced], directions: tuple[str, ...] = ("certain", "likely")) -> Tally:
    """Counts over all the families."""
    rows = [_tally_one(each, directions) for each in traced]
    return Tally(*(sum(column) for column in zip(*rows, strict=True))) if rows else Tally(*[0] * 9)


def _tally_one(traced: Traced, directions: tuple[str, ...]) -> Tally:
    family, descents = traced.family, traced.family.descents
    directed = {(f.source, f.derivative) for f in traced.found if f.direction in directions}
    joined = {frozenset((f.source, f.derivative)) for f in traced.found}
    undirected = {frozenset((f.source, f.derivative)) for f in traced.found if f.direction == "unknown"}
    kin = {frozenset(pair) for pair in family.kin}
    backwards = sum((derivative, source) in descents for source, derivative in directed)
    ancestor = len(directed & descents)
    among_kin = sum(pair in family.kin for pair in directed)
    return Tally(
        true=len(family.edges),
        directed=len(directed),
        right=len(directed & family.edges),
        ancestor=ancestor,
        backwards=backwards,
        sideways=among_kin - ancestor - backwards,
        undirected=len(undirected & kin),
        joined=len(joined & {frozenset(edge) for edge in family.edges}),
        strangers=len(joined - kin),
    )


def strangers(families: Sequence[Family]) -> int:
    """How many pairs of articles share nothing."""
    return sum(pair not in family.kin for family in families for pair in combinations(family.articles, 2))


def table(traced: Sequence[Traced], peer: Sequence[Traced]) -> Iterator[str]:
    """A line a shape, then all, then the peer, then how often each claim of direction is right."""
    yield (
        f"{'family':<22}{'n':>3}{'edges':>6}{'said':>5}{'prec.':>7}{'recall':>7}{'F1':>5}{'+anc.':>7}{'back':>6}{'side':>5}"
        f"{'undir.':>7}{'joined':>7}{'strangers':>10}"
    )
    for shape in SHAPES:
        own = [each for each in traced if each.family.shape == shape]
        if own:
            yield _line(shape, len(own), tally(own))
    yield _line("all", len(traced), tally(traced))
    yield _line("peer: 5-grams, longer", len(peer), tally(peer))
    for direction in ("certain", "likely"):
        counts = tally(traced, (direction,))
        yield (
            f"said {direction}: {counts.directed}; direct {counts.right}, from an ancestor {counts.ancestor},"
            f" backwards {counts.backwards}, between siblings {counts.sideways}"
        )
    yield f"pairs of strangers: {strangers([each.family for each in traced])}"


def _line(name: str, count: int, counts: Tally) -> str:
    right, recall = counts.precision, counts.recall
    both = 2 * right * recall / (right + recall) if right and recall else (None if right is None else 0.0)
    return (
        f"{name:<22}{count:>3}{counts.true:>6}{counts.directed:>5}{_show(right):>7}{_show(recall):>7}{_show(both):>5}"
        f"{_show(counts.lenient_precision):>7}{counts.backwards:>6}{counts.sideways:>5}{counts.undirected:>7}"
        f"{counts.joined:>7}{counts.strangers:>10}"
    )


def _show(value: float | None) -> str:
    return "–" if value is None else "1.0" if value == 1 else f"{value:.2f}".removeprefix("0")


def examples(traced: Sequence[Traced], count: int) -> Iterator[str]:
    """What was made and what was found, of up to `count` families of each shape that are not all right."""
    for shape in SHAPES:
        wrong = [each for each in traced if each.family.shape == shape and not _perfect(each)]
        for each in wrong[:count]:
            lengths = ", ".join(f"{name} {len(text)}" for name, text in each.family.articles.items())
            yield f"{each.family.name} ({shape}; characters: {lengths})"
            yield "    made:  " + ", ".join(f"{a} > {b}" for a, b in sorted(each.family.edges))
            yield "    found: " + ", ".join(f"{f.source} > {f.derivative} ({f.direction})" for f in each.found)


def _perfect(traced: Traced) -> bool:
    counts = tally([traced])
    return counts.right == counts.true == counts.directed and not counts.strangers
