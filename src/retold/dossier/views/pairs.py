"""Side by side: the passages of every pair of reports, in the order of the one that tells later."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from retold.article import Evidence, Span
from retold.collation.collation import Change, Passage
from retold.dossier.labels import count_of, one_line
from retold.dossier.views.marking import Mark, cut, words_only_here
from retold.dossier.views.scope import RELATION_WORDS, SEVERITY, Scope, marks_of, sure
from retold.dossier.views.speakers import Cast, one_line_keeping_edges
from retold.dossier.views.view import GapView, PairView, RowView, Segment, SideView

Pair = tuple[str, str]
Numbered = tuple[int, Passage]

MOST_ROWS = 500
"""Rows written out in full. The page must stay below 3 MB with twenty reports (190 pairs); a row takes 1 to 2 kB."""
MOST_PAIRS_WITH_GAPS = 6
"""With more pairs than this (four reports), unaligned stretches are named but their words left to the whole reports."""
_SHORTEST_GAP_WORDS = 4


def pair_up(scope: Scope) -> dict[Pair, list[Numbered]]:
    """The passages by (left, right) article, each with its number in the dossier: source and derivative first, then
    by how many words are aligned.

    Left is the source where the lineage gives the direction, else the report that came first in the input.
    """
    order = {article.id: number for number, article in enumerate(scope.dossier.articles)}
    derived = _derived(scope)
    pairs: dict[Pair, list[Numbered]] = {}
    for number, passage in enumerate(scope.dossier.passages, start=1):
        first, second = sorted((passage.a, passage.b), key=order.__getitem__)
        pair = (second, first) if (second, first) in derived else (first, second)
        pairs.setdefault(pair, []).append((number, passage))
    return dict(
        sorted(
            pairs.items(), key=lambda item: (item[0] not in derived, -sum(_weight(passage) for _, passage in item[1]))
        )
    )


def _derived(scope: Scope) -> dict[Pair, float | None]:
    """(source, derivative) → share, for the edges between reports of which the direction is known."""
    articles = {node.id: node.article for node in scope.dossier.lineage.nodes}
    ends = ((articles.get(e.source), articles.get(e.derivative), e) for e in scope.dossier.lineage.edges)
    return {(s, d): edge.share for s, d, edge in ends if s and d and edge.direction != "unknown"}


def _weight(passage: Passage) -> int:
    return sum(span.end - span.start for span in passage.b_spans)


def written_out(pairs: Mapping[Pair, Sequence[Numbered]]) -> tuple[Pair, ...]:
    """The pairs that the page shows in full: the heaviest, up to `MOST_ROWS` rows in all, and always the first."""
    chosen: list[Pair] = []
    rows = 0
    for pair, passages in pairs.items():
        rows += len(passages)
        if chosen and rows > MOST_ROWS:
            break
        chosen.append(pair)
    return tuple(chosen)


def pair_view(scope: Scope, cast: Cast, pair: Pair, passages: Sequence[Numbered], with_gaps: bool) -> PairView:
    """One pair. Without `with_gaps` only the aligned rows are given."""
    left, right = (scope.labels[each] for each in pair)
    right_spans = [span for _, passage in passages for span in spans_of(passage, pair[1])]
    left_spans = [span for _, passage in passages for span in spans_of(passage, pair[0])]
    rows = [(spans_of(p, pair[1])[0].start, _row(scope, cast, pair, number, p)) for number, p in passages]
    gaps = _gaps(scope, pair[1], right_spans) if with_gaps else []
    placed: list[tuple[int, RowView | GapView]] = [*rows, *gaps]
    items = sorted(placed, key=lambda item: item[0])
    left_only = tuple(gap for _, gap in _gaps(scope, pair[0], left_spans)) if with_gaps else ()
    share = _derived(scope).get(pair)
    return PairView(
        id=f"pair-{left.letter}-{right.letter}",
        left=left.both,
        right=right.both,
        left_letter=left.letter,
        right_letter=right.letter,
        share=""
        if share is None
        else f"{round(100 * share)} % of {right.letter} derives from {left.letter}, or from its source",
        tally=tally(passage for _, passage in passages),
        items=tuple(item for _, item in items),
        left_only=left_only,
        left_only_words=count_of(sum(gap.words for gap in left_only), "word"),
    )


def tally(passages: Iterable[Passage]) -> str:
    """ "12 passages: 1 verbatim, 3 altered"."""
    counts: dict[str, int] = {}
    for passage in passages:
        counts[passage.relation] = counts.get(passage.relation, 0) + 1
    told = ", ".join(f"{counts[relation]} {RELATION_WORDS[relation]}" for relation in SEVERITY if relation in counts)
    return f"{count_of(sum(counts.values()), 'aligned passage')}: {told}"


def spans_of(passage: Passage, article_id: str) -> tuple[Span, ...]:
    """The spans of the passage in one of its two articles."""
    return passage.a_spans if passage.a == article_id else passage.b_spans


def _row(scope: Scope, cast: Cast, pair: Pair, number: int, passage: Passage) -> RowView:
    left, right = (scope.article(each) for each in pair)
    left_spans, right_spans = spans_of(passage, left.id), spans_of(passage, right.id)
    only_left, only_right = words_only_here((left, left_spans), (right, right_spans))
    key = f"p{number}"
    return RowView(
        id=f"row-{number}",
        key=key,
        relation=passage.relation,
        word=RELATION_WORDS[passage.relation],
        left=_side(scope, Evidence(left.id, left_spans), only_left, passage.changes, key),
        right=_side(scope, Evidence(right.id, right_spans), only_right, passage.changes, key),
        changes=scope.changes(passage.changes),
        sure=sure(passage),
        findings=scope.findings_of_rows.get(passage.id, ()),
        folded=passage.relation == "verbatim" and not passage.changes,
        marks=marks_of((passage.relation,), (change.kind for change in passage.changes)),
        speakers=_speakers_within(scope, cast, right.id, right_spans),
        tag=scope.tag(passage.id, passage),
    )


def _side(scope: Scope, evidence: Evidence, only: Sequence[Span], changes: Sequence[Change], key: str) -> SideView:
    article = scope.article(evidence.article)
    typed = [
        Mark(span, f"touched c-{change.kind}")
        for change in changes
        for end in (change.before, change.after)
        if end is not None and end.article == article.id
        for span in end.spans
    ]
    marks = [*(Mark(span, "only") for span in only), *typed]
    segments: list[Segment] = []
    for number, span in enumerate(evidence.spans):
        if number:
            segments.append(Segment(" … ", "gap"))
        for piece, names in cut(span, marks):
            text = one_line_keeping_edges(article.text[piece.start : piece.end])
            segments.append(Segment(text, marks_of(*(name.split() for name in names))))
    return SideView(replace(scope.words(evidence), keys=key), tuple(segments))


def _speakers_within(scope: Scope, cast: Cast, article_id: str, spans: Sequence[Span]) -> str:
    """The speakers whose statements the spans touch: what the speaker filter goes by."""
    return marks_of(*(cast.of(s) for _, s in scope.statements[article_id] if _touch(s.content, spans)))


def _touch(some: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(a.start < b.end and b.start < a.end for a in some for b in others)


def _gaps(scope: Scope, article_id: str, covered: Sequence[Span]) -> list[tuple[int, GapView]]:
    """The stretches of the article's own text that no aligned passage covers, runs of paragraphs together."""
    article, label = scope.article(article_id), scope.labels[article_id]
    marks = [Mark(span, "aligned") for span in covered]
    runs: list[list[Span]] = [[]]
    for block in article.own_blocks():
        for piece, names in cut(block.span, marks):
            if names:
                runs.append([])
            elif len(article.text[piece.start : piece.end].split()) >= _SHORTEST_GAP_WORDS:
                runs[-1].append(piece)
    return [
        (
            run[0].start,
            GapView(
                where=_from_to(label.where(run[0]), label.where(run[-1]).removeprefix(f"{label.letter} ")),
                words=sum(len(article.text[s.start : s.end].split()) for s in run),
                href="#" + scope.anchor(article_id, run[0].start),
                texts=tuple(one_line(article.text[s.start : s.end]) for s in run),
            ),
        )
        for run in runs
        if run
    ]


def _from_to(first: str, last: str) -> str:
    return first if first.endswith(last) else f"{first} to {last}"
