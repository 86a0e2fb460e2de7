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
    begins = shares[:, 1::2].sum(axis=1) > shares[:, 2::2].sum(axis=1)
    kinds = shares[:, 1::2] + shares[:, 2::2]
    run: list[int] = []
    for place in [*np.flatnonzero(shares[:, 0] < 0.5).tolist(), len(own)]:  # one past the end: the last name closes
        if run and (place == len(own) or begins[place] or not _goes_on(window, run[-1], place)):
            yield _name(window, run, kinds[run])
            run = []
        run.append(place)


def _goes_on(window: Window, last: int, place: int) -> bool:
    return place == last + 1 and window.paragraphs[place] == window.paragraphs[last]


def _name(window: Window, run: list[int], kinds: Floats) -> ProposedName:
    mean = kinds.mean(axis=0)
    best = int(mean.argmax())
    return ProposedName(Span(window.words[run[0]].start, window.words[run[-1]].end), KINDS[best], float(mean[best]))
