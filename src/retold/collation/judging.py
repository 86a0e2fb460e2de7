"""How likely it is that other reports bear a sentence out: what the cross-encoder says, weighed with plain signs.

The sentences nearest to it are read with it, first the nearest alone and then the nearest few. What the weights are
worth is measured by `python -m benchmarks support`.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from retold.article import Span
from retold.collation.bearing import Bearing, encode, read_bearings
from retold.collation.search import Found
from retold.collation.witness import Witness
from retold.language.pieces import PiecedWord
from retold.language.tables import read_table
from retold.language.words import Word

READ = (1, 3)
"""How many of the nearest sentences are read with a sentence: the mean over both beats each (benchmark)."""

_MISSING = 1.5  # log-odds from which a word is shown as one that the others do not have


class Side(NamedTuple):
    """One of two tellings: its words, the same as the networks read them, and its vector."""

    words: tuple[Word, ...]
    pieces: Sequence[PiecedWord]
    vector: NDArray[np.float32]


class Judged(NamedTuple):
    """`probability` (0 to 1) that the others bear a sentence out; `sources`: the sentences read with it, best first;
    `missing`: its words that they surely do not bear out, in text order."""

    probability: float
    sources: tuple[Found, ...]
    missing: tuple[Span, ...]


class Signs(NamedTuple):
    """What speaks for and against a sentence (`data/support.tsv` says what each sign is), the sentences that were read
    with it, best first, and what the network said of the most of them."""

    values: Mapping[str, float]
    sources: tuple[Found, ...]
    bearing: Bearing


def judge(witness: Witness, found: Sequence[Sequence[Found]], indexes: Iterable[int]) -> dict[int, Judged]:
    """Judge the sentences of `witness` (indexes) by what was found for each of its sentences.

    A sentence for which nothing was found has a probability of 0.
    """
    wanted = list(indexes)
    signs = read_signs(witness, found, wanted)
    judged = {index: Judged(0.0, tuple(found[index][:1]), ()) for index in wanted}
    for index, one in signs.items():
        missing = _missing(witness.pieces[index], one.bearing)
        judged[index] = Judged(weigh("support", one.values), one.sources, missing)
    return judged


def read_signs(witness: Witness, found: Sequence[Sequence[Found]], indexes: Iterable[int]) -> dict[int, Signs]:
    """The signs of each of the sentences (indexes) for which something was found."""
    asked = {i: tuple(found[i][: max(READ)]) for i in indexes if found[i] and witness.pieces[i]}
    pairs = [
        encode(_words_of(sources[:count]), witness.pieces[index]) for index, sources in asked.items() for count in READ
    ]
    read = iter(read_bearings(pairs))
    signs = {}
    for index, sources in asked.items():
        bearings = [next(read) for _ in READ]
        values = support_signs(sources, bearings)
        signs[index] = Signs(values, sources, bearings[-1])
    return signs


def _words_of(sources: Sequence[Found]) -> list[PiecedWord]:
    """The words of sources; those of one report stand together, in their order there, as the network learned them."""
    reports = list(dict.fromkeys(one.witness.article.id for one in sources))
    ordered = sorted(sources, key=lambda one: (reports.index(one.witness.article.id), one.place))
    return [word for one in ordered for word in one.witness.pieces[one.place]]


def _missing(words: Sequence[PiecedWord], bearing: Bearing) -> tuple[Span, ...]:
    return tuple(word.span for word, odds in zip(words, bearing.missing, strict=False) if odds >= _MISSING)


def support_signs(sources: Sequence[Found], bearings: Sequence[Bearing]) -> dict[str, float]:
    """What speaks for and against a sentence that was read with `sources`.

    Tried besides, and left out: the words that the network calls missing and the share of content words that the
    sources have add nothing; containment of bigrams helps in one set of cases by a weight below 0, which no reader
    would believe.
    """
    return {
        "support": sum(one.support for one in bearings) / len(bearings),
        "nearness": max(one.nearness for one in sources),
    }


def judge_same(pairs: Sequence[tuple[Side, Side]]) -> list[float]:
    """How likely the two sides of each pair say the same in other words, 0 to 1."""
    return [weigh("same", signs) for signs in same_signs(pairs)]


def same_signs(pairs: Sequence[tuple[Side, Side]]) -> list[dict[str, float]]:
    """What speaks for and against two sides saying the same; each is read with the other as its source."""
    encoded = [encode(one.pieces, other.pieces) for a, b in pairs for one, other in ((a, b), (b, a))]
    read = iter(read_bearings(encoded))
    return [_same_signs(a, b, [next(read), next(read)]) for a, b in pairs]


def _same_signs(a: Side, b: Side, bearings: Sequence[Bearing]) -> dict[str, float]:
    norms = [[word.norm for word in side.words] for side in (a, b)]
    roots = [frozenset(word.root for word in side.words if word.content) for side in (a, b)]
    return {
        "same": sum(one.same for one in bearings) / 2,
        "support": sum(one.support for one in bearings) / 2,
        "nearness": float(a.vector @ b.vector),
        "overlap": 2 * len(roots[0] & roots[1]) / max(1, len(roots[0]) + len(roots[1])),
        "order": float(LCSseq.normalized_similarity(*norms)),
    }


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


@cache
def _weights(of: str) -> Mapping[str, float]:
    return {row["sign"]: float(row["weight"]) for row in read_table("retold.collation", f"{of}.tsv")}


def weigh(of: str, signs: Mapping[str, float]) -> float:
    """The probability that a logistic regression gives to signs; `of` is the name of its table: "support", "same" or
    "links"."""
    weights = _weights(of)
    return _chance(weights["bias"] + math.fsum(weights[name] * value for name, value in signs.items()))
