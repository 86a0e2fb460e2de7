"""The CRF against the sum over all labellings of short chains."""

from itertools import product

import numpy as np
import pytest

from retold.statements.decoding import DISTANCES, REACH, best_labels, probabilities, surroundings


def score(potentials: np.ndarray, labels: tuple[int, ...]) -> float:  # type: ignore[type-arg]
    """Of one labelling, by the definition: enter + stay of each word + leave of each span."""
    states = potentials.shape[1] // 3
    enter, stay, leave = potentials[:, :states], potentials[:, states : 2 * states], potentials[:, 2 * states :]
    total = 0.0
    for place, state in enumerate(labels):
        if not state:
            continue
        total += stay[place, state - 1]
        if place == 0 or labels[place - 1] != state:
            total += enter[place, state - 1]
        if place + 1 == len(labels) or labels[place + 1] != state:
            total += leave[place, state - 1]
    return total


@pytest.mark.parametrize("states", [1, 2])
@pytest.mark.parametrize("seed", range(5))
def test_best_labelling_and_probabilities_are_those_of_all_labellings(states: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    potentials = chance.normal(size=(1, 5, 3 * states)).astype(np.float32)
    allowed = np.array([[True, True, seed % 2 == 0, True, True]])
    every = [
        labels
        for labels in product(range(states + 1), repeat=5)
        if all(may or not label for label, may in zip(labels, allowed[0], strict=True))
    ]
    scores = np.array([score(potentials[0], labels) for labels in every])
    assert tuple(best_labels(potentials, allowed)[0]) == every[int(scores.argmax())]
    weights = np.exp(scores) / np.exp(scores).sum()
    for place in range(5):
        for state in range(states):
            expected = sum(w for w, labels in zip(weights, every, strict=True) if labels[place] == state + 1)
            assert probabilities(potentials, allowed)[0, place, state] == pytest.approx(expected, abs=1e-4)


def test_surroundings_stay_in_the_window_and_leave_the_cue_out() -> None:
    around = surroundings(np.array([[12, 13]]), np.array([[10, 16]]))
    allowed = around.near[around.allowed]
    assert list(allowed) == [10, 11, 14, 15]
    assert around.near.shape == (1, 2 * REACH)


def test_distances_tell_before_from_after() -> None:
    around = surroundings(np.array([[200, 201]]), np.array([[0, 400]]))
    by_place = dict(zip(around.near[0].tolist(), around.away[0].tolist(), strict=True))
    assert by_place[200] == by_place[201] == 0
    assert (by_place[199], by_place[198]) == (1, 2)
    assert by_place[202] not in (by_place[199], by_place[198], 0)
    assert by_place[200 - REACH] != by_place[200 + REACH - 1]
    assert around.away.max() < DISTANCES
