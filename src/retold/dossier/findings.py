"""What a reader should know first: sentences filled from the rows of a dossier, never generated.

Changes are findings only along the lineage: what an independent report says otherwise is another report, not an
alteration. The words of one quotation are the exception: they must agree wherever they are quoted.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import networkx as nx

from retold.article import Article, Evidence, Span
from retold.collation.collation import Change, ChangeKind, Passage, QuotationCheck, Retelling, Support
from retold.collation.comparing import SURE
from retold.dossier.agreed import find_agreed
from retold.dossier.derivations import find_derivations, listed, make_finding
from retold.dossier.dossier import Finding, FindingKind
from retold.dossier.labels import Label, clip, count_of, label_articles, one_line
from retold.dossier.misquoted import find_misquoted
from retold.language.words import Word, words_in
from retold.lineage.lineage import Lineage
from retold.statements.statement import Statement

_SAME_UTTERANCE = 0.85
"""Confidence of a link from which two reports' quotations are held against each other without any lineage."""
_SHOWN = 12
"""Words of so many rows are evidence of a finding about many; all the rows are named."""
_KINDS: Mapping[ChangeKind, tuple[FindingKind, str]] = {
    "strength": ("altered", ", with other force"),
    "negation": ("altered", ", a negation"),
    "condition": ("altered", ""),
    "number": ("altered", ", another number"),
    "date": ("altered", ", another date"),
    "name": ("altered", ", another name"),
    "modality": ("altered", ", with other certainty"),
    "speaker_changed": ("altered", ", another speaker"),
    "added": ("altered", ""),
    "other": ("altered", ""),
    "quotation_altered": ("quotation_altered", ""),
    "attribution_dropped": ("attribution_dropped", ""),
    "attribution_added": ("altered", ", an attribution added"),
    "omitted": ("trimmed", ""),
}
_ORDER: Mapping[FindingKind, int] = {
    "derivation": 0,
    "altered": 1,
    "quotation_altered": 1,
    "attribution_dropped": 1,
    "trimmed": 2,
    "not_found": 3,
    "left_out": 4,
}


def find_findings(
    articles: Sequence[Article],
    statements: Sequence[Statement],
    retellings: Sequence[Retelling],
    passages: Sequence[Passage],
    support: Sequence[Support],
    quotations: Sequence[QuotationCheck],
    lineage: Lineage,
) -> tuple[Finding, ...]:
    """The findings, most telling first: who derives from whom, what was altered, cut, not found, left out."""
    labels = label_articles(articles)
    found = [
        *find_derivations(lineage, labels),
        *_changes(passages, retellings, statements, lineage, labels),
        *find_misquoted(quotations, labels),
        *_not_found(support, lineage, labels),
        *_left_out(support, statements, lineage, labels),
        *find_agreed(support, lineage, labels),
    ]
    return tuple(sorted(found, key=lambda finding: (_ORDER[finding.kind], -finding.confidence)))


class _Told(NamedTuple):
    """A change with the rows it stands in and the reports (ids) it leads from and to."""

    change: Change
    rows: tuple[str, ...]
    source: str
    derivative: str
    told: float

    @property
    def confidence(self) -> float:
        """Of the weaker part: the change, or that the two places tell the same (`told`)."""
        return min(self.change.confidence, self.told)

    @property
    def pinned(self) -> Evidence | None:
        """The words by which a change is known again: those of the derivative, or of a condition it lost."""
        ends = (self.change.after, self.change.before)
        return (ends[1] or ends[0]) if self.change.kind == "condition" else (ends[0] or ends[1])

    def rank(self) -> float:
        return -self.change.confidence * self.told


def _changes(
    passages: Sequence[Passage],
    retellings: Sequence[Retelling],
    statements: Sequence[Statement],
    lineage: Lineage,
    labels: Mapping[str, Label],
) -> Iterator[Finding]:
    """The sure changes of each derivative against the source it is nearest to, each told once, the surest first.

    Two reports that share words without a direction are held against each other in the order of the inputs.
    """
    ways = {(edge.source, edge.derivative) for edge in lineage.edges if edge.share is not None}
    told = [*_of_passages(passages, ways), *_of_links(retellings, statements, ways)]
    seen: set[tuple[str, ChangeKind, int]] = set()
    kept: dict[tuple[str, ChangeKind, str], list[_Told]] = {}
    for each in sorted(told, key=lambda found: ((found.source, found.derivative) not in ways, found.rank())):
        pinned = each.pinned
        if pinned is None or each.change.confidence < SURE:
            continue
        places = {(each.derivative, each.change.kind, at) for start, end in pinned.spans for at in range(start, end)}
        if not places & seen:
            kept.setdefault((each.source, each.change.kind, one_line(each.change.note)), []).append(each)
        seen |= places
    yield from (_change(same, labels) for same in kept.values())


