"""The frozen article and the few types with which everything else points into it.

An `Article` never changes. Every other record holds half-open character offsets into `article.text`, names the rule
or model that made it (`how`), and says how sure it is (`confidence`).
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple

import msgspec

BlockKind = Literal[
    "headline", "subhead", "dateline", "byline", "body", "quote-block", "caption", "credit", "teaser", "furniture"
]
Genre = Literal["report", "transcript", "press_release", "unknown"]
PublishedBasis = Literal["metadata", "text", "url", "inferred", "unknown"]

OWN_WORDS: frozenset[BlockKind] = frozenset({"headline", "subhead", "body", "quote-block"})
"""The block kinds that are the article's own words: only these are searched for statements and passages."""

RUNNING_TEXT: frozenset[BlockKind] = frozenset({"body", "quote-block"})
"""Those of them that are no headings: what is read from top to bottom."""


class Span(NamedTuple):
    """A stretch of `article.text`: Unicode code points, `end` exclusive."""

    start: int
    end: int


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What every finding carries: how sure it is (0 to 1), and the rule or model that made it."""

    confidence: float = 1.0
    how: str


class Block(Record, frozen=True, kw_only=True):
    """A typed stretch of an article. `reason` says in words why it has its kind."""

    kind: BlockKind
    start: int
    end: int
    reason: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class Problem(Record, frozen=True, kw_only=True):
    """An input that could not be read ("error"), or a thing to know about one that was ("note"), in one line."""

    level: Literal["error", "note"]
    input: str
    reason: str


class Evidence(msgspec.Struct, frozen=True):
    """Words of one article: its id and one or more spans of its text."""

    article: str
    spans: tuple[Span, ...]


class Pin(msgspec.Struct, frozen=True):
    """One stretch of words of one article."""

    article: str
    span: Span


class Origin(NamedTuple):
    """`text[start:end]` came from `decoded_input[in_start:in_end]` (equal lengths: the same characters)."""

    start: int
    end: int
    in_start: int
    in_end: int


class Article(Record, frozen=True, kw_only=True):
    """One report as it was read.

    `id` is the first 12 hex digits of the SHA-256 of `text`; `sha256` is of the input's bytes.
    `blocks` are in text order and do not overlap; whatever no block covers is white space.
    `given_id` is the id that bulk input gave it. None means unknown in every optional field. `published` is an ISO
    day; `published_range` a pair of ISO days.
    `published_evidence` are the words that the date rests on, when they stand in `text`; `published_by` are those of
    other reports, when it is inferred from them.
    """

    id: str
    input: str
    given_id: str | None = None
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    genre: Genre = "unknown"
    published: str | None = None
    published_range: tuple[str, str] | None = None
    published_basis: PublishedBasis = "unknown"
    published_evidence: tuple[Span, ...] = ()
    published_by: tuple[Evidence, ...] = ()
    sha256: str
    text: str
    blocks: tuple[Block, ...]
    origin: tuple[Origin, ...]

    def words(self, spans: Iterable[Span]) -> str:
        """The words at `spans`, joined by ' … ' where they are discontinuous."""
        return " … ".join(self.text[start:end] for start, end in spans)

    def own_blocks(self) -> tuple[Block, ...]:
        """The blocks that are the article's own words, in text order."""
        return tuple(block for block in self.blocks if block.kind in OWN_WORDS)
