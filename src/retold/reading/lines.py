"""The lines of a plain text, and what each looks like before anything is known about the text as a whole."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from retold.article import Span
from retold.language.words import FUNCTION_WORDS
from retold.reading.cues import Cue, find_cue
from retold.reading.gluing import Part, part_line

# The end of a finished sentence: its stop, then closing marks. A colon or a semicolon finishes a line as well.
_FINISHED = re.compile(r"[.!?:;。][”’\"'»)\]*]{0,4}$|[”\"»]$")
_TRAILING_DOTS = re.compile(r"(?:…|\.\.\.)\W{0,4}$")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")  # Japanese and Chinese: no spaces, two characters a word
_LONG = 20  # words; a line of so many is a paragraph, whatever it ends in
_SENTENCE = 8  # words; fewer, even with a full stop, may be a label
MOST_LINES = 10_000
"""Lines of one text that are told apart: fifty times as many as the labelled pages have."""
_WRAP = range(45, 101)  # characters; the widths at which people and programs break lines


class Line(NamedTuple):
    """One line of the text without the white space round it (or a hard-wrapped paragraph, taken as one line), or a part
    of one that was glued together.

    `prose` is True for a finished sentence or paragraph, `cut` for a long line that breaks off in mid-sentence. `part`
    tells what the characters of a part alone say that it is. `marks` are features that the markup of a page gives.
    """

    span: Span
    text: str
    word_count: int
    cue: Cue | None
    prose: bool
    cut: bool
    part: Part
    marks: tuple[str, ...] = ()

    @property
    def goes_on(self) -> bool:
        """Whether it is a later part of a line that was glued together."""
        return self.part.span.start > 0


def split_lines(text: str) -> tuple[Line, ...]:
    """The lines of `text` that are not white space, in order; empty for a blank text."""
    spans = _join_wrapped(text, tuple(_line_spans(text)))
    return (*(line for span in spans[:MOST_LINES] for line in look_at(text, span)), *look_past(text, spans))


def content_words(text: str) -> list[str]:
    """The lower-case words of `text` that are not function words, without their possessive ending."""
    words = (found.lower().replace("’", "'").removesuffix("'s") for found in _WORD.findall(text))
    return [word for word in words if word not in FUNCTION_WORDS]


def _line_spans(text: str) -> Iterator[Span]:
    start = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            offset = start + raw.index(stripped[0])
            yield Span(offset, offset + len(stripped))
        start += len(raw) + 1


def _join_wrapped(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Paragraphs for lines, where a text breaks its paragraphs into lines and sets them off by blank lines.

    Some texts have a blank line after every line: there a paragraph ends with the first line that ends a sentence.
    """
    spacing = next((count for count in (1, 2) if _is_wrapped(text, spans, count)), None)
    if spacing is None:
        return tuple(spans)
    joined: list[Span] = []
    for span in spans:
        follows = bool(joined) and text.count("\n", joined[-1].end, span.start) == spacing
        if follows and _runs_on(text, joined[-1]) and (spacing == 1 or not _is_finished(text, joined[-1])):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return tuple(joined)


def _is_finished(text: str, span: Span) -> bool:
    return bool(_FINISHED.search(text[max(span.start, span.end - 6) : span.end]))


def _runs_on(text: str, span: Span) -> bool:
    """Whether the last line of `span` is as wide as a wrapped line, so that the next one may continue it."""
    return span.end - max(span.start, text.rfind("\n", span.start, span.end) + 1) >= _WRAP.start


def _is_wrapped(text: str, spans: Sequence[Span], spacing: int) -> bool:
    """Whether most lines that another follows so many line breaks later stop within a sentence at a usual width."""
    followed = [before for before, after in pairwise(spans) if text.count("\n", before.end, after.start) == spacing]
    wrapped = [span for span in followed if span.end - span.start in _WRAP and not _is_finished(text, span)]
    return len(followed) >= 3 and len(wrapped) > 0.6 * len(followed) and "\n\n" in text


def look_past(text: str, spans: Sequence[Span]) -> tuple[Line, ...]:
    """All that stands behind the first MOST_LINES of the lines at `spans`, as one line; none where there are fewer."""
    if len(spans) <= MOST_LINES:
        return ()
    rest = Span(spans[MOST_LINES].start, spans[-1].end)
    reason = f"stands behind the first {MOST_LINES:,} lines, and no article has so many"
    part = Part(Span(0, rest.end - rest.start), "furniture", "past-all-lines", reason)
    return (Line(rest, text[rest.start : rest.end], 0, None, False, False, part),)


def look_at(text: str, span: Span, marks: tuple[str, ...] = ()) -> tuple[Line, ...]:
    """The line at `span` of `text`, or its parts where it was glued together."""
    return tuple(
        _look_at_part(text, Span(span.start + part.span.start, span.start + part.span.end), part, marks)
        for part in part_line(text[span.start : span.end])
    )


def _look_at_part(text: str, span: Span, part: Part, marks: tuple[str, ...]) -> Line:
    line = text[span.start : span.end]
    count = len(line.split()) + len(_UNSPACED.findall(line)) // 2
    dots = bool(_TRAILING_DOTS.search(line[-8:]))
    finished = bool(_FINISHED.search(line[-6:])) and not dots
    return Line(
        span=span,
        text=line,
        word_count=count,
        cue=find_cue(line),
        prose=finished and count >= _SENTENCE,
        cut=not finished and (count >= _LONG or (dots and count >= 4)),
        part=part,
        marks=marks,
    )
