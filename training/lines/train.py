"""`python -m training lines --data … --out …`: learn what a line is, and write `line_weights.tsv`."""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from retold.reading.labelling import KINDS, Weights
from training.lines.examples import (
    Example,
    hash_text,
    line_example,
    page_examples,
    read_labels,
    read_lines,
    read_scrapes,
    scrape_examples,
)
from training.lines.field import learn

LABELS = Path(__file__).parents[2] / "benchmarks" / "labels" / "blocks_for_mending.jsonl"
_SMALLEST = 0.05  # weights of less are left out


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `lines` to the trainings."""
    parser = commands.add_parser("lines", help="learn what the lines of texts and pages are")
    parser.add_argument("--data", type=Path, required=True, help="the folder with reading/")
    parser.add_argument("--out", type=Path, required=True, help="src/retold/reading/data")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Learn from everything for mending and write the weights."""
    write_weights(options.out / "line_weights.tsv", learn(read_examples(options.data)))
    return 0


def read_examples(data: Path) -> list[Example]:
    """All texts and pages to learn from; pages as plain lines and as HTML, with what trafilatura keeps and without."""
    labels = read_labels(LABELS)
    examples = list(scrape_examples(labels, read_scrapes(data), headed=True))
    pages = [(page, labels.get(hash_text(page.text))) for page in read_lines(data)]
    examples += [line_example(page, blocks) for page, blocks in pages if blocks]
    for number, example in enumerate(page_examples(data, labels)):
        examples.append(example)
        if number % 3 == 0:
            examples.append(example._replace(features=[_unextracted(own) for own in example.features]))
    return examples


def _unextracted(features: Sequence[str]) -> list[str]:
    """The features of a line of a page that is too large for trafilatura."""
    kept = [feature for feature in features if not feature.startswith("kept")]
    tag = next((feature for feature in features if feature.startswith("tag:")), "tag:")
    return [*kept, "kept:unknown", "kept around:unknown, unknown, unknown", f"kept:unknown {tag}"]


def write_weights(path: Path, weights: Weights) -> None:
    """Write the table of weights, without the rows in which all are small."""
    rows = {f"after {kind}": weights.steps[place] for place, kind in enumerate(KINDS)}
    rows |= {"the first line": weights.first, "the last line": weights.last}
    rows |= {
        one: own for one, place in weights.places.items() if np.abs(own := weights.features[place]).max() >= _SMALLEST
    }
    lines = ["\t".join([name, *(f"{value:.2f}" for value in own)]) for name, own in rows.items()]
    head = (
        "# What each feature of a line says for each kind, in log-odds, and each kind for the next line's, made by\n"
        "# `python -m training lines`. Card: docs/line-weights.md.\n"
    )
    path.write_text(head + "\n".join(["\t".join(["feature", *KINDS]), *lines, ""]), "utf-8")
