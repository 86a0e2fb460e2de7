"""Words that only one of two tellings of the same sentence has, and that say something."""

from collections.abc import Iterator, Sequence

from retold.collation.collation import Change
from retold.collation.making import make_change, quote
from retold.collation.swaps import values_of
from retold.collation.variants import Parallel, Variant, spans_at
from retold.collation.witness import Witness
from retold.language.words import Word

_MIN_ADDED = 2  # content words that are more than an adverb
_MIN_OMITTED = 3
_MOST_REPLACED = 1  # content words that stand there in the other; where there are more, the place is reworded
_TOLD = 0.5  # part of the words that a sentence of the other report may have
_PRONOUNS = frozenset({"he", "she", "it", "they", "this", "that", "these", "those", "we", "i", "who", "which"})
_TIMES = frozenset(
    {"weekday", "month", "day told from today", "part of the day", "half of the day", "direction of time"}
)


def find_placed_additions(parallel: Parallel, variant: Variant) -> Iterator[Change]:
    """What `b` puts in here and the report of `a` tells nowhere."""
    if _is_new(parallel, variant, _MIN_ADDED):
        here = spans_at(parallel.b, variant.b)
        note = f"{quote(parallel.b.text(here[0]))} is added"
        yield make_change(
            "added",
            (parallel.a, spans_at(parallel.a, variant.a)),
            (parallel.b, here),
            note,
            how="places",
            confidence=0.7,
        )


def find_placed_omissions(parallel: Parallel, variant: Variant) -> Iterator[Change]:
    """What `b` leaves out here and tells nowhere."""
    if _is_new(parallel.turned, variant.turned, _MIN_OMITTED) and _in_one_sentence(parallel, variant):
        there = spans_at(parallel.a, variant.a)
        note = f"{quote(parallel.a.text(there[0]))} is left out"
        yield make_change(
            "omitted",
            (parallel.a, there),
            (parallel.b, spans_at(parallel.b, variant.b)),
            note,
            how="places",
            confidence=0.7,
        )


def _is_new(parallel: Parallel, variant: Variant, enough: int) -> bool:
    """Whether `b` has enough words here that say something, and the report of `a` has hardly one of them together."""
    words = [word for word in parallel.new(variant) if not _TIMES & {value.paradigm for value in values_of(word)}]
    roots = frozenset(word.root for word in words)
    gone = parallel.gone(variant)
    if len(roots) < enough or len(gone) > _MOST_REPLACED or _names(parallel, variant):
        return False
    return _told(roots, parallel.a.witness) <= _TOLD * len(roots)


def _names(parallel: Parallel, variant: Variant) -> bool:
    """Whether `a` has a name or a pronoun here: then the other only calls the same thing by other words."""
    text = parallel.a.witness.article.text
    return any(
        word.norm in _PRONOUNS or (word.content and text[word.start].isupper()) for word in parallel.before(variant)
    )


def _told(roots: frozenset[str], witness: Witness) -> int:
    return max((len(roots & sentence.roots) for sentence in witness.sentences), default=0)


def _in_one_sentence(parallel: Parallel, variant: Variant) -> bool:
    """Whether the words belong to a sentence of which other words stay."""
    here = parallel.before(variant)
    kept = [parallel.a.words[index] for index in parallel.partners]
    return any(
        _holds(span, here) and any(span[0] <= word.start < span[1] for word in kept) for span in _spans(parallel)
    )


def _spans(parallel: Parallel) -> Iterator[tuple[int, int]]:
    yield from (sentence.span for sentence in parallel.a.witness.sentences)


def _holds(span: tuple[int, int], words: Sequence[Word]) -> bool:
    return span[0] <= words[0].start and words[-1].end <= span[1]
