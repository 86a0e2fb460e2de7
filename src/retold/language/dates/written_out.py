"""Days, months and years written out, with their year or without: "4 May 2031", "March 3", "the 1990s"."""

import re
from datetime import date, timedelta

from retold.language.dates.rules import Context, Rule, group, make_rule, span_of
from retold.language.dates.side import find_side
from retold.language.dates.tense import Side
from retold.language.dates.times import (
    Time,
    day_time,
    decade_time,
    make_day,
    month_time,
    open_time,
    week_time,
    year_time,
)
from retold.language.dates.words import (
    ANY_WEEKDAY,
    DASH,
    DAY,
    GAP,
    MONTH,
    PREPOSITION,
    YEAR,
    day_number,
    month_number,
    weekday_number,
)

_NEAR = timedelta(days=45)  # a day without its year is the one so near to publication, whatever the tense
_CLEARLY_NEAR = timedelta(days=120)  # the farthest a day may lie without any tense; the other year's is twice as far


def _nearest_year(month: int, day: int, weekday: str | None, context: Context, tense: Side | None) -> date | None:
    """The day with this month and day nearest to publication, on the weekday named.

    One that is further off must lie on the side of publication that the tense says.
    """
    published = context.published
    if published is None:
        return None
    days = [make_day(published.year + step, month, day) for step in (-1, 0, 1)]
    fitting = [
        found
        for found in days
        if found
        and (weekday is None or found.weekday() == weekday_number(weekday))
        and (abs(found - published) <= _NEAR or _lies(found, published, tense))
    ]
    nearest = min(fitting, key=lambda found: abs((found - published).days), default=None)
    return nearest if nearest and (tense or abs(nearest - published) <= _CLEARLY_NEAR) else None


def _lies(day: date, published: date, tense: Side | None) -> bool:
    """Whether a day lies on the side of publication that the tense says; any day does without a tense."""
    return tense is None or (day <= published if tense == "past" else day >= published)


def _resolve_iso(match: re.Match[str], context: Context) -> Time | None:  # noqa: ARG001
    day = make_day(int(match["year"]), int(match["month"]), int(match["day"]))
    return day_time(day, confidence=0.98) if day else None


