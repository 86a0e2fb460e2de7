"""Which sentences of two witnesses tell the same: many to many, in any order."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from retold.collation.witness import Rarity, Sentence, Witness

# Chosen on the version pairs at even places of NewsEdits, of whose silver sentence links (verbatim ones left out) these
# values find .92, together with the first 75 articles of BASIL, where sentences should mostly stay apart and .16 are
# joined. `python -m benchmarks lineage` shows what comes of them on the other pairs.
MIN_LIKENESS = 0.32
MIN_COVER = 0.66
MIN_PLAIN = 2
MIN_NEW_COVER = 0.2
_MOST_HOLDERS = 60  # sentences that one word leads to; in a report of 60 sentences every one, in endless text the first


@dataclass(frozen=True)
class Pairing:
    """Sentence `a` of one witness beside sentence `b` of the other (indexes), and how much they share.

    `likeness` is the Dice coefficient of their weighted content roots, `cover_a` and `cover_b` the parts of each
    that the other has; all 0 to 1.
    """

    a: int
    b: int
    likeness: float
    cover_a: float
    cover_b: float
    shared: frozenset[str]


def pair_up(a: Witness, b: Witness, rarity: Rarity) -> tuple[Pairing, ...]:
    """Every pair of sentences that share a content word, best first."""
    holders: dict[str, list[int]] = defaultdict(list)
    for index, sentence in enumerate(a.sentences):
        for root in sentence.roots:
            if len(holders[root]) < _MOST_HOLDERS:
                holders[root].append(index)
    weights_a = [rarity.of(sentence.roots) for sentence in a.sentences]
    pairings = []
    for index_b, sentence in enumerate(b.sentences):
        weight_b = rarity.of(sentence.roots)
        for index_a in sorted({index for root in sentence.roots for index in holders.get(root, ())}):
            shared = a.sentences[index_a].roots & sentence.roots
            weight = rarity.of(shared)
            pairings.append(
                Pairing(
                    index_a,
                    index_b,
                    2 * weight / (weights_a[index_a] + weight_b),
                    weight / weights_a[index_a],
                    weight / weight_b,
                    shared,
                )
            )
    return tuple(sorted(pairings, key=_best_first))


class Pairings:
    """The paired sentences of any two witnesses, worked out when first asked for and then kept.

    How rare a word is depends on the two alone: what is found about them is the same in any company.
    """

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], tuple[Pairing, ...]] = {}
        self._rarities: dict[frozenset[str], Rarity] = {}

    def rarity(self, a: Witness, b: Witness) -> Rarity:
        """How much a word says that the two share."""
        key = frozenset((a.article.id, b.article.id))
        if key not in self._rarities:
            self._rarities[key] = Rarity([a] if a is b else [a, b])
        return self._rarities[key]

    def between(self, a: Witness, b: Witness) -> tuple[Pairing, ...]:
        """Every pair of sentences of `a` and `b` that share a content word, best first."""
        key = (a.article.id, b.article.id)
        if key not in self._found:
            backward = self._found.get((key[1], key[0]))
            self._found[key] = pair_up(a, b, self.rarity(a, b)) if backward is None else _turned(backward)
        return self._found[key]


def _turned(pairings: Sequence[Pairing]) -> tuple[Pairing, ...]:
    turned = (Pairing(p.b, p.a, p.likeness, p.cover_b, p.cover_a, p.shared) for p in pairings)
    return tuple(sorted(turned, key=_best_first))


def _best_first(pairing: Pairing) -> tuple[float, int, int]:
    return (-pairing.likeness, pairing.b, pairing.a)


def is_passage(pairing: Pairing, a: Sentence, b: Sentence) -> bool:
    """Whether two sentences share enough to tell the same thing. Names alone are not enough: a report repeats them."""
    if a.heading != b.heading and pairing.likeness < MIN_COVER:
        return False
    if a.roots == b.roots:
        return bool(a.roots)
    if len(a.plain & b.plain) < MIN_PLAIN and pairing.likeness < MIN_COVER:
        return False
    return pairing.likeness >= MIN_LIKENESS or max(pairing.cover_a, pairing.cover_b) >= MIN_COVER


def align(a: Witness, b: Witness, pairings: Pairings) -> tuple[tuple[tuple[Pairing, ...], int], ...]:
    """For each sentence of `b` that retells `a`: its pairings with the sentences of `a` it retells, best first.

    A second sentence of `a` belongs to it when it bears out words that the first does not.
    Returns (pairings, index into b.sentences) in b's order. Empty: nothing is told in both.
    """
    chosen: dict[int, list[Pairing]] = defaultdict(list)
    for pairing in pairings.between(a, b):
        if is_passage(pairing, a.sentences[pairing.a], b.sentences[pairing.b]) and _adds(
            pairing, chosen[pairing.b], b.sentences[pairing.b], pairings.rarity(a, b)
        ):
            chosen[pairing.b].append(pairing)
    return tuple((tuple(chosen[index]), index) for index in range(len(b.sentences)) if chosen[index])


def _adds(pairing: Pairing, before: Sequence[Pairing], sentence: Sentence, rarity: Rarity) -> bool:
    if not before:
        return True
    told = frozenset().union(*(earlier.shared for earlier in before))
    return rarity.of(pairing.shared - told) >= MIN_NEW_COVER * rarity.of(sentence.roots)
