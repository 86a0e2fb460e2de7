"""The timeline: what happened when, each line with the sentence of each report that tells it."""

import hashlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from retold.article import Article, Pin, Span
from retold.language.dates import DateExpression, find_dates, is_event_verb, opens_clause
from retold.language.sentences import LONGEST_SENTENCE, article_sentences
from retold.language.tokens import Token, tokenize
from retold.language.words import words_in
from retold.ledger.grammar import lower, words
from retold.ledger.position import Happening, Precision

_SAME_THING = 0.5  # share of the shorter sentence's content words that the other has
_SAME_WORDS = 0.8  # the same where neither day can be dated: only a copy is known to mean the same Friday
_FEWEST_WORDS = 4  # content words in which two sentences must agree at the least
_NEAR = 6  # tokens around a day within which a verb of saying claims it
_ACROSS = 3  # what a mark between a day and a verb weighs, in tokens
_FARTHEST = 40  # tokens around a day beyond which no verb is looked for


class _Telling(NamedTuple):
    """A dated sentence. `roots` are its content words, for comparing it with those of other reports."""

    article: Article
    sentence: Span
    time: DateExpression
    roots: frozenset[str]


def find_happenings(articles: Sequence[Article]) -> tuple[Happening, ...]:
    """Find the sentences that tell an event and its time, in date order, those that cannot be dated last.

    A sentence that dates two events in clauses of their own stands for both. Sentences of several reports about one day
    and one thing are one happening with several pins; its words are those of the first report. A day that only dates a
    statement ("she said on Monday") is none. A weekday in a report without a date is kept, with `date` None.
    Empty: nothing is dated. Raises: nothing.
    """
    groups: list[list[_Telling]] = []
    at_time: defaultdict[tuple[str | None, Precision | None], list[list[_Telling]]] = defaultdict(list)
    for article in articles:
        new: list[list[_Telling]] = []
        for telling in _tellings(article):
            told = at_time[telling.time.date, telling.time.precision]
            group = next((g for g in told if any(_same_event(telling, other) for other in g)), None)
            if group is None:
                new.append([telling])
            else:
                group.append(telling)
        groups += new  # one report tells one thing once: what is new in it is compared with later reports only
        for group in new:
            at_time[group[0].time.date, group[0].time.precision].append(group)
    happenings = [_happening(group) for group in groups]
    return tuple(sorted(happenings, key=lambda h: (h.date is None, h.date or "")))


def _tellings(article: Article) -> Iterator[_Telling]:
    published = date.fromisoformat(article.published) if article.published else None
    sentences = [one for one in article_sentences(article) if one.end - one.start <= LONGEST_SENTENCE]
    starts = [sentence.start for sentence in sentences]
    times: defaultdict[int, list[DateExpression]] = defaultdict(list)
    for time in find_dates(article.text, sentences, published):  # at once: "two years later" counts from one before
        times[bisect_right(starts, time.span.start) - 1].append(time)
    for index, found in sorted(times.items()):
        roots = _roots(article, sentences[index])
        for time in _times_of_events(article, sentences[index], found):
            yield _Telling(article, sentences[index], time, roots)


def _roots(article: Article, sentence: Span) -> frozenset[str]:
    return frozenset(word.root for word in words_in(article.text, [sentence]) if word.content)


def _times_of_events(article: Article, sentence: Span, times: Iterable[DateExpression]) -> Iterator[DateExpression]:
    """The times in a sentence that date an event: the finest, and each that has an event's verb in its own clause."""
    tokens = tokenize(article.text, *sentence)
    if article.text[sentence.end - 1] == "?" or not any(map(_is_event, tokens)):
        return
    dated = [time for time in times if time.precision and not _dates_speech(tokens, time)]
    finest = min(dated, key=_coarseness, default=None)
    told = [time for time in dated if time is finest or any(map(_is_event, _clause(tokens, time)))]
    for i, time in enumerate(told):
        if time.date is None or all(time.date != other.date for other in told[:i]):
            yield time


