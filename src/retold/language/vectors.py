"""Sentences as vectors: what they tell is the nearer, the nearer their vectors are.

all-MiniLM-L6-v2 (Reimers and Gurevych 2019; Wang et al. 2020), which learned on a thousand million pairs of sentences.
"""

from collections.abc import Sequence
from itertools import accumulate, islice

import numpy as np
from numpy.typing import NDArray

from retold.article import Span
from retold.language.network import load_graph, on_all_cores
from retold.language.pieces import BREAK, PADDING, START, alike, pad, piece_vectors, read_pieces

CAPACITY = 96
"""Word pieces of a sentence that are read, with the two marks around them; some 70 words."""

WIDTH = 384
_BATCH = 16  # sentences of like length that are read at once


def sentence_vectors(text: str, stretches: Sequence[Span], *, alone: bool = False) -> NDArray[np.float32]:
    """The vectors [stretches, WIDTH], each of length 1, of stretches of `text`.

    The product of two is the cosine between them: near 1 for two ways to say a thing, near 0 for what has nothing in
    common. A stretch without a readable word has the vector of the empty sentence.

    `alone`: each is read by itself, which takes a third longer. The network rounds its numbers by those that are read
    with them, so that a vector differs a little from batch to batch (its cosine with itself is some .99).
    """
    pieces = [
        [START, *islice((piece for word in words for piece in word.pieces), CAPACITY - 2), BREAK]
        for words in read_pieces(text, stretches)
    ]
    vectors = np.zeros((len(pieces), WIDTH), np.float32)
    groups = list(alike(pieces, 1 if alone else _BATCH))
    for chosen, found in zip(groups, on_all_cores(_read, ([pieces[i] for i in one] for one in groups)), strict=True):
        vectors[chosen] = found
    return vectors


def _read(sentences: Sequence[Sequence[int]]) -> NDArray[np.float32]:
    """The vectors of sentences given as pieces."""
    ids = pad(sentences, PADDING)
    real = (ids != PADDING).astype(np.float32)
    return load_graph("vectors.onnx").run(vectors=piece_vectors(ids), real=real)[0]


def text_vectors(texts: Sequence[str], *, alone: bool = False) -> NDArray[np.float32]:
    """The vectors of texts of their own, as of `sentence_vectors`."""
    ends = list(accumulate(len(text) + 1 for text in texts))
    stretches = [Span(end - len(text) - 1, end - 1) for text, end in zip(texts, ends, strict=True)]
    return sentence_vectors("\n".join(texts), stretches, alone=alone)
