"""Parts of years and groups of them: quarters, halves, seasons, decades in words, years as they are spoken."""

import re
from datetime import date

from retold.language.dates.rules import Context, Rule, group, make_rule, span_of
from retold.language.dates.side import find_side
from retold.language.dates.tense import Side
from retold.language.dates.times import (
    Time,
    decade_time,
    half_time,
    month_time,
    open_time,
    quarter_of,
    quarter_time,
    year_time,
)
from retold.language.dates.words import FULL_MONTH, GAP, WORDS, YEAR, count_number, either, month_number

_WHICH_SIDE: dict[str, Side] = {"last": "past", "past": "past", "this": "past", "next": "future", "coming": "future"}
_SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # where a season begins in the north


def _resolve_quarter(match: re.Match[str], context: Context) -> Time | None:
    ordinal = match["ordinal"].lower()
    number = int(ordinal[1]) if ordinal[0] == "q" else int(WORDS["ordinal"][ordinal])
    named = _year_named(match, context) or _year_reported(number, context.published)
    year = named or _year_by_side(match, context, (number * 3 - 2, number * 3))
    return quarter_time(year, number, anchored=not group(match, "year")) if year else open_time("range")


def _resolve_half(match: re.Match[str], context: Context) -> Time | None:
    number = int(WORDS["ordinal"][match["ordinal"].lower()])
    year = _year_named(match, context) or _year_by_side(match, context, (number * 6 - 5, number * 6))
    return half_time(year, number, anchored=not group(match, "year")) if year else open_time("range")


def _year_named(match: re.Match[str], context: Context) -> int | None:
    """The year written beside a part of it, as a number or as "last year"."""
    year, which = group(match, "year"), group(match, "whose")
    if year or which is None or context.published is None:
        return int(year) if year else None
    return context.published.year + {"last": -1, "this": 0, "next": 1}[which.lower()]


def _year_reported(number: int, published: date | None) -> int | None:
    """The year of the quarter that has just ended: companies "will report" on it."""
    if published is None or number != (quarter_of(published) + 2) % 4 + 1:
        return None
    return published.year - (number == 4)


def _year_by_side(match: re.Match[str], context: Context, months: tuple[int, int]) -> int | None:
    """The year in which its part from the first to the last of `months` is the last that had begun at publication, or
    the next that had not ended; None where neither words nor tense say which.
    """
    published = context.published
    if published is None:
        return None
    side = _WHICH_SIDE.get((group(match, "which") or "").lower()) or find_side(context, span_of(match))
    if side == "past":
        return published.year - (months[0] > published.month)
    if side == "future":
        return published.year + (months[1] < published.month)
    return None


def _resolve_season(match: re.Match[str], context: Context) -> Time | None:
    """A season of a year; its days are not told, as they are other ones in the south."""
    season = WORDS["season"][match["season"].lower()]
    year = _year_named(match, context) or _season_year(match, context, _SEASON_MONTH[season])
    if year is None:
        return open_time(None)
    return year_time(year, anchored=not group(match, "year"), confidence=0.8, value=f"{year}-{season}")


def _season_year(match: re.Match[str], context: Context, month: int) -> int | None:
    """The year of a season that begins in `month`; None: a winter is of two years, and "last spring", said in autumn,
    may be of this year or of the last, as "next autumn", said in spring, of this or the next.
    """
    which = (group(match, "which") or "").lower()
    published = context.published
    if published is None or month == _SEASON_MONTH["WI"]:
        return None
    if which == "last":
        return published.year - 1 if published.month < month + 3 else None
    if which == "next":
        return published.year + 1 if published.month >= month else None
    return published.year if which == "this" else _year_by_side(match, context, (month, month + 2))


