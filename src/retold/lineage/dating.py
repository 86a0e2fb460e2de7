"""When a report without a date was published, told by one with a date: "on Friday" here, the second of May there."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import chain
from typing import NamedTuple

from msgspec import structs

from retold.article import Article, Evidence, Record, Span
from retold.collation import Passage, Witness
from retold.language.dates import DateExpression, find_dates

_FAR = timedelta(days=10)  # days around a day on which a report is asked what its words would mean; a week is 7
_MOST_CLUES = 20  # more would name the same days again

# `python -m benchmarks reading`: reports of BASIL and NewsWCL50 taken without their date beside those of their story
# with theirs. Of 58 dated by one clue 55 are rightly dated, of 50 by more clues 49; three of the four errors go back
# to one wrong day in the data.
_ONE_CLUE, _MORE_CLUES = 0.95, 0.98


class Dating(Record, frozen=True, kw_only=True):
    """The days, from `first` to `last` (ISO), on one of which an article (id) was published.

    `evidence`: the words of the article and those of the dated reports that they rest on, in pairs.
    """

    article: str
    first: str
    last: str
    evidence: tuple[Evidence, ...]


class _Clue(NamedTuple):
    """The days of publication on which words of an undated report mean the day that a dated one names."""

    days: frozenset[date]
    here: Evidence
    there: Evidence


def infer_publications(witnesses: Sequence[Witness], passages: Iterable[Passage]) -> tuple[Dating, ...]:
    """Date the reports without a date by the passages that they share with those that have one.

    A passage counts where either side's sentences name one day, the undated in words that depend on its publication.
    Clues that contradict each other date nothing. Empty: nothing can be dated. Raises: nothing.
    """
    known = {witness.article.id: witness for witness in witnesses}
    clues: defaultdict[str, list[_Clue]] = defaultdict(list)
    for passage in passages:
        sides = (known[passage.a], passage.a_spans), (known[passage.b], passage.b_spans)
        for (here, own), (there, other) in (sides, sides[::-1]):
            wanted = _is_undated(here) and len(clues[here.article.id]) < _MOST_CLUES
            if wanted and there.article.published:
                clues[here.article.id] += _clues(here, own, there, other)
    return tuple(dating for name, found in clues.items() for dating in _settle(name, tuple(dict.fromkeys(found))))


def date_articles(articles: Sequence[Article], datings: Iterable[Dating]) -> tuple[Article, ...]:
    """The same articles, those of `datings` with their day, or with the range of days where there are several."""
    found = {dating.article: dating for dating in datings}
    return tuple(_dated(article, found[article.id]) if article.id in found else article for article in articles)


def _dated(article: Article, dating: Dating) -> Article:
    own = [evidence for evidence in dating.evidence if evidence.article == article.id]
    one_day = dating.first == dating.last
    return structs.replace(
        article,
        published=dating.first if one_day else None,
        published_range=None if one_day else (dating.first, dating.last),
        published_basis="inferred",
        published_evidence=tuple(span for evidence in own for span in evidence.spans),
        published_by=tuple(evidence for evidence in dating.evidence if evidence.article != article.id),
    )


def _is_undated(witness: Witness) -> bool:
    return witness.article.published_basis == "unknown"


def _clues(here: Witness, own: Sequence[Span], there: Witness, other: Sequence[Span]) -> Iterator[_Clue]:
    sentences = _sentences(here, own)
    asked = [time for time in _days(here, sentences) if time.date is None]
    named = [time for time in _days(there, _sentences(there, other)) if time.date]
    if len(asked) != 1 or len(named) != 1 or named[0].date is None:
        return
    [within] = [sentence for sentence in sentences if sentence.start <= asked[0].span.start < sentence.end]
    days = _days_meaning(here.article.text, within, asked[0], date.fromisoformat(named[0].date))
    if days:
        evidence = [Evidence(side.article.id, (time.span,)) for side, time in ((here, asked[0]), (there, named[0]))]
        yield _Clue(days, evidence[0], evidence[1])


def _sentences(witness: Witness, spans: Sequence[Span]) -> list[Span]:
    """The sentences that a passage stands in: the day need not be among the words that both have."""
    return [one.span for one in witness.sentences if any(s < one.span.end and one.span.start < e for s, e in spans)]


def _days(witness: Witness, sentences: Sequence[Span]) -> list[DateExpression]:
    inside = [time for time in witness.dates if any(s <= time.span.start < e for s, e in sentences)]
    return [time for time in inside if time.precision == "day"]


def _days_meaning(text: str, within: Span, asked: DateExpression, day: date) -> frozenset[date]:
    """The days of publication on which words mean `day`; empty where they mean it on days far off as well."""
    around = [day + timedelta(days=step) for step in range(-_FAR.days, _FAR.days + 1)]
    means = {published for published in around if _means(text, within, asked.span, published) == day.isoformat()}
    return frozenset(means) if not {around[0], around[-1]} & means else frozenset()


def _means(text: str, within: Span, words: Span, published: date) -> str | None:
    return next((found.date for found in find_dates(text, [within], published) if found.span == words), None)


def _settle(article: str, clues: Sequence[_Clue]) -> Iterator[Dating]:
    days = frozenset.intersection(*(clue.days for clue in clues)) if clues else frozenset()
    if not days:
        return
    evidence = tuple(dict.fromkeys(chain.from_iterable((clue.here, clue.there) for clue in clues)))
    confidence = _MORE_CLUES if len(clues) > 1 else _ONE_CLUE
    yield Dating(
        article=article,
        first=min(days).isoformat(),
        last=max(days).isoformat(),
        evidence=evidence,
        how="rule:same-day",
        confidence=confidence,
    )
