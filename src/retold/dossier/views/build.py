"""The whole page's view, built from a dossier."""

from collections import Counter
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from retold.article import Article, Evidence, Span
from retold.dossier.corrections import row_words, rows_by_id
from retold.dossier.dossier import Dossier
from retold.dossier.labels import (
    clip,
    count_of,
    headline_of,
    label_articles,
    one_line,
    own_word_count,
    published_words,
    set_aside,
    spoken_date,
    visible,
)
from retold.dossier.views.changes import all_changes, change_groups, support_groups
from retold.dossier.views.courses import courses_view
from retold.dossier.views.drawing import draw_layers, draw_rail, drawn_nodes
from retold.dossier.views.findings import findings_view
from retold.dossier.views.lineage import drawn_edges, edge_views, node_name, original_views, strength
from retold.dossier.views.pairs import MOST_PAIRS_WITH_GAPS, pair_up, pair_view, tally, written_out
from retold.dossier.views.reading import reading_view
from retold.dossier.views.scope import CHANGE_WORDS, FINDING_WORDS, RELATION_WORDS, VERDICT_WORDS, Scope
from retold.dossier.views.speakers import find_cast, speakers_view
from retold.dossier.views.stances import Stand, tables_view
from retold.dossier.views.timeline import timeline_view
from retold.dossier.views.view import (
    Choice,
    CorrectionView,
    FindingView,
    GapView,
    PageView,
    PairView,
    ProblemView,
    ReportView,
    RowView,
    SpeakerView,
    StandView,
    SupportGroupView,
)

_KIND_NAMES: Mapping[str, str] = (
    dict(RELATION_WORDS)
    | {kind: word for kind, (word, _) in CHANGE_WORDS.items()}
    | dict(FINDING_WORDS)
    | dict(VERDICT_WORDS)
)


def build_page_view(dossier: Dossier) -> PageView:
    """Everything on the page, in the order in which it stands there."""
    scope = Scope(dossier, label_articles(dossier.articles))
    cast = find_cast(dossier.statements)
    pairs = pair_up(scope)
    chosen = written_out(pairs)
    with_gaps = len(chosen) <= MOST_PAIRS_WITH_GAPS
    pair_views = tuple(pair_view(scope, cast, pair, pairs[pair], with_gaps) for pair in chosen)
    speakers = speakers_view(scope, cast)
    findings = findings_view(scope, cast)
    support = support_groups(scope)
    reports = {article.id: _report(scope, article) for article in dossier.articles}
    rows = {number for pair in chosen for number, _ in pairs[pair]}
    dated, undated = timeline_view(scope)
    stand = Stand(scope)
    title, title_from = _title(scope)
    return PageView(
        title=title,
        title_from=title_from,
        language="en",
        summary=_summary(scope),
        made=f"Made by Retold {one_line(dossier.made.version)} on {spoken_date(dossier.made.at)}",
        other_reports=_other_reports(len(dossier.articles)),
        findings=findings,
        reports=tuple(reports.values()),
        wide=draw_layers(scope),
        narrow=draw_rail(scope),
        undrawn=_undrawn(scope),
        unrelated=_unrelated(scope),
        edges=edge_views(scope),
        originals=original_views(scope),
        pairs=pair_views,
        unlisted_pairs=tuple(
            f"{scope.labels[left].letter} and {scope.labels[right].letter}: {tally(p for _, p in passages)}"
            for (left, right), passages in pairs.items()
            if (left, right) not in chosen
        ),
        readings=tuple(
            reading_view(scope, cast, article, reports[article.id], rows, _linked_offsets(scope, article, pair_views))
            for article in dossier.articles
        ),
        speakers=speakers,
        stand=StandView(len(stand.actors), tables_view(stand), courses_view(stand)),
        timeline=dated,
        happenings=len(dossier.timeline),
        undated=undated,
        support=support,
        change_groups=change_groups(scope),
        problems=tuple(
            ProblemView("could not be read" if p.level == "error" else "note", one_line(p.input), one_line(p.reason))
            for p in dossier.problems
        ),
        corrections=_corrections(scope, stand),
        kind_choices=_kind_choices(findings, pair_views, speakers, support),
        speaker_choices=tuple(
            Choice(s.key, s.name or "speaker unknown", len(s.utterances)) for s in sorted(speakers, key=_by_name)
        ),
    )


def _corrections(scope: Scope, stand: Stand) -> tuple[CorrectionView, ...]:
    """All that an analyst says, also of rows that have no place of their own on the page, or are no more."""
    rows, words = rows_by_id(scope.dossier), row_words(scope.dossier)
    places = {finding.id: f"#finding-{number}" for number, finding in enumerate(scope.dossier.findings, start=1)}
    return tuple(
        CorrectionView(
            kind=words.get(row_id, "no row any more"),
            tag=scope.tag(row_id, rows.get(row_id)),
            href=places.get(row_id) or stand.href(row_id) or None,
        )
        for row_id in scope.said
    )


