"""The network that reads a pair as it is trained."""

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as nnf

from retold.ledger.acts import ACTOR, ACTS, PARTS, PLOVER_ROOTS, STANCES, STATUSES, TARGET, TYPES
from training.acts.examples import Batch
from training.encoder import WIDTH, Encoder

_INNER = 256
_ROLES = 3


class Scores(NamedTuple):
    """Logits: acts [pairs, acts and none]; status, stance, hearsay, plover [pairs, …]; parts [pairs, pieces, PARTS]."""

    acts: Tensor
    status: Tensor
    stance: Tensor
    hearsay: Tensor
    plover: Tensor
    parts: Tensor


class ActNetwork(nn.Module):
    """A sentence with a marked pair to the act that joins the two."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(TYPES, dropout)
        self.whole = nn.Sequential(nn.Linear(4 * WIDTH, _INNER), nn.GELU(), nn.Dropout(0.2))
        self.event = nn.Sequential(nn.Linear(4 * WIDTH, _INNER), nn.GELU(), nn.Dropout(0.2))
        self.acts = nn.Linear(_INNER, len(ACTS) + 1)
        self.status = nn.Linear(_INNER, len(STATUSES))
        self.stance = nn.Linear(_INNER, len(STANCES))
        self.hearsay = nn.Linear(_INNER, 2)
        self.plover = nn.Linear(_INNER, len(PLOVER_ROOTS))
        self.parts = nn.Sequential(nn.Linear(2 * WIDTH, _INNER), nn.GELU(), nn.Linear(_INNER, len(PARTS)))

    def forward(self, vectors: Tensor, types: Tensor, real: Tensor) -> Scores:
        """vectors: [pairs, pieces, WIDTH]; types: [pairs, pieces]; real: the same, 1 where a piece is, else 0."""
        seen = self.encoder(vectors, types, real)
        roles = types % _ROLES
        marked = [_mean(seen, (roles == role).float() * real) for role in (ACTOR, TARGET)]
        told = torch.cat((seen[:, 0], _mean(seen, real), *marked), dim=1)
        act, event = self.whole(told), self.event(told)
        pieces = torch.cat((seen, seen[:, :1].expand_as(seen)), dim=2)
        return Scores(
            self.acts(act),
            self.status(act),
            self.stance(act),
            self.hearsay(act),
            self.plover(event),
            self.parts(pieces),
        )


def _mean(seen: Tensor, weights: Tensor) -> Tensor:
    return (seen * weights[:, :, None]).sum(1) / weights.sum(1, keepdim=True).clamp(min=1)


_DOUBT = 0.1
_WEIGHTS = {"acts": 1.0, "status": 0.5, "stance": 0.4, "hearsay": 0.4, "plover": 1.0, "parts": 0.6}


def loss_of(scores: Scores, batch: Batch) -> Tensor:
    """The loss of a batch: each head over the pairs of which its answer is known."""
    count = len(batch.pieces)
    known = batch.acts.sum(1) > 0
    wanted = batch.acts[known] * (1 - _DOUBT) + _DOUBT / batch.acts.shape[1]
    loss = _WEIGHTS["acts"] * -(wanted * nnf.log_softmax(scores.acts[known], dim=1)).sum() / count
    for name in ("status", "stance", "hearsay", "plover"):
        one = nnf.cross_entropy(getattr(scores, name), getattr(batch, name), label_smoothing=_DOUBT, reduction="none")
        loss = loss + _WEIGHTS[name] * one.sum() / count
    asked = batch.parts >= 0
    if asked.any():
        loss = loss + _WEIGHTS["parts"] * nnf.binary_cross_entropy_with_logits(scores.parts[asked], batch.parts[asked])
    return loss
