"""From a trained network to the ONNX file that Retold ships, in int8.

Matrices are quantised to seven bits a weight, one scale a column: with eight, processors without VNNI instructions
overflow in sums of two products (onnxruntime's documentation of `reduce_range`).
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

_ROW = re.compile(r"^(?P<start>\| `(?P<name>[\w.-]+\.(?:onnx|npz|json))` \|.*\|) \w+ \|$", re.MULTILINE)


def write_graph(module: nn.Module, inputs: Mapping[str, Tensor], outputs: Sequence[str], path: Path) -> None:
    """Write a network as a quantised graph. The first two sizes of every input and output stay open."""
    axes = {name: {0: f"{name}_0", 1: f"{name}_1"} for name in [*inputs, *outputs]}
    with TemporaryDirectory() as folder:
        floats = Path(folder) / path.name
        torch.onnx.export(
            module.eval(),
            tuple(inputs.values()),
            str(floats),
            input_names=list(inputs),
            output_names=list(outputs),
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


def update_card(folder: Path) -> None:
    """Write the SHA-256 of each file into its row of the card."""
    card = folder / "README.md"

    def row(match: re.Match[str]) -> str:
        return f"{match['start']} {hashlib.sha256((folder / match['name']).read_bytes()).hexdigest()} |"

    card.write_text(_ROW.sub(row, card.read_text("utf-8")), "utf-8")
