"""Times that point back to one named before: "that day", "the following year", "the previous Friday", "the quarter"."""

import re

from retold.language.dates.rules import Context, Rule, make_rule
from retold.language.dates.times import (
    COARSE,
    UNIT_PRECISION,
    Time,
    day_time,
    grain,
    is_quarter,
    last_told,
    make_day,
    open_time,
    shift,
    year_time,
)
from retold.language.dates.words import GAP, PART_NAMES, WEEKDAY, WORDS, YEAR, unit_name, weekday_number


def _resolve_told_period(match: re.Match[str], context: Context) -> Time | None:
    """The quarter named last ("the quarter", "the latest period"); of the year beside it where there is one."""
    quarter = last_told(context.before, is_quarter)
    if quarter is None or quarter.first is None:
        return _undated_period(match, context)
    year = int(match["year"]) if match["year"] else quarter.first.year
    return grain(quarter.first.replace(year=year), "quarter", anchored=quarter.anchored, confidence=0.7)


def _undated_period(match: re.Match[str], context: Context) -> Time | None:
    """Where no quarter was named: the year beside it, or the quarter that is just over."""
    if match["year"]:
        return year_time(int(match["year"]))
    if match["latest"] is None or context.published is None:
        return None
    return grain(shift(context.published, -1, "quarter"), "quarter", anchored=True, confidence=0.6)


def _resolve_the_year(match: re.Match[str], context: Context) -> Time | None:
    if _ENDED.match(context.text, match.end()):
        return open_time(None, "P1Y")
    return grain(context.published, "year", anchored=True, confidence=0.6) if context.published else None


_ENDED = re.compile(rf"{GAP}end(?:ed|ing)\b")


def _resolve_day_of_month(match: re.Match[str], context: Context) -> Time | None:
    """A number alone, known to be a day: "April 24 and 25"."""
    day = last_told(context.before, lambda time: time.precision == "day")
    found = make_day(day.first.year, day.first.month, int(match["day"])) if day and day.first else None
    return day_time(found, anchored=bool(day and day.anchored), confidence=0.7) if found else None


_STEPS = {"following": 1, "next": 1, "previous": -1, "preceding": -1, "same": 0, "that": 0}


def _resolve_beside(match: re.Match[str], context: Context) -> Time | None:
    """The unit after, before or of the time named just before; without one the words name nothing."""
    unit = "day" if match["unit"] in WORDS["part"] else unit_name(match["unit"])
    fine = ("range",) if unit == "quarter" else COARSE[: COARSE.index(UNIT_PRECISION[unit]) + 1]
    anchor = last_told(context.before, lambda time: time.precision in fine)
    if anchor is None or anchor.first is None or (unit == "quarter" and not is_quarter(anchor)):
        return None
    step = _STEPS[match["which"].lower().split()[-1]]
    return grain(shift(anchor.first, step, unit), unit, anchored=anchor.anchored, confidence=0.7)


def _resolve_weekday_beside(match: re.Match[str], context: Context) -> Time | None:
    """A weekday counted from the day named just before: "the following Friday"."""
    day = last_told(context.before, lambda time: time.precision == "day")
    if day is None or day.first is None:
        return None
    step = _STEPS[match["which"]]
    days = step * (weekday_number(match["weekday"]) - day.first.weekday()) % 7 or 7
    found = shift(day.first, step * days, "day")
    return day_time(found, anchored=day.anchored, confidence=0.7) if found else None


ANAPHORA: tuple[Rule, ...] = (
    make_rule(
        "date-beside",
        "unit",
        rf"\b(?:(?i:the){GAP})?(?P<which>(?i:following|previous|preceding|that{GAP}same|that|same"
        rf"|next(?={GAP}(?:day|{PART_NAMES})))){GAP}"
        rf"(?P<unit>day|week|month|quarter|year|{PART_NAMES})\b(?!-)",
        _resolve_beside,
    ),
    make_rule(
        "date-beside",
        "weekday",
        rf"\b(?i:the{GAP})(?P<which>following|next|previous|preceding){GAP}(?P<weekday>{WEEKDAY})\b",
        _resolve_weekday_beside,
    ),
)

BARE_ANAPHORA: tuple[Rule, ...] = (
    make_rule(
        "date-told-period",
        "unit",
        rf"\b(?i:the{GAP})?(?P<latest>latest{GAP})?(?:(?P<year>{YEAR}){GAP})?(?:quarter|period)\b",
        _resolve_told_period,
    ),
    make_rule(
        "date-the-year",
        "unit",
        rf"\b(?i:the){GAP}(?:(?:full|fiscal|whole|latest{GAP}fiscal){GAP})?year\b",
        _resolve_the_year,
    ),
    make_rule(
        "date-day-of-month", "figure", rf"(?<!\d)(?P<day>3[01]|[12]?\d)(?![\d:]|{GAP}?[ap]\.?m)", _resolve_day_of_month
    ),
)
"""Periods and days named before; only where the words are known to be times."""
