"""From the trained cross-encoder to the ONNX file that Retold ships."""

import argparse
from pathlib import Path

import torch

from retold.collation.bearing import CAPACITY
from training.encoder import WIDTH, keep_places
from training.graphs import update_card, write_graph
from training.support.network import CrossEncoder


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `export` to the commands."""
    parser = commands.add_parser("export", help="write the file that is shipped")
    parser.add_argument("--weights", type=Path, required=True, help="bearing.pt")
    parser.add_argument("--out", type=Path, required=True, help="src/retold/models")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write `bearing.onnx`."""
    network = CrossEncoder()
    network.load_state_dict(torch.load(options.weights))
    keep_places(network.encoder, CAPACITY)
    inputs = {
        "vectors": torch.randn(2, 24, WIDTH),
        "types": torch.arange(24).expand(2, 24).contiguous() // 6,
        "real": torch.ones(2, 24),
    }
    write_graph(network, inputs, ["scores", "missing"], options.out / "bearing.onnx")
    update_card(options.out)
    return 0
