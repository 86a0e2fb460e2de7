"""Logistic regression by Newton's method, and the tables in which its weights are shipped."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_STRENGTH = 1.0  # of the pull towards 0, on signs brought to one spread
_STEPS = 50


def fit(signs: Sequence[dict[str, float]], answers: Sequence[int], counts: Sequence[float]) -> dict[str, float]:
    """The weights of a logistic regression by Newton's method, with "bias"."""
    names = list(signs[0])
    values = np.array([[one[name] for name in names] for one in signs])
    spread, mean = values.std(0) + 1e-9, values.mean(0)
    x = np.column_stack([(values - mean) / spread, np.ones(len(values))])
    y, count = np.array(answers, float), np.array(counts)
    pull = np.diag([_STRENGTH] * len(names) + [0.0])
    w: NDArray[np.float64] = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (count * (p - y)) + pull @ w
        curve = (x * (count * p * (1 - p))[:, None]).T @ x + pull
        w = w - np.linalg.solve(curve, slope)
    own = w[:-1] / spread
    return {**dict(zip(names, own.tolist(), strict=True)), "bias": float(w[-1] - own @ mean)}


def write_weights(path: Path, weights: Mapping[str, float], meaning: Mapping[str, str], made_by: str) -> None:
    """Write a table of weights with what each sign means."""
    rows = [f"{sign}\t{weight:.4f}\t{meaning.get(sign, '')}" for sign, weight in weights.items()]
    header = f"# What each sign weighs, in log-odds for one unit, made by `{made_by}`.\nsign\tweight\tmeaning"
    path.write_text("\n".join([header, *rows, ""]), "utf-8")
