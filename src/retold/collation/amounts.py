"""Amounts by their places in a telling: counts, ordinals, parts, multiples, and vague ones such as "dozens"."""

from functools import cache
from typing import NamedTuple

from retold.collation.witness import Telling
from retold.language.numbers import quantities_of, same_value
from retold.language.tables import read_table

_ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th"})
_HEDGES = frozenset(
    {
        "about", "around", "roughly", "approximately", "nearly", "almost", "some", "over", "under", "than", "least",
        "most", "up", "close", "near", "estimated", "circa", "just", "virtually",
    }
)  # fmt: skip
_HEDGED_BY = 3  # words before an amount that may call it a rounded one
_EXACT = 100  # two figures are easily given exactly: below this only a hedge makes another value the same


class Amount(NamedTuple):
    """An amount at the words `at` (indexes) of a telling. `sort`: count, ordinal, part, times or vague."""

    at: range
    value: float
    sort: str


@cache
def _table() -> dict[str, tuple[float, str]]:
    rows = read_table("retold.collation", "amounts.tsv")
    return {word: (float(row["value"]), row["sort"]) for row in rows for word in row["words"].split()}


def amounts_of(telling: Telling) -> tuple[Amount, ...]:
    """The amounts of a telling in text order, years and clock times left out."""
    words = telling.words
    index_of = {word.start: index for index, word in reversed(list(enumerate(words)))}
    found: dict[int, Amount] = {}
    for quantity in quantities_of(telling.witness.article.text, words):
        first = index_of[quantity.span.start]
        last = max(index for index, word in enumerate(words) if word.end <= quantity.span.end)
        ordinal = last + 1 < len(words) and words[last + 1].norm in _ORDINAL_ENDINGS
        at = range(first, last + 1 + ordinal)
        found |= dict.fromkeys(at, Amount(at, quantity.value, "ordinal" if ordinal else "count"))
    for index, word in enumerate(words):
        if index not in found and word.norm in _table():
            found[index] = Amount(range(index, index + 1), *_table()[word.norm])
    return tuple(dict.fromkeys(found[index] for index in sorted(found)))


def same_amount(one: Amount, a: Telling, other: Amount, b: Telling) -> bool:
    """Whether two amounts are one, or one is the other rounded: 3,000 of 2,960; of 52 only "about 50"."""
    if one.value == other.value:
        return True
    if "vague" in (one.sort, other.sort):
        return one.sort != other.sort  # "dozens" may well be 24; it is not "hundreds"
    hedged = _is_hedged(one, a) or _is_hedged(other, b)
    rounded = one.sort == other.sort == "count" and (hedged or min(one.value, other.value) >= _EXACT)
    return rounded and same_value(one.value, other.value)


def _is_hedged(amount: Amount, telling: Telling) -> bool:
    before = telling.words[max(0, amount.at.start - _HEDGED_BY) : amount.at.start]
    return any(word.norm in _HEDGES for word in before)
