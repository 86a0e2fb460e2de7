"""Times told from the day of publication: "on Friday", "yesterday", "last week", "next month"."""

import re
from datetime import date, timedelta

from retold.language.dates.expression import Precision
from retold.language.dates.rules import Context, Rule, group, make_rule, span_of
from retold.language.dates.side import find_side
from retold.language.dates.times import Time, day_time, grain, open_time, shift
from retold.language.dates.words import GAP, PART, WEEKDAY, WORDS, either, part_value, weekday_number

_STEPS = {"last": -1, "this": 0, "current": 0, "next": 1}


def _resolve_weekday(match: re.Match[str], context: Context) -> Time | None:
    """A weekday is one of the seven days up to publication, or from it, as the tense near it says."""
    published, part = context.published, part_value(match["part"])
    if published is None:
        return open_time("day")
    which = (group(match, "which") or "").lower()
    ahead = (weekday_number(match["weekday"]) - published.weekday()) % 7
    back = ahead - 7 if ahead else 0
    if which in ("last", "past"):
        return day_time(published + timedelta(days=back or -7), anchored=True, confidence=0.8, part=part)
    if which in ("next", "coming"):
        return day_time(published + timedelta(days=ahead or 7), anchored=True, confidence=0.7, part=part)
    tense = find_side(context, span_of(match))
    if tense is None:
        return open_time("day")
    days = timedelta(days=back if tense == "past" else ahead)
    return day_time(published + days, anchored=True, confidence=0.9, part=part)


def _resolve_near_day(match: re.Match[str], context: Context) -> Time | None:
    if context.published is None:
        return open_time("day")
    words = match["day"].lower().split()
    day = context.published + timedelta(days=int(WORDS["near_day"][" ".join(words)]))
    part = "NI" if words == ["tonight"] else WORDS["part"].get(words[-1]) or part_value(match["part"])
    return day_time(day, anchored=True, part=part)


def _resolve_unit(match: re.Match[str], context: Context) -> Time | None:
    """Last, this and next week, month, quarter, year; the weekend is Saturday and Sunday."""
    unit = match["unit"].lower()
    precision: Precision = _PRECISIONS[unit]
    if context.published is None:
        return open_time(precision)
    day = shift(context.published, _STEPS[match["which"].lower()], "week" if unit == "weekend" else unit)
    return grain(day, unit, anchored=True) if unit != "weekend" or day is None else _weekend(day)


_PRECISIONS: dict[str, Precision] = {
    "week": "week", "weekend": "range", "month": "month", "quarter": "range", "year": "year",
}  # fmt: skip


def _weekend(day: date) -> Time:
    """Saturday and Sunday of the week that `day` is in."""
    saturday = day + timedelta(days=5 - day.weekday())
    year, week, _ = saturday.isocalendar()
    return Time(saturday, saturday + timedelta(days=1), "range", True, 0.8, f"{year}-W{week:02}-WE")


def _resolve_weekend(match: re.Match[str], context: Context) -> Time | None:
    """The weekend as a whole: the last that had begun at publication, or the next that has not ended."""
    side = find_side(context, span_of(match))
    if context.published is None or side is None:
        return open_time("range")
    late = context.published.weekday() >= 5
    return _weekend(context.published - timedelta(days=0 if late or side == "future" else 7))


def _resolve_inside(match: re.Match[str], context: Context) -> Time | None:
    """The unit that runs: "earlier in the year"."""
    unit = match["unit"].lower()
    return grain(context.published, unit, anchored=True) if context.published else open_time(_PRECISIONS[unit])


_LOCAL = rf"(?:,{GAP}local{GAP}time)?"

NEARBY: tuple[Rule, ...] = (
    make_rule("date-near-day", "near day", rf"\b(?P<day>(?i:{either(WORDS['near_day'])}))\b{PART}", _resolve_near_day),
    make_rule(
        "date-weekday",
        "weekday",
        rf"\b(?:(?P<which>(?i:last|past|this|next|coming)){GAP})?(?P<weekday>{WEEKDAY})\b{PART}{_LOCAL}",
        _resolve_weekday,
    ),
    make_rule(
        "date-weekend",
        "unit",
        rf"\b(?i:over|during|on|at|before|after|since|of){GAP}(?P<time>the{GAP}weekend)\b",
        _resolve_weekend,
    ),
    make_rule(
        "date-unit",
        "unit",
        rf"\b(?i:earlier|later){GAP}in{GAP}the{GAP}(?P<unit>week|month|year)\b",
        _resolve_inside,
    ),
    make_rule(
        "date-unit",
        "unit",
        rf"\b(?P<which>(?i:last|this|next|current)){GAP}(?:fiscal{GAP})?(?P<unit>(?i:week|weekend|month|quarter|year))\b",
        _resolve_unit,
    ),
)

BARE_WEEKENDS: tuple[Rule, ...] = (make_rule("date-weekend", "unit", r"\bweekend\b", _resolve_weekend),)
"""The weekend without any word beside it; only where it is known to be a time."""
