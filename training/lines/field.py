"""A conditional random field over lines, learned by maximum likelihood from what is known of them.

Where only a set of kinds is known of a line, the probability of the whole set is made large: of all ways to label a
text those that agree with what is known. Features that few texts have are left out, and weights are pulled towards 0.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from retold.reading.labelling import IMPOSSIBLE, KINDS, Weights, tell_features
from training.lines.examples import Example

_LEAST_TEXTS = 3  # that have a feature
_PULL = 3.0  # on the weights of features
_STEP_PULL = 0.1  # on those of steps
_ROUNDS = 150
Doubles = NDArray[np.float64]


def learn(examples: Sequence[Example]) -> Weights:
    """The weights of the field. Needs scipy."""
    from scipy.optimize import minimize

    places = _common_features(examples)
    data = _stack(examples, places)
    count = len(KINDS)
    size = len(places) * count
    start = np.zeros(size + count * count + 2 * count)
    found = minimize(_loss, start, args=(data, len(places)), jac=True, method="L-BFGS-B", options={"maxiter": _ROUNDS})
    features, steps, first, last = _unfold(found.x.astype(np.float32), len(places))
    blank = np.zeros((1, count), np.float32)
    return Weights(places, tell_features(places), np.vstack([features, blank]), steps, first, last)


def _common_features(examples: Sequence[Example]) -> dict[str, int]:
    texts: defaultdict[str, set[str]] = defaultdict(set)
    for example in examples:
        for feature in {feature for own in example.features for feature in own}:
            texts[feature].add(example.name)
    return {
        feature: i for i, feature in enumerate(sorted(one for one, own in texts.items() if len(own) >= _LEAST_TEXTS))
    }


class _Data(NamedTuple):
    """All lines below each other, the longest text first: features [lines, features], kinds by label and rule, the
    lengths of the texts, and for each step the places of the lines that many steps into their text."""

    features: Any
    possible: NDArray[np.bool_]
    labelled: NDArray[np.bool_]
    lengths: NDArray[np.int64]
    steps: list[NDArray[np.int64]]

    @property
    def ends(self) -> NDArray[np.int64]:
        """The place of each text's last line."""
        return np.cumsum(self.lengths) - 1


def _stack(examples: Sequence[Example], places: dict[str, int]) -> _Data:
    from scipy.sparse import csr_matrix

    ordered = sorted((example for example in examples if example.lines), key=lambda one: -len(one.lines))
    lengths = np.array([len(example.lines) for example in ordered])
    rows, columns = [], []
    line = 0
    for example in ordered:
        for own in example.features:
            for feature in set(own) & places.keys():
                rows.append(line)
                columns.append(places[feature])
            line += 1
    features = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(line, len(places)))
    starts = np.cumsum(lengths) - lengths
    steps = [starts[: int((lengths > step).sum())] + step for step in range(int(lengths.max()))]
    possible = np.vstack([_possible(example) for example in ordered])
    labelled = np.vstack([_agreed(example) for example in ordered])
    return _Data(features, possible, labelled, lengths, steps)


def _agreed(example: Example) -> NDArray[np.bool_]:
    """The labels, where the rules leave one of them possible; else what the rules say."""
    possible = _possible(example)
    both = example.labelled & possible
    return np.where(both.any(axis=1, keepdims=True), both, possible)


def _possible(example: Example) -> NDArray[np.bool_]:
    """The kinds that nothing known beforehand rules out."""
    return example.leaning > IMPOSSIBLE


def _unfold(values: NDArray[Any], features: int) -> tuple[Any, Any, Any, Any]:
    count = len(KINDS)
    size = features * count
    return (
        values[:size].reshape(features, count),
        values[size : size + count * count].reshape(count, count),
        values[-2 * count : -count],
        values[-count:],
    )


def _loss(values: Doubles, data: _Data, features: int) -> tuple[float, Doubles]:
    """How improbable what is known is, with the pull, and its slope."""
    weights, steps, first, last = _unfold(values, features)
    single = data.features @ weights
    free = _pass(np.where(data.possible, single, IMPOSSIBLE), steps, first, last, data)
    bound = _pass(np.where(data.labelled, single, IMPOSSIBLE), steps, first, last, data)
    excess = free.lines - bound.lines
    starts = data.ends - data.lengths + 1
    slope = np.concatenate(
        [
            (data.features.T @ excess + _PULL * weights).ravel(),
            (free.steps - bound.steps + _STEP_PULL * steps).ravel(),
            excess[starts].sum(0) + _STEP_PULL * first,
            excess[data.ends].sum(0) + _STEP_PULL * last,
        ]
    )
    pull = 0.5 * (_PULL * (weights**2).sum() + _STEP_PULL * ((steps**2).sum() + (first**2).sum() + (last**2).sum()))
    return float(free.total - bound.total + pull), slope


class _Sums(NamedTuple):
    """The logarithm of all ways to label the texts, and how often each kind and each step is to be expected."""

    total: float
    lines: Doubles
    steps: Doubles


def _pass(single: Doubles, steps: Doubles, first: Doubles, last: Doubles, data: _Data) -> _Sums:
    """Forward and backward over all texts at once."""
    ahead, behind = np.empty_like(single), np.empty_like(single)
    ways = np.exp(steps)
    ahead[data.steps[0]] = single[data.steps[0]] + first
    for at in data.steps[1:]:
        ahead[at] = single[at] + _spread(ahead[at - 1], ways)
    behind[data.ends] = last
    for at in data.steps[:0:-1]:
        behind[at - 1] = _spread(behind[at] + single[at], ways.T)
    totals = _log_sum(ahead[data.ends] + last)
    whole = np.repeat(totals, data.lengths)
    lines = np.exp(ahead + behind - whole[:, None])
    inner = np.setdiff1d(np.arange(len(single)), data.ends)
    before, after = ahead[inner], behind[inner + 1] + single[inner + 1]
    high, low = before.max(1, keepdims=True), after.max(1, keepdims=True)
    scale = np.exp(high + low - whole[inner][:, None])
    return _Sums(float(totals.sum()), lines, ways * ((np.exp(before - high) * scale).T @ np.exp(after - low)))


def _spread(scores: Doubles, ways: Doubles) -> Doubles:
    high = scores.max(1, keepdims=True)
    spread: Doubles = high + np.log(np.exp(scores - high) @ ways + 1e-300)
    return spread


def _log_sum(scores: Doubles) -> Doubles:
    high = scores.max(1, keepdims=True)
    total: Doubles = (high + np.log(np.exp(scores - high).sum(1, keepdims=True)))[:, 0]
    return total
