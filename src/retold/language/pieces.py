"""Words as the networks read them: in word pieces of one vocabulary, each of which has a vector.

The vectors are those of all-MiniLM-L6-v2, which no training moves, so that all networks share one table of them: four
bits a number, in groups of 32 with a scale each.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from retold.article import Span

START, BREAK, PADDING = 101, 102, 0
"""The ids of [CLS], [SEP] and [PAD] in the vocabulary of all-MiniLM-L6-v2 (BERT's uncased one)."""


class PiecedWord(NamedTuple):
    """A word or mark (its offsets in the text) and the ids of its pieces, at least one."""

    span: Span
    pieces: tuple[int, ...]


@cache
def _tokenizer() -> Tokenizer:
    data = files("retold.models").joinpath("tokenizer.json").read_bytes()
    tokenizer: Tokenizer = Tokenizer.from_buffer(data)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def read_pieces(text: str, stretches: Sequence[Span]) -> list[list[PiecedWord]]:
    """The words of each stretch in text order, with their pieces.

    Words are split at white space and at every mark, as BERT does. Empty: nothing in the stretch is readable.
    """
    encodings = _tokenizer().encode_batch([text[start:end] for start, end in stretches], add_special_tokens=False)
    return [_words(encoding, stretch.start) for encoding, stretch in zip(encodings, stretches, strict=True)]


def _words(encoding: "object", start: int) -> list[PiecedWord]:
    ids: list[int] = encoding.ids  # type: ignore[attr-defined]
    numbers: list[int] = encoding.word_ids  # type: ignore[attr-defined]
    offsets: list[tuple[int, int]] = encoding.offsets  # type: ignore[attr-defined]
    firsts = [place for place, number in enumerate(numbers) if place == 0 or number != numbers[place - 1]]
    return [
        PiecedWord(Span(start + offsets[first][0], start + offsets[last - 1][1]), tuple(ids[first:last]))
        for first, last in pairwise([*firsts, len(ids)])
    ]


def alike(rows: Sequence[Sequence[int]], size: int) -> Iterator[list[int]]:
    """The indexes of rows in groups of like length (`size` at most), so that little is padded; the longest last."""
    order = sorted(range(len(rows)), key=lambda index: len(rows[index]))
    for start in range(0, len(order), size):
        yield order[start : start + size]


def pad(rows: Sequence[Sequence[int]], value: int) -> NDArray[np.int64]:
    """Rows of one length, filled up with `value`."""
    full = np.full((len(rows), max(map(len, rows))), value, np.int64)
    for index, row in enumerate(rows):
        full[index, : len(row)] = row
    return full


GROUP = 32
"""Numbers of a vector that share a scale."""


class PieceTable(NamedTuple):
    """The vectors of all pieces: two numbers of 4 bits a byte (the first half of a vector in the low bits), from which
    8 is taken, and a scale for each group."""

    packed: NDArray[np.uint8]
    scales: NDArray[np.float16]


@cache
def _table() -> PieceTable:
    with files("retold.models").joinpath("pieces.npz").open("rb") as file, np.load(file) as arrays:
        return PieceTable(arrays["packed"], arrays["scales"])


def piece_vectors(pieces: NDArray[np.int64]) -> NDArray[np.float32]:
    """The vectors of pieces [.., width] by their ids [..]."""
    return unpack(_table(), pieces)


def unpack(table: PieceTable, pieces: NDArray[np.int64]) -> NDArray[np.float32]:
    """The vectors [.., width] of a table at ids [..]."""
    both = table.packed[pieces]
    half = both.shape[-1]
    vectors = np.empty((*pieces.shape, 2 * half), np.float32)
    vectors[..., :half] = both & 15
    vectors[..., half:] = both >> 4
    vectors -= 8
    groups = vectors.reshape(*pieces.shape, -1, GROUP)
    groups *= table.scales[pieces][..., None]
    return vectors
