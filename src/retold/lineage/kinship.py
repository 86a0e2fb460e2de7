"""How much of one report's own words another report carries.

Quotations count nothing here: two reporters at one press conference bring home the same words. What the reporters
themselves write is what only a copy shares.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from retold.article import Evidence
from retold.collation.alignment import Pairing, Pairings, is_passage
from retold.collation.witness import Rarity, Sentence, Witness

# Chosen on the pairs at even places of NewsEdits and the first 75 articles of BASIL: there 1 in 50 ordered pairs of
# independent reports has a kinship above .21, 1 in 100 above .24. `python -m benchmarks lineage` counts on the others.
MIN_KINSHIP = 0.22
_RUN = 4  # words in a row
_RUN_WEIGHT = 2.5  # .08 of shared runs of four words is as rare among independent reports as a kinship of .2


@dataclass(frozen=True)
class Kinship:
    """What `b` shares with `a`. `own` (0 to 1): the part of b's unquoted words told in like sentences of `a`.

    `share` (0 to 1): the part of all its words that is, quotations included. `nearness`: for each sentence of `b`
    (index), the likeness of its nearest sentence in `a`. `best`: the nearest unquoted pairs, as evidence.
    """

    own: float
    share: float
    runs: float
    nearness: dict[int, float]
    best: tuple[tuple[Evidence, Evidence], ...]

    @property
    def strength(self) -> float:
        return max(self.own, min(1.0, _RUN_WEIGHT * self.runs))


Runs = frozenset[tuple[str, ...]]


def measure_kinship(a: Witness, b: Witness, pairings: Pairings, runs: tuple[Runs, Runs]) -> Kinship:
    """What `b` shares with `a`, sentence by sentence. `runs` are the `own_runs` of the two."""
    rarity = pairings.rarity(a, b)
    told: dict[int, set[str]] = defaultdict(set)
    told_own: dict[int, set[str]] = defaultdict(set)
    nearness: dict[int, float] = {}
    best: list[tuple[float, Pairing]] = []
    own_a, own_b = _own_roots(a), _own_roots(b)
    for pairing in pairings.between(a, b):
        if not is_passage(pairing, a.sentences[pairing.a], b.sentences[pairing.b]):
            continue
        shared_own = own_a[pairing.a] & own_b[pairing.b]
        told[pairing.b] |= pairing.shared
        told_own[pairing.b] |= shared_own
        nearness.setdefault(pairing.b, pairing.likeness)
        if rarity.of(shared_own) > rarity.of(pairing.shared) / 2:
            best.append((rarity.of(shared_own), pairing))
    best.sort(key=lambda found: -found[0])
    return Kinship(
        own=_part(rarity, told_own, own_b),
        share=_part(rarity, told, [sentence.roots for sentence in b.sentences]),
        runs=_shared_runs(*runs),
        nearness=nearness,
        best=tuple(
            (_evidence(a, a.sentences[pairing.a]), _evidence(b, b.sentences[pairing.b])) for _, pairing in best[:3]
        ),
    )


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
