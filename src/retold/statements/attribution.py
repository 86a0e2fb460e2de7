"""What is found before anybody is named: one source, cue and content, and what found them."""

from typing import NamedTuple

from retold.article import Span


class Attribution(NamedTuple):
    """Source, cue and content of one cue, as spans of the text; `how` names the model or rule that found them.

    An empty `source`: none is written; an empty `cue`: a quotation that stands alone. `probability` is how likely it
    is, on the scale of what found it.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    how: str
    probability: float

    @property
    def spans(self) -> tuple[Span, ...]:
        """All its spans: source, cue and content."""
        return (*self.source, *self.cue, *self.content)

    @property
    def extent(self) -> Span:
        """From its first to its last character."""
        return Span(min(self.spans)[0], max(span.end for span in self.spans))


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a character."""
    return one.start < other.end and other.start < one.end
