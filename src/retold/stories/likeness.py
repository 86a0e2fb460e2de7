"""How likely two articles report one event, from the signs of `retold.stories.signs` and the weights of `weights.tsv`.

It is a fact about the two articles: what else has arrived changes nothing.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from retold.language.tables import read_table
from retold.stories.profile import Profile
from retold.stories.signs import SIGNS, read_signs


def likeness(one: Profile, other: Profile) -> float:
    """How likely two articles that share telling words report one event, 0 to 1. The same either way round."""
    return float(probability(log_odds(one, [other]))[0])


def log_odds(one: Profile, others: Sequence[Profile]) -> NDArray[np.float64]:
    """The log-odds [others] that one article and each of others report one event. Empty: no others."""
    if not others:
        return np.zeros(0)
    weights, bias = _weights()
    return read_signs(one, others) @ weights + bias


def probability(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log-odds as probabilities."""
    return 1 / (1 + np.exp(-odds))


@cache
def _weights() -> tuple[NDArray[np.float64], float]:
    rows = {row["sign"]: float(row["weight"]) for row in read_table("retold.stories", "weights.tsv")}
    return np.array([rows[sign] for sign in SIGNS]), rows["bias"]
