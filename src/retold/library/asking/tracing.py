"""Tracing: every telling of given words, oldest first, with what changed from one to the next and who copied whom."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel
from sqlalchemy import Connection

from retold.article import Article, Span
from retold.language.sentences import split_sentences
from retold.language.words import Word, words_in
from retold.library.asking.answers import Departure, Match, Passage, Trace, TracedTelling
from retold.library.asking.asked import UNLIKE, Asked, Relation
from retold.library.asking.candidates import Candidate, find_candidates, read_statements, read_texts
from retold.library.asking.departures import Told, depart
from retold.library.asking.nearest import Codes
from retold.library.rows import load_articles
from retold.library.voices import (
    Descent,
    Published,
    find_descents,
    is_before,
    read_compared,
    read_reuse,
    read_sources,
)
from retold.statements.statement import Statement

_RANK: Mapping[Match, int] = {"exact": 0, "trimmed": 1, "reworded": 2}


class _Found(NamedTuple):
    """A telling as it was found. `statement` None: in running text."""

    article: int
    statement: Statement | None
    spans: tuple[Span, ...]
    found: tuple[Span, ...]
    match: Match
    confidence: float


def trace(connection: Connection, codes: Codes, words: str, vector: NDArray[np.float32], most: int) -> Trace:
    """The tellings of `words`, whose vector is given, the first `most` of them compared each with the one before."""
    asked = Asked(words)
    candidates = find_candidates(connection, codes, asked, vector)
    texts = read_texts(connection, {one.article for one in candidates.statements})
    found = list(_best_of_each(_said(asked, candidates.statements, texts)))
    told = {one.article for one in found if one.match != "reworded"}
    running = load_articles(connection, set(candidates.articles) - told)
    found = list(_best_of_each([*found, *_running(asked, running, read_statements(connection, running))]))
    numbers = {one.article for one in found}
    published = read_sources(connection, numbers)
    ordered = sorted(found, key=lambda one: _order(one, published))
    # The numbers of the voices are those of the order in which they are shown.
    published = {one.article: published[one.article] for one in ordered}
    descents = find_descents(published, read_reuse(connection, numbers), read_compared(connection, numbers))
    shown = ordered[:most]
    articles = load_articles(connection, {one.article for one in shown})
    return Trace(
        words=words,
        tellings=tuple(_tellings(shown, articles, published, descents)),
        total=len(ordered),
        articles=len(numbers),
        voices=len({descent.voice for descent in descents.values()}),
        complete=candidates.complete,
    )


def _order(one: _Found, published: Mapping[int, Published]) -> tuple[bool, tuple[str, str], int, Span]:
    days = published[one.article].source.published
    return (days is None, days or ("", ""), one.article, one.spans[0])


def _said(asked: Asked, candidates: Iterable[Candidate], texts: Mapping[int, str]) -> Iterator[_Found]:
    """The statements that tell what is asked."""
    for article, statement, likeness in candidates:
        if likeness < UNLIKE and not asked.may_be_in(" ".join(texts[article][s:e] for s, e in statement.content)):
            continue
        words = words_in(texts[article], statement.content)
        relation = asked.relate(words, likeness)
        if relation:
            yield _found(asked, article, statement, statement.content, words, relation)


def _found(
    asked: Asked,
    article: int,
    statement: Statement | None,
    spans: tuple[Span, ...],
    words: Sequence[Word],
    relation: Relation,
) -> _Found:
    match, confidence = relation
    return _Found(article, statement, spans, tuple(asked.found_in(words)), match, round(confidence, 2))


def _best_of_each(found: Iterable[_Found]) -> Iterator[_Found]:
    """Of tellings that stand in one another the one that is nearest to what was asked, of equal ones the shortest."""
    kept: dict[int, list[_Found]] = {}
    for one in sorted(found, key=lambda one: (_RANK[one.match], sum(end - start for start, end in one.spans))):
        others = kept.setdefault(one.article, [])
        if not any(_overlap(one.spans, other.spans) for other in others):
            others.append(one)
            yield one


def _overlap(one: Iterable[Span], other: Sequence[Span]) -> bool:
    return any(a.start < b.end and b.start < a.end for a in one for b in other)


def _running(
    asked: Asked, articles: Mapping[int, Article], statements: Mapping[int, Sequence[Statement]]
) -> Iterator[_Found]:
    """Sentences that have the words, or a part of them, in articles where no statement alone has them."""
    for number, article in articles.items():
        sentences = (
            (span, words_in(article.text, (span,)))
            for block in article.own_blocks()
            if asked.may_be_in(article.text[block.start : block.end])
            for span in split_sentences(article.text, block.start, block.end)
            if asked.may_be_in(article.text[span.start : span.end])
        )
        tellings = [(span, words, found) for span, words in sentences if (found := asked.relate(words, 0.0))]
        for span, words, relation in sorted(tellings, key=lambda one: _RANK[one[2].match])[:1]:
            said = [one for one in statements.get(number, ()) if _overlap(one.content, (span,))]
            yield _found(asked, number, said[0] if said else None, (span,), words, relation)


def _tellings(
    found: Sequence[_Found],
    articles: Mapping[int, Article],
    published: Mapping[int, Published],
    descents: Mapping[int, Descent],
) -> Iterator[TracedTelling]:
    told = [Told(articles[one.article], one.statement, one.spans) for one in found]
    for index, one in enumerate(found):
        article, descent = articles[one.article], descents[one.article]
        before = _before(index, found, told, published, descents)
        yield TracedTelling(
            id=told[index].id,
            source=published[one.article].source,
            statement=one.statement.id if one.statement else None,
            speakers=tuple(s.name for s in one.statement.speakers if s.name) if one.statement else (),
            attribution=article.words(one.statement.source) if one.statement else "",
            passage=Passage(article.words(one.spans), one.spans, one.found),
            said_on=one.statement.said_on if one.statement else None,
            match=one.match,
            confidence=one.confidence,
            voice=descent.voice,
            origin=descent.origin,
            of=published[descent.of].source.article if descent.of else None,
            departure=None if before is None else _departure(told, before, index, found, published),
        )


def _before(
    index: int,
    found: Sequence[_Found],
    told: Sequence[Told],
    published: Mapping[int, Published],
    descents: Mapping[int, Descent],
) -> int | None:
    """The telling that one is compared with: that which it was copied from, else the last before it that is no copy; of
    an undated one, which no day puts behind another, the one whose words are most like its own."""
    source = descents[found[index].article].of
    origins = [place for place in range(len(found)) if found[place].article == source and place != index]
    if origins or not index:
        return origins[0] if origins else None
    if published[found[index].article].source.published is None:
        return max(range(index), key=lambda place: Indel.normalized_similarity(told[place].norms, told[index].norms))
    own = [place for place in range(index) if descents[found[place].article].origin != "copy"]
    return own[-1] if own else index - 1


def _departure(
    told: Sequence[Told], before: int, index: int, found: Sequence[_Found], published: Mapping[int, Published]
) -> Departure:
    ordered = is_before(published[found[before].article].source, published[found[index].article].source)
    return msgspec.structs.replace(depart(told[before], told[index]), ordered=ordered)
