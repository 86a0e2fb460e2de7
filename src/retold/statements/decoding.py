"""What the network is asked about each cue, and how its potentials become spans.

The network scores a span of state s from word i to j as enter[i, s] + the sum of stay[i..j, s] + leave[j, s], the state
*outside* as 0. All arrays are numpy's; "places" count words over all windows of a batch.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

REACH = 96
"""Words before and after a cue that are looked at: 99.6 % of PolNeAR's training attributions lie within."""

OUTSIDE, SOURCE, CONTENT = range(3)

BARRED = -1e4
"""The potential of what may not be."""

_STEPS = np.array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 20, 26, 34, 46, 64])
DISTANCES = 2 * len(_STEPS) + 1
"""How many kinds of distance there are: 0 inside the cue, then steps before it, then steps after it."""


class Surroundings(NamedTuple):
    """The words around cues, each row 2 × REACH words wide.

    `near`: their places (any place where there is no word); `away`: their kinds of distance from the cue; `allowed`:
    whether there is a word that may be source or content.
    """

    near: Ints
    away: Ints
    allowed: Flags


def surroundings(cues: Ints, windows: Ints) -> Surroundings:
    """What to look at for each cue.

    `cues`: [cues, 2], the places of its first and last word; `windows`: [cues, 2], the place of the first word of its
    window and that after its last.
    """
    first, last = cues[:, :1], cues[:, 1:]
    near = first + np.arange(-REACH, REACH)
    inside = (near >= windows[:, :1]) & (near < windows[:, 1:])
    before, after = np.maximum(first - near, 0), np.maximum(near - last, 0)
    steps = np.searchsorted(_STEPS, np.maximum(before, after), side="right")
    away = np.where(after > 0, steps + len(_STEPS), steps)
    held = (near >= first) & (near <= last)
    return Surroundings(np.where(inside, near, first), away, inside & ~held)


def best_labels(potentials: Floats, allowed: Flags) -> Ints:
    """The likeliest labelling [chains, words] under potentials [chains, words, 3 × states] (Viterbi's algorithm).

    0 is *outside*, which is all that words that are not `allowed` can be.
    """
    enter, stay, leave = _with_outside(potentials, allowed)
    chains, words, states = stay.shape
    moves = leave[:, :-1, :, None] + enter[:, 1:, None, :]
    moves[:, :, range(states), range(states)] = 0
    score = stay[:, 0] + enter[:, 0]
    came = np.empty((words, chains, states), dtype=np.int64)
    for place in range(1, words):
        reached = score[:, :, None] + moves[:, place - 1]
        came[place] = reached.argmax(axis=1)
        score = reached.max(axis=1) + stay[:, place]
    labels = np.zeros((chains, words), dtype=np.int64)
    for place in range(words - 1, 0, -1):
        labels[:, place - 1] = came[place, np.arange(chains), labels[:, place]]
    return labels[:, :-1]


def _with_outside(potentials: Floats, allowed: Flags) -> tuple[Floats, Floats, Floats]:
    """Enter, stay and leave with the state outside put first and one word more, which is outside, at the end."""
    chains, words, width = potentials.shape
    full = np.zeros((3, chains, words + 1, width // 3 + 1), dtype=np.float32)
    full[:, :, :-1, 1:] = potentials.reshape(chains, words, 3, width // 3).transpose(2, 0, 1, 3)
    full[1, :, :-1, 1:][~allowed] = BARRED
    full[1, :, -1, 1:] = BARRED
    return full[0], full[1], full[2]


def probabilities(potentials: Floats, allowed: Flags) -> Floats:
    """The probability of each state but *outside* for each word [chains, words, states] (forward-backward)."""
    enter, stay, leave = _with_outside(potentials, allowed)
    states = stay.shape[2]
    moves = leave[:, :-1, :, None] + enter[:, 1:, None, :]
    moves[:, :, range(states), range(states)] = 0
    forward, backward = stay.copy(), np.zeros_like(stay)
    forward[:, 0] += enter[:, 0]
    words = stay.shape[1]
    for place in range(1, words):
        forward[:, place] += _log_sum(forward[:, place - 1, :, None] + moves[:, place - 1], axis=1)
    for place in range(words - 2, -1, -1):
        onward = stay[:, place + 1] + backward[:, place + 1]
        backward[:, place] = _log_sum(moves[:, place] + onward[:, None, :], axis=2)
    total = _log_sum(forward[:, -1], axis=1)
    shares: Floats = np.exp(forward + backward - total[:, None, None])[:, :-1, 1:]
    return shares


def _log_sum(values: Floats, axis: int) -> Floats:
    top = values.max(axis=axis, keepdims=True)
    total: Floats = np.log(np.exp(values - top).sum(axis=axis)) + top.squeeze(axis)
    return total
