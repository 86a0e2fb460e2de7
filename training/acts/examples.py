"""What the network learns from, in batches."""

import random
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from retold.language.pieces import PADDING, pad
from retold.ledger.acts import PARTS
from training.acts.rows import NONE, Example
from training.course import alike_batches


class Batch(NamedTuple):
    """pieces, types: [pairs, pieces]; acts: [pairs, acts and none], 0 where not known; status, stance, hearsay, plover:
    [pairs], UNKNOWN where not known; parts: [pairs, pieces, PARTS], -1 where not asked."""

    pieces: Tensor
    types: Tensor
    acts: Tensor
    status: Tensor
    stance: Tensor
    hearsay: Tensor
    plover: Tensor
    parts: Tensor


def make_batch(examples: Sequence[Example]) -> Batch:
    """Examples filled up to one length."""
    pieces = pad([one.encoded.pieces for one in examples], PADDING)
    parts = torch.full((*pieces.shape, len(PARTS)), -1.0)
    for row, one in enumerate(examples):
        for index, part in enumerate(one.wanted.parts):
            marks = [float(part is not None and part.start <= w.start < part.end) for w in one.encoded.words]
            parts[row, list(one.encoded.firsts), index] = torch.tensor(marks)
    return Batch(
        torch.from_numpy(pieces),
        torch.from_numpy(pad([one.encoded.types for one in examples], 0)),
        torch.tensor([one.wanted.acts or (0.0,) * (NONE + 1) for one in examples]),
        torch.tensor([one.wanted.status for one in examples]),
        torch.tensor([one.wanted.stance for one in examples]),
        torch.tensor([one.wanted.hearsay for one in examples]),
        torch.tensor([one.wanted.plover for one in examples]),
        parts,
    )


_BATCH = 16


def batches(examples: Iterable[Example], chance: random.Random) -> Iterator[Batch]:
    """All examples once, in chance order; those of like length together, so that little is padded."""
    groups = alike_batches(examples, lambda one: len(one.encoded.pieces), _BATCH, chance)
    yield from map(make_batch, groups)
