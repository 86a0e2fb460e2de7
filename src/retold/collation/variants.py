"""Two tellings laid side by side, word for word: what they share in order, and the places where they part.

Textual criticism's terms: a variant is what one witness reads where the other reads something else. Where two
tellings are the same sentence but for a few words, the place is strong evidence: what stands there was put for what
stood there, whatever else the two reports say. Where they are not, a place says nothing, and the checks for rewritten
tellings apply.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from retold.article import Span
from retold.collation.witness import Telling, inside
from retold.language.words import Word

CLOSE = 0.78
"""Part of the words between the first and the last shared one that two tellings share in order, to be one sentence.

At .70 passages of the seed reports that one rewrote count as one sentence, and the lost half of a quotation is missed;
at .78 and .85 it is found. On 980 pairs with injected changes (benchmarks/retelling, half for mending) .70 and .78 do
alike.
"""

_MIN_SHARED = 4  # words: fewer in common make no sentence
_MIN_PART = 0.6  # of the shorter telling's words that must be shared: a phrase in common makes no sentence either


class Variant(NamedTuple):
    """A place where two tellings part: the word indexes of the one and of the other; either may be empty."""

    a: range
    b: range

    @property
    def turned(self) -> "Variant":
        """The place seen from the other telling."""
        return Variant(self.b, self.a)


@dataclass(frozen=True, eq=False)
class Parallel:
    """Two tellings with their words matched in order by root. `partners`: index of a word of `a` to that in `b`."""

    a: Telling
    b: Telling
    partners: dict[int, int]
    variants: tuple[Variant, ...]

    @cached_property
    def close(self) -> bool:
        """Whether the two are one sentence but for a few words."""
        shared = len(self.partners)
        if shared < max(_MIN_SHARED, _MIN_PART * min(len(self.a.words), len(self.b.words))):
            return False
        ends = (list(self.partners.keys()), list(self.partners.values()))
        return 2 * shared / sum(found[-1] - found[0] + 1 for found in ends) >= CLOSE

    @cached_property
    def partners_of_b(self) -> dict[int, int]:
        """Index of a word of `b` to that of the word of `a` it is matched with."""
        return {b: a for a, b in self.partners.items()}

    @cached_property
    def turned(self) -> "Parallel":
        """The same with `b` in the place of `a`."""
        return Parallel(self.b, self.a, self.partners_of_b, tuple(variant.turned for variant in self.variants))

    def before(self, variant: Variant) -> Sequence[Word]:
        """What `a` has at this place."""
        return self.a.words[variant.a.start : variant.a.stop]

    def after(self, variant: Variant) -> Sequence[Word]:
        """What `b` has at this place."""
        return self.b.words[variant.b.start : variant.b.stop]

    @cached_property
    def _free(self) -> tuple[frozenset[str], frozenset[str]]:
        """The roots of the content words that each telling has and the other has not in the same order."""
        places = [(self.before(variant), self.after(variant)) for variant in self.variants]
        return (
            frozenset(word.root for before, _ in places for word in before if word.content),
            frozenset(word.root for _, after in places for word in after if word.content),
        )

    def gone(self, variant: Variant) -> list[Word]:
        """The content words of `a` here that `b` does not have at another place ("Friday" may only have moved)."""
        return [word for word in self.before(variant) if word.content and word.root not in self._free[1]]

    def new(self, variant: Variant) -> list[Word]:
        """The content words of `b` at this place that `a` does not have at another."""
        return self.turned.gone(variant.turned)


def lay_side_by_side(a: Telling, b: Telling) -> Parallel:
    """Match the words of two tellings: the longest series of roots that both have in order."""
    partners: dict[int, int] = {}
    variants: list[Variant] = []
    at_a = at_b = 0
    for first_a, first_b, length in _blocks(a.words, b.words):
        if first_a > at_a or first_b > at_b:
            variants.append(Variant(range(at_a, first_a), range(at_b, first_b)))
        partners |= {first_a + step: first_b + step for step in range(length)}
        at_a, at_b = first_a + length, first_b + length
    return Parallel(a, b, partners, tuple(variants))


def _blocks(a: Sequence[Word], b: Sequence[Word]) -> Iterator[tuple[int, int, int]]:
    """(index in `a`, index in `b`, length) of what is shared; the last is the empty one at the end of both."""
    for block in LCSseq.opcodes([word.root for word in a], [word.root for word in b]):
        if block.tag == "equal":
            yield block.src_start, block.dest_start, block.src_end - block.src_start
    yield len(a), len(b), 0


def spans_at(telling: Telling, place: range) -> list[Span]:
    """Where the words at `place` stand; of an empty place the words on either side, which then meet."""
    words = telling.words
    if not place:
        place = range(max(0, place.start - 1), min(len(words), place.start + 1))
    return [Span(words[place.start].start, words[place.stop - 1].end)] if place else []


def in_marks(telling: Telling, place: range) -> bool:
    """Whether all words at `place`, or the two that meet there, stand in quotation marks."""
    if not place:
        place = range(place.start - 1, place.start + 1)
        if place.start < 0 or place.stop > len(telling.words):
            return False
    return all(inside(word, telling.witness.quoted) for word in telling.words[place.start : place.stop])
