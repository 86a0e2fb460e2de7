"""Quantities in any script and any mess: a number, or none; never an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.article import Span
from retold.language.numbers import find_quantities


def found_in(text: str) -> list[tuple[float, str]]:
    return [(found.value, found.unit) for found in find_quantities(text, [Span(0, len(text))])]


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("twenty-five boats", [(25.0, "boat")]),
        ("some 3,000 crowns", [(3000.0, "money")]),
        ("in 2031 at 1:30", []),
        ("the quay¹ is open ² and ① too", []),  # marks of footnotes are digits to Unicode, and no numbers
    ],
)
def test_quantities(text: str, quantities: list[tuple[float, str]]) -> None:
    assert found_in(text) == quantities


@given(st.text(alphabet=st.characters(categories=["Nd", "Nl", "No", "Lu", "Po", "Zs"])))
def test_any_digits_give_quantities_or_none(text: str) -> None:
    for quantity in find_quantities(text, [Span(0, len(text))]):
        assert text[quantity.span.start : quantity.span.end].strip()
