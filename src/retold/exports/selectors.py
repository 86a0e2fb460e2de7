"""Words of an article as the selectors of the W3C Web Annotation Data Model select them.

Source: Web Annotation Data Model 2017, 4.2.4 (Text Quote Selector) and 4.2.5 (Text Position Selector): both count
Unicode code points, ends are exclusive.
"""

from typing import NamedTuple

from retold.article import Span

_CONTEXT_CHARS = 32
"""Characters of prefix and suffix: as many as the annotation tools that read them write (hypothes.is)."""


class Selection(NamedTuple):
    """The words at `start`–`end`, and what stands right before and after them; at an edge of the text less, or ""."""

    start: int
    end: int
    prefix: str
    exact: str
    suffix: str


def select(text: str, span: Span) -> Selection:
    """The selection of the words at `span`.

    >>> select("Osk pays in cash.", Span(4, 8))
    Selection(start=4, end=8, prefix='Osk ', exact='pays', suffix=' in cash.')
    """
    start, end = span
    prefix, suffix = text[max(0, start - _CONTEXT_CHARS) : start], text[end : end + _CONTEXT_CHARS]
    return Selection(start, end, prefix, text[start:end], suffix)
