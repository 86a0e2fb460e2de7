"""The findings about who derives from whom: one for each edge of a small lineage, one for all of a large one."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from retold.article import Evidence
from retold.dossier.dossier import Finding, FindingKind
from retold.dossier.labels import Label, count_of, node_kind, one_line
from retold.lineage.lineage import Edge, Lineage, Node

_TOLD_ONE_BY_ONE = 2
"""With more edges the first screen would hold nothing else; the lineage section has the arguments of each."""
_SHOWN = 8
"""Places that show a derivation, at most."""


def make_finding(
    kind: FindingKind, text: str, rows: Iterable[str], evidence: Iterable[Evidence], sure: float
) -> Finding:
    """A finding with an id that depends on what it says and on the rows it says it of."""
    named = tuple(rows)
    key = "|".join((kind, *named, text))
    return Finding(
        id="f-" + hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:10],
        kind=kind,
        text=text,
        rows=named,
        evidence=tuple(evidence),
        how="template",
        confidence=round(sure, 2),
    )


def find_derivations(lineage: Lineage, labels: Mapping[str, Label]) -> Iterator[Finding]:
    """Who derives from whom, who shares words without a direction, which originals are not among the reports."""
    inner = [edge for edge in lineage.edges if edge.share is not None]
    outer = [edge for edge in lineage.edges if edge.share is None]
    if len(inner) > _TOLD_ONE_BY_ONE:
        yield _whole(inner, labels)
    for edge in outer if len(inner) > _TOLD_ONE_BY_ONE else lineage.edges:
        yield _single(edge, lineage, labels)


def _whole(edges: Sequence[Edge], labels: Mapping[str, Label]) -> Finding:
    """One sentence for a large lineage: "Reports B, C and D derive from A; report F derives from D; …"."""
    ends = dict.fromkeys(end for edge in edges for end in (edge.source, edge.derivative))
    parts = [
        part for source in dict.fromkeys(edge.source for edge in edges) for part in _of_source(source, edges, labels)
    ]
    alone = [label.letter for name, label in labels.items() if name not in ends]
    if alone:
        parts.append(f"{listed(alone)} {'stands' if len(alone) == 1 else 'stand'} alone")
    evidence = [found for edge in edges for argument in edge.evidence[:1] for found in argument.evidence[:2]]
    text = "; ".join(parts)
    sure = min(edge.confidence for edge in edges)
    return make_finding("derivation", text[0].upper() + text[1:] + ".", ends, evidence, sure)


def _of_source(source: str, edges: Sequence[Edge], labels: Mapping[str, Label]) -> Iterator[str]:
    own = [edge for edge in edges if edge.source == source]
    derived = [labels[edge.derivative].letter for edge in own if edge.direction != "unknown"]
    sharing = [labels[edge.derivative].letter for edge in own if edge.direction == "unknown"]
    if derived:
        yield f"{listed(derived)} {'derives' if len(derived) == 1 else 'derive'} from {labels[source].letter}"
    if sharing:
        yield f"{listed(sharing)} and {labels[source].letter} share words, and nothing tells which came first"


def listed(letters: Sequence[str]) -> str:
    """ "report A"; "reports A, B and C"."""
    if len(letters) == 1:
        return f"report {letters[0]}"
    return f"reports {', '.join(letters[:-1])} and {letters[-1]}"


def _single(edge: Edge, lineage: Lineage, labels: Mapping[str, Label]) -> Finding:
    source = next(node for node in lineage.nodes if node.id == edge.source)
    derivative = labels[edge.derivative]
    evidence = [found for argument in edge.evidence for found in argument.evidence][:_SHOWN]
    arguments = "; ".join(_counted(edge))
    if edge.direction == "unknown" and edge.share is not None:
        arguments = f"{edge.share:.0%} of the words of one stand in matching sentences of the other"
    if source.article:
        arguments = arguments.replace("the other", f"report {labels[source.id].letter}")
    text = f"{_derives(edge, source, derivative, lineage, labels)}: {arguments}."
    return make_finding("derivation", text, (edge.source, edge.derivative), evidence, edge.confidence)


def _derives(edge: Edge, source: Node, derivative: Label, lineage: Lineage, labels: Mapping[str, Label]) -> str:
    if node_kind(source) == "lost":
        return f"Report {derivative.letter} may derive from an original that is not among the reports"
    if source.article is None:
        return f"Report {derivative.letter} names an original that is not among the reports"
    letter = labels[source.id].letter
    if edge.direction == "unknown":
        return f"Reports {letter} and {derivative.letter} share words, and nothing tells which came first"
    credited = any(other.derivative == edge.source and other.share is None for other in lineage.edges)
    or_source = ", or from its source" if credited else ""
    return f"Report {derivative.letter} derives from report {letter}{or_source}"


def _counted(edge: Edge) -> Iterator[str]:
    """The arguments of an edge in words, those of one kind counted."""
    by_kind: dict[str, list[str]] = {}
    for argument in edge.evidence:
        by_kind.setdefault(argument.kind, []).append(argument.note)
    for kind, notes in by_kind.items():
        if kind == "strict_part":
            many = count_of(len(notes), "quotation is a strict part", "quotations are strict parts")
            yield f"{many} of fuller ones there"
        elif kind == "paraphrase":
            yield f"{count_of(len(notes), 'sentence paraphrases', 'sentences paraphrase')} what is quoted there"
        else:
            yield from (one_line(note) for note in dict.fromkeys(notes))
