"""The findings, with the words that they rest on made links, and a reference to copy."""

from collections.abc import Iterable

from retold.article import Evidence, Span
from retold.dossier.dossier import Finding
from retold.dossier.labels import clip, one_line
from retold.dossier.views.scope import FINDING_WORDS, Scope, marks_of, sure
from retold.dossier.views.speakers import Cast
from retold.dossier.views.view import FindingView, Piece, Words

_SHORTEST_LINKED = 3
"""Characters of evidence that are looked for in the sentence; shorter ones would be found by accident."""


_WIDTHS = {"derivation": 120}
"""Characters of evidence shown, where it is not 240: a derivation has ten places, and is read elsewhere."""


def findings_view(scope: Scope, cast: Cast) -> tuple[FindingView, ...]:
    """The findings in the order of the dossier."""
    return tuple(_finding(scope, cast, number, each) for number, each in enumerate(scope.dossier.findings, start=1))


def _finding(scope: Scope, cast: Cast, number: int, finding: Finding) -> FindingView:
    text = one_line(finding.text)
    single = [Evidence(e.article, (span,)) for e in finding.evidence for span in e.spans]
    whole = [scope.words(evidence, width=10_000) for evidence in single]
    pieces = pieces_of(text, whole)
    linked = {piece.keys for piece in pieces if piece.href}
    shown = [scope.words(evidence, _WIDTHS.get(finding.kind, 240)) for evidence in single]
    return FindingView(
        id=f"finding-{number}",
        number=number,
        kind=finding.kind,
        word=FINDING_WORDS[finding.kind],
        pieces=pieces,
        seen=_one_a_place(words for words in shown if words.keys in linked),
        more=tuple(words for words in shown if words.keys not in linked),
        sure=sure(finding),
        reference=reference(scope, number, finding),
        marks=marks_of((finding.kind,), *_row_kinds(scope, finding)),
        speakers=marks_of(*(_speakers(scope, cast, evidence) for evidence in single)),
        tag=scope.tag(finding.id, finding),
    )


def _one_a_place(words: Iterable[Words]) -> tuple[Words, ...]:
    return tuple({each.where: each for each in reversed(list(words))}.values())[::-1]


def pieces_of(text: str, words: Iterable[Words]) -> tuple[Piece, ...]:
    """`text` cut so that evidence words that stand in it become links: longest first, each once, no overlaps."""
    taken: list[tuple[int, int, Words]] = []
    for each in sorted(words, key=lambda w: -len(w.text)):
        start = text.find(each.text) if len(each.text) >= _SHORTEST_LINKED else -1
        while start >= 0 and any(start < end and start + len(each.text) > begin for begin, end, _ in taken):
            start = text.find(each.text, start + 1)
        if start >= 0:
            taken.append((start, start + len(each.text), each))
    pieces, last = [], 0
    for start, end, each in sorted(taken, key=lambda item: item[0]):
        pieces += [Piece(text[last:start]), Piece(text[start:end], each.href, each.keys)]
        last = end
    return tuple(piece for piece in (*pieces, Piece(text[last:])) if piece.text)


def reference(scope: Scope, number: int, finding: Finding) -> str:
    """What an editor pastes into a mail: the sentence, then a line for each words it rests on, with offsets."""
    lines = [f"Finding {number} ({FINDING_WORDS[finding.kind]}, {sure(finding).word}): {one_line(finding.text)}"]
    for evidence in finding.evidence:
        label = scope.labels[evidence.article]
        for span in evidence.spans:
            words = clip(one_line(label.article.text[span.start : span.end]), 160)
            where = f"{label.where(span)}, characters {span.start}–{span.end}"
            lines.append(f"  {where} of {one_line(label.article.input)}: {words}")
    inputs = {evidence.article: scope.article(evidence.article) for evidence in finding.evidence}
    lines += [f"  {one_line(article.input)} has SHA-256 {article.sha256}" for article in inputs.values()]
    made = scope.dossier.made
    return "\n".join([*lines, f"  {one_line(finding.id)} · Retold {one_line(made.version)} · {one_line(made.at)}"])


def _row_kinds(scope: Scope, finding: Finding) -> list[tuple[str, ...]]:
    """The relations and change kinds of the passages that the finding names, for the filter."""
    rows = set(finding.rows)
    return [
        (passage.relation, *(change.kind for change in passage.changes))
        for passage in scope.dossier.passages
        if passage.id in rows
    ]


def _speakers(scope: Scope, cast: Cast, evidence: Evidence) -> tuple[str, ...]:
    """The speakers of the statements in which the words stand."""
    (span,) = evidence.spans
    return tuple(
        key
        for _, statement in scope.statements[evidence.article]
        if _within(span, statement.content)
        for key in cast.of(statement)
    )


def _within(span: Span, content: Iterable[Span]) -> bool:
    return any(span.start < each.end and each.start < span.end for each in content)
