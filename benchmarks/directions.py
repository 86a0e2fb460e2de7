"""Which of two versions of one report came first, without a date: Retold beside two peers, in one run.

Peers: the longer text is the later one; and the text of whose word 5-grams the other holds the larger part is the
earlier one. Pairs: successive versions in NewsEdits that differ. Signs and weights were chosen on the rows at even
places; the figures that count are on those at odd places. A pair of which nothing is said counts half.
"""

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from retold.collation.alignment import Pairings
from retold.collation.witness import Witness, make_witness
from retold.lineage.versions import LIKELY, order_of_versions
from retold.reading import read_text

_GRAM = 5
_NEAR = 0.1  # part of the longer text's words by which a pair "of like length" may differ


class Versions(NamedTuple):
    """The earlier and the later of two versions."""

    old: Witness
    new: Witness


def read_versions(path: Path, rows: str) -> Iterator[Versions]:
    """The pairs that differ among the rows at even or odd places."""
    for line in path.read_text("utf-8").splitlines()[rows == "odd" :: 2]:
        row = json.loads(line)
        if row["old_sentences"] != row["new_sentences"]:
            texts = ("\n\n".join(row[side]) for side in ("old_sentences", "new_sentences"))
            yield Versions(*(make_witness(read_text(text, name="version"), ()) for text in texts))


def by_signs(pair: Versions) -> float:
    """Log-odds, by Retold, that the earlier version is the earlier."""
    return order_of_versions(pair.old, pair.new, Pairings()).log_odds


def by_length(pair: Versions) -> float:
    """How many words more the later version has."""
    return _length(pair.new) - _length(pair.old)


def by_grams(pair: Versions) -> float:
    """How much larger a part of the earlier version's 5-grams the later one holds than the other way round."""
    old, new = (_grams(witness) for witness in pair)
    shared = len(old & new)
    return shared / max(1, len(old)) - shared / max(1, len(new))


def _length(witness: Witness) -> int:
    return len(witness.article.text.split())


def _grams(witness: Witness) -> set[tuple[str, ...]]:
    norms = [word.norm for sentence in witness.sentences for word in sentence.words]
    return {tuple(norms[at : at + _GRAM]) for at in range(len(norms) - _GRAM + 1)}


def is_near(pair: Versions) -> bool:
    """Whether the two versions are of like length."""
    shorter, longer = sorted((_length(pair.old), _length(pair.new)))
    return longer - shorter < _NEAR * longer


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `python -m benchmarks directions`."""
    parser = commands.add_parser("directions", help=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder with retelling/")
    parser.add_argument("--rows", choices=("even", "odd"), default="odd", help="even: those that were learned from")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print how often the order is right, for pairs of like length and for all, and how often "likely" is."""
    pairs = list(read_versions(options.data / "retelling" / "newsedits_versions.jsonl", options.rows))
    near = [pair for pair in pairs if is_near(pair)]
    methods: dict[str, Callable[[Versions], float]] = {
        "Retold": by_signs,
        "longer is later": by_length,
        "5-gram containment": by_grams,
    }
    for name, method in methods.items():
        within, whole = (share_right([method(pair) for pair in chosen]) for chosen in (near, pairs))
        print(f"{name:<20} lengths within 10 %: {within:.3f} of {len(near)}, all: {whole:.3f} of {len(pairs)}")
    for name, chosen in (("lengths within 10 %", near), ("all", pairs)):
        sure = [score for score in map(by_signs, chosen) if abs(score) >= LIKELY]
        right = sum(score > 0 for score in sure)
        print(f"Retold says likely, {name}: {len(sure)}/{len(chosen)}, of which {right} right")
    return 0


def share_right(scores: Sequence[float]) -> float:
    """The share above 0, those of exactly 0 counted half. 0.0 for none."""
    return sum((score > 0) + (score == 0) / 2 for score in scores) / max(1, len(scores))
