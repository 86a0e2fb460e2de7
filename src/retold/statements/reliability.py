"""How sure a statement is: the share of those found like it that people marked too."""

from functools import cache
from itertools import pairwise

from retold.language.tables import read_table
from retold.statements.attribution import Attribution


@cache
def _measured() -> dict[str, list[tuple[float, float]]]:
    """By what finds attributions: their probability and the share that is right, in the order of the first."""
    measured: dict[str, list[tuple[float, float]]] = {}
    for row in read_table("retold.statements", "reliability.tsv"):
        measured.setdefault(row["how"], []).append((float(row["probability"]), float(row["right"])))
    return {how: sorted(points) for how, points in measured.items()}


def confidence_of(one: Attribution) -> float:
    """The share of attributions found like this one, and with its probability, that is right, between measured points
    on a straight line. Raises KeyError: what found it was not measured."""
    points = _measured()[one.how]
    if one.probability <= points[0][0]:
        return points[0][1]
    for (low, at_low), (high, at_high) in pairwise(points):
        if one.probability <= high:
            return at_low + (at_high - at_low) * (one.probability - low) / (high - low)
    return points[-1][1]
