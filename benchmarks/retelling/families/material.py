"""The articles that families are made of: roots, reports of the same story, and machine rewrites."""

import json
from collections import defaultdict
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks.retelling.families.derive import Paragraphs, count_sentences, read_paragraphs
from benchmarks.retelling.windows import find_quotations, load_texts
from benchmarks.retelling.words import Half, half_of

_SHORTEST, _LONGEST = 15, 30
_UNITS = 8  # sources in a machine-rewritten document


class Rewritten(NamedTuple):
    """A document joined from human paragraphs, and what a machine made of it, by prompt."""

    source: str
    derived: dict[str, str]


class Material(NamedTuple):
    """What one half offers. `stories`: two or three independent reports of one event each."""

    stories: list[list[Paragraphs]]
    singles: list[Paragraphs]
    rewritten: list[Rewritten]


def load_material(data: Path, half: Half, rng: Random) -> Material:
    """Everything of one half, shuffled."""
    singles = [text for _, text in load_texts(data, half, ("statements/polnear_train.jsonl",))]
    roots = [root for root in map(_as_root, singles) if root]
    stories, rewritten = _stories(data, half), _rewritten(data, half)
    rng.shuffle(stories)
    rng.shuffle(roots)
    rng.shuffle(rewritten)
    return Material(stories, roots, rewritten)


def _as_root(text: str) -> Paragraphs | None:
    """An article of 15 to 30 sentences with quotations (longer ones are cut); None where it is none."""
    paragraphs = read_paragraphs(text, _LONGEST)
    enough = _SHORTEST <= count_sentences(paragraphs) <= _LONGEST + 5 and len(paragraphs) >= 6
    return paragraphs if enough and len(find_quotations(text)) >= 2 else None


def _stories(data: Path, half: Half) -> list[list[Paragraphs]]:
    stories: dict[str, list[Paragraphs]] = defaultdict(list)
    for line in (data / "stories" / "basil.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        root = _as_root(row["text"]) if half_of(row["text"]) == half else None
        if root:
            stories[row["story_id"]].append(root)
    return [reports for reports in stories.values() if len(reports) >= 2]


def _rewritten(data: Path, half: Half) -> list[Rewritten]:
    """Documents of eight neighbouring human paragraphs that every prompt was run on."""
    units: dict[str, dict[str, str]] = defaultdict(dict)
    for line in (data / "retelling" / "machine_rewrites_news.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["source_kind"] == "human":
            units[row["source"]][row["prompt"]] = row["derived"]
    sources = [source for source, derived in units.items() if len(derived) == 6]
    groups = [sources[at : at + _UNITS] for at in range(0, len(sources) - _UNITS + 1, _UNITS)]
    documents = [_joined(group, units) for group in groups]
    return [document for document in documents if half_of(document.source) == half]


def _joined(sources: list[str], units: dict[str, dict[str, str]]) -> Rewritten:
    prompts = units[sources[0]]
    derived = {prompt: "\n\n".join(units[source][prompt].strip() for source in sources) for prompt in prompts}
    return Rewritten("\n\n".join(sources), derived)
