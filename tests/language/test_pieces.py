from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.article import Span
from retold.language.pieces import PieceTable, piece_vectors, read_pieces, unpack


def read(text: str) -> list[str]:
    return [text[slice(*word.span)] for word in read_pieces(text, [Span(0, len(text))])[0]]


def test_words_are_split_at_spaces_and_marks() -> None:
    assert read("“We’ll wait,” Ada said.") == ["“", "We", "’", "ll", "wait", ",", "”", "Ada", "said", "."]


def test_a_long_word_has_several_pieces_and_one_span() -> None:
    text = "Quillhavenites object"
    words = read_pieces(text, [Span(0, len(text))])[0]
    assert [text[slice(*word.span)] for word in words] == ["Quillhavenites", "object"]
    assert len(words[0].pieces) > 1


def test_offsets_count_from_the_start_of_the_text() -> None:
    text = "first line\nsecond 🙂 line"
    second = read_pieces(text, [Span(0, 10), Span(11, len(text))])[1]
    assert [text[slice(*word.span)] for word in second] == ["second", "🙂", "line"]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_any_text_gives_words_in_order_inside_it(text: str) -> None:
    words = read_pieces(text, [Span(0, len(text))])[0]
    assert all(word.pieces for word in words)
    assert all(0 <= word.span.start < word.span.end <= len(text) for word in words)
    assert all(a.span.end <= b.span.start for a, b in pairwise(words))


def test_words_of_the_special_pieces_are_only_words() -> None:
    assert "".join(read("[SEP] [CLS] [PAD]")) == "[SEP][CLS][PAD]"


def test_vectors_are_unpacked_by_half_and_group() -> None:
    packed = np.zeros((2, 32), np.uint8)
    packed[1, 0] = 9 | (5 << 4)
    table = PieceTable(packed, np.array([[1, 1], [0.5, 2]], np.float16))
    vectors = unpack(table, np.array([[0, 1]]))
    assert vectors.shape == (1, 2, 64)
    assert set(vectors[0, 0]) == {-8}
    assert (vectors[0, 1, 0], vectors[0, 1, 32]) == (0.5, -6)


def test_like_words_have_like_vectors() -> None:
    text = "minister ministers banana"
    one, other, third = (
        piece_vectors(np.array(word.pieces)).mean(axis=0) for word in read_pieces(text, [Span(0, len(text))])[0]
    )

    def likeness(a: np.ndarray, b: np.ndarray) -> float:  # type: ignore[type-arg]
        return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))

    assert likeness(one, other) > likeness(one, third) + 0.2
    assert np.linalg.norm(one) == pytest.approx(1.4, abs=0.8)
