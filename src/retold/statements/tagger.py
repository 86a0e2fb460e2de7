"""The network's two looks at an article: first for cues, then at each cue for its source and its content."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

import numpy as np

from retold.article import Span
from retold.language.names import ProposedName
from retold.language.pieces import PADDING, alike, pad
from retold.statements.decoding import CONTENT, SOURCE, Floats, Ints, best_labels, probabilities, surroundings
from retold.statements.naming import read_names
from retold.statements.windows import Window

BATCH = 16
"""Windows read at once: more fill the memory, not the cores."""


class Reading(NamedTuple):
    """The first look at a batch of windows: word vectors [windows, words, width], the same reduced, the potentials
    of cues (three) and of roles whatever the cue (six) [windows, words, 9], and the log-odds of the labels of names
    [windows, words, LABELS]."""

    words: Floats
    reduced: Floats
    flat: Floats
    names: Floats


class Network(Protocol):
    """What the tagger needs of the network, in whatever runtime. `name` is what a statement's `how` calls it."""

    name: str

    def read(self, pieces: Ints, types: Ints, firsts: Ints) -> Reading:
        """The first look: pieces and their types [windows, pieces], the place of each word's first piece (0 pads)."""
        ...

    def look(self, reading: Reading, cues: Ints, near: Ints, away: Ints) -> Floats:
        """The second look: potentials [cues, words, 6] of the words `near` each cue."""
        ...


class Tagged(NamedTuple):
    """An attribution as the network reads it: spans of the text, and how probable its cue is."""

    source: tuple[Span, ...]
    cue: Span
    content: tuple[Span, ...]
    probability: float
    certainty: float


class Seen(NamedTuple):
    """What the network sees in a window: attributions in the order of their cues, and names in text order."""

    attributions: list[Tagged]
    names: list[ProposedName]


def tag(network: Network, windows: Sequence[Window], threshold: float) -> list[Seen]:
    """What is in each window: attributions whose cue has at least the probability asked, and names."""
    found: dict[int, Seen] = {}
    for batch in alike([one.pieces for one in windows], BATCH):
        own = [windows[place] for place in batch]
        reading = read(network, own)
        attributions = _attributions(network, own, reading, threshold)
        for place, tagged, names in zip(batch, attributions, _names(own, reading), strict=True):
            found[place] = Seen(tagged, names)
    return [found[place] for place in range(len(windows))]


def read(network: Network, windows: Sequence[Window]) -> Reading:
    """The first look at windows."""
    return network.read(
        pad([one.pieces for one in windows], PADDING),
        pad([one.types for one in windows], 0),
        pad([one.firsts for one in windows], 0),
    )


def name(network: Network, windows: Sequence[Window]) -> list[ProposedName]:
    """The names in windows, in text order: the first look is enough."""
    batches = ([windows[place] for place in batch] for batch in alike([one.pieces for one in windows], BATCH))
    return sorted(one for own in batches for names in _names(own, read(network, own)) for one in names)


def _names(windows: Sequence[Window], reading: Reading) -> Iterator[list[ProposedName]]:
    return (list(read_names(window, own)) for window, own in zip(windows, reading.names, strict=True))


def _attributions(
    network: Network, windows: Sequence[Window], reading: Reading, threshold: float
) -> list[list[Tagged]]:
    found: list[list[Tagged]] = [[] for _ in windows]
    cues = list(_cues(reading.flat[..., :3], windows, threshold))
    if not cues:
        return found
    most = reading.flat.shape[1]
    edges = np.array([(cue.row * most + cue.first, cue.row * most + cue.last) for cue in cues], np.int64)
    bounds = np.array([(cue.row * most, cue.row * most + len(windows[cue.row].words)) for cue in cues], np.int64)
    around = surroundings(edges, bounds)
    potentials = network.look(reading, edges, around.near, around.away)
    labels = best_labels(potentials, around.allowed)
    shares = probabilities(potentials, around.allowed)
    for cue, near, own, share in zip(cues, around.near, labels, shares, strict=True):
        window = windows[cue.row]
        places = near - cue.row * most
        picked = own > 0
        certainty = float(share[picked, own[picked] - 1].mean()) if picked.any() else 0.0
        found[cue.row].append(
            Tagged(
                source=_spans(window, places[own == SOURCE]),
                cue=Span(window.words[cue.first].start, window.words[cue.last].end),
                content=_spans(window, places[own == CONTENT]),
                probability=cue.probability,
                certainty=certainty,
            )
        )
    return found


class _Cue(NamedTuple):
    row: int
    first: int
    last: int
    probability: float


def _cues(potentials: Floats, windows: Sequence[Window], threshold: float) -> Iterator[_Cue]:
    """Runs of words whose best labelling is *cue* when the asked probability is what is even."""
    allowed = np.array([[place < len(one.words) for place in range(potentials.shape[1])] for one in windows])
    biased = potentials.copy()
    biased[..., 0] += np.log((1 - threshold) / threshold)
    labels = best_labels(biased, allowed)
    shares = probabilities(potentials, allowed)[..., 0]
    for row, own in enumerate(labels):
        for run in _runs(windows[row], np.flatnonzero(own)):
            yield _Cue(row, run[0], run[-1], float(shares[row, run].max()))


def _runs(window: Window, places: Ints) -> Iterator[list[int]]:
    """Neighbouring places of words of one paragraph, together."""
    run: list[int] = []
    for place in places.tolist():
        if run and (place != run[-1] + 1 or window.paragraphs[place] != window.paragraphs[run[-1]]):
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _spans(window: Window, places: Ints) -> tuple[Span, ...]:
    """The spans of neighbouring words of one paragraph."""
    return tuple(Span(window.words[run[0]].start, window.words[run[-1]].end) for run in _runs(window, places))
