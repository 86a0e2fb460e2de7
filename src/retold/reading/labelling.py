"""Say of each line what it is, by weights learned from labelled lines, and name what spoke for it.

A linear-chain conditional random field (Lafferty et al. 2001): what is seen of a line speaks for or against each kind,
and each kind for or against the next. `line_weights.tsv` has both, in log-odds; `python -m training lines` makes it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    kind for the next [kinds, kinds], the first and the last line. `signs` names the features in reasons; "": never."""

    places: Mapping[str, int]
    signs: tuple[str, ...]
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
    return Weights(
        places, tell_features(places), np.array([*rows.values(), [0.0] * len(KINDS)], np.float32), steps, first, last
    )


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
    signs = _tell_signs(places, single, best, known)
    return [_label(*four) for four in zip(lines, best, sure, signs, strict=True)]


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


def _label(line: Line, best: int, sure: float, signs: Sequence[str]) -> Label:
    kind = KINDS[best]
    if line.cue and line.cue.kind == kind:
        return Label(kind, line.cue.reason, line.cue.how, sure)
    reason = f"reads like {_NAMES[kind]}"
    return Label(kind, f"{reason}: {', '.join(signs)}" if signs else reason, "line-model", sure)


def _tell_signs(
    places: Sequence[Sequence[int]], single: Floats, path: Sequence[int], weights: Weights
) -> Iterator[list[str]]:
    """For each line what speaks most for its kind and against the next best, in words; two at the most."""
    others = single.copy()
    others[np.arange(len(path)), path] = -np.inf
    rivals = others.argmax(axis=1)
    counts = [len(own) for own in places]
    flat = np.array([place for own in places for place in own], np.int64)
    kinds, against = np.repeat(np.array(path), counts), np.repeat(rivals, counts)
    gains = (weights.features[flat, kinds] - weights.features[flat, against]).tolist()
    start = 0
    for own in places:
        told = [(gain, weights.signs[place]) for place, gain in zip(own, gains[start : start + len(own)], strict=True)]
        start += len(own)
        speaking = sorted(((gain, sign) for gain, sign in told if sign and gain > 0), reverse=True)
        yield list(dict.fromkeys(sign for _, sign in speaking))[:_MOST_SIGNS]


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


def tell_features(features: Iterable[str]) -> tuple[str, ...]:
    """What each feature is called in a reason; "" for one that no reason names."""
    return tuple(_tell_feature(feature) for feature in features)


def _tell_feature(feature: str) -> str:
    name, _, which = feature.partition(":")
    if feature in _signs() or " " in which or which in FUNCTION_WORDS:
        return _signs().get(feature, "")
    return _signs().get(name, "").format(which)
