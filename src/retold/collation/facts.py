"""Facts that differ between two tellings: numbers, dates, names.

Every check asks the whole other article before it speaks: a number that it gives elsewhere is not altered.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from retold.article import Span
from retold.collation.collation import Change
from retold.collation.making import make_change, quote
from retold.collation.witness import Telling, Witness, inside
from retold.language.dates import DateExpression
from retold.language.numbers import Quantity, quantities_of, same_value
from retold.language.words import Word, words_in

_LONGEST_SWAP = 3  # words on either side of a name put for another; longer stretches are rewritten, not swapped
_CALENDAR = frozenset(
    {
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
        "april", "june", "july", "august", "september", "october", "november", "december",
    }
)  # fmt: skip
_DATELINE = re.compile(r"[A-Z .,'’-]{3,40}(?:\(|—|–)")
_COUNTED = 3  # words behind a number that are looked at for what it counts
_BEFORE = 2  # words before a number that, alike, make it the same number of the same thing
_NEAR = 5  # content words on either side of a number that tell what is counted
_MIN_COMPANY = 2  # content words beside a number or name that make another sentence tell of the same thing


class _Counted(NamedTuple):
    """A quantity with the content words nearest to it: what is counted."""

    quantity: Quantity
    company: frozenset[str]


def find_number_changes(a: Telling, b: Telling) -> Iterator[Change]:
    """Quantities of `b` whose unit `a` counts too, with another value."""
    counted_a = _counted(a)
    for counted in _counted(b):
        quantity = counted.quantity
        rivals = [other.quantity for other in counted_a if _counts_the_same(other, counted)]
        rivals = rivals or _in_the_same_words(quantity, b, a.witness)
        if not rivals or any(same_value(other.value, quantity.value) for other in rivals):
            continue
        if _given_elsewhere(quantity, b, a.witness):
            continue
        spans = tuple(_with_counted(other, a.witness) for other in rivals)
        span = _with_counted(quantity, b.witness)
        note = f"{quote(b.text(span))} where the other has {quote(a.text(spans[0]))}"
        yield make_change("number", (a, spans), (b, [span]), note, how="numbers", confidence=0.9)


def _with_counted(quantity: Quantity, witness: Witness) -> Span:
    """The number with what it counts: to the end of the next word that is no name, three words on at most."""
    text = witness.article.text
    sentence = next(s for s in witness.sentences if s.span.start <= quantity.span.start < s.span.end)
    following = [word for word in sentence.words if word.start >= quantity.span.end][:_COUNTED]
    for word in following:
        if any(mark in text[quantity.span.end : word.start] for mark in ",.;:()"):
            break
        if word.content and text[word.start].islower():
            return Span(quantity.span.start, word.end)
    return quantity.span


def _counted(telling: Telling) -> list[_Counted]:
    """The quantities of a telling, those left out that belong to a date."""
    dated = [expression.span for expression in telling.witness.dates if expression.date]
    content = [word for word in telling.words if word.content]
    starts = [word.start for word in content]
    found = []
    for quantity in quantities_of(telling.witness.article.text, telling.words):
        if not inside(quantity.span, dated):
            first, last = bisect_left(starts, quantity.span.start), bisect_left(starts, quantity.span.end)
            near = [*content[max(0, first - _NEAR) : first], *content[last : last + _NEAR]]
            found.append(_Counted(quantity, frozenset(word.root for word in near)))
    return found


def _counts_the_same(one: _Counted, other: _Counted) -> bool:
    """Whether two numbers have one unit and a like word beside them: sixty boats of one fleet, not of two."""
    unit = one.quantity.unit
    return bool(unit) and unit == other.quantity.unit and bool((one.company & other.company) - {unit})


def _in_the_same_words(quantity: Quantity, b: Telling, witness: Witness) -> list[Quantity]:
    """Numbers anywhere in `witness` with the unit of this one and the same words before ("every ship above …")."""
    before = _words_before(quantity, b.words)
    if not quantity.unit or len(before) < _BEFORE:
        return []
    return [
        other
        for sentence, other in witness.counted.get(quantity.unit, [])
        if _words_before(other, sentence.words) == before
    ]


def _words_before(quantity: Quantity, words: Sequence[Word]) -> list[str]:
    """The words right before a number; empty where none of them is a content word."""
    before = [word for word in words if word.end <= quantity.span.start][-_BEFORE:]
    return [word.norm for word in before] if any(word.content for word in before) else []


def _given_elsewhere(quantity: Quantity, b: Telling, witness: Witness) -> bool:
    """Whether another sentence of `witness` gives this number of this unit, in like company."""
    return any(
        same_value(other.value, quantity.value) and len(sentence.roots & b.roots) >= _MIN_COMPANY
        for sentence, other in witness.counted.get(quantity.unit, [])
    )


def find_date_changes(a: Telling, b: Telling) -> Iterator[Change]:
    """Days of `b` that are not those `a` names, both resolved or both weekdays."""
    dates_a, dates_b = _dates_of(a), _dates_of(b)
    for expression in dates_b:
        rivals = [other for other in dates_a if _comparable(expression, other, a, b)]
        if not rivals or any(_same_time(expression, other, a, b) for other in rivals):
            continue
        if any(_same_time(expression, other, a, b) for other in a.witness.dates):
            continue
        note = f"{quote(b.text(expression.span))} where the other has {quote(a.text(rivals[0].span))}"
        spans = [other.span for other in rivals]
        yield make_change("date", (a, spans), (b, [expression.span]), note, how="dates", confidence=0.8)


def _dates_of(telling: Telling) -> tuple[DateExpression, ...]:
    return tuple(found for found in telling.witness.dates if inside(found.span, telling.spans))


def _named(telling: Telling, expression: DateExpression) -> frozenset[str]:
    """The weekday or month that the expression names."""
    words = words_in(telling.witness.article.text, (expression.span,))
    return frozenset(word.norm for word in words) & _CALENDAR


def _comparable(one: DateExpression, other: DateExpression, a: Telling, b: Telling) -> bool:
    if one.date and other.date:
        return one.precision == other.precision
    names = _named(b, one), _named(a, other)
    return all(names) and _is_month(names[0]) == _is_month(names[1])


def _is_month(names: frozenset[str]) -> bool:
    return not any(name.endswith("day") for name in names)


def _same_time(one: DateExpression, other: DateExpression, a: Telling, b: Telling) -> bool:
    if b.text(one.span).casefold() == a.text(other.span).casefold():
        return True  # the same words; that undated reports leave them open is no difference
    if one.date and other.date:
        return (one.date, one.until) == (other.date, other.until)
    return bool(_named(b, one) & _named(a, other))


def find_name_changes(a: Telling, b: Telling) -> Iterator[Change]:
    """Names of `b` that stand in the place of another name of `a`."""
    for here, there in _swapped(a.words, b.words):
        name_a, name_b = _name_in(a, here), _name_in(b, there)
        if not name_a or not name_b or aliases(a, name_a, b, name_b):
            continue
        roots_a, roots_b = {w.root for w in name_a}, {w.root for w in name_b}
        if roots_b & a.roots or roots_a & b.roots:
            continue
        span_a, span_b = Span(name_a[0].start, name_a[-1].end), Span(name_b[0].start, name_b[-1].end)
        note = f"{quote(b.text(span_b))} where the other has {quote(a.text(span_a))}"
        yield make_change("name", (a, [span_a]), (b, [span_b]), note, how="names", confidence=0.8)


def _swapped(a: Sequence[Word], b: Sequence[Word]) -> Iterator[tuple[Sequence[Word], Sequence[Word]]]:
    """Short stretches of `a` and `b` that stand in one place: the same words before and behind."""
    edits = LCSseq.opcodes([word.root for word in a], [word.root for word in b])
    blocks = [(op.tag, op.src_start, op.src_end, op.dest_start, op.dest_end) for op in edits]
    for first, second in pairwise(blocks):
        here, there = a[first[1] : second[2]], b[first[3] : second[4]]
        if {first[0], second[0]} != {"insert", "delete"}:
            continue
        if 0 < len(here) <= _LONGEST_SWAP and 0 < len(there) <= _LONGEST_SWAP:
            yield here, there


def _name_in(telling: Telling, words: Sequence[Word]) -> list[Word]:
    text = telling.witness.article.text
    if words and is_dateline(text, words[0]):
        return []
    return [word for word in words if word.content and text[word.start].isupper() and telling.witness.entity_at(word)]


def is_dateline(text: str, word: Word) -> bool:
    """Whether a word opens the place that a report is sent from, which is not told of anybody."""
    return _DATELINE.match(text, word.start) is not None


def aliases(a: Telling, name_a: Sequence[Word], b: Telling, name_b: Sequence[Word]) -> bool:
    """Whether two names may stand for one person or body: a part of each other's fullest form or role."""
    full_a, full_b = _all_names(a, name_a), _all_names(b, name_b)
    return bool(full_a & {w.root for w in name_b}) or bool(full_b & {w.root for w in name_a})


def _all_names(telling: Telling, name: Sequence[Word]) -> frozenset[str]:
    entity = telling.witness.entity_at(name[0])
    if entity is None:
        return frozenset()
    forms = f"{entity.name} {entity.role or ''}"
    return frozenset(word.root for word in words_in(forms, (Span(0, len(forms)),)) if word.content)
