"""What a statement is: one attribution, with its speakers, channel and day."""

from typing import Literal

import msgspec

from retold.article import Record, Span

StatementKind = Literal["direct", "indirect", "mixed"]
SpeakerKind = Literal["person", "body", "anonymous", "unknown"]
SaidOnBasis = Literal["text", "relative", "unknown"]


class Speaker(Record, frozen=True, kw_only=True):
    """The person or body that a source stands for.

    `name` is the fullest name that the article gives; None: unknown (an unresolved pronoun, an unnamed official).
    `role` is in the article's words; None: it gives none. `mention` is the span of the source that names this
    speaker; None: no source is written and the speaker was carried over from an earlier sentence.
    """

    name: str | None
    role: str | None = None
    kind: SpeakerKind = "unknown"
    mention: Span | None = None


class Statement(Record, frozen=True, kw_only=True):
    """One attribution: who (`source`) announces (`cue`) what (`content`), each in text order, each maybe in pieces.

    Empty `source` or `cue`: none is written. `content` is never empty. Quotation marks belong to the content.
    `parent` is the statement inside whose content this one stands (hearsay); None: the article's own.
    `channel` (where it was said), `addressee` and `said_on` (ISO day) are None when unknown; the `*_words` are the
    spans they rest on. `said_on_basis`: "text" when the words name the day, "relative" when it was worked out from
    the publication date.
    Source of the scheme: PARC 3.0 and PolNeAR (Pareti 2016; Newell et al. 2018).
    """

    id: str
    article: str
    parent: str | None = None
    kind: StatementKind
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speakers: tuple[Speaker, ...] = ()
    channel: str | None = None
    channel_words: Span | None = None
    addressee: str | None = None
    addressee_words: Span | None = None
    said_on: str | None = None
    said_on_basis: SaidOnBasis = "unknown"
    said_on_words: Span | None = None


class Quotation(msgspec.Struct, frozen=True):
    """A stretch in quotation marks, the marks included; several spans when it runs over paragraphs.

    `closed` is False when no closing mark was found. `nested` is True inside another quotation.
    """

    spans: tuple[Span, ...]
    closed: bool
    nested: bool
