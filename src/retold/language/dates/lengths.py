"""Lengths of time and how often something happens, as TIMEX3 writes them: "three months" P3M, "daily" P1D."""

import re

from retold.language.dates.rules import Context, Rule, make_rule
from retold.language.dates.times import Time, open_time
from retold.language.dates.words import (
    GAP,
    PART_NAMES,
    WEEKDAY,
    WORDS,
    count_number,
    either,
    part_value,
    unit_name,
    weekday_number,
)

_FOLDED = {"F": (2, "W"), "E": (10, "Y"), "C": (100, "Y")}  # fortnights, decades and centuries in units of ISO 8601


def _length(count: int | str, unit: str) -> str:
    """The ISO 8601 duration; `count` "X" where it is not told."""
    letter = WORDS["unit"][unit]
    if isinstance(count, int) and letter in _FOLDED:
        factor, letter = _FOLDED[letter]
        count *= factor
    return f"PT{count}{letter[1]}" if letter[0] == "T" else f"P{count}{letter}"


def _resolve_length(match: re.Match[str], context: Context) -> Time | None:
    unit, count = unit_name(match["unit"]), match["count"]
    if count:
        number = int(count.replace(",", "")) if count[0].isdigit() else count_number(count)
        return open_time(None, _length(number, unit) + (_HALVES.get(unit, "") if match["more"] else ""))
    if match["vague"] or match["unit"].lower() != unit:
        return open_time(None, _length("X", unit))
    return open_time(None, _length(1, unit)) if match["from"] or _is_rate(match, context) else None


_HALVES = {"hour": "30M", "year": "6M", "day": "T12H"}


def _is_rate(match: re.Match[str], context: Context) -> bool:
    """Whether a unit alone is a length: "twice a day", "per week"; "the day" is a day."""
    return context.text[max(0, match.start() - 4) : match.start()].lower().endswith((" a ", " an ", "per "))


def _resolve_half(match: re.Match[str], context: Context) -> Time | None:  # noqa: ARG001
    return open_time(None, {"hour": "PT30M", "day": "PT12H", "year": "P6M"}[match["unit"].lower()])


def _resolve_frequency(match: re.Match[str], context: Context) -> Time | None:  # noqa: ARG001
    return open_time(None, WORDS["frequency"][match["often"].lower()])


def _resolve_every(match: re.Match[str], context: Context) -> Time | None:  # noqa: ARG001
    return open_time(None, _length(2 if match["other"] else 1, unit_name(match["unit"])))


def _resolve_weekdays(match: re.Match[str], context: Context) -> Time | None:  # noqa: ARG001
    part = part_value(match["part"])
    return open_time(None, f"XXXX-WXX-{weekday_number(match['weekday']) + 1}" + (f"T{part}" if part else ""))


_UNITS = rf"(?P<unit>(?i:(?:{either([*WORDS['unit'], 'centuries'])})s?))"
_NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}}){{0,2}}|(?i:{either(WORDS['number'])}))"
_COUNT = rf"(?P<count>{_NUMBER})(?P<more>{GAP}1/2|{GAP}and{GAP}a{GAP}half)?"
_VAGUE = rf"(?P<vague>(?i:(?:(?:last|past|next){GAP})?few|several|many|recent|some|those|coming))"
_FROM = rf"(?:(?i:the){GAP})?(?P<from>(?i:past|last|next|(?:first|final|latest)(?={GAP}{_NUMBER})))"
_MORE = rf"(?:{GAP}(?:more|full|straight|consecutive|trading|business))?"

LENGTHS: tuple[Rule, ...] = (
    make_rule(
        "length",
        None,
        rf"(?<![\w,.])(?:{_FROM}{GAP})?(?:(?:{_COUNT}|{_VAGUE}){_MORE}(?:{GAP}|-))?{_UNITS}\b",
        _resolve_length,
    ),
    make_rule("length", None, rf"\b(?i:half){GAP}an?{GAP}(?P<unit>(?i:hour|day|year))\b", _resolve_half),
    make_rule("how-often", None, rf"\b(?P<often>(?i:{either(WORDS['frequency'])}))\b", _resolve_frequency),
    make_rule("how-often", None, rf"\b(?i:each|every){GAP}(?P<other>(?i:other){GAP})?{_UNITS}\b", _resolve_every),
    make_rule(
        "how-often",
        "weekday",
        rf"\b(?i:each|every){GAP}(?P<weekday>{WEEKDAY})(?:{GAP}(?P<part>{PART_NAMES})s?)?\b",
        _resolve_weekdays,
    ),
    make_rule(
        "how-often", "weekday", rf"\b(?P<weekday>{WEEKDAY})(?:{GAP}(?P<part>{PART_NAMES}))?s\b", _resolve_weekdays
    ),
)
"""Lengths and frequencies; no days follow from them, so they have only a value."""
