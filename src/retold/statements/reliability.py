"""How often each rule is right: the measured precision that becomes a statement's confidence."""

from functools import cache

from retold.language.tables import read_table

_SURE = 0.8  # cue probabilities from here on make the "sure" band of a rule


@cache
def _precisions() -> dict[tuple[str, str], float]:
    rows = read_table("retold.statements", "rule_precision.tsv")
    return {(row["rule"], row["band"]): float(row["precision"]) for row in rows}


def band_of(probability: float) -> str:
    """The band in which a cue's probability is counted: "sure" or "likely"."""
    return "sure" if probability >= _SURE else "likely"


def precision_of(rule: str, probability: float) -> float:
    """The share of a rule's attributions that people annotated too. Raises KeyError: the rule was not measured."""
    return _precisions()[rule, band_of(probability)]
