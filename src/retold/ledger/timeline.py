"""The timeline: what happened when, each line with the sentence of each report that tells it."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from retold.article import Article, Pin, Span
from retold.language.dates import DateExpression, find_dates
from retold.language.sentences import LONGEST_SENTENCE, article_sentences
from retold.language.tokens import Token, tokenize
from retold.language.words import words_in
from retold.ledger.grammar import lower, words
from retold.ledger.position import Happening, Precision

_SAME_THING = 0.5  # share of the shorter sentence's content words that the other has
_SAME_WORDS = 0.8  # the same where neither day can be dated: only a copy is known to mean the same Friday
_FEWEST_WORDS = 4  # content words in which two sentences must agree at the least
_NEAR = 6  # tokens around a day within which a verb of saying claims it


class _Telling(NamedTuple):
    """A dated sentence. `roots` are its content words, for comparing it with those of other reports."""

    article: Article
    sentence: Span
    time: DateExpression
    roots: frozenset[str]


def find_happenings(articles: Sequence[Article]) -> tuple[Happening, ...]:
    """Find the sentences that tell an event and its time, in date order, those that cannot be dated last.

    Sentences of several reports about one day and one thing are one happening with several pins; its words are those of
    the first report. A day that only dates a statement ("she said on Monday") is none. A weekday in a report without a
    date is kept, with `date` None. Empty: nothing is dated. Raises: nothing.
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
    for sentence in article_sentences(article):
        if sentence.end - sentence.start > LONGEST_SENTENCE:
            continue
        time = _time_of_event(article, sentence, find_dates(article.text, [sentence], published))
        if time:
            yield _Telling(article, sentence, time, _roots(article, sentence))


def _roots(article: Article, sentence: Span) -> frozenset[str]:
    return frozenset(word.root for word in words_in(article.text, [sentence]) if word.content)


def _time_of_event(article: Article, sentence: Span, times: Iterable[DateExpression]) -> DateExpression | None:
    """The finest time in a sentence that dates an event; None: it tells none."""
    tokens = tokenize(article.text, *sentence)
    events = words("event verb")
    if article.text[sentence.end - 1] == "?" or not any(_is_event(token, events) for token in tokens):
        return None
    dated = [time for time in times if time.precision and not _dates_speech(tokens, time)]
    return min(dated, key=_coarseness, default=None)


def _is_event(token: Token, events: frozenset[str]) -> bool:
    return lower(token) in events or (lower(token).endswith("ed") and token.text[0].islower())


_GRAINS: tuple[Precision, ...] = ("day", "week", "range", "month", "year")


def _coarseness(time: DateExpression) -> tuple[bool, int, int]:
    """Dated before undated, then fine before coarse, then in text order."""
    return time.date is None, _GRAINS.index(time.precision) if time.precision else len(_GRAINS), time.span.start


def _dates_speech(tokens: Sequence[Token], time: DateExpression) -> bool:
    """Whether a verb of saying stands next to a time, nearer than any verb of happening."""
    first = next((i for i, token in enumerate(tokens) if token.start >= time.span.start), len(tokens))
    last = next((i for i, token in enumerate(tokens) if token.start >= time.span.end), len(tokens))
    saying = _distance(tokens, first, last, words("saying"))
    return saying <= _NEAR and saying < _distance(tokens, first, last, words("event verb"))


def _distance(tokens: Sequence[Token], first: int, last: int, kind: frozenset[str]) -> int:
    """How many tokens lie between a time and the nearest word of `kind`; beyond every sentence when there is none."""
    gaps = [first - i if i < first else i - last + 1 for i, t in enumerate(tokens) if lower(t) in kind]
    return min(gaps, default=len(tokens) + _NEAR)


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
    key = "|".join(f"{pin.article}:{pin.span.start}-{pin.span.end}" for pin in pins)
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
