"""The words that times are made of, and the patterns of the words that several rules share.

Every repetition in a pattern is bounded, so each search takes linear time.
"""

from collections.abc import Iterable

from retold.language.tables import read_table


def _load(name: str) -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = {}
    for row in read_table("retold.language", name):
        table.setdefault(row["kind"], {})[row["word"]] = row["value"]
    return table


WORDS = _load("dates.tsv")
"""kind -> word -> value."""

_MONTHS = {word.lower(): int(value) for kind in ("month", "month_short") for word, value in WORDS[kind].items()}
_WEEKDAYS = {word.lower(): int(value) for kind in ("weekday", "weekday_short") for word, value in WORDS[kind].items()}


def either(words: Iterable[str], *, capital: bool = False) -> str:
    """An alternation of `words`, longest first; with `capital` also in capitals throughout."""
    forms = {form for word in words for form in ((word, word.upper()) if capital else (word,))}
    return "|".join(sorted(map(_spaced, forms), key=lambda form: (-len(form), form)))


GAP = r"(?:[ \t\u00a0]{1,3}|\n)"


def _spaced(words: str) -> str:
    return GAP.join(words.split())


FULL_MONTH = either(WORDS["month"], capital=True)
MONTH = rf"(?:{FULL_MONTH}|(?:{either(WORDS['month_short'], capital=True)})\b\.?)"
WEEKDAY = either(WORDS["weekday"], capital=True)
ANY_WEEKDAY = rf"(?:{WEEKDAY}|(?:{either(WORDS['weekday_short'], capital=True)})\b\.?)"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d|[:.]\d)(?:st|nd|rd|th)?"
YEAR = r"(?:1[6-9]\d\d|20\d\d)(?![\d%])"
COUNT = rf"(?:\d{{1,3}}|(?i:{either(WORDS['number'])}))"
UNIT = r"(?i:days?|weeks?|months?|quarters?|years?|fortnights?|decades?)"
PART_NAMES = either(WORDS["part"])
PART = rf"(?:{GAP}(?P<part>(?i:{PART_NAMES})))?"
PREPOSITION = r"(?i:in|since|by|until|till|during|from|of|before|after|for|between|through)"
DASH = rf"{GAP}?(?:-|–|—|to|through|until){GAP}?"


def month_number(word: str) -> int:
    """1 to 12."""
    return _MONTHS[word.rstrip(".").lower()]


def weekday_number(word: str) -> int:
    """0, Monday, to 6."""
    return _WEEKDAYS[word.rstrip(".").lower()]


def day_number(word: str) -> int:
    """The number in "3", "03" or "3rd"."""
    return int(word.rstrip("stndrh"))


def count_number(words: str) -> int:
    """The number in "12", "twelve" or "a couple of"."""
    word = " ".join(words.lower().split())
    return int(word) if word.isdigit() else int(WORDS["number"][word])


def unit_name(word: str) -> str:
    """The unit in the singular: "week" for "Weeks"."""
    return "century" if word.lower() == "centuries" else word.lower().removesuffix("s")


def part_value(words: str | None) -> str:
    """How TIMEX3 writes a part of the day ("MO"); empty for None."""
    return WORDS["part"][words.lower()] if words else ""
