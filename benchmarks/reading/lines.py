"""Plain text: what each line of a scrape is, and the words of the article among the lines of a whole page.

Scrapes: `labels/blocks.jsonl`, which nothing was tuned on. Whole pages: each is read with weights that were learned
without it and without half of the others (two halves by the order of their names), since the shipped ones learned from
all. Peers: rules of thumb, as no library does this.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from training.lines.examples import (
    Blocks,
    Example,
    LabelledLines,
    hash_text,
    kinds_of,
    line_example,
    read_labels,
    read_lines,
    read_scrapes,
    scrape_examples,
)

from retold.article import RUNNING_TEXT, BlockKind
from retold.reading.deciding import settle
from retold.reading.labelling import KINDS, Weights, label_lines
from retold.reading.lines import Line

LABELS = Path(__file__).parents[1] / "labels" / "blocks.jsonl"
ARTICLE: frozenset[str] = frozenset({"body", "quote-block", "subhead", "dateline"})

Said = Callable[[Example], Sequence[BlockKind]]


def by_retold(example: Example, weights: Weights | None = None) -> list[BlockKind]:
    """The kinds of the lines of an example, as the reader would give them."""
    labels = label_lines(example.lines, example.features, example.leaning, weights)
    return [label.kind for label in settle(example.lines, labels)]


def by_thumb(example: Example) -> list[BlockKind]:
    """Finished lines of forty characters or more are body, all else furniture."""
    return ["body" if line.text[-1] in ".!?”\"’':" and len(line.text) >= 40 else "furniture" for line in example.lines]


class Counts(NamedTuple):
    """Right, said and true."""

    right: int
    said: int
    true: int

    @property
    def precision(self) -> float:
        return self.right / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.true if self.true else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.said + self.true) if self.said + self.true else 0.0


def count(pairs: Iterable[tuple[bool, bool, int]]) -> Counts:
    """Sums over (true, said, weight)."""
    found = list(pairs)
    return Counts(
        sum(weight for true, said, weight in found if true and said),
        sum(weight for _, said, weight in found if said),
        sum(weight for true, _, weight in found if true),
    )


# --- scrapes -------------------------------------------------------------------------------------------------------


class Pair(NamedTuple):
    """A line with its true kind and the one that was said."""

    line: Line
    true: BlockKind
    said: BlockKind


def compare(examples: Sequence[Example], labels: dict[str, Blocks], said: Said) -> list[Pair]:
    """All lines of the scrapes."""
    pairs = []
    for example in examples:
        true = kinds_of(example.lines, labels[example.name])
        pairs += [Pair(*three) for three in zip(example.lines, true, said(example), strict=True)]
    return pairs


def by_kind(pairs: Sequence[Pair]) -> dict[BlockKind, Counts]:
    """The lines of each kind that occurs."""
    kinds = [kind for kind in KINDS if any(pair.true == kind for pair in pairs)]
    return {kind: count((pair.true == kind, pair.said == kind, 1) for pair in pairs) for kind in kinds}


def not_running(pairs: Sequence[Pair]) -> Counts:
    """Lines that are no running text of the article."""
    return count((pair.true not in ARTICLE, pair.said not in ARTICLE, 1) for pair in pairs)


def lost_words(pairs: Sequence[Pair]) -> float:
    """The share of the words of body lines that were taken for something round the article."""
    body = [pair for pair in pairs if pair.true in RUNNING_TEXT]
    lost = sum(pair.line.word_count for pair in body if pair.said not in ARTICLE)
    return lost / sum(pair.line.word_count for pair in body)


def _print_scrapes(data: Path) -> None:
    labels = read_labels(LABELS)
    examples = list(scrape_examples(labels, read_scrapes(data)))
    print(f"\nLines of {len(examples)} scrapes, {sum(len(one.lines) for one in examples):,} lines\n")
    pairs = compare(examples, labels, by_retold)
    print("| kind | lines | precision | recall | F1 |\n|---|---|---|---|---|")
    for kind, own in by_kind(pairs).items():
        print(f"| {kind} | {own.true} | {own.precision:.3f} | {own.recall:.3f} | {own.f1:.3f} |")
    print(f"\nMacro F1 {fmean(own.f1 for own in by_kind(pairs).values()):.3f}")
    print(
        "\n| reader | precision of lines round the article | recall | F1 | body words lost % |\n|---|---|---|---|---|"
    )
    for name, said in (("Retold", by_retold), ("rule of thumb", by_thumb)):
        found = compare(examples, labels, said)
        own = not_running(found)
        print(f"| {name} | {own.precision:.3f} | {own.recall:.3f} | {own.f1:.3f} | {100 * lost_words(found):.2f} |")


# --- whole pages ---------------------------------------------------------------------------------------------------


def words_of(page: LabelledLines, lines: Sequence[Line], said: Sequence[BlockKind]) -> Iterator[tuple[bool, bool, int]]:
    """Each labelled line: is it of the article, was it taken for it, and its words."""
    kinds = {line.span.start: kind for line, kind in zip(lines, said, strict=True)}
    reached = ""
    start = 0
    for line, is_body in page.lines:
        if line.strip():
            reached = kinds.get(start + len(line) - len(line.lstrip()), reached)  # a wrapped paragraph is one line
            yield bool(is_body), reached in ARTICLE, len(line.split())
        start += len(line) + 1


@lru_cache(maxsize=1)
def _examples(data: Path) -> list[Example]:
    from training.lines.train import read_examples

    return read_examples(data)


@lru_cache(maxsize=2)
def learn_without(data: Path, pages: frozenset[str]) -> Weights:
    """Weights learned from all that is for learning but these pages, as plain lines and as HTML."""
    from training.lines.field import learn

    apart = pages | {hash_text(page.text) for page in read_lines(data) if page.name in pages}
    return learn([example for example in _examples(data) if example.name not in apart])


def read_halves(data: Path) -> Iterator[tuple[LabelledLines, Example, Weights]]:
    """Each page as plain lines, with weights learned without its half."""
    pages = sorted(read_lines(data), key=lambda page: page.name)
    for half in (pages[::2], pages[1::2]):
        weights = learn_without(data, frozenset(page.name for page in half))
        for page in half:
            yield page, line_example(page, None), weights


def _print_pages(data: Path) -> None:
    print("\nWords of the article among the lines of 88 whole pages\n")
    halves = list(read_halves(data))
    print("| reader | precision | recall | F1 |\n|---|---|---|---|")
    readers: dict[str, Callable[[Example, Weights], Sequence[BlockKind]]] = {
        "Retold, learned on the other half": by_retold,
        "Retold as shipped": lambda example, _: by_retold(example),
        "rule of thumb": lambda example, _: by_thumb(example),
    }
    for name, said in readers.items():
        found = count(
            words
            for page, example, weights in halves
            for words in words_of(page, example.lines, said(example, weights))
        )
        print(f"| {name} | {found.precision:.3f} | {found.recall:.3f} | {found.f1:.3f} |")


def run(data: Path) -> None:
    """Print both tables."""
    _print_scrapes(data)
    _print_pages(data)
