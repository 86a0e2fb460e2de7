"""Sentences as vectors."""

import numpy as np

from retold.article import Span
from retold.language.vectors import WIDTH, sentence_vectors

TEXT = "The crews were paid in cash.\nThe fishermen received money.\nFog lay over the hills.\n"
STRETCHES = [Span(0, 28), Span(29, 58), Span(59, 83)]


def test_vectors_have_length_one_and_near_meaning_is_near() -> None:
    vectors = sentence_vectors(TEXT, STRETCHES)
    assert vectors.shape == (3, WIDTH)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    nearness = vectors @ vectors.T
    assert nearness[0, 1] > 0.4 > 0.25 > nearness[0, 2]


def test_a_vector_depends_on_its_own_words_alone() -> None:
    """But for the rounding of quantised sums: longer neighbours change the scale of a batch."""
    alone = sentence_vectors(TEXT, STRETCHES[1:2])
    among = sentence_vectors(TEXT, [*STRETCHES, Span(0, len(TEXT))])
    assert float(alone[0] @ among[1]) > 0.98


def test_nothing_to_read() -> None:
    assert sentence_vectors(TEXT, []).shape == (0, WIDTH)
    assert sentence_vectors(" \n", [Span(0, 2)]).shape == (1, WIDTH)


def test_an_endless_sentence_is_read_to_its_capacity() -> None:
    text = "word " * 50_000
    assert sentence_vectors(text, [Span(0, len(text))]).shape == (1, WIDTH)
