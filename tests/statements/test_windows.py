from hypothesis import given, settings
from hypothesis import strategies as st

from retold.article import Span
from retold.language.pieces import BREAK, START
from retold.statements.windows import CAPITAL, CAPITALS, LOWER, TYPES, Window, make_windows


def lines(text: str) -> list[Span]:
    spans, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return spans


def words(text: str, windows: list[Window]) -> list[list[str]]:
    return [[text[slice(*word)] for word in window.words] for window in windows]


def test_paragraphs_share_a_window_with_a_break_between_them() -> None:
    text = "She waits.\nHe left."
    (window,) = make_windows(text, lines(text), [])
    assert window.pieces[0] == START
    assert [place for place, piece in enumerate(window.pieces) if piece == BREAK] == [4, 8]
    assert window.firsts == (1, 2, 3, 5, 6, 7)


def test_types_tell_capitals_and_quotation_marks() -> None:
    text = "Ada “NO deal” here"
    (window,) = make_windows(text, lines(text), [Span(4, 13)])
    inside = TYPES // 2
    own = [window.types[first] for first in window.firsts]
    assert own == [CAPITAL, inside + LOWER, inside + CAPITALS, inside + LOWER, inside + LOWER, LOWER]


def test_a_window_ends_where_the_next_paragraph_does_not_fit() -> None:
    text = "one two three four\nfive six seven eight\nnine ten"
    windows = make_windows(text, lines(text), [], capacity=12)
    assert words(text, windows) == [
        ["one", "two", "three", "four", "five", "six", "seven", "eight"],
        ["nine", "ten"],
    ] or words(text, windows) == [
        ["one", "two", "three", "four"],
        ["five", "six", "seven", "eight", "nine", "ten"],
    ]


def test_a_long_paragraph_is_cut_where_a_sentence_begins() -> None:
    text = "The port is shut. The bay is calm. The sea is wide."
    windows = make_windows(text, lines(text), [], capacity=14)
    assert words(text, windows) == [
        ["The", "port", "is", "shut", ".", "The", "bay", "is", "calm", "."],
        ["The", "sea", "is", "wide", "."],
    ]


def test_the_first_window_may_be_smaller() -> None:
    text = "one two\nthree four\nfive six"
    windows = make_windows(text, lines(text), [], first=5)
    assert words(text, windows) == [["one", "two"], ["three", "four", "five", "six"]]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(["said", "Ada", "“", "”", ".", "\n", "antidisestablishmentarianism", "7,5"]), max_size=60)
)
def test_every_word_is_in_one_window_and_none_is_too_long(pieces: list[str]) -> None:
    text = " ".join(pieces)
    windows = make_windows(text, lines(text), [], capacity=16)
    found = [word for window in windows for word in window.words]
    assert found == sorted(set(found))
    assert "".join(text[slice(*word)] for word in found) == "".join(text.split())
    assert all(len(window.pieces) == len(window.types) <= 16 for window in windows)
    assert all(len(window.firsts) == len(window.words) > 0 for window in windows)
