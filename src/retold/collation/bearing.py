"""What the cross-encoder says of a sentence and the words that may bear it out.

It reads both at once, and marks each word with whether the other side has it too: what differs is then seen at once,
and what the difference means is what it has learned (card in `retold/models/README.md`).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from retold.language.network import load_graph, on_all_cores
from retold.language.pieces import BREAK, PADDING, START, PiecedWord, alike, pad, piece_vectors

CAPACITY = 256
"""Word pieces of source and sentence together, with the three marks around them."""

_MOST_OF_SENTENCE = 128
TYPES = 4
"""Kinds of pieces: of the source or of the sentence, each in a word that the other side lacks or has."""

_BATCH = 8


class Encoded(NamedTuple):
    """Source and sentence as the network reads them. `firsts`: where each word of the sentence that is read begins."""

    pieces: tuple[int, ...]
    types: tuple[int, ...]
    firsts: tuple[int, ...]


class Bearing(NamedTuple):
    """What is said of a pair. `support`: log-odds that the source bears the sentence out; `same`: that the two say
    the same in other words; `missing`: for each word of the sentence (those read) the log-odds that the source does not
    bear this word out.
    """

    support: float
    same: float
    missing: tuple[float, ...]


def encode(source: Sequence[PiecedWord], sentence: Sequence[PiecedWord]) -> Encoded:
    """Put a source and a sentence together; the ends of what is too long are left out."""
    has = {word.pieces for word in source}, {word.pieces for word in sentence}
    back: list[tuple[int, int]] = []
    firsts: list[int] = []
    for word in sentence:
        if len(back) + len(word.pieces) > _MOST_OF_SENTENCE:
            break
        firsts.append(len(back))
        back += [(piece, 2 + (word.pieces in has[0])) for piece in word.pieces]
    front = [(piece, int(word.pieces in has[1])) for word in source for piece in word.pieces]
    front = front[: CAPACITY - 3 - len(back)]
    whole = [(START, 0), *front, (BREAK, 0), *back, (BREAK, 2)]
    shift = len(front) + 2
    return Encoded(
        tuple(piece for piece, _ in whole), tuple(kind for _, kind in whole), tuple(shift + at for at in firsts)
    )


def read_bearings(pairs: Sequence[Encoded]) -> list[Bearing]:
    """What the network says of each pair, in their order. Pairs of the same words are read once."""
    different = list(dict.fromkeys(pairs))
    groups = [[different[index] for index in chosen] for chosen in alike([one.pieces for one in different], _BATCH)]
    found: dict[Encoded, Bearing] = {}
    for group, bearings in zip(groups, on_all_cores(_read, groups), strict=True):
        found.update(zip(group, bearings, strict=True))
    return [found[pair] for pair in pairs]


def _read(pairs: Sequence[Encoded]) -> list[Bearing]:
    ids, types = pad([one.pieces for one in pairs], PADDING), pad([one.types for one in pairs], 0)
    real = (ids != PADDING).astype(np.float32)
    scores, missing = load_graph("bearing.onnx").run(vectors=piece_vectors(ids), types=types, real=real)
    return [
        Bearing(float(support), float(same), tuple(row[list(one.firsts)].tolist()))
        for one, (support, same), row in zip(pairs, scores, missing, strict=True)
    ]
