"""Words compare equal across case, spelling and inflection, and never move."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.article import Span
from retold.language.words import words_in


def norms(text: str) -> list[str]:
    return [word.norm for word in words_in(text, [Span(0, len(text))])]


def roots(text: str) -> list[str]:
    return [word.root for word in words_in(text, [Span(0, len(text))])]


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("refuelling the programme", "Refueling the program"),
        ("organised labour in the centre", "organized labor in the center"),
        ("the U.S. defence", "the United States defense"),
        ("analysed the colours", "analyzed the colors"),
        ("they can’t travel", "they cannot travel"),
        ("five per cent", "five percent"),
        ("characterised the harbour", "characterized the harbor"),
    ],
)
def test_spelling_is_no_difference(british: str, american: str) -> None:
    assert norms(british) == norms(american)


@pytest.mark.parametrize(
    ("one", "other"),
    [("four", "for"), ("filled", "filed"), ("us", "US"), ("hour", "whore"), ("no-one", "one"), ("our", "or")],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert norms(one) != norms(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ukraine", "Ukrainian"), ("Veldania", "Veldanians"), ("offered", "offers"), ("Russia", "Russians")],
)
def test_roots_are_shared(one: str, other: str) -> None:
    assert roots(one) == roots(other)


@given(st.text())
def test_any_text_has_words_that_stand_in_it(text: str) -> None:
    for word in words_in(text, [Span(0, len(text))]):
        assert 0 <= word.start < word.end <= len(text)
        assert text[word.start : word.end].strip() == text[word.start : word.end]
