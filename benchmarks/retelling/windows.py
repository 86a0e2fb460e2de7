"""Stretches of 4 to 8 clean sentences cut from real reports: the material that is retold."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random

from benchmarks.retelling.words import Half, half_of

SOURCES = ("stories/basil.jsonl", "stories/newswcl50.jsonl", "statements/polnear_train.jsonl")
_LONGEST = 1150
_SHORTEST = 380
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Sgt|St|Jr|Sr|Prof|Rev|Inc|Corp|Co|No|vs|Jan|Feb|Aug|Sept"
    r"|Oct|Nov|Dec|Mass|Calif|Fla|Ariz|Ill|Pa|Va|Wis|Mich|Conn|Tenn|Ga|Ky|Md|N\.Y|N\.J|D\.C|a\.m|p\.m)|\b[A-Z])\.$"
)
_BORDER = re.compile(r"[.!?][\"”’)]*(?P<gap>\s+)(?=[A-Z0-9“\"‘$(])|(?P<paragraph>\s*\n\s*)")
_CLEAN_END = re.compile(r"[.!?][\"”’)]*$")
_DIRT = re.compile(
    r"https?:|www\.|@|\.com\b|\[|\]|\||#|\*|_|\.\.\.\.|''|[A-Z]{5,} [A-Z]{4,}|[a-z]\.[A-Z][a-z]|Photo|Getty|Caption"
    r"|^By ",
    re.M,
)


@dataclass(frozen=True)
class Window:
    """Consecutive sentences of a report, and the report's whole text to take other names from."""

    name: str
    text: str
    whole: str

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Offsets of the sentences, in order, white space between them left out."""
        return split_sentences(self.text)

    @cached_property
    def quotations(self) -> tuple[tuple[int, int], ...]:
        """Offsets of what stands in double marks, the marks included."""
        return find_quotations(self.text)

    def quoted(self, offset: int) -> bool:
        """Whether an offset lies inside double marks."""
        return any(start < offset < end for start, end in self.quotations)

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """The sentence that holds an offset; the last one where none does."""
        return next((span for span in self.sentences if span[0] <= offset < span[1]), self.sentences[-1])

    def plain_sentences(self) -> Iterator[tuple[int, int, str]]:
        """The sentences that hold no quotation mark and end with a full stop, with their words."""
        for start, end in self.sentences:
            sentence = self.text[start:end]
            capitals = len(re.findall(r"\b[A-Z]", sentence))
            if (
                sentence.endswith(".")
                and not re.search(r"[\"“”;:?!]", sentence)
                and capitals * 2 < len(sentence.split())
            ):
                yield start, end, sentence


def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Offsets of sentences; a line break always ends one.

    >>> text = "Mr. Low left. He was late."
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['Mr. Low left.', 'He was late.']
    """
    spans, start = [], 0
    for match in _BORDER.finditer(text):
        gap = "paragraph" if match["gap"] is None else "gap"
        if (
            gap == "gap"
            and "\n" not in match["gap"]
            and _ABBREVIATED.search(text[max(0, match.start("gap") - 12) : match.start("gap")])
        ):
            continue
        spans.append((start, match.start(gap)))
        start = match.end(gap)
    spans.append((start, len(text.rstrip())))
    return tuple(span for span in spans if span[1] > span[0])


def find_quotations(text: str) -> tuple[tuple[int, int], ...]:
    """Offsets of quotations in double marks that open and close in one paragraph."""
    return tuple(match.span() for match in re.finditer(r"“[^“”\n]+”|\"[^\"\n]+\"", text))


def cut_windows(name: str, whole: str, rng: Random) -> Iterator[Window]:
    """Cut a report into stretches that do not overlap; those that are not clean are left out."""
    spans = split_sentences(whole)
    at = 0
    while at < len(spans):
        size = rng.randint(4, 7)
        start, end = spans[at][0], spans[min(at + size, len(spans)) - 1][1]
        text = whole[start:end]
        at += size
        if is_clean(text):
            yield Window(name, text, whole)


def is_clean(text: str) -> bool:
    """Whether a stretch is prose of 4 to 8 whole sentences, in whole quotations, said once."""
    sentences = [text[start:end] for start, end in split_sentences(text)]
    return (
        4 <= len(sentences) <= 8
        and _SHORTEST <= len(text) <= _LONGEST
        and not _DIRT.search(text)
        and len(set(sentences)) == len(sentences)
        and all(25 <= len(sentence) <= 330 and _CLEAN_END.search(sentence) for sentence in sentences)
        and all(marks_balance(paragraph) for paragraph in text.split("\n"))
    )


def marks_balance(paragraph: str) -> bool:
    """Whether every quotation that opens closes."""
    return paragraph.count("“") == paragraph.count("”") and paragraph.count('"') % 2 == 0


def load_texts(data: Path, half: Half, sources: tuple[str, ...] = SOURCES) -> list[tuple[str, str]]:
    """(name, text) of the reports of one half, in file order. No-break spaces become spaces."""
    rows = (json.loads(line) for source in sources for line in (data / source).read_text("utf-8").splitlines())
    return [(row["doc_id"], row["text"].replace("\u00a0", " ")) for row in rows if half_of(row["text"]) == half]


def load_windows(data: Path, half: Half, rng: Random) -> list[Window]:
    """All clean windows of one half, shuffled."""
    windows = [window for name, text in load_texts(data, half) for window in cut_windows(name, text, rng)]
    rng.shuffle(windows)
    return windows
