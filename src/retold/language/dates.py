"""Find the days, weeks, months and years that a text names, and work out which they are.

Absolute dates need nothing; relative ones ("on Friday", "last year") are worked out from the publication date.
Where that is unknown, or where the words leave two days open, the expression is found and its date is None.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from typing import Literal, NamedTuple

from retold.article import Record, Span

Precision = Literal["day", "week", "month", "year", "range"]


class DateExpression(Record, frozen=True, kw_only=True):
    """Words that name a time, and the time they name.

    `date` is the ISO (first) day; `until` the ISO last day where the words name more than one day, else None.
    `date` None: the words name a time that cannot be worked out. `precision` None: not even its grain is known.
    `anchored` is True when the time was worked out from the publication date.
    """

    span: Span
    date: str | None
    until: str | None
    precision: Precision | None
    anchored: bool


class _Time(NamedTuple):
    """What one rule makes of its match. `first` None: a time, but which one is open."""

    first: date | None
    last: date | None
    precision: Precision | None
    anchored: bool = False
    confidence: float = 0.95


class _Context(NamedTuple):
    """What a rule may look at: the whole text, the span it searches, the publication day, the last absolute time."""

    text: str
    within: Span
    published: date | None
    previous: _Time | None


_Resolve = Callable[[re.Match[str], _Context], _Time | None]


class _Rule(NamedTuple):
    """A pattern and what its matches mean. A resolver that returns None says: this is no date."""

    name: str
    pattern: re.Pattern[str]
    resolve: _Resolve


# --- the words ---------------------------------------------------------------------------------------------------


def _load_words() -> dict[str, dict[str, str]]:
    """kind -> word -> value, from dates_words.tsv."""
    table: dict[str, dict[str, str]] = {}
    source = resources.files("retold.language").joinpath("dates_words.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in source.splitlines() if line and not line.startswith("#")]
    for kind, word, value in rows[1:]:
        table.setdefault(kind, {})[word] = value
    return table


_WORDS = _load_words()
_MONTHS = {word.lower(): int(value) for kind in ("month", "month_short") for word, value in _WORDS[kind].items()}
_WEEKDAYS = {word.lower(): int(value) for kind in ("weekday", "weekday_short") for word, value in _WORDS[kind].items()}
_NUMBERS = {word: int(value) for word, value in _WORDS["number"].items()}


def _either(words: Mapping[str, str], *, capital: bool = False) -> str:
    """An alternation of `words`, longest first; with `capital` also in capitals throughout."""
    forms = {form for word in words for form in ((word, word.upper()) if capital else (word,))}
    return "|".join(sorted(map(re.escape, forms), key=lambda form: (-len(form), form)))


# --- the patterns: every repetition is bounded, so each search takes linear time --------------------------------------

_GAP = r"(?:[ \t\u00a0]{1,3}|\n)"
_MONTH = rf"(?:{_either(_WORDS['month'], capital=True)}|(?:{_either(_WORDS['month_short'], capital=True)})\b\.?)"
_FULL_MONTH = _either(_WORDS["month"], capital=True)
_WEEKDAY = _either(_WORDS["weekday"], capital=True)
_ANY_WEEKDAY = rf"(?:{_WEEKDAY}|(?:{_either(_WORDS['weekday_short'], capital=True)})\b\.?)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d|[:.]\d)(?:st|nd|rd|th)?"
_YEAR = r"(?:1[6-9]\d\d|20\d\d)(?![\d%])"
_COUNT = rf"(?:\d{{1,3}}|(?i:{_either(_WORDS['number'])}))"
_UNIT = rf"(?i:{_either(_WORDS['unit'])})s?"
_NAMED = rf"(?:\b(?P<weekday>{_ANY_WEEKDAY}),?{_GAP}(?:the{_GAP})?)?"
_TAIL_YEAR = rf"(?:(?:,{_GAP}?|{_GAP})(?P<year>{_YEAR}))?"
_DASH = rf"{_GAP}?(?:-|–|—|to|through|until){_GAP}?"
_LOCAL = rf"(?:,{_GAP}local{_GAP}time)?"
_PART = rf"(?:{_GAP}(?i:morning|afternoon|evening|night))?"


def _rule(name: str, pattern: str, resolve: _Resolve) -> _Rule:
    return _Rule(name, re.compile(pattern, re.ASCII), resolve)


def _group(match: re.Match[str], name: str) -> str | None:
    """The words of a group; None where the pattern has no such group or it took no part."""
    return match[name] if name in match.re.groupindex else None


# --- times -------------------------------------------------------------------------------------------------------


def _make_day(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] else None


def _day(day: date | None, *, anchored: bool = False, confidence: float = 0.95) -> _Time:
    return _Time(day, None, "day", anchored, confidence)


def _week(day: date, *, anchored: bool = False, confidence: float = 0.9) -> _Time:
    """The week, Monday to Sunday, that `day` is in."""
    monday = day - timedelta(days=day.weekday())
    return _Time(monday, monday + timedelta(days=6), "week", anchored, confidence)


def _month(year: int, month: int, *, anchored: bool = False, confidence: float = 0.95) -> _Time:
    last = date(year, month, monthrange(year, month)[1])
    return _Time(date(year, month, 1), last, "month", anchored, confidence)


def _year(year: int, *, anchored: bool = False, confidence: float = 0.9) -> _Time:
    return _Time(date(year, 1, 1), date(year, 12, 31), "year", anchored, confidence)


def _open(precision: Precision | None) -> _Time:
    """A time that cannot be worked out."""
    return _Time(None, None, precision, False, 0.9)


def _shift(start: date, count: int, unit: str) -> date | None:
    """`start` moved by `count` units; None outside the calendar. A missing day of month becomes the last one."""
    days = {"day": 1, "week": 7, "fortnight": 14}.get(unit)
    try:
        if days:
            return start + timedelta(days=count * days)
        months = start.year * 12 + start.month - 1 + count * {"month": 1, "year": 12, "decade": 120}[unit]
        year, month = divmod(months, 12)
        return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError):
        return None


def _grain(day: date | None, unit: str, *, anchored: bool, confidence: float = 0.9) -> _Time:
    """The day, week, month or year that `day` is in, as `unit` says."""
    if day is None or unit == "decade":
        return _open("range" if unit == "decade" else None)
    if unit == "day":
        return _day(day, anchored=anchored, confidence=confidence)
    if unit in ("week", "fortnight"):
        return _week(day, anchored=anchored, confidence=confidence)
    if unit == "month":
        return _month(day.year, day.month, anchored=anchored, confidence=confidence)
    return _year(day.year, anchored=anchored, confidence=confidence)


# --- which side of publication ------------------------------------------------------------------------------------

Side = Literal["past", "future"]

_PIECE = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+|[,;:()“”\"—–]", re.ASCII)
_SENTENCE_END = re.compile(r"(?<![A-Z])(?<![ap]\.m)(?<!\bM[rs])(?<!\bDr)[.!?][”’\"')\]]{0,2}\s|\n[ \t]{0,9}\n")
_REACH = 240  # characters of a sentence looked at on either side; longer sentences hold several clauses anyway
_MARKS = frozenset(',;:()“”"—–')


def _pieces(words: str) -> list[str]:
    return _PIECE.findall(words.lower().replace("’", "'"))


def _around(context: _Context, start: int, end: int) -> tuple[list[str], list[str]]:
    """The words and marks of the sentence before and after an expression, in text order."""
    low = max(context.within.start, start - _REACH)
    before = _SENTENCE_END.split(context.text[low:start])[-1]
    after = _SENTENCE_END.split(context.text[end : min(context.within.end, end + _REACH)], maxsplit=1)[0]
    return _pieces(before), _pieces(after)


def _find_side(context: _Context, span: Span) -> Side | None:
    """The side of publication on which the time lies: its preposition decides, then the verb of its clause.

    None: neither says.
    """
    before, after = _around(context, *span)
    if _belongs_to_noun(before, after):
        before, after = ([word for word in part if not _is_present(word)] for part in (before, after))
        return _clause_tense(before, after)
    before, named = _cut_inside(before), _pieces(context.text[slice(*span)])
    preposition = _preposition(before, named)
    if preposition == "past":
        return "past"
    if before[-1:] and (before[-1] in _WORDS["deadline"] or before[-1] == "after"):
        before = before[:-1]  # beside a time it is a preposition and opens no clause
    tense = _clause_tense(before, after)
    if preposition is None or (tense == "past" and _is_told_back(before, after)):
        return tense
    return "future"


def _is_told_back(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether a deadline is told of from beyond it: "until Friday, they had waited"."""
    clause = _clause_before(before)
    return "had" in (*clause, *_clause_after(_following(before, clause, after)))


