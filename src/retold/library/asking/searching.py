"""Searching: the articles that a query fits, the best first, each with the sentence that has most of it."""

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from retold.article import Article, Span
from retold.language.sentences import split_sentences
from retold.library import schema
from retold.library.asking.answers import Hit, Hits, Passage, Source
from retold.library.asking.filters import of_outlet, on_days
from retold.library.asking.matching import is_met, places_of
from retold.library.query import Phrase, Query
from retold.library.rows import load_articles
from retold.library.selecting import ALL_ROWS
from retold.library.voices import read_sources
from retold.library.words import find_words

_A = schema.articles.c


def find_hits(
    connection: Connection, query: Query, since: str | None, until: str | None, outlet: str | None, most: int
) -> Hits:
    """The best `most` of the articles that a query fits, of those days and that outlet (None: any).

    A phrase that only the end of one paragraph and the beginning of the next make together is none: among the articles
    that were looked at for the `most` best such ones are not counted.
    """
    conditions = list(on_days(_A.published_from, _A.published_until, since, until))
    if outlet:
        conditions.append(of_outlet(connection, _A.number, outlet))
    found = find_words(connection, "article_words", query, ALL_ROWS)
    if conditions:
        allowed = set(connection.execute(select(_A.number).where(*conditions)).scalars())
        found = [number for number in found if number in allowed]
        articles = len(allowed)
    else:
        articles = connection.execute(select(func.count()).select_from(schema.articles)).scalar_one()
    hits: list[Hit] = []
    looked_at = 0
    while len(hits) < most and looked_at < len(found):
        page = found[looked_at : looked_at + most - len(hits)]
        hits += _hits(connection, page, query)
        looked_at += len(page)
    return Hits(hits=tuple(hits), total=len(found) - looked_at + len(hits), articles=articles)


def _hits(connection: Connection, numbers: list[int], query: Query) -> Iterator[Hit]:
    articles, sources = load_articles(connection, numbers), read_sources(connection, numbers)
    for number in numbers:
        hit = _hit(articles[number], sources[number].source, query)
        if hit:
            yield hit


def _hit(article: Article, source: Source, query: Query) -> Hit | None:
    """None: what is wanted stands in no paragraph alone."""
    places = sorted(places_of(article.text, (block.span for block in article.own_blocks()), query))
    if not is_met((phrase for _, phrase in places), query):
        return None
    matches = tuple(dict.fromkeys(place for place, _ in places))
    sentence = _best_sentence(article, places)
    inside = tuple(place for place in matches if sentence.start <= place.start and place.end <= sentence.end)
    return Hit(
        source=source,
        title=_title(article, source),
        passage=Passage(article.text[sentence.start : sentence.end], (sentence,), inside),
        matches=matches,
    )


def _best_sentence(article: Article, places: list[tuple[Span, Phrase]]) -> Span:
    """The one with most of what is wanted, of those the first. Where a place runs over two sentences: the first
    match."""
    best, most = places[0][0], 0
    for block in article.own_blocks():
        inside = [(place, phrase) for place, phrase in places if block.start <= place.start < block.end]
        for span in split_sentences(article.text, block.start, block.end) if inside else ():
            here = {phrase for place, phrase in inside if span.start <= place.start and place.end <= span.end}
            if len(here) > most:
                best, most = span, len(here)
    return best


def _title(article: Article, source: Source) -> str | None:
    """Its headline as it stands in the text, else the title that it was published under."""
    headline = next((block for block in article.blocks if block.kind == "headline"), None)
    if headline:
        return article.text[headline.start : headline.end]
    return next((one.title for one in source.publications if one.title), None)