def _is_event(token: Token) -> bool:
    word = lower(token)
    return word in words("event verb") or is_event_verb(word) or (word.endswith("ed") and token.text[0].islower())


_ENDS = frozenset(',;:()“”"—–')


def _clause(tokens: Sequence[Token], time: DateExpression) -> Sequence[Token]:
    """The words around a time, up to the next marks or words that open another clause."""
    first, last = _place(tokens, time)
    ends = [i for i, token in enumerate(tokens) if token.text in _ENDS or opens_clause(lower(token))]
    start = max((i for i in ends if i < first), default=-1)
    return tokens[start + 1 : min((i for i in ends if i >= last), default=len(tokens))]


_GRAINS: tuple[Precision, ...] = ("day", "week", "range", "month", "year")


def _coarseness(time: DateExpression) -> tuple[bool, int, int]:
    """Dated before undated, then fine before coarse, then in text order."""
    return time.date is None, _GRAINS.index(time.precision) if time.precision else len(_GRAINS), time.span.start


def _dates_speech(tokens: Sequence[Token], time: DateExpression) -> bool:
    """Whether a verb of saying stands next to a time, nearer than any verb of happening."""
    first, last = _place(tokens, time)
    saying = _distance(tokens, first, last, words("saying"))
    return saying <= _NEAR and saying < _distance(tokens, first, last, words("event verb"))


def _place(tokens: Sequence[Token], time: DateExpression) -> tuple[int, int]:
    """The index of a time's first token and of the first one after it."""
    first = next((i for i, token in enumerate(tokens) if token.start >= time.span.start), len(tokens))
    last = next((i for i, token in enumerate(tokens) if token.start >= time.span.end), len(tokens))
    return first, last


def _distance(tokens: Sequence[Token], first: int, last: int, kind: frozenset[str]) -> int:
    """How many tokens lie between a time and the nearest word of `kind`; beyond every sentence when there is none.

    A mark between them counts for several: "agreed to meet on Monday, according to" dates the meeting.
    """
    gaps = [
        (first - i if i < first else i - last + 1)
        + _ACROSS * any(t.text in _ENDS for t in tokens[min(i, last) : max(i, first)])
        for i, token in enumerate(tokens)
        if abs(i - first) <= _FARTHEST and lower(token) in kind and not _adds(tokens, i)
    ]
    return min(gaps, default=len(tokens) + _FARTHEST)


def _adds(tokens: Sequence[Token], i: int) -> bool:
    """Whether "added" is an act and no saying: "Norland added a toll"."""
    return lower(tokens[i]) in ("adds", "added") and i + 1 < len(tokens) and lower(tokens[i + 1]) in ("a", "an", "the")


def _same_event(a: _Telling, b: _Telling) -> bool:
    """Whether two sentences of one time tell one event: never two of one report."""
    if a.article.id == b.article.id:
        return False
    shared = len(a.roots & b.roots)
    share = _SAME_THING if a.time.date else _SAME_WORDS
    return shared >= max(_FEWEST_WORDS, share * min(len(a.roots), len(b.roots)))


def _happening(group: Sequence[_Telling]) -> Happening:
    first = group[0]
    text = first.article.text
    pins = tuple(Pin(telling.article.id, telling.sentence) for telling in group)
    places = "|".join(f"{pin.article}:{pin.span.start}-{pin.span.end}" for pin in pins)
    key = f"{places}@{first.time.span.start}"
    return Happening(
        id=f"h{hashlib.sha256(key.encode()).hexdigest()[:12]}",
        date=first.time.date,
        precision=first.time.precision,
        when=text[slice(*first.time.span)],
        what=text[slice(*first.sentence)],
        evidence=pins,
        how="rule:dated-event",
        confidence=round(min(telling.time.confidence for telling in group) * 0.85, 2),
    )
