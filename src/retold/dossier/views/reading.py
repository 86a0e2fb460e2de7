"""The whole reports, with everything that the dossier says about their words marked in them."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from retold.article import OWN_WORDS, Article, Block, Evidence, Span
from retold.dossier.labels import BLOCK_WORDS, Label, one_line, visible
from retold.dossier.views.marking import Cut, Mark, cut
from retold.dossier.views.pairs import spans_of
from retold.dossier.views.scope import RELATION_WORDS, SEVERITY, VERDICT_WORDS, Scope
from retold.dossier.views.speakers import Cast
from retold.dossier.views.view import BlockView, NoteView, ReadingView, ReportView, Segment, Words

_MISSING = ("unsupported", "contradicted")
_MOST_PLACES = 4
"""Places that a margin note lists: with twenty reports a copied sentence has nineteen."""


def reading_view(
    scope: Scope, cast: Cast, article: Article, report: ReportView, rows: Collection[int], also: Collection[int]
) -> ReadingView:
    """The whole of `article`. `rows` are the numbers of the passages with a row of their own, which they link to.

    `also` are further offsets that must have an anchor: whatever other parts of the page link to.
    """
    marks = _marks(scope, article)
    marks += [Mark(span, scope.key(article.id, span)) for span in scope.cited[article.id]]
    starts = _anchored_blocks(article, {*(span.start for span in scope.cited[article.id]), *also})
    label = scope.labels[article.id]
    views = [
        replace(
            _block(scope, label, block, marks, starts[number], rows),
            notes=_notes(scope, article, block, rows),
            speakers=_speakers(scope, cast, article, block),
            findings=_findings(scope, article, block),
        )
        for number, block in enumerate(article.blocks)
    ]
    own = [block.kind in OWN_WORDS for block in article.blocks]
    return ReadingView(
        report=report,
        blocks=tuple(view for view, mine in zip(views, own, strict=True) if mine),
        aside=tuple(view for view, mine in zip(views, own, strict=True) if not mine),
    )


def _marks(scope: Scope, article: Article) -> list[Mark]:
    """Passages as "p3 altered", statements as "s5", sentences not found elsewhere as "missing unsupported"."""
    marks = []
    for number, passage in scope.passages[article.id]:
        marks += [Mark(span, f"p{number} {passage.relation}") for span in spans_of(passage, article.id)]
        ends = (end for change in passage.changes for end in (change.before, change.after) if end)
        marks += [Mark(span, "touched") for end in ends if end.article == article.id for span in end.spans]
    for number, statement in scope.statements[article.id]:
        marks += [Mark(span, f"s{number}") for span in statement.content]
    for support in scope.dossier.support:
        if support.article == article.id and support.verdict in _MISSING:
            marks.append(Mark(support.span, f"missing {support.verdict}"))
    return marks


def _anchored_blocks(article: Article, offsets: Collection[int]) -> list[list[int]]:
    """For each block the offsets whose anchor it carries: its own, and those of the white space before it.

    Offsets behind the last block are the last block's. So every link has an end, whatever it points at.
    """
    ends = [block.end for block in article.blocks]
    starts: list[list[int]] = [[] for _ in ends]
    for offset in sorted(offsets) if ends else ():
        starts[min(bisect_right(ends, offset), len(ends) - 1)].append(offset)
    return starts


def _block(
    scope: Scope, label: Label, block: Block, marks: list[Mark], offsets: list[int], rows: Collection[int]
) -> BlockView:
    cuts = list(cut(block.span, [*marks, *(Mark(Span(o, o + 1), "") for o in offsets)]))
    seen: set[str] = set()
    segments = []
    for number, each in enumerate(cuts):
        last = number == len(cuts) - 1
        here = [o for o in offsets if o < each.span.end or last]
        offsets = offsets[len(here) :]
        anchors = tuple(scope.anchor(label.article.id, o) for o in here)
        segments.append(_segment(label.article, each, anchors, rows, seen))
    return BlockView(
        kind=block.kind,
        word=BLOCK_WORDS[block.kind],
        number=label.numbers.get(block.start),
        reason=visible(block.reason),
        segments=tuple(_merged(segments)),
        notes=(),
        speakers="",
        findings=(),
    )


def _notes(scope: Scope, article: Article, block: Block, rows: Collection[int]) -> tuple[NoteView, ...]:
    """The gravest relation first; sentences that no other report has come last."""
    places: dict[str, list[Words]] = {}
    for number, passage in scope.passages[article.id]:
        if _touches(spans_of(passage, article.id), block):
            other = passage.b if passage.a == article.id else passage.a
            words = replace(scope.words(Evidence(other, spans_of(passage, other)), width=80), keys=f"p{number}")
            linked = replace(words, href=f"#row-{number}") if number in rows else words
            places.setdefault(passage.relation, []).append(linked)
    notes = [_note(r, RELATION_WORDS[r], places[r]) for r in reversed(SEVERITY) if r in places]
    missing = {s.verdict for s in scope.dossier.support if s.article == article.id and _touches((s.span,), block)}
    return (
        *notes,
        *(_note("not_found" if v == "unsupported" else v, VERDICT_WORDS[v], []) for v in _MISSING if v in missing),
    )


def _note(kind: str, word: str, places: list[Words]) -> NoteView:
    unique = list({place.where: place for place in places}.values())
    return NoteView(kind, word, tuple(unique[:_MOST_PLACES]), max(0, len(unique) - _MOST_PLACES))


def _touches(spans: Iterable[Span], block: Block) -> bool:
    return any(start < block.end and end > block.start for start, end in spans)


def _findings(scope: Scope, article: Article, block: Block) -> tuple[int, ...]:
    """The numbers of the findings that rest on words of the block."""
    found = (number for number, span in scope.findings_of_words[article.id] if _touches((span,), block))
    return tuple(dict.fromkeys(found))


def _speakers(scope: Scope, cast: Cast, article: Article, block: Block) -> str:
    """Whose statements stand in the block, by their fullest names."""
    here = (statement for _, statement in scope.statements[article.id] if _touches(statement.content, block))
    names = (speaker.name for statement in here for speaker in statement.speakers)
    return one_line(", ".join(dict.fromkeys(cast.fullest[name] if name else "speaker unknown" for name in names)))


def _segment(article: Article, piece: Cut, anchors: tuple[str, ...], rows: Collection[int], seen: set[str]) -> Segment:
    """One segment; the first of each passage links to its row. `seen` are the passages that have had their link."""
    names = [name for joined in piece.names for name in joined.split()]
    relations = [name for name in names if name in RELATION_WORDS]
    missing = [name for name in names if name in _MISSING]
    passages = [name for name in names if _is_numbered(name, "p")]
    fresh = [p for p in passages if p not in seen and int(p[1:]) in rows]
    seen.update(passages)
    gravest = max(relations, key=SEVERITY.index, default="")
    keys = [name for name in names if _is_numbered(name, "p") or _is_numbered(name, "s") or "." in name]
    said = any(_is_numbered(name, "s") for name in names)
    classes = [
        gravest or (missing[0] if missing else ""),
        "said" if said else "",
        "touched" if "touched" in names else "",
    ]
    told = [RELATION_WORDS[gravest] if gravest else "", VERDICT_WORDS[missing[0]] if missing and not gravest else ""]
    return Segment(
        text=visible(article.text[piece.span.start : piece.span.end]),
        classes=" ".join(filter(None, classes)),
        keys=" ".join(dict.fromkeys(keys)),
        anchors=anchors,
        href=f"#row-{fresh[0][1:]}" if fresh else None,
        title=" ".join(filter(None, told)),
    )


def _is_numbered(name: str, letter: str) -> bool:
    return name[:1] == letter and name[1:].isdigit()


def _merged(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Neighbours that are marked alike made one, unless a link or an anchor stands between them."""
    held: Segment | None = None
    for segment in segments:
        alike = held and (held.classes, held.keys, held.title) == (segment.classes, segment.keys, segment.title)
        if held and alike and not segment.anchors and segment.href is None:
            held = Segment(held.text + segment.text, held.classes, held.keys, held.anchors, held.href, held.title)
            continue
        if held:
            yield held
        held = segment
    if held:
        yield held
