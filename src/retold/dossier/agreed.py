"""The findings about what a report leaves out although others, independent of each other, agree on it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import networkx as nx

from retold.article import Evidence
from retold.collation.collation import Support
from retold.dossier.derivations import listed, make_finding
from retold.dossier.dossier import Finding
from retold.dossier.labels import Label, clip, count_of, one_line
from retold.lineage.lineage import Lineage

_AGREEING = 2  # reports, none of which derives from another of them
_SHOWN = 6  # sentences whose words are evidence; all rows are named
_SENTENCE = 160  # characters of a sentence in a finding


def find_agreed(support: Sequence[Support], lineage: Lineage, labels: Mapping[str, Label]) -> Iterator[Finding]:
    """For each report one finding about the sentences that two or more others tell and it does not.

    Reports that are kin count as one: copies agree on everything.
    """
    kin = nx.Graph()
    kin.add_nodes_from(labels)
    kin.add_edges_from((edge.source, edge.derivative) for edge in lineage.edges)
    family = {name: number for number, group in enumerate(nx.connected_components(kin)) for name in group}
    missing: dict[str, list[Support]] = defaultdict(list)
    for row in support:
        telling = {row.article, *(found.article for found in row.by)}
        if row.verdict == "supported" and len({family[name] for name in telling}) >= _AGREEING:
            for name in labels.keys() - telling:
                if family[name] not in {family[other] for other in telling}:
                    missing[name].append(row)
    for name in labels:
        if rows := _once(missing[name]):
            yield _finding(labels[name], rows, labels)


def _once(rows: Sequence[Support]) -> list[Support]:
    """The surest row of those that bear each other out: they tell one thing."""
    kept: list[Support] = []
    told: set[tuple[str, int]] = set()
    for row in sorted(rows, key=lambda row: (-len(row.by), -row.confidence, row.id)):
        if (row.article, row.span.start) not in told:
            kept.append(row)
            told |= {(found.article, start) for found in row.by for start, _ in found.spans}
    return kept


def _finding(label: Label, rows: Sequence[Support], labels: Mapping[str, Label]) -> Finding:
    first = rows[0]
    letters = sorted({labels[name].letter for name in (first.article, *(found.article for found in first.by))})
    words = clip(one_line(labels[first.article].article.text[slice(*first.span)]), _SENTENCE)
    count = count_of(len(rows), "thing", "things")
    text = f"Report {label.letter} leaves out {count} that independent reports agree on; {listed(letters)}: “{words}”"
    text += "" if len(rows) == 1 else f" and {len(rows) - 1} more."
    evidence = [one for row in rows[:_SHOWN] for one in (Evidence(row.article, (row.span,)), *row.by[:1])]
    return make_finding("left_out", text, (row.id for row in rows), evidence, first.confidence)
