"""An article cut into windows that the encoder reads at once, word by word.

A window holds whole paragraphs as long as they fit, with [SEP] between them. Beside its id, a piece carries a type:
whether it stands inside quotation marks, and how its word is written (the vocabulary knows no capitals).
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from typing import NamedTuple

from retold.article import Span
from retold.language.pieces import BREAK, START, PiecedWord, read_pieces
from retold.language.sentences import split_sentences

CAPACITY = 256
"""Word pieces in a window. Attention grows with its square; a paragraph of news has 60 pieces, an attribution 40."""

LOWER, CAPITAL, CAPITALS = range(3)
TYPES = 6
"""How many piece types there are: three ways of writing, outside and inside quotation marks."""


class Window(NamedTuple):
    """Pieces that are read at once, and the words they spell.

    `pieces` and `types` have the same length, at most the capacity. `words` are offsets into the text; `firsts` says
    for each word where its first piece stands in `pieces`, `paragraphs` the number of its paragraph.
    """

    pieces: tuple[int, ...]
    types: tuple[int, ...]
    firsts: tuple[int, ...]
    words: tuple[Span, ...]
    paragraphs: tuple[int, ...]


class _Word(NamedTuple):
    word: PiecedWord
    type: int
    paragraph: int


def make_windows(
    text: str, paragraphs: Sequence[Span], quoted: Sequence[Span], capacity: int = CAPACITY, first: int | None = None
) -> list[Window]:
    """Cut `paragraphs` into windows of at most `capacity` pieces, in text order; every word is in just one.

    `quoted` are the stretches inside quotation marks, in text order and not overlapping. `first` is another capacity
    for the first window: training cuts an article elsewhere in each round. Empty: there are no words.
    """
    room = (capacity if first is None else first) - 1
    windows: list[Window] = []
    held: list[_Word] = []
    used = 0
    for unit, size in _units(text, paragraphs, quoted, capacity - 2):
        if held and used + size > room:
            windows.append(_window(held))
            held, used, room = [], 0, capacity - 1
        held.extend(unit)
        used += size
    return [*windows, _window(held)] if held else windows


def _units(
    text: str, paragraphs: Sequence[Span], quoted: Sequence[Span], most: int
) -> Iterator[tuple[list[_Word], int]]:
    """Paragraphs, or parts of those that are longer than `most` pieces, with their size ([SEP] included)."""
    typed = _typed(text, read_pieces(text, paragraphs), quoted)
    for paragraph, words in zip(paragraphs, typed, strict=True):
        for part in _parts(text, paragraph, words, most):
            yield part, sum(len(one.word.pieces) for one in part) + 1


def _parts(text: str, paragraph: Span, words: list[_Word], most: int) -> Iterator[list[_Word]]:
    """A paragraph cut where sentences begin, or anywhere when one sentence does not fit."""
    if sum(len(one.word.pieces) for one in words) <= most:
        if words:
            yield words
        return
    starts = {span.start for span in split_sentences(text, *paragraph)}
    ends = list(accumulate(len(one.word.pieces) for one in words))
    begin, done, sentence = 0, 0, 0
    for place, one in enumerate(words):
        if one.word.span.start in starts:
            sentence = place
        while ends[place] - done > most:
            cut = sentence if sentence > begin else place
            yield words[begin:cut]
            begin, done = cut, ends[cut - 1]
    yield words[begin:]


def _typed(text: str, paragraphs: Sequence[Sequence[PiecedWord]], quoted: Sequence[Span]) -> Iterator[list[_Word]]:
    stretches = iter(quoted)
    stretch = next(stretches, None)
    for number, words in enumerate(paragraphs):
        typed = []
        for word in words:
            while stretch is not None and stretch.end <= word.span.start:
                stretch = next(stretches, None)
            inside = stretch is not None and stretch.start <= word.span.start
            kind = _writing(text[word.span.start : word.span.end]) + (TYPES // 2 if inside else 0)
            typed.append(_Word(word, kind, number))
        yield typed


def _writing(word: str) -> int:
    if not word[:1].isupper():
        return LOWER
    return CAPITALS if len(word) > 1 and word.isupper() else CAPITAL


def _window(words: Sequence[_Word]) -> Window:
    pieces, types, firsts = [START], [LOWER], []
    for _, paragraph in groupby(words, key=lambda one: one.paragraph):
        for one in paragraph:
            firsts.append(len(pieces))
            pieces.extend(one.word.pieces)
            types.extend([one.type] * len(one.word.pieces))
        pieces.append(BREAK)
        types.append(LOWER)
    spans = tuple(one.word.span for one in words)
    return Window(tuple(pieces), tuple(types), tuple(firsts), spans, tuple(one.paragraph for one in words))