def _of_passages(passages: Sequence[Passage], ways: set[tuple[str, str]]) -> Iterator[_Told]:
    for passage, ends in _nearest(passages, ways):
        for change in passage.changes:
            yield _Told(change, (passage.id,), *ends, passage.confidence)


def _of_links(
    retellings: Sequence[Retelling], statements: Sequence[Statement], ways: set[tuple[str, str]]
) -> Iterator[_Told]:
    article = {statement.id: statement.article for statement in statements}
    for link in (link for retelling in retellings for link in retelling.links):
        ends = (article[link.fuller], article[link.other])
        apart = ends not in ways and ends[::-1] not in ways and ends[0] != ends[1]
        for change in link.changes:
            # Two independent reports may differ in everything but the words of one quotation.
            if ends in ways or (apart and change.kind == "quotation_altered" and link.confidence >= _SAME_UTTERANCE):
                yield _Told(change, (link.fuller, link.other), *ends, link.confidence)


def _nearest(passages: Sequence[Passage], ways: set[tuple[str, str]]) -> Iterable[tuple[Passage, tuple[str, str]]]:
    """Passages along the lineage with their source and derivative; of several for one sentence, the surest."""
    best: dict[tuple[str, tuple[Span, ...]], tuple[Passage, tuple[str, str]]] = {}
    for passage in passages:
        spans = {passage.a: passage.a_spans, passage.b: passage.b_spans}
        ends = next((way for way in ((passage.a, passage.b), (passage.b, passage.a)) if way in ways), None)
        if ends is None:
            continue
        key = (ends[1], spans[ends[1]])
        if key not in best or passage.confidence > best[key][0].confidence:
            best[key] = (passage, ends)
    return best.values()


def _change(same: Sequence[_Told], labels: Mapping[str, Label]) -> Finding:
    """One finding for a change, however many derivatives of one source have it: copies share their errors."""
    first = same[0]
    kind, word = _KINDS[first.change.kind]
    note = one_line(first.change.note).replace("the other", f"report {labels[first.source].letter}")
    evidence = [told.change.after for told in same if told.change.after]
    evidence += [first.change.before] if first.change.before else []
    where = listed(sorted({labels[told.derivative].letter for told in same}))
    rows = dict.fromkeys(row for told in same for row in told.rows)
    return make_finding(kind, f"In {where}{word}: {note}.", rows, evidence, first.confidence)


def _not_found(support: Sequence[Support], lineage: Lineage, labels: Mapping[str, Label]) -> Iterator[Finding]:
    """What only one report has. Of a report that others derive from it is no finding: they left it out.

    A sentence with a name or number that no other report has is a finding of its own.
    """
    inner = [edge for edge in lineage.edges if edge.share is not None and edge.direction != "unknown"]
    sources = {edge.source for edge in inner} - {edge.derivative for edge in inner}
    graph = nx.DiGraph([(edge.source, edge.derivative) for edge in inner])
    for article, label in labels.items():
        heirs = nx.descendants(graph, article) if article in graph else set()
        rows = [row for row in support if row.article == article and _is_alone(row, heirs)]
        if not rows or article in sources or not _has_source(article, support):
            continue
        where = _elsewhere(len(labels), heirs)
        known = _roots(other.article for name, other in labels.items() if name != article and name not in heirs)
        derived = any(edge.derivative == article for edge in inner)
        fresh = [row for row in rows if derived and _new_words(row, label.article, known)]
        for row in fresh:
            yield _one_not_found(row, label, where, _new_words(row, label.article, known))
        if rest := [row for row in rows if row not in fresh]:
            yield _all_not_found(rest, label, where)


def _elsewhere(reports: int, heirs: set[str]) -> str:
    if heirs:
        return "any other report but those that derive from it"
    return "the other report" if reports == 2 else f"the {reports - 1} other reports"


