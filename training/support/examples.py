"""Pairs as the cross-encoder reads them, in batches."""

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from retold.article import Span
from retold.collation.bearing import Encoded, encode
from retold.language.pieces import PADDING, pad, read_pieces
from training.course import alike_batches
from training.support.pairs import Pair

_BATCH = 32
UNKNOWN = -1.0


class Example(NamedTuple):
    """An encoded pair with what is wanted of it; -1: not known."""

    encoded: Encoded
    wanted: tuple[float, float]
    missing: tuple[float, ...]


class Batch(NamedTuple):
    """pieces, types: [pairs, pieces]; wanted: [pairs, 2]; missing: [pairs, pieces]."""

    pieces: Tensor
    types: Tensor
    wanted: Tensor
    missing: Tensor


def make_example(pair: Pair) -> Example:
    """A pair as the network reads it. Only the first piece of a word is asked whether the word is missing."""
    source = read_pieces(pair.source, [Span(0, len(pair.source))])[0]
    sentence = read_pieces(pair.sentence, [Span(0, len(pair.sentence))])[0]
    encoded = encode(source, sentence)
    missing = [UNKNOWN] * len(encoded.pieces)
    if pair.missing is not None:
        for first, word in zip(encoded.firsts, sentence, strict=False):
            missing[first] = float(any(start < word.span.end and word.span.start < end for start, end in pair.missing))
    wanted = tuple(UNKNOWN if one is None else float(one) for one in (pair.support, pair.same))
    return Example(encoded, (wanted[0], wanted[1]), tuple(missing))


def make_batch(examples: Sequence[Example]) -> Batch:
    """Examples filled up to one length."""
    pieces = pad([one.encoded.pieces for one in examples], PADDING)
    missing = torch.full(pieces.shape, UNKNOWN)
    for row, one in enumerate(examples):
        missing[row, : len(one.missing)] = torch.tensor(one.missing)
    return Batch(
        torch.from_numpy(pieces),
        torch.from_numpy(pad([one.encoded.types for one in examples], 0)),
        torch.tensor([one.wanted for one in examples]),
        missing,
    )


def batches(examples: Sequence[Example], chance: random.Random) -> Iterator[Batch]:
    """All examples once, in chance order; those of like length together, so that little is padded."""
    groups = alike_batches(examples, lambda one: len(one.encoded.pieces), _BATCH, chance)
    yield from map(make_batch, groups)
