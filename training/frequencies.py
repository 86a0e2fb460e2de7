"""How `document_frequencies.tsv` was counted: `python -m training frequencies --data FOLDER --out FOLDER`.

Counted are the articles of PolNeAR (train), of Article-Bias-Prediction's sample, of NewsEdits (the later versions), and
the source documents of QAGS and SummEdits: none is of the sets that stories are measured on. An article that stands
there twice counts once. Forms of one article only are left out: they are names mostly, as rare as what is missing.
There is no chance in it.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from retold.stories.terms import forms_of

_LEAST = 2  # articles that use a form
_OPENING = 200  # characters at the start that make two articles one


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `frequencies` to the trainings."""
    parser = commands.add_parser("frequencies", help="count in how many articles each word stands")
    parser.add_argument("--data", type=Path, required=True, help="the folder with statements/, reading/, retelling/")
    parser.add_argument("--out", type=Path, required=True, help="folder for document_frequencies.tsv")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Count, and write the table."""
    texts = {text[:_OPENING]: text for text in read_texts(options.data)}
    (options.out / "document_frequencies.tsv").write_text(table(list(texts.values())), "utf-8")
    return 0


def read_texts(data: Path) -> Iterator[str]:
    """The articles that are counted."""
    yield from (row["text"] for row in _rows(data / "statements" / "polnear_train.jsonl"))
    yield from (row["content_original"] for row in _rows(data / "reading" / "noisy_articles.jsonl"))
    yield from ("\n".join(row["new_sentences"]) for row in _rows(data / "retelling" / "newsedits_versions.jsonl"))
    for name in ("qags", "summedits_news"):
        yield from (row["doc"] for row in _rows(data / "retelling" / f"{name}.jsonl"))


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def table(texts: list[str]) -> str:
    """The text of document_frequencies.tsv."""
    counts: Counter[str] = Counter()
    for forms in forms_of(texts):
        counts.update(forms)
    common = sorted((-count, form) for form, count in counts.items() if count >= _LEAST)
    return "\n".join([_HEADER, f"*\t{len(texts)}", *(f"{form}\t{-count}" for count, form in common), ""])


_HEADER = """\
# In how many articles each form of `retold.stories.terms` stands, counted by `python -m training frequencies`;
# "*" is the number of all articles.
form\tarticles"""
