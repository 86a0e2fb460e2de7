"""Texts with names as the head of names is trained on them: the words' vectors, as the shipped tagger makes them.

The encoder stands still, so each text is read once, by the very graph that is shipped.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from benchmarks.reading.name_sets import Text
from benchmarks.statements import make_article
from numpy.typing import NDArray

from retold.language.names import is_title_case
from retold.language.network import Graph
from retold.language.pieces import PADDING, alike, pad, piece_vectors
from retold.statements.naming import KINDS, labels_of
from retold.statements.quotations import outer_spans, paragraphs
from retold.statements.tagger import BATCH
from retold.statements.windows import Window, make_windows

UNKNOWN = -100
"""The label of words whose names nobody knows: a line in Title Case, which CoreNLP misreads."""


class Example(NamedTuple):
    """A window of words: their vectors [words, WIDTH] (half precision), the ids and types of their first pieces, and
    their labels."""

    words: NDArray[np.float16]
    pieces: NDArray[np.int64]
    types: NDArray[np.int64]
    labels: NDArray[np.int64]


def read_examples(texts: Iterable[Text], read: Graph) -> Iterator[Example]:
    """The windows of texts, read by the tagger's first look."""
    for text in texts:
        article = make_article(text.text)
        own = paragraphs(article)
        titles = [block.span for block in article.own_blocks() if is_title_case(text.text, block)]
        windows = make_windows(text.text, own, outer_spans(text.text, own))
        for batch in alike([one.pieces for one in windows], BATCH):
            yield from _examples(text, titles, [windows[number] for number in batch], read)


def _examples(
    text: Text, titles: Sequence[tuple[int, int]], windows: Sequence[Window], read: Graph
) -> Iterator[Example]:
    pieces, types, firsts = (
        pad(rows, PADDING) for rows in zip(*((one.pieces, one.types, one.firsts) for one in windows), strict=True)
    )
    real = (pieces != PADDING).astype(np.float32)
    vectors = read.run(vectors=piece_vectors(pieces), types=types, real=real, firsts=firsts)[0]
    for row, (window, words) in enumerate(zip(windows, vectors, strict=True)):
        own = np.array(window.firsts)
        labels = np.array(_labels(text, titles, window))
        yield Example(words[: len(own)].astype(np.float16), pieces[row, own], types[row, own], labels)


def _labels(text: Text, titles: Sequence[tuple[int, int]], window: Window) -> list[int]:
    labels = [0] * len(window.words)
    for start, end, kind in text.names:
        places = _inside(window, start, end)
        if places:
            labels[places.start : places.stop] = labels_of(KINDS.index(kind), len(places))
    for start, end in titles:
        places = _inside(window, start, end)
        labels[places.start : places.stop] = [UNKNOWN] * len(places)
    return labels


def _inside(window: Window, start: int, end: int) -> range:
    """The words of a window that begin in a stretch."""
    return range(
        bisect_left(window.words, start, key=lambda word: word.start),
        bisect_right(window.words, end - 1, key=lambda word: word.start),
    )
