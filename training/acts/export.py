"""From the trained network to the ONNX file that Retold ships."""

import argparse
from pathlib import Path

import torch
from torch import Tensor, nn

from retold.ledger.acts import CAPACITY, GRAPH, TYPES
from training.acts.network import ActNetwork
from training.encoder import WIDTH, keep_places
from training.graphs import update_card, write_graph

OUTPUTS = ["acts", "statuses", "stances", "hearsay", "plover", "parts"]


class Shipped(nn.Module):
    """The network with probabilities for logits."""

    def __init__(self, network: ActNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, vectors: Tensor, types: Tensor, real: Tensor) -> tuple[Tensor, ...]:
        """See `ActNetwork.forward`."""
        scores = self.network(vectors, types, real)
        return (*(torch.softmax(each, dim=1) for each in scores[:-1]), torch.sigmoid(scores.parts))


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `export` to the commands."""
    parser = commands.add_parser("export", help="write the file that is shipped")
    parser.add_argument("--weights", type=Path, required=True, help="acts.pt")
    parser.add_argument("--out", type=Path, required=True, help="src/retold/models")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write `acts.onnx`."""
    network = ActNetwork()
    network.load_state_dict(torch.load(options.weights))
    keep_places(network.encoder, CAPACITY)
    inputs = {
        "vectors": torch.randn(2, 24, WIDTH),
        "types": torch.arange(24).expand(2, 24).contiguous() % TYPES,
        "real": torch.ones(2, 24),
    }
    write_graph(Shipped(network), inputs, OUTPUTS, options.out / GRAPH)
    update_card(options.out)
    return 0
