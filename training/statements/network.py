"""The network of the statement tagger, as it is trained.

Theory. PolNeAR's attributions are found in two looks. The first finds cues: a CRF over the words with the states
*outside* and *cue*. The second asks of each cue where its source and its content stand: every word near the cue is seen
again in the light of it (its vector is scaled and shifted by the cue's, Perez et al. 2018), and a second CRF with
the states *outside*, *source* and *content* reads off whole spans. Boundaries and links are so decided together.

Both CRFs score a span of state s from word i to j as enter[i, s] + sum of stay[i..j, s] + leave[j, s].
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as nnf

from retold.statements.decoding import BARRED, DISTANCES
from retold.statements.windows import TYPES
from training.encoder import LAYERS, WIDTH, Encoder

ROLE_WIDTH = 256
ANNOTATORS = 7
"""PolNeAR's six annotators, and 0 for one who is not known: their habits differ, and are learned apart."""


def with_neighbours(x: Tensor) -> Tensor:
    """Words [.., words, width], each with the one before and the one after: [.., words, 3 × width]."""
    before, after = nnf.pad(x[:, :-1], (0, 0, 1, 0)), nnf.pad(x[:, 1:], (0, 0, 0, 1))
    return torch.cat((before, x, after), dim=2)


class CueHead(nn.Module):
    """Word vectors to potentials of cues [.., 3], and of roles whatever the cue [.., 2 × 3]."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.near = nn.Linear(3 * WIDTH, 192)
        self.dropout = nn.Dropout(dropout)
        self.potentials = nn.Linear(192, 9)

    def forward(self, words: Tensor) -> Tensor:
        """words: [windows, words, WIDTH] → [windows, words, 9]."""
        seen = nnf.gelu(self.near(with_neighbours(words)))
        potentials: Tensor = self.potentials(self.dropout(seen))
        return potentials


class RoleHead(nn.Module):
    """The words near a cue, in the light of it, to potentials of source and content."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.cue = nn.Linear(2 * WIDTH, 2 * ROLE_WIDTH)
        self.distance = nn.Embedding(DISTANCES, ROLE_WIDTH)
        self.norm = nn.LayerNorm(ROLE_WIDTH)
        self.near = nn.Linear(3 * ROLE_WIDTH, ROLE_WIDTH)
        self.norm_near = nn.LayerNorm(ROLE_WIDTH)
        self.dropout = nn.Dropout(dropout)
        self.potentials = nn.Linear(ROLE_WIDTH, 6)

    def forward(self, near: Tensor, edges: Tensor, distances: Tensor) -> Tensor:
        """near: [cues, words, ROLE_WIDTH]; edges: [cues, 2 × WIDTH], vectors of the cue's first and last word;
        distances: [cues, words] → [cues, words, 6]."""
        scale, shift = self.cue(edges)[:, None].chunk(2, dim=-1)
        x = nnf.gelu(self.norm(near * (1 + scale) + shift + self.distance(distances)))
        y = nnf.gelu(self.near(with_neighbours(self.dropout(x))))
        potentials: Tensor = self.potentials(self.dropout(self.norm_near(x + y)))
        return potentials


class Tagger(nn.Module):
    """The whole: encoder, cue head and role head."""

    def __init__(self, dropout: float = 0.1, layers: int = LAYERS) -> None:
        super().__init__()
        self.encoder = Encoder(TYPES, dropout, layers)
        self.annotators = nn.Embedding(ANNOTATORS, WIDTH)
        nn.init.zeros_(self.annotators.weight)
        self.cues = CueHead(dropout)
        self.reduce = nn.Linear(WIDTH, ROLE_WIDTH)
        self.roles = RoleHead(dropout)

    def read(
        self, vectors: Tensor, types: Tensor, real: Tensor, firsts: Tensor, annotators: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """The first look: word vectors, the same reduced, and the cue head's potentials."""
        pieces = self.encoder(vectors, types, real)
        words = pieces.gather(1, firsts[:, :, None].expand(-1, -1, WIDTH)) + self.annotators(annotators)[:, None]
        return words, self.reduce(words), self.cues(words)

    def look(self, words: Tensor, reduced: Tensor, flat: Tensor, cues: Tensor, near: Tensor, away: Tensor) -> Tensor:
        """The second look, at cues: [cues, 2] places of their first and last word; near: [cues, words] the places of
        the words around; away: their distances. Places count the words of all windows. → [cues, words, 6]."""
        edges = words.flatten(0, 1)[cues].flatten(1)
        seen = self.roles(reduced.flatten(0, 1)[near], edges, away)
        potentials: Tensor = seen + flat.flatten(0, 1)[:, 3:][near]
        return potentials


def states(potentials: Tensor, allowed: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Potentials [chains, words, 3 × states] with a state *outside* (scored 0) put first; words that are not
    `allowed` [chains, words] can only be outside, and so is one more word at the end."""
    enter, stay, leave = potentials.chunk(3, dim=-1)
    stay = stay.masked_fill(~allowed[:, :, None], BARRED)
    stay = nnf.pad(nnf.pad(stay, (0, 0, 0, 1), value=BARRED), (1, 0))
    return nnf.pad(enter, (1, 0, 0, 1)), stay, nnf.pad(leave, (1, 0, 0, 1))


def log_partition(enter: Tensor, stay: Tensor, leave: Tensor) -> Tensor:
    """The log of the sum over all labellings [chains], by the forward algorithm."""
    same = torch.eye(stay.shape[2], dtype=torch.bool)
    moves = (leave[:, :-1, :, None] + enter[:, 1:, None, :]).masked_fill(same, 0.0)
    alpha = stay[:, 0] + enter[:, 0]
    for step, own in zip(moves.unbind(1), stay[:, 1:].unbind(1), strict=True):
        alpha = torch.logsumexp(alpha[:, :, None] + step, dim=1) + own
    return torch.logsumexp(alpha, dim=1)


def log_score(enter: Tensor, stay: Tensor, leave: Tensor, labels: Tensor) -> Tensor:
    """The score of one labelling [chains, words + 1] of each chain."""
    at = labels[:, :, None]
    changes = (labels[:, 1:] != labels[:, :-1]).float()
    entered = enter.gather(2, at)[:, :, 0]
    left = leave.gather(2, at)[:, :-1, 0]
    moves = (changes * (left + entered[:, 1:])).sum(1)
    score: Tensor = stay.gather(2, at)[:, :, 0].sum(1) + entered[:, 0] + moves
    return score


def loss_of(potentials: Tensor, allowed: Tensor, labels: Tensor) -> Tensor:
    """Minus the log probability of the right labelling [chains]; labels: [chains, words]."""
    scores = states(potentials, allowed)
    return log_partition(*scores) - log_score(*scores, nnf.pad(labels, (0, 1)))
