"""Conditions: the clauses that open with "if", "unless", "provided that" … (data/grammar.tsv)."""

from collections.abc import Mapping, Sequence
from functools import cache

from retold.language.tokens import Token
from retold.ledger.grammar import lower, words


@cache
def _condition_markers() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """The words that open a condition by their first word, the longest first."""
    markers = sorted((tuple(phrase.split()) for phrase in words("condition")), key=lambda parts: (-len(parts), parts))
    return {first: tuple(m for m in markers if m[0] == first) for first in {m[0] for m in markers}}


_CLAUSE_ENDS = frozenset(',;:.?!—“”"()')


def find_conditions(tokens: Sequence[Token]) -> tuple[tuple[int, int], ...]:
    """Find the clauses that state a condition, as index ranges, end exclusive, in text order. Empty: none.

    "until Friday" is a date and "asked if" a question: neither is a condition.
    """
    found: list[tuple[int, int]] = []
    index = 0
    while index < len(tokens):
        length = _marker_length(tokens, index)
        end = index + 1
        if length:
            end = index + length
            while end < len(tokens) and not _ends_condition(tokens, index, end):
                end += 1
            found.append((index, end))
        index = end
    return tuple(found)


def _ends_condition(tokens: Sequence[Token], index: int, end: int) -> bool:
    """Whether the token at `end` ends the condition that begins at `index`."""
    if tokens[end].text not in _CLAUSE_ENDS:
        return False
    quoted = tokens[end].text in '“"' and end + 1 < len(tokens) and tokens[end + 1].start == tokens[end].end
    listed = tokens[end].text == "," and end - index <= _SHORTEST_CONDITION  # "if Veldania, Marenia and Sunder agree"
    return not quoted and not listed


_SHORTEST_CONDITION = 2  # tokens, the marker included


def _marker_length(tokens: Sequence[Token], index: int) -> int:
    markers = _condition_markers().get(lower(tokens[index]), ())
    if not markers or (index and lower(tokens[index - 1]) in words("question")):
        return 0
    if index + 1 < len(tokens) and lower(tokens[index + 1]) in ("not", "any", "ever"):  # "some, if not all"
        return 0
    for parts in markers:
        end = index + len(parts)
        if end < len(tokens) and all(lower(t) == part for t, part in zip(tokens[index:end], parts, strict=False)):
            timed = parts[-1] == "until" and (lower(tokens[end]) in words("time") or tokens[end].text[0].isdigit())
            return 0 if timed else len(parts)
    return 0