def _resolve_slashes(match: re.Match[str], context: Context) -> Time | None:  # noqa: ARG001
    """Day and month in either order: told only where one of them is above twelve, or both are the same."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    year += 0 if year > 99 else (2000 if year < 70 else 1900)
    days = {make_day(year, first, second), make_day(year, second, first)} - {None}
    if not days:
        return None
    return day_time(days.pop()) if len(days) == 1 else open_time("day")


def _resolve_day(match: re.Match[str], context: Context) -> Time | None:
    month, day = month_number(match["month"]), day_number(match["day"])
    if match["year"]:
        found = make_day(int(match["year"]), month, day)
        return day_time(found) if found else None
    if make_day(2000, month, day) is None:
        return None
    found = _nearest_year(month, day, group(match, "weekday"), context, find_side(context, span_of(match)))
    return day_time(found, anchored=True, confidence=0.9) if found else open_time("day")


def _resolve_day_range(match: re.Match[str], context: Context) -> Time | None:
    month, day = month_number(match["month"]), day_number(match["day"])
    other = group(match, "month2")
    end_month = month_number(other) if other else month
    year = int(match["year"]) if match["year"] else None
    first = (
        make_day(year, month, day)
        if year
        else _nearest_year(month, day, None, context, find_side(context, span_of(match)))
    )
    if first is None:
        return open_time("range") if year is None and make_day(2000, month, day) else None
    last = make_day(first.year, end_month, day_number(match["day2"]))
    return Time(first, last, "range", year is None) if last and last > first else None


def _resolve_year_range(match: re.Match[str], context: Context) -> Time | None:  # noqa: ARG001
    first = int(match["year"])
    last = int(match["year2"]) if len(match["year2"]) == 4 else first // 100 * 100 + int(match["year2"])
    return Time(date(first, 1, 1), date(last, 12, 31), "range") if last > first else None


def _resolve_week_of(match: re.Match[str], context: Context) -> Time | None:
    day = _resolve_day(match, context)
    if day is None or day.first is None:
        return day and open_time("week")
    return week_time(day.first, anchored=day.anchored)


def _resolve_month_year(match: re.Match[str], context: Context) -> Time | None:  # noqa: ARG001
    return month_time(int(match["year"]), month_number(match["month"]))


def _resolve_year(match: re.Match[str], context: Context) -> Time | None:  # noqa: ARG001
    return year_time(int(match["year"]))


def _resolve_decade(match: re.Match[str], context: Context) -> Time | None:  # noqa: ARG001
    return decade_time(int(match["decade"]))


_NAMED = rf"(?:\b(?P<weekday>{ANY_WEEKDAY}),?{GAP}(?:the{GAP})?)?"
_TAIL_YEAR = rf"(?:(?:,{GAP}?|{GAP})(?P<year>{YEAR}))?"
_NOT_A_YEAR = rf"(?![-,.]\d|{GAP}(?:people|men|women|troops|soldiers|miles|years|more|of)\b)"

WRITTEN_OUT: tuple[Rule, ...] = (
    make_rule("date-iso", "figure", r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?=\b|T)", _resolve_iso),
    make_rule(
        "date-slashes",
        "figure",
        r"(?<![\d/.])(?P<first>\d{1,2})[/.](?P<second>\d{1,2})[/.](?P<year>(?:19|20)?\d\d)(?![\d/]|\.\d)",
        _resolve_slashes,
    ),
    make_rule(
        "date-range",
        "month",
        rf"\b(?P<month>{MONTH}){GAP}(?P<day>{DAY}){DASH}(?:(?P<month2>{MONTH}){GAP})?(?P<day2>{DAY})\b{_TAIL_YEAR}",
        _resolve_day_range,
    ),
    make_rule(
        "date-range",
        "month",
        rf"\b(?P<day>{DAY}){DASH}(?P<day2>{DAY}){GAP}(?P<month>{MONTH})(?![a-z]){_TAIL_YEAR}",
        _resolve_day_range,
    ),
    make_rule(
        "date-week-of",
        "month",
        rf"\b[Tt]he{GAP}week{GAP}(?:of|starting|beginning){GAP}{_NAMED}"
        rf"(?P<month>{MONTH}){GAP}(?P<day>{DAY})\b{_TAIL_YEAR}",
        _resolve_week_of,
    ),
    make_rule("date-day", "month", rf"{_NAMED}\b(?P<month>{MONTH}){GAP}(?P<day>{DAY})\b{_TAIL_YEAR}", _resolve_day),
    make_rule(
        "date-day",
        "month",
        rf"{_NAMED}\b(?P<day>{DAY}){GAP}(?:of{GAP})?(?P<month>{MONTH})(?![a-zA-Z]){_TAIL_YEAR}",
        _resolve_day,
    ),
    make_rule(
        "date-month",
        "month",
        rf"(?<!\d )\b(?P<month>{MONTH}),?{GAP}(?:of{GAP})?(?P<year>{YEAR})\b",
        _resolve_month_year,
    ),
    make_rule(
        "date-years", "figure", rf"\b(?P<year>{YEAR}){DASH}(?P<year2>{YEAR}|\d\d(?!\d))\b(?!-)", _resolve_year_range
    ),
    make_rule("date-decade", "figure", r"\b(?P<decade>(?:1[6-9]|20)\d0)s\b", _resolve_decade),
    make_rule(
        "date-year",
        "figure",
        rf"\b(?:{PREPOSITION}|(?i:late|early|mid|to|and|than|fiscal|year|summer|autumn|fall|winter|spring|the)){GAP}"
        rf"(?P<time>(?P<year>{YEAR}))\b{_NOT_A_YEAR}",
        _resolve_year,
    ),
    make_rule("date-year", "figure", rf"\((?P<time>(?P<year>{YEAR}))\)", _resolve_year),
)
"""Times with all that they need; days and months without their year take it from the publication date."""

BARE_YEARS: tuple[Rule, ...] = (make_rule("date-year", "figure", rf"\b(?P<year>{YEAR})\b", _resolve_year),)
"""A year without any word beside it; only where it is known to be a time."""
