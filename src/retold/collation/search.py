"""Searching all other reports for what a sentence tells, by meaning and by words, without full comparisons."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retold.collation.alignment import MIN_COVER, MIN_PLAIN
from retold.collation.witness import Rarity, Sentence, Witness

_BY_MEANING = 3  # sentences of each report that are looked at for their vectors, and one for its words
_TOLD = 0.4  # nearness from which a sentence says something of how near two reports are


class Found(NamedTuple):
    """A sentence (`place`: its index) of another report that may tell what the one asked about tells.

    `nearness`: cosine of the two; `cover` (0 to 1): the part of the asked sentence's weighted content roots that this
    one has.
    """

    witness: Witness
    place: int
    nearness: float
    cover: float

    @property
    def sentence(self) -> Sentence:
        return self.witness.sentences[self.place]

    def shares(self, asked: Sentence) -> bool:
        """Whether it has most of what a sentence tells, in its words: two or more of them are no names."""
        return self.cover >= MIN_COVER and len(self.sentence.plain & asked.plain) >= MIN_PLAIN

    @property
    def strength(self) -> float:
        return (self.nearness + self.cover) / 2


class Shelf:
    """The reports of a story, put up to be searched."""

    def __init__(self, witnesses: Sequence[Witness]) -> None:
        self.witnesses = tuple(witnesses)
        self.rarity = Rarity(witnesses)

    @cached_property
    def _matrix(self) -> NDArray[np.float32]:
        return np.concatenate([witness.vectors for witness in self.witnesses])

    @cached_property
    def _starts(self) -> list[int]:
        """Where each report's sentences begin in the matrix."""
        return [0, *np.cumsum([len(witness.sentences) for witness in self.witnesses]).tolist()]

    def partners(self, witness: Witness, count: int) -> tuple[Witness, ...]:
        """The other reports that are nearest to `witness` in all they tell, at most `count`, in the shelf's order."""
        others = [number for number, other in enumerate(self.witnesses) if other is not witness]
        if len(others) > count:
            nearness = self._matrix @ witness.vectors.T
            told = [self._told(nearness, number) for number in others]
            others = sorted(others[place] for place in np.argsort(told)[::-1][:count])
        return tuple(self.witnesses[number] for number in others)

    def _told(self, nearness: NDArray[np.float32], number: int) -> float:
        own = nearness[self._starts[number] : self._starts[number + 1]]
        return float(np.maximum(own.max(0, initial=0.0) - _TOLD, 0).sum())

    def search(self, witness: Witness) -> tuple[tuple[Found, ...], ...]:
        """For each sentence of `witness` what the other reports have nearest to it, best first.

        Empty for a sentence: the other reports have no sentences at all.
        """
        nearness = self._matrix @ witness.vectors.T
        return tuple(
            tuple(sorted(self._near(witness, index, nearness[:, index]), key=lambda found: -found.strength))
            for index in range(len(witness.sentences))
        )

    def _near(self, witness: Witness, index: int, nearness: NDArray[np.float32]) -> Iterator[Found]:
        roots = witness.sentences[index].roots
        whole = self.rarity.of(roots)
        for number, other in enumerate(self.witnesses):
            if other is witness or not other.sentences:
                continue
            own = nearness[self._starts[number] : self._starts[number + 1]]
            chosen = set(np.argsort(-own)[:_BY_MEANING].tolist()) | _most_words(roots, other)
            for place in sorted(chosen):
                shared = self.rarity.of(roots & other.sentences[place].roots)
                yield Found(other, place, float(own[place]), shared / whole if whole else 0.0)


def _most_words(roots: frozenset[str], other: Witness) -> set[int]:
    """The sentence of `other` that has most of these roots; empty: none has one."""
    counts: dict[int, int] = {}
    for root in roots:
        for index in other.holders.get(root, ()):
            counts[index] = counts.get(index, 0) + 1
    return {max(counts, key=lambda index: (counts[index], -index))} if counts else set()
