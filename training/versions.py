"""How the signs of `retold.lineage.versions` were weighed: `python -m training versions --data FILE --out FOLDER`.

With a hundred pairs, weights of their own for eight signs are mostly noise. So every sign weighs the same in units of
its own spread (Dawes 1979, "The robust beauty of improper linear models"), and one number, the slope, is learned: how
much such a unit says. Left out an article at a time, this was right for .77 of the pairs of like length, with a log
loss of .46 over all; a logistic regression with eight weights for .70, with .50. The signs were chosen on the same
pairs, so what is printed flatters them.

Only rows at even places are read; those at odd places are for `python -m benchmarks directions`. Of the two versions
the longer is cut to the length of the shorter, so that length can teach nothing. There is no chance in it: the same
data give the same table.
"""

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from retold.collation.alignment import Pairings
from retold.collation.witness import Witness, make_witness
from retold.lineage.versions import READERS, version_evidence
from retold.reading import read_text

Vector = npt.NDArray[np.float64]

_MOST = 3.0  # units of its spread that one sign may weigh: with 1, 2 and 3 the log loss was .51, .46 and .46
_STEPS = 30  # of Newton's method, for one number; it stands still after ten
_SPREAD_MIN = 1e-6


class Example(NamedTuple):
    """Two versions, the first earlier: the amount of each sign, in the order of READERS, when the longer is cut to
    the length of the shorter, and when both are whole; and how much longer the longer is, in parts of it."""

    article: str
    cut: Vector
    whole: Vector
    longer: float


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `versions` to the trainings."""
    parser = commands.add_parser("versions", help="weigh the signs of which version came first")
    parser.add_argument("--data", type=Path, required=True, help="JSONL with article_id, old_sentences, new_sentences")
    parser.add_argument("--out", type=Path, required=True, help="folder for versions.tsv")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Learn the table, write it and print how good it is on articles left out."""
    examples = list(read_examples(options.data))
    scales, slope = learn(examples)
    (options.out / "versions.tsv").write_text(table(scales, slope, len(examples)), "utf-8")
    print_crossed(examples, crossed(examples))
    return 0


def read_examples(path: Path) -> Iterable[Example]:
    """The pairs at even places whose versions differ."""
    for line in path.read_text("utf-8").splitlines()[::2]:
        row: dict[str, Any] = json.loads(line)
        old, new = row["old_sentences"], row["new_sentences"]
        if old != new:
            lengths = sorted((_words(old), _words(new)))
            cut = amounts(shortened(old, lengths[0]), shortened(new, lengths[0]))
            yield Example(str(row["article_id"]), cut, amounts(old, new), 1 - lengths[0] / lengths[1])


def _words(sentences: Iterable[str]) -> int:
    return sum(len(sentence.split()) for sentence in sentences)


def shortened(sentences: Sequence[str], words: int) -> list[str]:
    """The first sentences, up to the one that comes nearest to so many words; never none."""
    kept: list[str] = []
    for sentence in sentences:
        if kept and _words(kept) + len(sentence.split()) / 2 > words:
            break
        kept.append(sentence)
    return kept


def amounts(old: Sequence[str], new: Sequence[str]) -> Vector:
    """The amount of each sign between two versions, in the order of READERS."""
    found = {sign.kind: sign.amount for sign in version_evidence(_witness(old), _witness(new), Pairings())}
    return np.array([found.get(kind, 0.0) for kind in READERS])


def _witness(sentences: Sequence[str]) -> Witness:
    return make_witness(read_text("\n\n".join(sentences), name="version"), ())


def learn(examples: Sequence[Example]) -> tuple[Vector, float]:
    """The spread of each sign, and the log-odds that one unit of spread adds."""
    amounts_ = np.array([example.cut for example in examples])
    scales = np.maximum(np.sqrt((amounts_**2).mean(axis=0)), _SPREAD_MIN)
    units = np.array([score(example.cut, scales, 1.0) for example in examples])
    slope = 0.0
    for _ in range(_STEPS):  # the likeliest slope, each pair an example with its order told
        wrong = 1 / (1 + np.exp(slope * units))
        # A prior as strong as one pair keeps the slope finite where every pair is right.
        slope += float((units @ wrong - slope) / (units**2 @ (wrong * (1 - wrong)) + 1))
    return scales, slope


def score(amounts_: Vector, scales: Vector, slope: float) -> float:
    """Log-odds that the first came first."""
    return float(slope * np.clip(amounts_ / scales, -_MOST, _MOST).sum())


def crossed(examples: Sequence[Example]) -> Vector:
    """The log-odds of each pair, both versions whole, by a table learned without its article."""
    found = []
    for example in examples:
        learned = learn([other for other in examples if other.article != example.article])
        found.append(score(example.whole, *learned))
    return np.array(found)


def print_crossed(examples: Sequence[Example], scores: Vector) -> None:
    """How often the order is right, for pairs of like length and for all, and from which log-odds on how often."""
    near = np.array([example.longer < 0.1 for example in examples])
    for name, chosen in (("lengths within 10 %", near), ("all", near | True)):
        print(f"{name:<20} {right(scores[chosen]):.3f} of {chosen.sum()} right")
    print(f"{'log loss':<20} {np.log1p(np.exp(-scores)).mean():.3f}")
    for least in (1.0, 1.5, 2.0, 2.2, 2.5, 3.0):
        sure = np.abs(scores) >= least
        print(
            f"log-odds from {least:<6} {right(scores[sure]):.3f} of {sure.sum()}, "
            f"within 10 % {right(scores[sure & near]):.3f} of {(sure & near).sum()}"
        )


def right(scores: Vector) -> float:
    """The share above 0; a pair of which nothing is said counts half. 0.0 for none."""
    return float(((scores > 0) + (scores == 0) / 2).mean()) if len(scores) else 0.0


def table(scales: Vector, slope: float, count: int) -> str:
    """The text of versions.tsv."""
    rows = [f"{kind}\t{slope / scale:.3f}\t{_MOST * scale:.3f}" for kind, scale in zip(READERS, scales, strict=True)]
    return "\n".join([_HEADER.format(count=count), *rows, ""])


_HEADER = """\
# What each sign says of which of two versions came first, learned by `python -m training versions` from the {count}
# pairs at even places of NewsEdits that differ. weight: log-odds for one unit of the sign's amount (see
# versions.py); most: the amount beyond which it says no more.
sign\tweight\tmost"""