def _by_name(speaker: SpeakerView) -> tuple[bool, str]:
    return (speaker.name is None, (speaker.name or "").casefold())


def _title(scope: Scope) -> tuple[str, str]:
    """The headline of the report that the others draw on most, else of the longest; and whose it is."""
    articles = {node.id: node.article for node in scope.dossier.lineage.nodes}
    drawn: Counter[str] = Counter()
    for edge in scope.dossier.lineage.edges:
        source = articles.get(edge.source)
        if source and edge.direction != "unknown":
            drawn[source] += round(1000 * strength(edge))
    ranked = sorted(scope.dossier.articles, key=lambda article: (-drawn[article.id], -own_word_count(article)))
    for article in ranked:
        headline = headline_of(article)
        if headline:
            return clip(headline, 160), f"Headline of report {scope.labels[article.id].letter}"
    return "A dossier", ""


def _summary(scope: Scope) -> str:
    dossier = scope.dossier
    return " · ".join(
        (
            count_of(len(dossier.articles), "report"),
            count_of(len(dossier.statements), "statement"),
            count_of(len(dossier.passages), "aligned passage"),
            count_of(len(tuple(all_changes(scope))), "change"),
        )
    )


def _other_reports(reports: int) -> str:
    """ "the other report", "the other 4 reports": what "not found" was searched in."""
    return "the other report" if reports == 2 else f"the other {reports - 1} reports"


def _report(scope: Scope, article: Article) -> ReportView:
    label = scope.labels[article.id]
    said = sum(statement.article == article.id for statement in scope.dossier.statements)
    paragraphs = len(label.numbers)
    dated = bool(article.published_evidence)
    return ReportView(
        letter=label.letter,
        name=label.name,
        headline=_unless_named(headline_of(article), label.name),
        byline=one_line(article.author) if article.author else "",
        date=published_words(article).partition(", ")[0],
        published=published_words(article),
        published_words=scope.words(Evidence(article.id, article.published_evidence)) if dated else None,
        counts=f"{count_of(own_word_count(article), 'word')} in {count_of(paragraphs, 'paragraph')} · "
        f"{count_of(said, 'statement')}",
        aside=set_aside(article),
        input=one_line(article.input),
        address=one_line(article.url) if article.url else None,
        link=_safe_link(article.url),
        sha256=visible(article.sha256),
        href=f"#read-{label.letter}",
        tag=next((scope.tag(n.id, n) for n in scope.dossier.lineage.nodes if n.article == article.id), None),
    )


def _unless_named(headline: str | None, name: str) -> str | None:
    """`headline`, unless the report goes by it already."""
    return None if headline and headline.startswith(name.removesuffix("…")) else headline


def _safe_link(url: str | None) -> str | None:
    """`url` when it is a plain http(s) address; anything else (javascript:, data:, a broken one) is text, no link."""
    if not url or visible(url) != url or url.split() != [url]:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def _undrawn(scope: Scope) -> str:
    edges = scope.dossier.lineage.edges
    more = len(edges) - len(drawn_edges(edges))
    return f"{count_of(more, 'weaker link')} not drawn; the list has all." if more else ""


def _unrelated(scope: Scope) -> str:
    drawn = drawn_nodes(scope)
    names = [node_name(scope, node) for node in scope.dossier.lineage.nodes if node.id not in drawn]
    return "; ".join(names)


def _linked_offsets(scope: Scope, article: Article, pairs: Iterable[PairView]) -> set[int]:
    """Where statements, passages and unaligned stretches begin: other parts of the page link there."""
    offsets = {s.content[0].start for s in scope.dossier.statements if s.article == article.id}
    spans: list[Span] = []
    for passage in scope.dossier.passages:
        spans += passage.a_spans[:1] if passage.a == article.id else ()
        spans += passage.b_spans[:1] if passage.b == article.id else ()
    letter = scope.labels[article.id].letter
    gaps = (i for pair in pairs for i in (*pair.items, *pair.left_only) if isinstance(i, GapView))
    anchored = (gap.href.removeprefix(f"#{letter}.") for gap in gaps)
    return offsets | {span.start for span in spans} | {int(offset) for offset in anchored if offset.isdigit()}


def _kind_choices(
    findings: Iterable[FindingView],
    pairs: Iterable[PairView],
    speakers: Iterable[SpeakerView],
    support: Iterable[SupportGroupView],
) -> tuple[Choice, ...]:
    """The kinds that any finding, row, utterance or sentence has, in the order in which the legend explains them."""
    marked = [finding.marks for finding in findings]
    marked += [item.marks for pair in pairs for item in pair.items if isinstance(item, RowView)]
    marked += [utterance.marks for speaker in speakers for utterance in speaker.utterances]
    marked += [sentence.marks for group in support for sentence in group.sentences]
    counts = Counter(value for marks in marked for value in marks.split())
    return tuple(Choice(kind, name, counts[kind]) for kind, name in _KIND_NAMES.items() if counts[kind])
