"""The head that names people, bodies and places, on the words of a tagger that stands still.

Its vectors were learned for statements and have lost some of what a word is; so the head sees each word's first piece
again, by the shared table, and how the word is written.
"""

from torch import Tensor, nn
from torch.nn import functional as nnf

from retold.statements.naming import LABELS
from retold.statements.windows import TYPES
from training.encoder import WIDTH
from training.statements.network import with_neighbours

_WIDTH = 128


class NameHead(nn.Module):
    """Word vectors, the vectors of their first pieces and their types to log-odds of labels."""

    def __init__(self, dropout: float = 0.2) -> None:
        super().__init__()
        self.types = nn.Embedding(TYPES, _WIDTH)
        self.word = nn.Linear(WIDTH, _WIDTH)
        self.piece = nn.Linear(WIDTH, _WIDTH)
        self.norm = nn.LayerNorm(_WIDTH)
        self.near = nn.Linear(3 * _WIDTH, _WIDTH)
        self.norm_near = nn.LayerNorm(_WIDTH)
        self.far = nn.Linear(3 * _WIDTH, _WIDTH)
        self.dropout = nn.Dropout(dropout)
        self.labels = nn.Linear(_WIDTH, LABELS)

    def forward(self, words: Tensor, firsts: Tensor, types: Tensor) -> Tensor:
        """words, firsts: [windows, words, WIDTH]; types: [windows, words] → [windows, words, LABELS]."""
        x = self.word(self.dropout(words)) + self.piece(self.dropout(firsts)) + self.types(types)
        x = self.norm(nnf.gelu(x))
        x = self.norm_near(x + nnf.gelu(self.near(with_neighbours(self.dropout(x)))))
        x = x + nnf.gelu(self.far(with_neighbours(self.dropout(x))))
        labels: Tensor = self.labels(self.dropout(x))
        return labels
