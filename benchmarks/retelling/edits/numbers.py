"""Numbers that become other numbers of the same form: counts, money, shares, ages, ordinals, votes, units."""

import re
from collections.abc import Callable, Iterator
from random import Random

from benchmarks.retelling.variants import Edit, Kinds, Variant, like, replace_match
from benchmarks.retelling.windows import Window
from benchmarks.retelling.words import Words

_ACCEPTS: Kinds = frozenset({"number"})
_VAGUE: Kinds = frozenset({"number", "strength"})
SPELLED = (
    *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty"),
    *("sixty", "seventy", "eighty", "ninety"),
)
_ORDINALS = ("third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_SWAPS = {
    "million": "billion",
    "billion": "million",
    "miles": "kilometers",
    "minutes": "hours",
    "hours": "days",
    "weeks": "months",
    "months": "years",
    "pounds": "tons",
    "feet": "yards",
}
_QUANTITIES = {
    "dozens of": "hundreds of",
    "hundreds of": "thousands of",
    "thousands of": "millions of",
    "millions of": "thousands of",
    "half of": "a third of",
    "a quarter of": "half of",
    "two-thirds": "three-quarters",
    "twice as": "three times as",
    "a dozen": "two dozen",
    "a handful of": "dozens of",
}
_DIGITS = r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d+)?"
_SPELLED = "|".join(SPELLED)
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("money", rf"(?<=\$)(?:{_DIGITS})(?![\d,]*\d)(?!-)"),
    ("percent", r"(?<![\d.,$-])\d{1,2}(?:\.\d+)?(?= ?(?:percent|per cent|%))"),
    ("age", r"(?<![\d-])[2-8]\d(?=-year-old\b)|(?<=[a-z], )[2-8]\d(?=, )"),
    ("vote", r"(?<![\d-])\d{2,3}(?=-\d{2}(?:,| |\.))"),
    ("count", r"(?<![\d.,$/:’'-])(?<!Sept\. )(?:\d{1,3}(?:,\d{3})+|\d{2,3})(?= (?:[a-z]+ )?[a-z]{3,}s\b)"),
    ("spelled", rf"\b(?:{_SPELLED})(?= (?:[a-z]+ )?[a-z]{{3,}}(?<!ou)s\b)"),
    ("ordinal", rf"(?<![-\w])(?:{'|'.join(_ORDINALS)})(?= (?!of|party|parties|world|grade|person)[a-z]+)"),
    ("unit", rf"(?<=\d |y |o |e |r |x |n |t )(?<=(?:\d|[a-z]) )(?:{'|'.join(_SWAPS)})\b(?! of dollars)"),
    ("quantity", rf"(?<![\w-])(?:{'|'.join(_QUANTITIES)})\b(?! (?:thousand|million|hundred|billion))"),
)


def change_numbers(window: Window, _words: Words, rng: Random) -> Iterator[Variant]:
    """Every number of the text, changed; the form (digits, words, decimals, commas) stays."""
    for how, pattern in _PATTERNS:
        for match in re.finditer(pattern, window.text, re.I if how in ("spelled", "quantity") else 0):
            old = match.group()
            new = _CHANGES.get(how, _other_digits)(old, rng)
            if new != old and (how != "unit" or _counted(window.text[: match.start()])):
                accepts = _VAGUE if how == "quantity" else _ACCEPTS
                yield Variant(
                    "number", how, (_with_article(window.text, replace_match(match, like(old, new))),), accepts
                )


def _counted(before: str) -> bool:
    """Whether a number stands before a unit: "several hours" has none."""
    return bool(re.search(rf"(?:\d|\b(?:{_SPELLED})) $", before))


def _with_article(text: str, edit: Edit) -> Edit:
    """Take "a" or "an" before the number into the edit where it no longer fits."""
    before = re.search(r"\b([Aa])(n?) $", text[: edit.start])
    if not before or not re.match(r"[a-z0-9]", edit.new):
        return edit
    article = before[1] + ("n" if re.match(r"8|1[18](?!\d)|ei|eleven", edit.new) else "")
    return Edit(before.start(), edit.end, f"{article} {edit.new}")


def _other_digits(old: str, rng: Random) -> str:
    plain = old.replace(",", "")
    decimals = len(plain.partition(".")[2])
    value = float(plain)
    top = 98 if value < 100 else 9.8 * 10 ** (len(plain.partition(".")[0]) - 1)
    wanted = [value * factor for factor in (0.4, 0.55, 0.7, 1.3, 1.6, 2.1, 3.2)]
    rounded = [_round_like(plain, number) for number in wanted if 2 <= number <= top]
    different = [number for number in rounded if abs(number - value) >= 0.1 * value]
    if not different:
        return old
    return f"{rng.choice(different):{',' if ',' in old else ''}.{decimals}f}"


def _round_like(plain: str, number: float) -> float:
    """Round to as many leading digits as the old number has before its zeros."""
    if "." in plain:
        return round(number, len(plain.partition(".")[2]))
    zeros = len(plain) - len(plain.rstrip("0"))
    return float(round(number / 10**zeros) * 10**zeros)


def _other_of(words: tuple[str, ...]) -> Callable[[str, Random], str]:
    """A chooser of a neighbouring word of the row that does not follow directly."""

    def choose(old: str, rng: Random) -> str:
        at = words.index(old.lower())
        return rng.choice([word for index, word in enumerate(words[:18]) if 2 <= abs(index - at) <= 9] or [old])

    return choose


_CHANGES: dict[str, Callable[[str, Random], str]] = {
    "spelled": _other_of(SPELLED),
    "ordinal": _other_of(_ORDINALS),
    "unit": lambda old, _rng: _SWAPS[old],
    "quantity": lambda old, _rng: _QUANTITIES[old.lower()],
}
