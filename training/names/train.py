"""Train the head of names on the words of a tagger that stands still, and write it as a graph.

The tagger reads every text once; after that a step costs little. WikiGold, which people marked, counts four times.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from benchmarks.reading.name_sets import is_held, read_loose, read_silver, read_wikigold
from torch import Tensor, nn
from torch.nn import functional as nnf

from retold.language.network import load_graph
from retold.language.pieces import PADDING, pad, piece_vectors
from training.cues import is_held as is_held_article
from training.encoder import WIDTH, pace
from training.graphs import update_card, write_graph
from training.names.examples import UNKNOWN, Example, read_examples
from training.names.network import NameHead

_BATCH = 16
_POOL = 16  # batches among which windows of like length are put together
_RATE = 2e-3
_OFTEN = 4
"""How often a round shows a text of WikiGold: it has 29,000 words beside 700,000 that a machine marked."""


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `train` to the commands."""
    parser = commands.add_parser("train", help="learn the head of one size and write its graph")
    parser.add_argument("--data", type=Path, required=True, help="folder of the research data")
    parser.add_argument("--size", choices=("full", "fast"), required=True, help="of the tagger")
    parser.add_argument("--out", type=Path, required=True, help="src/retold/models")
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=7)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Train and write `statements-SIZE-names.onnx`, and the card's hashes."""
    torch.manual_seed(options.seed)
    torch.set_num_threads(1)  # the steps are too small for more to help
    examples = read_training(options.data, options.size)
    head = train(NameHead(), examples, options.steps, random.Random(options.seed))
    export(head, options.out / f"statements-{options.size}-names.onnx")
    update_card(options.out)
    return 0


def read_training(data: Path, size: str) -> list[Example]:
    """All that may be trained on, without what is held apart."""
    read = load_graph(f"statements-{size}-read.onnx")
    wikigold = [one for one in read_wikigold(data) if not is_held(one.text)]
    silver = [one for one in read_silver(data, "train") if not is_held_article(one.id)]
    marked = list(read_examples(wikigold, read))
    return [*marked * _OFTEN, *read_examples(read_loose(data, "wnut17train"), read), *read_examples(silver, read)]


def train(head: NameHead, examples: Sequence[Example], steps: int, chance: random.Random) -> NameHead:
    """Train in place, saying now and then where training stands."""
    optimizer = torch.optim.AdamW(head.parameters(), lr=_RATE, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: pace(step, steps))
    vectors = torch.from_numpy(piece_vectors(np.arange(_PIECES)))
    head.train()
    for step, batch in zip(range(1, steps + 1), batches(examples, chance), strict=False):
        loss = loss_of(head, batch, vectors)
        loss.backward()
        nn.utils.clip_grad_norm_(head.parameters(), 5.0)
        optimizer.step()
        optimizer.zero_grad()
        schedule.step()
        if step % 100 == 0:
            print(f"step {step} of {steps} loss {loss.item():.4f}", flush=True)
    return head


_PIECES = 30522


def batches(examples: Sequence[Example], chance: random.Random) -> Iterator[list[Example]]:
    """Without end: all examples in chance order, those of like length together."""
    while True:
        order = chance.sample(examples, len(examples))
        groups: list[list[Example]] = []
        for start in range(0, len(order), _BATCH * _POOL):
            pool = sorted(order[start : start + _BATCH * _POOL], key=lambda one: len(one.labels))
            groups.extend(pool[at : at + _BATCH] for at in range(0, len(pool), _BATCH))
        chance.shuffle(groups)
        yield from groups


def loss_of(head: NameHead, batch: Sequence[Example], vectors: Tensor) -> Tensor:
    """The mean loss of a word; `vectors`: of all pieces."""
    pieces = torch.from_numpy(pad([one.pieces.tolist() for one in batch], PADDING))
    types = torch.from_numpy(pad([one.types.tolist() for one in batch], 0))
    labels = torch.from_numpy(pad([one.labels.tolist() for one in batch], UNKNOWN))
    words = np.zeros((*labels.shape, WIDTH), np.float32)
    for row, one in enumerate(batch):
        words[row, : len(one.labels)] = one.words
    log_odds = head(torch.from_numpy(words), vectors[pieces], types)
    return nnf.cross_entropy(log_odds.flatten(0, 1), labels.flatten(), ignore_index=UNKNOWN)


def export(head: NameHead, path: Path) -> None:
    """Write the graph."""
    inputs = {
        "words": torch.randn(2, 12, WIDTH),
        "firsts": torch.randn(2, 12, WIDTH),
        "types": torch.zeros(2, 12, dtype=torch.long),
    }
    write_graph(head, inputs, ["names"], path)
