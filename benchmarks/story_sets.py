"""Articles whose stories people have told: BASIL, ECB+ and NewsWCL50, and how alike two partitions are (B³)."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from retold.article import Article
from retold.reading import read_text

FOLDS = 5
"""Parts of ECB+ and NewsWCL50, by topic: what is measured on one was learned on others."""

SETS = ("basil", "ecbplus", "newswcl50")


class Labelled(NamedTuple):
    """An article and the story it belongs to.

    `topic`: the two stories of one kind of ECB+ share it; elsewhere it is the story. `fold`: that of the topic, None
    for BASIL, from which nothing is learned.
    """

    article: Article
    story: str
    topic: str
    fold: int | None


def read_set(data: Path, name: str) -> list[Labelled]:
    """The articles of one set, in the order of their days where they have one. A text of nothing is its title."""
    lines = (data / "stories" / f"{name}.jsonl").read_text("utf-8").splitlines()
    rows = sorted((json.loads(line) for line in lines), key=lambda row: (row["date"] or "", row["doc_id"]))
    topics = sorted({_topic(name, row) for row in rows})
    folds = {topic: None if name == "basil" else place % FOLDS for place, topic in enumerate(topics)}
    return [
        Labelled(_article(row), f"{name} {row['story_id']}", _topic(name, row), folds[_topic(name, row)])
        for row in rows
    ]


def _topic(name: str, row: dict[str, str]) -> str:
    return f"{name} {row['topic_id'] if name == 'ecbplus' else row['story_id']}"


def _article(row: dict[str, str]) -> Article:
    text, title = row["text"].strip() or row["title"], row["title"] or None
    return read_text(text, name=row["doc_id"], title=title, published=row["date"] or None, given_id=row["doc_id"])


class BCubed(NamedTuple):
    """Precision and recall of Bagga and Baldwin (1998): means over articles."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall)

    def __str__(self) -> str:
        return f"B³ F1 {self.f1:.3f} (P {self.precision:.3f}, R {self.recall:.3f})"


def b_cubed(found: Sequence[object], wanted: Sequence[object]) -> BCubed:
    """How well the groups of articles, given as a label for each, are those that were wanted."""
    both, ours, theirs = Counter(zip(found, wanted, strict=True)), Counter(found), Counter(wanted)
    count = len(found)
    precision = sum(shared**2 / ours[one] for (one, _), shared in both.items()) / count
    recall = sum(shared**2 / theirs[other] for (_, other), shared in both.items()) / count
    return BCubed(precision, recall)
