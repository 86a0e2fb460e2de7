"""Tokenised research texts (a token and its label a line) made into running text again."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

_CLOSING = frozenset(".,;:!?)]}%”’…")
_OPENING = frozenset("([{“‘$£€#")
_TIGHT = frozenset(("n't", "'s", "’s", "'re", "’re", "'ve", "’ve", "'ll", "’ll", "'m", "’m", "'d", "’d", "''"))
_STRAIGHT = frozenset("\"'")


class Labelled(NamedTuple):
    """A token and its label ("O": none)."""

    token: str
    label: str


class Placed(NamedTuple):
    """A token in running text: `text[start:end]`."""

    start: int
    end: int


def read_sentences(path: Path) -> Iterator[list[Labelled]]:
    """The sentences of a file, in order. A line "-DOCSTART- O" comes as a sentence of its own."""
    lines = path.read_text("utf-8").splitlines()
    for is_empty, group in groupby(lines, key=lambda line: not line.strip()):
        if not is_empty:
            yield [Labelled(*line.rsplit(None, 1)) for line in group if len(line.split()) > 1]


def join(tokens: Sequence[str]) -> tuple[str, list[Placed]]:
    """Running text of tokens, with white space where English has it, and where each token stands in it.

    Straight quotation marks open and close by turns, but one that ends the sentence closes. Hyphens that stand alone
    between words stay apart.

    >>> join(["“", "We", "do", "n't", ",", "”", "she", "said", "."])[0]
    '“We don\\'t,” she said.'
    """
    text, places, tight = "", [], True
    is_open = dict.fromkeys(_STRAIGHT, False)
    for number, token in enumerate(tokens, 1):
        closes = token in _TIGHT or token[0] in _CLOSING or is_open.get(token, False)
        closes = closes or (token in is_open and number == len(tokens) > 1)
        text += "" if tight or closes else " "
        places.append(Placed(len(text), len(text) + len(token)))
        text += token
        if token in is_open:
            is_open[token] = not closes
        tight = token in _OPENING or token == "``" or is_open.get(token, False)
    return text, places


def spans(labels: Iterable[str], places: Sequence[Placed]) -> Iterator[tuple[int, int, str]]:
    """The labelled stretches as (start, end, type), of labels like "B-type" and "I-type"."""
    start, end, kind = 0, 0, ""
    for label, place in zip(labels, places, strict=True):
        mark, _, own = label.partition("-")
        if kind and (mark != "I" or own != kind):
            yield start, end, kind
            kind = ""
        if own:
            start, end, kind = (place.start if not kind else start), place.end, own
    if kind:
        yield start, end, kind