def _belongs_to_noun(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether the time stands in a name for a thing ("Friday's vote", "a June pact"), not beside the verb."""
    return after[:1] == ["s"] or before[-1:] == ["a"]


def _cut_inside(before: list[str]) -> list[str]:
    """The words before without those that only say which part of the time is meant: "the end of", "the morning of"."""
    kept = len(before)
    while kept and (before[kept - 1] in _WORDS["inside"] or before[kept - 1].isdigit()):
        kept -= 1
    return before[:kept]


def _preposition(before: Sequence[str], named: Sequence[str]) -> Side | None:
    if before[-1:] and before[-1] in _WORDS["since"]:
        return "past"
    ahead = (before[-1:] and before[-1] in _WORDS["deadline"]) or " ".join(before[-3:]) in _WORDS["deadline"]
    return "future" if ahead or (named and named[0] in _WORDS["deadline"]) else None


def _clause_before(before: Sequence[str]) -> Sequence[str]:
    """The part of the clause before the expression, with the word that opens it."""
    for i in range(len(before) - 1, -1, -1):
        if before[i] in _MARKS:
            return before[i + 1 :]
        if before[i] in _WORDS["opener"]:
            return before[i:]
    return before


def _clause_after(after: Sequence[str]) -> Sequence[str]:
    ends = (i for i, word in enumerate(after) if word in _MARKS or word in _WORDS["opener"])
    return after[: next(ends, len(after))]


def _clause_tense(before: Sequence[str], after: Sequence[str]) -> Side | None:
    """The tense of the verb nearest to the expression in its own clause, else before it, else after it."""
    clause = _clause_before(before)
    following = _following(before, clause, after)
    searches = (
        _tenses(clause, backwards=True),
        _tenses(_clause_after(following)),
        _since(clause),
        _tenses(before, backwards=True),
        _tenses(after),
    )
    return next((side for search in searches for side in search), None)


def _since(clause: Sequence[str]) -> Iterator[Side]:
    """What "since" at the head of a clause says that has no other tense."""
    if clause[:1] == ["since"]:
        yield "past"


def _following(before: Sequence[str], clause: Sequence[str], after: Sequence[str]) -> Sequence[str]:
    """The words after, without the comma that parts a time at the head of its clause from it: "On Friday, they met"."""
    mark = before[-len(clause) - 1] if len(clause) < len(before) else ""
    heads = mark not in (",", ";", ":", "—", "–") or clause[:1] == ["and"]
    return after[1:] if heads and after[:1] == [","] else after


def _tenses(words: Sequence[str], *, backwards: bool = False) -> Iterator[Side]:
    """What each verb says, the one nearest to the expression first."""
    places = range(len(words))
    for i in reversed(places) if backwards else places:
        side = _tense_at(words, i) if _may_be_verb(words[i]) else None
        if side:
            yield side


@lru_cache(maxsize=8192)
def _may_be_verb(word: str) -> bool:
    """Whether a word needs a look at its neighbours; remembered, as most words of any text are no verbs."""
    return word.endswith(("ed", "'ll")) or any(word in _WORDS[k] for k in _VERB_KINDS) or _is_present(word)


_VERB_KINDS = ("modal", "have", "ahead", "past")


def _is_present(word: str) -> bool:
    return word in _WORDS["present"] or any(
        {word, word.removesuffix("s")} & _WORDS[k].keys() for k in ("event", "hope")
    )


def _tense_at(words: Sequence[str], i: int) -> Side | None:
    """What the word at `i` says of the time of its clause; None where it is no finite verb, or says nothing."""
    word, following = words[i], words[i + 1] if i + 1 < len(words) else ""
    if word in _WORDS["modal"] or word.endswith("'ll"):
        return "past" if "have" in words[i + 1 : i + 4] or (word == "could" and following == "not") else "future"
    if word in _WORDS["have"]:
        return "future" if following in _WORDS["object"] else "past"
    if word in _WORDS["ahead"]:
        return "past" if "had" in words[max(0, i - 3) : i] else "future"
    if _is_present(word):
        return "future" if word in _WORDS["present"] or _is_finite(words, i) else None
    if word in _WORDS["past"] or (len(word) > 4 and word.endswith("ed") and word not in _WORDS["not_past"]):
        return _past_at(words, i)
    return None


def _is_finite(words: Sequence[str], i: int) -> bool:
    """Whether a form that may be a noun, an infinitive or a participle ("meet", "visits") is the verb of its clause."""
    before = words[i - 1] if i else ""
    if not before or before in _WORDS["before_noun"] or before.endswith("'s"):
        return False
    if i > 1 and words[i - 2] in _WORDS["determiner"] and not before.endswith("s") and not words[i].endswith("s"):
        return False  # "a new vote"; but "the envoys meet", "the pact lapses"
    return not any(word in _WORDS[kind] for word in words[max(0, i - 3) : i] for kind in ("modal", "do", "have"))


def _past_at(words: Sequence[str], i: int) -> Side | None:
    """A past form or participle: "will be lifted" and "agreed to meet" look ahead, "the reduced price" says nothing."""
    if i and words[i - 1] in _WORDS["determiner"]:
        return None
    if words[i] in _WORDS["willing"] and _has_infinitive(words[i + 1 :]):
        return "future"
    return "future" if _looks_ahead(words[max(0, i - 4) : i], words[i]) else "past"


def _looks_ahead(group: Sequence[str], verb: str) -> bool:
    """Whether the words before a participle make it future: "will soon be lifted", "to be held", "is signed"."""
    if "could not" in " ".join(group):
        return False  # "could not be reached on Monday"
    while group and (group[-1] in _WORDS["adverb"] or group[-1].endswith("ly")):
        group = group[:-1]
    if group[-1:] and group[-1] in _WORDS["present"]:
        return verb not in _WORDS["state"]
    while group and (group[-1] == "be" or group[-1] in _WORDS["adverb"] or group[-1].endswith("ly")):
        group = group[:-1]
    last = group[-1] if group else ""
    return last == "to" or (last in _WORDS["modal"]) or last.endswith("'ll")


def _has_infinitive(words: Sequence[str]) -> bool:
    return any(word == "to" and after not in _WORDS["determiner"] for word, after in pairwise(words))


def _span_of(match: re.Match[str]) -> Span:
    """The words that are the time, without what the pattern only looks at."""
    return Span(*match.span("time" if "time" in match.re.groupindex else 0))


# --- one resolver a rule ------------------------------------------------------------------------------------------


def _month_number(word: str) -> int:
    return _MONTHS[word.rstrip(".").lower()]


def _weekday_number(word: str) -> int:
    return _WEEKDAYS[word.rstrip(".").lower()]


def _day_number(word: str) -> int:
    return int(word.rstrip("stndrh"))


_NEAR = timedelta(days=45)  # a day without its year is the one so near to publication, whatever the tense
_CLEARLY_NEAR = timedelta(
    days=120
)  # the farthest that a day may lie without any tense, the other year's being twice as far
_CLEARLY_NEAR_MONTHS = 4


def _nearest_year(month: int, day: int, weekday: str | None, context: _Context, tense: str | None) -> date | None:
    """The day with this month and day nearest to publication, on the weekday named.

    One that is further off must lie on the side of publication that the tense says.
    """
    published = context.published
    if published is None:
        return None
    days = [_make_day(published.year + step, month, day) for step in (-1, 0, 1)]
    fitting = [
        found
        for found in days
        if found
        and (weekday is None or found.weekday() == _weekday_number(weekday))
        and (abs(found - published) <= _NEAR or _lies(found, published, tense))
    ]
    nearest = min(fitting, key=lambda found: abs((found - published).days), default=None)
    return nearest if nearest and (tense or abs(nearest - published) <= _CLEARLY_NEAR) else None


def _lies(day: date, published: date, tense: str | None) -> bool:
    """Whether a day lies on the side of publication that the tense says; any day does without a tense."""
    return tense is None or (day <= published if tense == "past" else day >= published)


def _resolve_iso(match: re.Match[str], context: _Context) -> _Time | None:  # noqa: ARG001
    day = _make_day(int(match["year"]), int(match["month"]), int(match["day"]))
    return _day(day, confidence=0.98) if day else None


def _resolve_slashes(match: re.Match[str], context: _Context) -> _Time | None:  # noqa: ARG001
    """Day and month in either order: told only where one of them is above twelve, or both are the same."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    year += 0 if year > 99 else (2000 if year < 70 else 1900)
    days = {_make_day(year, first, second), _make_day(year, second, first)} - {None}
    if not days:
        return None
    return _day(days.pop()) if len(days) == 1 else _open("day")


def _resolve_day(match: re.Match[str], context: _Context) -> _Time | None:
    month, day = _month_number(match["month"]), _day_number(match["day"])
    if match["year"]:
        found = _make_day(int(match["year"]), month, day)
        return _day(found) if found else None
    if _make_day(2000, month, day) is None:
        return None
    found = _nearest_year(month, day, _group(match, "weekday"), context, _find_side(context, _span_of(match)))
    return _day(found, anchored=True, confidence=0.9) if found else _open("day")


def _resolve_day_range(match: re.Match[str], context: _Context) -> _Time | None:
    month, day = _month_number(match["month"]), _day_number(match["day"])
    other = _group(match, "month2")
    end_month = _month_number(other) if other else month
    year = int(match["year"]) if match["year"] else None
    first = (
        _make_day(year, month, day)
        if year
        else _nearest_year(month, day, None, context, _find_side(context, _span_of(match)))
    )
    if first is None:
        return _open("range") if year is None and _make_day(2000, month, day) else None
    last = _make_day(first.year, end_month, _day_number(match["day2"]))
    return _Time(first, last, "range", year is None) if last and last > first else None


def _resolve_year_range(match: re.Match[str], context: _Context) -> _Time | None:  # noqa: ARG001
    first = int(match["year"])
    last = int(match["year2"]) if len(match["year2"]) == 4 else first // 100 * 100 + int(match["year2"])
    return _Time(date(first, 1, 1), date(last, 12, 31), "range") if last > first else None


def _resolve_week_of(match: re.Match[str], context: _Context) -> _Time | None:
    day = _resolve_day(match, context)
    if day is None or day.first is None:
        return day and _open("week")
    return _week(day.first, anchored=day.anchored)


def _resolve_month_year(match: re.Match[str], context: _Context) -> _Time | None:  # noqa: ARG001
    return _month(int(match["year"]), _month_number(match["month"]))


def _resolve_month_of_year_word(match: re.Match[str], context: _Context) -> _Time | None:
    if context.published is None:
        return _open("month")
    step = {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
    return _month(context.published.year + step, _month_number(match["month"]), anchored=True)


def _resolve_month(match: re.Match[str], context: _Context) -> _Time | None:
    """A bare month: the one nearest to publication, on the side that "last", "next" or the tense says."""
    published, month = context.published, _month_number(match["month"])
    if published is None:
        return _open("month")
    which = (_group(match, "which") or "").lower()
    side = {"last": "past", "past": "past", "next": "future", "coming": "future"}.get(which)
    tense = side or _find_side(context, _span_of(match))
    years = [published.year] if which == "this" else _years_for_month(month, published, tense, bool(side))
    nearest = min(years, key=lambda year: abs((year - published.year) * 12 + month - published.month))
    if (
        not tense
        and not which
        and abs((nearest - published.year) * 12 + month - published.month) > _CLEARLY_NEAR_MONTHS
    ):
        return _open("month")
    return _month(nearest, month, anchored=True, confidence=0.9 if tense or which else 0.7)


def _years_for_month(month: int, published: date, tense: str | None, strictly: bool) -> list[int]:
    """The years next to publication in which the month lies on the right side of it."""
    edge = 1 if strictly else 0
    steps = {step: step * 12 + month - published.month for step in (-1, 0, 1)}
    fitting = [
        published.year + step
        for step, months in steps.items()
        if not (tense == "past" and months > -edge) and not (tense == "future" and months < edge)
    ]
    return fitting or [published.year]


def _resolve_year(match: re.Match[str], context: _Context) -> _Time | None:  # noqa: ARG001
    return _year(int(match["year"]))


def _resolve_decade(match: re.Match[str], context: _Context) -> _Time | None:  # noqa: ARG001
    first = int(match["decade"])
    return _Time(date(first, 1, 1), date(first + 9, 12, 31), "range", False, 0.9)


def _resolve_weekday(match: re.Match[str], context: _Context) -> _Time | None:
    """A weekday is one of the seven days up to publication, or from it, as the tense near it says."""
    published, which = context.published, (_group(match, "which") or "").lower()
    if published is None:
        return _open("day")
    ahead = (_weekday_number(match["weekday"]) - published.weekday()) % 7
    back = ahead - 7 if ahead else 0
    if which in ("last", "past"):
        return _day(published + timedelta(days=back or -7), anchored=True, confidence=0.8)
    if which in ("next", "coming"):
        return _day(published + timedelta(days=ahead or 7), anchored=True, confidence=0.7)
    tense = _find_side(context, _span_of(match))
    if tense is None:
        return _open("day")
    return _day(published + timedelta(days=back if tense == "past" else ahead), anchored=True, confidence=0.9)


_NEAR_DAYS = {
    "today": 0,
    "tonight": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "last night": -1,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "the day before yesterday": -2,
    "the day after tomorrow": 2,
}


def _resolve_near_day(match: re.Match[str], context: _Context) -> _Time | None:
    if context.published is None:
        return _open("day")
    step = _NEAR_DAYS[" ".join(match["day"].lower().split())]
    return _day(context.published + timedelta(days=step), anchored=True)


def _resolve_unit(match: re.Match[str], context: _Context) -> _Time | None:
    """Last, this and next week, month, year; the weekend is Saturday and Sunday."""
    unit = match["unit"].lower()
    precision: Precision = "range" if unit == "weekend" else "week" if unit == "week" else "month"
    if context.published is None:
        return _open("year" if unit == "year" else precision)
    step = {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
    day = _shift(context.published, step, "week" if unit == "weekend" else unit)
    if unit != "weekend" or day is None:
        return _grain(day, unit, anchored=True)
    saturday = day + timedelta(days=5 - day.weekday())
    return _Time(saturday, saturday + timedelta(days=1), "range", True, 0.8)


def _count(match: re.Match[str]) -> int:
    word = " ".join(match["count"].lower().split())
    return int(word) if word.isdigit() else _NUMBERS[word]


def _unit(match: re.Match[str]) -> str:
    return match["unit"].lower().removesuffix("s")


def _resolve_ago(match: re.Match[str], context: _Context) -> _Time | None:
    if context.published is None:
        return _open(None)
    return _grain(_shift(context.published, -_count(match), _unit(match)), _unit(match), anchored=True, confidence=0.8)


_COARSE: tuple[Precision, ...] = ("day", "week", "month", "year")
_UNIT_PRECISION: dict[str, Precision] = {
    "day": "day",
    "week": "week",
    "fortnight": "week",
    "month": "month",
    "year": "year",
    "decade": "range",
}


def _from_anchor(anchor: _Time | None, count: int, unit: str) -> _Time:
    """`count` units from a known time, no finer than that time is known; open when there is none."""
    if anchor is None or anchor.first is None or anchor.precision not in _COARSE or unit == "decade":
        return _open(None)
    own = _UNIT_PRECISION[unit]
    coarser = max(own, anchor.precision, key=_COARSE.index)
    if _COARSE.index(anchor.precision) > _COARSE.index(own):
        return _open(None)  # "three days later" than a month: no day follows from that
    return _grain(_shift(anchor.first, count, unit), coarser, anchored=anchor.anchored, confidence=0.75)


def _resolve_later(match: re.Match[str], context: _Context) -> _Time | None:
    """Later or earlier than the time named just before."""
    sign = 1 if match["way"].lower() == "later" else -1
    return _from_anchor(context.previous, sign * _count(match), _unit(match))


def _resolve_after(match: re.Match[str], context: _Context) -> _Time | None:
    """After or before something that the rest of the sentence dates: "eight months after it left in May 2019"."""
    rest = _SENTENCE_END.split(context.text[match.end() : min(context.within.end, match.end() + 120)], maxsplit=1)[0]
    sign = 1 if match["way"].lower() == "after" else -1
    anchors = [time for _, time in _search(rest, Span(0, len(rest)), None, _ABSOLUTE) if time.first]
    return _from_anchor(anchors[0] if len(anchors) == 1 else None, sign * _count(match), _unit(match))


_PREPOSITION = r"(?i:in|since|by|until|till|during|from|of|before|after|for|between|through)"
_WHEN_IN_IT = rf"(?:(?i:late|early|mid){_GAP}|(?i:mid)-)?"
_WHICH = r"(?P<which>(?i:last|past|this|next|coming))"
_THIS = r"(?P<which>(?i:last|this|next))"
_NOT_A_YEAR = rf"(?![-,.]\d|{_GAP}(?:people|men|women|troops|soldiers|miles|years|more|of)\b)"
_PLAIN_MONTH = _either({month: "" for month in _WORDS["month"] if month not in ("March", "May")})

# A group named "time" is the expression where the pattern also has to see the words before it.
_ABSOLUTE: tuple[_Rule, ...] = (
    _rule("date-iso", r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?=\b|T)", _resolve_iso),
    _rule(
        "date-slashes",
        r"(?<![\d/.])(?P<first>\d{1,2})[/.](?P<second>\d{1,2})[/.](?P<year>(?:19|20)?\d\d)(?![\d/]|\.\d)",
        _resolve_slashes,
    ),
    _rule(
        "date-range",
        rf"\b(?P<month>{_MONTH}){_GAP}(?P<day>{_DAY}){_DASH}"
        rf"(?:(?P<month2>{_MONTH}){_GAP})?(?P<day2>{_DAY})\b{_TAIL_YEAR}",
        _resolve_day_range,
    ),
    _rule(
        "date-range",
        rf"\b(?P<day>{_DAY}){_DASH}(?P<day2>{_DAY}){_GAP}(?P<month>{_MONTH})(?![a-z]){_TAIL_YEAR}",
        _resolve_day_range,
    ),
    _rule(
        "date-week-of",
        rf"\b[Tt]he{_GAP}week{_GAP}(?:of|starting|beginning){_GAP}{_NAMED}"
        rf"(?P<month>{_MONTH}){_GAP}(?P<day>{_DAY})\b{_TAIL_YEAR}",
        _resolve_week_of,
    ),
    _rule("date-day", rf"{_NAMED}\b(?P<month>{_MONTH}){_GAP}(?P<day>{_DAY})\b{_TAIL_YEAR}", _resolve_day),
    _rule(
        "date-day",
        rf"{_NAMED}\b(?P<day>{_DAY}){_GAP}(?:of{_GAP})?(?P<month>{_MONTH})(?![a-zA-Z]){_TAIL_YEAR}",
        _resolve_day,
    ),
    _rule("date-month", rf"(?<!\d )\b(?P<month>{_MONTH}),?{_GAP}(?:of{_GAP})?(?P<year>{_YEAR})\b", _resolve_month_year),
    _rule("date-years", rf"\b(?P<year>{_YEAR}){_DASH}(?P<year2>{_YEAR}|\d\d(?!\d))\b(?!-)", _resolve_year_range),
    _rule("date-decade", r"\b(?P<decade>(?:1[6-9]|20)\d0)s\b", _resolve_decade),
    _rule(
        "date-year",
        rf"\b(?:{_PREPOSITION}|(?i:late|early|mid|to|and|than|fiscal|year|summer|autumn|fall|winter|spring|the)){_GAP}"
        rf"(?P<time>(?P<year>{_YEAR}))\b{_NOT_A_YEAR}",
        _resolve_year,
    ),
    _rule("date-year", rf"\((?P<time>(?P<year>{_YEAR}))\)", _resolve_year),
)
_RELATIVE: tuple[_Rule, ...] = (
    _rule("date-near-day", rf"\b(?P<day>(?i:{_either(dict.fromkeys(_NEAR_DAYS, ''))}))\b", _resolve_near_day),
    _rule("date-weekday", rf"\b(?:{_WHICH}{_GAP})?(?P<weekday>{_WEEKDAY})\b{_PART}{_LOCAL}", _resolve_weekday),
    _rule("date-unit", rf"\b{_THIS}{_GAP}(?P<unit>(?i:week|weekend|month|year))\b", _resolve_unit),
    _rule("date-ago", rf"\b(?P<count>{_COUNT}){_GAP}(?P<unit>{_UNIT}){_GAP}ago\b", _resolve_ago),
    _rule("date-later", rf"\b(?P<count>{_COUNT}){_GAP}(?P<unit>{_UNIT}){_GAP}(?P<way>later|earlier)\b", _resolve_later),
    _rule("date-after", rf"\b(?P<count>{_COUNT}){_GAP}(?P<unit>{_UNIT}){_GAP}(?P<way>after|before)\b", _resolve_after),
    _rule(
        "date-month-of-year",
        rf"\b(?P<month>{_FULL_MONTH})(?:,|{_GAP}of)?{_GAP}{_THIS}{_GAP}year\b",
        _resolve_month_of_year_word,
    ),
    _rule("date-bare-month", rf"\b{_WHICH}{_GAP}(?P<month>{_FULL_MONTH})\b", _resolve_month),
    _rule(
        "date-bare-month",
        rf"\b{_PREPOSITION}{_GAP}(?P<time>{_WHEN_IN_IT}(?P<month>{_FULL_MONTH}))\b(?!{_GAP}[A-Z])",
        _resolve_month,
    ),
    # At the head of a sentence the name that follows the month is the subject: "In January Norland added".
    _rule(
        "date-bare-month",
        rf"\b(?:In|Since|During|By|Until|Before){_GAP}(?P<time>{_WHEN_IN_IT}(?P<month>{_FULL_MONTH}))\b",
        _resolve_month,
    ),
    # March and May are verbs, names and heads of sentences too: they need one of the words above.
    _rule("date-bare-month", rf"(?<!\d )\b(?P<month>{_PLAIN_MONTH})\b(?!{_GAP}[A-Z\d])", _resolve_month),
)
_RULES = _ABSOLUTE + _RELATIVE


_NEWS_YEARS = range(1500, 3000)  # publication outside of these is a mistake, and the calendar must not run out


# --- the search --------------------------------------------------------------------------------------------------


class _Hit(NamedTuple):
    start: int
    end: int
    order: int
    rule: _Rule
    match: re.Match[str]


def _hits(text: str, within: Span, rules: Sequence[_Rule]) -> Iterator[_Hit]:
    """Every match of every rule, without what it only looks at; in text order, the longest first."""
    found = [
        _Hit(*_span_of(match), order, rule, match)
        for order, rule in enumerate(rules)
        for match in rule.pattern.finditer(text, within.start, within.end)
    ]
    yield from sorted(found, key=lambda hit: (hit.start, -hit.end, hit.order))


def _search(text: str, within: Span, published: date | None, rules: Sequence[_Rule]) -> Iterator[tuple[_Hit, _Time]]:
    """The hits that stand, none overlapping an earlier or a longer one, each with its time."""
    previous: _Time | None = None
    reached = within.start
    for hit in _hits(text, within, rules):
        if hit.start < reached:
            continue
        time = hit.rule.resolve(hit.match, _Context(text, within, published, previous))
        if time is None:
            continue
        if time.first and not time.anchored:
            previous = time
        reached = hit.end
        yield hit, time


def _express(hit: _Hit, time: _Time) -> DateExpression:
    return DateExpression(
        span=Span(hit.start, hit.end),
        date=time.first.isoformat() if time.first else None,
        until=time.last.isoformat() if time.first and time.last else None,
        precision=time.precision,
        anchored=time.anchored,
        confidence=time.confidence,
        how=hit.rule.name,
    )


def is_event_verb(word: str) -> bool:
    """Whether a lower-case word is the present form of a verb for what takes place at a set time: "meets", "lapse"."""
    return word in _WORDS["event"] or word.removesuffix("s") in _WORDS["event"]


def opens_clause(word: str) -> bool:
    """Whether a lower-case word may open a clause with a verb, and so a tense, of its own: "which", "if", "since"."""
    return word in _WORDS["opener"]


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
    known = published if published and published.year in _NEWS_YEARS else None
    return tuple(_express(hit, time) for span in spans for hit, time in _search(text, span, known, _RULES))
