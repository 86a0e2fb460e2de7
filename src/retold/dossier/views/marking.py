"""Cutting a text where marks begin and end, and finding the words in which two passages differ."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from retold.article import Article, Span

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_MOST_WORDS = 1_500
"""Longest passage whose words are compared: time grows with the product, and no sentence or paragraph is longer."""


class Mark(NamedTuple):
    """Something that covers `span`; `name` is what the cut segments are told."""

    span: Span
    name: str


class Cut(NamedTuple):
    """A stretch within which no mark begins or ends, and the names of the marks that cover it, in order of marks."""

    span: Span
    names: tuple[str, ...]


def cut(span: Span, marks: Iterable[Mark]) -> Iterator[Cut]:
    """Cut `span` at every edge of every mark that touches it. The cuts cover `span` without gaps; empty: no cut."""
    touching = [m for m in marks if max(m.span.start, span.start) < min(m.span.end, span.end)]
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for number, mark in enumerate(touching):
        opening.setdefault(max(mark.span.start, span.start), []).append(number)
        closing.setdefault(min(mark.span.end, span.end), []).append(number)
    edges = sorted({span.start, span.end, *opening, *closing})
    active: set[int] = set()
    for start, end in pairwise(edges):
        active.difference_update(closing.get(start, ()))
        active.update(opening.get(start, ()))
        yield Cut(Span(start, end), tuple(touching[number].name for number in sorted(active)))


def words_only_here(
    left: tuple[Article, Sequence[Span]], right: tuple[Article, Sequence[Span]]
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The runs of words that stand on one side only, left and right; case, apostrophes and punctuation do not count.

    By a longest common subsequence of words. Nothing is marked in passages of more than 1,500 words.
    """
    left_words, right_words = _words(*left), _words(*right)
    if max(len(left_words), len(right_words)) > _MOST_WORDS:
        return (), ()
    only_left: list[Span] = []
    only_right: list[Span] = []
    for step in LCSseq.opcodes([_form(*w) for w in left_words], [_form(*w) for w in right_words]):
        if step.tag != "equal":
            only_left += _run(left_words[step.src_start : step.src_end])
            only_right += _run(right_words[step.dest_start : step.dest_end])
    return _joined(only_left, left[0].text), _joined(only_right, right[0].text)


def _words(article: Article, spans: Sequence[Span]) -> list[tuple[str, Span]]:
    return [
        (match.group(), Span(match.start(), match.end()))
        for start, end in spans
        for match in _WORD.finditer(article.text, start, end)
    ]


def _form(word: str, _span: Span) -> str:
    return word.casefold().replace("’", "'")


def _run(words: list[tuple[str, Span]]) -> list[Span]:
    return [span for _, span in words]


def _joined(spans: list[Span], text: str) -> tuple[Span, ...]:
    """Spans with no word between them made one."""
    joined: list[Span] = []
    for span in spans:
        if joined and not _WORD.search(text, joined[-1].end, span.start):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return tuple(joined)
