"""The cross-encoder as it is trained: what a source says of a sentence, and of each of its words."""

import torch
from torch import Tensor, nn
from torch.nn import functional as nnf

from retold.collation.bearing import TYPES
from training.encoder import WIDTH, Encoder

_INNER = 192


class CrossEncoder(nn.Module):
    """Source and sentence, read at once, to two log-odds (support, same) and one for each piece (missing)."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(TYPES, dropout)
        self.words = nn.Sequential(nn.Linear(WIDTH, _INNER), nn.GELU(), nn.Dropout(dropout), nn.Linear(_INNER, 1))
        self.whole = nn.Sequential(
            nn.Linear(3 * WIDTH + 2, _INNER), nn.GELU(), nn.Dropout(dropout), nn.Linear(_INNER, 2)
        )

    def forward(self, vectors: Tensor, types: Tensor, real: Tensor) -> tuple[Tensor, Tensor]:
        """vectors: [pairs, pieces, WIDTH]; types: [pairs, pieces]; real: the same, 1 where a piece is, else 0
        → scores [pairs, 2], missing [pairs, pieces]."""
        seen = self.encoder(vectors, types, real)
        missing = self.words(seen)[:, :, 0]
        own = (types >= 2).float() * real
        told = own / own.sum(1, keepdim=True).clamp(min=1)
        rest = real - own
        source = rest / rest.sum(1, keepdim=True).clamp(min=1)
        odds = missing.masked_fill(own == 0, -20.0)
        worst, mean = torch.sigmoid(odds).max(1).values, (torch.sigmoid(odds) * told).sum(1)
        summary = torch.cat(
            (
                seen[:, 0],
                (seen * told[:, :, None]).sum(1),
                (seen * source[:, :, None]).sum(1),
                worst[:, None],
                mean[:, None],
            ),
            dim=1,
        )
        return self.whole(summary), missing


def loss_of(scores: Tensor, missing: Tensor, wanted: Tensor, wanted_missing: Tensor) -> Tensor:
    """wanted: [pairs, 2], wanted_missing: [pairs, pieces]; each 1, 0, or -1 where it is not known."""
    known = wanted >= 0
    loss = nnf.binary_cross_entropy_with_logits(scores[known], smoothed(wanted[known]), reduction="sum") / len(scores)
    pieces = wanted_missing >= 0
    if pieces.any():
        labels = wanted_missing[pieces]
        weights = 1 + _MORE_FOR_MISSING * labels
        loss = loss + nnf.binary_cross_entropy_with_logits(missing[pieces], labels, weight=weights)
    return loss


_MORE_FOR_MISSING = 3.0  # one word in fifteen is missing
_DOUBT = 0.04


def smoothed(wanted: Tensor) -> Tensor:
    """Labels that are never quite sure: people disagree, and edits are sometimes harmless."""
    return wanted * (1 - 2 * _DOUBT) + _DOUBT
