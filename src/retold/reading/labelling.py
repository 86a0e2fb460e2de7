"""Say of each line what it is, by weights learned from labelled lines, and name what spoke for it.

A linear-chain conditional random field (Lafferty et al. 2001): what is seen of a line speaks for or against each kind,
and each kind for or against the next. `line_weights.tsv` has both, in log-odds; `python -m training lines` makes it.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from retold.article import BlockKind
from retold.language.tables import read_table
from retold.language.words import FUNCTION_WORDS
from retold.reading.lines import Line

KINDS: tuple[BlockKind, ...] = get_args(BlockKind)
Floats = NDArray[np.float32]

IMPOSSIBLE = np.float32(-1e6)
_MOST_SIGNS = 2  # named in a reason


class Label(NamedTuple):
    """What a line is taken for, why, by which rule, and how sure that is."""

    kind: BlockKind
    reason: str
    how: str
    confidence: float


class Weights(NamedTuple):
    """What each feature says for each kind [features + 1, kinds] (the last row: an unknown feature, nothing), and each
    kind for the next [kinds, kinds], the first and the last line."""

    places: Mapping[str, int]
    features: Floats
    steps: Floats
    first: Floats
    last: Floats


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """The shipped weights."""
    rows = {
        row["feature"]: [float(row[kind]) for kind in KINDS] for row in read_table("retold.reading", "line_weights.tsv")
    }
    steps = np.array([rows.pop(f"after {kind}") for kind in KINDS], np.float32)
    first, last = (np.array(rows.pop(f"the {edge} line"), np.float32) for edge in ("first", "last"))
    places = {feature: place for place, feature in enumerate(rows)}
    return Weights(places, np.array([*rows.values(), [0.0] * len(KINDS)], np.float32), steps, first, last)


def label_lines(
    lines: Sequence[Line],
    features: Sequence[Sequence[str]],
    leaning: Floats,
    weights: Weights | None = None,
) -> list[Label]:
    """The most probable kinds of the lines of a text, each with its reason.

    `leaning` [lines, kinds] is what is known beforehand for and against each kind, in log-odds; IMPOSSIBLE rules one
    out. Empty: no lines. Raises: nothing.
    """
    if not lines:
        return []
    known = weights or load_weights()
    places = [[place for one in own if (place := known.places.get(one)) is not None] for own in features]
    single = potentials(places, known) + leaning
    best = best_path(single, known)
    sure = _sureness(single, best, known)
    return [
        _label(line, own, single[index], best[index], sure[index], known)
        for index, (line, own) in enumerate(zip(lines, features, strict=True))
    ]


def potentials(places: Sequence[Sequence[int]], weights: Weights) -> Floats:
    """What the features at these places say together [lines, kinds]."""
    flat = np.array([place for own in places for place in (*own, len(weights.features) - 1)])
    edges = np.cumsum([0, *(len(own) + 1 for own in places[:-1])])
    sums: Floats = np.add.reduceat(weights.features[flat], edges, axis=0)
    return sums


def best_path(single: Floats, weights: Weights) -> list[int]:
    """The most probable kind of each line (Viterbi)."""
    score = single[0] + weights.first
    back = np.empty(single.shape, np.int64)
    for index in range(1, len(single)):
        steps = score[:, None] + weights.steps
        back[index] = steps.argmax(axis=0)
        score = steps.max(axis=0) + single[index]
    path = [int((score + weights.last).argmax())]
    for index in range(len(single) - 1, 0, -1):
        path.append(int(back[index, path[-1]]))
    return path[::-1]


def _sureness(single: Floats, path: Sequence[int], weights: Weights) -> list[float]:
    """How probable each kind is, given those of its neighbours."""
    chosen = np.array(path)
    before = np.vstack([weights.first[None], weights.steps[chosen[:-1]]])
    after = np.vstack([weights.steps[:, chosen[1:]].T, weights.last[None]])
    scores = single + before + after
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    probable = shares[np.arange(len(chosen)), chosen] / shares.sum(axis=1)
    return [round(float(min(one, 0.99)), 2) for one in probable]


def _label(line: Line, features: Sequence[str], single: Floats, best: int, sure: float, weights: Weights) -> Label:
    kind = KINDS[best]
    if line.cue and line.cue.kind == kind:
        return Label(kind, line.cue.reason, line.cue.how, sure)
    return Label(kind, _reason(kind, features, single, best, weights), "line-model", sure)


def _reason(kind: BlockKind, features: Sequence[str], single: Floats, best: int, weights: Weights) -> str:
    """What speaks most for a kind and against the next best, in words."""
    others = single.copy()
    others[best] = -np.inf
    rival = int(others.argmax())
    told: list[tuple[float, str]] = []
    for feature in features:
        place = weights.places.get(feature)
        sign = _sign(feature) if place is not None else None
        if place is not None and sign:
            told.append((float(weights.features[place, best] - weights.features[place, rival]), sign))
    signs = list(dict.fromkeys(sign for weight, sign in sorted(told, reverse=True) if weight > 0))[:_MOST_SIGNS]
    return f"reads like {_NAMES[kind]}" + (": " + ", ".join(signs) if signs else "")


_NAMES: Mapping[BlockKind, str] = {
    "headline": "a headline",
    "subhead": "a subhead",
    "dateline": "a dateline",
    "byline": "a byline",
    "body": "the article's text",
    "quote-block": "words of others set apart",
    "caption": "a caption",
    "credit": "a picture credit",
    "teaser": "a pointer to something else",
    "furniture": "furniture of the page",
}


@lru_cache(maxsize=1)
def _signs() -> Mapping[str, str]:
    """What a feature is called in a reason, by the part before its colon; "{}" is the part behind it."""
    return {row["feature"]: row["words"] for row in read_table("retold.reading", "signs.tsv")}


def _sign(feature: str) -> str | None:
    exact = _signs().get(feature)
    if exact is not None:
        return exact or None
    name, _, which = feature.partition(":")
    words = _signs().get(name)
    return words.format(which) if words and " " not in which and which not in FUNCTION_WORDS else None
