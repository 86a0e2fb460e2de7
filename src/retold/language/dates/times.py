"""Times: days, weeks, months, years and what lies between two days, and how to get from one to another."""

from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from retold.language.dates.expression import Precision

COARSE: tuple[Precision, ...] = ("day", "week", "month", "year")
"""The grains, each coarser than the one before."""

UNIT_PRECISION: dict[str, Precision] = {
    "day": "day", "week": "week", "fortnight": "week", "month": "month", "quarter": "range", "year": "year",
    "decade": "range",
}  # fmt: skip
"""unit -> the grain of the time it names."""


class Time(NamedTuple):
    """What one rule makes of its words. `first` None: a time, but which day it begins on is open.

    `value`: the TIMEX3 value where it does not follow from the days and the precision. `advances`: whether the
    story goes on from here ("two years later"), or only looks back ("a year earlier").
    """

    first: date | None
    last: date | None
    precision: Precision | None
    anchored: bool = False
    confidence: float = 0.95
    value: str | None = None
    advances: bool = True


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has no such day."""
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] else None


def day_time(day: date | None, *, anchored: bool = False, confidence: float = 0.95, part: str = "") -> Time:
    """One day, or with `part` ("MO", "NI" …) that part of it."""
    value = f"{day.isoformat()}T{part}" if day and part else None
    return Time(day, None, "day", anchored, confidence, value)


def week_time(day: date, *, anchored: bool = False, confidence: float = 0.9) -> Time:
    """The week, Monday to Sunday, that `day` is in."""
    monday = day - timedelta(days=day.weekday())
    return Time(monday, monday + timedelta(days=6), "week", anchored, confidence)


def month_time(year: int, month: int, *, anchored: bool = False, confidence: float = 0.95) -> Time:
    """A month, from its first to its last day."""
    last = date(year, month, monthrange(year, month)[1])
    return Time(date(year, month, 1), last, "month", anchored, confidence)


def year_time(year: int, *, anchored: bool = False, confidence: float = 0.9, value: str | None = None) -> Time:
    """A year, or with `value` a part of it whose days are not fixed: "1998-FA"."""
    return Time(date(year, 1, 1), date(year, 12, 31), "year", anchored, confidence, value)


def quarter_time(year: int, quarter: int, *, anchored: bool = False, confidence: float = 0.85) -> Time:
    """A quarter of a calendar year."""
    last = date(year, quarter * 3, monthrange(year, quarter * 3)[1])
    return Time(date(year, quarter * 3 - 2, 1), last, "range", anchored, confidence, f"{year}-Q{quarter}")


def half_time(year: int, half: int, *, anchored: bool = False, confidence: float = 0.85) -> Time:
    """A half of a calendar year."""
    first, last = (date(year, 1, 1), date(year, 6, 30)) if half == 1 else (date(year, 7, 1), date(year, 12, 31))
    return Time(first, last, "range", anchored, confidence, f"{year}-H{half}")


def decade_time(year: int, *, anchored: bool = False, confidence: float = 0.9) -> Time:
    """The decade that begins with `year`."""
    return Time(date(year, 1, 1), date(year + 9, 12, 31), "range", anchored, confidence, str(year // 10))


def open_time(precision: Precision | None, value: str | None = None) -> Time:
    """A time whose days cannot be worked out."""
    return Time(None, None, precision, False, 0.9, value)


def shift(start: date, count: int, unit: str) -> date | None:
    """`start` moved by `count` units; None outside the calendar. A missing day of month becomes the last one."""
    days = {"day": 1, "week": 7, "fortnight": 14}.get(unit)
    try:
        if days:
            return start + timedelta(days=count * days)
        step = count * {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
        year, month = divmod(start.year * 12 + start.month - 1 + step, 12)
        return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError):
        return None


def grain(day: date | None, unit: str, *, anchored: bool, confidence: float = 0.9) -> Time:
    """The day, week, month, quarter or year that `day` is in, as `unit` says; a longer unit stays open."""
    if day is None or unit in ("decade", "century"):
        return open_time("range" if unit in ("decade", "century") else None)
    if unit == "day":
        return day_time(day, anchored=anchored, confidence=confidence)
    if unit in ("week", "fortnight"):
        return week_time(day, anchored=anchored, confidence=confidence)
    if unit == "month":
        return month_time(day.year, day.month, anchored=anchored, confidence=confidence)
    if unit == "quarter":
        return quarter_time(day.year, quarter_of(day), anchored=anchored, confidence=confidence)
    return year_time(day.year, anchored=anchored, confidence=confidence)


def quarter_of(day: date) -> int:
    """The quarter, 1 to 4, that a day is in."""
    return (day.month + 2) // 3


def timex_value(time: Time) -> str | None:
    """The time as TIMEX3 writes it; None where it is open, or a range that has no form of its own."""
    if time.value or time.first is None:
        return time.value
    if time.precision == "day":
        return time.first.isoformat()
    if time.precision == "week":
        year, week, _ = time.first.isocalendar()
        return f"{year}-W{week:02}"
    if time.precision == "month":
        return f"{time.first.year:04}-{time.first.month:02}"
    return f"{time.first.year:04}" if time.precision == "year" else None


def is_quarter(time: Time) -> bool:
    """Whether a time is one quarter of a year."""
    return time.value is not None and "-Q" in time.value


def last_told(before: Sequence[Time], fits: Callable[[Time], bool]) -> Time | None:
    """The last of the times before that is known and fits."""
    return next((time for time in reversed(before) if time.first and fits(time)), None)
