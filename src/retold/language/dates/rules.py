"""What a rule is: a pattern, what must stand in a text before it is worth searching, and what a match means."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal, NamedTuple

from retold.article import Span
from retold.language.dates.times import Time
from retold.language.dates.words import WORDS, either

Needs = Literal["month", "weekday", "figure", "unit", "near day", "season", "spoken", "half"]

_SIGNS: dict[Needs, re.Pattern[str]] = {
    "month": re.compile(either({word[:3] for word in WORDS["month"]}, capital=True)),
    "weekday": re.compile(either({word[:3] for word in WORDS["weekday"]}, capital=True)),
    "figure": re.compile(r"[0-9]"),
    "unit": re.compile(r"(?i:day|week|month|quarter|year|decade|period|morning|noon|evening|night)"),
    "near day": re.compile(r"(?i:day|tonight|tomorrow|night|this)"),
    "season": re.compile(rf"(?i:{either(WORDS['season'])})"),
    "spoken": re.compile(r"(?i:nineteen|twenty|thousand|ties\b)"),
    "half": re.compile(r"(?i:half)"),
}


class Context(NamedTuple):
    """What a rule may look at: the text and the part of it that is searched, the publication day, and the times
    worked out from the words before, in text order.
    """

    text: str
    within: Span
    published: date | None
    before: Sequence[Time]


Resolve = Callable[[re.Match[str], Context], Time | None]


class Rule(NamedTuple):
    """A pattern and what its matches mean. A resolver that returns None says: this is no date.

    A group named "time" is the expression where the pattern also has to see the words before it.
    """

    name: str
    needs: Needs | None
    pattern: re.Pattern[str]
    resolve: Resolve


def make_rule(name: str, needs: Needs | None, pattern: str, resolve: Resolve) -> Rule:
    """A rule whose pattern counts only ASCII digits and letters."""
    return Rule(name, needs, re.compile(pattern, re.ASCII), resolve)


def worth_searching(rules: Sequence[Rule], text: str, within: Span) -> list[tuple[int, Rule]]:
    """The rules whose signs stand in this part of the text, with their places: most sentences have none."""
    seen = {needs for needs, sign in _SIGNS.items() if sign.search(text, *within)}
    return [(order, rule) for order, rule in enumerate(rules) if rule.needs is None or rule.needs in seen]


def group(match: re.Match[str], name: str) -> str | None:
    """The words of a group; None where the pattern has no such group or it took no part."""
    return match[name] if name in match.re.groupindex else None


def span_of(match: re.Match[str]) -> Span:
    """The words that are the time, without what the pattern only looks at."""
    return Span(*match.span("time" if "time" in match.re.groupindex else 0))
