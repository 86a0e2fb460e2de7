"""Labelled rows of a ledger, and which of the rows found tell the same (benchmarks/labels/README.md)."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from retold.article import Article, Span
from retold.ledger import Entry, find_entries, read_codebook
from retold.pipeline import Found, find_each
from retold.reading import read_text
from retold.statements.attribution import overlap

LABELS = Path(__file__).parents[1] / "labels"


class Label(NamedTuple):
    """A labelled row: `acts` are all that a fair reader would accept, the first the label's own."""

    span: Span
    actor: str
    acts: tuple[str, ...]
    status: str
    hearsay: bool
    issues: tuple[str, ...]


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def label_of(row: dict[str, Any], span: Span) -> Label:
    """A label from its JSON; `span`: where its words stand."""
    issues = (row["issue"], *row.get("also_issues", ()))
    return Label(span, row["actor"], (row["act"], *row["also"]), row["status"], row["hearsay"], issues)


def entries_of(texts: Sequence[str]) -> list[tuple[Article, tuple[Entry, ...]]]:
    """Each text read alone, with the rows found in it."""
    codebook = read_codebook()
    articles = [read_text(text, name=f"text {number}") for number, text in enumerate(texts)]
    found = [one for one in find_each(articles) if isinstance(one, Found)]
    return [(one.article, find_entries([one.article], one.statements, codebook, [one.entities])) for one in found]


def overlaps(label: Label, entry: Entry) -> bool:
    """Whether some words of the two are the same."""
    return overlap(label.span, entry.evidence.span)


def same_actor(label: Label, entry: Entry) -> bool:
    """Whether the actor is the same, or the side for which the labelled body stands."""
    names = [name for name in (entry.actor, entry.organization) if name]
    return any(_folded(label.actor) == _folded(name) for name in names) or _surname(label.actor) == _surname(
        entry.actor
    )


def _folded(name: str) -> str:
    return name.casefold().removeprefix("the ").replace("-", " ")


def _surname(name: str) -> str:
    return _folded(name).split()[-1]


def tells(label: Label, entry: Entry) -> bool:
    """Whether an entry tells the labelled act of the labelled actor, in overlapping words."""
    return overlaps(label, entry) and entry.act in label.acts and same_actor(label, entry)


def tells_all(label: Label, entry: Entry) -> bool:
    """Whether it tells its status and whether it is hearsay too."""
    return tells(label, entry) and entry.status == label.status and entry.hearsay is label.hearsay


def share(hits: Iterable[bool]) -> float:
    """The share of what holds; 0 of nothing."""
    all_hits = list(hits)
    return sum(all_hits) / len(all_hits) if all_hits else 0.0
