"""Words put in the place of others that they exclude: "rose" for "fell", "some" for "all", "March" for "May"."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple, cast

from retold.collation.collation import Change, ChangeKind
from retold.collation.making import make_change, quote
from retold.collation.variants import Parallel, Variant, spans_at
from retold.language.tables import read_table
from retold.language.words import Word, root_of

_LONGEST = 4  # words on either side: in longer variants the two words may not be each other's counterpart
_CONFIDENCE: dict[ChangeKind, float] = {"date": 0.85, "number": 0.85, "negation": 0.8, "strength": 0.75}
_UNSURE = 0.7
_TOLD_FROM_NOW = frozenset({"last", "next", "this", "past", "coming", "previous", "ago", "earlier", "later", "every"})
_AROUND_TIME = 2  # words around a unit of time that say it is a date ("last week"), not a length ("two weeks")
_TIME_WORDS = frozenset({"direction of time", "order in time", "part of a span"})


class Value(NamedTuple):
    """What a word says within one paradigm."""

    kind: ChangeKind
    paradigm: str
    value: str


@cache
def _paradigms() -> dict[str, tuple[Value, ...]]:
    found: dict[str, list[Value]] = defaultdict(list)
    for row in read_table("retold.collation", "paradigms.tsv"):
        value = Value(cast(ChangeKind, row["kind"]), row["paradigm"], row["value"])
        for word in row["words"].split():
            if value not in found[root_of(word, False)]:
                found[root_of(word, False)].append(value)
    return {root: tuple(values) for root, values in found.items()}


def values_of(word: Word) -> tuple[Value, ...]:
    """What a word says in each paradigm it belongs to."""
    return _paradigms().get(root_of(word.norm, False), ())


def find_swaps(parallel: Parallel, variant: Variant) -> Iterator[Change]:
    """The first pair of words at this place of which one excludes the other."""
    before, after = parallel.before(variant), parallel.after(variant)
    if not 0 < len(before) <= _LONGEST or not 0 < len(after) <= _LONGEST:
        return
    before = [word for word in before if not word.content or word in parallel.gone(variant)]
    after = [word for word in after if not word.content or word in parallel.new(variant)]
    for one, _ in _excluding(before, after):
        if one.paradigm in _TIME_WORDS and not _beside_time(parallel, variant):
            continue
        kind = _kind(one, parallel, variant)
        here, there = spans_at(parallel.b, variant.b), spans_at(parallel.a, variant.a)
        note = f"{quote(parallel.b.text(here[0]))} where the other has {quote(parallel.a.text(there[0]))}"
        confidence = _CONFIDENCE.get(kind, _UNSURE)
        yield make_change(kind, (parallel.a, there), (parallel.b, here), note, how="opposites", confidence=confidence)
        return


def _excluding(before: Sequence[Word], after: Sequence[Word]) -> Iterator[tuple[Value, Value]]:
    """Values of the two places in one paradigm, when the two have none of it in common, the first paradigms first."""
    here = [value for word in after for value in values_of(word)]
    there = [value for word in before for value in values_of(word)]
    common = {value.paradigm for value in here if value in there}
    pairs = [(x, y) for x in there for y in here if x.paradigm == y.paradigm and x.paradigm not in common]
    order = list(dict.fromkeys(value.kind for values in _paradigms().values() for value in values))
    yield from sorted(pairs, key=lambda pair: order.index(pair[0].kind))


def _kind(value: Value, parallel: Parallel, variant: Variant) -> ChangeKind:
    """A unit of time beside "last" or "ago" is part of a date."""
    told = value.paradigm == "unit of time" and _neighbours(parallel, variant) & _TOLD_FROM_NOW
    return "date" if told else value.kind


def _neighbours(parallel: Parallel, variant: Variant) -> set[str]:
    words, place = parallel.b.words, variant.b
    around = range(max(0, place.start - _AROUND_TIME), min(len(words), place.stop + _AROUND_TIME))
    return {words[index].norm for index in around}


def _beside_time(parallel: Parallel, variant: Variant) -> bool:
    """Whether a time follows or precedes: "last week", "early March", not "the last of them"."""
    words, place = parallel.b.words, variant.b
    around = words[max(0, place.start - 1) : place.stop + 1]
    kinds = {value.paradigm for word in around for value in values_of(word)} - _TIME_WORDS
    return bool(kinds & {"weekday", "month", "unit of time", "part of the day", "season"})
