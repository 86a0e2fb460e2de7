"""Dates that become other dates: weekdays, days, months, years, spans told from now, times of day."""

import re
from collections.abc import Callable, Iterator
from random import Random

from benchmarks.retelling.variants import Kinds, Variant, like, replace_match
from benchmarks.retelling.windows import Window
from benchmarks.retelling.words import Words, whole_list

_ACCEPTS: Kinds = frozenset({"date"})
_WITH_NUMBER: Kinds = frozenset({"date", "number"})
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LONG = tuple(row[0] for row in whole_list("months"))
_SHORT = tuple(row[1] for row in whole_list("months") if row[1].endswith("."))
MONTH = "(?:" + "|".join([*_LONG, *(re.escape(short) for short in _SHORT)]) + ")"
_SPANS = {
    "last week": "last month",
    "last month": "last year",
    "last year": "last month",
    "next week": "next month",
    "next month": "next year",
    "next year": "next month",
    "this week": "last week",
    "this month": "last month",
    "this year": "last year",
    "yesterday": "last week",
    "earlier this year": "late last year",
    "this summer": "last summer",
    "last summer": "last winter",
    "last fall": "last spring",
    "this fall": "next spring",
    "two years ago": "ten years ago",
    "a year ago": "a month ago",
    "a week ago": "a month ago",
    "in recent months": "in recent years",
    "in recent weeks": "in recent years",
    "in recent days": "in recent months",
    "last night": "last week",
    "over the weekend": "over the holidays",
    "later this month": "later this year",
}
_DAYTIME = {"morning": "evening", "afternoon": "morning", "evening": "morning", "night": "morning"}
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("weekday", rf"\b(?:{'|'.join(WEEKDAYS)})\b(?! (?:night live|Times))"),
    ("day", rf"(?<=\b)(?P<month>{MONTH}) (?P<day>\d{{1,2}})\b(?!\d)"),
    ("month", r"(?<=\b[Ii]n )(?P<only>" + "|".join(m for m in _LONG if m != "May") + r")\b(?! \d\d?\b)"),
    ("year", r"(?<=\b[Ii]n )(?:19[5-9]\d|20[01]\d)\b(?!-)|(?<=\b[Ss]ince )(?:19|20)\d\d\b|(?<=, )20[01]\d(?=,)"),
    ("from now", rf"\b(?:{'|'.join(sorted(_SPANS, key=len, reverse=True))})\b(?!’s|'s)"),
    ("daytime", rf"(?<=day )(?:{'|'.join(_DAYTIME)})\b"),
    ("hour", r"(?<![\d:])\d{1,2}(?=(?::\d\d)? [ap]\.m\.)"),
)


def change_dates(window: Window, _words: Words, rng: Random) -> Iterator[Variant]:
    """Every date of the text, changed into another of its form."""
    for how, pattern in _PATTERNS:
        for match in re.finditer(pattern, window.text, re.I if how == "from now" else 0):
            if match.group().startswith(("Sept. 11", "September 11")):
                continue
            new = _CHANGES[how](match, rng)
            accepts = _WITH_NUMBER if how in ("year", "hour") else _ACCEPTS
            yield Variant("date", how, (replace_match(match, like(match.group(), new)),), accepts)


def _other(options: tuple[str, ...], old: str, rng: Random) -> str:
    return rng.choice([option for option in options if option != old])


def _other_day(match: "re.Match[str]", rng: Random) -> str:
    """Another day of the same month, or the same day of another month."""
    month, day = match["month"], int(match["day"])
    if rng.random() < 0.5 or day > 28:
        return f"{month} {rng.choice([other for other in range(2, 28) if abs(other - day) > 1])}"
    return f"{_other(_SHORT if month in _SHORT else _LONG, month, rng)} {day}"


def _other_year(match: "re.Match[str]", rng: Random) -> str:
    return str(int(match.group()) - rng.randint(1, 9))


_CHANGES: dict[str, Callable[["re.Match[str]", Random], str]] = {
    "weekday": lambda match, rng: _other(WEEKDAYS, match.group(), rng),
    "day": _other_day,
    "month": lambda match, rng: _other(tuple(m for m in _LONG if m != "May"), match.group(), rng),
    "year": _other_year,
    "from now": lambda match, _rng: _SPANS[match.group().lower()],
    "daytime": lambda match, _rng: _DAYTIME[match.group()],
    "hour": lambda match, rng: _other(tuple(map(str, range(1, 12))), match.group(), rng),
}
