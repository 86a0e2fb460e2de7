"""How much of one report's own words another report carries.

Quotations count nothing here: two reporters at one press conference bring home the same words. What the reporters
themselves write is what only a copy shares.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from retold.article import Evidence
from retold.collation.alignment import Pairing, Pairings, is_passage, shares_words
from retold.collation.witness import Rarity, Sentence, Witness

# Chosen on the pairs at even places of NewsEdits and the first 75 articles of BASIL: there 1 of 75 pairs of independent
# reports has a greater kinship (at .22, 4), and 93 of 101 version pairs have; three of the others share no word of
# their own. `python -m benchmarks lineage` counts on the others.
MIN_KINSHIP = 0.26
_NEAR = 0.6  # cosine of two sentences that mean the same
# Of independent reports (BASIL, the first 75 articles) two have .54 of their own words in such sentences, the others
# less; machine rewrites of whole documents .86 and more in one direction. So it takes .66.
_BY_CHANCE = 0.4
# No two of those independent reports have more than .17 of either's own words in like sentences; a rewrite that shares
# few runs has .24 and .25.
_BOTH_WAYS = 0.06
_RUN = 4  # words in a row
_RUN_WEIGHT = 2.5  # .1 of shared runs of four words is as rare among independent reports as a kinship of .25


@dataclass(frozen=True)
class Kinship:
    """What `b` shares with `a`; every part is 0 to 1.

    `own`: the part of b's unquoted words told in like sentences of `a`; `share`: of all its words, quotations included.
    `runs`: the part of the shorter one's runs of own words that both have. `meant`: the part of b's own words in
    sentences that mean the same as one of `a`, in a's order. `told`: the part of its words in sentences of which `a`
    has a telling; `untold`: the sentences (indexes) that stand in `b` alone, of
    so many `sentences`. `reworded`: of the sentences told in both
    the part in other words. `best`: the nearest unquoted pairs, as evidence.
    """

    own: float
    share: float
    runs: float
    meant: float
    told: float
    untold: tuple[int, ...]
    sentences: int
    reworded: float
    best: tuple[tuple[Evidence, Evidence], ...]

    @property
    def strength(self) -> float:
        return max(self.own, min(1.0, _RUN_WEIGHT * self.runs), self.meant - _BY_CHANCE)


Runs = frozenset[tuple[str, ...]]


def strength_between(one: Kinship, other: Kinship) -> float:
    """How akin two reports are, 0 to 1, by what each shares of the other. They are related from MIN_KINSHIP on."""
    return max(one.strength, other.strength, min(one.own, other.own) + _BOTH_WAYS)


def measure_kinship(a: Witness, b: Witness, pairings: Pairings, runs: tuple[Runs, Runs]) -> Kinship:
    """What `b` shares with `a`, sentence by sentence. `runs` are the `own_runs` of the two."""
    rarity = pairings.rarity(a, b)
    told: dict[int, set[str]] = defaultdict(set)
    told_own: dict[int, set[str]] = defaultdict(set)
    passages: dict[int, Pairing] = {}
    best: list[tuple[float, Pairing]] = []
    own_a, own_b = _own_roots(a), _own_roots(b)
    for pairing in pairings.between(a, b):
        if is_passage(pairing, a.sentences[pairing.a], b.sentences[pairing.b]):
            passages.setdefault(pairing.b, pairing)
        if not shares_words(pairing, a.sentences[pairing.a], b.sentences[pairing.b]):
            continue
        shared_own = own_a[pairing.a] & own_b[pairing.b]
        told[pairing.b] |= pairing.shared
        told_own[pairing.b] |= shared_own
        if rarity.of(shared_own) > rarity.of(pairing.shared) / 2:
            best.append((rarity.of(shared_own), pairing))
    best.sort(key=lambda found: -found[0])
    return Kinship(
        own=_part(rarity, told_own, own_b),
        share=_part(rarity, told, [sentence.roots for sentence in b.sentences]),
        runs=_shared_runs(*runs),
        meant=_meant(a, b, pairings.between(a, b)),
        told=_told(b, passages),
        untold=tuple(index for index in range(len(b.sentences)) if index not in passages),
        sentences=len(b.sentences),
        reworded=_reworded(a, b, passages.values()),
        best=tuple(
            (_evidence(a, a.sentences[pairing.a]), _evidence(b, b.sentences[pairing.b])) for _, pairing in best[:3]
        ),
    )


def _meant(a: Witness, b: Witness, pairings: Sequence[Pairing]) -> float:
    """The part of b's own words in sentences that are the nearest in meaning of one of `a`, in the order of `a`."""
    lengths = [len(words) for words in b.own_words]
    near = sorted(
        (pairing.b, pairing.a)
        for pairing in pairings
        if pairing.mutual
        and pairing.nearness >= _NEAR
        and is_passage(pairing, a.sentences[pairing.a], b.sentences[pairing.b])
        and _is_own(a, pairing.a)
        and _is_own(b, pairing.b)
    )
    return sum(lengths[index] for index, _ in _in_order(near)) / max(1, sum(lengths))


def _is_own(witness: Witness, index: int) -> bool:
    """Whether half of a sentence or more is the reporter's."""
    return 2 * len(witness.own_words[index]) >= len(witness.sentences[index].words) > 0


def _in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest series of pairs, sorted by their first, in which the second grows too."""
    ends: list[int] = []
    series: list[list[tuple[int, int]]] = []
    for pair in pairs:
        place = bisect_left(ends, pair[1])
        longest = [*(series[place - 1] if place else ()), pair]
        ends[place : place + 1] = [pair[1]]
        series[place : place + 1] = [longest]
    return series[-1] if series else []


def _told(witness: Witness, passages: Iterable[int]) -> float:
    told = sum(len(witness.sentences[index].words) for index in passages)
    return told / max(1, sum(len(sentence.words) for sentence in witness.sentences))


def _reworded(a: Witness, b: Witness, passages: Collection[Pairing]) -> float:
    """The part of the passages in which the two have other words."""
    other = sum(_norms(a.sentences[found.a]) != _norms(b.sentences[found.b]) for found in passages)
    return other / max(1, len(passages))


def _norms(sentence: Sentence) -> list[str]:
    return [word.norm for word in sentence.words]


def _evidence(witness: Witness, sentence: Sentence) -> Evidence:
    return Evidence(witness.article.id, (sentence.span,))


def _own_roots(witness: Witness) -> list[frozenset[str]]:
    return [frozenset(word.root for word in words if word.content) for words in witness.own_words]


def _part(rarity: Rarity, told: dict[int, set[str]], roots: list[frozenset[str]]) -> float:
    whole = sum(rarity.of(sentence) for sentence in roots)
    return sum(rarity.of(sentence & told[index]) for index, sentence in enumerate(roots)) / whole if whole else 0.0


def _runs(witness: Witness) -> Iterator[tuple[str, ...]]:
    for words in witness.own_words:
        for start in range(len(words) - _RUN + 1):
            run = words[start : start + _RUN]
            if sum(word.content for word in run) >= 2:
                yield tuple(word.norm for word in run)


def own_runs(witness: Witness) -> frozenset[tuple[str, ...]]:
    """The runs of four own words of a report of which two or more are content words."""
    return frozenset(_runs(witness))


def _shared_runs(a: Runs, b: Runs) -> float:
    return len(a & b) / max(1, min(len(a), len(b)))
