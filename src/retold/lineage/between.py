"""Which of three related reports stands between the other two, so that these need no tie of their own.

Agreement in what a third text does not have binds two copies together (Lachmann). Where two reports agree in hardly
anything that a third lacks, although each has enough that it might have given the other, what they share came by way
of the third: it is the source of both, or on the way from one to the other. What remains when all such pairs are
taken out is the tree without its direction.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from retold.collation.witness import Witness
from retold.language.words import words_in
from retold.lineage.relations import Related

Grams = frozenset[tuple[str, ...]]

# Chosen on the families that `python -m benchmarks retelling --half mend` makes.
_MOST_STRAY = 0.13  # part of what two reports share that the one between them may lack
_ALIKE = 0.01  # part of what two reports share; within it, two that may both be the one between cannot be told apart
_REWORDED, _TOLD = 0.8, 0.8  # from these on two reports tell the same in other words throughout
_MOST_THIRDS = 8  # reports tried as the one between, the nearest first


def grams_of(witness: Witness) -> Grams:
    """The pairs of neighbouring words, one of them a content word, and the content words; those of a dateline too."""
    datelines = [block.span for block in witness.article.blocks if block.kind == "dateline"]
    runs = [sentence.words for sentence in witness.sentences]
    runs += [words_in(witness.article.text, [span]) for span in datelines]
    found: set[tuple[str, ...]] = set()
    for words in runs:
        found.update((one.norm, other.norm) for one, other in pairwise(words) if one.content or other.content)
        found.update((word.root,) for word in words if word.content)
    return frozenset(found)


def without_explained(related: Sequence[Related], grams: Mapping[int, Grams]) -> tuple[Related, ...]:
    """The pairs that no third report stands between, in their order. `grams` by report (index)."""
    ties: dict[int, set[int]] = defaultdict(set)
    for pair in related:
        ties[pair.a].add(pair.b)
        ties[pair.b].add(pair.a)
    rewrites = {(pair.a, pair.b) for pair in related if _is_rewrite(pair)}
    shared = {(pair.a, pair.b): len(grams[pair.a] & grams[pair.b]) for pair in related}
    for a, b in sorted(shared, key=lambda pair: (shared[pair], pair)):  # the loosest first: the way round stays
        thirds = sorted(ties[a] & ties[b], key=lambda c: (-_closeness(shared, c, a, b), c))
        # Of three that tell the same in other words throughout, two agree in a word against the third by chance.
        told = [c for c in thirds if not {(a, b), _pair(a, c), _pair(b, c)} <= rewrites]
        if any(_is_between(c, a, b, grams) for c in told[:_MOST_THIRDS]):
            ties[a].discard(b)
            ties[b].discard(a)
    return tuple(pair for pair in related if pair.b in ties[pair.a])


def _closeness(shared: Mapping[tuple[int, int], int], third: int, a: int, b: int) -> int:
    return min(shared[_pair(third, end)] for end in (a, b))


def _pair(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)


def _is_rewrite(pair: Related) -> bool:
    both = pair.b_of_a, pair.a_of_b
    return min(one.reworded for one in both) >= _REWORDED and min(one.told for one in both) >= _TOLD


def _is_between(third: int, a: int, b: int, grams: Mapping[int, Grams]) -> bool:
    """Whether what reports `a` and `b` share came by way of the third.

    Of the three that one is between of which the other two need least without it. Where two need equally little (one
    is a part of the other), the two that differ most are not neighbours.
    """
    own, one, other = grams[third], grams[a], grams[b]
    both = len(one & other)
    stray, strays = len((one & other) - own), (len((own & other) - one), len((own & one) - other))
    if stray > _MOST_STRAY * both or stray - min(strays) > _ALIKE * both:
        return False
    rivals = [rival for rival, other_stray in zip((a, b), strays, strict=True) if other_stray - stray <= _ALIKE * both]
    apart = (len(one ^ other), third)
    return all(apart > (len(own ^ grams[b if rival == a else a]), rival) for rival in rivals)
