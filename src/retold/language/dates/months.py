"""Months without their year: "in November", "last March", "March of last year"."""

import re
from datetime import date

from retold.language.dates.rules import Context, Rule, group, make_rule, span_of
from retold.language.dates.side import find_side
from retold.language.dates.tense import Side
from retold.language.dates.times import Time, month_time, open_time
from retold.language.dates.words import FULL_MONTH, GAP, MONTH, PREPOSITION, WORDS, either, month_number

_CLEARLY_NEAR_MONTHS = 4  # the farthest a month may lie without any tense; the other year's is twice as far


def _resolve_month_of_year_word(match: re.Match[str], context: Context) -> Time | None:
    if context.published is None:
        return open_time("month")
    step = {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
    return month_time(context.published.year + step, month_number(match["month"]), anchored=True)


def _resolve_month(match: re.Match[str], context: Context) -> Time | None:
    """A bare month: the one nearest to publication, on the side that "last", "next" or the tense says."""
    published, month = context.published, month_number(match["month"])
    if published is None:
        return open_time("month")
    which = (group(match, "which") or "").lower()
    said: Side | None = _SIDES.get(which)
    tense = said or find_side(context, span_of(match))
    years = [published.year] if which == "this" else _years_for_month(month, published, tense, bool(said))
    nearest = min(years, key=lambda year: abs((year - published.year) * 12 + month - published.month))
    distance = abs((nearest - published.year) * 12 + month - published.month)
    if not tense and not which and distance > _CLEARLY_NEAR_MONTHS:
        return open_time("month")
    return month_time(nearest, month, anchored=True, confidence=0.9 if tense or which else 0.7)


_SIDES: dict[str, Side] = {"last": "past", "past": "past", "next": "future", "coming": "future"}


def _years_for_month(month: int, published: date, tense: Side | None, strictly: bool) -> list[int]:
    """The years next to publication in which the month lies on the right side of it."""
    edge = 1 if strictly else 0
    steps = {step: step * 12 + month - published.month for step in (-1, 0, 1)}
    fitting = [
        published.year + step
        for step, months in steps.items()
        if not (tense == "past" and months > -edge) and not (tense == "future" and months < edge)
    ]
    return fitting or [published.year]


_WHEN_IN_IT = rf"(?:(?i:late|early|mid){GAP}|(?i:mid)-)?"
_WHICH = r"(?P<which>(?i:last|past|this|next|coming))"
_PLAIN_MONTH = either(month for month in WORDS["month"] if month not in ("March", "May"))

MONTHS: tuple[Rule, ...] = (
    make_rule(
        "date-month-of-year",
        "month",
        rf"\b(?P<month>{FULL_MONTH})(?:,|{GAP}of)?{GAP}(?P<which>(?i:last|this|next)){GAP}year\b",
        _resolve_month_of_year_word,
    ),
    make_rule("date-bare-month", "month", rf"\b{_WHICH}{GAP}(?P<month>{FULL_MONTH})\b", _resolve_month),
    make_rule(
        "date-bare-month",
        "month",
        rf"\b{PREPOSITION}{GAP}(?P<time>{_WHEN_IN_IT}(?P<month>{FULL_MONTH}))\b(?!{GAP}[A-Z])",
        _resolve_month,
    ),
    # At the head of a sentence the name that follows the month is the subject: "In January Norland added".
    make_rule(
        "date-bare-month",
        "month",
        rf"\b(?:In|Since|During|By|Until|Before){GAP}(?P<time>{_WHEN_IN_IT}(?P<month>{FULL_MONTH}))\b",
        _resolve_month,
    ),
    # March and May are verbs, names and heads of sentences too: they need one of the words above.
    make_rule("date-bare-month", "month", rf"(?<!\d )\b(?P<month>{_PLAIN_MONTH})\b(?!{GAP}[A-Z\d])", _resolve_month),
)

BARE_MONTHS: tuple[Rule, ...] = (
    make_rule("date-bare-month", "month", rf"\b(?P<month>{MONTH})(?![a-z])", _resolve_month),
)
"""Months without any word beside them; only where they are known to be times."""
