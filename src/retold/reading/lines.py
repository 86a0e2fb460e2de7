"""The lines of a plain text, and what each looks like before anything is known about the text as a whole."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

from retold.article import Span
from retold.reading.cues import Cue, find_cue

# The end of a finished sentence: its stop, then closing marks. A colon or a semicolon finishes a line as well.
_FINISHED = re.compile(r"[.!?:;。][”’\"'»)\]*]{0,4}$|[”\"»]$")
_TRAILING_DOTS = re.compile(r"(?:…|\.\.\.)\W{0,4}$")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_LONG = 20  # words; a line of so many is a paragraph, whatever it ends in
_SENTENCE = 8  # words; fewer, even with a full stop, may be a label
_WRAP = range(45, 101)  # characters; the widths at which people and programs break lines


class Line(NamedTuple):
    """One line of the text without the white space round it (or a hard-wrapped paragraph, taken as one line).

    `prose` is True for a finished sentence or paragraph, `cut` for a long line that breaks off in mid-sentence.
    """

    span: Span
    text: str
    word_count: int
    cue: Cue | None
    prose: bool
    cut: bool


def split_lines(text: str) -> tuple[Line, ...]:
    """The lines of `text` that are not white space, in order; empty for a blank text."""
    return tuple(_look_at(text, span) for span in _join_wrapped(text, tuple(_line_spans(text))))


def content_words(text: str) -> list[str]:
    """The lower-case words of `text` that are not function words, without their possessive ending."""
    words = (found.lower().replace("’", "'").removesuffix("'s") for found in _WORD.findall(text))
    return [word for word in words if word not in load_function_words()]


@lru_cache(maxsize=1)
def load_function_words() -> frozenset[str]:
    """The words of function_words.txt: English words that any text has, whatever it is about."""
    source = resources.files("retold.reading").joinpath("function_words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in source.splitlines() if not line.startswith("#") for word in line.split())


def _line_spans(text: str) -> Iterator[Span]:
    start = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            offset = start + raw.index(stripped[0])
            yield Span(offset, offset + len(stripped))
        start += len(raw) + 1


def _join_wrapped(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Paragraphs for lines, where a text breaks its paragraphs into lines and sets them off by blank lines."""
    if not _is_wrapped(text, spans):
        return tuple(spans)
    joined: list[Span] = []
    for span in spans:
        if joined and text.count("\n", joined[-1].end, span.start) == 1 and _runs_on(text, joined[-1]):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return tuple(joined)


def _runs_on(text: str, span: Span) -> bool:
    """Whether the last line of `span` is as wide as a wrapped line, so that the next one may continue it."""
    return span.end - max(span.start, text.rfind("\n", span.start, span.end) + 1) >= _WRAP.start


def _is_wrapped(text: str, spans: Sequence[Span]) -> bool:
    """Whether most lines that another follows directly break off within a sentence at a usual line width."""
    followed = [before for before, after in pairwise(spans) if text.count("\n", before.end, after.start) == 1]
    wrapped = [
        span
        for span in followed
        if span.end - span.start in _WRAP and not _FINISHED.search(text[span.end - 6 : span.end])
    ]
    return len(followed) >= 3 and len(wrapped) > 0.6 * len(followed) and "\n\n" in text


def _look_at(text: str, span: Span) -> Line:
    line = text[span.start : span.end]
    count = len(line.split())
    dots = bool(_TRAILING_DOTS.search(line[-8:]))
    finished = bool(_FINISHED.search(line[-6:])) and not dots
    return Line(
        span=span,
        text=line,
        word_count=count,
        cue=find_cue(line),
        prose=finished and count >= _SENTENCE,
        cut=not finished and (count >= _LONG or (dots and count >= 4)),
    )
