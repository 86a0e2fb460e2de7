"""From a text to its times: found in it, or asked for at known words."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain

from retold.article import Span
from retold.language.dates.anaphora import ANAPHORA, BARE_ANAPHORA
from retold.language.dates.clock import clock_time
from retold.language.dates.distances import DISTANCES
from retold.language.dates.expression import DateExpression
from retold.language.dates.lengths import LENGTHS
from retold.language.dates.matching import REMEMBERED, Hit, hits_in, times_in
from retold.language.dates.months import BARE_MONTHS, MONTHS
from retold.language.dates.nearby import BARE_WEEKENDS, NEARBY
from retold.language.dates.periods import BARE_PERIODS, PERIODS, QUARTERS
from retold.language.dates.references import REFERENCES
from retold.language.dates.rules import Context
from retold.language.dates.times import Time, timex_value
from retold.language.dates.written_out import BARE_YEARS, WRITTEN_OUT

_FOUND = WRITTEN_OUT + PERIODS + NEARBY + DISTANCES + ANAPHORA + MONTHS
_TOLD = _FOUND + QUARTERS
_BARE = BARE_ANAPHORA + BARE_MONTHS + BARE_YEARS + BARE_PERIODS + BARE_WEEKENDS
_ASKED = _TOLD + _BARE + REFERENCES + LENGTHS
_NEWS_YEARS = range(1500, 3000)  # publication outside of these is a mistake, and the calendar must not run out
_SHARE = 0.5  # of the words asked for that a length must cover: "Easter week" is not "week"
_LOOK_BACK = 1500  # characters before words in which the times are that they may count from


def find_dates(text: str, spans: Sequence[Span], published: date | None) -> tuple[DateExpression, ...]:
    """Find the times that the words at `spans` name, in text order, none overlapping another.

    Offsets: characters of `text`. Without `published` relative words ("yesterday", "March 3") give `date` None.
    Empty: no time is named. Raises: nothing.

    >>> from datetime import date
    >>> text = "Talks opened on 4 May 2031 and will resume on Friday."
    >>> found = find_dates(text, [Span(0, len(text))], date(2031, 5, 7))
    >>> [(text[e.span.start : e.span.end], e.date, e.precision) for e in found]
    [('4 May 2031', '2031-05-04', 'day'), ('Friday', '2031-05-09', 'day')]
    """
    known = _in_news_years(published)
    told: deque[Time] = deque(maxlen=REMEMBERED)
    found: list[DateExpression] = []
    for span in chain.from_iterable(_paragraphs(text, span) for span in spans):
        for hit, time in times_in(text, span, known, _FOUND, told):
            if time.advances:
                told.append(time)
            found.append(_express(Span(hit.start, hit.end), hit, time, timex_value(time)))
    return tuple(found)


def resolve_date(text: str, span: Span, published: date | None) -> DateExpression | None:
    """Work out the time that the words at `span` name, in the light of the words around them.

    For words that are known to name a time, where `find_dates` takes only those that prove it: a bare year or month,
    a time of day, and, with `value` alone, lengths ("three months": P3M), frequencies ("daily": P1D) and vague times
    ("recently": PAST_REF). None: no time is seen in them. Raises: nothing.

    >>> resolve_date("It took three months.", Span(8, 20), None).value
    'P3M'
    """
    known = _in_news_years(published)
    start = max(0, span.start - _LOOK_BACK)
    found = times_in(text, Span(start, span.start), known, _TOLD)
    told = deque((time for _, time in found if time.advances), REMEMBERED)
    context = Context(text, Span(start, len(text)), known, told)
    for hit in sorted(hits_in(text, span, _ASKED), key=lambda hit: (hit.start - hit.end, hit.order)):
        if not hit.rule.name.startswith("date-") and hit.end - hit.start < _SHARE * (span.end - span.start):
            continue
        time = hit.rule.resolve(hit.match, context)
        if time is not None:
            return _express(span, hit, time, _with_clock(text[slice(*span)], time))
    return None


_BLANK_LINE = re.compile(r"\n[ \t]{0,9}\n")


def _paragraphs(text: str, span: Span) -> Iterator[Span]:
    """The parts of a span between blank lines, which no time runs across: most rules can be spared for most of them."""
    start = span.start
    for gap in _BLANK_LINE.finditer(text, *span):
        yield Span(start, gap.start())
        start = gap.end()
    yield Span(start, span.end)


def _in_news_years(published: date | None) -> date | None:
    return published if published and published.year in _NEWS_YEARS else None


def _with_clock(words: str, time: Time) -> str | None:
    """The value of a time, with the time of day that stands in its words."""
    clock = clock_time(words) if time.precision == "day" and time.first else None
    return f"{time.first.isoformat()}{clock}" if clock and time.first else timex_value(time)


def _express(span: Span, hit: Hit, time: Time, value: str | None) -> DateExpression:
    return DateExpression(
        span=span,
        date=time.first.isoformat() if time.first else None,
        until=time.last.isoformat() if time.first and time.last else None,
        precision=time.precision,
        anchored=time.anchored,
        value=value,
        confidence=time.confidence,
        how=hit.rule.name,
    )
