"""Quantities in words or figures, with their units, so that "five hours" and "about 5 hours" compare as equal."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from retold.article import Span
from retold.language.words import Word, words_in


class Quantity(NamedTuple):
    """A number as the text gives it. `unit` is the root of what is counted, "%" or "money"; "" when none is named."""

    span: Span
    value: float
    unit: str


_UNITS = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SMALL = {word: float(value) for value, word in enumerate(_UNITS)} | {
    word: float(10 * value) for value, word in enumerate(_TENS, start=2)
}
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0,
    "m": 1e6, "mn": 1e6, "bn": 1e9, "k": 1e3,
}  # fmt: skip
_MONEY = {"dollar", "dollars", "euro", "euros", "pound", "pounds", "cents", "crowns"}
_SHORT_UNITS = {"h": "hour", "hr": "hour", "hrs": "hour", "km": "kilomet", "kg": "kilogram", "mph": "mile"}
_PERCENT = frozenset({"percent", "percentage"})
# A bare four-figure number of this range is a year; years are the business of dates.
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


def _value(word: Word, text: str) -> float | None:
    raw = text[word.start : word.end]
    if raw[0].isdecimal():  # "²" and "①" are digits too, but no number is written with them
        digits = raw.replace(",", "")
        return None if ":" in raw or digits.count(".") > 1 else float(digits)
    return _SMALL.get(word.norm)


def _scaled(words: Sequence[Word], index: int, value: float) -> tuple[float, int]:
    """The value with the tens and scales that follow ("twenty-five", "2.5 million"), and the index behind it."""
    while index < len(words):
        norm = words[index].norm
        if norm in _SCALES:
            value *= _SCALES[norm]
        elif norm in _SMALL and value % 100 >= 20 and value % 10 == 0 and 0 < _SMALL[norm] < 10:
            value += _SMALL[norm]
        else:
            break
        index += 1
    return value, index


def _unit(text: str, words: Sequence[Word], first: int, after: int) -> str:
    start, end = words[first].start, words[after - 1].end
    if text[end : end + 1] == "%" or (after < len(words) and words[after].norm in _PERCENT):
        return "%"
    if text[max(0, start - 1) : start] in ("$", "€", "£", "¥"):
        return "money"
    if after < len(words) and not text[end : words[after].start].strip(" -‑\xa0"):
        following = words[after]
        if following.norm in _MONEY:
            return "money"
        if following.content or following.norm in _SHORT_UNITS:
            return _SHORT_UNITS.get(following.norm, following.root)
    if first and words[first - 1].content and text[words[first - 1].start].isupper():
        return words[first - 1].root
    return ""


def find_quantities(text: str, spans: Sequence[Span]) -> tuple[Quantity, ...]:
    """The quantities inside `spans`, in text order. Years, clock times and the pronoun "one" are none.

    >>> [(found.value, found.unit) for found in find_quantities("about five hours, $2.5 million", [Span(0, 30)])]
    [(5.0, 'hour'), (2500000.0, 'money')]
    """
    return quantities_of(text, words_in(text, spans))


def quantities_of(text: str, words: Sequence[Word]) -> tuple[Quantity, ...]:
    """The quantities among `words` (of `text`, in order); see `find_quantities`."""
    found: list[Quantity] = []
    index = 0
    while index < len(words):
        value = _value(words[index], text)
        if value is None:
            index += 1
            continue
        value, after = _scaled(words, index + 1, value)
        span = Span(words[index].start, words[after - 1].end)
        unit = _unit(text, words, index, after)
        year = _YEAR.fullmatch(text[span.start : span.end]) is not None and unit != "money"
        pronoun = words[index].norm == "one" and after == index + 1
        if not (year or pronoun):
            found.append(Quantity(span, value, unit))
        index = after
    return tuple(found)


def same_value(one: float, other: float) -> bool:
    """Whether one is the other, or a rounding of it to its own figures (3,000 of 2,960; never 5 of 15).

    >>> same_value(3000, 2960), same_value(5, 15), same_value(5, 6)
    (True, False, False)
    """
    if one == other:
        return True
    low, high = sorted((abs(one), abs(other)))
    return low >= 20 and (high - low) / high <= 0.05 and (_round_figures(low) < 3 or _round_figures(high) < 3)


def _round_figures(value: float) -> int:
    """How many significant figures a number is given with: 3,000 has one, 2,960 three."""
    return len(f"{value:.10g}".replace(".", "").strip("0"))
