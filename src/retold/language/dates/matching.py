"""Searching a part of a text with rules: which matches stand, and the time of each."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from retold.article import Span
from retold.language.dates.rules import Context, Rule, span_of, worth_searching
from retold.language.dates.times import Time

REMEMBERED = 5  # times named before that later ones may count from; a story seldom counts from one further back


class Hit(NamedTuple):
    """A match of a rule: where its time stands, and the rule's place in its list."""

    start: int
    end: int
    order: int
    rule: Rule
    match: re.Match[str]


def hits_in(text: str, within: Span, rules: Sequence[Rule]) -> list[Hit]:
    """Every match of every rule, without what it only looks at; in text order, the longest first."""
    found = [
        Hit(*span_of(match), order, rule, match)
        for order, rule in worth_searching(rules, text, within)
        for match in rule.pattern.finditer(text, within.start, within.end)
    ]
    return sorted(found, key=lambda hit: (hit.start, -hit.end, hit.order))


def times_in(
    text: str, within: Span, published: date | None, rules: Sequence[Rule], before: Iterable[Time] = ()
) -> Iterator[tuple[Hit, Time]]:
    """The hits that stand, none overlapping an earlier or a longer one, each with its time.

    `before`: the times worked out from the words before `within`.
    """
    told = deque(before, REMEMBERED)
    reached = within.start
    for hit in hits_in(text, within, rules):
        if hit.start < reached:
            continue
        time = hit.rule.resolve(hit.match, Context(text, within, published, told))
        if time is None:
            continue
        if time.advances:
            told.append(time)
        reached = hit.end
        yield hit, time