def _resolve_century(match: re.Match[str], context: Context) -> Time | None:  # noqa: ARG001
    first = (int(match["century"]) - 1) * 100
    return Time(date(first, 1, 1), date(first + 99, 12, 31), "range", value=str(first // 100)) if first else None


def _resolve_decade(match: re.Match[str], context: Context) -> Time | None:  # noqa: ARG001
    return decade_time(1900 + int(WORDS["decade"][match["decade"].lower()]))


def _resolve_short_decade(match: re.Match[str], context: Context) -> Time | None:  # noqa: ARG001
    return decade_time(1900 + int(match["decade"]))


def _resolve_spoken(match: re.Match[str], context: Context) -> Time | None:  # noqa: ARG001
    """A year as transcripts write it: "nineteen ninety-six", "January twenty ten"."""
    if group(match, "thousand"):
        return year_time(2000)
    ones = match["ones"]
    year = 1900 if match["century"].lower() == "nineteen" else 2000
    year += count_number(match["tens"]) + (count_number(ones) if ones else 0)
    return month_time(year, month_number(match["month"])) if match["month"] else year_time(year)


def _resolve_year_end(match: re.Match[str], context: Context) -> Time | None:
    """The year that ended last, or the one that runs, as preposition and tense say."""
    published, side = context.published, find_side(context, span_of(match))
    if published is None or side is None:
        return open_time("year")
    return year_time(published.year - (side == "past"), anchored=True, confidence=0.7)


_ORDINAL = either(WORDS["ordinal"])
_SEASON = either(WORDS["season"])
_PART = rf"(?P<ordinal>(?i:{_ORDINAL}))(?:{GAP}|-)(?i:quarter)"
_HALF = rf"(?P<ordinal>(?i:first|second))(?:{GAP}|-)(?i:half)"
_OF_YEAR = rf",?{GAP}(?:of{GAP})?(?:(?:fiscal{GAP})?(?P<year>{YEAR})|(?P<whose>last|this|next){GAP}year)\b"
_YEARS = rf"(?:(?P<whose>(?i:last|this|next)){GAP}year['’]s|(?P<year>{YEAR})){GAP}"
_NAMES = [word for word in WORDS["number"] if " " not in word and len(word) > 2]
_TENS = either(word for word in _NAMES if 10 <= count_number(word) < 100)
_ONES = either(word for word in _NAMES if count_number(word) < 10)
_ENDING = rf"year(?:-|{GAP})end|year['’]s{GAP}end|the{GAP}end{GAP}of{GAP}the{GAP}year"

PERIODS: tuple[Rule, ...] = (
    make_rule("date-quarter", "unit", rf"\b{_PART}{_OF_YEAR}", _resolve_quarter),
    make_rule("date-quarter", "unit", rf"\b{_YEARS}{_PART}\b", _resolve_quarter),
    make_rule("date-quarter", "figure", rf"\b(?P<ordinal>Q[1-4])(?:{_OF_YEAR}|\b)", _resolve_quarter),
    make_rule("date-half", "half", rf"\b{_HALF}{_OF_YEAR}", _resolve_half),
    make_rule("date-half", "half", rf"\b{_YEARS}{_HALF}\b", _resolve_half),
    make_rule(
        "date-season",
        "season",
        rf"\b(?:[Tt]his{GAP}(?=past))?(?P<which>(?i:last|past|this|next|coming)){GAP}(?P<season>(?i:{_SEASON}))\b(?!{GAP}(?:in|from|of)\b)",
        _resolve_season,
    ),
    make_rule(
        "date-season",
        "season",
        rf"\b(?P<season>(?i:{_SEASON}))(?:,|{GAP}of)?{GAP}(?P<year>{YEAR})\b",
        _resolve_season,
    ),
    make_rule(
        "date-decade",
        "spoken",
        rf"\b(?:[Tt]he|early|mid|late){GAP}(?P<time>(?P<decade>(?i:{either(WORDS['decade'])})))\b",
        _resolve_decade,
    ),
    make_rule("date-decade", "figure", r"(?<!\w)['’](?P<decade>[3-9]0)s\b", _resolve_short_decade),
    make_rule(
        "date-century",
        "figure",
        rf"\b[Tt]he{GAP}(?P<time>(?P<century>1[6-9]|2[01])(?:st|nd|rd|th){GAP}century)\b",
        _resolve_century,
    ),
    make_rule(
        "date-spoken",
        "spoken",
        rf"\b(?:(?P<month>{FULL_MONTH}){GAP})?(?i:(?P<century>nineteen|twenty)(?:{GAP}|-)"
        rf"(?P<tens>{_TENS})(?:(?:{GAP}|-)(?P<ones>{_ONES}))?)\b(?!-)",
        _resolve_spoken,
    ),
    make_rule(
        "date-year-end",
        "unit",
        rf"\b(?i:by|at|before|until|since|through){GAP}(?P<time>{_ENDING})\b",
        _resolve_year_end,
    ),
)

QUARTERS: tuple[Rule, ...] = (make_rule("date-quarter", "unit", rf"\b{_PART}\b", _resolve_quarter),)
"""Quarters without their year; in a report of a game they are none."""

BARE_PERIODS: tuple[Rule, ...] = (
    make_rule("date-season", "season", rf"\b(?P<season>(?i:{_SEASON}))\b", _resolve_season),
    make_rule("date-half", "half", rf"\b{_HALF}\b", _resolve_half),
    make_rule("date-year-end", "unit", rf"\b(?:{_ENDING})\b", _resolve_year_end),
    make_rule(
        "date-century", "figure", rf"\b(?P<century>[12]?\d)(?:st|nd|rd|th)(?:{GAP}|-)century\b", _resolve_century
    ),
    make_rule(
        "date-spoken", "spoken", rf"\b(?i:the{GAP}year{GAP})?(?P<thousand>(?i:two{GAP}thousand))\b", _resolve_spoken
    ),
)
"""What is a time only where it is known to be one."""
