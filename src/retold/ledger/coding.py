"""Codes learned from statements that an analyst has coded by hand: the concepts and the agreement of new ones.

A softmax regression on sentence vectors ranks the concepts; a ridge regression on who speaks for whom, on what, says
whether he agrees. It learns in seconds from some hundred statements, and suggests: the analyst decides.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retold.language.vectors import text_vectors

# Swept on the Hansard debate by speakers (benchmarks, `coding`): a tenth or three times of each changes little.
_CONCEPT_PULL = 1e-4  # of the weights towards 0
_ORGANIZATION = 0.3  # what an organization weighs beside the sentence vector (of length 1)
_AGREEMENT_PULL = 2.0
_STEPS, _RATE, _MOMENTUM = 300, 0.4, 0.9

Matrix = NDArray[np.float64]


class Coded(NamedTuple):
    """A statement as it was coded: `agreement` with the `concept`; `organization` of the speaker ("": unknown)."""

    text: str
    organization: str
    concept: str
    agreement: bool


class Suggestion(NamedTuple):
    """What the coder would say. `concepts`: all that it knows, the likeliest first; `agreement` with each of them:
    above 0 for, below it against, the farther the surer."""

    concepts: tuple[str, ...]
    agreement: tuple[float, ...]


class Coder:
    """What was learned from coded statements; see `learn_codes`."""

    def __init__(self, coded: Sequence[Coded]) -> None:
        self.concepts = tuple(sorted({one.concept for one in coded}))
        self._organizations = tuple(sorted({one.organization for one in coded}))
        organizations, concepts = [one.organization for one in coded], [one.concept for one in coded]
        told = self._told([one.text for one in coded], organizations)
        self._concept_weights = _fit_classes(told, _one_hot(concepts, self.concepts))
        stands = np.array([1.0 if one.agreement else -1.0 for one in coded])
        self._agreement_weights = _fit_stands(self._sided(organizations, concepts), stands)

    def suggest(self, texts: Sequence[str], organizations: Sequence[str]) -> list[Suggestion]:
        """A suggestion for each text. An organization that was never coded says nothing."""
        chances = self._told(texts, organizations) @ self._concept_weights
        ranks = np.argsort(-chances, axis=1, kind="stable")
        return [self._suggestion(row, name) for row, name in zip(ranks.tolist(), organizations, strict=True)]

    def _suggestion(self, ranks: Sequence[int], organization: str) -> Suggestion:
        ranked = [self.concepts[index] for index in ranks]
        agreement = self._sided([organization] * len(ranked), ranked) @ self._agreement_weights
        return Suggestion(tuple(ranked), tuple(agreement.tolist()))

    def _told(self, texts: Sequence[str], organizations: Sequence[str]) -> Matrix:
        sides = _one_hot(organizations, self._organizations) * _ORGANIZATION
        return np.hstack([text_vectors(texts), sides, np.ones((len(texts), 1))])

    def _sided(self, organizations: Sequence[str], concepts: Sequence[str]) -> Matrix:
        known = _one_hot(organizations, self._organizations), _one_hot(concepts, self.concepts)
        return np.hstack([*known, np.ones((len(concepts), 1))])


def learn_codes(coded: Sequence[Coded]) -> Coder:
    """Learn from coded statements. Raises ValueError: there is none."""
    if not coded:
        raise ValueError("no coded statement came: at least one is needed to learn from")
    return Coder(coded)


def _one_hot(values: Sequence[str], known: Sequence[str]) -> Matrix:
    return np.array([[float(value == one) for one in known] for value in values])


def _fit_classes(signs: Matrix, wanted: Matrix) -> Matrix:
    """The weights [signs, classes] of a softmax regression, by gradient descent with momentum from 0."""
    weights = np.zeros((signs.shape[1], wanted.shape[1]))
    slope = np.zeros_like(weights)
    for _ in range(_STEPS):
        odds = signs @ weights
        chances = np.exp(odds - odds.max(1, keepdims=True))
        chances /= chances.sum(1, keepdims=True)
        slope = _MOMENTUM * slope + signs.T @ (chances - wanted) / len(signs) + _CONCEPT_PULL * weights
        weights -= _RATE * slope
    return weights


def _fit_stands(signs: Matrix, stands: NDArray[np.float64]) -> NDArray[np.float64]:
    """The weights of a ridge regression to 1 and -1, in which the rarer of the two counts as much as the other."""
    shares = np.where(stands > 0, max(1, (stands > 0).sum()), max(1, (stands < 0).sum()))
    weighed = signs * (len(stands) / 2 / shares)[:, None]
    pull = _AGREEMENT_PULL * np.eye(signs.shape[1])
    solved: NDArray[np.float64] = np.linalg.solve(weighed.T @ signs + pull, weighed.T @ stands)
    return solved
