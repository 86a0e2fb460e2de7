"""What changed between two tellings of one and the same sentence, place by place: one place, one change.

The checks are asked in order, and the first that knows what a place says speaks for it. That the other report gives a
value elsewhere too does not silence them: here another stands in its place.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from retold.article import Evidence
from retold.collation.amounts import amounts_of, same_amount
from retold.collation.collation import Change
from retold.collation.placed_additions import find_placed_additions, find_placed_omissions
from retold.collation.placed_facts import find_placed_amounts, find_placed_dates, find_placed_names, same_day
from retold.collation.placed_force import (
    find_placed_conditions,
    find_placed_force,
    find_placed_modality,
    find_placed_negation,
)
from retold.collation.placed_quotations import find_placed_quotations, find_put_in_marks
from retold.collation.placed_voices import find_placed_voices
from retold.collation.swaps import find_swaps
from retold.collation.variants import Parallel, Variant
from retold.collation.witness import overlap
from retold.language.words import Word

_WHOLE: tuple[Callable[[Parallel], Iterator[Change]], ...] = (
    find_placed_voices,
    find_placed_conditions,
    find_put_in_marks,
)
_IN_PLACE: tuple[Callable[[Parallel, Variant], Iterator[Change]], ...] = (
    find_placed_quotations,
    find_placed_dates,
    find_placed_amounts,
    find_placed_names,
    find_swaps,
    find_placed_negation,
    find_placed_modality,
    find_placed_additions,
    find_placed_omissions,
)


_SIGNS = {"percent": "%", "dollars": "$", "euros": "€", "pounds": "£"}


def find_placed_changes(parallel: Parallel) -> Iterator[Change]:
    """All changes from `a` to `b`: those of the whole sentence, then those of its places, of which no two share words.

    What is added or left out is told once: not when it is the source or the condition that has come or gone.
    """
    whole = [change for check in _WHOLE for change in check(parallel)]
    yield from whole
    told: list[Change] = []
    for change in _candidates(parallel):
        earlier = (*whole, *told) if change.kind in ("added", "omitted") else told
        if not any(map(partial(_touches, change), earlier)) and not any(map(partial(_within, change), whole)):
            told.append(change)
            yield change


def _candidates(parallel: Parallel) -> Iterator[Change]:
    differing = [variant for variant in parallel.variants if not _is_form(parallel, variant)]
    marked = [change for variant in differing for change in find_placed_quotations(parallel, variant)]
    yield from marked
    yield from find_placed_force(parallel)
    for variant in differing:
        yield from _first(check(parallel, variant) for check in _IN_PLACE)


def _first(found: Iterable[Iterator[Change]]) -> Iterator[Change]:
    yield from next((changes for changes in map(tuple, found) if changes), ())


def _touches(change: Change, other: Change) -> bool:
    return _overlaps(change.before, other.before) or _overlaps(change.after, other.after)


def _within(change: Change, whole: Change) -> bool:
    """Whether the change belongs to a condition that has come or gone, and to nothing else."""
    if whole.kind != "condition" or not whole.before or not whole.after:
        return False
    if _length(whole.before) < _length(whole.after):
        return _overlaps(change.before, whole.before)
    return _overlaps(change.after, whole.after)


def _length(evidence: Evidence) -> int:
    return sum(span.end - span.start for span in evidence.spans)


def _overlaps(one: Evidence | None, other: Evidence | None) -> bool:
    return bool(one and other and overlap(one.spans, other.spans))


def _is_form(parallel: Parallel, variant: Variant) -> bool:
    """Whether the two only write one thing in two ways: "coast guard", "5" and "five", "Sen." and "Senator"."""
    before, after = parallel.before(variant), parallel.after(variant)
    if "".join(word.norm for word in before) == "".join(word.norm for word in after) or same_day(parallel, variant):
        return True
    if len(before) == len(after) and all(_abbreviates(parallel, x, y) for x, y in zip(before, after, strict=True)):
        return True
    return _same_amounts(parallel, variant) or _is_sign(parallel, variant) or _is_sign(parallel.turned, variant.turned)


def _is_sign(parallel: Parallel, variant: Variant) -> bool:
    """Whether `a` has nothing here but the word for a sign that `b` has: "70 percent", "70%"."""
    words, around = parallel.b.words, parallel.b.witness.article.text
    signs = {_SIGNS.get(word.norm, "no sign") for word in parallel.before(variant)}
    if variant.b or len(signs) != 1 or not 0 < variant.b.start <= len(words):
        return False
    number = words[variant.b.start - 1]
    return signs <= {around[number.end : number.end + 1], around[max(0, number.start - 1) : number.start]}


def _abbreviates(parallel: Parallel, one: Word, other: Word) -> bool:
    texts = parallel.a.witness.article.text, parallel.b.witness.article.text
    if texts[0][one.end : one.end + 1] == "." and other.norm.startswith(one.norm):
        return True
    return texts[1][other.end : other.end + 1] == "." and one.norm.startswith(other.norm)


def _same_amounts(parallel: Parallel, variant: Variant) -> bool:
    """Whether both sides are nothing but amounts, and the same ones."""
    theirs = [amount for amount in amounts_of(parallel.a) if set(amount.at) & set(variant.a)]
    ours = [amount for amount in amounts_of(parallel.b) if set(amount.at) & set(variant.b)]
    if not theirs or len(theirs) != len(ours):
        return False
    plain = [index for index in variant.a if not any(index in amount.at for amount in theirs)]
    plain_b = [index for index in variant.b if not any(index in amount.at for amount in ours)]
    words = [parallel.a.words[index] for index in plain] + [parallel.b.words[index] for index in plain_b]
    same = all(same_amount(x, parallel.a, y, parallel.b) for x, y in zip(theirs, ours, strict=True))
    return same and not any(word.content for word in words)