def _roots(articles: Iterable[Article]) -> frozenset[str]:
    own = ((article.text, [block.span for block in article.own_blocks()]) for article in articles)
    return frozenset(word.root for text, spans in own for word in words_in(text, spans))


def _new_words(row: Support, article: Article, known: frozenset[str]) -> list[Word]:
    """Names and numbers of a sentence that no other report has; its first word is no name for its capital alone."""
    words = words_in(article.text, [row.span])
    return [
        word for word in words[1:] if word.content and word.root not in known and not article.text[word.start].islower()
    ]


def _one_not_found(row: Support, label: Label, where: str, new: Sequence[Word]) -> Finding:
    text = label.article.text
    sentence = one_line(text[row.span.start : row.span.end])
    words = ", ".join(dict.fromkeys(f"“{_whole_name(text, word, row.span)}”" for word in new))
    said = f"Only report {label.letter} has {words}: “{clip(sentence, 240)}” is not found in {where}."
    return make_finding("not_found", said, [row.id], [Evidence(label.article.id, (row.span,))], row.confidence)


def _whole_name(text: str, word: Word, sentence: Span) -> str:
    """The word with the capitalised words beside it: "Cold War" for "Cold"."""
    start, end = word.start, word.end
    words = words_in(text, [sentence])
    for before in reversed([other for other in words[1:] if other.end <= start]):
        if text[before.end : start] != " " or not text[before.start].isupper():
            break
        start = before.start
    for after in [other for other in words if other.start >= end]:
        if text[end : after.start] != " " or not text[after.start].isupper():
            break
        end = after.end
    return text[start:end]


def _all_not_found(rows: Sequence[Support], label: Label, where: str) -> Finding:
    ranked = sorted(rows, key=lambda row: -row.confidence)
    words = clip(one_line(label.article.text[ranked[0].span.start : ranked[0].span.end]), 160)
    sentences = count_of(len(rows), "sentence of report", "sentences of report")
    verb = "is" if len(rows) == 1 else "are"
    text = f"{sentences} {label.letter} {verb} not found in {where}: “{words}”"
    text += "" if len(rows) == 1 else f" and {len(rows) - 1} more."
    evidence = [Evidence(label.article.id, tuple(sorted(row.span for row in ranked[:_SHOWN])))]
    return make_finding("not_found", text, (row.id for row in ranked), evidence, ranked[0].confidence)


def _is_alone(row: Support, heirs: set[str]) -> bool:
    """Whether no other report tells it, copies of this one left out: they bear nothing out."""
    return row.verdict == "unsupported" or all(found.article in heirs for found in row.by)


def _has_source(article: str, support: Sequence[Support]) -> bool:
    """Whether the reports speak of one thing at all: a report that shares nothing with the others is no news of it."""
    return any(row.article == article and row.verdict != "unsupported" for row in support)


def _left_out(
    support: Sequence[Support], statements: Sequence[Statement], lineage: Lineage, labels: Mapping[str, Label]
) -> Iterator[Finding]:
    """What somebody said in a source, and its derivative does not tell."""
    for edge in lineage.edges:
        if edge.direction == "unknown" or edge.source not in labels:
            continue
        gone = [
            (row, statement)
            for row in support
            if row.article == edge.source and not any(found.article == edge.derivative for found in row.by)
            for statement in statements
            if statement.article == edge.source and _stands_in(statement, row.span)
        ]
        speakers = list(dict.fromkeys(s.name for _, st in gone for s in st.speakers if s.name))
        spans = list(dict.fromkeys(row.span for row, _ in gone))
        if not spans:
            continue
        source, derivative = labels[edge.source].letter, labels[edge.derivative].letter
        who = f", of {', '.join(one_line(name) for name in speakers[:4])}" if speakers else ""
        sentences = count_of(len(spans), "sentence", "sentences")
        text = f"Report {derivative} leaves out {sentences} in which report {source} gives somebody's words{who}."
        evidence = [Evidence(edge.source, tuple(spans[:_SHOWN]))]
        yield make_finding("left_out", text, dict.fromkeys(row.id for row, _ in gone), evidence, 0.7)


def _stands_in(statement: Statement, span: Span) -> bool:
    return any(span.start <= start < span.end for start, _ in statement.content)
