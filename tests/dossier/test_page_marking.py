"""Cutting text at marks, differing words, and links into white space."""

from hypothesis import given
from hypothesis import strategies as st
from invented_dossier import make_article

from retold.article import Span
from retold.dossier.views.marking import Mark, cut, words_only_here

SPANS = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda ends: Span(min(ends), max(ends)))


@given(SPANS, st.lists(SPANS, max_size=8))
def test_cuts_cover_the_span_and_know_their_marks(span: Span, marked: list[Span]) -> None:
    marks = [Mark(each, str(number)) for number, each in enumerate(marked)]
    cuts = list(cut(span, marks))
    assert "".join("x" * (c.span.end - c.span.start) for c in cuts) == "x" * (span.end - span.start)
    for piece, names in cuts:
        for offset in range(piece.start, piece.end):
            assert names == tuple(name for s, name in marks if s.start <= offset < s.end)


def only(left: str, right: str) -> tuple[list[str], list[str]]:
    one, other = (make_article([("body", words)]) for words in (left, right))
    found = words_only_here((one, [Span(0, len(left))]), (other, [Span(0, len(right))]))
    return [left[s:e] for s, e in found[0]], [right[s:e] for s, e in found[1]]


def test_differing_words() -> None:
    assert only("They offered to pay in cash.", "they were forced to pay in CASH") == (["offered"], ["were forced"])
    assert only("It isn’t so", "It isn't so!") == ([], [])
    assert only("", "All new") == ([], ["All new"])


def test_endless_passages_are_not_compared() -> None:
    assert only("word " * 5_000, "other " * 5_000) == ([], [])
