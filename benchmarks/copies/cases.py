"""Articles, copies of some of them, and which is a copy of which: made by the model, or of real articles."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
from numpy.random import Generator

from benchmarks.copies.generator import COLUMNS, Copyist, Model, Words

Half = Literal["even", "odd"]
Pair = tuple[int, int]
"""Places of two documents, the earlier one first."""

_NEWS = {
    "stories/basil.jsonl": "text",
    "stories/newswcl50.jsonl": "text",
    "reading/noisy_articles.jsonl": "content_original",
    "statements/polnear_train.jsonl": "text",
}
_ORIGINAL = "original"
_QUOTED = re.compile(r"[“\"][^“”\"]{1,600}[”\"]")


class Document(NamedTuple):
    """A text. `family`: the place of its original among the originals, None when nothing is a copy of it.
    `original`: what it is a copy of; of others the text itself.
    """

    text: str
    family: int | None
    column: str
    original: str


class Score(NamedTuple):
    """The part of the copies that were found to share text with their original, by column, and of all findings
    the part that joins two texts of one family.
    """

    recall: dict[str, float]
    precision: float
    wrong: tuple[Pair, ...]


def read_news(data: Path, half: Half) -> list[Words]:
    """The public articles whose SHA-256 begins with an even or an odd byte, each as its words."""
    texts = (json.loads(line)[field] for name, field in _NEWS.items() for line in _lines(data / name))
    return [text.split() for text in texts if (sha256(text.encode()).digest()[0] % 2 == 0) == (half == "even")]


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def make_documents(originals: Sequence[Words], unrelated: Iterable[Words], copyist: Copyist) -> list[Document]:
    """The originals with a copy of each kind, and the unrelated ones, in random order."""
    documents = [Document(text, None, "unrelated", text) for text in map(" ".join, unrelated)]
    for family, words in enumerate(originals):
        text = " ".join(words)
        documents.append(Document(text, family, _ORIGINAL, text))
        documents += (
            Document(" ".join(copy(copyist, words)), family, column, text) for column, copy in COLUMNS.items()
        )
    return [documents[place] for place in copyist.random.permutation(len(documents))]


def synthetic_documents(model: Model, count: int, random: Generator) -> list[Document]:
    """So many documents: a twelfth are originals, five twelfths copies of them, and half are unrelated."""
    families = count // 12
    unrelated = model.articles(count - (len(COLUMNS) + 1) * families, random)
    return make_documents(model.articles(families, random), unrelated, Copyist(model, random))


def real_documents(articles: Sequence[Words], model: Model, random: Generator) -> list[Document]:
    """A third of the articles, without their quotations, with a copy of each kind, and the others. Which of them share
    text is not known.
    """
    articles = [without_quotations(" ".join(words)).split() for words in articles]
    middle = len(articles) // 3
    return make_documents(articles[:middle], articles[middle:], Copyist(model, random))


def score(documents: Sequence[Document], found: set[Pair]) -> Score:
    """How many copies were found, and how many of the findings are right."""
    places = {(each.family, each.column): place for place, each in enumerate(documents) if each.family is not None}
    recall = {}
    for column in COLUMNS:
        copies = [(place, places[family, _ORIGINAL]) for (family, kind), place in places.items() if kind == column]
        recall[column] = float(np.mean([(min(pair), max(pair)) in found for pair in copies]))
    wrong = tuple(sorted(pair for pair in found if not _is_family(documents, pair)))
    return Score(recall, 1 - len(wrong) / max(1, len(found)), wrong)


def _is_family(documents: Sequence[Document], pair: Pair) -> bool:
    one, other = (documents[place].family for place in pair)
    return one is not None and one == other


def without_quotations(text: str) -> str:
    """What reporters who stood before one speaker need not share."""
    return _QUOTED.sub(" ", text)


def share_a_run(one: Document, other: Document, length: int = 20) -> bool:
    """Whether the originals of two documents have so many words in a row in common."""
    first, second = (set(_runs(document.original.split(), length)) for document in (one, other))
    return not first.isdisjoint(second)


def _runs(words: Words, length: int) -> Iterator[tuple[str, ...]]:
    return (tuple(words[start : start + length]) for start in range(len(words) - length + 1))


def version_pairs(data: Path, half: Half) -> list[tuple[str, str]]:
    """Two versions of a report each, where they differ (NewsEdits, at even or odd places)."""
    rows = [json.loads(line) for line in _lines(data / "retelling" / "newsedits_versions.jsonl")]
    pairs = [(" ".join(row["old_sentences"]), " ".join(row["new_sentences"])) for row in rows[half == "odd" :: 2]]
    return [pair for pair in pairs if pair[0] != pair[1]]


def independent_pairs(data: Path, half: Half, chosen_on: int = 75) -> list[tuple[str, str]]:
    """Reports of one event by different outlets (BASIL), of stories in the first 75 articles or in the others only."""
    rows = [json.loads(line) for line in _lines(data / "stories" / "basil.jsonl")]
    first = {row["story_id"] for row in rows[:chosen_on]}
    rows = rows[:chosen_on] if half == "even" else [row for row in rows[chosen_on:] if row["story_id"] not in first]
    return [(a["text"], b["text"]) for a, b in combinations(rows, 2) if a["story_id"] == b["story_id"]]
