"""PolNeAR's articles as the network is trained on them: windows of words, labelled."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import torch
from benchmarks.statements import Document, Marked, make_article
from torch import Tensor

from retold.language.pieces import pad
from retold.statements.decoding import CONTENT, OUTSIDE, SOURCE, surroundings
from retold.statements.quotations import outer_spans, paragraphs
from retold.statements.windows import Window, make_windows


class LabelledCue(NamedTuple):
    """A gold attribution in one window: the places of its cue's first and last word, and a label for each word."""

    first: int
    last: int
    roles: tuple[int, ...]


class Example(NamedTuple):
    """A window with its gold attributions and whose they are."""

    window: Window
    cues: tuple[LabelledCue, ...]
    annotator: int


class Batch(NamedTuple):
    """Examples as tensors. Windows are padded; places count the padded words of all windows."""

    pieces: Tensor  # [windows, pieces]
    types: Tensor
    firsts: Tensor  # [windows, words]
    words: Tensor  # [windows, words], true where a word is
    annotators: Tensor  # [windows]
    cue_labels: Tensor  # [windows, words]
    cues: Tensor  # [cues, 2]
    near: Tensor  # [cues, 2 × REACH]
    away: Tensor
    allowed: Tensor
    role_labels: Tensor


def make_examples(document: Document, annotator: int, first: int | None = None) -> list[Example]:
    """The windows of a document; `first`: the capacity of the first, to cut it elsewhere."""
    own = paragraphs(make_article(document.text))
    windows = make_windows(document.text, own, outer_spans(document.text, own), first=first)
    return [Example(window, tuple(_cues(window, document.gold)), annotator) for window in windows]


def _cues(window: Window, gold: Iterable[Marked]) -> Iterable[LabelledCue]:
    seen = set()
    for one in gold:
        places = _inside(window, one.cue)
        if not places or places[0] in seen:
            continue
        seen.add(places[0])
        roles = [OUTSIDE] * len(window.words)
        for role, spans in ((SOURCE, one.source), (CONTENT, one.content)):
            for place in _inside(window, spans):
                roles[place] = role
        yield LabelledCue(places[0], places[-1], tuple(roles))


def _inside(window: Window, spans: Sequence[tuple[int, int]]) -> list[int]:
    """The words of a window of which more than half lies in the spans."""
    places = []
    for start, end in spans:
        first = bisect_right(window.words, start, key=lambda word: word.end)
        last = bisect_left(window.words, end, key=lambda word: word.start)
        for place in range(first, last):
            word = window.words[place]
            if 2 * (min(end, word.end) - max(start, word.start)) > word.end - word.start:
                places.append(place)
    return sorted(places)


def make_batch(examples: Sequence[Example]) -> Batch:
    """Pad examples to one size; a cue looks no further than its window."""
    most = max(len(one.window.firsts) for one in examples)
    cues = [(row, cue) for row, one in enumerate(examples) for cue in one.cues]
    edges = np.array([(row * most + cue.first, row * most + cue.last) for row, cue in cues], np.int64).reshape(-1, 2)
    bounds = [(row * most, row * most + len(examples[row].window.words)) for row, _ in cues]
    around = surroundings(edges, np.array(bounds, np.int64).reshape(-1, 2))
    roles = [[*cue.roles, *[OUTSIDE] * (most - len(cue.roles))] for _, cue in cues]
    rows = np.array([row for row, _ in cues], np.int64)[:, None]
    labels = np.array(roles, np.int64).reshape(len(cues), most)
    near = around.near - rows * most
    role_labels = np.where(around.allowed, labels[np.arange(len(cues))[:, None], near], OUTSIDE)
    return Batch(
        pieces=_padded([one.window.pieces for one in examples]),
        types=_padded([one.window.types for one in examples]),
        firsts=_padded([one.window.firsts for one in examples]),
        words=_padded([[1] * len(one.window.words) for one in examples]).bool(),
        annotators=torch.tensor([one.annotator for one in examples]),
        cue_labels=_padded([_cue_labels(one) for one in examples]),
        cues=torch.from_numpy(edges),
        near=torch.from_numpy(around.near),
        away=torch.from_numpy(around.away),
        allowed=torch.from_numpy(around.allowed),
        role_labels=torch.from_numpy(role_labels),
    )


def _cue_labels(example: Example) -> list[int]:
    labels = [0] * len(example.window.words)
    for cue in example.cues:
        for place in range(cue.first, cue.last + 1):
            labels[place] = 1
    return labels


def _padded(rows: Sequence[Sequence[int]]) -> Tensor:
    return torch.from_numpy(pad(rows, 0))


def annotator_numbers(rows: Iterable[Mapping[str, str]]) -> dict[str, int]:
    """A number from 1 for each annotator, by name."""
    return {name: number for number, name in enumerate(sorted({row["annotator"] for row in rows}), 1)}
