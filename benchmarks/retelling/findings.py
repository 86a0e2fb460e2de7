"""What a comparison of two texts reports, in the benchmark's own terms, and whether it meets a case."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from benchmarks.retelling.cases import Case
from retold.article import Article, Evidence
from retold.collation import Change, collate
from retold.reading import read_text

SURE = 0.6
"""Changes reported with less confidence are not counted."""

Spans = list[tuple[int, int]]


class Finding(NamedTuple):
    """A reported change. `kind` "trimmed" and "altered" stand for the relation of a passage or link."""

    kind: str
    confidence: float
    a: Spans
    b: Spans
    note: str


def compare(a: str, b: str) -> list[Finding]:
    """What Retold reports of two texts: changes of passages and links, each once, and relations of passages."""
    one, other = read_text(a, name="a"), read_text(b, name="b")
    collation = collate(one, other)
    changes = [change for passage in collation.passages for change in passage.changes]
    changes += [change for link in collation.links for change in link.changes]
    found = {_key(finding): finding for finding in (_of_change(one, other, change) for change in changes)}
    relations = [
        Finding(passage.relation, passage.confidence, *_sides(one, passage.a, passage.a_spans, passage.b_spans), "")
        for passage in collation.passages
        if passage.relation in ("trimmed", "altered")
    ]
    return [*found.values(), *relations]


def _key(finding: Finding) -> tuple[object, ...]:
    return finding.kind, tuple(finding.a), tuple(finding.b)


def _of_change(one: Article, other: Article, change: Change) -> Finding:
    ends = [end for end in (change.before, change.after) if end is not None]
    return Finding(change.kind, change.confidence, _within(one, ends), _within(other, ends), change.note)


def _within(article: Article, ends: Sequence[Evidence]) -> Spans:
    return [(span.start, span.end) for end in ends if end.article == article.id for span in end.spans]


def _sides(
    one: Article, a: str, a_spans: Sequence[tuple[int, int]], b_spans: Sequence[tuple[int, int]]
) -> tuple[Spans, Spans]:
    first, second = [(start, end) for start, end in a_spans], [(start, end) for start, end in b_spans]
    return (first, second) if a == one.id else (second, first)


def is_relation(finding: Finding) -> bool:
    """Whether it is the relation of a passage, not a change."""
    return finding.kind in ("trimmed", "altered")


def overlap(spans: Spans, others: Sequence[tuple[int, int]]) -> bool:
    """Whether any two of half-open spans share a character."""
    return any(start < stop and begin < end for start, end in spans for begin, stop in others)


def at_site(finding: Finding, case: Case) -> bool:
    """Whether a finding touches the injected change, on either side."""
    return overlap(finding.a, case.site_a) or overlap(finding.b, case.site_b)


def names_it(finding: Finding, case: Case) -> bool:
    """Whether a finding is at the injected change and of an accepted kind."""
    accepted = finding.kind in case.accepts or (case.trimming and is_relation(finding))
    return accepted and finding.confidence >= SURE and at_site(finding, case)


def counted(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings that claim something: sure, and neither "omitted", "other" nor a relation."""
    for finding in findings:
        if finding.confidence >= SURE and finding.kind not in ("omitted", "other") and not is_relation(finding):
            yield finding
