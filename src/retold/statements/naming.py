"""The names that the network sees at its first look, before any rule."""

from collections.abc import Iterator

import numpy as np

from retold.article import Span
from retold.language.names import NameKind, ProposedName
from retold.statements.decoding import Floats
from retold.statements.windows import Window

KINDS: tuple[NameKind, ...] = ("person", "organization", "place", "unknown")
"""What the network tells apart. "unknown" are nationalities, works, events: names, but of nobody who acts."""

LABELS = 1 + 2 * len(KINDS)
"""Labels of a word: 0 it is in no name; 1 + 2k it begins a name of kind k; 2 + 2k it goes on with one."""


def labels_of(kind: int, words: int) -> list[int]:
    """The labels of the words of one name, at least one.

    >>> labels_of(1, 3)
    [3, 4, 4]
    """
    return [1 + 2 * kind] + [2 + 2 * kind] * (words - 1)


def read_names(window: Window, log_odds: Floats) -> Iterator[ProposedName]:
    """The names of one window, in text order; log_odds: [words, LABELS].

    A word is in a name when that is likelier than not; where a name begins, and its kind, is decided after that, the
    kind by all its words together.
    """
    own = log_odds[: len(window.words)]
    shares = np.exp(own - own.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    places = np.flatnonzero(shares[:, 0] < _NO_NAME).tolist()
    begun = shares[:, 1::2].sum(axis=1) > shares[:, 2::2].sum(axis=1)
    starts = [
        number
        for number, place in enumerate(places)
        if not number or begun[place] or not _goes_on(window, places[number - 1], place)
    ]
    if not starts:
        return
    kinds = np.add.reduceat(shares[places, 1::2] + shares[places, 2::2], starts)
    for first, end, votes in zip(starts, [*starts[1:], len(places)], kinds.tolist(), strict=True):
        best = max(range(len(KINDS)), key=votes.__getitem__)
        span = Span(window.words[places[first]].start, window.words[places[end - 1]].end)
        yield ProposedName(span, KINDS[best], votes[best] / (end - first))


_NO_NAME = 0.5
"""Where being in no name is as probable, a word is in none."""


def _goes_on(window: Window, last: int, place: int) -> bool:
    return place == last + 1 and window.paragraphs[place] == window.paragraphs[last]
